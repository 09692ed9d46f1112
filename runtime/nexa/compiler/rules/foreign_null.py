"""The absent value is written as other languages call it.

`None`, `none` and `nil` are predeclared names for `null`, to ease migration; a declaration may hide them.

Bad:

    flow main {
        found = None
              //^^^^ NX907: write `null`
        print(found ?? "nothing")
    }

Good:

    flow main {
        found = null
        print(found ?? "nothing")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace

_WORDS = frozenset({"None", "none", "nil"})
_ROLES = frozenset({"value", "contract"})


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Values of that name which nothing else declares."""
    for use in item.scope.uses:
        word = use.name.text
        if word in _WORDS and use.role in _ROLES and use.late is None and isinstance(names.value(word), Builtin):
            yield Draft(use.name.span, "write `null`", fix=replace(use.name.span, "null", "Write `null`"))


RULE = NameRule("NX907", "foreign-null", Severity.HINT, check)
