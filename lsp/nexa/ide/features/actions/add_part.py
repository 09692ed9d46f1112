"""Add what its type lacks: a field that a protocol or struct does not have, a variant that an enum does not have.

Before:

    protocol Review { score: int }
    agent Critic implements Review { prompt: "Criticise." }
    flow main(topic: str) {
        review = Critic.run(topic)
        print(review.sum$0mary)
    }

After:

    protocol Review { score: int, summary: str }
    agent Critic implements Review { prompt: "Criticise." }
    flow main(topic: str) {
        review = Critic.run(topic)
        print(review.summary)
    }

Before:

    enum Decision { Approved, Rejected }
    flow main(name: str) {
        print(Decision::Wait$0ing(name))
    }

After:

    enum Decision { Approved, Rejected, Waiting(str) }
    flow main(name: str) {
        print(Decision::Waiting(name))
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nexa.compiler import ast
from nexa.compiler.remedies import separator
from nexa.compiler.rule import TextEdit
from nexa.compiler.symbol import first_entry, index_of
from nexa.compiler.symbol_types import parts_of, records_of
from nexa.compiler.table import Entry
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.writing import annotation
from nexa.syntax import Span

_KIND: Final[Kind] = "quickfix"


def offer(selection: Selection) -> Iterable[Action]:
    """At the name that the type does not know."""
    name = selection.first(ast.Name)
    if name is None or selection.item.is_broken or not name.text:
        return
    match selection.parent(name):
        case ast.Member(member=member, object=owner) if member is name:
            yield from _field(selection, _records(selection, owner), name.text, "str")
        case ast.Argument(name=key, value=value) as argument if key is name:
            call = selection.parent(argument)
            callee = call.callee if isinstance(call, ast.Call) else None
            if isinstance(callee, ast.Name):
                yield from _field(selection, _named(selection, callee), name.text, _type(selection, value))
        case ast.StructFieldValue(name=key, value=value) as field if key is name:
            literal = selection.parent(field)
            if isinstance(literal, ast.StructLit):
                yield from _field(selection, _named(selection, literal.name), name.text, _type(selection, value))
        case ast.VariantExpr(enum=enum, variant=variant, args=args) if variant is name:
            payload = [_type(selection, one.value) for one in args]
            yield from _variant(selection, _named(selection, enum), name.text, payload)
        case ast.PVariant(enum=ast.Name() as enum, variant=variant, items=items) if variant is name:
            yield from _variant(selection, _named(selection, enum), name.text, ["any"] * len(items))


def _records(selection: Selection, owner: ast.Expr) -> Iterator[Entry]:
    typed = selection.place.typed
    kind = typed.types.get(owner) if typed is not None else None
    for part in parts_of(kind) if kind is not None else ():
        yield from records_of(selection.names, part)


def _named(selection: Selection, name: ast.Name) -> Iterator[Entry]:
    entry = first_entry(selection.names, "type", name.text)
    if entry is not None and name in selection.item.scope.use_of:
        yield entry


def _type(selection: Selection, value: ast.Expr) -> str:
    typed = selection.place.typed
    return annotation(typed.types.get(value) if typed is not None else None) or "any"


def _field(selection: Selection, owners: Iterable[Entry], name: str, kind: str) -> Iterator[Action]:
    for entry in owners:
        node = entry.declared.node
        if isinstance(node, ast.Protocol | ast.Struct) and all(one.name.text != name for one in node.fields):
            edit = _added(selection, entry, f"{name}: {kind}")
            if edit is not None:
                title = f"Add field `{name}` to `{entry.declared.name}`"
                yield Action(title, _KIND, lambda edit=edit: [edit], blanks=lambda: (kind,))  # type: ignore[misc]  # bound now, not when it is called


def _variant(selection: Selection, owners: Iterable[Entry], name: str, payload: list[str]) -> Iterator[Action]:
    for entry in owners:
        node = entry.declared.node
        if isinstance(node, ast.Enum) and all(one.name.text != name for one in node.variants):
            edit = _added(selection, entry, f"{name}({', '.join(payload)})" if payload else name)
            if edit is not None:
                title = f"Add variant `{name}` to `{entry.declared.name}`"
                yield Action(title, _KIND, lambda edit=edit: [edit])  # type: ignore[misc]  # bound now, not when it is called


def _added(selection: Selection, entry: Entry, text: str) -> TextEdit | None:
    """One more part at the end of a declaration, wherever that is."""
    file = selection.project.file(entry.path)
    index = None if file is None else index_of(file, entry)
    if file is None or index is None or file.items[index].is_broken:
        return None
    item, start = file.items[index], file.starts[index]
    node = item.node
    parts: Sequence[ast.Node] = node.fields if isinstance(node, ast.Protocol | ast.Struct) else ()
    parts = node.variants if isinstance(node, ast.Enum) else parts
    if parts:
        at, text = parts[-1].end, f"{separator(item, parts)}{text}"
    else:
        at, text = item.text.find(b"{") + 1, f" {text} "
    return TextEdit(entry.path, Span(start + at, start + at), text) if at else None
