"""When which file is analysed, and what of it is published.

Owns "latest wins": analysis happens between messages, stops at the next declaration when one arrives, and starts again
on the newer snapshot with everything that was already known. Nothing waits for a fixed time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from nexa.lsp.messages import JsonText

if TYPE_CHECKING:
    from nexa.lsp.documents import Document
    from nexa.lsp.session import Session

PATIENCE = 0.5
"""Seconds that the full analysis of a document may take before its syntax findings go out alone."""

PRECEDENCE = 0.1
"""Seconds for which what arrives meanwhile goes before diagnostics that are ready to be sent."""

REPARSE_DELAY = 0.4
"""Seconds of silence after which a faulty text that was parsed by edits is parsed from the beginning."""

REPARSE_SIZE = 100_000
"""Bytes of text that double this delay."""


_NOTHING = JsonText(b"[]")


class Schedule:
    """What is not analysed yet, most urgent first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[str, float | None] = {}
        """Each path with the time when its analysis began; None when it has not."""
        self._edited: set[str] = set()
        self._published: dict[str, JsonText] = {}
        self._versions: dict[str, int | None] = {}
        self._reparse_at: dict[str, float] = {}

    # ── what is to be done

    def touch(self, path: str) -> None:
        """This document was edited: it comes first."""
        self._waiting.pop(path, None)
        self._waiting = {path: None, **self._waiting}
        self._edited.add(path)
        # Reading a long text takes long, and who types meanwhile would wait.
        size = len(self._session.documents[path].text)
        self._reparse_at[path] = time.monotonic() + REPARSE_DELAY * (1 + size / REPARSE_SIZE)

    def touch_all(self, paths: Iterable[str]) -> None:
        """The findings of these files may have changed; closed ones are nobody's business."""
        for path in paths:
            if path in self._session.documents:
                self._waiting.setdefault(path, None)

    def refresh(self) -> None:
        """Everything is to be asked for again."""
        if self._session.client.pulls_diagnostics and self._session.client.refreshes_diagnostics:
            self._session.channel.request("workspace/diagnostic/refresh", None, lambda _: None)

    def pulled(self, path: str) -> None:
        """The client has just asked about this document. One that did not announce it is sent diagnostics anyway."""
        if not self._session.client.pulls_diagnostics:
            return
        self._waiting.pop(path, None)
        self._edited.discard(path)

    def forget(self, document: Document) -> None:
        """The document is closed: the client is told to show nothing."""
        self._waiting.pop(document.path, None)
        self._reparse_at.pop(document.path, None)
        self._versions.pop(document.path, None)
        self._edited.discard(document.path)
        if self._published.pop(document.path, _NOTHING) != _NOTHING and not self._session.client.pulls_diagnostics:
            self._send(document.uri, None, _NOTHING)

    @property
    def is_due(self) -> bool:
        """Whether there is something to do right now."""
        return bool(self._waiting) or any(at <= time.monotonic() for at in self._reparse_at.values())

    def seconds_to_work(self) -> float | None:
        """Until something is due; None when nothing will be."""
        return max(0.0, min(self._reparse_at.values()) - time.monotonic()) if self._reparse_at else None

    # ── doing it

    def work(self, is_current: Callable[[], bool]) -> None:
        """Bring every waiting document up to date, as far as the client lets us."""
        self._session.read_edits()
        if self._session.client.pulls_diagnostics:
            self._tell_pullers()
            return
        self._edited.clear()
        while self._waiting and is_current():
            path = next(iter(self._waiting))
            if not self._bring_up_to_date(path, is_current):
                return
            self._waiting.pop(path, None)
        if not self._waiting and is_current():
            self._read_afresh()

    def _bring_up_to_date(self, path: str, is_current: Callable[[], bool]) -> bool:
        """Analyse and publish; False when something newer came in between."""
        began = self._waiting[path] = self._waiting[path] or time.monotonic()
        project, is_shown = self._session.project(path), self._is_shown(path)
        said = project.said(path, lambda: is_current() and (is_shown or time.monotonic() < began + PATIENCE))
        if said is None and not is_current():
            return False
        if said is None:
            # Too slow to wait for: what is wrong with the syntax is known at once.
            self._publish(path, self._session.showing.diagnostics(path, project.syntax_findings(path)))
            said = project.said(path, is_current)
            if said is None:
                return False
        shown = self._session.showing.everything(path, said)
        if not is_current() and time.monotonic() < began + PRECEDENCE:
            # Who asks right behind a keystroke waits for the answer, and diagnostics may be a megabyte.
            return False
        self._publish(path, shown)
        return True

    def _is_shown(self, path: str) -> bool:
        """Whether the client has diagnostics of the version that is being analysed."""
        document = self._session.documents[path]
        return path in self._published and self._versions.get(path) == document.version

    def _publish(self, path: str, diagnostics: JsonText) -> None:
        document = self._session.documents[path]
        if self._is_shown(path) and self._published[path] == diagnostics:
            return
        self._published[path] = diagnostics
        self._versions[path] = document.version
        self._send(document.uri, document.version, diagnostics)

    def _send(self, uri: str, version: int | None, diagnostics: JsonText) -> None:
        params: dict[str, Any] = {"uri": uri, "diagnostics": diagnostics}
        if version is not None:
            params["version"] = version
        self._session.channel.notify("textDocument/publishDiagnostics", params)

    def _tell_pullers(self) -> None:
        """A client that pulls asks for the file that it edits by itself, but not for those that depend on it."""
        others = set(self._waiting) - self._edited
        self._waiting.clear()
        self._edited.clear()
        if others:
            self.refresh()
        self._read_afresh()

    def _read_afresh(self) -> None:
        """An incremental tree of a faulty text may differ from a fresh one; in the end it must not."""
        for path in [path for path, at in self._reparse_at.items() if at <= time.monotonic()]:
            del self._reparse_at[path]
            document = self._session.documents.get(path)
            if document is not None and document.read_afresh():
                self._session.replace_file(path, document.file())
                self._waiting.setdefault(path, None)
