"""The key of a property is not followed by `:`.

`=` and, before a string or a list, nothing at all are understood too; `:` is what all properties have.

Bad:

    agent Ann {
        role = "writer"
      //^^^^ NX906: write `:` between a property and its value, not `=`
        prompt "Write."
      //^^^^^^ NX906: missing `:` after property key
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        role: "writer"
        prompt: "Write."
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace
from nexa.syntax.span import Span

_EQUALS = re.compile(rb"[ \t]*=[ \t]*")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Properties in braces; the options of a job are arguments, which may have either."""
    for node in item.of(ast.Property):
        parent = item.parents.get(node)
        if node.sep == ":" or (isinstance(parent, ast.Job) and node in parent.options):
            continue
        if node.sep is None:
            yield Draft(node.key.span, "missing `:` after property key", fix=_with_colon(item, node.key.end))
        else:
            message = "write `:` between a property and its value, not `=`"
            yield Draft(node.key.span, message, fix=_without_equals(item, node.key.end))


def _with_colon(item: ItemFacts, at: int) -> Remedy:
    is_apart = item.text[at : at + 1].isspace()
    return replace(Span(at, at), ":" if is_apart else ": ", "Add `:`")


def _without_equals(item: ItemFacts, at: int) -> Remedy | None:
    found = _EQUALS.match(item.text, at)
    return None if found is None else replace(Span(at, found.end()), ": ", "Write `:`")


RULE = NameRule("NX906", "property-separator", Severity.HINT, check, about=(ast.Property,))
