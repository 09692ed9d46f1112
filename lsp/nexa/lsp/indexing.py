"""Looks through the workspace folders, and reads the names in their files, while the client is silent."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from nexa.lsp.progress import Progress

if TYPE_CHECKING:
    from nexa.lsp.session import Session

SLICE = 0.02
"""Seconds of it between two looks at whether the client has something to say."""

QUIET = 0.3
"""Seconds without an edit before it goes on."""

POLITE = 0.05
"""Seconds without a request before it goes on: what an editor asks comes in bursts, and on a busy machine the time that
is used up between two answers is missing in the second one.
"""

LONGEST_WAIT = 1.0
"""Seconds after which requests alone hold it up no longer."""

PATIENCE = 1.0
"""Seconds after which the client is told that it is under way."""


class Indexing:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._began: float | None = None
        self._progress: Progress | None = None
        self._quiet_at = 0.0
        self._polite_until = 0.0
        self._held_since = 0.0

    def typed(self) -> None:
        """Somebody types: the next keystroke must not find us at work."""
        self._quiet_at = time.monotonic() + QUIET

    def asked(self) -> None:
        """Somebody asks for something: there may be more to come."""
        now = time.monotonic()
        if now >= self._polite_until:
            self._held_since = now
        self._polite_until = now + POLITE

    @property
    def is_due(self) -> bool:
        """Whether it is time for something that was not looked at yet."""
        return time.monotonic() >= self._due_at and self._is_open

    @property
    def seconds_to_work(self) -> float | None:
        """Until it is due; None when nothing is left."""
        return max(0.0, self._due_at - time.monotonic()) if self._is_open else None

    @property
    def _due_at(self) -> float:
        return max(self._quiet_at, min(self._polite_until, self._held_since + LONGEST_WAIT))

    @property
    def _is_open(self) -> bool:
        """A client without a document asks nothing."""
        return bool(self._session.documents) and not self._session.workspace.is_indexed

    def work(self, is_current: Callable[[], bool]) -> None:
        """A slice of it."""
        now = time.monotonic()
        if self._began is None:
            self._began = now
        workspace = self._session.workspace
        workspace.index_step()
        while not workspace.is_indexed and is_current() and time.monotonic() < now + SLICE:
            workspace.index_step()
        self._held_since = time.monotonic()
        if workspace.is_indexed:
            self._end()
        elif time.monotonic() > self._began + PATIENCE:
            self._tell(len(workspace.listing.notes))

    def _tell(self, files: int) -> None:
        if self._progress is None:
            client = self._session.client
            self._progress = Progress(self._session.channel, "Nexa: indexing", may_ask=client.has_progress)
        self._progress.report(f"{files} files")

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.end()
        self._began = self._progress = None
