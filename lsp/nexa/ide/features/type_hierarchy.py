"""What a type is a case of, and what is a case of it.

Protocols and structs by their fields, as values fit (language reference, 3.2.4); traits by `impl`; types with a
condition by what they are made from. Only the nearest ones: what they lead to is asked of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.symbol import declared_symbol, entry_symbol
from nexa.compiler.symbols import Symbol
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import ANY, Named, Type
from nexa.ide.methods import impls_of, trait_of_impl
from nexa.ide.place import Place, place_at

_KINDS = frozenset({"protocol", "struct", "enum", "trait", "type"})
_RECORDS = frozenset({"protocol", "struct"})


def prepare_types(project: Project, path: str, offset: int) -> Symbol | None:
    """The type that a name at an offset means; None for what the language brings along and what is no type."""
    reference = project.reference_at(path, offset)
    is_type = reference is not None and reference.symbol.kind in _KINDS and reference.symbol.path
    return reference.symbol if reference is not None and is_type else None


def supertypes(project: Project, one: Symbol) -> list[Symbol]:
    """What every value of a type is as well."""
    place = place_at(project, one.path, one.span.start)
    if place is None:
        return []
    cases = [other for other in _records(project, one) if _is_case(place.names, one, other)]
    found = _nearest(place.names, one, cases, upwards=True)
    if one.kind in ("struct", "enum"):
        traits = (trait_of_impl(block) for block in impls_of(project, one))
        found += [trait for trait in traits if trait is not None]
    if isinstance(one.node, ast.TypeAlias):
        base = _made_from(place, one.node)
        found += [base] if base is not None else []
    return _distinct(found)


def subtypes(project: Project, one: Symbol) -> list[Symbol]:
    """What is a case of a type."""
    place = place_at(project, one.path, one.span.start)
    if place is None:
        return []
    cases = [other for other in _records(project, one) if _is_case(place.names, other, one)]
    found = _nearest(place.names, one, cases, upwards=False)
    if one.kind == "trait":
        found += [symbol for block in impls_of(project, one) if (symbol := _target(block)) is not None]
    return _distinct([*found, *_conditions(project, one)])


# ── records ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _records(project: Project, one: Symbol) -> list[Symbol]:
    """The other protocols and structs of the programs that a type belongs to."""
    if one.kind not in _RECORDS:
        return []
    found = [
        declared_symbol(file, index, declared)
        for file in _files(project, one)
        for index, declared in file.declared
        if declared.namespace == "type" and declared.kind in _RECORDS and not declared.is_broken
    ]
    return [other for other in found if not other.is_same(one)]


def _is_case(names: Names, given: Symbol, wanted: Symbol) -> bool:
    """Whether every value of one type has the fields of another one: never for a type that has none."""
    node = wanted.node
    has_fields = isinstance(node, ast.Protocol) and bool(node.fields)
    return has_fields and fits(names, _type(given), _type(wanted))


def _type(one: Symbol) -> Type:
    params = one.node.type_params if isinstance(one.node, ast.Protocol | ast.Struct) else ()
    return Named("protocol" if one.kind == "protocol" else "struct", one.name, (ANY,) * len(params))


def _nearest(names: Names, of: Symbol, found: list[Symbol], *, upwards: bool) -> list[Symbol]:
    """Those that are not reached through another one, which is neither `of` nor they under another name."""

    def is_above(upper: Symbol, lower: Symbol) -> bool:
        return _is_case(names, lower, upper) and not _is_case(names, upper, lower)

    def is_between(other: Symbol, far: Symbol) -> bool:
        if upwards:
            return is_above(far, other) and is_above(other, of)
        return is_above(other, far) and is_above(of, other)

    return [one for one in found if not any(is_between(other, one) for other in found)]


# ── conditions and traits ───────────────────────────────────────────────────────────────────────────────────────


def _conditions(project: Project, one: Symbol) -> Iterator[Symbol]:
    """The types that are made from a type by a condition."""
    for file in _files(project, one):
        for index, declared in file.declared:
            if isinstance(declared.node, ast.TypeAlias):
                base = _made_from(Place(project, file, index, 0), declared.node)
                if base is not None and base.is_same(one):
                    yield declared_symbol(file, index, declared)


def _made_from(place: Place, alias: ast.TypeAlias) -> Symbol | None:
    is_name = isinstance(alias.type, ast.TypeName) and len(alias.type.path) == 1
    if alias.constraint is None or not is_name or not isinstance(alias.type, ast.TypeName):
        return None
    entry = next(iter(place.names.entries("type", alias.type.path[0].text)), None)
    return None if entry is None else entry_symbol(place.project, entry)


def _target(block: Place) -> Symbol | None:
    """The type that an `impl` is for."""
    target = block.item.node.target if isinstance(block.item.node, ast.Impl) else None
    name = target.path[0].text if isinstance(target, ast.TypeName) and target.path else ""
    entry = next(iter(block.names.entries("type", name)), None)
    return None if entry is None else entry_symbol(block.project, entry)


def _files(project: Project, one: Symbol) -> Iterator[File]:
    for path in sorted(project.dependents(one.path)):
        file = project.file(path)
        if file is not None:
            yield file


def _distinct(found: list[Symbol]) -> list[Symbol]:
    kept: list[Symbol] = []
    for one in found:
        if not any(one.is_same(other) for other in kept):
            kept.append(one)
    return kept
