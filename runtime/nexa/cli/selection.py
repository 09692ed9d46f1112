"""Which findings are reported: by code, by file, by severity."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nexa.cli.check_options import Options
from nexa.cli.config import ProjectConfig
from nexa.cli.report import SEVERITIES, Report


@dataclass(frozen=True, slots=True)
class Selection:
    """The command line over the configuration; `per_file` are the ignored codes by pattern of a path."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    threshold: int
    per_file: tuple[tuple[Callable[[str], bool], tuple[str, ...]], ...] = field(default=())

    def keeps(self, one: Report, path: str) -> bool:
        """Whether a finding in the file at an absolute path is reported."""
        if SEVERITIES.index(one.severity) > self.threshold:
            return False
        if not selects(self.select, self.ignore, one.code):
            return False
        return not any(_longest(codes, one.code) and matches(path) for matches, codes in self.per_file)


def selects(select: Iterable[str], ignore: Iterable[str], code: str) -> bool:
    """The longer prefix decides; of two equal ones, `ignore` does."""
    return _longest(select, code) > _longest(ignore, code)


def _longest(prefixes: Iterable[str], code: str) -> int:
    return max((len(one) for one in prefixes if code.startswith(one)), default=0)


def selection(options: Options, project: ProjectConfig | None) -> Selection:
    """What counts for the files of one project. Codes given on the command line replace those of the configuration."""
    select, ignore = options.select, options.ignore
    threshold = SEVERITIES.index(options.severity)
    if project is None:
        return Selection(("NX",) if select is None else select, ignore or (), threshold)
    check = project.config.check
    return Selection(
        check.select if select is None else select,
        check.ignore if ignore is None else ignore,
        threshold,
        tuple((_matcher(pattern, project.root), codes) for pattern, codes in check.per_file_ignores.items()),
    )


def _matcher(pattern: str, root: str) -> Callable[[str], bool]:
    """Whether an absolute path matches a pattern of `.gitignore`, counted from the project's root."""
    from nexa.ide.ignores import Ignores  # only where a configuration asks

    ignores = Ignores([pattern])
    return lambda path: ignores.match(os.path.relpath(path, root).replace(os.sep, "/"))
