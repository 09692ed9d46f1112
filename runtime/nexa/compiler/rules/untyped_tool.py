"""A tool does not say what it returns.

The type tells the model what to expect of a call, and what it returns is checked against it.

Bad:

    @tool("Look up a topic")
    fn lookup(topic: str) { return "#{topic}: nothing" }
     //^^^^^^ NX518: tool `lookup` has no return type
    agent Ann uses lookup { prompt: "x" }
    flow main { print(Ann.run("a")) }

Good:

    @tool("Look up a topic")
    fn lookup(topic: str) -> str { return "#{topic}: nothing" }
    agent Ann uses lookup { prompt: "x" }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Functions offered as tools; a `tool` block says `returns` where it matters."""
    for fn in item.of(ast.Function):
        if fn.returns is None and fn.body is not None and any(one.name.text == "tool" for one in fn.decorators):
            yield Draft(fn.name.span, f"tool `{fn.name.text}` has no return type", fix=_add(item, fn))


def _add(item: ItemFacts, fn: ast.Function) -> Remedy | None:
    """`-> str` behind the parameters."""
    last = fn.params[-1].end if fn.params else fn.name.end
    end = item.text.find(b")", last)
    if end < 0:
        return None
    return Remedy("Add `-> str`", (Change(Span(end + 1, end + 1), " -> str"),), safe=False)


RULE = NameRule("NX518", "untyped-tool", Severity.WARNING, check, harness=True, about=(ast.Decorator,))
