"""Written types as Python typing expressions."""

from __future__ import annotations

from collections.abc import Sequence

from nexa.compiler import ast
from nexa.compiler.builtins import builtin_type
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer

_PLAIN = {"str": "str", "int": "int", "float": "float", "bool": "bool", "list": "list", "dict": "dict"}
_RUNTIME = {"unit": "Unit", "any": "Any", "Result": "Result", "agent": "StageType"}


def type_expr(w: Writer, node: ast.TypeExpr) -> py.Expr:
    """A type; what cannot be told at run time (type parameters, holes) is `nx.Any`."""
    with w.at(node):
        found = _type(w, node)
        w.locate(found)
    return found


def _type(w: Writer, node: ast.TypeExpr) -> py.Expr:
    if isinstance(node, ast.TypeName):
        return _named(w, node)
    if isinstance(node, ast.TypeOption):
        return _union([type_expr(w, node.inner), py.const(None)])
    if isinstance(node, ast.TypeUnion):
        return _union([type_expr(w, one) for one in node.members])
    if isinstance(node, ast.TypeTuple):
        return _subscript(py.name("tuple"), [type_expr(w, one) for one in node.items]) if node.items else py.nx("Unit")
    if isinstance(node, ast.TypeFn):
        return py.nx("FnType")
    if isinstance(node, ast.TypeAgent):
        return py.nx("StageType")
    if isinstance(node, ast.TypeVariant):
        return _word(w, node.enum)
    return py.nx("Any")


def _named(w: Writer, node: ast.TypeName) -> py.Expr:
    if len(node.path) != 1:
        return py.nx("Any")
    base = _word(w, node.path[0])
    args = [type_expr(w, one) for one in node.args]
    built_in = None if node.path[0].text in w.unit.symbols.types else builtin_type(node.path[0].text)
    if built_in == "Option":
        return _union([*args[:1], py.const(None)]) if args else py.nx("Any")
    if built_in in ("list", "dict") and args:
        return _subscript(base, args)
    return base


def _word(w: Writer, name: ast.Name) -> py.Expr:
    if name in w.item.scope.bindings:
        return py.nx("Any")  # a type parameter, or Self
    symbol = w.unit.symbols.types.get(name.text)
    if symbol is not None:
        made = py.name(symbol.python)
        return py.nx_call("Later", py.const(name.text), py.lambda_(made)) if name.text in w.unit.unmade else made
    built_in = builtin_type(name.text)
    if built_in is None:
        return py.nx("Any")
    if built_in == "null":
        return py.const(None)
    if built_in in _PLAIN:
        return py.name(_PLAIN[built_in])
    if built_in in _RUNTIME:
        return py.nx(_RUNTIME[built_in])
    return py.nx_call("handle_type", py.const(built_in))


def _union(members: Sequence[py.Expr]) -> py.Expr:
    """`A | B`, through `nx.Union`, which takes anything that can stand in a type."""
    return _subscript(py.nx("Union"), members)


def _subscript(base: py.Expr, args: Sequence[py.Expr]) -> py.Expr:
    import ast as python

    inside = args[0] if len(args) == 1 and not _is_tuple(base) else py.tuple_(args)
    return python.Subscript(base, inside, python.Load())


def _is_tuple(base: py.Expr) -> bool:
    return getattr(base, "id", "") == "tuple"


def failure_of(w: Writer, returns: ast.Returns | None) -> str:
    """What a function of this declared type does with a failure that `?` meets."""
    node = returns.type if returns is not None else None
    if isinstance(node, ast.TypeOption):
        return "Option"
    if isinstance(node, ast.TypeName) and len(node.path) == 1 and node.path[0].text in ("Option", "Result"):
        return node.path[0].text if node.path[0].text not in w.unit.symbols.types else "raise"
    return "raise"
