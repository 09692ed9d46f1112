"""Where names of the program stand in Python blocks. Nothing is run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.python_source import tree_of
from nexa.compiler.scope import Local
from nexa.syntax import LineIndex
from nexa.syntax.record import record
from nexa.syntax.span import Span

_FUNCTIONS = frozenset({"funcdef", "classdef", "lambdef"})
_COMPREHENSIONS = frozenset({"comp_for", "sync_comp_for"})
_IMPORTS = frozenset({"dotted_name", "import_from", "import_as_name", "import_as_names", "dotted_as_name"})


@record
class PythonName:
    """A name in a Python block; `span` counts from the start of the item."""

    block: ast.Python
    text: str
    span: Span
    is_write: bool


def python_names(item: ItemFacts, text: str) -> Iterator[PythonName]:
    """Every place where the Python blocks of an item speak of a variable of that name."""
    for block in item.of(ast.Python):
        if text in block.code:
            yield from (one for one in _names_in(item, block) if one.text == text)


def python_name_at(item: ItemFacts, offset: int) -> PythonName | None:
    """The variable at an offset of an item; just behind it counts as on it."""
    for block in item.of(ast.Python):
        if block.start <= offset <= block.end:
            found = [one for one in _names_in(item, block) if one.span.start <= offset <= one.span.end]
            return found[-1] if found else None
    return None


def local_in_python(item: ItemFacts, name: PythonName) -> Local | None:
    """The local of the item that a name in a block means."""
    facts = item.scope.python.get(name.block)
    if facts is None:
        return None
    return next((one for one in (*facts.written, *facts.reads) if one.name == name.text), None)


def _names_in(item: ItemFacts, block: ast.Python) -> Iterator[PythonName]:
    raw, code = item.text[block.offset : block.end], block.code.split("\n")
    lines = LineIndex(raw)
    first = len(raw) - len(raw.lstrip(b" \t"))
    for text, row, column, is_write in _places(block.code):
        if row < min(len(code), len(lines)):
            lost = block.indent if row else first
            start = block.offset + lines.start(row) + lost + len(code[row][:column].encode())
            yield PythonName(block, text, Span(start, start + len(text.encode())), is_write)


@lru_cache(maxsize=256)
def _places(code: str) -> tuple[tuple[str, int, int, bool], ...]:
    """Variables that a block shares with what is around it: name, line and column from 0, whether it is set."""
    try:
        used: dict[str, list[Any]] = tree_of(code).get_used_names()
        found = [one for row in used.values() for one in row if _is_variable(one) and not _is_inner(one, row)]
    except RecursionError:
        return ()
    found.sort(key=lambda one: one.start_pos)
    return tuple((one.value, one.start_pos[0] - 1, one.start_pos[1], one.is_definition()) for one in found)


def _is_variable(name: Any) -> bool:  # noqa: ANN401  # parso's Name is annotated in parts only
    """Whether a name stands for itself: no attribute, no name of an argument, no module."""
    parent = name.parent
    if parent.type == "trailer":
        return bool(parent.children[0] != ".")
    if parent.type == "argument":
        return not (parent.children[0] is name and parent.children[1] == "=")
    return parent.type not in _IMPORTS or bool(name.is_definition())


def _is_inner(name: Any, alike: list[Any]) -> bool:  # noqa: ANN401  # as above
    """Whether a function, class or comprehension of the block has a name of its own like this."""
    node = name.parent
    while node is not None:
        is_comprehension = hasattr(node, "children") and node.children[-1].type in _COMPREHENSIONS
        if is_comprehension or node.type in _FUNCTIONS:
            own = [one for one in alike if one.is_definition() and _is_in(one, node)]
            if own and _is_in(name, node):
                return True
        node = node.parent
    return False


def _is_in(name: Any, node: Any) -> bool:  # noqa: ANN401  # as above
    """Whether a name belongs to what has names of its own; that of a function belongs to what is around it."""
    if node.type in ("funcdef", "classdef") and node.children[1] is name:
        return False
    return bool(node.start_pos <= name.start_pos < node.end_pos)
