"""What can be done where a record does not fit: a stage between, a field more, a field less."""

from __future__ import annotations

from collections.abc import Mapping

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Remedy
from nexa.compiler.table import Entry
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.fits import fits
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import Named, RecordField, Type, optional
from nexa.compiler.wording import listed
from nexa.syntax.record import record
from nexa.syntax.span import Span


@record
class Gap:
    """Where a stage goes between the two: `before` and `after` stand around its name, at a place."""

    at: int
    before: str
    after: str


def remedies(names: Names, given: Type, wanted: Type, gap: Gap | None) -> list[Remedy]:
    """All of them; `gap` is where another stage could stand, if it could."""
    if not isinstance(wanted, Named) or wanted.kind != "protocol":
        return []
    if not isinstance(given, Named) or given.kind != "protocol":
        return []
    there, fields = fields_of(names, given), fields_of(names, wanted)
    if there is None or fields is None:
        return []
    lacking = [name for name, field in fields.items() if name not in there and field.is_needed]
    unlike = [name for name, field in fields.items() if name in there and not fits(names, there[name].type, field.type)]
    if not lacking and not unlike:
        return []
    is_null = all(fits(names, there[name].type, optional(fields[name].type)) for name in unlike)
    found = [
        _adapter(names, given, wanted, gap),
        _more(names, given, fields, lacking, unlike),
        _less(names, wanted, [*lacking, *unlike]) if is_null else None,
    ]
    return [one for one in found if one is not None]


def _entry(names: Names, one: Named) -> tuple[Entry, ast.Protocol] | None:
    row = names.entries("type", one.name)
    node = row[0].declared.node if row else None
    return (row[0], node) if isinstance(node, ast.Protocol) and not node.type_params else None


def _adapter(names: Names, given: Named, wanted: Named, gap: Gap | None) -> Remedy | None:
    """An agent that turns one record into the other, between the two stages."""
    name = f"{given.name}To{wanted.name}"
    if gap is None or names.value(name) is not None or given.args or wanted.args:
        return None
    prompt = f'"Read the {given.name} and fill in the {wanted.name}."'
    text = (
        f"agent {name} implements {wanted.name} {{\n"
        f"    prompt: {prompt}\n"
        f"    context {{ input_schema: {given.name} }}\n}}\n\n"
    )
    changes = (Change(Span(0, 0), text), Change(Span(gap.at, gap.at), f"{gap.before}{name}{gap.after}"))
    title = f"Insert an agent that turns `{given.name}` into `{wanted.name}`"
    return Remedy(title, changes, safe=False, blanks=(name, prompt))


def _more(
    names: Names, given: Named, fields: Mapping[str, RecordField], lacking: list[str], unlike: list[str]
) -> Remedy | None:
    """The missing fields in the protocol that is given, and the types that are wanted in those that it has."""
    found = _entry(names, given)
    own = {field.name.text: field for field in found[1].fields} if found is not None else {}
    if found is None or not own or any(name not in own or own[name].type_text is not None for name in unlike):
        return None
    entry, node = found
    base = node.name.start
    changes = [
        Change(Span(own[name].type.start - base, own[name].type.end - base), show(fields[name].type), entry)
        for name in unlike
    ]
    if lacking:
        at = node.fields[-1].end - base
        text = "".join(f", {name}: {show(fields[name].type)}" for name in lacking)
        changes.append(Change(Span(at, at), text, entry))
    change = f"hange {listed(unlike)}" if unlike else ""
    if not lacking:
        title = f"C{change} in `{given.name}`"
    else:
        title = f"Add {listed(lacking)} to `{given.name}`" + (f" and c{change}" if change else "")
    return Remedy(title, tuple(changes), safe=False)


def _less(names: Names, wanted: Named, missing: list[str]) -> Remedy | None:
    """The missing fields, and those that may be null, optional in the protocol that is wanted."""
    found = _entry(names, wanted)
    if found is None:
        return None
    entry, node = found
    fields = [field for field in node.fields if field.name.text in missing]
    if any(field.type_text is not None or isinstance(field.type, ast.TypeUnion | ast.TypeFn) for field in fields):
        return None
    ends = [field.type.end - node.name.start for field in fields]
    changes = tuple(Change(Span(at, at), "?", entry) for at in ends)
    return Remedy(f"Make {listed(missing)} optional in `{wanted.name}`", changes, safe=False)
