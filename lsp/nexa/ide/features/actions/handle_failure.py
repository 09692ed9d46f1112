"""Handle failure: a call gets an `otherwise` with a value to go on with.

Before:

    flow main(path: str) {
        text = std.fs.$0file_read(path)
        print(text)
    }

After:

    flow main(path: str) {
        text = std.fs.file_read(path) otherwise ""
        print(text)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.writing import placeholder

_KIND: Final[Kind] = "refactor.rewrite"
_RUNS: Final = (ast.Call, ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall, ast.Await)


def offer(selection: Selection) -> Iterable[Action]:
    """In a call or chain that is all that a variable is given, or a flow returns."""
    statement = selection.first(ast.Assign, ast.Let, ast.Return)
    value = statement.value if isinstance(statement, ast.Assign | ast.Let | ast.Return) else None
    if not isinstance(value, _RUNS) or value not in selection.around or selection.item.is_broken:
        return
    if isinstance(value, ast.Await) and value.timeout is not None:
        return
    typed = selection.place.typed
    text = placeholder(typed.types.get(value) if typed is not None else None)
    text = 'raise "it failed"' if text == "null" else text
    handler = f"{{ {text} }}" if text.startswith("raise") else "({})" if text == "{}" else text
    yield Action(
        "Handle failure with `otherwise`",
        _KIND,
        lambda: [selection.edit(value.end, value.end, f" otherwise {handler}")],
        blanks=lambda: (text,),
    )
