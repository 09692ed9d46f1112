"""An answer that a handler does not have yet: the server goes on, and the client gets it when it is there."""

from __future__ import annotations

from collections.abc import Callable

from nexa.lsp.errors import RequestError
from nexa.lsp.messages import Json

Deliver = Callable[[Json | RequestError], None]


class Later:
    """What a handler returns in place of a result. Used by the serving thread only."""

    def __init__(self) -> None:
        self.is_given = False
        """Whether there is a result, or nobody waits for one any more."""
        self._deliver: Deliver | None = None
        self._result: Json | RequestError = None

    def give(self, result: Json | RequestError) -> None:
        """The result, or the error to answer with; only the first one counts."""
        if self.is_given:
            return
        self.is_given = True
        if self._deliver is not None:
            self._deliver(result)
        else:
            self._result = result

    def on_result(self, deliver: Deliver) -> None:
        """Called by the server, which knows whom to answer."""
        self._deliver = deliver
        if self.is_given:
            deliver(self._result)
