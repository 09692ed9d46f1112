"""Which project a file belongs to, and what its `nexa.toml` says.

Owns finding and reading the configuration. Never fails: what cannot be read is as good as absent.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.compiler.config import Check, Config
from nexa.compiler.config_reading import parse
from nexa.lsp.disk import read_file
from nexa.lsp.uris import is_uri

if TYPE_CHECKING:
    from nexa.compiler.analysis import Settings

CONFIG_NAMES = ("nexa.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """A project's root (absolute; `""` without configuration) and settings, with what was wrong in its file."""

    root: str = ""
    config: Config = field(default_factory=Config)
    problems: tuple[str, ...] = ()

    @property
    def include_paths(self) -> tuple[str, ...]:
        """The configured include folders as absolute paths."""
        return tuple(os.path.normpath(Path(self.root, one)) for one in self.config.include_path)

    @property
    def check(self) -> Check:
        """What is reported."""
        return self.config.check

    def relative(self, path: str) -> str:
        """A path as the patterns of the configuration see it."""
        if is_uri(path) or not self.root:
            return path
        try:
            return os.path.relpath(path, self.root).replace(os.sep, "/")
        except ValueError:  # another drive
            return path

    def settings(self) -> Settings:
        """What the compiler wants to know."""
        from nexa.compiler.analysis import Settings  # reading a file for a run needs no compiler
        from nexa.compiler.severities import severities

        check, models = self.config.check, frozenset(self.config.models)
        return Settings(check.harness, self.include_paths, models, severities(check.severity))


def find_config(path: str) -> ProjectConfig | None:
    """The nearest configuration at or above a file's folder; None without any."""
    if is_uri(path):
        return None
    for folder in Path(path).parents:
        for name in CONFIG_NAMES:
            found = _read_config(folder / name)
            if found is not None:
                return found
    return None


def _read_config(path: Path) -> ProjectConfig | None:
    content = read_file(str(path))
    if content is None:
        return None
    parsed = parse(content.decode("utf-8-sig", "replace"), pyproject=path.name == "pyproject.toml")
    if parsed is None:
        return None
    config, problems = parsed
    messages = tuple(f"{path}:{problem.line}:{problem.column}: {problem.message}" for problem in problems)
    return ProjectConfig(str(path.parent), config, messages)
