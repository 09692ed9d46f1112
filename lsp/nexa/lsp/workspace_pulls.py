"""Diagnostics of files that nobody has opened, for clients that ask for those of the whole workspace.

One file at a time, while the client is silent: who types need not wait. The answer is what a check of the folder finds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexa.lsp.later import Later
from nexa.lsp.messages import Json
from nexa.lsp.parts import Parts, Rows, Send
from nexa.lsp.reports import report_of
from nexa.lsp.uris import to_path

if TYPE_CHECKING:
    from nexa.lsp.session import Session


@dataclass(slots=True)
class _Pull:
    """One request: what the client has, by path, and what it gets."""

    later: Later
    previous: dict[str, tuple[str, str]]
    """URI and result id."""
    parts: Parts
    paths: deque[str] | None = None


class WorkspacePulls:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pulls: deque[_Pull] = deque()
        self._known: dict[str, tuple[tuple[int, int], str]] = {}
        """The last result id of a file, and the moment that it is of."""

    def ask(self, previous: list[tuple[str, str]], send: Send | None) -> Later:
        """Begin to answer a request; `send` is for parts of the result."""
        parts = Parts(Rows((), "items"), send)
        pull = _Pull(Later(), {to_path(uri): (uri, id_) for uri, id_ in previous}, parts)
        self._pulls.append(pull)
        return pull.later

    @property
    def is_due(self) -> bool:
        """Whether somebody waits."""
        return bool(self._pulls)

    def work(self, is_current: Callable[[], bool]) -> None:
        """One step of the oldest request."""
        pull = self._pulls[0]
        if pull.later.is_given:
            self._pulls.popleft()
        elif pull.paths is None:
            self._list(pull, is_current)
        elif pull.paths:
            self._look_at(pull, pull.paths[0], is_current)
        else:
            self._pulls.popleft()
            pull.later.give(pull.parts.end())

    def _list(self, pull: _Pull, is_current: Callable[[], bool]) -> None:
        """The files to look at: first those that are there, then those that the client knows and that are gone."""
        closed = self._session.workspace.closed(is_current)
        if closed is not None:
            gone = [path for path in pull.previous if path not in closed and path not in self._session.documents]
            pull.paths = deque([*sorted(closed), *gone])
            self._known = {path: one for path, one in self._known.items() if path in closed}

    def _look_at(self, pull: _Pull, path: str, is_current: Callable[[], bool]) -> None:
        uri, previous = pull.previous.get(path, (self._session.uri(path), ""))
        moment = self._session.moment
        if previous and self._known.get(path) == (moment, previous):
            self._give(pull, {"kind": "unchanged", "resultId": previous}, uri)
            return
        if path in self._session.documents:
            self._skip(pull)  # opened meanwhile: it is asked about by itself
            return
        project = self._session.workspace.whole(path, is_current)
        findings = project.findings(path, is_current) if project is not None else None
        if project is None or findings is None:
            return
        items = self._session.showing.diagnostics(path, findings, self._session.workspace.convert(project))
        report = report_of(items, previous)
        self._known[path] = (moment, report["resultId"])
        self._give(pull, report, uri)

    def _give(self, pull: _Pull, report: Json, uri: str) -> None:
        self._skip(pull)
        pull.parts.add({"uri": uri, "version": None, **report})
        pull.parts.flush()  # the next file may take its time

    def _skip(self, pull: _Pull) -> None:
        if pull.paths:
            pull.paths.popleft()
