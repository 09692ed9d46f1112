"""Which Python names the names of a program get."""

from __future__ import annotations

import keyword
from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.scope import FunctionScope, ItemScope, Local

RESERVED = frozenset(keyword.kwlist) | {
    # what emitted code reads as Python's own or the runtime's name
    *("nx", "nexa_program", "nexa_spans", "Exception", "str", "int", "float", "bool", "list", "dict", "tuple"),
}

_NAMELESS = frozenset({"self", "contract", "member", "method", "type"})
"""Kinds of locals that are emitted as something else than a variable."""


def python_name(text: str) -> str:
    """A Nexa name in Python: itself, with a trailing `_` if Python or emitted code has another use for it."""
    return f"{text}_" if text in RESERVED else text


class Fresh:
    """Invents names that neither the program nor an earlier call used: `value_1`, `value_2`, …."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = frozenset(taken)
        self._counts: dict[str, int] = {}

    def is_free(self, name: str) -> bool:
        """Whether the program does not speak of the name."""
        return name not in self._taken

    def __call__(self, stem: str) -> str:
        """The next free `stem_<n>`."""
        number = self._counts.get(stem, 0) + 1
        while f"{stem}_{number}" in self._taken:
            number += 1
        self._counts[stem] = number
        return f"{stem}_{number}"


def local_names(scope: ItemScope) -> dict[Local, str]:
    """A Python name for each local of an item.

    Two locals share a name only where they cannot be confused: in one function, neither captured by an inner one,
    neither hiding the other. A local never has the name of something that the item reads from the program.
    """
    outside = {python_name(use.name.text) for use in scope.uses}
    found: dict[Local, str] = {}
    by_name: dict[str, list[Local]] = {}
    for function in scope.functions.values():
        for local in function.locals:
            if local.kind not in _NAMELESS:
                found[local] = _free_name(local, outside, by_name)
    return found


def _free_name(local: Local, outside: set[str], by_name: dict[str, list[Local]]) -> str:
    stem, number = python_name(local.name), 1
    chosen = stem
    while chosen in outside or any(_confusable(local, other) for other in by_name.get(chosen, ())):
        number += 1
        chosen = f"{stem}_{number}"
    by_name.setdefault(chosen, []).append(local)
    return chosen


def _confusable(one: Local, other: Local) -> bool:
    if one.owner is not other.owner:
        return _encloses(one.owner, other.owner) or _encloses(other.owner, one.owner)
    return one.captured or other.captured or _hides(one, other) or _hides(other, one)


def _encloses(outer: FunctionScope, inner: FunctionScope | None) -> bool:
    while inner is not None:
        if inner is outer:
            return True
        inner = inner.parent
    return False


def _hides(inner: Local, outer: Local) -> bool:
    hidden = inner.outer
    while hidden is not None:
        if hidden is outer:
            return True
        hidden = hidden.outer
    return False


def all_words(items: Iterable[ast.Node]) -> set[str]:
    """Every name that the items speak of, so that invented names can keep clear of them."""
    words: set[str] = set()
    for item in items:
        for node in ast.walk(item):
            if isinstance(node, ast.Name):
                words.add(node.text)
            elif isinstance(node, ast.Python):
                words.update(part for part in _words(node.code))
    return words


def _words(code: str) -> Iterable[str]:
    from nexa.compiler.python_names import names_of

    return names_of(code).mentions
