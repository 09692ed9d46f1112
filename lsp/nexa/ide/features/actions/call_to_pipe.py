"""Convert to pipe: a call of an agent becomes a stage behind its input.

Before:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    flow main(topic: str) {
        print(Editor.$0run(topic >> Writer))
    }

After:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    flow main(topic: str) {
        print(topic >> Writer >> Editor)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.usage import is_agent
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.selecting import is_free
from nexa.ide.features.actions.writing import operand

_KIND: Final[Kind] = "refactor.rewrite"
_STAGES: Final = (ast.Pipe, ast.Merge, ast.FanOut)


def offer(selection: Selection) -> Iterable[Action]:
    """At the agent or the word `run` of `A.run(x)`."""
    call = _call(selection)
    if call is not None:
        yield Action("Convert to pipe", _KIND, lambda: [_edit(selection, *call)])


def _call(selection: Selection) -> tuple[ast.Call, ast.Name, ast.Expr] | None:
    """The call around the cursor, its agent and its only argument."""
    call = selection.first(ast.Call)
    match call:
        case ast.Call(
            callee=ast.Member(object=ast.Name() as agent, member=ast.Name(text="run")),
            args=(ast.Argument(name=None, spread=False, every=False, value=value),),
        ) if selection.span.end <= call.callee.end and is_agent(selection.item, selection.names, agent):
            return call, agent, value
    return None


def _edit(selection: Selection, call: ast.Call, agent: ast.Name, value: ast.Expr) -> TextEdit:
    left = selection.source(value) if isinstance(value, _STAGES) else operand(selection, value)
    text = f"{left} >> {agent.text}"
    return selection.replace(call, text if is_free(selection, call) else f"({text})")
