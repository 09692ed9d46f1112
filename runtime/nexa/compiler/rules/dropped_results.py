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
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import free_name
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, alternatives, replace
from nexa.compiler.usage import are_stages, fate
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Fan-outs and consensus as statements; the last statement of a function is its value."""
    for node in item.of(ast.FanOut):
        if fate(item, node) == "dropped":
            fix, others = alternatives(_in_background(item, names, node), _assigned(item, names, node))
            yield Draft(node.op_span, "results of the fan-out are dropped", fix=fix, others=others)
    for call in item.of(ast.Call):
        if _is_join(item, names, call) and fate(item, call) == "dropped":
            yield Draft(call.callee.span, "results of the fan-out are dropped", fix=_assigned(item, names, call))
    for chain in item.of(ast.AmpAmp):
        if fate(item, chain) == "dropped" and not is_bool(chain):
            yield Draft(chain.op_span, "results of the consensus are dropped", fix=_assigned(item, names, chain))


def _is_join(item: ItemFacts, names: Names, call: ast.Call) -> bool:
    """`join(A, B)` by itself: the outputs of the stages."""
    callee = call.callee
    is_join = isinstance(callee, ast.Name) and callee.text == "join" and callee not in item.scope.bindings
    return is_join and not isinstance(names.value("join"), Declared)


def _assigned(item: ItemFacts, names: Names, node: ast.Expr) -> Remedy | None:
    """A name for the results, where they are the whole statement."""
    statement = item.parents.get(node)
    if not isinstance(statement, ast.ExprStmt):
        return None
    # Nothing reads them yet: with a `_` nothing has to.
    name = "_results" if _is_new(item, names, "_results") else free_name(item, names, "_results")
    return replace(
        Span(statement.start, statement.start), f"{name} = ", f"Assign to `{name}`", safe=False, blanks=(name,)
    )


def _is_new(item: ItemFacts, names: Names, name: str) -> bool:
    known = (local.name for function in item.scope.functions.values() for local in function.locals)
    return name not in known and names.value(name) is None


def _in_background(item: ItemFacts, names: Names, node: ast.FanOut) -> Remedy | None:
    """`||`, where the fan-out is the whole statement and the stages are known."""
    if not isinstance(item.parents.get(node), ast.ExprStmt) or not are_stages(item, names, node.right):
        return None
    return replace(node.op_span, "||", "Run them in the background with `||`", safe=False)


RULE = NameRule("NX414", "dropped-results", Severity.WARNING, check, about=(ast.FanOut, ast.AmpAmp, ast.Call))
