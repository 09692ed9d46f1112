"""Tells the client to ask again for what it shows of files that it has not edited.

One request for each kind, when nothing has changed for a moment: while somebody types, what stands in other files
would only flicker.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexa.lsp.session import Session

SILENCE = 0.5
"""Seconds without a change before the client is told."""


class Refreshing:
    """Used by the serving thread only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._due: float | None = None

    def mark(self) -> None:
        """What is shown of other files may be wrong by now."""
        self._due = time.monotonic() + SILENCE

    @property
    def is_due(self) -> bool:
        """Whether it is time to tell."""
        return self._due is not None and time.monotonic() >= self._due

    def seconds_to_work(self) -> float | None:
        """Until it is; None when there is nothing to tell."""
        return None if self._due is None else max(0.0, self._due - time.monotonic())

    def work(self) -> None:
        """Tell, as far as the client wants to be told."""
        self._due = None
        for kind in sorted(self._session.client.refreshes):
            self._session.channel.request(f"workspace/{kind}/refresh", None, lambda _: None)
