"""A field's type is written in quotes.

It means the same, but in quotes nothing completes the type, finds its uses or renames it.

Bad:

    protocol Score { value: "int", remarks: "list[str]" }
                          //^^^^^ NX903: string-typed field; write the type
                                          //^^^^^^^^^^^ NX903: string-typed field; write the type
    agent Ann implements Score { prompt: "x" }
    flow main { print(Ann.run("a").value) }

Good:

    protocol Score { value: int, remarks: list[str] }
    agent Ann implements Score { prompt: "x" }
    flow main { print(Ann.run("a").value) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.types.declared import is_type
from nexa.compiler.types.terms import ANY


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The fields of a protocol whose strings name types; of the others NX309 speaks."""
    if not isinstance(item.node, ast.Protocol):
        return
    bound = {name.text: ANY for name in item.node.type_params}
    for field in item.node.fields:
        if field.type_text is None or isinstance(field.type, ast.ErrorNode) or not is_type(names, field.type, bound):
            continue
        # What the text says beyond the type, a comment or a condition, needs a person to find its place.
        written = (field.type_text.plain or "").strip()
        is_all = field.type.end - field.type.start == len(written.encode())
        fix = replace(field.type_text.span, written, f"Write `{written}`") if is_all else None
        yield Draft(field.type_text.span, "string-typed field; write the type", fix=fix)


RULE = NameRule("NX903", "quoted-type", Severity.HINT, check, about=(ast.Protocol,))
