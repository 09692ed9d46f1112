"""A program at one moment: the files that an entry file reaches, and the names that they declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.file import File
from nexa.compiler.links import links_of_kind
from nexa.compiler.lower import Secrets
from nexa.compiler.nameless import ANY_NAME, Lacking, first_words, nameless
from nexa.compiler.outside import Outside, path_of
from nexa.compiler.outside_view import Tokens
from nexa.compiler.rule import Unknown
from nexa.compiler.suggest import nearest
from nexa.compiler.table import KINDS, PythonFiles, Table, next_table, table_of
from nexa.compiler.torn_names import TornHead, torn_heads
from nexa.compiler.unfinished import beginnings, half_names, lacking_of

_R = TypeVar("_R")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class IncludeEdge:
    """One `include`: the `index`th item of the file `path`; `target` is None when no such file is found."""

    path: str
    index: int
    node: ast.Include
    target: str | None


@dataclass(eq=False, slots=True)
class Program:
    """`files` are in include order, the entry last. Rules over a program see it through its items' outlines."""

    entry: str
    files: Mapping[str, File]
    includes: tuple[IncludeEdge, ...]
    table: Table
    outside: Outside
    secrets: tuple[File, ...] = ()
    """The `.nxs` files that it sees: the nearest first, included ones last."""
    memo: dict[str, object] = field(default_factory=dict)
    """What is computed once and kept while the outlines of all files, the names in `secrets` and every answer from
    outside stay the same."""
    asked: dict[str, bool] = field(default_factory=dict)
    """The files that `memo` rests on, and whether they were there."""
    last: dict[str, tuple[object, object]] = field(default_factory=dict)
    """What was found last, with what it rests on; handed on from program to program."""

    @property
    def is_readable(self) -> bool:
        """Whether nothing of it is missing: no file, and no part of a file."""
        return not self.table.is_open and not any(self.is_misread(file) for file in self.files.values())

    def is_misread(self, file: File) -> bool:
        """Whether parts of one of its files may say something else than what was read."""
        return file.is_misread or any(self._begun(file))

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there, whatever it holds."""
        if path not in self.asked:
            self.asked[path] = self.outside.exists(path)
        return self.asked[path]

    @property
    def lacking(self) -> Lacking:
        """What the names may mean that declarations of it lack: each may be any name that is unknown."""
        files = self.files.values()
        if any(self.table.is_known(word) for file in files if file.is_broken for _, word in first_words(file)):
            return ANY_NAME  # `Plan {` of `agent Ann implements Plan {`
        missing = (kinds for file in files for _, kinds in nameless(file))
        return frozenset[Unknown]().union(*missing, *(lacking_of(word) for file in files for word in self._begun(file)))

    @property
    def half_names(self) -> tuple[str, ...]:
        """What names begin with that somebody may still be typing."""
        return tuple(name for file in self.files.values() for _, name in file.rows(half_names))

    @property
    def torn_heads(self) -> tuple[TornHead, ...]:
        """Where declarations have their names that parts of cannot be read."""
        return tuple(head for file in self.files.values() for _, head in file.rows(torn_heads))

    def _begun(self, file: File) -> Iterator[str]:
        """The beginnings of declarations; a word that something has for its name is none."""
        for _, word in file.rows(beginnings):
            if not (self.table.row("value", word) or self.table.row("type", word)):
                yield word

    def found(
        self,
        what: str,
        rests_on: _R,
        find: Callable[[], _T],
        find_next: Callable[[_R, _T], _T] | None = None,
    ) -> _T:
        """What `find` finds, or what it found the last time if that rests on the same.

        Where that rests on something else, `find_next` is asked instead, with what it rested on and what was found.
        """
        known = self.last.get(what)
        if known is None:
            known = self.last[what] = (rests_on, find())
        elif known[0] != rests_on:
            found = find() if find_next is None else find_next(known[0], known[1])  # type: ignore[arg-type]  # as below
            known = self.last[what] = (rests_on, found)
        return known[1]  # type: ignore[return-value]  # found under this name

    def item(self, path: str, index: int) -> ItemFacts:
        """An item of a file."""
        return self.files[path].items[index]

    def declared(self) -> list[tuple[str, int, Declared]]:
        """Every declaration with its file and item, in include order."""
        return [(path, index, one) for path, file in self.files.items() for index, one in file.declared]


def program_of(
    entry: str,
    files: Mapping[str, File],
    includes: tuple[IncludeEdge, ...],
    secrets: tuple[File, ...],
    outside: Outside,
    old: Program | None,
) -> Program:
    """The program of an entry file; what is unchanged since `old` is taken from it."""
    is_same_row = old is not None and list(old.files) == list(files)
    if old is None or not is_same_row:
        table = _table(files, includes, None).with_python(None, _python(files, outside))
        return Program(entry, files, includes, table, outside, secrets)
    is_unchanged = all(file is old.files[path] for path, file in files.items()) and includes == old.includes
    if is_unchanged and secrets == old.secrets and outside is old.outside:
        return old
    changed = [path for path, file in files.items() if file is not old.files[path]]
    is_read_alike = all(files[path].has_unread_include == old.files[path].has_unread_include for path in changed)
    is_alike = is_read_alike and all(files[path].tokens.exports is old.files[path].tokens.exports for path in changed)
    is_outlined = is_read_alike and all(
        _looks_same(files[path].tokens, old.files[path].tokens, old) for path in changed
    )
    table = old.table if is_alike and includes == old.includes else _table(files, includes, old)
    is_beside_same = is_outlined and outside is old.outside
    table = table.with_python(old.table, old.table.python if is_beside_same else _python(files, outside))
    is_kept = is_outlined and includes == old.includes and _declared_by(secrets) == _declared_by(old.secrets)
    if is_kept and _answers_alike(outside, old):
        return Program(entry, files, includes, table, outside, secrets, old.memo, old.asked, old.last)
    return Program(entry, files, includes, table, outside, secrets, last=old.last)


def _python(files: Mapping[str, File], outside: Outside) -> PythonFiles:
    """The Python files that the declarations of a program name."""
    links = ((path, link) for path, file in files.items() for _, (_, link) in file.rows(links_of_kind("python")))
    paths = dict.fromkeys(path_of(path, link.target) for path, link in links)
    return {path: outside.python(path) for path in paths}


def _answers_alike(outside: Outside, old: Program) -> bool:
    """Whether what the old program knows from outside still holds."""
    if outside is old.outside:
        return True
    is_there = all(outside.exists(path) == answer for path, answer in old.asked.items())
    return is_there and outside.models == old.outside.models


def _declared_by(secrets: tuple[File, ...]) -> list[tuple[str, Secrets]]:
    return [(file.path, file.secrets) for file in secrets]


def _looks_same(new: Tokens, old: Tokens, program: Program) -> bool:
    """Whether rules over the whole program see no difference: uses count only where they name a declaration."""
    if new.outline is not old.outline:
        return False
    if new.used is old.used:
        return True
    if new.before is not old.used:
        return False
    rows = [program.table.rows(kind) for kind in KINDS]
    # A slip of a declaration's name counts as a use of it: it is reported once, at the slip.
    return not any(name in row or nearest(name, row) for name in new.renamed for row in rows)


def _table(files: Mapping[str, File], includes: tuple[IncludeEdge, ...], old: Program | None) -> Table:
    exports = {path: file.exports for path, file in files.items()}
    doubts = {path: file.doubts for path, file in files.items() if file.doubts}
    is_open = any(edge.target is None for edge in includes) or any(one.has_unread_include for one in files.values())
    if old is None:
        return table_of(exports, doubts, is_open=is_open)
    before = {path: file.exports for path, file in old.files.items()}
    return next_table(old.table, before, exports, doubts, is_open=is_open)
