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
from nexa.compiler.infer.failures import can_fail
from nexa.compiler.rule import TextEdit
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
    if typed is not None and not can_fail(typed.types, selection.item.scope, value):
        return
    text = placeholder(typed.types.get(value) if typed is not None else None)
    text = 'raise "it failed"' if text == "null" else text
    handler = f"{{ {text} }}" if text.startswith("raise") else "({})" if text == "{}" else text
    yield Action(
        "Handle failure with `otherwise`",
        _KIND,
        lambda: _edits(selection, value, handler),
        blanks=lambda: (text,),
    )


def _edits(selection: Selection, value: ast.Expr, handler: str) -> Iterable[TextEdit]:
    """A function at the end would take the handler for its own."""
    is_greedy = any(one.end == value.end and isinstance(one.body, ast.Expr) for one in selection.item.of(ast.Lambda))
    if is_greedy:
        yield selection.edit(value.start, value.start, "(")
    yield selection.edit(value.end, value.end, f"{')' if is_greedy else ''} otherwise {handler}")
