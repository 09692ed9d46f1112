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
from nexa.compiler.include import candidates
from nexa.compiler.severities import severities
from nexa.compiler.written_includes import written_includes
from nexa.lsp.disk import Stamp, read_file, stamp_of
from nexa.lsp.listing import Note

if TYPE_CHECKING:
    from nexa.cli.mcp.roots import Roots

logger = logging.getLogger(__name__)

MAX_HELD = 16 * 1024 * 1024
"""Bytes of text that are held without being asked about."""


class Kept:
    """The files that share a configuration."""

    def __init__(self, roots: Roots, root: str, config: ProjectConfig | ConfigError | None) -> None:
        """`root` is where paths of the configuration count from."""
        self.root = root
        self.written = config
        self.config = config.config if isinstance(config, ProjectConfig) else Config()
        self.problem = str(config) if isinstance(config, ConfigError) else ""
        self.is_whole = True
        """Whether all files of the project had room in the snapshot when that was last asked for."""
        self._disk = RootsDisk(roots)
        self._notes: dict[str, Note] = {}
        """Every file of the walk."""
        self._near: dict[str, set[str]] | None = None
        """Which of them include one another."""
        self._held: dict[str, Stamp] = {}
        """What is in the snapshot."""
        self._asked: set[str] = set()
        self._size = 0
        check = self.config.check
        include_paths, models = (config.include_paths, config.models) if isinstance(config, ProjectConfig) else ((), ())
        settings = Settings(check.harness, include_paths, frozenset(models), severities(dict(check.severity)))
        disk = self._disk
        self.project = Project(settings, disk.read, _report, disk.secrets, disk.exists)

    def catch_up(self, walked: Mapping[str, Stamp], is_wanted: Callable[[], bool]) -> bool:
        """See what changed; `walked` are the files of the project now. False when nobody waits for it any more."""
        self._forget_changed()
        for path in [one for one in self._notes if one not in walked]:
            del self._notes[path]
            self._near = None
        for path, stamp in walked.items():
            if not is_wanted():
                return False
            self._note(path, stamp)
        for path in list(self._held):
            if path in walked or path in self._asked:
                self._hold(path, walked[path] if path in walked else stamp_of(path))
            else:
                self._drop(path)
        return True

    def hold_group(self, path: str) -> bool:
        """Hold a file, and all that share a program with it; whether it can be read."""
        for one in self._group(path):
            self._hold(one, self._notes[one].stamp)
        if path not in self._held:  # no walk comes by it, such as one that git ignores
            self._asked.add(path)
            self._hold(path, stamp_of(path))
        return path in self._held

    def hold_all(self, is_wanted: Callable[[], bool]) -> bool:
        """Hold every file, as far as there is room. False when nobody waits for it any more."""
        self.is_whole = True
        for path, note in self._notes.items():
            if not is_wanted():
                return False
            size = 0 if note.stamp is None or path in self._held else note.stamp[1]
            if self._size + size > MAX_HELD:
                self.is_whole = False
            else:
                self._hold(path, note.stamp)
        return True

    def _note(self, path: str, stamp: Stamp) -> None:
        """Remember what a file seems to include, unless it is as it was."""
        known = self._notes.get(path)
        if known is None or known.stamp != stamp:
            text = read_file(path) if stamp is not None and stamp[1] <= MAX_BYTES else None
            self._notes[path] = Note(stamp, tuple(written_includes(text or b"")))
            self._near = None

    def _group(self, path: str) -> list[str]:
        """The files of the walk that include one another, directly or through others, with one of them."""
        if self._near is None:
            self._near = near = {one: set[str]() for one in self._notes}
            for one, note in self._notes.items():
                for written in note.includes:
                    found = candidates(one, written, self.project.settings.include_paths)
                    target = next((other for other in found if other in near), None)
                    if target is not None:
                        near[one].add(target)
                        near[target].add(one)
        group, pending = dict.fromkeys([path] if path in self._near else []), [path]
        while pending:
            for one in self._near.get(pending.pop(), ()):
                if one not in group:
                    group[one] = None
                    pending.append(one)
        return list(group)

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
