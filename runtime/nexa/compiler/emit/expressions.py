"""Literals, names, members, arithmetic, comparisons and collections."""

from __future__ import annotations

import ast as python
import keyword
from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import std_member
from nexa.compiler.emit import py
from nexa.compiler.emit.naming import python_name
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import ExprHandler, Writer

_NULLS = frozenset({"None", "none", "nil"})

_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "remainder"}
_ORDER = {"<": "less", "<=": "less_equal", ">": "greater", ">=": "greater_equal"}
ASSIGN_OPS = {f"{sign}=": function for sign, function in _ARITHMETIC.items()}
"""`+=` and its like: the function that computes the new value."""


def _number(_: Writer, node: ast.Expr) -> py.Expr:
    return py.const(cast("ast.Int | ast.Float", node).value)


def _bool(_: Writer, node: ast.Expr) -> py.Expr:
    return py.const(cast("ast.Bool", node).value)


def _null(_: Writer, __: ast.Expr) -> py.Expr:
    return py.const(None)


def _duration(_: Writer, node: ast.Expr) -> py.Expr:
    return py.nx_call("Duration", py.const(cast("ast.Duration", node).seconds))


def _raw(_: Writer, node: ast.Expr) -> py.Expr:
    return py.const(cast("ast.Raw", node).text)


def _name(w: Writer, node: ast.Expr) -> py.Expr:
    name = cast("ast.Name", node)
    local = w.local(name)
    if local is not None:
        return _local(w, name)
    symbol = w.symbol(name)
    if symbol is not None:
        return py.name(symbol.python) if symbol.kind == "variable" else py.fixed(py.name(symbol.python))
    if name.text in _NULLS:
        return py.const(None)
    if name.text in ("Option", "Result"):
        return py.nx(name.text)
    if w.predeclared(name):
        return py.nx("std") if name.text == "std" else py.nx(f"builtins.{python_name_of_builtin(name.text)}")
    use = w.item.scope.use_of.get(name)
    if use is not None and use.role == "symbol":
        return py.const(name.text)
    return py.name(python_name(name.text))  # an undeclared name was reported; running into it raises NameError


def python_name_of_builtin(word: str) -> str:
    """The attribute of `nx.builtins` that holds a predeclared value."""
    return f"{word}_" if keyword.iskeyword(word) else word


def _local(w: Writer, name: ast.Name) -> py.Expr:
    local = w.local(name)
    assert local is not None  # the caller has looked
    if local.kind == "self":
        return py.name("self")
    if local.kind in ("member", "method"):
        if local.name in w.own:
            return w.own[local.name]
        return py.nx_call("member", py.name("self"), py.const(local.name))
    if local.kind == "contract":
        return w.implied.get(local.name, py.const(None))
    variable = py.name(w.names.get(local, python_name(local.name)))
    return py.attribute(variable, "value") if local in w.cells else variable


def std_path(w: Writer, node: ast.Expr) -> tuple[str, ...] | None:
    """The words of `std.fs.read`, `std` included, None for anything else. The program may hide `std`."""
    words: list[str] = []
    while isinstance(node, ast.Member):
        words.append(node.member.text)
        node = node.object
    if not w.is_predeclared(node, "std"):
        return None
    return ("std", *reversed(words))


def _member(w: Writer, node: ast.Expr) -> py.Expr:
    member = cast("ast.Member", node)
    path = std_path(w, member)
    if path is not None and std_member(path) is not None:
        return py.nx(".".join(map(python_name_of_builtin, path)))
    return py.nx_call("member", w.expr(member.object), py.const(member.member.text))


def _index(w: Writer, node: ast.Expr) -> py.Expr:
    index = cast("ast.Index", node)
    return py.nx_call("index", *w.exprs((index.object, index.index)))


def _slice(w: Writer, node: ast.Expr) -> py.Expr:
    part = cast("ast.Slice", node)
    bounds: list[ast.Expr | None] = [part.object, part.low, part.high]
    none = py.const(None)
    makers = [(lambda bound=bound: none if bound is None else w.expr(bound)) for bound in bounds]
    return py.nx_call("slice_of", *w.ordered(makers))


def _unary(w: Writer, node: ast.Expr) -> py.Expr:
    unary = cast("ast.Unary", node)
    if unary.op in ("!", "not"):
        return py.not_(w.condition(unary.operand))
    if unary.op == "-" and isinstance(unary.operand, ast.Int | ast.Float):
        return py.const(-unary.operand.value)
    return py.nx_call("negative" if unary.op == "-" else "positive", w.expr(unary.operand))


def _binary(w: Writer, node: ast.Expr) -> py.Expr:
    binary = cast("ast.Binary", node)
    if binary.op in ("and", "or"):
        return logic(w, binary.left, binary.right, is_and=binary.op == "and")
    return py.nx_call(_ARITHMETIC[binary.op], *w.exprs((binary.left, binary.right)))


def logic(w: Writer, left: ast.Expr, right: ast.Expr, *, is_and: bool) -> py.Expr:
    """`left and right`, `left or right`: bools, the right side only if it decides."""
    first = w.condition(left)
    with w.nested() as inside:
        second = w.condition(right)
    if not inside:
        return py.and_(first, second) if is_and else py.or_(first, second)
    result = w.unit.fresh("value")
    w.add(py.assign(result, first))
    last = py.assign(result, second)
    w.locate(last, right)
    test = w.again(result) if is_and else py.not_(w.again(result))
    w.add(py.if_(test, [*inside, last]))
    found = w.again(result)
    return py.nx_call("truthy", found) if not py.is_bool(second) else py.is_(found, py.const(True))


def _compare(w: Writer, node: ast.Expr) -> py.Expr:
    compare = cast("ast.Compare", node)
    left, right = w.exprs((compare.left, compare.right))
    if compare.op in _ORDER:
        return py.nx_call(_ORDER[compare.op], left, right)
    if compare.op == "contains":
        return py.nx_call("contains", left, right)
    if compare.op in ("in", "not in"):
        # the container comes first in the call, so what is written first must be computed first
        left = left if _is_plain(left) or _is_plain(right) else w.stored(left)
        found: py.Expr = py.nx_call("contains", right, left)
        return found if compare.op == "in" else py.not_(found)
    equal = _is_null(left, right) or py.nx_call("equal", left, right)
    return equal if compare.op == "==" else py.not_(equal)


def _is_plain(value: py.Expr) -> bool:
    return isinstance(value, python.Name | python.Constant)


def _is_null(left: py.Expr, right: py.Expr) -> py.Expr | None:
    if isinstance(right, python.Constant) and right.value is None and not isinstance(left, python.Constant):
        return py.is_(left, right)
    return None


def _is_type(w: Writer, node: ast.Expr) -> py.Expr:
    test = cast("ast.IsType", node)
    operand = w.expr(test.operand)
    found: py.Expr
    if isinstance(test.type, ast.TypeVariant):
        found = py.nx_call("is_variant", operand, py.const(test.type.enum.text), py.const(test.type.variant.text))
    elif isinstance(test.type, ast.TypeName) and [one.text for one in test.type.path] in (["null"], ["None"]):
        found = _is_null(operand, py.const(None)) or py.nx_call("equal", operand, py.const(None))
    else:
        found = py.nx_call("is_type", operand, type_expr(w, test.type))
    return py.not_(found) if test.negated else found


def _list(w: Writer, node: ast.Expr) -> py.Expr:
    items = w.ordered([lambda item=item: _item(w, item) for item in cast("ast.List", node).items])  # type: ignore[misc]
    return py.list_(items)


def _tuple(w: Writer, node: ast.Expr) -> py.Expr:
    return py.tuple_(w.exprs(cast("ast.Tuple", node).items))


def _item(w: Writer, item: ast.Expr) -> py.Expr:
    if isinstance(item, ast.Spread):
        return w.at_place(item, python.Starred(py.nx_call("spread", w.expr(item.value)), python.Load()))
    return w.expr(item)


def _spread(w: Writer, node: ast.Expr) -> py.Expr:
    return _item(w, node)


def _dict(w: Writer, node: ast.Expr) -> py.Expr:
    entries = cast("ast.Dict", node).entries
    makers = []
    for entry in entries:
        if isinstance(entry.key, ast.Str) and entry.key.plain is None:
            makers.append(lambda key=entry.key: w.expr(key))
        makers.append(lambda entry=entry: _entry_value(w, entry))
    values = iter(w.ordered(makers))
    return py.dict_([(_key(w, entry, values), next(values)) for entry in entries])


def _entry_value(w: Writer, entry: ast.Entry) -> py.Expr:
    value = w.expr(entry.value)
    return value if entry.key is not None else w.at_place(entry, py.nx_call("spread_entries", value))


def _key(w: Writer, entry: ast.Entry, values: object) -> py.Expr | None:
    key = entry.key
    if key is None:
        return None
    if isinstance(key, ast.Str) and key.plain is None:
        return cast("py.Expr", next(values))  # type: ignore[call-overload]  # the iterator of the caller
    if isinstance(key, ast.Int):
        return w.at_place(key, py.const(key.value))
    text = key.plain if isinstance(key, ast.Str) else key.text
    return w.at_place(key, py.const(text))


def _conditional(w: Writer, node: ast.Expr) -> py.Expr:
    choice = cast("ast.Conditional", node)
    test = w.condition(choice.cond)
    with w.nested() as then_block:
        then = w.expr(choice.then)
    with w.nested() as else_block:
        otherwise = w.expr(choice.else_)
    if not then_block and not else_block:
        return python.IfExp(test, then, otherwise)
    result = w.unit.fresh("value")
    for block, value in ((then_block, then), (else_block, otherwise)):
        last = py.assign(result, value)
        w.locate(last)
        block.append(last)
    w.add(py.if_(test, then_block, else_block))
    return w.again(result)


def _error(_: Writer, __: ast.Expr) -> py.Expr:
    return py.const(None)  # a program with holes is never run: its finding stops it


EXPRESSIONS: dict[type[ast.Node], ExprHandler] = {
    ast.Int: _number,
    ast.Float: _number,
    ast.Bool: _bool,
    ast.Null: _null,
    ast.Duration: _duration,
    ast.Raw: _raw,
    ast.Name: _name,
    ast.Member: _member,
    ast.Index: _index,
    ast.Slice: _slice,
    ast.Unary: _unary,
    ast.Binary: _binary,
    ast.Compare: _compare,
    ast.IsType: _is_type,
    ast.List: _list,
    ast.Tuple: _tuple,
    ast.Spread: _spread,
    ast.Dict: _dict,
    ast.Conditional: _conditional,
    ast.ErrorNode: _error,
}
