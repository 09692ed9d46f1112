"""A server listens on a port that does not exist.

Bad:

    agent Ann { prompt: "Answer." }
    server 99999 {
         //^^^^^ NX613: port 99999 out of range; ports are 1 to 65535
        route GET "/a" => Ann
    }

Good:

    agent Ann { prompt: "Answer." }
    server 8080 {
        route GET "/a" => Ann
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import whole_number
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_LAST = 65535


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Ports in the head of a server and under `port`."""
    if not isinstance(item.node, ast.Server):
        return
    options = [one.value for one in item.node.items if isinstance(one, ast.Property) and one.key.text == "port"]
    for value in (item.node.port, *options):
        port = whole_number(value)
        if value is not None and port is not None and not 1 <= port <= _LAST:
            yield Draft(value.span, f"port {port} out of range; ports are 1 to {_LAST}")


RULE = NameRule("NX613", "port-range", Severity.ERROR, check, about=(ast.Server,))
