"""What can be done where a record does not fit: a stage between, a field more, a field less."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Remedy
from nexa.compiler.table import Entry
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import Named, Type
from nexa.compiler.wording import listed
from nexa.syntax.span import Span


def remedies(names: Names, given: Type, wanted: Type, missing: list[str], stage: Span | None) -> list[Remedy]:
    """All of them; `missing` are the fields that `given` lacks, `stage` the place behind a `>>`, if there is one."""
    if not isinstance(wanted, Named) or wanted.kind != "protocol":
        return []
    if not isinstance(given, Named) or given.kind != "protocol":
        return []
    found = [_adapter(names, given, wanted, stage)]
    if missing:
        found += [_more(names, given, wanted, missing), _less(names, wanted, missing)]
    return [one for one in found if one is not None]


def _entry(names: Names, one: Named) -> tuple[Entry, ast.Protocol] | None:
    row = names.entries("type", one.name)
    node = row[0].declared.node if row else None
    return (row[0], node) if isinstance(node, ast.Protocol) and not node.type_params else None


def _adapter(names: Names, given: Named, wanted: Named, stage: Span | None) -> Remedy | None:
    """An agent that turns one record into the other, between the two stages."""
    name = f"{given.name}To{wanted.name}"
    if stage is None or names.value(name) is not None or given.args or wanted.args:
        return None
    prompt = f'"Read the {given.name} and fill in the {wanted.name}."'
    text = (
        f"agent {name} implements {wanted.name} {{\n"
        f"    prompt: {prompt}\n"
        f"    context {{ input_schema: {given.name} }}\n}}\n\n"
    )
    changes = (Change(Span(0, 0), text), Change(Span(stage.start, stage.start), f"{name} >> "))
    title = f"Insert an agent that turns `{given.name}` into `{wanted.name}`"
    return Remedy(title, changes, safe=False, blanks=(name, prompt))


def _more(names: Names, given: Named, wanted: Named, missing: list[str]) -> Remedy | None:
    """The missing fields in the protocol that is given."""
    found, fields = _entry(names, given), fields_of(names, wanted)
    if found is None or fields is None or not found[1].fields:
        return None
    entry, node = found
    at = node.fields[-1].end - node.name.start
    text = "".join(f", {name}: {show(fields[name].type)}" for name in missing)
    return Remedy(f"Add {listed(missing)} to `{given.name}`", (Change(Span(at, at), text, entry),), safe=False)


def _less(names: Names, wanted: Named, missing: list[str]) -> Remedy | None:
    """The missing fields optional in the protocol that is wanted."""
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
