"""`||` or `&&` between things that do not go together.

Between two bools they are logic; `v || Agent` runs in the background; `values && Judge` finds a consensus. Anything
else is a mixture that nobody can run.

Bad:

    agent Ann { prompt: "Answer." }
    flow main(n: int) {
        print(n && Ann && 1)
              //^^ NX307: operands of `&&` are neither bools, nor stages, nor results: `int`, agent `Ann`, `int`
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main(n: int) {
        print(n > 0 and n < 9)
        print(["a", "b"] && Ann)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.calling import call_of
from nexa.compiler.types.show import what
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator, the types of its operands."""
    op, found = cast("tuple[str, tuple[Type, ...]]", told.words)
    shown = ", ".join(map(what, found))
    text = f"operands of `{op}` are neither bools, nor stages, nor results: {shown}"
    yield Draft(told.span, text, fix=_with_word(told, op, found))


def _with_word(told: Told, op: str, found: tuple[Type, ...]) -> Remedy | None:
    """`and`, `or`, where no operator stands around or between that binds less than they do.

    A stage among the operands is called: by itself it is always true.
    """
    chains: list[ast.AmpAmp | ast.BarBar] = [*told.item.of(ast.AmpAmp), *told.item.of(ast.BarBar)]
    chain = next((one for one in chains if _first_operator(one) == told.span), None)
    if chain is None or isinstance(told.item.parents.get(chain), ast.FlowOperator):
        return None
    operators, operands = [chain.op_span], [chain.right]
    while isinstance(chain.left, type(chain)):
        chain = chain.left
        operators.append(chain.op_span)
        operands.append(chain.right)
    if any(isinstance(one, ast.FlowOperator) for one in (*operands, chain.left)):
        return None
    word = "and" if op == "&&" else "or"
    operands.append(chain.left)
    changes = [Change(span, word) for span in operators]
    blanks = list[str]()
    for operand, one in zip(reversed(operands), found, strict=False):
        call, values = call_of(told.names, one) if isinstance(operand, ast.Name) else (None, ())
        if call is not None:
            changes.append(Change(Span(operand.end, operand.end), call))
            blanks += values
    changes.sort(key=lambda change: change.span)
    return Remedy(f"Use `{word}`", tuple(changes), safe=False, blanks=tuple(blanks))


def _first_operator(chain: ast.AmpAmp | ast.BarBar) -> Span:
    while isinstance(chain.left, type(chain)):
        chain = chain.left
    return chain.op_span


RULE = TypeRule("NX307", "mixed-operands", Severity.ERROR, check)
