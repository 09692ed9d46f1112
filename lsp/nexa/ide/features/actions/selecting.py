"""What exactly is selected: an expression, a row of statements."""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast
from nexa.ide.features.actions.action import Selection
from nexa.syntax import Span

_VALUES: Final[dict[type[ast.Node], tuple[str, ...]]] = {
    ast.Let: ("value",),
    ast.Assign: ("value",),
    ast.ExprStmt: ("value", "guard"),
    ast.Return: ("value",),
    ast.Raise: ("value",),
    ast.Pass: ("value", "target"),
    ast.Assert: ("value", "message"),
    ast.Verify: ("subject",),
    ast.Defer: ("body",),
    ast.IfBranch: ("cond",),
    ast.While: ("cond",),
    ast.Loop: ("until",),
    ast.For: ("iterable",),
    ast.SemanticIf: ("subject",),
    ast.SemanticCase: ("subject",),
    ast.Match: ("subject",),
    ast.Arm: ("guard", "body"),
    ast.Case: ("body",),
    ast.ForkBranch: ("value",),
    ast.Lambda: ("body",),
    ast.Argument: ("value",),
    ast.Entry: ("value",),
    ast.StructFieldValue: ("value",),
    ast.Spread: ("value",),
    ast.Interp: ("value",),
    ast.List: ("items",),
    ast.Tuple: ("items",),
    ast.Member: ("object",),
    ast.Index: ("object", "index"),
    ast.Slice: ("object", "low", "high"),
    ast.Unary: ("operand",),
    ast.Await: ("value",),
    ast.Propagate: ("value",),
    ast.IsType: ("operand",),
    ast.Conditional: ("cond", "then", "else_"),
    ast.Otherwise: ("value", "handler"),
    ast.Branch: ("subject", "yes", "no"),
    ast.BranchCases: ("subject",),
    **dict.fromkeys((ast.Binary, ast.Compare, ast.AmpAmp, ast.Coalesce), ("left", "right")),
    **dict.fromkeys((ast.Pipe, ast.PipeCall, ast.Merge), ("left",)),
    ast.FanOut: ("left", "right"),
}
"""Where an expression stands for its value, so that a name may stand there."""

_NO_VALUES: Final = (ast.Spread, ast.HintSet, ast.ModelList, ast.Receive, ast.BarBar, ast.ErrorNode)


def selected_expression(selection: Selection) -> ast.Expr | None:
    """The expression that is selected, perhaps with parentheses around it; nothing that is a name already."""
    if selection.is_cursor or selection.item.is_broken:
        return None
    inside = without_parentheses(selection)
    for node in selection.around if inside == selection.span else Selection(selection.place, inside).around:
        if (
            node.span == inside
            and isinstance(node, ast.Expr)
            and not isinstance(node, ast.Name)
            and is_value(selection, node)
        ):
            return node
    return None


def without_parentheses(selection: Selection) -> Span:
    """The selection without the parentheses around an expression."""
    at = selection.place.start
    start, end = selection.span.start + at, selection.span.end + at
    node = selection.file.tree.root.descendant_for_byte_range(start, end)
    while node is not None and node.type == "parenthesized" and (node.start_byte, node.end_byte) == (start, end):
        inner = node.named_children
        if len(inner) != 1:
            break
        node = inner[0]
        start, end = node.start_byte, node.end_byte
    return Span(start - at, end - at)


def is_value(selection: Selection, node: ast.Expr) -> bool:
    """Whether a name may stand instead of an expression."""
    if isinstance(node, _NO_VALUES):
        return False
    parent = selection.parent(node)
    if isinstance(parent, ast.Call):
        return parent.callee is not node or not isinstance(node, ast.Member)
    if isinstance(parent, ast.Argument) and parent.every:
        return False
    if isinstance(parent, ast.ExprStmt) and parent.sugar is not None and parent.value is node:
        return False
    if parent is None or isinstance(parent, ast.Block):
        return isinstance(node, ast.Match | ast.SemanticCase)
    fields = _VALUES.get(type(parent), ())
    return any(
        value is node or (isinstance(value, tuple) and node in value)
        for value in (getattr(parent, name) for name in fields)
    )


_FREE: Final = (
    ast.Let, ast.Assign, ast.Return, ast.ExprStmt, ast.Argument, ast.Entry, ast.StructFieldValue, ast.Interp, ast.List,
    ast.ForkBranch, ast.Arm, ast.Case, ast.Pass, ast.Raise,
)  # fmt: skip


def is_free(selection: Selection, node: ast.Expr) -> bool:
    """Whether any expression may stand instead of this one without parentheses."""
    parent = selection.parent(node)
    return isinstance(parent, _FREE) and getattr(parent, "guard", None) is not node


def selected_statements(selection: Selection) -> tuple[ast.Block, list[ast.Node]] | None:
    """The row of whole statements of one body that is selected, and the body."""
    if selection.is_cursor or selection.item.is_broken:
        return None
    block = selection.first(ast.Block)
    if block is None:
        return None
    start, end = selection.span.start, selection.span.end
    touched = [one for one in block.statements if one.start < end and start < one.end]
    if not touched or touched[0].start < start or touched[-1].end > end:
        return None
    return block, list(touched)
