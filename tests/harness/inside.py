"""A session without a process: requests go straight to the handlers, notifications are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from nexa.lsp.client import read_client
from nexa.lsp.handlers import HANDLERS
from nexa.lsp.messages import json_text
from nexa.lsp.parts import Rows, answer
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
        while not self.session.idle.warming.is_over:
            self.session.idle.warming.work()

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a request with plain parameters; rows as a client gets them that takes no parts."""
        handler = _BY_METHOD[method]
        assert not handler.is_typed
        found = handler.load()(self.session, params)
        if isinstance(found, list) and handler.has_parts:
            found = Rows(found)
        return received(answer(found, None, self.channel.is_cancelled)) if isinstance(found, Rows) else found

    def watched(self, *changes: tuple[str, int]) -> None:
        """Files changed on the disk: pairs of a URI and what happened to it."""
        events = [{"uri": uri, "type": kind} for uri, kind in changes]
        self.ask("workspace/didChangeWatchedFiles", {"changes": events})

    def folders_changed(self, added: list[dict[str, str]], removed: list[dict[str, str]]) -> None:
        """Folders came and went; the one notification whose handler takes lsprotocol's types."""
        new, gone = ([types.WorkspaceFolder(**one) for one in rows] for rows in (added, removed))
        params = types.DidChangeWorkspaceFoldersParams(event=types.WorkspaceFoldersChangeEvent(added=new, removed=gone))
        _BY_METHOD["workspace/didChangeWorkspaceFolders"].load()(self.session, params)

    def open(self, uri: str, text: str) -> None:
        self.session.open(uri, 1, text)

    def later(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a request that is answered when there is time for it."""
        given: list[Any] = []
        later = self.ask(method, params)
        later.on_result(given.append)
        self.work()
        (found,) = given
        return received(answer(found, None, self.channel.is_cancelled) if isinstance(found, Rows) else found)

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
