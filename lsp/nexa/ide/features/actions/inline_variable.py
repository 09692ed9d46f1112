"""Inline variable: every use of a variable becomes its value.

At a variable that is given a value once, where it is declared or read. What runs something moves to a single use only.

Before:

    agent Writer { prompt: "Write." }
    flow main(topic: str) {
        $0draft = Writer.run(topic)
        print("Draft: #{draft}")
    }

After:

    agent Writer { prompt: "Write." }
    flow main(topic: str) {
        print("Draft: #{Writer.run(topic)}")
    }

Before:

    flow main(a: int, b: int) {
        sum_of_both = a + b
        print($0sum_of_both * 2, sum_of_both)
    }

After:

    flow main(a: int, b: int) {
        print((a + b) * 2, a + b)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.scope import Local
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.selecting import is_free
from nexa.ide.features.actions.writing import operand

_TITLE: Final = "Inline variable"
_KIND: Final[Kind] = "refactor.inline"
_RUNS: Final = (ast.Call, ast.FlowOperator, ast.Await, ast.Spawn, ast.Receive, ast.Python, ast.Fork, ast.SemanticCase)
_AGAIN: Final = (ast.For, ast.While, ast.Loop, ast.Autoloop, ast.Lambda)


def offer(selection: Selection) -> Iterable[Action]:
    """At a local variable."""
    name = selection.first(ast.Name)
    local = selection.item.scope.bindings.get(name) if name is not None and not selection.item.is_broken else None
    if local is None or local.kind not in ("let", "assigned"):
        return
    given = _given(selection, local)
    if given is None:
        yield refused(_TITLE, _KIND, f"`{local.name}` gets its value in more than one place, or from a pattern")
        return
    reason = _obstacle(selection, local, given)
    if reason:
        yield refused(_TITLE, _KIND, reason)
    else:
        yield Action(_TITLE, _KIND, lambda: _edits(selection, local, given))


def _given(selection: Selection, local: Local) -> ast.Let | ast.Assign | None:
    """The only statement that gives the variable its value."""
    if len(local.writes) != 1:
        return None
    statement = next((one for one in selection.ancestors(local.writes[0]) if isinstance(one, ast.Statement)), None)
    match statement:
        case ast.Let(pattern=ast.PName()):
            return statement
        case ast.Assign(target=ast.Name(), op="="):
            return statement
    return None


def _obstacle(selection: Selection, local: Local, given: ast.Let | ast.Assign) -> str:
    """Why the value may be another one where the variable is read, if so."""
    if not local.reads:
        return f"nothing reads `{local.name}` by its name"
    if selection.item.of(ast.Python) or any(isinstance(one, ast.Template) for one in _around_reads(selection, local)):
        return "Python or a template may read it"
    if any(read.start < given.end for read in local.reads):
        return f"`{local.name}` is read before it gets its value"
    runs = any(isinstance(one, _RUNS) for one in ast.walk(given.value))
    if runs and (len(local.reads) > 1 or _is_repeated(selection, local.reads[0], given)):
        return "the value would be computed more than once"
    for one in ast.walk(given.value):
        used = selection.item.scope.bindings.get(one) if isinstance(one, ast.Name) else None
        if used is not None and any(write.start > given.start for write in used.writes):
            return f"`{used.name}` changes afterwards"
    return _obstacle_of_text(selection, local, given)


def _obstacle_of_text(selection: Selection, local: Local, given: ast.Let | ast.Assign) -> str:
    if isinstance(given.value, ast.Receive | ast.ErrorNode) or (
        isinstance(given.value, ast.Await) and given.value.timeout is not None
    ):
        return "the value can only be assigned"
    in_line = [one for one in _around_reads(selection, local) if isinstance(one, ast.Str) and len(one.quote) == 1]
    if in_line and "\n" in selection.source(given.value):
        return "the value takes several lines, and a string of one line reads it"
    return ""


def _around_reads(selection: Selection, local: Local) -> list[ast.Node]:
    return [above for read in local.reads for above in selection.ancestors(read)]


def _is_repeated(selection: Selection, read: ast.Name, given: ast.Node) -> bool:
    """Whether a loop or function stands around the read that does not stand around the statement."""
    outer = set(selection.ancestors(given))
    return any(isinstance(one, _AGAIN) and one not in outer for one in selection.ancestors(read))


def _edits(selection: Selection, local: Local, given: ast.Let | ast.Assign) -> Iterable[TextEdit]:
    start, end = given.start, given.end
    text = selection.item.text
    if selection.begins_line(start):
        line_end = text.find(b"\n", end)
        if line_end >= 0 and not text[end:line_end].strip(b" \t\r;"):
            start, end = selection.line_start(start), line_end + 1
    else:
        end += len(text[end:]) - len(text[end:].lstrip(b" \t;"))
    yield selection.edit(start, end, "")
    for read in local.reads:
        value = selection.source(given.value) if is_free(selection, read) else operand(selection, given.value)
        yield selection.replace(read, value)
