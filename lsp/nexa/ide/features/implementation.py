"""What puts a promise into practice.

For a protocol the agents that implement it and the flows that return it; for a trait, struct or enum its `impl` blocks;
for a method of a trait the methods there; for a tool the file that it runs. Anything else is its own implementation.
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.outside import path_of
from nexa.compiler.place import moved
from nexa.compiler.symbol import declared_symbol, entry_symbol
from nexa.compiler.symbol_types import records_of
from nexa.compiler.symbols import Symbol
from nexa.compiler.types.terms import AgentOf, Function, Type, base_of
from nexa.compiler.types.union import members_of, success_of
from nexa.ide.methods import impls_of, methods_of_impls
from nexa.ide.place import Place, place_at
from nexa.ide.python_tools import python_functions
from nexa.ide.targets import Target, targets_of
from nexa.ide.types_at import type_of_symbol
from nexa.syntax import Span


def implementation(project: Project, path: str, offset: int) -> list[Target]:
    """Empty for what the language brings along, and where no known name stands."""
    reference = project.reference_at(path, offset)
    if reference is None:
        return []
    symbol, origin = reference.symbol, reference.span
    if symbol.kind == "protocol":
        return targets_of(origin, _of_protocol(project, symbol))
    if symbol.kind in ("trait", "struct", "enum"):
        return [_block(origin, place) for place in impls_of(project, symbol)]
    if isinstance(symbol.node, ast.Function) and symbol.node.owner == "trait":
        return targets_of(origin, _of_method(project, symbol))
    if isinstance(symbol.node, ast.Tool):
        return _of_tool(project, symbol, symbol.node, origin) or targets_of(origin, (symbol,))
    return targets_of(origin, (symbol,))


def _of_protocol(project: Project, protocol: Symbol) -> Iterator[Symbol]:
    for path in sorted(project.dependents(protocol.path)):
        file = project.file(path)
        for index in range(len(file.items) if file is not None else 0):
            place = Place(project, file, index, 0)  # type: ignore[arg-type]  # there are items, so there is a file
            for symbol in _callables(place):
                if _gives(place, type_of_symbol(project, symbol), protocol):
                    yield symbol


def _callables(place: Place) -> Iterator[Symbol]:
    """The agents, flows and functions that an item declares."""
    node = place.item.node
    if isinstance(node, ast.Agent | ast.Flow | ast.Function):
        yield from (declared_symbol(place.file, place.index, one) for one in place.item.declared)
    for member in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(member, ast.Flow | ast.Function) and member.name.text:
            name, full = moved(member.name.span, place.start), moved(member.span, place.start)
            yield Symbol(member.name.text, "method", place.file.path, name, full, member.doc, member)


def _gives(place: Place, one: Type | None, protocol: Symbol) -> bool:
    """Whether what can be called gives a value of the protocol, on its own or in an option or result."""
    given = one.output if isinstance(one, AgentOf) else one.result if isinstance(one, Function) else None
    if given is None:
        return False
    for part in members_of(success_of(base_of(given))):
        entries = records_of(place.names, base_of(part))
        if any((symbol := entry_symbol(place.project, entry)) and symbol.is_same(protocol) for entry in entries):
            return True
    return False


def _of_method(project: Project, method: Symbol) -> list[Symbol]:
    place = place_at(project, method.path, method.span.start)
    declared = place.item.declared if place is not None else ()
    found = [
        one
        for trait in declared
        if place is not None
        for one in methods_of_impls(project, declared_symbol(place.file, place.index, trait), method.name)
    ]
    is_default = isinstance(method.node, ast.Function) and method.node.body is not None
    return [method] * is_default + found


def _block(origin: Span, place: Place) -> Target:
    node = place.item.node
    assert isinstance(node, ast.Impl)  # nothing else is asked about
    return Target(origin, place.file.path, place.span(node.target), place.span(node))


def _of_tool(project: Project, symbol: Symbol, tool: ast.Tool, origin: Span) -> list[Target]:
    """The functions in the Python file of a tool."""
    value = next((one.value for one in tool.properties if one.key.text == "python"), None)
    written = value.plain if isinstance(value, ast.Str) else None
    if not written:
        return []
    path, nowhere = path_of(symbol.path, written), Span(0, 0)
    functions = python_functions(project, symbol)
    return [Target(origin, path, nowhere, nowhere, one.line, one.column) for one in functions]
