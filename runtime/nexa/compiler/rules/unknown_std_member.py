"""A part of `std`, or a filter, that does not exist.

Bad:

    flow main {
        print(std.fs.file_raed("a.txt"))
                   //^^^^^^^^^ NX214: `std.fs` has no `file_raed`; did you mean `file_read`?
    }

Bad:

    flow main {
        name = "ann"
        print("#{name | uper}")
                      //^^^^ NX214: unknown filter `uper`; did you mean `upper`?
    }

Good:

    flow main {
        name = std.fs.file_read("a.txt") otherwise "ann"
        print("#{name | upper}")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import FILTERS, std_children, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import outermost, root_meaning
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Dotted names that begin with `std`, then filters of interpolations and templates."""
    for path in outermost(item):
        meaning = root_meaning(item, names, path[0])
        if isinstance(meaning, Builtin) and meaning.path == "std":
            yield from _missing(path)
    for one in item.of(ast.Filter):
        if one.name.text and one.name.text not in FILTERS:
            similar = nearest(one.name.text, FILTERS)
            fix = replace(one.name.span, similar, f"Write `{similar}`", safe=False) if similar else None
            yield Draft(one.name.span, f"unknown filter `{one.name.text}`{hint(similar)}", fix=fix)


def _missing(path: tuple[ast.Name, ...]) -> Iterable[Draft]:
    """The first segment that does not exist. What follows a function belongs to its value."""
    texts = tuple(name.text for name in path)
    for length in range(2, len(path) + 1):
        found = std_member(texts[:length])
        if isinstance(found, Builtin) or not texts[length - 1]:
            return
        if found is None:
            place, owner = path[length - 1], ".".join(texts[: length - 1])
            similar = nearest(place.text, std_children(owner))
            fix = replace(place.span, similar, f"Write `{similar}`", safe=False) if similar else None
            yield Draft(place.span, f"`{owner}` has no `{place.text}`{hint(similar)}", fix=fix)
            return


RULE = NameRule("NX214", "unknown-std-member", Severity.ERROR, check, about=(ast.Member, ast.Filter))
