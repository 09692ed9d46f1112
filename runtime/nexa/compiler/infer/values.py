"""Types of literals, names and collections."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import FILTERS
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import key_text
from nexa.compiler.infer.generics import carried, made
from nexa.compiler.infer.leaks import leak
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.names import Meaning
from nexa.compiler.types.declared import cases_of, fields_of
from nexa.compiler.types.fits import fits
from nexa.compiler.types.signature import type_of_builtin, type_of_declared
from nexa.compiler.types.terms import (
    ANY,
    ANY_DICT,
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NULL,
    STR,
    TEMPLATE,
    UNIT,
    UNKNOWN,
    Applied,
    Named,
    Place,
    Record,
    RecordField,
    Row,
    Type,
    base_of,
    dict_of,
    is_dict,
    is_list,
    is_option,
    list_of,
    optional,
)
from nexa.compiler.types.union import can_iterate, element_of, is_protocol, join, works
from nexa.syntax.span import Span

PLACES = {
    "std": Place("std", "std"),
    "runtime": Place("runtime", "runtime"),
    "JobQueue": Place("JobQueue", "JobQueue"),
}
"""The predeclared names that are no values themselves, only what stands behind their dot."""


def aim(want: Type | None) -> Type | None:
    """What a literal is read as where `want` is needed: without options and conditions."""
    if want is None:
        return None
    want = base_of(want)
    return base_of(want.args[0]) if is_option(want) else want


def _str(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    for part in cast("ast.Str", node).parts:
        if isinstance(part, ast.Interp):
            leak(t, part.value, t.of(part.value), "an interpolation")
            type_filters(t, part.filters)
    return STR


def type_filters(t: Typing, filters: tuple[ast.Filter, ...]) -> None:
    """The arguments of filters."""
    for one in filters:
        entry = FILTERS.get(one.name.text)
        params = entry.params if entry is not None else ()
        for arg in one.args:
            t.of(arg.value)
        if entry is not None and params is not None and not any(arg.name or arg.spread for arg in one.args):
            needed = sum(not param.optional for param in params)
            if not needed <= len(one.args) <= len(params):
                t.clash("NX302", one.name.span, f"filter `{one.name.text}`", needed, len(params), len(one.args), None)


def _name(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    name = cast("ast.Name", node)
    local = t.scope.bindings.get(name)
    if local is not None:
        return t.of_local(local)
    use = t.scope.use_of.get(name)
    if use is None:
        return UNKNOWN
    held = t.env.get(name.text)
    return held if held is not None else of_program(t, name.text)


def of_program(t: Typing, text: str) -> Type:
    """What a name of the program, or a predeclared one, is."""
    found = t.declared.get(text)
    if found is None:
        found = t.declared[text] = _meant(t, t.names.value(text))
    return found


def _meant(t: Typing, meaning: Meaning | None) -> Type:
    if meaning is None:
        return UNKNOWN
    if isinstance(meaning, Builtin):
        return PLACES.get(meaning.path) or type_of_builtin(meaning)
    return type_of_declared(t.names, meaning)


# ── collections ─────────────────────────────────────────────────────────────────────────────────────────────────


def _list(t: Typing, node: ast.Node, want: Type | None) -> Type:
    row = cast("ast.List", node)
    goal = aim(want)
    element = goal.args[0] if isinstance(goal, Applied) and goal.name == "list" else None
    if any(isinstance(one, ast.Spread) for one in row.items):
        return list_of(join([_spread_element(t, one, element) for one in row.items]))
    found = tuple(t.of(one) if element is None else t.expect(one, element) for one in row.items)
    return Row(found, is_list=True)


def _spread_element(t: Typing, one: ast.Expr, wanted: Type | None) -> Type:
    if not isinstance(one, ast.Spread):
        return t.of(one) if wanted is None else t.expect(one, wanted)
    found = t.of(one.value, None if wanted is None else list_of(wanted))
    if not works(found, can_iterate):
        t.clash("NX326", one.value.span, found)
    elif wanted is not None and not fits(t.names, element_of(found), wanted):
        t.clash("NX301", one.value.span, list_of(wanted), found)
    return element_of(found)


def _tuple(t: Typing, node: ast.Node, want: Type | None) -> Type:
    items = cast("ast.Tuple", node).items
    goal = aim(want)
    if isinstance(goal, Row) and len(goal.items) == len(items):
        return Row(tuple(t.expect(one, part) for one, part in zip(items, goal.items, strict=True)))
    return Row(tuple(t.of(one) for one in items)) if items else UNIT


def _dict(t: Typing, node: ast.Node, want: Type | None) -> Type:
    literal = cast("ast.Dict", node)
    goal = aim(want)
    fields = fields_of(t.names, goal) if goal is not None and is_protocol(goal) else None
    if fields is not None and goal is not None:
        t.shapes[literal] = goal
    value = goal.args[1] if isinstance(goal, Applied) and goal.name == "dict" else None
    found: list[RecordField] = []
    is_open = False
    for entry in literal.entries:
        key = key_text(entry.key)
        if isinstance(entry.key, ast.Str):
            t.of(entry.key)
        wanted = fields[key].type if fields is not None and key in fields else value
        kind = t.of(entry.value) if wanted is None or entry.key is None else t.expect(entry.value, wanted)
        if entry.key is None or key is None or isinstance(entry.key, ast.Int):
            is_open = True
        else:
            found.append(RecordField(key, kind))
    if is_open:
        return dict_of(ANY, ANY) if any(isinstance(one.key, ast.Int) for one in literal.entries) else ANY_DICT
    return Record(tuple(found), is_literal=True)


def _spread(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    return t.of(cast("ast.Spread", node).value)


def _struct_literal(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    literal = cast("ast.StructLit", node)
    meaning = t.names.declared("type", literal.name.text)
    if meaning is None or not isinstance(meaning.node, ast.Struct | ast.Protocol):
        for one in literal.fields:
            t.of(one.value)
        return UNKNOWN
    kind = Named(meaning.kind, meaning.name, (ANY,) * len(meaning.node.type_params))  # type: ignore[arg-type]  # one of the two
    fields = fields_of(t.names, kind) or {}
    given: dict[str, Type] = {}
    for one in literal.fields:
        field = fields.get(one.name.text)
        given[one.name.text] = t.of(one.value) if field is None else t.expect(one.value, field.type)
    return made(t, kind, given)


def _variant(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.VariantExpr", node)
    if one.enum.text in ("Option", "Result"):
        return _builtin_variant(t, one, aim(want))
    meaning = t.names.declared("type", one.enum.text)
    if meaning is None or not isinstance(meaning.node, ast.Enum):
        for arg in one.args:
            t.of(arg.value)
        return UNKNOWN
    kind = Named("enum", meaning.name, (ANY,) * len(meaning.node.type_params))
    case = (cases_of(t.names, kind) or {}).get(one.variant.text)
    payload = case.payload if case is not None else ()
    by_name = {name: part for name, part in payload if name}
    is_spread = any(arg.spread for arg in one.args)
    given = []
    for index, arg in enumerate(one.args):
        wanted = by_name.get(arg.name.text) if arg.name else payload[index][1] if index < len(payload) else None
        given.append(t.of(arg.value) if wanted is None or is_spread else t.expect(arg.value, wanted))
    if case is not None and not is_spread and (one.has_args or not payload) and len(one.args) != len(payload):
        span = Span(one.enum.start, one.variant.end)
        shown = f"`{one.enum.text}::{one.variant.text}`"
        t.clash("NX302", span, shown, len(payload), len(payload), len(one.args), None)
    return kind if is_spread or any(arg.name for arg in one.args) else carried(t, kind, one.variant.text, given)


def _builtin_variant(t: Typing, one: ast.VariantExpr, want: Type | None) -> Type:
    wanted: Type | None = None
    if isinstance(want, Applied) and want.name == "Result":
        wanted = want.args[0] if one.variant.text == "Ok" else want.args[1]
    values = [t.of(arg.value) if wanted is None else t.expect(arg.value, wanted) for arg in one.args]
    value = values[0] if values else UNKNOWN
    if one.variant.text == "None":
        return NULL
    if one.variant.text == "Some":
        return optional(value)
    is_ok = one.variant.text == "Ok"
    return Applied("Result", (value, UNKNOWN) if is_ok else (UNKNOWN, value))


def _slice(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    part = cast("ast.Slice", node)
    whole = t.of(part.object)
    found = base_of(whole)
    if found in (INT, FLOAT, BOOL) or is_dict(found):
        t.clash("NX319", Span(part.object.end, part.object.end + 1), "[]", whole, None)
    for bound in (part.low, part.high):
        if bound is not None:
            t.of(bound)
    if found == STR or (isinstance(found, Applied) and found.name == "list"):
        return found
    return list_of(element_of(found)) if is_list(found) else UNKNOWN


def _template(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    """What its variables hold is only looked up: a template takes anything."""
    for path in ast.walk(node):
        if isinstance(path, ast.TemplatePath) and path.names:
            t.of(path.names[0])
    return TEMPLATE


HANDLERS: dict[type, Handler] = {
    ast.Str: _str,
    ast.Raw: lambda _t, _node, _want: STR,
    ast.Template: _template,
    ast.Int: lambda _t, _node, _want: INT,
    ast.Float: lambda _t, _node, _want: FLOAT,
    ast.Duration: lambda _t, _node, _want: DURATION,
    ast.Bool: lambda _t, _node, _want: BOOL,
    ast.Null: lambda _t, _node, _want: NULL,
    ast.Name: _name,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Dict: _dict,
    ast.Spread: _spread,
    ast.StructLit: _struct_literal,
    ast.VariantExpr: _variant,
    ast.Slice: _slice,
}
