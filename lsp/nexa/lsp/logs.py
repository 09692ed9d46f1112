"""What the client is told of how the server does: its log, and the trace that it may ask for.

Methods, times and mistakes of ours; never what stands in a message, which may be a secret.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from nexa.lsp.channel import Channel
from nexa.lsp.language import Say
from nexa.lsp.messages import Json, Notification, Request

ERROR, WARNING, INFO, DEBUG = 1, 2, 3, 4
"""The protocol's numbers; a test compares them with lsprotocol's names."""

LEVELS: Final = {"error": ERROR, "warning": WARNING, "info": INFO, "debug": DEBUG}

SLOW = 0.5
"""Seconds after which a message is worth a line of the log."""

_PYTHON_LEVELS = {ERROR: logging.ERROR, WARNING: logging.WARNING, INFO: logging.INFO, DEBUG: logging.DEBUG}


class Logs:
    """Used by the serving thread only."""

    def __init__(self, channel: Channel, level: Callable[[], str], say: Callable[[], Say] = lambda: str) -> None:
        """`level` says up to what the client wants to hear (a key of `LEVELS`), `say` in which language."""
        self._channel = channel
        self._level = level
        self._say = say
        self._trace = "off"

    def set_trace(self, value: object) -> None:
        """`off`, `messages` or `verbose`; anything else leaves it as it is."""
        if value in ("off", "messages", "verbose"):
            self._trace = str(value)

    def set_level(self) -> None:
        """Standard error says as much as the client is told."""
        logging.getLogger("nexa").setLevel(_PYTHON_LEVELS[LEVELS[self._level()]])

    def say(self, kind: int, text: str) -> None:
        """A line of the log, if the client wants lines of this kind."""
        if kind <= LEVELS[self._level()]:
            self._channel.notify("window/logMessage", {"type": kind, "message": self._say()(text)})

    def handled(self, message: Request | Notification, seconds: float) -> None:
        """A message was handled; answers that come later are not waited for."""
        if self._trace != "off":
            self._channel.notify("$/logTrace", _traced(message, seconds, is_verbose=self._trace == "verbose"))
        if seconds > SLOW:
            self.say(INFO, f"{message.method} took {seconds:.1f} s")


def _traced(message: Request | Notification, seconds: float, *, is_verbose: bool) -> Json:
    traced: Json = {"message": f"{message.method}: {seconds * 1000:.1f} ms"}
    if is_verbose:
        what = f"request {message.id}" if isinstance(message, Request) else "notification"
        params = message.params if isinstance(message.params, dict) else {}
        traced["verbose"] = f"{what} with {', '.join(sorted(params)) or 'no parameters'}"
    return traced
