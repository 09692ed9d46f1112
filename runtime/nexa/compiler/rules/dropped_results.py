"""The results of a fan-out or a consensus are dropped.

The answers are waited for and paid for, and nobody reads them. Give them a name, or let the stages run in the
background with `||`.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        "a" |>> [Ann, Bob]
          //^^^ NX414: results of the fan-out are dropped
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        answers = "a" |>> [Ann, Bob]
        print(answers)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.emit.stages import is_bool
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace
from nexa.compiler.usage import are_stages, fate


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Fan-outs and consensus as statements; the last statement of a function is its value."""
    for node in item.of(ast.FanOut):
        if fate(item, node) == "dropped":
            yield Draft(node.op_span, "results of the fan-out are dropped", fix=_in_background(item, names, node))
    for chain in item.of(ast.AmpAmp):
        if fate(item, chain) == "dropped" and not is_bool(chain):
            yield Draft(chain.op_span, "results of the consensus are dropped")


def _in_background(item: ItemFacts, names: Names, node: ast.FanOut) -> Remedy | None:
    """`||`, where the fan-out is the whole statement and the stages are known."""
    if not isinstance(item.parents.get(node), ast.ExprStmt) or not are_stages(item, names, node.right):
        return None
    return replace(node.op_span, "||", "Run them in the background with `||`", safe=False)


RULE = NameRule("NX414", "dropped-results", Severity.WARNING, check)
