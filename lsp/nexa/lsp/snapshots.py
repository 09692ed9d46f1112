"""The snapshots that findings come from: one for each project, with every buffer in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.file import File
    from nexa.lsp.disk import Disk
    from nexa.lsp.session import Session


class Snapshots:
    """Used by the serving thread only. Buffers are read when somebody asks for a snapshot."""

    def __init__(self, session: Session, disk: Disk, on_bug: Callable[[str, BaseException], None]) -> None:
        """`on_bug` is told when a rule raises."""
        self._session = session
        self._disk = disk
        self._on_bug = on_bug
        self._projects: dict[str, Project] = {}
        self._unread: set[str] = set()

    def of(self, path: str) -> Project:
        """The one that a file belongs to, with every edit up to now."""
        self.read_edits()
        root = self._session.config(path).root
        if root not in self._projects:
            self._projects[root] = self._new(path)
        return self._projects[root]

    def all(self) -> list[tuple[str, Project]]:
        """Each with its root."""
        self.read_edits()
        return list(self._projects.items())

    def changed(self, path: str) -> None:
        """A buffer is to be read again."""
        self._unread.add(path)

    def closed(self, path: str) -> None:
        """A buffer is gone."""
        self._unread.discard(path)

    def read_edits(self) -> None:
        """Bring the snapshots up to the buffers."""
        unread, self._unread = self._unread, set()
        for path in unread:
            self._session.replace_file(path, self._session.documents[path].file())

    def replaced(self, path: str, file: File) -> Iterator[frozenset[str]]:
        """Swap the snapshots for ones with this file; for each in which it looks different, who depends on it."""
        self.of(path)
        for root, project in self._projects.items():
            before = project.file(path)
            self._projects[root] = changed = project.with_file(file)
            if before is None or not _looks_alike(before, file):
                yield changed.dependents(path)

    def without(self, path: str) -> None:
        """Nobody gives this file any more: the disk counts."""
        for root, project in self._projects.items():
            self._projects[root] = project.without_file(path)

    def look_for_secrets(self) -> None:
        """A snapshot has looked once for secrets files; the next one looks again."""
        self._projects = {root: one.with_settings(one.settings) for root, one in self._projects.items()}

    def clear(self) -> None:
        """Forget everything."""
        self._projects.clear()

    def _new(self, path: str) -> Project:
        from nexa.compiler.analysis import Project

        disk = self._disk
        settings = self._session.config(path).settings()
        project = Project(settings, disk.read, self._on_bug, disk.secrets, disk.exists)
        for document in self._session.documents.values():
            if document.path not in self._unread:
                project = project.with_file(document.file())
        return project


def _looks_alike(before: File, after: File) -> bool:
    """Whether other files cannot tell the two apart."""
    old, new = before.tokens, after.tokens
    is_alike = old.exports is new.exports and old.outline is new.outline
    is_alike = is_alike and old.bodies is new.bodies and old.used is new.used
    return is_alike and before.include_texts == after.include_texts
