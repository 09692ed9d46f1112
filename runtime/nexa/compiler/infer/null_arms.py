"""Arms that take null at one place of a value: below them there is none at it (`Ring(null) => …, Ring(n) => …`)."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.infer.patterns import bind_name, is_variant
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.terms import UNKNOWN
from nexa.compiler.types.union import without_null

Part = tuple[str, object]
"""A place in the values that a shape fits: the shape, and an index or a key."""


def null_of(t: Typing, pattern: ast.Pattern) -> Part | None:
    """The place where an arm takes null, if it takes whatever else there is."""
    parts = list(_parts(pattern))
    taken = [place for place, part in parts if _is_null(part)]
    is_open = all(_is_null(part) or _takes_all(t, part) for _, part in parts)
    return taken[0] if len(taken) == 1 and is_open else None


def bind_without_null(t: Typing, pattern: ast.Pattern, nulls: set[Part]) -> None:
    """The names of a pattern at places where arms above have taken null."""
    for place, part in _parts(pattern) if nulls else ():
        name = part.name if isinstance(part, ast.PName) else part
        if place in nulls and isinstance(name, ast.Name) and (name is part or _takes_all(t, part)):
            bind_name(t, name, without_null(t.types.get(name, UNKNOWN)))


def _parts(pattern: ast.Pattern) -> Iterator[tuple[Part, ast.Node]]:
    """The patterns in a pattern; the key of a record that has none stands for itself."""
    if isinstance(pattern, ast.PVariant | ast.PTuple):
        shape = pattern.variant.text if isinstance(pattern, ast.PVariant) else f"({len(pattern.items)})"
        yield from (((shape, index), item) for index, item in enumerate(pattern.items))
    elif isinstance(pattern, ast.PRecord):
        shape = f"{pattern.name.text if pattern.name is not None else ''} {{}}"
        for entry in pattern.entries:
            key = entry.key.text if isinstance(entry.key, ast.Name) else entry.key.plain
            yield (shape, key), entry.pattern or entry.key


def _is_null(part: ast.Node) -> bool:
    return isinstance(part, ast.PLiteral) and isinstance(part.value, ast.Null)


def _takes_all(t: Typing, part: ast.Node) -> bool:
    is_name = isinstance(part, ast.PName) and not is_variant(t, part)
    return is_name or isinstance(part, ast.PWildcard | ast.Name)
