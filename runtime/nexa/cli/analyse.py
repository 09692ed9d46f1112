"""One group of files through the compiler: findings with places, and a record of everything that they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nexa.cli.cache import Remembered
from nexa.cli.disk import Disk, presence_question, secrets_question
from nexa.cli.fingerprints import context
from nexa.cli.guard import described
from nexa.cli.report import Place, report

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.file import File
    from nexa.compiler.rule import Finding
    from nexa.syntax.span import Span

Harness = Literal["strict", "warn", "off"]
OnBug = Callable[[str, BaseException], None]

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Task:
    """A group to check: absolute paths in order, with the settings that count for them."""

    paths: tuple[str, ...]
    harness: Harness
    include_paths: tuple[str, ...]
    models: tuple[str, ...] = ()
    """The names that the project gives to models."""
    severities: tuple[tuple[str, str], ...] = ()
    """How much codes and prefixes of codes count, where the configuration says so."""

    @property
    def settings(self) -> tuple[str, ...]:
        """Everything but the files that a result depends on, as text."""
        return (self.harness, *self.include_paths, "", *self.models, "", *map("=".join, self.severities))


class Recorder:
    """The compiler's view of the disk; remembers every question, so that a cache can ask it again."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self.needs: dict[str, str | None] = {}

    def load(self, path: str) -> bytes | None:
        """The text at a path, None without one."""
        self.needs[path] = self._disk.digest(path)
        return self._disk.load(path)

    def secrets(self, entry: str) -> tuple[str, ...]:
        """The secrets files that an entry file sees besides those that it includes."""
        question = secrets_question(entry)
        self.needs[question] = self._disk.digest(question)
        return self._disk.secrets(entry)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there."""
        question = presence_question(path)
        self.needs[question] = self._disk.digest(question)
        return self._disk.exists(path)


def analyse(task: Task, disk: Disk) -> Remembered:
    """Everything that is found in a group and the secrets files that it sees, in their order, unfiltered."""
    recorder = Recorder(disk)
    bugs: list[str] = []
    project = project_of(task, recorder, lambda code, bug: bugs.append(described(bug, f" in the rule {code}")))
    locate = locator(project)
    reports = [
        report(finding, locate, context(path, recorder.load(path) or b"", finding.span.start))
        for path in dict.fromkeys([*task.paths, *secrets_seen(project, task.paths)])
        for finding in findings_in(project, path)
    ]
    return Remembered(tuple(reports), recorder.needs, tuple(dict.fromkeys(bugs)))


def project_of(task: Task, recorder: Recorder, on_bug: OnBug | None = None) -> Project:
    """A compiler's project that holds the files of a group. `on_bug` is told of every rule that fails."""
    from nexa.compiler.analysis import Project, Settings
    from nexa.compiler.file import File
    from nexa.compiler.severities import severities

    counted = severities(dict(task.severities))
    settings = Settings(task.harness, task.include_paths, frozenset(task.models), counted)
    project = Project(settings, recorder.load, on_bug, recorder.secrets, recorder.exists)
    for path in task.paths:
        text = recorder.load(path)
        if text is not None:
            project = project.with_file(File.parse(path, text))
    return project


def findings_in(project: Project, path: str) -> tuple[Finding, ...]:
    """The findings of one file; nobody interrupts a batch, so they are all there."""
    return project.findings(path) or ()


def secrets_seen(project: Project, paths: Iterable[str]) -> list[str]:
    """The secrets files that the programs of some files see."""
    programs = (program for path in paths for program in project.programs_with(path))
    return list(dict.fromkeys(file.path for program in programs for file in program.secrets))


def locator(project: Project) -> Callable[[str, Span], Place]:
    """Spans to places, for all files of a project."""

    def locate(path: str, span: Span) -> Place:
        file = project.file(path)
        if file is None:
            return Place(path, 1, 1, 1, 1)
        return Place(path, *_position(file, span.start), *_position(file, span.end))

    return locate


def _position(file: File, offset: int) -> tuple[int, int]:
    """Line and column of a byte offset, 1-based; a byte-order mark takes no column."""
    line, column = file.lines.position(offset, "utf-32")
    if line == 0 and column and file.text.startswith(BOM):
        column -= 1
    return line + 1, column + 1
