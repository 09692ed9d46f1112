"""Finding and reading the configuration of a project: the nearest `nexa.toml`, or `[tool.nexa]` of `pyproject.toml`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexa.compiler.config import Config, ConfigProblem

CONFIG_NAMES = ("nexa.toml", "pyproject.toml")
"""Where settings stand; in one folder, the first that has any counts."""


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What was read, from where: `root` is the absolute folder that relative settings count from."""

    root: str
    config: Config
    path: str | None = None

    @property
    def include_paths(self) -> tuple[str, ...]:
        """The configured include folders as absolute paths."""
        return tuple(os.path.normpath(os.path.join(self.root, one)) for one in self.config.include_path)

    @property
    def models(self) -> tuple[str, ...]:
        """The names that the project gives to models."""
        return tuple(sorted(self.config.models))


class ConfigError(Exception):
    """The configuration cannot be used; `str()` has a line per problem, each with its place."""

    def __init__(self, path: str, problems: tuple[ConfigProblem, ...]) -> None:
        self.path = path
        self.problems = problems
        lines = []
        for one in problems:
            place = f":{one.line}:{one.column}" if one.line else ""
            lines.append(f"{path}{place}: {one.message}")
        super().__init__("\n".join(lines))


def config_of(folder: str, known: dict[str, ProjectConfig | None]) -> ProjectConfig | None:
    """The configuration for files in an absolute folder; `known` remembers the answers. Raises ConfigError."""
    if folder not in known:
        above = os.path.dirname(folder)
        known[folder] = _here(folder) or (config_of(above, known) if above != folder else None)
    return known[folder]


def read_config(path: str) -> ProjectConfig:
    """The configuration in a named file. Raises ConfigError."""
    read = config_in(path)
    if read is None:
        raise _unusable(path, "there is no table [tool.nexa]")
    return read


def _here(folder: str) -> ProjectConfig | None:
    for name in CONFIG_NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (read := config_in(path)):
            return read
    return None


def config_in(path: str) -> ProjectConfig | None:
    """The configuration in a file; None for a `pyproject.toml` without one. Raises ConfigError."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable(path, "not UTF-8") from None
    except OSError as mistake:
        raise _unusable(path, (mistake.strerror or str(mistake)).lower()) from None
    from nexa.compiler.config_reading import parse  # most folders have no configuration

    parsed = parse(text, pyproject=os.path.basename(path) == "pyproject.toml")
    if parsed is None:
        return None
    config, problems = parsed
    if problems:
        raise ConfigError(path, problems)
    absolute = os.path.abspath(path)  # as the files that it is for: `..` resolved, links not
    return ProjectConfig(os.path.dirname(absolute), config, absolute)


def _unusable(path: str, reason: str) -> ConfigError:
    from nexa.compiler.config import ConfigProblem

    return ConfigError(path, (ConfigProblem(reason),))
