"""Snapshots that hold files nobody has opened: for requests about all that shares a program with a file.

They are made beside the snapshots that diagnostics come from, and kept: the next request reads again only what has
changed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from nexa.compiler.file import File
from nexa.compiler.include import Links, candidates, closure, entries_of
from nexa.compiler.visible_secrets import SECRETS_SUFFIX
from nexa.lsp.asked import asked
from nexa.lsp.convert import Convert
from nexa.lsp.disk import Stamp, read_file
from nexa.lsp.errors import cancelled
from nexa.lsp.listing import Listing, outermost
from nexa.lsp.uris import to_path

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.lsp.catalogue import Catalogue
    from nexa.lsp.session import Session
    from nexa.syntax import LineIndex

MAX_HELD = 16 * 1024 * 1024
"""Bytes of text of files that nobody has opened and that are kept read."""

FRESH = 5.0
"""Seconds after which the folders are looked at again for a client that does not watch files."""


class Workspace:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.listing = Listing(self._roots)
        self._links: tuple[object, Links] | None = None
        self._wide: dict[str, _Wide] = {}
        self._catalogue: Catalogue | None = None
        self._by_root: tuple[int, dict[str, list[str]]] | None = None

    # ── names

    @property
    def catalogue(self) -> Catalogue:
        """The names in files that nobody has opened."""
        if self._catalogue is None:
            from nexa.lsp.catalogue import Catalogue

            self._catalogue = Catalogue(self.listing)
        return self._catalogue

    @property
    def is_indexed(self) -> bool:
        """Whether every file has been seen, and its names are known."""
        return self.listing.is_complete and self.catalogue.is_complete

    def index_step(self) -> None:
        """Look into one folder, or read one file or a piece of one."""
        if self.listing.is_complete:
            self.catalogue.step()
        else:
            self.listing.step()

    def forget_file(self, path: str) -> None:
        """A file on disk may have come, gone or changed."""
        self.listing.changed(path)
        if path.endswith(SECRETS_SUFFIX):
            self._wide.clear()
        for wide in self._wide.values():
            wide.forget(path)

    # ── snapshots

    def around(self, path: str, offset: int) -> Project:
        """The snapshot of a file, with all of the workspace that shares a program with what stands at an offset.

        It ends when the client gives the present request up.
        """
        project = self._session.project(path)
        reference = project.reference_at(path, offset)
        if reference is not None:
            project = self.with_sharers(path, reference.symbol.path)
        return asked(project, self._session.is_wanted)

    def with_sharers(self, path: str, declared_in: str) -> Project:
        """The snapshot of a file, with all of the workspace that shares a program with another one."""
        return self.with_files(path, self._sharers(declared_in))

    def with_files(self, path: str, wanted: Iterable[str]) -> Project:
        """The snapshot of a file, with these files of the workspace."""
        project = self._session.project(path)
        closed = [one for one in wanted if one not in self._session.documents]
        if not closed:
            return project
        wide = self._wide_of(path, is_bounded=True)
        notes = self.listing.notes
        for one in closed:
            self._go_on()
            if one in notes:
                wide.hold({one: notes[one].stamp})
        return wide.project

    def closed(self, is_current: Callable[[], bool]) -> frozenset[str] | None:
        """Every file of the workspace that nobody has opened; None when it was not looked through to the end."""
        self.look_again_if_old()
        while not self.listing.is_complete and is_current():
            self.listing.step()
        opened = self._session.documents
        return frozenset(one for one in self.listing.notes if one not in opened) if self.listing.is_complete else None

    def whole(self, path: str, is_current: Callable[[], bool]) -> Project | None:
        """The snapshot of a file with every file of its project, as far as there is room; None when stopped halfway."""
        wide = self._wide_of(path, is_bounded=False)
        if wide.complete_at != self.listing.version:
            for one in self._of_root(self._session.config(path).root):
                if not is_current():
                    return None
                if wide.size <= MAX_HELD and one not in self._session.documents:
                    wide.hold({one: self.listing.notes[one].stamp})
            wide.complete_at = self.listing.version
        if path in self.listing.notes:
            wide.hold({path: self.listing.notes[path].stamp})
        else:
            wide.forget(path)
        return wide.project

    def _wide_of(self, path: str, *, is_bounded: bool) -> _Wide:
        """The growing snapshot of a file's project, up to date with the buffers; a bounded one begins again in time."""
        project, root = self._session.project(path), self._session.config(path).root
        wide = self._wide.get(root)
        if wide is None or wide.settings is not project.settings or (is_bounded and wide.size > MAX_HELD):
            wide = self._wide[root] = _Wide(project)
        wide.update({one: document.file() for one, document in self._session.documents.items()})
        return wide

    def _of_root(self, root: str) -> list[str]:
        """The files of a project."""
        if self._by_root is None or self._by_root[0] != self.listing.version:
            by_root: dict[str, list[str]] = {}
            for one in self.listing.notes:
                by_root.setdefault(self._session.config(one).root, []).append(one)
            self._by_root = (self.listing.version, by_root)
        return self._by_root[1].get(root, [])

    def convert(self, project: Project) -> Convert:
        """Offsets ⇄ positions on a snapshot that may hold more files than the session's own."""

        def lines_of(path: str) -> LineIndex | None:
            file = project.file(path)
            return None if file is None else file.lines

        return Convert(self._session.client, lines_of, self._session.uri)

    # ── files

    def files_that_say(self, words: Iterable[bytes]) -> Iterator[str]:
        """Every file of the workspace, open or not, that has one of some words in its text."""
        self._look()
        sought = tuple(words)
        for path in {*self.listing.notes, *self._session.documents}:
            self._go_on()
            document = self._session.documents.get(path)
            text = document.text if document is not None else read_file(path) or b""
            if any(word in text for word in sought):
                yield path

    def files_below(self, folder: str) -> list[str]:
        """The files of the workspace that lie in a folder, or are it."""
        self._look()
        inside = os.path.join(folder, "")  # noqa: PTH118 - text only, and with the separator at its end
        return [
            one for one in {*self.listing.notes, *self._session.documents} if one == folder or one.startswith(inside)
        ]

    # ── who includes whom

    def _sharers(self, path: str) -> list[str]:
        """Every file of the programs that a file belongs to."""
        if not path:
            return []
        self._look()
        links = self._linked()
        return list(dict.fromkeys(one for entry in entries_of(path, links) for one in closure(entry, links)))

    def _look(self) -> None:
        self.look_again_if_old()
        self.listing.finish(self._go_on)

    def _go_on(self) -> None:
        """Raises RequestError when the client has given the present request up."""
        if not self._session.is_wanted():
            raise cancelled()

    def look_again_if_old(self) -> None:
        """A client that watches no files does not tell us what has changed."""
        if not self._session.client.registers_watchers and self.listing.is_complete and self.listing.age > FRESH:
            self.listing.look_again()

    def _linked(self) -> Links:
        opened = tuple((path, one.file().include_texts) for path, one in self._session.documents.items())
        key = (self.listing.version, opened)
        if self._links is None or self._links[0] != key:
            written = {path: note.includes for path, note in self.listing.notes.items()} | dict(opened)
            self._links = (key, _links(written, lambda path: self._session.config(path).include_paths))
        return self._links[1]

    def _roots(self) -> list[str]:
        folders = [to_path(uri) for uri in self._session.client.folders]
        return outermost([*folders, *(self._session.config(path).root for path in self._session.documents)])


class _Wide:
    """A snapshot that grows, and what of it is nobody's buffer."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.settings = project.settings
        self.size = 0
        self.complete_at = -1
        """The version of the listing of which every file is held."""
        self._opened: dict[str, File] = {}
        self._held: dict[str, Stamp] = {}

    def update(self, opened: dict[str, File]) -> None:
        """These are the buffers now."""
        for path in [one for one in self._opened if one not in opened]:
            del self._opened[path]
            self.forget(path)
        for path, file in opened.items():
            if self._opened.get(path) is not file:
                self._held.pop(path, None)
                self._opened[path] = file
                self.project = self.project.with_file(file)

    def hold(self, stamps: dict[str, Stamp]) -> None:
        """Read these files, unless they are there as they stand on the disk."""
        for path, stamp in stamps.items():
            if self._held.get(path) != stamp:
                text = read_file(path) or b""
                self.size += len(text)
                self._held[path] = stamp
                self.project = self.project.with_file(File.parse(path, text))

    def forget(self, path: str) -> None:
        """What stands there has to be read again."""
        self.complete_at = -1
        if path not in self._opened:
            self._held.pop(path, None)
            self.project = self.project.without_file(path)


def _links(written: dict[str, tuple[str, ...]], include_paths: Callable[[str], tuple[str, ...]]) -> Links:
    targets: dict[str, tuple[str | None, ...]] = {}
    includers: dict[str, list[str]] = {}
    for path, texts in written.items():
        targets[path] = tuple(
            next((one for one in candidates(path, text, include_paths(path)) if one in written), None) for text in texts
        )
        for target in dict.fromkeys(one for one in targets[path] if one is not None):
            includers.setdefault(target, []).append(path)
    return Links(targets, {target: tuple(sorted(who)) for target, who in includers.items()})
