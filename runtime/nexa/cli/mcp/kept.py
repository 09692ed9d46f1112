"""One project as it stands on the disk: a snapshot that is kept from call to call; only what changed is read again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from nexa.cli.config import ConfigError, ProjectConfig
from nexa.cli.mcp.disk import RootsDisk
from nexa.cli.sources import MAX_BYTES
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.config import Config
from nexa.compiler.file import File
from nexa.compiler.severities import severities
from nexa.lsp.disk import Stamp, stamp_of

if TYPE_CHECKING:
    from nexa.cli.mcp.roots import Roots

logger = logging.getLogger(__name__)

MAX_HELD = 16 * 1024 * 1024
"""Bytes of text that are read without being asked about."""


class Kept:
    """The files that share a configuration."""

    def __init__(self, roots: Roots, root: str, config: ProjectConfig | ConfigError | None) -> None:
        """`root` is where paths of the configuration count from."""
        self.root = root
        self.written = config
        self.config = config.config if isinstance(config, ProjectConfig) else Config()
        self.problem = str(config) if isinstance(config, ConfigError) else ""
        self.is_whole = True
        """Whether every file of the project is in the snapshot."""
        self._disk = RootsDisk(roots)
        self._roots = roots
        self._held: dict[str, Stamp] = {}
        self._asked: set[str] = set()
        self._size = 0
        check = self.config.check
        include_paths, models = (config.include_paths, config.models) if isinstance(config, ProjectConfig) else ((), ())
        settings = Settings(check.harness, include_paths, frozenset(models), severities(dict(check.severity)))
        disk = self._disk
        self.project = Project(settings, disk.read, _report, disk.secrets, disk.exists)

    @property
    def refused(self) -> frozenset[str]:
        """Files outside of the roots that the programs want."""
        return frozenset(self._disk.refused)

    def catch_up(self, walked: Mapping[str, Stamp], is_wanted: Callable[[], bool]) -> bool:
        """Read what changed; `walked` are the files of the project now. False when nobody waits for it any more."""
        self._forget_changed()
        for path in [one for one in self._held if one not in walked and one not in self._asked]:
            self._drop(path)
        self.is_whole = True
        for path, stamp in {**walked, **{one: stamp_of(one) for one in self._asked}}.items():
            if not is_wanted():
                return False
            self._hold(path, stamp)
        return True

    def ask(self, path: str) -> bool:
        """Hold a file that no walk comes by, such as one that git ignores; whether it can be read."""
        if path not in self._held:
            self._asked.add(path)
            self._hold(path, stamp_of(path))
        return path in self._held

    def _forget_changed(self) -> None:
        """What was read beside the files of the walk: included files, secrets, documents, Python."""
        changed = [one for one in self._disk.changed() if one not in self._held]
        if not changed:
            return
        self._disk.look_again()
        for path in changed:
            self.project = self.project.without_file(path)
        self.project = self.project.with_settings(self.project.settings)

    def _hold(self, path: str, stamp: Stamp) -> None:
        if stamp is not None and self._held.get(path) == stamp:
            return
        if stamp is not None and self._size + stamp[1] > MAX_HELD and path not in self._asked:
            self.is_whole = False
            return
        text = self._disk.read(path) if stamp is not None and stamp[1] <= MAX_BYTES else None
        if text is None:
            self._drop(path)
            return
        self._size += len(text) - (self._held.get(path) or (0, 0))[1]
        self._held[path] = stamp
        self.project = self.project.with_file(File.parse(path, text))

    def _drop(self, path: str) -> None:
        self._asked.discard(path)
        stamp = self._held.pop(path, None)
        if stamp is not None:
            self._size -= stamp[1]
            self.project = self.project.without_file(path)


def _report(code: str, bug: BaseException) -> None:
    """A rule raised: its findings are lost, everything else goes on."""
    logger.error("rule %s failed; this is a bug in nexa", code, exc_info=bug)
