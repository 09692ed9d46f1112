"""Properties of declarations as keyword arguments: constants as they are, names lazily, the rest in a `setup`."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import Callee, Writer


@dataclass(slots=True)
class Properties:
    """What is known when the program starts, and what must be computed."""

    plain: dict[str, py.Expr] = field(default_factory=dict)
    computed: list[tuple[str, ast.Expr]] = field(default_factory=list)

    def put(self, w: Writer, key: str, value: ast.Expr) -> None:
        """Take a property over."""
        made = constant(w, value)
        if made is not None:
            self.plain[key] = made
        else:
            self.computed.append((key, value))


def constant(w: Writer, node: ast.Expr) -> py.Expr | None:
    """A property's value if it needs no run: literals, symbols, and what names a declaration (`lambda: Name`)."""
    with w.at(node):
        made = _constant(w, node)
        if made is not None:
            w.locate(made)
    return made


def _constant(w: Writer, node: ast.Expr) -> py.Expr | None:
    if isinstance(node, ast.Int | ast.Float | ast.Bool | ast.Null | ast.Duration | ast.Raw):
        return w.expr(node)
    if isinstance(node, ast.Unary) and isinstance(node.operand, ast.Int | ast.Float):
        return w.expr(node)
    if isinstance(node, ast.Str):
        return w.expr(node) if node.plain is not None else None
    if isinstance(node, ast.Name):
        return _named(w, node)
    if isinstance(node, ast.Member):
        return _dotted(w, node)
    if isinstance(node, ast.List | ast.Tuple):
        return _all(w, node.items)
    if isinstance(node, ast.Dict):
        return _record(w, node)
    if isinstance(node, ast.ModelList):
        return _models(w, node)
    return None


def _named(w: Writer, node: ast.Name) -> py.Expr | None:
    symbol = w.symbol(node)
    if symbol is not None:
        return None if symbol.kind == "variable" else py.lambda_(w.expr(node))
    if node.text in w.unit.symbols.types:
        return py.lambda_(py.name(w.unit.symbols.types[node.text].python))
    return py.const(node.text) if w.local(node) is None else None


def _dotted(w: Writer, node: ast.Member) -> py.Expr | None:
    """`std.http` is a value; any other dotted word that starts with nothing known is a symbol."""
    root: ast.Expr = node
    while isinstance(root, ast.Member):
        root = root.object
    if isinstance(root, ast.Name) and w.symbol(root) is None and w.local(root) is None and not w.predeclared(root):
        return py.const(w.source(node))
    return None


def _all(w: Writer, nodes: Sequence[ast.Expr]) -> py.Expr | None:
    made = [constant(w, one) for one in nodes]
    known = [one for one in made if one is not None]
    return py.list_(known) if len(known) == len(made) else None


def _record(w: Writer, node: ast.Dict) -> py.Expr | None:
    entries: list[tuple[str, py.Expr]] = []
    for entry in node.entries:
        made = constant(w, entry.value)
        key = entry.key.plain if isinstance(entry.key, ast.Str) else getattr(entry.key, "text", None)
        if made is None or key is None:
            return None
        entries.append((key, made))
    return py.record(entries)


def _models(w: Writer, node: ast.ModelList) -> py.Expr:
    made: list[py.Expr] = []
    for entry in node.entries:
        value = constant(w, entry.value) or w.expr(entry.value)
        made.append(w.at_place(entry, py.nx_call("Fallback", value)) if entry.fallback else value)
    return py.list_(made)


def type_property(w: Writer, node: ast.Expr) -> py.Expr | None:
    """A property that wants a type: the name of one, or a dict of field names and types written as strings."""
    if isinstance(node, ast.Name) and node.text in w.unit.symbols.types:
        return py.lambda_(w.at_place(node, py.name(w.unit.symbols.types[node.text].python)))
    return constant(w, node)


def setup(w: Writer, computed: Iterable[tuple[str, ast.Expr]]) -> dict[str, py.Expr]:
    """Write the function that computes properties; the argument that passes it."""
    pairs = list(computed)
    if not pairs:
        return {}
    title = w.unit.fresh("setup")
    with w.inside(Callee()) as body:
        values = w.exprs([value for _, value in pairs])
        w.add(py.return_(py.record(list(zip([key for key, _ in pairs], values, strict=True)))))
    made = py.function(title, None, body)
    made.is_emitted = True  # type: ignore[union-attr]  # a note for `closures`
    w.add(made)
    return {"setup": py.name(title)}


def keywords(values: dict[str, py.Expr]) -> dict[str, py.Expr]:
    """Properties as keyword arguments; a property that is a Python keyword gets a trailing `_`."""
    return {f"{key}_" if keyword.iskeyword(key) else key: value for key, value in values.items()}


def returned_type(w: Writer, node: ast.TypeExpr) -> py.Expr:
    """`lambda: T`."""
    return py.lambda_(type_expr(w, node))
