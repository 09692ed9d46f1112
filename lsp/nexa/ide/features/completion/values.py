"""Names where a value is wanted: locals, the program's, predeclared ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from nexa.compiler.builtins import ERRORS, PREDECLARED
from nexa.compiler.facts import Declared
from nexa.compiler.infer.values import PLACES
from nexa.compiler.scope import Local
from nexa.compiler.table import Entry, Kind
from nexa.compiler.types.show import show
from nexa.compiler.types.signature import type_of_builtin, type_of_declared
from nexa.compiler.types.terms import UNKNOWN, AgentOf, Function, Type, base_of, is_silent
from nexa.compiler.types.terms import Place as Path
from nexa.ide.features.completion.candidates import (
    BUILT_IN,
    DECLARED,
    LOCAL,
    UNSURE,
    Candidate,
    CandidateKind,
    builtin,
    call,
)
from nexa.ide.features.completion.matching import match
from nexa.ide.features.completion.place import TRIAL, Place
from nexa.ide.features.completion.wants import distance, is_callable, wanted

MAX_TYPED = 200
"""Declarations whose types are compared with what is wanted; of more only names are."""


def values(place: Place) -> Iterator[Candidate]:
    """Every value that the place can see."""
    yield from locals_of(place)
    yield from declared_values(place)
    yield from predeclared(place)


def calls_here(place: Place, want: Type | None) -> bool:
    """Whether the name of a function is to be followed by a call."""
    return place.text_behind() != b"(" and not (want is not None and is_callable(want))


def locals_of(place: Place) -> Iterator[Candidate]:
    """The locals; the one that came last is the nearest."""
    sight, want = place.sight, wanted(place)
    for near, local in enumerate(reversed(sight.locals)):
        if local.kind == "type":
            continue
        found = sight.held(local)
        rank = LOCAL + distance(sight.names, found, want) + min(near, 9) // 4
        candidate = Candidate(local.name, _kind_of(local), rank, origin=_shown(found), doc="")
        candidate.ends = "" if place.kind in ("statement", "item") else "."
        plain = base_of(found)
        if local.kind in ("method", "function") and isinstance(plain, Function) and calls_here(place, want):
            _as_call(candidate, plain)
        elif local.name == "old" and local.kind == "contract":
            call(candidate, ["value"], has_any=True)
        yield candidate


def _kind_of(local: Local) -> CandidateKind:
    if local.kind == "parameter":
        return "parameter"
    return "method" if local.kind in ("method", "function") else "variable"


def _shown(found: Type) -> str:
    return "" if is_silent(found) or isinstance(base_of(found), Path) else show(found)


def declared_values(place: Place) -> Iterator[Candidate]:
    """The values that the program declares."""
    want, used = wanted(place), frozenset(place.item.used)
    is_called, is_new = calls_here(place, want), place.kind in ("statement", "item")
    for count, entry in enumerate(entries(place, "value")):
        found = type_of_declared(place.names, entry.declared) if count < MAX_TYPED else None
        candidate = of_entry(place, entry)
        candidate.rank += (
            distance(place.names, found or UNKNOWN, want) if want is not None else candidate.kind in ("enum", "struct")
        )
        candidate.rank -= candidate.label in used or entry.path == place.path
        if not is_new and candidate.kind in ("agent", "variable", "db", "kv", "auth"):
            candidate.ends = "."
        candidate.finish = partial(_finish, place=place, declared=entry.declared, found=found, is_called=is_called)
        yield candidate


def _finish(candidate: Candidate, *, place: Place, declared: Declared, found: Type | None, is_called: bool) -> None:
    found = base_of(found or type_of_declared(place.names, declared))
    if isinstance(found, Function) and is_called:
        _as_call(candidate, found)
    elif not candidate.origin:
        candidate.origin = _summary(found)


def _as_call(candidate: Candidate, found: Function) -> None:
    call(
        candidate,
        [one.name for one in found.params if one.is_needed and not one.rest and not one.keywords],
        has_any=bool(found.params),
    )
    candidate.shape = f"({', '.join(_parameter(one.name, one.type) for one in found.params)})"
    candidate.origin = candidate.origin or ("" if is_silent(found.result) else show(found.result))


def _parameter(name: str, kind: Type) -> str:
    return name if is_silent(kind) else f"{name}: {show(kind)}"


def _summary(found: Type) -> str:
    if isinstance(found, AgentOf):
        return f"{show(found.input)} → {show(found.output)}"
    return _shown(found)


def entries(place: Place, namespace: Kind) -> Iterator[Entry]:
    """The declarations of a namespace whose names may be meant; there may be thousands of others."""
    seen: set[str] = set()
    for table in place.view.tables:
        for name, row in table.rows(namespace).items():
            if name not in seen and name != TRIAL and match(name, place.typed) is not None:
                seen.add(name)
                yield row[0]


def of_entry(place: Place, entry: Entry, rank: int = DECLARED) -> Candidate:
    """A declaration of the program."""
    one = entry.declared
    kind: CandidateKind = "variable" if one.kind == "doubtful" else one.kind
    if one.namespace == "value" and entry.path == place.path and one.name == place.own_name:
        rank += UNSURE  # what is being written rarely means itself
    candidate = Candidate(one.name, kind, rank, ("declared", entry.path, one.namespace, one.name))
    if entry.path != place.path:
        candidate.origin = entry.path.rpartition("/")[2]
    return candidate


def predeclared(place: Place, names: Iterable[str] = PREDECLARED, *, is_called: bool = True) -> Iterator[Candidate]:
    """The values that every program has."""
    want = wanted(place)
    later = UNSURE // 2 if want is not None else 0
    for name in names:
        entry = PREDECLARED[name]
        if match(name, place.typed) is None or name in _OTHER_NULLS:
            continue
        if name in PLACES or name == "secrets":
            yield Candidate(name, "namespace", BUILT_IN + later, ("builtin", "builtin", entry.path, name), ends=".")
        elif name in ("Option", "Result"):
            yield Candidate(name, "enum", BUILT_IN + later, ("builtin", "builtin", entry.path, name))
        else:
            candidate = builtin(entry, "builtin", is_called=is_called and calls_here(place, want))
            if want is not None:
                candidate.rank += distance(place.names, type_of_builtin(entry), want)
            yield candidate


_OTHER_NULLS = frozenset({"None", "none", "nil"})


def errors(place: Place, rank: int) -> Iterator[Candidate]:
    """The kinds of errors, to be raised."""
    for entry in ERRORS.values():
        yield builtin(entry, "builtin", rank=rank, is_called=place.text_behind() != b"(")


def actors(place: Place) -> Iterator[Candidate]:
    """What `spawn` starts: agents and flows."""
    yield from (one for one in locals_of(place) if one.kind != "method")
    for candidate in declared_values(place):
        if candidate.kind == "agent":
            candidate.ends = ""
            if place.text_behind() != b"(":
                call(candidate, ["input"], has_any=True)
        if candidate.kind in ("agent", "flow", "fn"):
            yield candidate
