"""One agent stands twice in a fan-out.

It would be asked the same twice at the same time. Different answers come from different agents, from clones with
other settings, or from hints: `Ann.run(x) |>> { "be brief", "be thorough" }`.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print("a" |>> [Ann, Ann])
                          //^^^ NX415: `Ann` appears twice in this fan-out
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("a" |>> [Ann, Bob])
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity, replace
from nexa.compiler.usage import is_agent
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Lists of stages after `|>>`, before `&>>`, on either side of `&&`, and the stages of `join`."""
    for branches in _fan_outs(item, names):
        first: dict[str, ast.Node] = {}
        for number, branch in enumerate(branches):
            if isinstance(branch, ast.Name) and is_agent(item, names, branch):
                earlier = first.setdefault(branch.text, branch)
                if earlier is not branch:
                    span = Span(branches[number - 1].end, branch.end)
                    fix = replace(span, "", f"Remove the second `{branch.text}`", safe=False)
                    text = f"`{branch.text}` appears twice in this fan-out"
                    yield Draft(branch.span, text, (Note("the first one", earlier.span),), fix)


def _fan_outs(item: ItemFacts, names: Names) -> Iterator[Sequence[ast.Expr]]:
    for node in item.of(ast.FanOut):
        if isinstance(node.right, ast.List):
            yield node.right.items
    for merge in item.of(ast.Merge):
        if isinstance(merge.left, ast.List):
            yield merge.left.items
    for consensus in item.of(ast.AmpAmp):
        for side in (consensus.left, consensus.right):
            if isinstance(side, ast.List):
                yield side.items
    for call in item.of(ast.Call):
        callee = call.callee
        is_join = isinstance(callee, ast.Name) and callee.text == "join" and callee not in item.scope.bindings
        if is_join and not isinstance(names.value("join"), Declared):
            yield [arg.value for arg in call.args]


RULE = NameRule(
    "NX415", "repeated-branch", Severity.WARNING, check, about=(ast.FanOut, ast.Merge, ast.AmpAmp, ast.Call)
)
