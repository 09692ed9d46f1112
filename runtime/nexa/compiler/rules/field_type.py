"""A field's type is written in quotes, but the text names no type.

Such a field is a `str`. Write types without quotes; then a wrong name is an error at once.

Bad:

    protocol Score { value: "nubmer" }
                          //^^^^^^^^ NX309: `"nubmer"` is not a type; using `str`; did you mean `number`?
    agent Ann implements Score { prompt: "x" }
    flow main { print(Ann.run("a").value) }

Bad:

    protocol Score { value: "how good it is, 1 to 5" }
                          //^^^^^^^^^^^^^^^^^^^^^^^^ NX309: `"how good it is, 1 to 5"` is not a type; using `str`
    agent Ann implements Score { prompt: "x" }
    flow main { print(Ann.run("a").value) }

Good:

    protocol Score { value: number }
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
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The fields of a protocol whose types are strings."""
    if not isinstance(item.node, ast.Protocol):
        return
    bound = {name.text: ANY for name in item.node.type_params}
    for field in item.node.fields:
        if field.type_text is None:
            continue
        if isinstance(field.type, ast.ErrorNode) or not is_type(names, field.type, bound):
            text = item.source(field.type_text.span)
            word = (field.type_text.plain or "").strip()
            similar = names.similar(word, "type") if word.isidentifier() else None
            fix = replace(field.type_text.span, similar or "str", f"Write `{similar or 'str'}`", safe=False)
            yield Draft(field.type_text.span, f"`{text}` is not a type; using `str`{hint(similar)}", fix=fix)


RULE = NameRule("NX309", "field-type", Severity.WARNING, check, about=(ast.Protocol,))
