"""Values that are certain before anything runs: literals, what is put together from them, and variables that hold them.

Nothing of the user's is run: filters and conversions are the runtime's own, on plain values of a bounded size.
"""

from __future__ import annotations

from typing import Any

from nexa.compiler import ast
from nexa.compiler.builtins import FILTERS
from nexa.compiler.scope import Local
from nexa.compiler.symbol import index_of
from nexa.compiler.table import Entry
from nexa.ide.place import Place

MAX_TEXT = 50_000
"""Characters of a text; a longer one is not put together."""

_MAX_NUMBER = 1000
"""Of a filter's argument: places, widths, lengths."""

_DEEPEST = 20
"""A longer row of variables that lead to each other is not followed."""


class Unsettled(Exception):  # noqa: N818  # no error: the value is only known when the program runs
    """Only the run knows."""


def value_of(place: Place, node: ast.Node, depth: int = 0) -> Any:  # noqa: ANN401  # any plain value
    """The value of an expression of an item. Raises `Unsettled` where only the run knows it."""
    if depth > _DEEPEST:
        raise Unsettled
    match node:
        case ast.Int(value=value) | ast.Float(value=value) | ast.Bool(value=value):
            return value
        case ast.Null():
            return None
        case ast.Raw(text=text):
            return text
        case ast.Str(parts=parts):
            return "".join(_text(place, part, depth) for part in parts)
        case ast.Unary(op="-", operand=operand):
            return -_number(value_of(place, operand, depth + 1))
        case ast.Binary(op="+", left=left, right=right):
            return _added(value_of(place, left, depth + 1), value_of(place, right, depth + 1))
        case ast.List(items=items):
            return [value_of(place, item, depth + 1) for item in items]
        case ast.Name():
            return _of_name(place, node, depth)
    raise Unsettled


def _text(place: Place, part: ast.Text | ast.Interp, depth: int) -> str:
    if isinstance(part, ast.Text):
        return part.value
    value = value_of(place, part.value, depth + 1)
    for one in part.filters:
        value = _filtered(value, one, [value_of(place, argument.value, depth + 1) for argument in one.args])
    return _bounded(_as_text(value))


def text_of(place: Place, part: ast.Text | ast.Interp) -> str:
    """The text of a part of a string. Raises `Unsettled`."""
    return _text(place, part, 0)


def _as_text(value: Any) -> str:  # noqa: ANN401  # any plain value
    if isinstance(value, str):
        return value
    from nexa.runtime.text import text  # it brings asyncio along, and few prompts need it

    return text(value)


def _filtered(value: Any, one: ast.Filter, args: list[Any]) -> Any:  # noqa: ANN401  # any plain value
    is_named = any(argument.name is not None or argument.spread for argument in one.args)
    is_large = any(isinstance(arg, int) and abs(arg) > _MAX_NUMBER for arg in args)
    if one.name.text not in FILTERS or one.name.text == "date" or is_named or is_large:
        raise Unsettled
    from nexa.runtime.errors import NexaError
    from nexa.runtime.interpolation import apply_filter

    try:
        return apply_filter(one.name.text, value, *args)
    except NexaError:
        raise Unsettled from None


def _added(left: Any, right: Any) -> Any:  # noqa: ANN401  # any plain values
    if isinstance(left, str) or isinstance(right, str):
        return _bounded(_as_text(left) + _as_text(right))
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    return _number(left) + _number(right)


def _number(value: Any) -> int | float:  # noqa: ANN401  # any plain value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unsettled
    return value


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise Unsettled
    return text


# ── variables ───────────────────────────────────────────────────────────────────────────────────────────────────


def _of_name(place: Place, name: ast.Name, depth: int) -> Any:  # noqa: ANN401  # any plain value
    local = place.item.scope.bindings.get(name)
    if local is not None:
        return _of_local(place, local, depth)
    entries = place.names.entries("value", name.text)
    if len(entries) != 1:
        raise Unsettled
    return _of_variable(place, entries[0], depth)


def _of_local(place: Place, local: Local, depth: int) -> Any:  # noqa: ANN401  # any plain value
    """A variable of an agent, which its members see."""
    binding = local.binding
    pattern = place.item.parents.get(binding)
    let = place.item.parents.get(pattern) if isinstance(pattern, ast.PName) else None
    is_settled = local.kind == "member" and len(local.writes) == 1
    if not is_settled or not isinstance(let, ast.Let):
        raise Unsettled
    return value_of(place, let.value, depth + 1)


def _of_variable(place: Place, entry: Entry, depth: int) -> Any:  # noqa: ANN401  # any plain value
    """A variable of the program that gets one value, at the top level."""
    file = place.project.file(entry.path)
    index = None if file is None else index_of(file, entry)
    if file is None or index is None:
        raise Unsettled
    own, node = Place(place.project, file, index, 0), file.items[index].node
    match node:
        case ast.Let(pattern=ast.PName(name=name), value=value):
            pass
        case ast.Assign(target=ast.Name() as name, op="=", value=value):
            pass
        case _:
            raise Unsettled
    if name.text != entry.declared.name:
        raise Unsettled
    return value_of(own, value, depth + 1)
