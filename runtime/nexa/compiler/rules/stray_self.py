"""`self` stands where there is nobody that it could mean.

`self` is the agent in an agent's members, and the value in the methods of an `impl` or a trait.

Bad:

    flow main {
        print(self)
            //^^^^ NX218: `self` outside an `impl` or agent
    }

Good:

    agent Shop {
        prompt: "Sell."
        fn label() -> str { "shop #{self.name}" }
    }
    flow main { print(Shop.label()) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Reads of `self` without an agent or `impl` around them, unless the program has something of that name."""
    for name in item.scope.stray_selves:
        if names.value("self") is None:
            yield Draft(name.span, "`self` outside an `impl` or agent")


RULE = NameRule("NX218", "stray-self", Severity.ERROR, check)
