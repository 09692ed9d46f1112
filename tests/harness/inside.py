"""A session without a process: requests go straight to the handlers, notifications are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from nexa.lsp.client import read_client
from nexa.lsp.handlers import HANDLERS
from nexa.lsp.messages import json_text
from nexa.lsp.session import Session


def received(value: Any) -> Any:
    """A value as it arrives at the client."""
    return json.loads(json_text(value))


_BY_METHOD = {handler.method: handler for handler in HANDLERS}


class Channel:
    """Keeps what the client would have been told, and what it was asked."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []
        self.asked: list[tuple[str, Any, Callable[[Any], None]]] = []
        self.is_silent = True

    def notify(self, method: str, params: Any) -> None:
        self.said.append((method, received(params)))

    def request(self, method: str, params: Any, then: Callable[[Any], None]) -> None:
        self.asked.append((method, params, then))

    def post(self, call: Callable[[], None]) -> None:
        call()

    def is_cancelled(self) -> bool:
        return not self.is_silent


class Inside:
    """A client that has said `initialize` with these capabilities."""

    def __init__(self, capabilities: dict[str, Any] | None = None, **more: Any) -> None:
        self.channel = Channel()
        self.session = Session(self.channel)
        self.session.begin(read_client({"capabilities": capabilities or {}, **more}))

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a request with plain parameters."""
        handler = _BY_METHOD[method]
        assert handler.is_raw
        return handler.load()(self.session, params)

    def typed(self, method: str, **params: Any) -> Any:
        """The same of a handler that takes lsprotocol's types: `changes` are pairs of a URI and what happened to it."""
        if "changes" in params:
            events = [types.FileEvent(uri=uri, type=types.FileChangeType(kind)) for uri, kind in params["changes"]]
            value: Any = types.DidChangeWatchedFilesParams(changes=events)
        else:
            folders = {key: [types.WorkspaceFolder(**one) for one in rows] for key, rows in params.items()}
            value = types.DidChangeWorkspaceFoldersParams(event=types.WorkspaceFoldersChangeEvent(**folders))
        return _BY_METHOD[method].load()(self.session, value)

    def open(self, uri: str, text: str) -> None:
        self.session.open(uri, 1, text)

    def later(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a request that is answered when there is time for it."""
        answer: list[Any] = []
        later = self.ask(method, params)
        later.on_result(answer.append)
        self.work()
        return received(answer[0])

    def work(self) -> None:
        """Everything that is done between two messages, at once."""
        for _ in range(10_000):
            if not self.session.idle.has_work:
                return
            self.session.idle.work(lambda: True)
        raise AssertionError("there is always something to do")

    def work_a_little(self) -> None:
        """As much as is done when the client speaks all the time."""
        for _ in range(10):
            self.session.idle.work(lambda: False)
