"""A `try_agent` has no `catch_correction`.

Nothing is corrected then: an error leaves the block as if the block were not there.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        try_agent {
      //^^^^^^^^^ NX513: try_agent without catch_correction
            print(Ann.run("a"))
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        try_agent {
            print(Ann.run("a"))
        } catch_correction (e) {
            reflect "It failed: #{e}"
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span

_CATCH = ' catch_correction (e) { reflect "It failed: #{e}" }'


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Blocks without a branch."""
    for node in item.of(ast.TryAgent):
        if not node.catches:
            at = Span(node.body.end, node.body.end)
            fix = Remedy("Add `catch_correction`", (Change(at, _CATCH),), safe=False)
            yield Draft(node.keyword, "try_agent without catch_correction", fix=fix)


RULE = NameRule("NX513", "uncaught-try-agent", Severity.ERROR, check, harness=True, about=(ast.TryAgent,))
