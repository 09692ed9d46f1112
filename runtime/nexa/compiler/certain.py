"""Whether a function certainly cannot fail, as far as its own text tells: it runs nothing and computes little.

The reference (3.2.5) lists what is fallible: runs of agents and tools, flow operators, what waits, results and options,
and calls of functions that hold one of these. A function that calls nothing and looks nothing up holds none.
"""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast

_SIGNS: Final = (b"(", b"[", b".", b">>", b"?")
"""What stands in nearly every body that may fail: the others are looked at more closely."""

_HARMLESS: Final[tuple[type[ast.Node], ...]] = (
    ast.Assign, ast.Binary, ast.Block, ast.Bool, ast.Compare, ast.Conditional, ast.Dict, ast.Duration, ast.Entry,
    ast.ExprStmt, ast.Float, ast.If, ast.IfBranch, ast.Int, ast.Interp, ast.Let, ast.Name, ast.Null, ast.PName, ast.Raw,
    ast.Return, ast.Str, ast.Tuple, ast.Unary,
)  # fmt: skip
_SURE_OPERATORS: Final = frozenset({"+", "-", "*", "and", "or"})


def is_certain(text: bytes, node: ast.Function | ast.Flow) -> bool:
    """Whether a function of a text cannot fail."""
    body = node.body
    if body is None or node.decorators or node.contracts or any(sign in text[body.start : body.end] for sign in _SIGNS):
        return False
    return all(
        isinstance(one, _HARMLESS) and (not isinstance(one, ast.Binary) or one.op in _SURE_OPERATORS)
        for one in ast.walk(body)
    )
