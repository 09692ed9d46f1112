"""What is known about a set of files at one moment, and what the rules say of it.

`Project` is an immutable snapshot; the next one shares with it everything that an edit did not touch. The compiler
never reads the disk: the caller gives files, and a way to load those that are included.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from nexa.compiler import symbols
from nexa.compiler.check import BY_CODE, allow_drafts, file_drafts, program_drafts, run_drafts, syntax_drafts
from nexa.compiler.checks import Checks, Moment, caught_up
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File, language_of
from nexa.compiler.include import Links, candidates, closure, entries_of, links_of
from nexa.compiler.infer.solve import Solver, Typed
from nexa.compiler.names import Entry, View
from nexa.compiler.outside import Exists, FindSecrets, Load, Outside, all_there, nothing_seen
from nexa.compiler.place import Places
from nexa.compiler.program import IncludeEdge, Program, program_of
from nexa.compiler.rule import AllowRule, Draft, Finding, NameRule, ProgramDraft, ProgramRule, Rule, Severity
from nexa.compiler.rules import wrong_type
from nexa.compiler.suppress import MARK, without_allowed
from nexa.compiler.symbols import Reference, Symbol
from nexa.syntax import Span

_OF_UNKNOWN_NAMES = frozenset({"NX201", "NX202", "NX204"})
"""What says that nothing has a name; not while a declaration lacks its own, which may be that one."""

_DEPTH = 10_000
"""How deep passes over the AST may recurse: an item may nest 200 levels, each worth a row of calls."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project's configuration says to the analysis. A severity of None turns a rule off."""

    harness: Literal["strict", "warn", "off"] = "warn"
    include_paths: tuple[str, ...] = ()
    models: frozenset[str] = frozenset()
    """The names that the project gives to models."""
    severities: Mapping[str, Severity | None] = field(default_factory=dict)


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

    def findings(self, path: str, is_current: Callable[[], bool] | None = None) -> tuple[Finding, ...] | None:
        """Everything that there is to say about places in a file, sorted by place, then code.

        `is_current` is asked between two declarations; None is returned as soon as it says no.
        """
        file = self.file(path)
        if file is None:
            return ()
        programs = self.programs_with(path)
        drafted = self._item_drafts(file, programs, is_current or (lambda: True))
        if drafted is None:
            return None
        for program in programs:
            drafted += _settled(file, self._program_drafts(program).get(path, ()))
        drafted += file_drafts(file, self._report)
        if any(program.has_nameless for program in programs):
            own = {index for index, _ in file.nameless}
            drafted = [one for one in drafted if one[1] in own or one[0].code not in _OF_UNKNOWN_NAMES]
        return self._finished(file, drafted, programs)

    def syntax_findings(self, path: str) -> tuple[Finding, ...]:
        """What can be said at once: the mistakes of syntax (NX1xx), in the same order."""
        file = self.file(path)
        if file is None:
            return ()
        drafted = [
            (rule, index, draft)
            for index, item in enumerate(file.items)
            for rule, draft in syntax_drafts(item, self._report)
        ]
        return self._finished(file, drafted)

    def run_findings(self, path: str) -> tuple[Finding, ...]:
        """What besides `findings` speaks against running a file, in all files of its program.

        That it has no entry point, or uses what cannot be run yet.
        """
        if self.file(path) is None:
            return ()
        program = self.program(path)
        drafts = run_drafts(program, self._report)
        found = [
            self._finished(file, _settled(file, [(rule, one) for rule, one in drafts if one.path == name]))
            for name, file in program.files.items()
        ]
        return tuple(finding for findings in found for finding in findings)

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

    def _item_drafts(
        self, file: File, programs: tuple[Program, ...], is_current: Callable[[], bool]
    ) -> list[tuple[Rule, int, Draft]] | None:
        view = View(tuple(program.table for program in programs))
        others = {path: one.items for program in programs for path, one in program.files.items() if path != file.path}
        now = Moment(file.items, tuple(others.values()), view)
        known = self._shared.checks.get(file.path)
        done = caught_up(known, now, self._solver(view), is_current, self._count_checked, self._report)
        self._shared.checks[file.path] = done
        if not done.is_whole:
            return None
        found: list[tuple[Rule, int, Draft]] = []
        for index, (item, one) in enumerate(zip(file.items, done.known, strict=True)):
            if item.slips:
                found += [(rule, index, draft) for rule, draft in syntax_drafts(item, self._report)]
            if one is not None and one.drafts:
                found += [(rule, index, draft) for rule, draft in one.drafts]
        return found

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

    def _program_drafts(self, program: Program) -> dict[str, list[tuple[Rule, ProgramDraft]]]:
        found = program.memo.get("drafts")
        if found is None:
            self.work.programs_checked += 1
            found = program.memo["drafts"] = program_drafts(program, self._report)
        return found  # type: ignore[return-value]  # this method alone puts it in

    def _report(self, rule: Rule, bug: BaseException) -> None:
        if self._shared.on_bug is not None:
            self._shared.on_bug(rule.code, bug)

    def _finished(
        self, file: File, drafted: list[tuple[Rule, int, Draft]], programs: tuple[Program, ...] = ()
    ) -> tuple[Finding, ...]:
        """Drafts with their places in the file, once each, without those that nobody wants to see.

        `programs` are given with all drafts that there are: it is then seen which comments allow nothing.
        """
        findings = self._placed(file, drafted)
        if programs and MARK in file.text and all(one.is_readable for one in programs):
            findings += self._placed(file, allow_drafts(file, findings, self._is_judged, self._report))
        kept = without_allowed(file, findings)
        kept.sort(key=lambda one: (one.span.start, one.code, one.span.end, one.message))
        # The programs that a file belongs to mostly say the same of it.
        return tuple(one for number, one in enumerate(kept) if not number or one != kept[number - 1])

    def _placed(self, file: File, drafted: list[tuple[Rule, int, Draft]]) -> list[Finding]:
        places = Places(file, self.file)
        return [
            places.finding(rule, severity, index, draft)
            for rule, index, draft in drafted
            if (severity := self._severity(rule, draft)) is not None
        ]

    def _is_judged(self, code: str) -> bool:
        """Whether a check under these settings would report the code wherever it applies."""
        rule = BY_CODE.get(code)
        if rule is None:
            return True
        is_elsewhere = isinstance(rule, AllowRule) or (isinstance(rule, ProgramRule) and rule.only_runs)
        return not is_elsewhere and self._severity(rule, Draft(Span(0, 0), "")) is not None

    def _severity(self, rule: Rule, draft: Draft) -> Severity | None:
        if isinstance(rule, NameRule) and rule.only_asked and rule.code not in self.settings.severities:
            return None
        severity = draft.severity or rule.severity
        if rule.harness:
            if self.settings.harness == "off":
                return None
            severity = Severity.ERROR if self.settings.harness == "strict" else Severity.WARNING
        return self.settings.severities.get(rule.code, severity)


def _settled(file: File, drafts: Iterable[tuple[Rule, ProgramDraft]]) -> list[tuple[Rule, int, Draft]]:
    """What program rules said of a file, with the places that it has now."""
    return [(rule, one.index, one.settled(file.items[one.index] if one.index >= 0 else None)) for rule, one in drafts]
