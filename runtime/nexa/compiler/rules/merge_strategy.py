"""A `fork` is merged in a way that the language does not have.

The strategies are `best`, `best_of`, `first`, `all`, `vote`, `concat` and `summarize`; an agent may judge as well.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print(fork [Ann.run("a"), Ann.run("b")] merge vott)
                                                    //^^^^ NX525: unknown merge strategy `vott`; did you mean `vote`?
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        print(fork [Ann.run("a"), Ann.run("b")] merge vote)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import rewritten
from nexa.compiler.rule import Draft, NameRule, Severity
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed

_STRATEGIES = ("best", "best_of", "first", "all", "vote", "concat", "summarize")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Plain names that are neither a strategy nor anything of the program or around the place."""
    for fork in item.of(ast.Fork):
        merge = fork.merge
        if not isinstance(merge, ast.Name) or merge.text in _STRATEGIES or merge in item.scope.bindings:
            continue
        if names.value(merge.text) is not None:
            continue
        similar = nearest(merge.text, _STRATEGIES)
        likely = similar or "all"
        ways = [rewritten(item, merge.span, one) for one in (likely, *(one for one in _STRATEGIES if one != likely))]
        known = hint(similar) or f"; there are {listed(_STRATEGIES)}"
        text = f"unknown merge strategy `{merge.text}`{known}"
        yield Draft(merge.span, text, fix=ways[0], others=tuple(ways[1:]), unknown="value")


RULE = NameRule("NX525", "merge-strategy", Severity.WARNING, check, about=(ast.Fork,))
