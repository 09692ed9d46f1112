"""All constructs that choose: as expressions they write their value into a variable, as statements nowhere."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.branching import BRANCHES
from nexa.compiler.emit.matching import MATCHES
from nexa.compiler.emit.writer import ChoiceHandler, ExprHandler, StatementHandler, Writer

CHOICES: dict[type[ast.Node], ChoiceHandler] = {**BRANCHES, **MATCHES}
"""What writes the construct, its value going to a variable or nowhere."""


def _expression(w: Writer, node: ast.Expr) -> py.Expr:
    result = w.unit.fresh("value")
    CHOICES[type(node)](w, node, result)
    return w.again(result)


def _statement(w: Writer, node: ast.Statement) -> None:
    CHOICES[type(node)](w, cast("ast.Expr", node), None)


CHOICE_EXPRESSIONS: dict[type[ast.Node], ExprHandler] = dict.fromkeys(CHOICES, _expression)
CHOICE_STATEMENTS: dict[type[ast.Node], StatementHandler] = dict.fromkeys((ast.Match, ast.SemanticCase), _statement)
