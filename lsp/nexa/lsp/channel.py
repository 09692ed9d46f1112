"""What the session may say to the client: the seam where tests listen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from nexa.lsp.messages import Json


class Channel(Protocol):
    """One client. Used by the serving thread, but for `post`."""

    def notify(self, method: str, params: Json) -> None:
        """Tell it something, as plain JSON values."""

    def request(self, method: str, params: Json, then: Callable[[Json], None]) -> None:
        """Ask it something; `then` gets the result, or None when it refused."""

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: do this on the serving thread."""

    def is_cancelled(self) -> bool:
        """Whether it has given up on the request that is being answered."""
