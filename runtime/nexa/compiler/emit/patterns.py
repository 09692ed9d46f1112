"""Patterns as constants of the unit, and the variables that they bind."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer
from nexa.compiler.scope import Local


def pattern_of(w: Writer, node: ast.Pattern) -> py.Expr:
    """The runtime's pattern object."""
    with w.at(node):
        made = _pattern(w, node)
        w.locate(made)
    return made


def _make(kind: str, *args: py.Expr, **named: py.Expr) -> py.Expr:
    return py.nx_call(f"patterns.{kind}", *args, **named)


def _pattern(w: Writer, node: ast.Pattern) -> py.Expr:
    if isinstance(node, ast.PLiteral):
        return _make("Literal", w.expr(node.value))
    if isinstance(node, ast.PName):
        return _name(w, node)
    if isinstance(node, ast.PTuple):
        return _make("Sequence", _all(w, node.items))
    if isinstance(node, ast.PList):
        rest = {"open": py.const(True)} if node.has_rest else {}
        if node.rest is not None:
            rest["rest"] = py.const(node.rest.text)
        return _make("Sequence", _all(w, node.items), **rest)
    if isinstance(node, ast.PRecord):
        return _record(w, node)
    if isinstance(node, ast.PVariant):
        enum = py.const(node.enum.text if node.enum else None)
        items = _all(w, node.items) if node.has_items else py.const(None)
        return _make("Case", enum, py.const(node.variant.text), items)
    return _make("Wildcard")


def _name(w: Writer, node: ast.PName) -> py.Expr:
    if node.name.text == "_":
        return _make("Wildcard")
    use = w.item.scope.use_of.get(node.name)
    if use is not None and use.role == "variant" and w.unit.symbols.is_variant(node.name.text):
        return _make("Case", py.const(None), py.const(node.name.text), py.const(None))
    return _make("Capture", py.const(node.name.text))


def _record(w: Writer, node: ast.PRecord) -> py.Expr:
    entries = []
    for entry in node.entries:
        key = entry.key.text if isinstance(entry.key, ast.Name) else entry.key.plain or ""
        inner = pattern_of(w, entry.pattern) if entry.pattern is not None else _make("Capture", py.const(key))
        entries.append(py.tuple_([py.const(key), inner]))
    rest = {"rest": py.const(node.rest.text)} if node.rest is not None else {}
    return _make("Record", py.const(node.name.text if node.name else None), py.tuple_(entries), **rest)


def _all(w: Writer, nodes: tuple[ast.Pattern, ...]) -> py.Expr:
    return py.tuple_([pattern_of(w, one) for one in nodes])


def bound_names(node: ast.Pattern) -> Iterator[ast.Name]:
    """The names that a pattern binds, in textual order."""
    if isinstance(node, ast.PName):
        yield node.name
    elif isinstance(node, ast.PTuple | ast.PList | ast.PVariant):
        for item in node.items:
            yield from bound_names(item)
    elif isinstance(node, ast.PRecord):
        for entry in node.entries:
            if entry.pattern is not None:
                yield from bound_names(entry.pattern)
            elif isinstance(entry.key, ast.Name):
                yield entry.key
    if isinstance(node, ast.PList | ast.PRecord) and node.rest is not None:
        yield node.rest


def bind_names(w: Writer, node: ast.Pattern, bound: py.Expr) -> None:
    """Write `name = bound["name"]` for each name of the pattern."""
    for name in bound_names(node):
        use = w.item.scope.use_of.get(name)
        is_variant = use is not None and use.role == "variant" and w.unit.symbols.is_variant(name.text)
        if name.text and name.text != "_" and not is_variant:
            with w.at(name):
                assign_name(w, name, py.subscript(bound, py.const(name.text)))


def assign_name(w: Writer, name: ast.Name, value: py.Expr) -> None:
    """Write an assignment to whatever a name means: a local, a member of the agent, or a variable of the program."""
    local = w.local(name)
    if local is not None and local.kind == "member":
        w.add(py.statement(py.nx_call("set_member", py.name("self"), py.const(local.name), value)))
        return
    if local is not None:
        assign_local(w, local, value, is_new=note_new_local(w, name))
        return
    symbol = w.unit.symbols.values.get(name.text)
    variable = symbol.python if symbol else name.text
    w.callee.globals.add(variable)
    w.add(py.assign(variable, value))


def assign_local(w: Writer, local: Local, value: py.Expr, *, is_new: bool = True) -> None:
    """Write an assignment to a local, or the cell that a new one stands in."""
    variable = w.names[local]
    if local not in w.cells:
        w.add(py.assign(variable, value))
    elif is_new:
        w.add(py.assign(variable, py.nx_call("Cell", value)))
    else:
        w.add(py.assign(py.attribute_target(py.name(variable), "value"), value))


def note_new_local(w: Writer, name: ast.Name) -> bool:
    """Remember a local that is new in each round of the loop around it; whether the name introduces a local."""
    local = w.local(name)
    if local is None or local.binding is not name:
        return False
    if w.callee.jumps and local.kind in ("let", "for", "catch", "match"):
        w.callee.loop_locals.add(local)
        is_seen_by_python = any(local in facts.reads for facts in w.item.scope.python.values())
        if local.captured and len(local.writes) > 1 and not is_seen_by_python:
            w.cells.add(local)
    return True
