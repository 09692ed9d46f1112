"""Looks through the workspace folders while the client is silent, before the first question about them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from nexa.lsp.progress import Progress

if TYPE_CHECKING:
    from nexa.lsp.session import Session

SLICE = 0.02
"""Seconds of it between two looks at whether the client has something to say."""

PATIENCE = 1.0
"""Seconds after which the client is told that it is under way."""


class Indexing:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._began: float | None = None
        self._progress: Progress | None = None

    @property
    def is_due(self) -> bool:
        """Whether something was not looked at yet; a client without a document asks nothing."""
        return bool(self._session.documents) and not self._session.workspace.listing.is_complete

    def work(self, is_current: Callable[[], bool]) -> None:
        """A slice of it."""
        now = time.monotonic()
        if self._began is None:
            self._began = now
        listing = self._session.workspace.listing
        listing.step()
        while not listing.is_complete and is_current() and time.monotonic() < now + SLICE:
            listing.step()
        if listing.is_complete:
            self._end()
        elif time.monotonic() > self._began + PATIENCE:
            self._tell(len(listing.notes))

    def _tell(self, files: int) -> None:
        if self._progress is None:
            client = self._session.client
            self._progress = Progress(self._session.channel, "Nexa: indexing", may_ask=client.has_progress)
        self._progress.report(f"{files} files")

    def _end(self) -> None:
        if self._progress is not None:
            self._progress.end()
        self._began = self._progress = None
