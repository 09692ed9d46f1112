"""Only a judge ends a loop.

It is asked after every round whether the text in `until` holds, and may never say so: the loop then fails at the limit
of the configuration (`max_loop`, 100 rounds by default), after as many calls of models. A counter ends it in time.

Bad:

    agent Ann { prompt: "Improve the text." }
    flow main(draft: str) {
        loop {
            draft = Ann.run(draft)
        } until ("the text reads well")
        //^^^^^ NX917: loop judge may never be satisfied; add a counter
        print(draft)
    }

Good:

    agent Ann { prompt: "Improve the text." }
    flow main(draft: str) {
        loop {
            draft = Ann.run(draft)
        } until ("the text reads well" or runtime.meta.loop_count >= 5)
        print(draft)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import calls_builtin
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.syntax.span import Span

_LOOPS = (ast.Loop, ast.While, ast.For, ast.Autoloop)
_LEAVES = (ast.Return, ast.Raise, ast.Propagate, ast.Python)
_BODIES = (ast.Lambda, ast.Function, ast.Flow)
_OTHER_END = " or runtime.meta.loop_count >= 10"


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """`until` with nothing but text to decide, and a body that nothing else leaves."""
    for loop in item.of(ast.Loop):
        if loop.until is None or loop.until_keyword is None or _is_bounded(loop.until):
            continue
        if not _leaves(item, names, loop.body, in_loop=True):
            end = Span(loop.until.end, loop.until.end)
            fix = replace(end, _OTHER_END, "Stop after ten rounds", safe=False)
            yield Draft(loop.until_keyword, "loop judge may never be satisfied; add a counter", fix=fix)


def _is_bounded(cond: ast.Expr) -> bool:
    """Whether something besides a judge can make it true."""
    if isinstance(cond, ast.Str):
        return False
    if isinstance(cond, ast.Unary) and cond.op in ("not", "!"):
        return _is_bounded(cond.operand)
    if isinstance(cond, ast.BarBar) or (isinstance(cond, ast.Binary) and cond.op == "or"):
        return _is_bounded(cond.left) or _is_bounded(cond.right)
    if isinstance(cond, ast.AmpAmp) or (isinstance(cond, ast.Binary) and cond.op == "and"):
        return _is_bounded(cond.left) and _is_bounded(cond.right)
    return True


def _leaves(item: ItemFacts, names: Names, node: ast.Node, *, in_loop: bool) -> bool:
    """Whether anything in a body may end the loop around it: `in_loop` while a `break` means that loop."""
    if isinstance(node, _LEAVES) or (isinstance(node, ast.Break) and in_loop):
        return True
    if isinstance(node, ast.Call) and calls_builtin(item, names, node, "exit"):
        return True
    if isinstance(node, _BODIES):
        return False
    inside = in_loop and not isinstance(node, _LOOPS)
    return any(_leaves(item, names, one, in_loop=inside) for one in ast.children(node))


RULE = NameRule("NX917", "unbounded-judge", Severity.HINT, check, about=(ast.Loop,))
