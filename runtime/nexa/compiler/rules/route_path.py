"""The path of a route is not valid.

A path begins with `/`; `{name}` in it is a parameter of the handler, `*` stands for anything. What follows `?` or `#`
in an address is no part of the path. A semantic route may say anything.

Bad:

    agent Ann { prompt: "Answer." }
    server 8080 {
        route GET "rooms/{id}" => Ann
                //^^^^^^^^^^^^ NX612: bad route path: it must begin with `/`
        route GET "/rooms/{id" => Ann
                //^^^^^^^^^^^^ NX612: bad route path: `{` is never closed
    }

Good:

    agent Ann { prompt: "Answer." }
    server 8080 {
        route GET "/rooms/{id}" => Ann
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_PART = re.compile(r"\{([^{}]*)\}")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Paths of routes and prefixes of groups that are written out."""
    paths = [(route.path, False) for route in item.of(ast.Route) if not route.semantic]
    paths += [(group.prefix, True) for group in item.of(ast.Group)]
    for path, is_prefix in paths:
        reason = _reason(path.plain, is_prefix=is_prefix) if path.plain is not None else None
        if reason is not None:
            yield Draft(path.span, f"bad route path: {reason}")


def _reason(path: str, *, is_prefix: bool) -> str | None:
    if not path.startswith("/") and not (is_prefix and not path):
        return "it must begin with `/`"
    names = _PART.findall(path)
    rest = _PART.sub("", path)
    wrong = next((name for name in names if not name.isidentifier()), None)
    twice = next((name for name in names if names.count(name) > 1), None)
    if "{" in rest:
        return "`{` is never closed"
    if "}" in rest:
        return "unmatched `}`"
    if wrong is not None:
        return f"`{{{wrong}}}` is not a name" if wrong.strip() else "`{}` needs a name"
    if twice is not None:
        return f"two parameters `{{{twice}}}`"
    stray = next((one for one in rest if one in "?#" or one.isspace()), None)
    if stray is not None:
        return "it has a space" if stray.isspace() else f"`{stray}` ends it; what follows is not part of a path"
    return None


RULE = NameRule("NX612", "route-path", Severity.ERROR, check, about=(ast.Route, ast.Group))
