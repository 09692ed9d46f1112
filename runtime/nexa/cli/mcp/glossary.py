"""Everything that the language brings along, under one roof: functions, errors, `std`, properties, members, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from nexa.cli.mcp.arguments import Kind
from nexa.compiler.builtins import (
    DECORATORS,
    ERRORS,
    FILTERS,
    MEMBERS,
    PREDECLARED,
    PROPERTIES,
    STD,
    STD_NAMESPACES,
    TYPE_ALIASES,
    TYPES,
    Builtin,
    PropertySpec,
)
from nexa.compiler.suggest import nearest
from nexa.ide.features.hover.operator_words import ARITHMETIC, COMPARISONS, MEANINGS
from nexa.ide.words import WORDS

_SHAPES = {"?": "…?", "?? :": "… ?? … : …", "?? { }": "… ?? { … }", "|>> hints": "… |>> { …, … }"}
"""Operators that do not stand between two values."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`path` is the whole name (`std.json.parse`, `agent.model`), `signature` how it is written."""

    path: str
    kind: Kind
    signature: str
    text: str

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self.path.rsplit(".", 1)[-1].removeprefix("@")

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return asdict(self)


@cache
def entries() -> tuple[Entry, ...]:
    """All of them, kind by kind."""
    return tuple(_entries())


def found_entries(name: str) -> list[Entry]:
    """Those that are called so, in whole or by the last part of their name."""
    wanted = name.strip().removesuffix("()").removeprefix("@").replace("::", ".")
    whole = [one for one in entries() if wanted in (one.path.removeprefix("@"), _operator(one))]
    return whole or [one for one in entries() if one.name == wanted]


def similar_entries(words: str) -> list[Entry]:
    """Those whose name or meaning has every word of a text; names first."""
    wanted = words.casefold().split()
    names = [one for one in entries() if all(word in one.path.casefold() for word in wanted)]
    meanings = [one for one in entries() if all(word in f"{one.path} {one.text}".casefold() for word in wanted)]
    return list(dict.fromkeys([*names, *meanings]))


def nearest_entry(name: str) -> str | None:
    """The name that was meant, perhaps."""
    return nearest(name.rsplit(".", 1)[-1], list(dict.fromkeys(one.name for one in entries())))


def _operator(one: Entry) -> str:
    """What an operator begins with, in whichever of its uses."""
    return one.path.split(" ")[0] if one.kind == "operator" else ""


def _entries() -> Iterator[Entry]:
    yield from _functions(PREDECLARED, "function")
    yield from _functions(ERRORS, "error")
    for namespace, text in STD_NAMESPACES.items():
        yield Entry(namespace, "namespace", namespace, text)
    for functions in STD.values():
        yield from _functions(functions, "std")
    for owner, specs in PROPERTIES.items():
        yield from (_property(owner, spec) for spec in specs.values())
    for owner, members in MEMBERS.items():
        for one in members.values():
            yield Entry(f"{owner}.{one.name}", "member", f"{owner}.{one.signature}", _said(one))
    for name, decorator in DECORATORS.items():
        on = f"On {', '.join(sorted(decorator.on))}."
        yield Entry(
            f"@{name}", "decorator", decorator.entry.signature.removesuffix(" -> unit"), f"{decorator.entry.doc} {on}"
        )
    for one in FILTERS.values():
        yield Entry(one.name, "filter", one.signature, _said(one))
    for name, text in TYPES.items():
        others = [other for other, meant in TYPE_ALIASES.items() if meant == name]
        yield Entry(name, "type", name, f"{text} Also called {', '.join(others)}." if others else text)
    for name, word in WORDS.items():
        yield Entry(name, "word", word.shape, word.text)
    for name, text in {**MEANINGS, **ARITHMETIC, **COMPARISONS}.items():
        yield Entry(name, "operator", _SHAPES.get(name) or f"… {name.removesuffix(' bool')} …", text)


def _functions(table: Mapping[str, Builtin], kind: Kind) -> Iterator[Entry]:
    for one in table.values():
        yield Entry(one.path, kind, one.signature, _said(one))


def _said(one: Builtin) -> str:
    return f"{one.doc} May fail." if one.fallible else one.doc


def _property(owner: str, spec: PropertySpec) -> Entry:
    default = f" = {spec.default}" if spec.default else ""
    words = f" {'For example' if spec.open_symbols else 'One of'} {', '.join(spec.symbols)}." if spec.symbols else ""
    return Entry(f"{owner}.{spec.name}", "property", f"{spec.name}: {spec.value}{default}", f"{spec.doc}{words}")
