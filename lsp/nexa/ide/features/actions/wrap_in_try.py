"""Wrap in try: statements get a `catch` that tells what failed.

Select whole statements.

Before:

    flow main(path: str) {
        «text = std.fs.file_read(path)
        print(text)»
    }

After:

    flow main(path: str) {
        try {
            text = std.fs.file_read(path)
            print(text)
        } catch (e) {
            print("failed: #{e}")
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.finishing import finished
from nexa.ide.features.actions.selecting import selected_expression, selected_statements
from nexa.ide.features.actions.writing import free_name

_TITLE: Final = "Wrap in `try … catch`"
_KIND: Final[Kind] = "refactor.rewrite"


def offer(selection: Selection) -> Iterable[Action]:
    """For whole statements of a body."""
    found = selected_statements(selection) if selected_expression(selection) is None else None
    if found is None:
        return
    block, nodes = found
    if _hides(selection, nodes):
        yield refused(_TITLE, _KIND, "what `let` declares here is read further down")
    elif any(isinstance(one, ast.Function | ast.Flow | ast.Hook | ast.Contract) for one in nodes):
        yield refused(_TITLE, _KIND, "a declaration, hook or contract is no step of the flow")
    elif not (
        block.statements[-1] is nodes[-1]
        and isinstance(nodes[-1], ast.Expr | ast.ExprStmt)
        and _yields(selection, block)
    ):
        yield Action(_TITLE, _KIND, lambda: _edits(selection, nodes))


def _hides(selection: Selection, nodes: Sequence[ast.Node]) -> bool:
    """Whether a `let` of the statements is read behind them."""
    end = nodes[-1].end
    lets = [one for one in nodes if isinstance(one, ast.Let)]
    names = {name for one in lets for name in ast.walk(one.pattern) if isinstance(name, ast.Name)}
    bindings = selection.item.scope.bindings
    return any(read.start >= end for name in names if name in bindings for read in bindings[name].reads)


def _yields(selection: Selection, block: ast.Block) -> bool:
    """Whether somebody gets the value of the last statement of a block."""
    owner = selection.parent(block)
    if isinstance(owner, ast.Flow | ast.Function):
        return owner.returns is not None or bool(owner.owner)
    return isinstance(owner, ast.Lambda | ast.Arm | ast.Case | ast.Otherwise)


def _is_read_later(selection: Selection, nodes: Sequence[ast.Node]) -> bool:
    """Whether a variable that is read behind the statements gets its first value in them."""
    start, end = nodes[0].start, nodes[-1].end
    before = {one.text for one in selection.item.of(ast.Name) if one.start < start}
    behind = {one.text for one in selection.item.of(ast.Name) if one.start >= end}
    assigns = (one for node in nodes for one in ast.walk(node) if isinstance(one, ast.Assign))
    targets = {one.target.text for one in assigns if isinstance(one.target, ast.Name)}
    return bool((targets - before) & behind)


def _edits(selection: Selection, nodes: Sequence[ast.Node]) -> Iterable[TextEdit]:
    name = free_name(selection, "e")
    start, end = nodes[0].start, nodes[-1].end
    body = selection.item.text[start:end].decode()
    ends = any(isinstance(one, ast.Return | ast.Raise) for node in nodes for one in ast.walk(node))
    ends = ends or _is_read_later(selection, nodes)
    rest = f"\nraise {name}" if ends else ""  # somebody waits for what is returned, or assigned
    text = f'try {{\n{body}\n}} catch ({name}) {{\nprint("failed: #{{{name}}}"){rest}\n}}'
    return finished(selection, [selection.edit(start, end, text)])
