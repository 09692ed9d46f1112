"""Where a type is wanted: declared ones, built-in ones, parameters of the declaration; what a place admits of them."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, ERRORS, TYPE_ALIASES, TYPES
from nexa.compiler.types.declared import cases_of
from nexa.compiler.types.terms import Named, base_of
from nexa.compiler.types.union import members_of
from nexa.ide.features.completion.candidates import BUILT_IN, DECLARED, LOCAL, WANTED, Candidate
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.values import entries, of_entry

_GENERIC = {"list": "list[${1:str}]", "dict": "dict[${1:str}, ${2:any}]", "Option": "Option[${1:str}]"}
_GENERIC |= {"Result": "Result[${1:str}, ${2:str}]", "agent": "agent[${1:str}, ${2:str}]", "task": "task[${1:any}]"}


def types(place: Place) -> Iterator[Candidate]:
    """What may stand at a place for a type."""
    outer = place.parent if not isinstance(place.parent, ast.TypeName) else place.above(place.parent)
    node = place.parent
    match outer:
        case ast.Agent() if any(one is node for one in outer.implements):
            given = {one.path[0].text for one in outer.implements if isinstance(one, ast.TypeName) and one.path}
            for candidate in declared_types(place, ("protocol",)):
                if candidate.label not in given:
                    yield candidate
        case ast.Catch() | ast.Hook():
            yield from error_types()
        case ast.Impl() if outer.trait is node or _may_be_trait(place, outer):
            yield from declared_types(place, ("trait",))
            if outer.trait is not node:
                yield from declared_types(place, ("struct", "enum", "protocol"), DECLARED)
        case ast.Impl():
            yield from declared_types(place, ("struct", "enum", "protocol"))
        case ast.IsType():
            yield from _tests(place, outer)
        case ast.Verify():
            yield from declared_types(place)
            yield Candidate('"…"', "snippet", WANTED, snippet='"${0:condition}"', insert='"', filter='"')
            yield from built_in_types(place)
        case _:
            yield from parameters(place)
            yield from declared_types(place)
            yield from built_in_types(place)
            if not isinstance(outer, ast.Payload) and outer is not place.parent:
                yield Candidate(
                    "fn", "keyword", BUILT_IN, ("keyword", "fn"), snippet="fn(${1:str}) -> ${0:str}", insert="fn("
                )


def _may_be_trait(place: Place, impl: ast.Impl) -> bool:
    """`impl X` names a type, but it may become `impl X for …`."""
    return impl.trait is None and not place.file.text[place.word.end :].lstrip().startswith(b"{")


def declared_types(place: Place, kinds: tuple[str, ...] = (), rank: int = WANTED) -> Iterator[Candidate]:
    """The types of the program; all kinds without any named."""
    own = getattr(place.item.node, "name", None)
    for entry in entries(place, "type"):
        if kinds and entry.declared.kind not in kinds:
            continue
        candidate = of_entry(place, entry, rank)
        is_itself = isinstance(own, ast.Name) and own.text == candidate.label
        if is_itself and isinstance(place.item.node, ast.TypeAlias):
            continue
        # A type within itself is rarely meant, and wants a list around it.
        candidate.rank = BUILT_IN if is_itself else candidate.rank - (entry.path == place.path)
        yield candidate


def parameters(place: Place) -> Iterator[Candidate]:
    """The type parameters of the declaration, and `Self`."""
    for scope in place.item.scope.functions.values():
        for local in scope.locals:
            if local.kind == "type":
                yield Candidate(local.name, "type parameter", LOCAL - 1)


def built_in_types(place: Place) -> Iterator[Candidate]:
    """The built-in types under their own names; under another when that is being typed."""
    for name in TYPES:
        snippet = _GENERIC.get(name, "") if place.text_behind() not in (b"[", b"<") else ""
        rank = LOCAL if name in _COMMON else BUILT_IN
        yield Candidate(name, "type", rank, ("type", name), snippet=snippet)
    for alias, name in TYPE_ALIASES.items():
        if place.typed and alias.startswith(place.typed):
            yield Candidate(alias, "type", BUILT_IN + 5, ("type", name), origin=name)


_COMMON = frozenset({"str", "int", "float", "bool", "list", "dict"})


def error_types() -> Iterator[Candidate]:
    """The kinds of errors that can be caught."""
    for name in ERRORS:
        if name != "Exit":
            yield Candidate(name, "type", WANTED, ("builtin", "builtin", name, name))
    yield Candidate("Exception", "type", DECLARED, doc="Every error, those of Python code included.")


def _tests(place: Place, test: ast.IsType) -> Iterator[Candidate]:
    """Behind `is`: variants and types that the operand may be of, then any other type."""
    found = place.sight.types.get(test.operand)
    for one in members_of(found) if found is not None else ():
        goal = base_of(one)
        if isinstance(goal, Named) and goal.kind == "enum":
            for case in cases_of(place.names, goal) or {}:
                yield Candidate(f"{goal.name}::{case}", "variant", WANTED, ("part", "type", goal.name, case))
    if not test.negated:
        yield Candidate("not", "keyword", WANTED + 1, ("keyword", "not"), insert="not ")
    yield Candidate("null", "keyword", WANTED, ("keyword", "null"))
    for enum, variants in BUILTIN_VARIANTS.items():
        for variant in variants:
            yield Candidate(f"{enum}::{variant}", "variant", BUILT_IN)
    yield from declared_types(place, rank=DECLARED)
    yield from built_in_types(place)
