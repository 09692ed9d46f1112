"""Which values the patterns of a `match` leave out: each row of patterns takes a row of values, and what no row takes
is found column by column (L. Maranget, "Warnings for pattern matching").

Where nobody can tell what a value may be, a pattern is believed to take it: nothing is reported because of it.
"""

from __future__ import annotations

import re

from nexa.compiler import ast
from nexa.compiler.infer.patterns import is_variant
from nexa.compiler.infer.walk import Typing
from nexa.compiler.members import variants_of
from nexa.compiler.types.declared import cases_of
from nexa.compiler.types.terms import (
    BOOL,
    FLOAT,
    INT,
    STR,
    Applied,
    Named,
    Row,
    Type,
    Union,
    base_of,
    is_option,
)
from nexa.compiler.types.union import without_null

Patterns = tuple["ast.Pattern | None", ...]
"""One for each value of a row; None takes any."""
_Heads = dict[str, tuple[Type, ...]]
"""Ways to make a value: their names in messages, and the types of what is in it."""

_ENDLESS = frozenset({STR, INT, FLOAT})
_SOME, _NULL = "?", "null"
"""How an option is made; no variant has such a name."""
_BARE = re.compile(r"^(\w+)\((?:_, )*_\)$")
"""A variant whatever it carries."""
_MOST_STEPS = 2000
"""A match that takes longer to understand is believed to be complete."""


class Coverage:
    """What some arms cover of one subject."""

    def __init__(self, t: Typing) -> None:
        self._t = t
        self._steps = 0

    def missing(self, rows: list[ast.Pattern], kind: Type) -> list[str]:
        """What no pattern takes: each way to make a value that is left out, as a pattern."""
        table: list[Patterns] = [(row,) for row in rows]
        if any(isinstance(row, ast.PRecord) and row.name is None for row in rows):
            return []  # whatever has these fields
        if any(self._is_unknown(part) for row in rows for part in ast.walk(row)):
            return []  # that has a code of its own, and may be what seems to be missing
        if is_option(base_of(kind)):
            gap = self._left_out_of(self._by_head(table, {_NULL: ()})[_NULL], _NULL, (), ())
            inner: list[Patterns] = [(_opened(row),) for row in rows if not _is_null(row)]
            return [*self._missing_of(inner, without_null(base_of(kind))), *(gap or ())]
        return self._missing_of(table, kind)

    def _missing_of(self, table: list[Patterns], kind: Type) -> list[str]:
        heads = self._heads(kind) or {}
        if len(heads) > 1:
            gaps = [
                self._left_out_of(rows, name, heads[name], ()) for name, rows in self._by_head(table, heads).items()
            ]
        else:
            gaps = [self._left_out(table, (kind,))]
        return [_BARE.sub(r"\1", gap[0]) for gap in gaps if gap is not None]

    def is_dead(self, rows: list[ast.Pattern], pattern: ast.Pattern, kind: Type) -> bool:
        """Whether the rows above take all that a pattern takes, which is not just anything."""
        if self._is_any(pattern) or not self._is_useful([], (pattern,), (kind,)):
            return False  # what takes nothing at all has a code of its own
        above: list[Patterns] = [(row,) for row in rows]
        return not self._is_useful(above, (pattern,), (kind,)) and self._steps <= _MOST_STEPS

    # ── one column after the other ──────────────────────────────────────────────────────────────────────────

    def _left_out(self, table: list[Patterns], kinds: tuple[Type, ...]) -> tuple[str, ...] | None:
        """A row of values that no row of patterns takes."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        if not kinds:
            return None if table else ()
        heads = self._heads(kinds[0])
        if heads is None:  # endless, or unknown
            rest = [row[1:] for row in table if self._is_any(row[0]) or base_of(kinds[0]) not in _ENDLESS]
            found = self._left_out(rest, kinds[1:])
            return None if found is None else ("_", *found)
        if all(self._is_any(row[0]) for row in table):
            found = self._left_out([row[1:] for row in table], kinds[1:])
            return None if found is None else ("_" if table or len(heads) > 1 else next(iter(heads)), *found)
        for name, rows in self._by_head(table, heads).items():
            found = self._left_out_of(rows, name, heads[name], kinds[1:])
            if found is not None:
                return found
        return None

    def _left_out_of(
        self, rows: list[Patterns], name: str, parts: tuple[Type, ...], others: tuple[Type, ...]
    ) -> tuple[str, ...] | None:
        """`rows` are those that may take a value that is made so."""
        found = self._left_out(rows, (*parts, *others))
        if found is None:
            return None
        inside, rest = found[: len(parts)], found[len(parts) :]
        if not parts or (name == _SOME and inside != ("_",)):
            return (*(inside or (name,)), *rest)
        only = "," if not name and len(inside) == 1 else ""
        return (f"{'Some' if name == _SOME else name}({', '.join(inside)}{only})", *rest)

    def _is_useful(self, table: list[Patterns], row: Patterns, kinds: tuple[Type, ...]) -> bool:
        """Whether a row takes anything that no row of the table does."""
        self._steps += 1
        if not kinds or self._steps > _MOST_STEPS:
            return not table
        first, heads = row[0], self._heads(kinds[0])
        if heads is None:
            label = _literal(first)
            rest = [one[1:] for one in table if self._is_any(one[0]) or (label and _literal(one[0]) == label)]
            return self._is_useful(rest, row[1:], kinds[1:])
        name, items = ("", ()) if self._is_any(first) else self._taken(first, heads)
        own = heads if self._is_any(first) else {name: heads[name]} if name in heads else {}
        return any(
            self._is_useful(rows, (*_padded(items, own[name]), *row[1:]), (*own[name], *kinds[1:]))
            for name, rows in self._by_head(table, own).items()
        )

    def _by_head(self, table: list[Patterns], heads: _Heads) -> dict[str, list[Patterns]]:
        """For each way to make a value the rows whose first pattern may take it, with what they want in it."""
        found: dict[str, list[Patterns]] = {name: [] for name in heads}
        for first, *rest in table:
            if self._is_any(first):
                for name, rows in found.items():
                    rows.append((*_padded((), heads[name]), *rest))
                continue
            name, items = self._taken(first, heads)
            if name in found:
                found[name].append((*_padded(items, heads[name]), *rest))
        return found

    # ── what values and patterns are made of ────────────────────────────────────────────────────────────────

    def _heads(self, kind: Type) -> _Heads | None:
        """All ways to make a value of a type; None where they cannot be told or have no end."""
        return self._t.names.once("heads", kind, lambda: self._ways_to_make(kind))

    def _ways_to_make(self, kind: Type) -> _Heads | None:
        kind = base_of(kind)
        if is_option(kind):
            return {_SOME: kind.args, _NULL: ()}
        if isinstance(kind, Named) and kind.kind == "enum":
            cases = cases_of(self._t.names, kind)
            if cases is None:
                return None
            return {name: tuple(part for _, part in one.payload) for name, one in cases.items()}
        if isinstance(kind, Applied) and kind.name == "Result":
            return {"Ok": kind.args[:1], "Err": kind.args[1:]}
        if kind == BOOL:
            return {"true": (), "false": ()}
        if isinstance(kind, Union) and not kind.loose:
            return self._alternatives(kind)
        return {"": kind.items} if isinstance(kind, Row) and not kind.is_list else None

    def _alternatives(self, kind: Union) -> _Heads | None:
        """Of a union the ways to make each member, where they are structs and variants; `_` for one without end."""
        found: _Heads = {}
        for one in map(base_of, kind.members):
            if isinstance(one, Named) and one.kind == "struct":
                found[one.name] = ()
            elif (isinstance(one, Named) and one.kind == "enum") or one == BOOL:
                heads = self._heads(one)
                if heads is None:
                    return None
                found |= heads
            elif one in _ENDLESS:
                found["_"] = ()
            else:
                return None
        return found

    def _is_any(self, pattern: ast.Pattern | None) -> bool:
        if pattern is None or isinstance(pattern, ast.PWildcard | ast.ErrorNode):
            return True
        return isinstance(pattern, ast.PName) and not is_variant(self._t, pattern)

    def _is_unknown(self, pattern: ast.Node) -> bool:
        """Whether a pattern names a type or a variant that there is not."""
        names = self._t.names
        if isinstance(pattern, ast.PRecord):
            return pattern.name is not None and names.type(pattern.name.text) is None
        if not isinstance(pattern, ast.PVariant) or pattern.enum is None:
            return isinstance(pattern, ast.PVariant) and not names.is_variant(pattern.variant.text)
        enum = names.declared("type", pattern.enum.text)
        if enum is None or not isinstance(enum.node, ast.Enum):
            return names.type(pattern.enum.text) is None
        return pattern.variant.text not in variants_of(names, enum.node)

    def _taken(self, pattern: ast.Pattern | None, heads: _Heads) -> tuple[str, Patterns]:
        """What a pattern takes apart, and its patterns for what is in it."""
        if _SOME in heads or _NULL in heads:
            return (_NULL, ()) if _is_null(pattern) else (_SOME, (_opened(pattern),))
        if isinstance(pattern, ast.PVariant):
            return pattern.variant.text, pattern.items
        if isinstance(pattern, ast.PTuple):
            return "", pattern.items
        if isinstance(pattern, ast.PRecord) and pattern.name is not None:
            parts = [one.pattern for one in pattern.entries if one.pattern is not None]
            return (pattern.name.text if all(map(self._is_any, parts)) else ""), ()
        return (pattern.name.text if isinstance(pattern, ast.PName) else _literal(pattern)), ()


def _padded(items: Patterns, parts: tuple[Type, ...]) -> Patterns:
    """A pattern for each part, in the place of those that are not written any."""
    return (*items[: len(parts)], *(None,) * (len(parts) - len(items)))


def _opened(pattern: ast.Pattern | None) -> ast.Pattern | None:
    """`Option::Some(p)` takes what `p` takes, but for null."""
    is_some = isinstance(pattern, ast.PVariant) and pattern.variant.text == "Some" and len(pattern.items) == 1
    return pattern.items[0] if is_some and isinstance(pattern, ast.PVariant) else pattern


def _is_null(pattern: ast.Pattern | None) -> bool:
    if isinstance(pattern, ast.PVariant):
        return pattern.variant.text == "None"
    return isinstance(pattern, ast.PName | ast.PLiteral) and (
        pattern.name.text == "None" if isinstance(pattern, ast.PName) else isinstance(pattern.value, ast.Null)
    )


def _literal(pattern: ast.Pattern | None) -> str:
    """The one value that a pattern stands for, as it is written."""
    value = pattern.value if isinstance(pattern, ast.PLiteral) else None
    if isinstance(value, ast.Bool):
        return "true" if value.value else "false"
    if isinstance(value, ast.Str):
        return f'"{value.plain}"' if value.plain is not None else ""
    return value.text if isinstance(value, ast.Int) else "null" if isinstance(value, ast.Null) else ""
