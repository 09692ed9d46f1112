"""Work that takes a while, as the client shows it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from nexa.lsp.channel import Channel

Token = str | int

_NUMBERS = count(1)


class Progress:
    """One piece of work. A client that did not bring a token is asked for leave first, and shown nothing without it."""

    def __init__(self, channel: Channel, title: str, token: Token | None = None, *, may_ask: bool = False) -> None:
        """`token` came with a request; `may_ask` says that the client understands being asked."""
        self._channel = channel
        self._title = title
        self._token: Token = token if token is not None else f"nexa-progress-{next(_NUMBERS)}"
        self._is_shown = token is not None
        self._is_over = False
        self._last = ""
        if self._is_shown:
            self._begin()
        elif may_ask:
            self._ask()

    def report(self, message: str, percentage: int | None = None) -> None:
        """How far it is."""
        if message == self._last:
            return
        self._last = message
        if self._is_shown:
            done = {} if percentage is None else {"percentage": percentage}
            self._say({"kind": "report", "message": message, **done})

    def end(self) -> None:
        """It is done."""
        if self._is_shown and not self._is_over:
            self._say({"kind": "end"})
        self._is_over = True

    def _ask(self) -> None:
        def take(_: Any) -> None:  # noqa: ANN401  # null, whatever it is
            if not self._is_over:
                self._is_shown = True
                self._begin()

        self._channel.request("window/workDoneProgress/create", {"token": self._token}, take)

    def _begin(self) -> None:
        self._say({"kind": "begin", "title": self._title, "cancellable": False})

    def _say(self, value: dict[str, Any]) -> None:
        self._channel.notify("$/progress", {"token": self._token, "value": value})


def partial_results(channel: Channel, token: object) -> Callable[[Any], None] | None:
    """How parts of a result are sent to a client that gave a token for them; None without one."""
    if not isinstance(token, str | int) or isinstance(token, bool):
        return None
    return lambda value: channel.notify("$/progress", {"token": token, "value": value})
