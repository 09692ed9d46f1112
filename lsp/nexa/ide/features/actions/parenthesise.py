"""Add parentheses: a `print x` or `reflect x` becomes a call like any other.

Before:

    flow main {
        $0print "Hello"
    }

After:

    flow main {
        print("Hello")
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.layout import end_of
from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Action, Kind, Selection

_KIND: Final[Kind] = "refactor.rewrite"


def offer(selection: Selection) -> Iterable[Action]:
    """At the word, unless a finding has offered the same."""
    node = selection.first(ast.ExprStmt)
    if node is None or node.sugar is None or "NX904" in selection.codes:
        return
    call = node.value
    if isinstance(call, ast.Call) and call.args and selection.span.start <= call.callee.end:
        yield Action("Add parentheses", _KIND, lambda: _edits(selection, node, call))


def _edits(selection: Selection, node: ast.ExprStmt, call: ast.Call) -> Iterable[TextEdit]:
    end = end_of(selection.item.text, node)
    yield selection.edit(call.callee.end, call.args[0].start, "(")
    yield selection.edit(end, end, ")")
