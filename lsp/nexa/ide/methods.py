"""Traits and the methods that `impl` blocks give them."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.place import moved
from nexa.compiler.symbols import Symbol, symbol_of
from nexa.ide.place import Place, place_at


def trait_of(project: Project, method: Symbol) -> Symbol | None:
    """The trait that the `impl` around a method is for."""
    place = place_at(project, method.path, method.span.start)
    return None if place is None else trait_of_impl(place)


def trait_of_impl(place: Place) -> Symbol | None:
    """The trait that the `impl` at a place is for."""
    node = place.item.node
    return _named(place, node.trait) if isinstance(node, ast.Impl) else None


def method_of_trait(project: Project, trait: Symbol, name: str) -> Symbol | None:
    """A method as a trait declares it."""
    place = place_at(project, trait.path, trait.span.start)
    if place is None or not isinstance(place.item.node, ast.Trait):
        return None
    return next((_method(place, one) for one in place.item.node.methods if one.name.text == name), None)


def impls_of(project: Project, symbol: Symbol) -> Iterator[Place]:
    """The `impl` blocks of a trait, or for a struct or enum."""
    for reference in project.references(symbol):
        place = place_at(project, reference.path, reference.span.start)
        node = place.item.node if place is not None else None
        if place is None or not isinstance(node, ast.Impl):
            continue
        named = node.trait if symbol.kind == "trait" else node.target
        if isinstance(named, ast.TypeName) and named.path and named.path[0].start == place.inside:
            yield place


def methods_of_impls(project: Project, trait: Symbol, name: str) -> Iterator[Symbol]:
    """What the `impl` blocks of a trait say of one of its methods."""
    for place in impls_of(project, trait):
        if isinstance(place.item.node, ast.Impl):
            yield from (_method(place, one) for one in place.item.node.methods if one.name.text == name)


def _method(place: Place, node: ast.Function) -> Symbol:
    start = place.start
    return Symbol(
        node.name.text, "method", place.file.path, moved(node.name.span, start), moved(node.span, start), node.doc, node
    )


def _named(place: Place, named: ast.TypeExpr | None) -> Symbol | None:
    """The declaration that a type's name means."""
    if not isinstance(named, ast.TypeName) or not named.path:
        return None
    return symbol_of(place.project, place.file, place.index, named.path[0])
