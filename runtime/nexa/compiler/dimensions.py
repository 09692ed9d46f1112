"""The six dimensions of a harness (language reference, 3.7), and what in an item belongs to which of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.syntax.record import record
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts

DIMENSIONS = {
    "E": "execution",
    "T": "tools",
    "C": "context",
    "S": "state",
    "L": "lifecycle",
    "V": "verification",
}
"""Letter and name, in the order of the reference."""


@record
class Part:
    """A construct of a dimension. `is_harness` marks those that make a program's harness, and have no other use."""

    letter: str
    what: str
    span: Span
    is_harness: bool


_CONSTRUCTS: tuple[tuple[type[ast.Node], str, str, bool], ...] = (
    (ast.Autoloop, "E", "autoloop", True),
    (ast.TryAgent, "E", "try_agent", True),
    (ast.ContextBlock, "C", "context", False),
    (ast.WithContext, "C", "with_context", True),
    (ast.ContextPolicy, "C", "context_policy", True),
    (ast.Fork, "S", "fork", False),
    (ast.Verify, "V", "verify", False),
)
_CALLS = {"snapshot": "S", "restore": "S", "reflect": "L"}


def parts_of(item: ItemFacts) -> Iterator[Part]:
    """The constructs of an item that belong to a dimension, by kind and in textual order."""
    for cls, letter, what, is_harness in _CONSTRUCTS:
        for node in item.of(cls):
            yield Part(letter, what, node.keyword, is_harness)  # type: ignore[attr-defined]  # each of the table has one
    for hook in item.of(ast.Hook):
        yield Part("L", hook.event, hook.keyword, is_harness=False)
    for contract in item.of(ast.Contract):
        yield Part("V", contract.clause, contract.keyword, is_harness=False)
    for tool in item.of(ast.Tool):
        yield Part("T", "tool", tool.name.span, is_harness=False)
    for fn in item.of(ast.Function):
        if any(one.name.text == "tool" for one in fn.decorators):
            yield Part("T", "@tool", fn.name.span, is_harness=False)
    for call in item.of(ast.Call):
        callee = call.callee
        if isinstance(callee, ast.Name) and callee.text in _CALLS and callee not in item.scope.bindings:
            yield Part(_CALLS[callee.text], callee.text, callee.span, is_harness=False)


@record
class Coverage:
    """What a program or a part of it uses: the letters, and whether anything in it is a harness."""

    letters: frozenset[str] = frozenset()
    is_harness: bool = False


NOTHING = Coverage()


def coverage_of(item: ItemFacts) -> Coverage:
    """The dimensions that an item uses."""
    parts = list(parts_of(item))
    if not parts:
        return NOTHING
    return Coverage(frozenset(one.letter for one in parts), any(one.is_harness for one in parts))
