"""Imports what the first requests will need while the client is silent, one handler at a time.

Owns which. On the serving thread: a message that arrives waits for one import at most, and none runs beside its answer.
"""

from __future__ import annotations

import time
from collections import deque

from nexa.lsp.handlers import HANDLERS

WARM_UP_DELAY = 0.3
"""Seconds that the client gets to open its first document before we import what only requests need."""

_FIRST = (
    "textDocument/semanticTokens/full",
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/signatureHelp",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/codeAction",
    "textDocument/documentHighlight",
    "textDocument/foldingRange",
    "textDocument/documentLink",
)
"""What an editor asks for by itself or at a keystroke."""


class Warming:
    """Used by the serving thread only."""

    def __init__(self) -> None:
        self._at = 0.0
        by_method = {handler.method: handler for handler in HANDLERS}
        self._cold = deque(by_method[method] for method in _FIRST)

    def begin(self) -> None:
        """The client has introduced itself: it will open something soon."""
        self._at = time.monotonic() + WARM_UP_DELAY

    @property
    def is_due(self) -> bool:
        """Whether the client has been silent for long enough."""
        return bool(self._cold) and time.monotonic() >= self._at

    @property
    def is_over(self) -> bool:
        """Whether everything is there."""
        return not self._cold

    def seconds_to_work(self) -> float | None:
        """Until it is due; None when nothing is left."""
        return max(0.0, self._at - time.monotonic()) if self._cold else None

    def work(self) -> None:
        """One import."""
        self._cold.popleft().load()
