"""The boundary of servers for tests: Nexa text and a script of answers in; a client that asks over the loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from harness.programs import analysed
from nexa.compiler.emit.compiled import compiled
from nexa.runtime.clock import Clock
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.engine import prepare
from nexa.runtime.loading import load
from nexa.runtime.run import Run, enter
from nexa.runtime.serving.listening import listen, stop
from nexa.runtime.testing import ScriptedModel
from nexa.runtime.winding_up import wind_up

AGENTS = """
agent Ann { prompt: "Answer.", memory: none }
agent Bob { prompt: "Kinder.", memory: none }
agent Chat { prompt: "Talk.", stream: true }
"""


@dataclass(frozen=True)
class Answer:
    """What a client got."""

    status: int
    text: str
    headers: Mapping[str, str]
    json: Any = None


@dataclass
class Client:
    """Asks a running server; `lines` are the events of its run."""

    url: str
    session: aiohttp.ClientSession
    run: Run
    model: ScriptedModel
    lines: list[Any] = field(default_factory=list)

    async def ask(self, line: str, body: Any = None, **more: Any) -> Answer:
        """`METHOD /path`, with a text, or data that is sent as JSON."""
        method, _, path = line.partition(" ")
        sent = {"data": body.encode()} if isinstance(body, str) else {"data": body} if isinstance(body, bytes) else {}
        if body is not None and not sent:
            sent = {"json": body}
        headers = {"Content-Type": "text/plain"} if isinstance(body, str) else {}
        headers |= more.pop("headers", {})
        async with self.session.request(
            method, self.url + path, headers=headers, allow_redirects=False, **sent, **more
        ) as got:
            text = await got.text()
            is_json = got.content_type == "application/json" and text
            return Answer(got.status, text, got.headers, await got.json() if is_json else None)

    @property
    def logged(self) -> list[str]:
        return [line["text"] for line in self.lines if line["event"] == "log"]


@asynccontextmanager
async def served(
    text: str,
    answers: Sequence[Any] = (),
    *,
    judgements: Sequence[Any] = (),
    files: Mapping[str, str] | None = None,
    settings: Settings | None = None,
    secrets: Secrets | None = None,
    clock: Clock | None = None,
    debug: bool = False,
    host: str | None = None,
    hosts: Sequence[str] = (),
) -> AsyncIterator[Client]:
    """The one server of a program, on a free port, with a client whose cookies last."""
    program = load(compiled(analysed(text, files)).units)
    lines: list[Any] = []
    model = ScriptedModel(answers, judgements=judgements)
    configuration = Configuration(
        secrets or Secrets(environment={}), settings or Settings(offline=True, type_mode="forgiving")
    )
    run = Run(configuration, sinks=[lines.append], provider=model, clock=clock)
    run.debug = debug
    run.loop = asyncio.get_running_loop()
    leave = enter(run)
    try:
        await prepare(run, program)
        for script in program.scripts:
            await script()
        listening = await listen(run, program.servers, host, port=0, hosts=hosts)
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=20)) as session:
            yield Client(listening[0].url, session, run, model, lines)
        await stop(listening)
    finally:
        await wind_up(run)
        leave()
