"""A stage runs, and nobody gives it anything.

A flow chain that begins with a stage feeds it the first parameter of the flow around it. Without one the stage gets
an empty text. Put a value in front, or give the flow a parameter.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print(Ann >> Bob)
            //^^^ NX916: stage runs with an empty ambient input
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main(question: str) {
        print(Ann >> Bob)
        print("Is it late?" >> Ann >> Bob)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import calls_builtin
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, Told
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """`join(A, B)` by itself, and `join(A, B).M()`."""
    for call in item.of(ast.Call):
        if calls_builtin(item, names, call, "join") and not _is_fed(item, call) and _lacks_input(item, call):
            yield _draft(call.span)


def told(clash: Told) -> Iterable[Draft]:
    """`words`: the stage, or list of stages, that runs with the ambient input."""
    (stage,) = cast("tuple[ast.Node]", clash.words)
    if _lacks_input(clash.item, stage):
        yield _draft(clash.span)


def _draft(span: Span) -> Draft:
    return Draft(span, "stage runs with an empty ambient input")


def _is_fed(item: ItemFacts, group: ast.Call) -> bool:
    parent = item.parents.get(group)
    if isinstance(parent, ast.Member):
        call = item.parents.get(parent)
        return not isinstance(call, ast.Call) or bool(call.args)
    return isinstance(parent, ast.Pipe | ast.FanOut | ast.Merge | ast.PipeCall | ast.AmpAmp | ast.BarBar) and (
        group is parent.right
    )


def _lacks_input(item: ItemFacts, node: ast.Node) -> bool:
    """Whether the ambient input is certainly empty: in a flow without parameters, a test, a job or a script.

    A function has the input of the flow that calls it, and an `autoloop` that of its step.
    """
    current: ast.Node | None = node
    while current is not None:
        if isinstance(current, ast.Flow):
            return not current.params
        if isinstance(current, ast.Test | ast.JobBody):
            return True
        if isinstance(current, ast.Declaration | ast.Autoloop | ast.Hook):
            return False
        current = item.parents.get(current)
    return True


RULE = NameRule("NX916", "empty-input", Severity.HINT, check, typed=told, about=(ast.Call,))
