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

PATIENCE = 1.0
"""Seconds after which the client is told that it is under way."""


class Indexing:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._began: float | None = None
        self._progress: Progress | None = None
        self._quiet_at = 0.0

    def typed(self) -> None:
        """Somebody types: the next keystroke must not find us at work."""
        self._quiet_at = time.monotonic() + QUIET

    @property
    def is_due(self) -> bool:
        """Whether it is time for something that was not looked at yet."""
        return time.monotonic() >= self._quiet_at and self._is_open

    @property
    def seconds_to_work(self) -> float | None:
        """Until it is due; None when nothing is left."""
        return max(0.0, self._quiet_at - time.monotonic()) if self._is_open else None

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
