"""Which expressions are certainly stages, certainly bools, or neither can be said."""

from __future__ import annotations

from collections.abc import Callable

from nexa.compiler import ast
from nexa.compiler.emit.symbols import STAGES, Symbol

Lookup = Callable[[ast.Name], Symbol | None]
"""The program's declaration that a name means; None for locals and predeclared names."""


def is_stage(lookup: Lookup, node: ast.Expr) -> bool:
    """Whether an expression is the name of an agent, flow, tool or function."""
    if not isinstance(node, ast.Name):
        return False
    symbol = lookup(node)
    return symbol is not None and symbol.kind in STAGES


def are_stages(lookup: Lookup, node: ast.Expr) -> bool:
    """Whether an expression is a stage, or a list of nothing else."""
    if isinstance(node, ast.List):
        return bool(node.items) and all(is_stage(lookup, one) for one in node.items)
    return is_stage(lookup, node)


def is_bool(node: ast.Expr) -> bool:
    """Whether an expression certainly yields a bool."""
    if isinstance(node, ast.AmpAmp | ast.BarBar):
        return is_bool(node.left) and is_bool(node.right)
    if isinstance(node, ast.Unary):
        return node.op in ("!", "not")
    if isinstance(node, ast.Binary):
        return node.op in ("and", "or")
    return isinstance(node, ast.Bool | ast.Compare | ast.IsType)


def chain(node: ast.AmpAmp) -> list[ast.Expr]:
    """The operands of `a && b && c`, from left to right."""
    operands: list[ast.Expr] = [node.right]
    left = node.left
    while isinstance(left, ast.AmpAmp):
        operands.append(left.right)
        left = left.left
    operands.append(left)
    return operands[::-1]
