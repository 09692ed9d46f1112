"""What a type says about its values, for those who have to give one."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.types.declared import cases_of, fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import Named, Record, Semantic, Type
from nexa.compiler.types.union import members_of

MAX_PARTS = 12
"""Fields or variants that are named."""


def doc_of_type(names: Names, one: Type) -> str:
    """The fields of a record, the variants of an enum, the condition of a semantic type; `""` for any other."""
    texts = dict.fromkeys(_doc(names, part) for part in members_of(one))
    return "\n\n".join(text for text in texts if text)


def _doc(names: Names, one: Type) -> str:
    if isinstance(one, Semantic):
        declared = names.declared("type", one.name)
        alias = declared.node if declared is not None else None
        text = alias.constraint.plain if isinstance(alias, ast.TypeAlias) and alias.constraint is not None else None
        return f"`{one.name}`: {text}" if text else ""
    if isinstance(one, Named) and one.kind == "enum":
        return _row(one.name, list(cases_of(names, one) or ()))
    if isinstance(one, Named | Record):
        fields = fields_of(names, one) or {}
        title = one.name if isinstance(one, Named) else one.shown
        return _row(title, [f"{name}: {show(field.type)}" for name, field in fields.items()])
    return ""


def _row(title: str, parts: list[str]) -> str:
    shown = ", ".join(f"`{part}`" for part in parts[:MAX_PARTS]) + (", …" if len(parts) > MAX_PARTS else "")
    return (f"`{title}`: {shown}" if title else shown) if parts else ""
