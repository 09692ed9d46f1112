"""Convert to call: a stage of a chain becomes a call that takes what comes before it.

Before:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    flow main(topic: str) {
        print(topic >> Writer $0>> Editor)
    }

After:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    flow main(topic: str) {
        print(Editor.run(topic >> Writer))
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.usage import AGENT, STAGES, is_value
from nexa.ide.features.actions.action import Action, Kind, Selection

_KIND: Final[Kind] = "refactor.rewrite"


def offer(selection: Selection) -> Iterable[Action]:
    """At a `>>`, or the name of the stage behind it."""
    pipe = selection.first(ast.Pipe)
    if pipe is None or not isinstance(pipe.right, ast.Name) or selection.span.start < pipe.op_span.start:
        return
    item, names = selection.item, selection.names
    if not is_value(item, names, pipe.right, STAGES):
        return
    callee = f"{pipe.right.text}.run" if is_value(item, names, pipe.right, AGENT) else pipe.right.text
    if (item.text[pipe.start : pipe.left.start] + item.text[pipe.left.end : pipe.op_span.start]).strip(b" \t\r\n()"):
        return  # a comment stands between
    text = f"{callee}({selection.source(pipe.left)})"
    yield Action("Convert to call", _KIND, lambda: [selection.replace(pipe, text)])
