"""What is known about a set of files at one moment, and what the rules say of it.

`Project` is an immutable snapshot; the next one shares with it everything that an edit did not touch. The compiler
never reads the disk: the caller gives files, and a way to load those that are included.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from nexa.compiler import symbols
from nexa.compiler.check import ProgramSaid, program_drafts, run_drafts
from nexa.compiler.checks import Checks, Moment, caught_up
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File, language_of
from nexa.compiler.include import Links, candidates, closure, entries_of, links_of
from nexa.compiler.infer.solve import Solver, Typed
from nexa.compiler.item_findings import Layer, Row, Said, of_program, of_syntax, said_of, without_unknown_names
from nexa.compiler.judge import Judge, Settings, without_allowed
from nexa.compiler.outside import Exists, FindSecrets, Load, Outside, all_there, nothing_seen
from nexa.compiler.program import IncludeEdge, Program, program_of
from nexa.compiler.rule import Finding, Fix, Renaming, Rule, Unknown
from nexa.compiler.rules import wrong_type
from nexa.compiler.symbols import Reference, Symbol
from nexa.compiler.table import Entry, View
from nexa.syntax.span import Span

__all__ = ["Project", "Settings", "Work"]

_DEPTH = 10_000
"""How deep passes over the AST may recurse: an item may nest 200 levels, each worth a row of calls."""


@dataclass(slots=True)
class Work:
    """How much was done since the first snapshot; for tests and `nexa/status`."""

    items_checked: int = 0
    items_typed: int = 0
    programs_checked: int = 0


@dataclass(slots=True)
class _Shared:
    """What all snapshots of one project share: the outside world, and what was read from it."""

    load: Load
    on_bug: Callable[[str, BaseException], None] | None
    find_secrets: FindSecrets
    outside: Outside
    work: Work = field(default_factory=Work)
    loaded: dict[str, File | None] = field(default_factory=dict)
    """Included files that nobody gave; forgotten by `with_file` and `without_file`."""
    checks: dict[str, Checks] = field(default_factory=dict)
    """What was last known of the items of each file, in whichever snapshot."""


class Project:
    """All files at one moment. Methods are safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        load: Load,
        on_bug: Callable[[str, BaseException], None] | None = None,
        find_secrets: FindSecrets = nothing_seen,
        exists: Exists = all_there,
    ) -> None:
        """An empty project. `on_bug` is told when a rule raises: its code, and what it raised."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _DEPTH))
        self.settings = settings
        self._shared = _Shared(load, on_bug, find_secrets, Outside(exists, settings.models, load))
        self._files: dict[str, File] = {}
        self._links: Links | None = None
        self._programs: dict[str, Program] = {}
        self._earlier: dict[str, Program] = {}

    @property
    def work(self) -> Work:
        """How much has been analysed."""
        return self._shared.work

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that were given, in no particular order."""
        return tuple(self._files)

    # ── snapshots ───────────────────────────────────────────────────────────────────────────────────────────

    def with_file(self, file: File) -> Project:
        """The snapshot in which `file` is what stands at its path."""
        old = self._files.get(file.path)
        is_linked_alike = old is not None and old.include_texts == file.include_texts
        return self._next({**self._files, file.path: file}, file.path, self._links if is_linked_alike else None)

    def without_file(self, path: str) -> Project:
        """The snapshot in which nobody gives a file at that path: it is loaded again if something includes it."""
        self._shared.checks.pop(path, None)
        return self._next({key: file for key, file in self._files.items() if key != path}, path, None)

    def with_settings(self, settings: Settings) -> Project:
        """The snapshot under other settings."""
        is_linked_alike = settings.include_paths == self.settings.include_paths
        return self._next(self._files, None, self._links if is_linked_alike else None, settings)

    def _next(
        self, files: dict[str, File], changed: str | None, links: Links | None, settings: Settings | None = None
    ) -> Project:
        project = object.__new__(Project)
        project.settings = settings or self.settings
        project._shared = self._shared
        if links is None or changed is None:
            outside = Outside(self._shared.outside.ask, project.settings.models, self._shared.load)
            project._shared = replace(self._shared, loaded={}, outside=outside)
            project._shared.loaded.update((key, file) for key, file in self._shared.loaded.items() if file is not None)
            project._shared.loaded.pop(changed or "", None)
        project._files = files
        project._links = links
        project._programs = {}
        earlier = {**self._earlier, **self._programs}
        project._earlier = earlier if links is not None else {key: one for key, one in earlier.items() if key in files}
        return project

    def file(self, path: str) -> File | None:
        """The file at a path: given, or loaded because something may include it."""
        given = self._files.get(path)
        if given is not None:
            return given
        loaded = self._shared.loaded
        if path not in loaded:
            text = self._shared.load(path)
            loaded[path] = File.parse(path, text) if text is not None else None
        return loaded[path]

    # ── programs ────────────────────────────────────────────────────────────────────────────────────────────

    def program(self, path: str) -> Program:
        """The program whose entry is the file at `path`: it, and what it includes."""
        found = self._programs.get(path)
        if found is None:
            files = {one: file for one in closure(path, self.links) if (file := self.file(one)) is not None}
            secrets = self._secrets(path, files)
            edges, outside = tuple(self._edges(files)), self._shared.outside
            found = program_of(path, files, edges, secrets, outside, self._earlier.get(path))
            self._programs[path] = found
        return found

    @property
    def links(self) -> Links:
        """Who includes whom."""
        if self._links is None:
            self._links = links_of(self._files, self.file, self._included_path)
        return self._links

    def programs_with(self, path: str) -> tuple[Program, ...]:
        """The programs that a file belongs to: those of the known entries that include it, or its own."""
        return tuple(self.program(entry) for entry in entries_of(path, self.links))

    def view(self, path: str) -> View:
        """What the names of a file are looked up in."""
        return View(tuple(program.table for program in self.programs_with(path)))

    def secrets(self, path: str) -> tuple[File, ...]:
        """The secrets files that the program of an entry file sees: the nearest first, included ones last."""
        return self.program(path).secrets

    def _secrets(self, path: str, files: Iterable[str]) -> tuple[File, ...]:
        included = [one for one in files if language_of(one) == "nxs"]
        found = (self.file(one) for one in dict.fromkeys([*self._shared.find_secrets(path), *included]))
        return tuple(file for file in found if file is not None)

    def dependents(self, path: str) -> frozenset[str]:
        """The known files whose findings may change when `path` changes, itself included."""
        links = self.links
        entries = [*entries_of(path, links), *self._seeing(path)]
        return frozenset(one for entry in entries for one in closure(entry, links)) | {path}

    def _seeing(self, path: str) -> Iterator[str]:
        """The entry files of the programs that see a secrets file."""
        if language_of(path) != "nxs":
            return
        for entry in {entry for one in self._files for entry in entries_of(one, self.links)}:
            if path in self._shared.find_secrets(entry):
                yield entry

    def _edges(self, files: Mapping[str, File]) -> list[IncludeEdge]:
        return [
            IncludeEdge(path, index, node, target)
            for path, file in files.items()
            for (index, node), target in zip(file.includes, self.links.targets.get(path, ()), strict=False)
        ]

    def _included_path(self, including: str, included: str) -> str | None:
        paths = candidates(including, included, self.settings.include_paths)
        return next((path for path in paths if self.file(path) is not None), None)

    # ── findings ────────────────────────────────────────────────────────────────────────────────────────────

    def said(self, path: str, is_current: Callable[[], bool] = lambda: True) -> Said | None:
        """Everything that there is to say about a file, item by item.

        `is_current` is asked between two declarations; None is returned as soon as it says no.
        """
        file = self.file(path)
        if file is None:
            return Said(None)
        programs = self.programs_with(path)
        names = self._checked(file, programs, is_current)
        if names is None:
            return None
        said = said_of(file, names, [self._program_drafts(program) for program in programs], self._report)
        lacking = frozenset[Unknown]().union(*(program.lacking for program in programs))
        half = tuple(name for program in programs for name in program.half_names)
        torn = tuple(head for program in programs for head in program.torn_heads)
        if lacking or half or torn:
            said = without_unknown_names(said, lacking, half, torn)
        is_whole = all(one.is_readable for one in programs)
        return without_allowed(said, self._judge, is_whole=is_whole, report=self._report)

    def findings(self, path: str, is_current: Callable[[], bool] = lambda: True) -> tuple[Finding, ...] | None:
        """Everything that there is to say about places in a file, sorted by place, then code."""
        said = self.said(path, is_current)
        return None if said is None else self._placed(said)

    def placed(self, file: File, index: int, row: Row) -> tuple[Finding, ...]:
        """What is said of an item of a file, with its place; -1 stands for the start of the file."""
        return self._judge.findings(file, [(index, row)])

    def syntax_findings(self, path: str) -> tuple[Finding, ...]:
        """What can be said at once: the mistakes of syntax (NX1xx), in the same order."""
        file = self.file(path)
        if file is None:
            return ()
        return self._partly(Said(file, (of_syntax(file, self._report),)))

    def run_findings(self, path: str) -> tuple[Finding, ...]:
        """What besides `findings` speaks against running a file, in all files of its program.

        That it has no entry point, or uses what cannot be run yet.
        """
        if self.file(path) is None:
            return ()
        program = self.program(path)
        drafts = run_drafts(program, self._report)
        said = (Said(file, (of_program(file, drafts),)) for file in program.files.values())
        return tuple(finding for one in said for finding in self._partly(one))

    def _partly(self, said: Said) -> tuple[Finding, ...]:
        return self._placed(without_allowed(said, self._judge, is_whole=False, report=self._report))

    def _placed(self, said: Said) -> tuple[Finding, ...]:
        if said.file is None:
            return ()
        return self._judge.findings(said.file, (row for layer in said.layers for row in layer.items()))

    # ── symbols ─────────────────────────────────────────────────────────────────────────────────────────────

    def reference_at(self, path: str, offset: int) -> Reference | None:
        """The name at a byte offset of a file, with its symbol."""
        return symbols.reference_at(self, path, offset)

    def references(self, symbol: Symbol) -> tuple[Reference, ...]:
        """Every known place that means a symbol, its declaration included."""
        from nexa.compiler.references import references  # only editors ask

        return tuple(references(self, symbol))

    def symbols(self, path: str) -> tuple[Symbol, ...]:
        """What a file adds to a program, in textual order."""
        return tuple(symbols.declared_symbols(self, path))

    def _checked(self, file: File, programs: tuple[Program, ...], is_current: Callable[[], bool]) -> Layer | None:
        view = View(tuple(program.table for program in programs))
        others = {path: one.items for program in programs for path, one in program.files.items() if path != file.path}
        now = Moment(file.items, tuple(others.values()), view)
        known = self._shared.checks.get(file.path)
        done = caught_up(known, now, self._solver(view), is_current, self._count_checked, self._report)
        self._shared.checks[file.path] = done
        return done.drafts if done.is_whole else None

    def _count_checked(self) -> None:
        self.work.items_checked += 1

    def _solver(self, view: View) -> Solver:
        def count() -> None:
            self.work.items_typed += 1

        return Solver(view, self._item_of, count, lambda bug: self._report(wrong_type.RULE, bug))

    def _item_of(self, entry: Entry) -> ItemFacts | None:
        """The item of a declaration as its file has it now."""
        file = self.file(entry.path)
        alike = file.declared_by_name.get(entry.declared.name, []) if file is not None else []
        same = [index for index, one in alike if one is entry.declared] or [
            index for index, one in alike if one == entry.declared
        ]
        return file.items[same[0]] if file is not None and same else None

    def typed(self, path: str, index: int) -> Typed | None:
        """The types of the expressions of the `index`th item of a file."""
        file = self.file(path)
        return None if file is None else self._solver(self.view(path)).typed(file.items[index])

    def _program_drafts(self, program: Program) -> ProgramSaid:
        found = program.memo.get("drafts")
        if found is None:
            self.work.programs_checked += 1
            found = program.memo["drafts"] = program_drafts(program, self._report)
        return found  # type: ignore[return-value]  # this method alone puts it in

    @property
    def _judge(self) -> Judge:
        return Judge(self.settings, self.file, self._renamed)

    def _renamed(self, path: str, span: Span, way: Renaming) -> Fix:
        from nexa.compiler.renaming import renamed  # few findings need it

        return renamed(self, path, span, way)

    def _report(self, rule: Rule, bug: BaseException) -> None:
        if self._shared.on_bug is not None:
            self._shared.on_bug(rule.code, bug)
