"""Imports what the first requests will need while the client is silent, one handler at a time.

Owns which. On the serving thread: a message that arrives waits for one import at most, and none runs beside its answer.
"""

from __future__ import annotations

import time
from collections import deque
from importlib import import_module

WARM_UP_DELAY = 0.3
"""Seconds that the client gets to open its first document before we import what only requests need."""

_FIRST = (
    "nexa.lsp.handlers.semantic_tokens_full",
    "nexa.lsp.handlers.hover",
    "nexa.ide.index",
    "nexa.ide.sight",
    "nexa.lsp.handlers.completion",
    "nexa.lsp.handlers.signature_help",
    "nexa.lsp.handlers.inlay_hint",
    "nexa.lsp.handlers.code_lens",
    "nexa.compiler.format",
    "nexa.ide.features.formatting",
    "nexa.lsp.handlers.code_action",
    "nexa.lsp.handlers.document_highlight",
    "nexa.lsp.handlers.folding_range",
    "nexa.lsp.handlers.document_link",
)
"""What an editor asks for by itself or at a keystroke; where that leans on much, some of it comes first by itself."""


class Warming:
    """Used by the serving thread only."""

    def __init__(self) -> None:
        self._at = 0.0
        self._cold = deque(_FIRST)

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
        import_module(self._cold.popleft())
