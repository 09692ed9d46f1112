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
from nexa.compiler.rule import Draft, NameRule, Severity, replace
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
        fix = replace(merge.span, similar, f"Write `{similar}`", safe=False) if similar else None
        known = hint(similar) or f"; there are {listed(_STRATEGIES)}"
        yield Draft(merge.span, f"unknown merge strategy `{merge.text}`{known}", fix=fix)


RULE = NameRule("NX525", "merge-strategy", Severity.WARNING, check)
