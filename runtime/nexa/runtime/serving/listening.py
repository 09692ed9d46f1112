"""The servers of a program on their ports, until the run is stopped."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nexa.runtime.errors import NexaError
from nexa.runtime.run import Run
from nexa.runtime.serving.declared import Server
from nexa.runtime.serving.local import is_local
from nexa.runtime.serving.site import table_of
from nexa.runtime.text import text

if TYPE_CHECKING:
    from aiohttp import web

HOST = "127.0.0.1"
GRACE = 5.0
"""Seconds that requests have to end when the servers stop."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A server that listens at `url`."""

    name: str
    url: str
    runner: web.ServerRunner


async def listen(
    run: Run, servers: Sequence[Server], host: str | None = None, port: Any = None, hosts: Sequence[str] = ()
) -> list[Listening]:
    """Start every server, at `host` and `port` in place of its own where they are given; port 0 is any free one.

    `hosts` are the names that they have besides those of this machine, where they listen on this machine only.

    Raises `NexaError` if one has no port, or may not have it; then none is left listening.
    """
    if port and _number(port) and len(servers) > 1:
        raise NexaError("there are several servers: one port is not enough for them", kind="AddressError")
    started: list[Listening] = []
    try:
        for server in servers:
            started.append(await _listen(run, server, host, port, hosts))  # noqa: PERF401  # the started ones are stopped
    except BaseException:
        await stop(started)
        raise
    return started


async def _listen(run: Run, server: Server, host: str | None, port: Any, hosts: Sequence[str]) -> Listening:
    from aiohttp import web

    from nexa.runtime.serving.http import IDLE, MAX_BODY, Handler

    site = await server.site()
    settings = site.settings
    host = host or text(settings.get("host") or HOST)
    port = _port(server, settings, port)
    table = table_of(site)
    handler = Handler(run, table)

    def request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
        loop = asyncio.get_running_loop()
        return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_BODY)

    server_ = web.Server(handler, request_factory=request, access_log=None, keepalive_timeout=IDLE)
    runner = web.ServerRunner(server_, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise _refused(host, port, error) from None
    table.is_local, table.hosts = is_local(runner.addresses), (host, *hosts)
    name = text(settings.get("title") or server.name)
    return Listening(name, _url(host, runner.addresses[0][1]), runner)


def _port(server: Server, settings: Any, wanted: Any) -> int:
    for value in (wanted, server.port, settings.get("port")):
        if value is not None:
            return _number(value)
    raise NexaError(f"{server.name or 'the server'} has no port: write one after its name", kind="AddressError")


def _number(value: Any) -> int:
    try:
        port = int(text(value))
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise NexaError(f"{text(value)!r} is no port; ports are 1 to 65535", kind="AddressError")
    return port


def _refused(host: str, port: int, error: OSError) -> NexaError:
    if error.errno == errno.EADDRINUSE:
        help_ = "stop what listens there, or choose another port with --port"
        return NexaError(f"port {port} of {host} is in use: {help_}", kind="AddressError")
    reason = error.strerror or str(error)
    return NexaError(f"cannot listen on port {port} of {host}: {reason}", kind="AddressError")


def _url(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


async def stop(servers: Sequence[Listening]) -> None:
    """Take no more requests, give those at work some seconds to end, then cancel them."""
    await asyncio.gather(*(one.runner.cleanup() for one in servers))


async def serve(
    run: Run, servers: Sequence[Server], host: str | None = None, port: Any = None, hosts: Sequence[str] = ()
) -> None:
    """Listen until the task is cancelled; then stop, requests at work included, and raise the cancellation."""
    started = await listen(run, servers, host, port, hosts)
    for one in started:
        named = f"{one.name} listens" if one.name else "listening"
        run.log("info", f"{named} on {one.url}", one.url)
    try:
        await asyncio.Event().wait()
    finally:
        await stop(started)
