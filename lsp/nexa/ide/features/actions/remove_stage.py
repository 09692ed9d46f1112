"""Remove stage: what comes before it goes straight to what comes behind.

Before:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    agent Critic { prompt: "Judge." }
    flow main(topic: str) {
        print(topic >> Writer >> $0Editor >> Critic)
    }

After:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    agent Critic { prompt: "Judge." }
    flow main(topic: str) {
        print(topic >> Writer >> Critic)
    }

Before:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    agent Critic { prompt: "Judge." }
    flow main(topic: str) {
        both = topic |>> [Writer, $0Editor, Critic]
        print(both)
    }

After:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    agent Critic { prompt: "Judge." }
    flow main(topic: str) {
        both = topic |>> [Writer, Critic]
        print(both)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.trying import breaks

_KIND: Final[Kind] = "refactor.rewrite"
_FEWEST: Final = 2
"""Stages of a list from which one can be taken."""


def offer(selection: Selection) -> Iterable[Action]:
    """At the name of a stage behind an operator, or in a list of stages behind one."""
    stage = selection.first(ast.Name)
    edit = None if stage is None or selection.item.is_broken else _edit(selection, stage)
    if stage is None or edit is None:
        return
    title = f"Remove stage `{stage.text}`"
    if breaks(selection, [edit]):
        yield refused(title, _KIND, "what comes before does not fit what comes behind")
    else:
        yield Action(title, _KIND, lambda: [edit])


def _edit(selection: Selection, stage: ast.Name) -> TextEdit | None:
    parent = selection.parent(stage)
    if isinstance(parent, ast.Pipe | ast.PipeCall | ast.Merge) and parent.right is stage:
        before = selection.item.text[: parent.op_span.start].rstrip()
        return selection.edit(len(before), stage.end, "")
    operator = selection.parent(parent) if isinstance(parent, ast.List) else None
    is_right = isinstance(operator, ast.FlowOperator) and getattr(operator, "right", None) is parent
    stages = parent.items if isinstance(parent, ast.List) and is_right else ()
    number = next((number for number, one in enumerate(stages) if one is stage), None)
    if number is None or len(stages) < _FEWEST:
        return None
    if number:
        return selection.edit(stages[number - 1].end, stage.end, "")
    return selection.edit(stage.start, stages[1].start, "")
