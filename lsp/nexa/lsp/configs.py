"""What editor and projects have set, for every file.

A project's `nexa.toml` counts before the editor's settings; those of a workspace folder before those of the whole.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.lsp.uris import is_uri, to_path

if TYPE_CHECKING:
    from nexa.lsp.client import Client
    from nexa.lsp.projects import ProjectConfig
    from nexa.lsp.settings import Settings


class Configs:
    """Used by the serving thread only."""

    def __init__(self, client: Callable[[], Client], warn: Callable[[Iterable[str]], None]) -> None:
        """`warn` is told what in a configuration cannot be used."""
        self._client = client
        self._warn = warn
        self._settings: Settings | None = None
        self._by_folder: dict[str, Settings] = {}
        self._projects: dict[str, ProjectConfig] = {}

    @property
    def settings(self) -> Settings:
        """The editor's, for the whole workspace."""
        if self._settings is None:
            options = self._client().options
            self._settings = self._read(options.get("nexa", options) if isinstance(options, dict) else None)
        return self._settings

    def settings_of(self, path: str) -> Settings:
        """The editor's, for one file."""
        return self._by_folder.get(self.folder_of(path), self.settings) if self._by_folder else self.settings

    def configure(self, raw: object, by_folder: Mapping[str, object]) -> bool:
        """New settings, for the whole and for single folders; whether they differ from the old ones."""
        before = (self.settings, self._by_folder)
        self._settings = self._read(raw)
        self._by_folder = {folder: self._read(one) for folder, one in by_folder.items() if one is not None}
        return before != (self._settings, self._by_folder)

    def project(self, path: str) -> ProjectConfig:
        """The project's own configuration; without one, the editor's settings."""
        folder = os.path.dirname(path)  # noqa: PTH120  # asked several times after every keystroke, and `Path` is slow
        if folder not in self._projects:
            self._projects[folder] = self._found(path)
        return self._projects[folder]

    def forget_projects(self) -> None:
        """Their files may have changed."""
        self._projects.clear()

    def folder_of(self, path: str) -> str:
        """The workspace folder that holds a file, the innermost of several; the first one for any other file."""
        folders = [to_path(uri) for uri in self._client().folders]
        around = [one for one in folders if not is_uri(path) and Path(path).is_relative_to(one)]
        return max(around, key=len) if around else next(iter(folders), "")

    def _found(self, path: str) -> ProjectConfig:
        from nexa.compiler.config import Config
        from nexa.lsp.projects import ProjectConfig, find_config

        found = find_config(path)
        if found is None:
            settings = self.settings_of(path)
            shared = Config(check=settings.check, include_path=settings.include_path, format=settings.format)
            found = ProjectConfig(root=self.folder_of(path), config=shared)
        self._warn(found.problems)
        return found

    def _read(self, raw: object) -> Settings:
        from nexa.lsp.settings import read_settings

        settings, messages = read_settings(raw)
        self._warn(messages)
        return settings
