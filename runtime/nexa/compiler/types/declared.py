"""What declared types hold: the fields of protocols and structs, the variants of enums."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.facts import Declared
from nexa.compiler.names import Names
from nexa.compiler.types.terms import ANY, STR, UNKNOWN, Named, Record, RecordField, Type, is_option
from nexa.compiler.types.union import members_of
from nexa.compiler.types.written import Bound, read_type
from nexa.syntax.record import record


def fields_of(names: Names, one: Type) -> dict[str, RecordField] | None:
    """The fields of a record, protocol or struct by name; None when they are unknown, or it has none."""
    if isinstance(one, Record):
        return {field.name: field for field in one.fields}
    if not isinstance(one, Named) or one.kind not in ("protocol", "struct"):
        return None
    return names.once("fields", one, lambda: _fields(names, one))


def _fields(names: Names, one: Named) -> dict[str, RecordField] | None:
    node = node_of(names, one)
    if not isinstance(node, ast.Protocol | ast.Struct):
        return None
    bound = bound_of(node, one)
    found: dict[str, RecordField] = {}
    for field in node.fields:
        name = field.name.text
        if name:  # of two fields with one name (NX217) nobody knows which one is meant
            found[name] = RecordField(name, UNKNOWN, False) if name in found else _field(names, field, bound)
    return found


def node_of(names: Names, one: Named) -> ast.Node | None:
    """The declaration of a named type, if it is whole."""
    meaning = names.type(one.name)
    return meaning.node if isinstance(meaning, Declared) and not meaning.is_broken else None


def bound_of(node: ast.Protocol | ast.Struct | ast.Enum | ast.Trait, one: Named) -> Bound:
    """What the type parameters of a declaration stand for in one use of it."""
    args = one.args or (ANY,) * len(node.type_params)
    return dict(zip((name.text for name in node.type_params), args, strict=False))


def _field(names: Names, field: ast.Field | ast.StructField, bound: Bound) -> RecordField:
    if isinstance(field, ast.Field) and field.type_text is not None:
        kind = text_type(names, field, bound)
    else:
        kind = ANY if field.type is None else read_type(names, field.type, bound)
    is_needed = field.default is None and not is_option(kind) and not any(map(is_option, members_of(kind)))
    if isinstance(field.type, ast.TypeOption):
        is_needed = False
    return RecordField(field.name.text, kind, is_needed)


def text_type(names: Names, field: ast.Field, bound: Bound) -> Type:
    """The type of a field that was written as a string: `str` where the string is no type."""
    if isinstance(field.type, ast.ErrorNode):
        return STR
    return read_type(names, field.type, bound) if is_type(names, field.type, bound) else STR


def is_type(names: Names, node: ast.TypeExpr, bound: Bound) -> bool:
    """Whether every name in a type read from a string is a type."""
    for part in ast.walk(node):
        if isinstance(part, ast.TypeName):
            text = part.path[0].text if len(part.path) == 1 else ""
            if not text or (text not in bound and names.type(text) is None):
                return False
    return True


@record
class Case:
    """A variant of an enum with the types that it carries."""

    name: str
    payload: tuple[tuple[str, Type], ...]


def cases_of(names: Names, one: Named) -> dict[str, Case] | None:
    """The variants of an enum by name; None when it is not whole."""
    return names.once("cases", one, lambda: _cases(names, one))


def _cases(names: Names, one: Named) -> dict[str, Case] | None:
    node = node_of(names, one)
    if not isinstance(node, ast.Enum):
        return None
    bound = bound_of(node, one)
    return {
        variant.name.text: Case(variant.name.text, tuple(_payload(names, part, bound) for part in variant.payload))
        for variant in node.variants
        if variant.name.text
    }


def _payload(names: Names, part: ast.Payload, bound: Bound) -> tuple[str, Type]:
    """A lone word is a type if there is one of that name, and a field's name otherwise."""
    is_lone = part.name is not None and part.type is not None and part.name.span == part.type.span
    if is_lone and part.name is not None:
        text = part.name.text
        if text not in bound and names.type(text) is None:
            return text, ANY
        return "", read_type(names, part.type, bound)
    kind = UNKNOWN if part.type is None else read_type(names, part.type, bound)
    return (part.name.text if part.name is not None else ""), kind
