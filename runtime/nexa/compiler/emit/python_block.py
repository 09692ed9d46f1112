"""`python!` blocks: a statement's body is inlined, an expression's becomes a function that is called at once."""

from __future__ import annotations

import ast as python
from collections.abc import Mapping
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.places import LOCATED, Place
from nexa.compiler.emit.writer import ExprHandler, StatementHandler, Writer


def _expression(w: Writer, node: ast.Expr) -> py.Expr:
    block = cast("ast.Python", node)
    body = _read(w, block)
    title = w.unit.fresh("python")
    is_async = any(_waits(one) for one in body)
    made = py.function(title, None, body, is_async=is_async)
    w.add(made)
    value: py.Expr = py.call(py.name(title))
    return python.Await(value) if is_async else value


def _statement(w: Writer, node: ast.Statement) -> None:
    block = cast("ast.Python", node)
    facts = w.item.scope.python.get(block)
    if w.callee.is_script and facts is not None:
        w.callee.globals.update(facts.defines)
    for one in _read(w, block):
        w.add(one)


def _read(w: Writer, block: ast.Python) -> list[py.Stmt]:
    """The statements of a block, with the names and the places that they have in the program."""
    tree = python.parse(block.code)
    facts = w.item.scope.python.get(block)
    renamed = {local.name: w.names[local] for local in (facts.reads if facts else ()) if local in w.names}
    for word in facts.defines if facts else ():
        symbol = w.unit.symbols.values.get(word)
        if symbol is not None and word not in renamed:
            renamed[word] = symbol.python
    for local in facts.written if facts else ():
        renamed[local.name] = w.names[local]
    _Renaming({old: new for old, new in renamed.items() if old != new}).visit(tree)
    _place(w, block, tree)
    return tree.body


class _Renaming(python.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: python.Name) -> python.expr:  # ast.NodeTransformer's protocol
        if node.id == "nexa_secrets" and isinstance(node.ctx, python.Load):
            library = python.copy_location(python.Name("nx", node.ctx), node)
            return python.copy_location(python.Attribute(library, node.id, node.ctx), node)
        node.id = self._names.get(node.id, node.id)
        return node


def _place(w: Writer, block: ast.Python, tree: python.Module) -> None:
    """Positions in the dedented code, as positions in the file: line for line, columns shifted by the dedent."""
    body = w.item.start + block.offset
    first = w.unit.places.place(body, body)
    raw = w.unit.text[body:].split(b"\n", 1)[0].rstrip(b"\r")
    lead = len(raw) - len(raw.lstrip(b" \t"))
    for node in python.walk(tree):
        if not isinstance(node, LOCATED):
            continue
        start = _shifted(first, lead, block.indent, node.lineno, node.col_offset)
        end = _shifted(first, lead, block.indent, node.end_lineno or node.lineno, node.end_col_offset or 0)
        node.lineno, node.col_offset = start
        node.end_lineno, node.end_col_offset = end


def _shifted(first: Place, lead: int, indent: int, line: int, column: int) -> tuple[int, int]:
    shift = first.column + lead if line == 1 else indent
    return first.line + line - 1, column + shift


def _waits(node: python.AST) -> bool:
    """Whether a piece of Python awaits anything itself, not in a function inside it."""
    if isinstance(node, python.Await | python.AsyncFor | python.AsyncWith):
        return True
    if isinstance(node, python.FunctionDef | python.AsyncFunctionDef | python.Lambda | python.ClassDef):
        return False
    return any(map(_waits, python.iter_child_nodes(node)))


PYTHON: dict[type[ast.Node], ExprHandler] = {ast.Python: _expression}
PYTHON_STATEMENTS: dict[type[ast.Node], StatementHandler] = {ast.Python: _statement}
