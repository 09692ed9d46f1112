"""The value of a fire-and-forget is used.

`x || [A]` starts its stages in the background and goes on at once: there is no answer to wait for. `|>>` waits, and
its value is the list of answers.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        got = "a" || [Ann]
                //^^ NX413: `||` gives no value
        print(got)
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Log { prompt: "Keep a log." }
    flow main {
        "a" || [Log]
        print("a" >> Ann)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.usage import are_stages, fate

_LOOSER = (ast.BarBar, ast.Coalesce, ast.Branch, ast.BranchCases)
"""What `|>>` would take the right end of, standing behind it."""


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """`||` before agents and flows, where something takes its value. A function may well end with one."""
    for node in item.of(ast.BarBar):
        if are_stages(item, names, node.right) and fate(item, node) == "used":
            fix = None if isinstance(node.left, _LOOSER) else replace(node.op_span, "|>>", "Use `|>>`", safe=False)
            yield Draft(node.op_span, "`||` gives no value", fix=fix)


RULE = NameRule("NX413", "value-of-fire-and-forget", Severity.ERROR, check, about=(ast.BarBar,))
