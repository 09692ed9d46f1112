"""From the command line to work: which files, in which groups, under which settings."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field

from nexa.cli.analyse import Harness, Task
from nexa.cli.check_options import STDIN, Options
from nexa.cli.components import components
from nexa.cli.config import ConfigError, ProjectConfig, config_of, read_config
from nexa.cli.disk import Disk
from nexa.cli.errors import Unusable
from nexa.cli.selection import Selection, selection
from nexa.cli.sources import Unreadable, checked_text
from nexa.cli.walk import find_files


@dataclass(slots=True)
class Work:
    """What a check is about. `files` are in the order in which they are reported, secrets files after their users."""

    disk: Disk
    files: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    selections: dict[str, Selection] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)
    configs: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)


def gather(options: Options) -> Work:
    """Find, read and group the files. Raises Unusable for a configuration that cannot be used."""
    work = _from_stdin(options) if STDIN in options.paths else _from_paths(options)
    try:
        projects = _projects(options, work.files)
    except ConfigError as mistake:
        raise Unusable(str(mistake)) from None
    except OSError as mistake:
        raise Unusable(str(mistake)) from None
    by_project: dict[str | None, list[str]] = {}
    for path in work.files:
        project = projects[path]
        by_project.setdefault(project.path if project else None, []).append(path)
    for members in by_project.values():
        _add(work, options, projects[members[0]], members)
    return work


def _add(work: Work, options: Options, project: ProjectConfig | None, members: list[str]) -> None:
    """The groups of the files that share a configuration."""
    selected = selection(options, project)
    harness: Harness = options.harness or (project.config.check.harness if project else "warn")
    include_paths, models = (project.include_paths, project.models) if project else ((), ())
    severities = tuple(sorted(_severities(options, project).items()))
    if project and project.path:
        work.configs.append(project.path)
    for path in members:
        work.selections[path] = selected
    for group in components(members, include_paths, work.disk.load):
        work.tasks.append(Task(tuple(group), harness, include_paths, models, severities))


def _severities(options: Options, project: ProjectConfig | None) -> dict[str, str]:
    """How much codes count: what the command line says of parameters without a type, over the configuration."""
    written: dict[str, str] = {**project.config.check.severity} if project else {}
    if options.untyped == "default":
        return {"NX321": "warning", **written}
    return {**written, "NX321": options.untyped} if options.untyped else written


def _from_stdin(options: Options) -> Work:
    name = options.stdin_filename or "stdin.nx"
    path = os.path.abspath(name)
    text = checked_text(path, sys.stdin.buffer.read())
    work = Work(Disk({path: text} if isinstance(text, bytes) else {}))
    work.shown[path] = options.stdin_filename or STDIN
    if isinstance(text, Unreadable):
        work.unreadable.append(text)
    else:
        work.files.append(path)
    return work


def _from_paths(options: Options) -> Work:
    found = find_files(options.paths)
    work = Work(Disk(), unreadable=found.unreadable)
    for path in found.files:
        text = work.disk.read(path)
        if isinstance(text, Unreadable):
            work.unreadable.append(text)
        else:
            work.files.append(path)
    return work


def _projects(options: Options, paths: list[str]) -> dict[str, ProjectConfig | None]:
    """The configuration of each file. Raises ConfigError."""
    if options.isolated:
        return dict.fromkeys(paths)
    if options.config is not None:
        return dict.fromkeys(paths, read_config(options.config))
    known: dict[str, ProjectConfig | None] = {}
    return {path: config_of(os.path.dirname(path), known) for path in paths}
