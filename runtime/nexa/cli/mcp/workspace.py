"""Everything that an agent may ask about: the projects in the roots, as they stand on the disk when it asks."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from nexa.cli.config import ConfigError, ProjectConfig
from nexa.cli.mcp.disk import Configs
from nexa.cli.mcp.kept import Kept
from nexa.cli.mcp.refused import CalledOff, Refused
from nexa.cli.mcp.roots import Roots
from nexa.cli.sources import Unreadable, checked_text, read_source
from nexa.compiler.analysis import Project
from nexa.compiler.config import Run
from nexa.compiler.file import File
from nexa.compiler.visible_secrets import SECRETS_SUFFIX
from nexa.lsp.disk import Stamp, stamp_of
from nexa.lsp.walk import WALKED, walk
from nexa.runtime.run_options import project_root

MAX_FILES = 20_000
"""Files that are looked at; what lies beyond counts only when it is named or included."""

SUFFIXES = (*WALKED, SECRETS_SUFFIX)
"""The names of Nexa files; no tool opens any other."""

DEFAULT_STATE = Run().state_dir
"""Where runs are kept, from the project's root."""

UNSAVED = "unsaved.nx"
"""What a text without a path is called."""

IsWanted = Callable[[], bool]


class Workspace:
    """Used by the serving thread only. `look` brings it up to the disk, once for each call of a tool."""

    def __init__(self, folders: Iterable[str]) -> None:
        self.roots = Roots(folders)
        self._configs = Configs(self.roots)
        self._kept: dict[str, Kept] = {}
        self._files: tuple[str, ...] = ()
        self._is_listed = True

    @property
    def is_whole(self) -> bool:
        """Whether every program and library in the roots was looked at."""
        return self._is_listed and all(one.is_whole for one in self._kept.values())

    @property
    def files(self) -> tuple[str, ...]:
        """The programs and libraries in the roots, those left out that git ignores, in walking order."""
        return self._files

    def look(self, is_wanted: IsWanted) -> None:
        """Find and read what changed since the last look. Raises CalledOff when nobody waits for it any more."""
        self._configs.look_again()
        groups: dict[str, dict[str, Stamp]] = {key: {} for key in self._kept}
        files: list[str] = []
        for row in (row for root in self.roots.folders for row in walk(root)):
            if not is_wanted():
                raise CalledOff
            for path in row[: MAX_FILES - len(files)]:
                if os.path.islink(path) and not self.roots.allows(path):
                    continue
                files.append(path)
                groups.setdefault(self._key_of(path), {})[path] = stamp_of(path)
        self._files = tuple(files)
        for key, stamps in groups.items():
            kept = self._kept_at(key, next(iter(stamps), None))
            if kept is not None and not kept.catch_up(stamps, is_wanted):
                raise CalledOff
        self._is_listed = len(files) < MAX_FILES

    def kept(self, path: str) -> Kept:
        """The project that an absolute path belongs to."""
        found = self._kept_at(self._key_of(path), path)
        assert found is not None  # the path names a project
        return found

    def projects(self, is_wanted: IsWanted) -> list[Project]:
        """All projects, with all of their files. Raises CalledOff when nobody waits for them any more."""
        if not all(one.hold_all(is_wanted) for one in self._kept.values()):
            raise CalledOff
        return [one.project for one in self._kept.values()]

    def snapshot(self, path: str, text: str | None = None) -> Project:
        """The project of a file, with all that share a program with it. Raises Refused for a file without a text.

        Another text may be given for the file.
        """
        if not path.endswith(SUFFIXES):
            raise Refused(f"{self.roots.show(path)} is not a Nexa file; their names end in {', '.join(SUFFIXES)}")
        kept = self.kept(path)
        is_held = kept.hold_group(path)
        if text is not None:
            written = checked_text(path, text.encode("utf-8", "surrogatepass"))
            if isinstance(written, Unreadable):
                raise Refused(f"{self.roots.show(path)}: {written.reason}")
            return kept.project.with_file(File.parse(path, written))
        if not is_held:
            raise Refused(f"{self.roots.show(path)}: {self.why_unreadable(path)}")
        return kept.project

    def path_of(self, written: str | None, text: str | None) -> str:
        """The absolute path that a call is about. Raises Refused when it says none."""
        if written is None and text is None:
            raise Refused("give a `path`, or a `text`")
        return self.roots.resolve(UNSAVED if written is None else written)

    def files_at(self, written: str) -> list[str]:
        """The absolute paths that an agent means: a file as it is, of a folder the programs and libraries in it."""
        path = self.roots.resolve(written)
        if not Path(path).is_dir():
            return [path]
        folder = os.path.join(path, "")  # text only, with a separator at its end
        return [file for file in self._files if file.startswith(folder)]

    def why_unreadable(self, path: str) -> str:
        """Why a file that may be read has no text."""
        if not self.roots.allows(path):
            return "it leads out of the roots"
        found = read_source(path)
        return found.reason if isinstance(found, Unreadable) else "it cannot be read"

    def relative(self, path: str) -> str:
        """A path as the patterns of its configuration see it."""
        return os.path.relpath(path, self.kept(path).root).replace(os.sep, "/")

    def runs_folder(self, path: str) -> str:
        """Where the runs of the project of a file or folder are kept."""
        folder = path if Path(path).is_dir() else os.path.dirname(path)
        root, config = str(project_root(Path(folder, "main.nx"))), self._configs.of(folder)
        state = config.config.run.state_dir if isinstance(config, ProjectConfig) else DEFAULT_STATE
        return os.path.normpath(Path(os.environ.get("NEXA_STATE_DIR") or Path(root, state), "runs").absolute())

    def _key_of(self, path: str) -> str:
        """What the files of one project have in common: their configuration, else their root."""
        config = self._configs.of(os.path.dirname(path))  # text only, asked for every file
        if isinstance(config, ConfigError):
            return config.path
        return (config.path if config is not None else None) or self.roots.root_of(path) or ""

    def _kept_at(self, key: str, path: str | None) -> Kept | None:
        """The project of that key, rebuilt if its configuration changed; None when nothing belongs to it any more."""
        known = self._kept.get(key)
        if path is None:
            if known is not None and not Path(key).exists():
                del self._kept[key]
            return known
        config = self._configs.of(os.path.dirname(path))  # as above
        if known is None or known.written is not config:
            root = config.root if isinstance(config, ProjectConfig) else self.roots.root_of(path) or ""
            known = self._kept[key] = Kept(self.roots, root, config)
        return known
