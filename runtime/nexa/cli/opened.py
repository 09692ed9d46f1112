"""A program that is to be run, built or drawn: read, analysed, its findings told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nexa.cli.analyse import Recorder, Task, findings_in, locator, project_of
from nexa.cli.config import ConfigError, config_of
from nexa.cli.disk import Disk
from nexa.cli.errors import Unusable
from nexa.cli.fingerprints import context
from nexa.cli.guard import described, say_bugs
from nexa.cli.output import write_out
from nexa.cli.report import Checked, Report, relocated, report
from nexa.cli.sources import Unreadable
from nexa.compiler.visible_secrets import SECRETS_SUFFIX

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.program import Program

Harness = Literal["strict", "warn", "off"]


@dataclass(frozen=True, slots=True)
class Source:
    """An entry file that can be read, with the settings that count for it."""

    path: str
    task: Task
    disk: Disk
    is_parallel: bool = False
    """Whether independent calls run together in every flow."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An analysed program. `reports` are errors and warnings of all files that it is made of or sees, for people."""

    source: Source
    project: Project
    program: Program
    reports: tuple[Report, ...]
    needs: dict[str, str | None]

    @property
    def errors(self) -> tuple[Report, ...]:
        """What keeps the program from being run."""
        return tuple(one for one in self.reports if one.severity == "error")


def source_of(path: str, harness: Harness | None = None) -> Source:
    """The entry file at a path. Raises Unusable if it cannot be read, or its configuration cannot."""
    absolute = os.path.abspath(path)
    disk = Disk()
    text = disk.read(absolute)
    if isinstance(text, Unreadable):
        raise Unusable(f"{path}: {text.reason}")
    if not absolute.endswith((".nx", ".nxlib")):
        raise Unusable(f"{path}: not a Nexa program; its name should end in .nx")
    try:
        config = config_of(os.path.dirname(absolute), {})
    except (ConfigError, OSError) as mistake:
        raise Unusable(str(mistake)) from None
    level: Harness = harness or (config.config.check.harness if config else "warn")
    include_paths, models = (config.include_paths, config.models) if config else ((), ())
    is_parallel = config is not None and config.config.run.parallel == "auto"
    return Source(absolute, Task((absolute,), level, include_paths, models), disk, is_parallel)


def opened(source: Source) -> Opened:
    """The program of an entry file, analysed with everything that it includes."""
    recorder = Recorder(source.disk)
    bugs: list[str] = []
    project = project_of(source.task, recorder, lambda code, bug: bugs.append(described(bug, f" in the rule {code}")))
    program = project.program(source.path)
    seen = dict.fromkeys([*program.files, *(file.path for file in program.secrets)])
    findings = [one for path in seen for one in findings_in(project, path)]
    findings += project.run_findings(source.path)
    if bugs:
        say_bugs(bugs)
    locate = locator(project)
    reports = [
        relocated(report(one, locate, context(one.path, recorder.load(one.path) or b"", one.span.start)), shown)
        for one in findings
        if one.severity in ("error", "warning") or one.code == "NX223"
    ]
    return Opened(source, project, program, tuple(reports), recorder.needs)


def shown(path: str) -> str:
    """How a path is written: relative to the working directory where it is below it, always with `/`."""
    return path.removeprefix(os.getcwd() + os.sep).replace(os.sep, "/")


def tell(program: Opened, reports: Sequence[Report]) -> None:
    """Findings on standard error, as `nexa check` shows them."""
    if not reports:
        return
    from nexa.cli.formats import renderer
    from nexa.cli.summary import summary
    from nexa.cli.terminal import wants_colour

    files = [path for path in program.program.files if not path.endswith(SECRETS_SUFFIX)]
    texts = {shown(path): program.source.disk.load(path) or b"" for path in files}
    style = "full" if sys.stderr.isatty() else "concise"
    write = renderer(style, colour=wants_colour(sys.stderr))
    write_out(write(Checked(tuple(reports), tuple(texts), texts)), sys.stderr)
    write_out(summary(tuple(reports), len(texts), 0) + "\n", sys.stderr)


def stops(program: Opened, further: Callable[[Report], bool] = lambda _: False) -> bool:
    """Tell what is wrong; whether it keeps the program from being run. Besides errors, `further` says what does."""
    wrong = program.errors or tuple(one for one in program.reports if further(one))
    if wrong:
        tell(program, wrong)
    elif sys.stderr.isatty():
        tell(program, [one for one in program.reports if one.severity == "warning"])
    return bool(wrong)
