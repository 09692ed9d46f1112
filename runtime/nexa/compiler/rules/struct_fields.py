"""A struct is made with a field that it does not have, or without one that it needs.

A field may be left out when it has a default, or when its type is optional.

Bad:

    struct Point { x: int, y: int }
    flow main {
        p = Point(x: 1, y: 2, z: 3)
                            //^ NX216: struct `Point` has no field `z`
        print(p.x)
    }

Bad:

    struct Point { x: int, y: int }
    flow main {
        p = Point(x: 1)
          //^^^^^^^^^^^ NX216: struct `Point` lacks field `y`
        print(p.x)
    }

Bad:

    struct Point { x: int, y: int }
    flow main(p: Point) {
        match p { Point {x, z} => print(x, z), _ => print(0) }
                          //^ NX216: struct `Point` has no field `z`
    }

Good:

    struct Point { x: int, y: int = 0 }
    flow main {
        p = Point(x: 1)
        print(p.x)
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import separator
from nexa.compiler.rule import Draft, NameRule, Note, Remedy, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.plain import plain_value
from nexa.compiler.types.terms import BOOL, FLOAT, INT, STR, Named, RecordField
from nexa.compiler.types.written import read_type
from nexa.compiler.wording import hint, listed
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Calls of a struct's name, literals with braces, and patterns that name one."""
    for call in item.of(ast.Call):
        if isinstance(call.callee, ast.Name) and call.callee in item.scope.use_of:
            given = [arg.name for arg in call.args if arg.name is not None]
            positional = len(call.args) - len(given) + _is_handed_one(item, call)
            named = [arg.name is not None for arg in call.args]
            is_open = any(arg.spread for arg in call.args) or named != sorted(named)  # NX121: whose value is it?
            yield from _compare(item, names, call, call.callee, given, -1 if is_open else positional)
    for literal in item.of(ast.StructLit):
        yield from _compare(item, names, literal, literal.name, [field.name for field in literal.fields], 0)
    for pattern in item.of(ast.PRecord):
        if pattern.name is not None:
            keys = [entry.key for entry in pattern.entries if isinstance(entry.key, ast.Name)]
            yield from _compare(item, names, pattern, pattern.name, keys, -1)


def _is_handed_one(item: ItemFacts, call: ast.Call) -> bool:
    """Whether a `|>` hands in the first value."""
    above = item.parents.get(call)
    return isinstance(above, ast.PipeCall) and above.right is call


def _compare(
    item: ItemFacts,
    names: Names,
    made: ast.Call | ast.StructLit | ast.PRecord,
    name: ast.Name,
    given: list[ast.Name],
    positional: int,
) -> Iterator[Draft]:
    """`positional` counts the values without a name; -1 when none has to be given: nobody can tell which are."""
    declared = names.declared("value", name.text)
    if declared is None or not isinstance(declared.node, ast.Struct):
        return
    entry, fields = names.entries("value", name.text)[0], declared.node.fields
    known = [field.name.text for field in fields]
    whole = fields_of(names, Named("struct", name.text)) or {}
    note = Note(f"struct `{name.text}` is declared here", of=entry)
    unknown = [one for one in given if one.text and one.text not in known]
    for one in unknown:
        similar = nearest(one.text, [field for field in known if field not in {other.text for other in given}])
        meant = similar or (_only_missing(names, made, one, whole, fields, given) if len(unknown) == 1 else None)
        # `Point {z}` names a variable, too, and others read that.
        is_short = isinstance(made, ast.PRecord) and any(part.key is one and not part.pattern for part in made.entries)
        text = f"{similar}: {one.text}" if similar and is_short else meant
        fix = replace(one.span, text, f"Write `{text}`", safe=False) if text else None
        yield Draft(one.span, f"struct `{name.text}` has no field `{one.text}`{hint(similar)}", (note,), fix)
    if unknown or positional < 0 or isinstance(made, ast.PRecord):
        return
    missing = _missing(whole, fields[positional:], given)
    if missing:
        word = "field" if len(missing) == 1 else "fields"
        values = {one: plain_value(names, whole[one].type) if one in whole else None for one in missing}
        fix = _add(item, made, values, has_some=bool(given) or positional > 0)
        yield Draft(made.span, f"struct `{name.text}` lacks {word} {listed(missing)}", (note,), fix)


_KINDS = {ast.Str: STR, ast.Int: INT, ast.Float: FLOAT, ast.Bool: BOOL}


def _only_missing(
    names: Names,
    made: ast.Node,
    one: ast.Name,
    whole: Mapping[str, RecordField],
    fields: Sequence[ast.StructField],
    given: list[ast.Name],
) -> str | None:
    """The one field that has to be given, and is not, where the value may be meant for it."""
    parts = made.fields if isinstance(made, ast.StructLit) else made.args if isinstance(made, ast.Call) else ()
    if any(part.name is None for part in parts):
        return None
    missing = _missing(whole, fields, given)
    value = next((part.value for part in parts if part.name is one), None)
    if len(missing) != 1 or value is None:
        return None
    wanted = next(read_type(names, field.type) for field in fields if field.name.text == missing[0])
    return missing[0] if _KINDS.get(type(value), wanted) == wanted else None


def _missing(whole: Mapping[str, RecordField], fields: Sequence[ast.StructField], given: list[ast.Name]) -> list[str]:
    """The fields that a value needs and is not given; `whole` are all of the struct's."""
    absent = {one.name.text for one in fields} - {one.text for one in given}
    return [name for name, field in whole.items() if name in absent and field.is_needed]


def _add(item: ItemFacts, made: ast.Call | ast.StructLit, missing: dict[str, str | None], *, has_some: bool) -> Remedy:
    values = {name: value or "null" for name, value in missing.items()}
    parts = made.fields if isinstance(made, ast.StructLit) else made.args
    apart = separator(item, parts)
    text = (apart if has_some else "") + apart.join(f"{name}: {value}" for name, value in values.items())
    at = parts[-1].end if parts else made.end - 1
    return replace(Span(at, at), text, f"Add {listed(list(missing))}", safe=False, blanks=tuple(values.values()))


RULE = NameRule("NX216", "struct-fields", Severity.ERROR, check, about=(ast.Call, ast.StructLit, ast.PRecord))
