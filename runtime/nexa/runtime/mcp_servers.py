"""The MCP servers that a run talks to: each is connected when it is first needed, once, and stays so until the end.

The client is the official SDK, imported here and nowhere else. An address is `http://…`, `https://…`, or `stdio:` and a
command, which is started in the folder of the program with an environment that holds no secrets.
"""

from __future__ import annotations

import asyncio
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from contextvars import Context
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from nexa.runtime.errors import ToolError
from nexa.runtime.home import at_home
from nexa.runtime.mcp_access import Access, access_to
from nexa.runtime.run import Run, current
from nexa.runtime.tools import Tool

if TYPE_CHECKING:
    from mcp import Client
    from mcp_types import Tool as Listed

CONNECTING = 30.0
"""Seconds for a server to start, to answer and to list its tools."""

CLOSING = 10.0
"""Seconds for all servers to end; the SDK gives each two, and then makes it."""

MOST_PAGES = 100
"""Pages of a list of tools: a server that never comes to an end is not listened to."""

STDIO = "stdio:"


async def tools_of_server(address: str, folder: str) -> tuple[Tool, ...]:
    """The tools that a server lists. Raises `ToolError`, of kind `offline` where the run must not use the network."""
    run = current()
    return await at_home(run.loop, lambda: _tools(run, address, folder))


async def tools_online(address: str, folder: str) -> tuple[Tool, ...]:
    """The tools that a server lists; none, and a warning, in a run that is offline."""
    try:
        return await tools_of_server(address, folder)
    except ToolError as error:
        if error.kind != "offline":
            raise
        current().log("warning", error.message)
        return ()


async def _tools(run: Run, address: str, folder: str) -> tuple[Tool, ...]:
    from nexa.runtime.mcp_results import tool_of

    server = await _server(run, address, folder)
    ask = partial(call, address, folder)
    return tuple(tool_of(each, server.shown, ask) for each in server.listed)


async def call(address: str, folder: str, name: str, arguments: Mapping[str, Any]) -> Any:
    """What a tool of a server answers. Raises `ToolError`."""
    run = current()

    async def work() -> Any:
        server = await _server(run, address, folder)
        return await server.call(name, dict(arguments))

    return await at_home(run.loop, work)


class McpServers:
    """The connections of one run, by address and folder."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], Server] = {}

    def server(self, address: str, folder: str, access: Callable[[], Access]) -> Server:
        """The connection to a server, new if there is none or the old one has ended."""
        key = (address, folder if address.startswith(STDIO) else "")
        server = self._open.get(key)
        if server is None or server.has_ended:
            server = self._open[key] = Server(address, folder, access())
        return server

    async def close(self) -> None:
        """End them all."""
        await asyncio.gather(*(server.close() for server in self._open.values()))
        self._open.clear()


class Server:
    """A connection, kept by a task of its own: what the SDK opens has to be closed by the task that opened it."""

    def __init__(self, address: str, folder: str, access: Access) -> None:
        self.shown = shown(address)
        self.listed: tuple[Listed, ...] = ()
        self.has_ended = False
        self._address = address
        self._folder = folder
        self._access = access
        self._client: Client | None = None
        self._leave = asyncio.Event()
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        # The task is nobody's part: neither the hooks nor the time bounds of who comes first apply to it.
        self._task = asyncio.get_running_loop().create_task(self._serve(), context=Context())

    async def connected(self) -> None:
        """Wait until the tools are listed. Raises `ToolError`."""
        await asyncio.shield(self._ready)

    async def call(self, name: str, arguments: dict[str, Any]) -> Any:
        """What a tool answers. Raises `ToolError`."""
        from mcp import MCPError
        from mcp_types import CONNECTION_CLOSED, INVALID_PARAMS

        from nexa.runtime.mcp_results import value_of

        assert self._client is not None
        try:
            result = await self._client.call_tool(name, arguments)
        except MCPError as error:
            if error.code == CONNECTION_CLOSED:
                self._end()
            kind = "arguments" if error.code == INVALID_PARAMS else None
            raise ToolError(f"{name} of {self.shown} failed: {error.message}", kind=kind, cause=error) from error
        except (RuntimeError, ValueError, OSError) as error:  # what a server says that is not the protocol
            raise ToolError(f"{name} of {self.shown} failed: {_reason(error)}", cause=error) from error
        return value_of(name, result)

    async def close(self) -> None:
        """End the connection, and the process of a command."""
        self._end()
        if self._client is None:
            self._task.cancel()
        await asyncio.wait([self._task], timeout=CLOSING)

    def _end(self) -> None:
        self.has_ended = True
        self._leave.set()

    async def _serve(self) -> None:
        try:
            async with AsyncExitStack() as stack:
                async with asyncio.timeout(CONNECTING):
                    client = await _client(stack, self._address, self._folder, self._access)
                    self.listed = await _listed(client)
                self._client = client
                self._ready.set_result(None)
                await self._leave.wait()
        except BaseException as error:  # whoever waits gets it; a connection that breaks later is noticed by its calls
            if not self._ready.done():
                self._ready.set_exception(self._unreachable(error))
                self._ready.exception()  # which nobody may be waiting for any more
            if isinstance(error, asyncio.CancelledError):
                raise
        finally:
            self.has_ended = True

    def _unreachable(self, error: BaseException) -> ToolError:
        if isinstance(error, ToolError):
            return error
        why = f"no answer in {CONNECTING:g} s" if isinstance(error, TimeoutError) else _reason(error)
        return ToolError(f"cannot use the MCP server {self.shown}: {why}", kind="unavailable", cause=error)


async def _server(run: Run, address: str, folder: str) -> Server:
    if not address.startswith((STDIO, "http://", "https://")):
        raise ToolError(
            f"{address!r} is not an MCP server: write https://…, or stdio: and a command", kind="unavailable"
        )
    if run.settings.offline and not address.startswith(STDIO):
        raise ToolError(f"the MCP server {shown(address)} is not asked: this run is offline (mock)", kind="offline")
    server = run.own(McpServers).server(address, folder, partial(access_to, run, address))
    await server.connected()
    return server


def shown(address: str) -> str:
    """The address as messages have it: without what may be a secret."""
    if address.startswith(STDIO):
        return address.removeprefix(STDIO).strip().partition(" ")[0]
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


async def _client(stack: AsyncExitStack, address: str, folder: str, access: Access) -> Client:
    try:
        from mcp import Client, StdioServerParameters
        from mcp.client.stdio import stdio_client
        from mcp.client.streamable_http import streamable_http_client
        from mcp_types import Implementation
    except ImportError as error:
        raise ToolError(
            "tools of MCP servers need the package `mcp`: pip install 'nexa-lsp[mcp]'", kind="unavailable", cause=error
        ) from error
    from importlib.metadata import version

    if not address.startswith(STDIO):
        import httpx2  # which comes with the SDK

        answering = httpx2.Timeout(CONNECTING, read=None)  # the agent bounds its calls
        http = await stack.enter_async_context(httpx2.AsyncClient(headers=access.headers, timeout=answering))
        transport = streamable_http_client(address, http_client=http)
    else:
        words = shlex.split(address.removeprefix(STDIO), posix=os.name != "nt")
        if not words:
            raise ToolError("an MCP server over stdio needs a command: stdio:npx -y …", kind="unavailable")
        started = StdioServerParameters(command=words[0], args=words[1:], cwd=folder, env=access.environment)
        # Not `sys.stderr`, which a host may have replaced by something that a process cannot write to.
        transport = stdio_client(started, sys.__stderr__ or sys.stderr)
    about = Implementation(name="nexa", version=version("nexa-lsp"))
    client: Client = await stack.enter_async_context(Client(transport, client_info=about, cache=None))
    return client


async def _listed(client: Client) -> tuple[Listed, ...]:
    found: list[Listed] = []
    cursor = None
    for _ in range(MOST_PAGES):
        page = await client.list_tools(cursor=cursor)
        found += page.tools
        cursor = page.next_cursor
        if not cursor:
            break
    return tuple(found)


def _reason(error: BaseException) -> str:
    """The words of the innermost error: the SDK's come in groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"there is no command {error.filename}"
    return str(error).strip().partition("\n")[0] or type(error).__name__
