"""A fan-out has one stage.

`>>` says the same without the list; its value is the answer itself, not a list of one.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print("a" |>> [Ann])
                    //^^^^^ NX411: fan-out to one stage; use `>>`
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        print("a" >> Ann)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.compiler.usage import fate, is_agent
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Lists of one stage to the right of `|>>`; what a spread brings along nobody knows."""
    for node in item.of(ast.FanOut):
        if isinstance(node.right, ast.List) and len(node.right.items) == 1:
            only = node.right.items[0]
            if not isinstance(only, ast.Spread):
                fix = _as_pipe(item, names, node, only)
                yield Draft(node.right.span, "fan-out to one stage; use `>>`", fix=fix)


def _as_pipe(item: ItemFacts, names: Names, node: ast.FanOut, only: ast.Expr) -> Remedy | None:
    """`x >> A`, and `>>` for the `&>>` behind it: there is no list left to merge."""
    if not is_agent(item, names, only) and not isinstance(only, ast.Lambda):
        return None
    stage = item.source(Span(node.right.start + 1, node.right.end - 1)).strip().removesuffix(",").rstrip()
    stage = f"({stage})" if isinstance(only, ast.Lambda) else stage
    changes = [Change(node.op_span, ">>"), Change(node.right.span, stage)]
    parent = item.parents.get(node)
    if isinstance(parent, ast.Merge) and parent.left is node:
        changes.append(Change(parent.op_span, ">>"))
    elif isinstance(parent, ast.FlowOperator) and not isinstance(parent, ast.Pipe):
        return None
    return Remedy("Rewrite with `>>`", tuple(changes), safe=fate(item, node) == "dropped")


RULE = NameRule("NX411", "single-fan-out", Severity.HINT, check, about=(ast.FanOut,))
