"""What the type parameters of a struct or enum stand for, going by the values that one is made with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nexa.compiler import ast
from nexa.compiler.builtins import TYPE_ALIASES
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.declared import node_of
from nexa.compiler.types.terms import (
    ANY,
    NULL,
    SILENT,
    Applied,
    Named,
    Row,
    Type,
    Union,
    base_of,
    is_list,
    is_silent,
    list_of,
)
from nexa.compiler.types.union import element_of, union_of, widened, without_null

_Solved = dict[str, list[Type]]


def made(t: Typing, one: Named, given: Mapping[str, Type]) -> Named:
    """A struct made with values for these fields."""
    node = node_of(t.names, one) if one.args else None
    if not isinstance(node, ast.Struct):
        return one
    return _solved(one, node, ((field.type, given.get(field.name.text)) for field in node.fields))


def carried(t: Typing, one: Named, variant: str, given: Iterable[Type]) -> Named:
    """A variant that carries these values."""
    node = node_of(t.names, one) if one.args else None
    if not isinstance(node, ast.Enum):
        return one
    payload = next((case.payload for case in node.variants if case.name.text == variant), ())
    return _solved(one, node, zip((part.type for part in payload), given, strict=False))


def _solved(one: Named, node: ast.Struct | ast.Enum, pairs: Iterable[tuple[ast.TypeExpr | None, Type | None]]) -> Named:
    found: _Solved = {name.text: [] for name in node.type_params}
    for written, kind in pairs:
        if written is not None and kind is not None:
            _solve(written, kind, found)
    return Named(one.kind, one.name, tuple(_settled(found[name.text]) for name in node.type_params))


def _settled(kinds: list[Type]) -> Type:
    """What was given for one parameter; anything where nothing certain was."""
    if not kinds or any(is_silent(kind) or kind is NULL for kind in kinds):
        return ANY
    is_loose = any(isinstance(kind, Union) and kind.loose for kind in kinds)
    found = kinds[0] if len(kinds) == 1 else union_of(kinds, loose=is_loose)
    return list_of(element_of(found)) if isinstance(found, Row) and found.is_list else widened(found, is_changed=False)


def _solve(written: ast.TypeExpr, kind: Type, found: _Solved) -> None:
    if kind in SILENT:
        return
    if isinstance(written, ast.TypeOption):
        if kind is not NULL:
            _solve(written.inner, without_null(kind), found)
    elif isinstance(written, ast.TypeTuple):
        items = kind.items if isinstance(kind, Row) and not kind.is_list else ()
        for part, item in zip(written.items, items, strict=False):
            _solve(part, item, found)
    elif isinstance(written, ast.TypeName) and len(written.path) == 1:
        _solve_name(written, kind, found)


def _solve_name(written: ast.TypeName, kind: Type, found: _Solved) -> None:
    name = written.path[0].text
    if name in found:
        found[name].append(kind)
        return
    name = TYPE_ALIASES.get(name, name)
    plain = base_of(kind)
    args: tuple[Type, ...] = ()
    if name == "list" and is_list(plain):
        args = (element_of(plain),)
    elif name == "Option" and kind is not NULL:
        args = (without_null(kind),)
    elif isinstance(plain, Applied | Named) and plain.name == name:
        args = plain.args
    for part, item in zip(written.args, args, strict=False):
        _solve(part, item, found)
