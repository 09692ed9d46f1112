"""Types written as strings, in the fields of protocols: `tags: "list[string]"`."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.names import first_child
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.types import type_expression
from nexa.syntax import parse

_PREFIX = b"type T = "


def type_of_text(text: ast.Str) -> ast.TypeExpr:
    """The type that a string names, at the place of the string; a hole when it names none.

    A comment or a condition behind the type says nothing about it.
    """
    plain = text.plain
    hole = ast.ErrorNode(text.start, text.end)
    if plain is None or not plain.strip():
        return hole
    body = text.start + len(text.quote)
    if plain.isidentifier():
        return ast.TypeName(
            body, body + len(plain.encode()), (ast.Name(body, body + len(plain.encode()), plain),), (), angle=False
        )
    source = _PREFIX + plain.encode()
    declaration = first_child(parse(source).root)
    if declaration is None or declaration.type != "type_declaration":
        return hole
    rest = source[declaration.end_byte :].strip()
    if rest and not rest.startswith(b"//"):
        return hole
    inner = Reading(source, len(_PREFIX) - body)
    found = type_expression(inner, declaration.child_by_field_name("type"), 0)
    return hole if inner.slips or declaration.has_error or isinstance(found, ast.ErrorNode) else found
