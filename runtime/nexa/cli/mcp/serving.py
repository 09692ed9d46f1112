"""The serving loop: messages in order, answers from tools, resources and prompts.

Owns the life of the connection, dispatch, and the guard around tools. Nothing that a client sends ends it.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from nexa.cli.mcp import methods
from nexa.cli.mcp.protocol import STATELESS, complete, progress_token, unsupported, version_of
from nexa.cli.mcp.running import Runner
from nexa.cli.mcp.tool import Call
from nexa.lsp.connection import Connection
from nexa.lsp.messages import (
    INTERNAL_ERROR,
    METHOD_NOT_FOUND,
    Fault,
    Id,
    Incoming,
    Notification,
    Request,
    Response,
)
from nexa.lsp.uris import is_uri, to_path

if TYPE_CHECKING:
    from nexa.cli.mcp.workspace import Workspace

logger = logging.getLogger(__name__)

Json = dict[str, Any]

ROOTS_PATIENCE = 3.0
"""Seconds that calls wait for a client to name its roots; then the current folder counts."""

REPORT_INTERVAL = 0.1
"""Seconds between two reports of how far a request is."""


class Serving:
    """One client, one workspace, one thread."""

    def __init__(self, connection: Connection, roots: Sequence[str], *, allow_run: bool) -> None:
        """Without `roots`, those of the client count, else the current folder."""
        self.connection = connection
        self.runner = Runner(connection.post) if allow_run else None
        self._fixed = tuple(roots)
        self._folders: Sequence[str] = self._fixed or (os.getcwd(),)
        self._workspace: Workspace | None = None
        self._has_roots = False
        """Whether the client names roots when it is asked."""
        self._deadline: float | None = None
        """Until when calls wait for the roots."""
        self._waiting: list[Request] = []
        self._open: set[Id] = set()
        """Requests that were begun and neither answered nor called off."""
        self._under_way: dict[Id, Callable[[], None]] = {}
        """What stops those of them whose answer comes later."""
        connection.on_cancel = self._call_off

    def serve(self) -> int:
        """Until the client leaves; the exit status."""
        while True:
            message = self.connection.next()
            if message is not None:
                self._take(message)
            elif self.connection.is_ended:
                break
            else:
                left = None if self._deadline is None else max(0.0, self._deadline - time.monotonic())
                self.connection.inbox.wait(left)
            if self._deadline is not None and time.monotonic() >= self._deadline:
                self._begin()
        self._begin()
        if self.runner is not None:
            self.runner.close()
        return 0

    def _take(self, message: Incoming) -> None:
        match message:
            case Fault():
                self.connection.refuse(message)
            case Response():
                self.connection.take_response(message)
            case Notification(method="notifications/initialized" | "notifications/roots/list_changed"):
                self._ask_for_roots()
            case Notification():
                pass
            case Request(method="tools/call") if self._deadline is not None:
                self._waiting.append(message)
            case Request():
                self._answer(message)

    @property
    def workspace(self) -> Workspace:
        """What the client asks about; the compiler is imported with it."""
        if self._workspace is None:
            import gc

            from nexa.cli.mcp.workspace import Workspace
            from nexa.lsp.garbage import YOUNG

            gc.set_threshold(*YOUNG)
            self._workspace = Workspace(self._folders)
        return self._workspace

    # ── requests

    def _answer(self, request: Request) -> None:
        version = version_of(request.params)
        if version is not None and version not in STATELESS:
            self._decline(request, unsupported(version))
            return
        handle = methods.METHODS.get(request.method)
        if handle is None:
            self._decline(request, Fault(METHOD_NOT_FOUND, f"there is no method {request.method!r}"))
            return
        is_stateless = version is not None or request.method == "server/discover"

        def give(result: Json) -> None:
            self._under_way.pop(request.id, None)
            if request.id in self._open:
                self._open.discard(request.id)
                self.connection.answer(request.id, complete(request.method, result) if is_stateless else result)

        self._open.add(request.id)
        with self.connection.running(request.id):
            try:
                result = handle(self, request, give)
            except methods.Declined as declined:
                self._decline(request, declined.fault)
                return
            except Exception as bug:
                logger.exception("%s failed; this is a bug in nexa", request.method)
                self._decline(request, Fault(INTERNAL_ERROR, f"{type(bug).__name__}; this is a bug in nexa"))
                return
            is_cancelled = self.connection.is_cancelled()
        if callable(result):
            self._under_way[request.id] = result
        if is_cancelled or result is None:
            self._call_off(request.id)
        elif not callable(result):
            give(result)

    def _decline(self, request: Request, fault: Fault) -> None:
        self._open.discard(request.id)
        self.connection.refuse(Fault(fault.code, fault.message, request.id, data=fault.data))

    def call(self, request: Request) -> Call:
        """What a tool works with."""
        token = progress_token(request.params)

        last = 0.0

        def tell(done: float, message: str) -> None:
            nonlocal last
            now = time.monotonic()
            if request.id not in self._open or now - last < REPORT_INTERVAL:
                return
            last = now
            params = {"progressToken": token, "progress": done, "message": message}
            self.connection.notify("notifications/progress", params)

        unheard: Callable[[float, str], None] = lambda _done, _message: None  # noqa: E731  # nobody asked
        return Call(
            lambda: self.workspace,
            lambda: not self.connection.is_cancelled(),
            self.runner,
            unheard if token is None else tell,
        )

    def _call_off(self, id_: Id) -> None:
        self._waiting = [one for one in self._waiting if one.id != id_]
        self._open.discard(id_)
        stop = self._under_way.pop(id_, None)
        if stop is not None:
            stop()

    # ── roots

    def introduced(self, capabilities: object) -> None:
        """The client has said what it can do."""
        self._has_roots = isinstance(capabilities, dict) and isinstance(capabilities.get("roots"), dict)

    def _ask_for_roots(self) -> None:
        if self._fixed or not self._has_roots:
            return
        self._deadline = time.monotonic() + ROOTS_PATIENCE
        self.connection.request("roots/list", None, self._take_roots)

    def _take_roots(self, result: object) -> None:
        rows = result.get("roots") if isinstance(result, dict) else None
        uris = [one.get("uri") for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
        folders = [path for uri in uris if isinstance(uri, str) and not is_uri(path := to_path(uri))]
        if folders and folders != self._folders:
            self._folders, self._workspace = folders, None
        self._begin()

    def _begin(self) -> None:
        """Calls wait no longer."""
        self._deadline = None
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            self._answer(request)
