"""Add missing fields: a literal gets the fields that its protocol or struct asks for.

Before:

    protocol Review { score: int, remarks: list[str], headline: str }
    flow main {
        review: Review = {$0score: 3}
        print(review)
    }

After:

    protocol Review { score: int, remarks: list[str], headline: str }
    flow main {
        review: Review = {score: 3, remarks: [], headline: ""}
        print(review)
    }

Before:

    struct Request { title: str, amount: float, owner: str = "nobody" }
    flow main {
        print(Request { $0title: "crane" })
    }

After:

    struct Request { title: str, amount: float, owner: str = "nobody" }
    flow main {
        print(Request { title: "crane", amount: 0.0 })
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.terms import Named, RecordField, Type
from nexa.compiler.wording import listed
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.writing import placeholder

_KIND: Final[Kind] = "quickfix"


def offer(selection: Selection) -> Iterable[Action]:
    """In a dict that has to fit a protocol or struct, and in a struct literal."""
    node = selection.first(ast.Dict, ast.StructLit)
    if not isinstance(node, ast.Dict | ast.StructLit) or selection.item.is_broken:
        return
    wanted = _wanted(selection, node)
    if wanted is None:
        return
    given = {_key(one) for one in (node.entries if isinstance(node, ast.Dict) else node.fields)}
    if None in given:
        return  # a spread may bring them along
    missing = [field for name, field in wanted.items() if field.is_needed and name not in given]
    if missing:
        yield Action(
            f"Add {listed([field.name for field in missing])}",
            _KIND,
            lambda: [_edit(selection, node, missing)],
            blanks=lambda: [placeholder(field.type) for field in missing],
        )


def _wanted(selection: Selection, node: ast.Dict | ast.StructLit) -> dict[str, RecordField] | None:
    names = selection.names
    if isinstance(node, ast.StructLit):
        declared = names.declared("type", node.name.text)
        is_struct = declared is not None and declared.kind == "struct" and not declared.is_broken
        return fields_of(names, Named("struct", node.name.text)) if is_struct else None
    typed = selection.place.typed
    shape: Type | None = typed.shapes.get(node) if typed is not None else None
    return fields_of(names, shape) if isinstance(shape, Named) else None


def _key(one: ast.Entry | ast.StructFieldValue) -> str | None:
    if isinstance(one, ast.StructFieldValue):
        return one.name.text
    match one.key:
        case ast.Name(text=text):
            return text
        case ast.Str():
            return one.key.plain
        case ast.Raw(text=text):
            return text
        case ast.Int(text=text):
            return text
    return None


def _edit(selection: Selection, node: ast.Dict | ast.StructLit, missing: list[RecordField]) -> TextEdit:
    parts: tuple[ast.Entry | ast.StructFieldValue, ...] = node.entries if isinstance(node, ast.Dict) else node.fields
    is_quoted = bool(parts) and isinstance(parts[0], ast.Entry) and isinstance(parts[0].key, ast.Str)
    quote = '"' if is_quoted else ""
    text = ", ".join(f"{quote}{field.name}{quote}: {placeholder(field.type)}" for field in missing)
    if parts:
        indent = selection.indent(parts[-1].start)
        is_open = selection.begins_line(parts[-1].start)
        text = text.replace(", ", f",\n{indent}") if is_open else text
        return selection.edit(parts[-1].end, parts[-1].end, (f",\n{indent}" if is_open else ", ") + text)
    at = node.end - 1
    return selection.edit(at, at, text)
