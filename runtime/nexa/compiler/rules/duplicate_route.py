"""Two routes of a server answer the same requests.

The first one answers all of them; the second is never asked.

Bad:

    agent Ann { prompt: "Answer." }
    server 8080 {
        route GET "/a/{id}" => Ann
        group "/a" {
            route GET "/{name}" => Ann
                    //^^^^^^^^^ NX611: route GET /a/{name} already declared
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    server 8080 {
        route GET "/a/{id}" => Ann
        route POST "/a/{id}" => Ann
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity

_PARAMETER = re.compile(r"\{[^{}]*\}")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Routes with one method and one path, whatever their parameters are called, wherever in the server they stand."""
    if not isinstance(item.node, ast.Server):
        return
    first: dict[tuple[bool, str, str], ast.Route] = {}
    for route, path in _routes("", item.node.items):
        method = route.method.text if route.method is not None else ""
        earlier = first.setdefault((route.semantic, method, _PARAMETER.sub("{}", path)), route)
        if earlier is not route:
            shown = " ".join(filter(None, ("semantic route" if route.semantic else "route", method, path)))
            note = Note("the first one", earlier.path.span)
            yield Draft(route.path.span, f"{shown} already declared", (note,))


def _routes(prefix: str, items: Iterable[ast.Node]) -> Iterator[tuple[ast.Route, str]]:
    """Routes with their whole paths; those that only the run knows are left out."""
    for one in items:
        if isinstance(one, ast.Route) and one.path.plain is not None:
            yield one, f"{prefix}{one.path.plain}"
        elif isinstance(one, ast.Group) and one.prefix.plain is not None:
            yield from _routes(prefix + one.prefix.plain.rstrip("/"), one.items)


RULE = NameRule("NX611", "duplicate-route", Severity.ERROR, check, about=(ast.Server,))
