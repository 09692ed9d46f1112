"""One file at one moment: its text, its tree, and the facts of its items.

`File.edited` gives the next moment. It reads again only the items that the edit touches; all others keep their
facts, whether they moved or not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from nexa.compiler import ast, row_readers
from nexa.compiler.exports import ANY_MEMBER, declared_in, doubts_of_head
from nexa.compiler.facts import Declared, ItemFacts, Language
from nexa.compiler.lower import Lowered, Secrets, lower, lower_secrets
from nexa.compiler.outside_view import Tokens, tokens_after
from nexa.compiler.rows import Earlier, Of, Row, earlier_rows, row_now, row_of
from nexa.compiler.touched import touched
from nexa.syntax import Edit, LineIndex, Span, Tree, merged, parse
from nexa.syntax.once import once

_T = TypeVar("_T")


_INCLUDED = re.compile(
    rb"^[^\w\s]?[ \t]*[\w. \t]*[^\w\s'\"]?[ \t]*['\"][^'\"\n]*\.(?:nx|nxlib|nxs)['\"]"
    rb"|^[\w./-]+\.(?:nx|nxlib|nxs)['\"]"
    rb"|^inc(?:l(?:ud?)?)?[ \t]*['\"]|include[ \t]*['\"]",
    re.MULTILINE,
)
"""What a misspelt, half-typed or glued `include` looks like."""

_STRANGE = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]")
"""What may stand in the word without being seen, and all letters that are not in it."""


def language_of(path: str) -> Language:
    """What the suffix of a path says."""
    return "nxlib" if path.endswith(".nxlib") else "nxs" if path.endswith(".nxs") else "nx"


class File:
    """Immutable. `items[i]` starts at byte `starts[i]` of `text`.

    `tokens` say what two files have in common without comparing them.
    """

    def __init__(
        self,
        path: str,
        tree: Tree,
        items: tuple[ItemFacts, ...],
        starts: list[int],
        tokens: Tokens | None = None,
        earlier: Mapping[Of[object], Earlier] = MappingProxyType({}),
    ) -> None:
        """Made by `parse` and `edited`."""
        self.path = path
        self.tree = tree
        self.items = items
        self.starts = starts
        self.tokens = tokens or Tokens()
        self.known_rows: dict[Of[Any], Row[Any]] = {}
        self.earlier_rows = earlier

    @classmethod
    def parse(cls, path: str, text: bytes) -> File:
        """Read a text from scratch. Never fails, whatever the bytes are."""
        if language_of(path) == "nxs":
            return _secrets_file(path, parse(text, "secrets"))
        return _whole_file(path, parse(text))

    @property
    def text(self) -> bytes:
        """The text, UTF-8."""
        return self.tree.text

    @property
    def lines(self) -> LineIndex:
        """Where its lines begin."""
        return self.tree.lines

    @once
    def language(self) -> Language:
        """Program, library or secrets."""
        return language_of(self.path)

    @once
    def secrets(self) -> Secrets:
        """What a secrets file declares: names, never values. Empty for other files."""
        return lower_secrets(self.tree) if self.language == "nxs" else Secrets((), (), ())

    @once
    def module(self) -> ast.Module:
        """The AST."""
        return ast.Module(
            tuple(ast.Placed(start, item.node) for start, item in zip(self.starts, self.items, strict=True))
        )

    def rows(self, of: Of[_T]) -> Row[_T]:
        """What a function of an item alone gives for each item, in textual order. The file after an edit knows it, too:
        it is kept under the function itself, which therefore has to be a lasting one.
        """
        found: Row[Any] | None = self.known_rows.get(of)
        if found is None:
            known = self.earlier_rows.get(of)
            found = row_of(self.items, of) if known is None else row_now(known, self.items, of)
            self.known_rows[of] = found
        return found

    @property
    def broken(self) -> Row[ItemFacts]:
        """The items of which parts cannot be read."""
        return self.rows(row_readers.broken)

    @property
    def is_broken(self) -> bool:
        """Whether parts of the file cannot be read."""
        return bool(self.broken)

    @property
    def is_misread(self) -> bool:
        """Whether parts of the file may say something else than what was read."""
        return bool(self.rows(row_readers.misread))

    @once
    def declared(self) -> Sequence[tuple[int, Declared]]:
        """What the file adds to a program, in textual order, each with the index of its item."""
        found = self.rows(row_readers.declared)
        if not self.is_broken:
            return found
        # What stands indented may be the rest of a torn declaration: neither it nor its beginning is certain then.
        torn = self._torn()
        unsure = torn | {index - 1 for index in torn}

        def broken(index: int, one: Declared) -> Declared:
            return replace(one, is_broken=True, is_headed=index not in torn and one.is_headed)

        return [(pair[0], broken(*pair)) if pair[0] in unsure or pair[1].kind == "variable" else pair for pair in found]

    def _torn(self) -> set[int]:
        """The items that do not begin a line or are none."""
        torn = {index for index, _ in self.rows(row_readers.no_item)}
        text = self.text
        torn.update([index for index, start in enumerate(self.starts) if start and text[start - 1] not in b"\r\n"])
        return torn

    def _tears(self, index: int) -> tuple[object, ...]:
        start = self.starts[index]
        is_inside = start > 0 and self.text[start - 1] not in b"\r\n"
        is_none = isinstance(self.items[index].node, ast.ErrorItem)
        return is_inside or is_none, self.begins_line(index), self._commented(index), self._glued(index)

    def looks_torn_alike(self, other: File, first: int, last: int) -> bool:
        """Whether the items from `first` up to `last` are as certain as those in their places in another file."""
        if not (self.is_broken or other.is_broken):
            return True
        return all(self._tears(index) == other._tears(index) for index in range(first, min(last, len(self.items))))

    @once
    def declared_by_name(self) -> Mapping[str, Sequence[tuple[int, Declared]]]:
        """`declared`, by name."""
        found: dict[str, list[tuple[int, Declared]]] = {}
        for pair in self.declared:
            found.setdefault(pair[1].name, []).append(pair)
        return found

    @once
    def used(self) -> frozenset[str]:
        """The names that its items leave to the program."""
        return frozenset().union(*(item.used for item in self.items))

    @once
    def variables(self) -> frozenset[str]:
        """The top-level variables that it declares."""
        return frozenset(name for _, name in self.rows(row_readers.variables))

    @once
    def exports(self) -> tuple[Declared, ...]:
        """What the file adds to a program, in textual order."""
        return tuple(map(itemgetter(1), self.declared))

    @once
    def doubts(self) -> frozenset[str]:
        """Names that broken text of the file may declare."""
        if self.language == "nxs":
            return frozenset()
        found = frozenset(name for _, name in self.rows(row_readers.doubts))
        return found.union(
            *(self._glued(index - 1) for index, _ in self.broken if index),
            *(self._commented(index) for index, _ in self.rows(row_readers.no_item)),
        )

    def _glued(self, index: int) -> frozenset[str]:
        """What an item may declare if the broken text behind it on its line is a part of it."""
        rest = self.items[index + 1] if index + 1 < len(self.items) else None
        is_part = rest is not None and rest.slips and rest.is_broken and not self.begins_line(index + 1)
        return doubts_of_head(self.items[index]) if is_part else frozenset()

    def _commented(self, index: int) -> frozenset[str]:
        """The names of declarations that a comment may have taken along without their `}`, which stands here; behind a
        method also what an `impl` has that lacks its head.
        """
        if not self.items[index].text.startswith(b"}"):
            return frozenset()
        is_method = index > 0 and isinstance(self.items[index - 1].node, ast.Function)
        return declared_in(self._gap_before(index)) | ({ANY_MEMBER} if is_method else set())

    def _gap_before(self, index: int) -> bytes:
        """The text between an item and the one before it: blanks and comments."""
        end = self.starts[index - 1] + len(self.items[index - 1].text) if index else 0
        return self.text[end : self.starts[index]]

    def begins_line(self, index: int) -> bool:
        """Whether no other item stands on the line before an item."""
        between = self._gap_before(index)
        return not index or b"\n" in between or b"\r" in between

    def is_right_below(self, index: int) -> bool:
        """Whether an item begins on the line behind the one before it."""
        return self._gap_before(index).strip(b" \t") in (b"\n", b"\r\n", b"\r")

    @once
    def includes(self) -> Sequence[tuple[int, ast.Include]]:
        """The `include`s that name a file, each with the index of its item."""
        return [(index, node) for index, node in self.rows(row_readers.includes) if row_readers.names_file(node)]

    @once
    def include_texts(self) -> tuple[str, ...]:
        """What the `include`s say."""
        return tuple(node.path.plain or "" for _, node in self.includes if node.path is not None)

    @once
    def has_unread_include(self) -> bool:
        """Whether an `include` does not say what it includes, or may be one: any name may come from there."""
        is_misspelt = "include" in self.doubts or any(
            _INCLUDED.search(_STRANGE.sub(b"", item.text)) for _, item in self.rows(row_readers.misread)
        )
        return is_misspelt or not all(row_readers.names_file(node) for _, node in self.rows(row_readers.includes))

    def item_at(self, offset: int) -> int | None:
        """The index of the item that holds a byte offset; its end counts as inside."""
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset > self.starts[index] + len(self.items[index].text):
            return None
        return index

    def edited(self, edits: Sequence[Edit], text: bytes, lines: LineIndex | None = None) -> File:
        """The file after edits that apply one after the other; `text` is the result of all of them, and `lines` its
        lines, if known.
        """
        if not edits:
            return self
        if self.language == "nxs":
            return File.parse(self.path, text)
        tree = self.tree.edited(edits, text, lines)
        return _spliced(self, tree, merged(edits))

    def fresh(self) -> File:
        """The same text parsed from scratch; items that come out the same keep their facts.

        An incremental tree with an error in it may differ from a fresh one in rare cases: an editor calls this when
        nobody types, and is then where a batch run is. The very same file when there is nothing to gain.
        """
        is_whole = not self.tree.has_error and not any(item.slips for item in self.items)
        if is_whole or self.language == "nxs":
            return self
        new = File.parse(self.path, self.text)
        old = dict(zip(self.starts, self.items, strict=True))
        items = tuple(_kept(old.get(start), item) for start, item in zip(new.starts, new.items, strict=True))
        if items == self.items:
            return self
        return File(self.path, new.tree, items, new.starts)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _secrets_file(path: str, tree: Tree) -> File:
    """A secrets file has no items, only its mistakes have a place."""
    slips = lower_secrets(tree).slips
    if not slips:
        return File(path, tree, (), [])
    whole = ast.ErrorItem(0, len(tree.text), "", (), Span(0, 0))
    return File(path, tree, (ItemFacts(tree.text, whole, slips, "nxs"),), [0])


def _whole_file(path: str, tree: Tree) -> File:
    lowered = lower(tree)
    items = tuple(_facts(one, tree.text, language_of(path)) for one in lowered)
    return File(path, tree, items, [one.start for one in lowered])


def _facts(lowered: Lowered, text: bytes, language: Language) -> ItemFacts:
    return ItemFacts(text[lowered.start : lowered.end], lowered.node, lowered.slips, language)


def _kept(old: ItemFacts | None, new: ItemFacts) -> ItemFacts:
    """The old facts when the item reads the same: same text and, where it holds mistakes, the same reading of them."""
    if old is None or old.text != new.text or old.slips != new.slips or type(old.node) is not type(new.node):
        return new
    if new.slips and _shape(old.node) != _shape(new.node):
        return new
    return old


def _shape(node: ast.Node) -> list[tuple[type[ast.Node], int, int]]:
    return [(type(part), part.start, part.end) for part in ast.walk(node)]


def _spliced(old: File, tree: Tree, edit: Edit) -> File:
    """The items of `tree`, those that the edit did not touch taken from the old file."""
    shift = edit.new_end - edit.old_end
    first, last = touched(old, tree, edit)
    region_start = old.starts[first - 1] + len(old.items[first - 1].text) if first else 0
    region_end = old.starts[last] + shift if last < len(old.items) else None
    lowered = lower(tree, region_start, region_end)
    if region_end is not None and lowered and lowered[-1].end > region_end:
        first, last, lowered, shift = 0, len(old.items), lower(tree), 0
    replaced = old.items[first:last]
    same = {item.text: item for item in replaced}
    new = tuple(_reused(same, _facts(one, tree.text, old.language)) for one in lowered)
    items = (*old.items[:first], *new, *old.items[last:])
    tail = old.starts[last:]
    starts = old.starts[:first] + [one.start for one in lowered] + ([s + shift for s in tail] if shift else tail)
    count = len(old.items)
    rows = earlier_rows(old.known_rows, old.earlier_rows, count, first, count - last)
    file = File(old.path, tree, items, starts, tokens_after(old.tokens, replaced, new), rows)
    if len(replaced) == len(new) and not file.looks_torn_alike(old, first, last + 1):
        file.tokens = Tokens()
    if file.tokens.exports is old.tokens.exports and not (file.is_broken or old.is_broken):
        file.declared_by_name = _renewed(old.declared_by_name, new, first)
    return file


def _renewed(
    by_name: Mapping[str, Sequence[tuple[int, Declared]]], new: Sequence[ItemFacts], first: int
) -> Mapping[str, Sequence[tuple[int, Declared]]]:
    """What a file declares by name, when new items, from the `first` on, declare the same as those before."""
    fresh: dict[str, list[tuple[int, Declared]]] = {}
    for index, item in enumerate(new, first):
        for one in item.declared:
            fresh.setdefault(one.name, []).append((index, one))
    last = first + len(new)
    kept = {name: [pair for pair in by_name[name] if not first <= pair[0] < last] for name in fresh}
    return {**by_name, **{name: sorted(kept[name] + row, key=itemgetter(0)) for name, row in fresh.items()}}


def _reused(same: dict[bytes, ItemFacts], item: ItemFacts) -> ItemFacts:
    return _kept(same.pop(item.text, None), item)  # once: two items never share their facts
