"""What MCP servers are told of a program's secrets."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from aiohttp import web

from nexa.runtime.agents import agent
from nexa.runtime.config import Configuration, Secrets
from nexa.runtime.errors import SecretError, ToolError
from nexa.runtime.mcp_access import access_to
from nexa.runtime.run import Run, enter
from nexa.runtime.testing import ScriptedModel, call
from nexa.runtime.tools import mcp

TABLES = {
    "https://tools.example.org": {"token": "TOKEN"},
    "https://tools.example.org/till/": {"token": "TOKEN", "header": "X-Key"},
    "stdio:server": {"env": ["TOKEN"]},
    "https://lacking.example.org": {"token": "LACKING"},
}


def run_of(tables: dict[str, dict[str, object]], answers: tuple[object, ...] = ()) -> Run:
    secrets = Secrets(environment={"TOKEN": "t0ps3cret"})
    return Run(Configuration(secrets, mcp=tables), provider=ScriptedModel(answers))


@pytest.mark.parametrize(
    ("address", "headers", "environment"),
    [
        ("https://tools.example.org", {"Authorization": "Bearer t0ps3cret"}, {}),
        ("https://tools.example.org/ledger", {"Authorization": "Bearer t0ps3cret"}, {}),
        ("https://tools.example.org/till", {"X-Key": "t0ps3cret"}, {}),
        ("https://tools.example.org/tilly", {"Authorization": "Bearer t0ps3cret"}, {}),
        ("https://tools.example.org.evil.example", {}, {}),
        ("https://tools.example.org@evil.example", {}, {}),
        ("http://tools.example.org", {}, {}),
        ("stdio:server --x", {}, {"TOKEN": "t0ps3cret"}),
        ("stdio:servers", {}, {}),
    ],
)
def test_a_table_is_for_the_addresses_that_begin_with_its_name(
    address: str, headers: dict[str, str], environment: dict[str, str]
) -> None:
    found = access_to(run_of(TABLES), address)
    assert (found.headers, found.environment) == (headers, environment)
    assert "t0ps3cret" not in repr(found)


def test_a_secret_that_is_nowhere_is_an_error() -> None:
    with pytest.raises(SecretError, match="LACKING"):
        access_to(run_of(TABLES), "https://lacking.example.org/x")


async def test_the_token_is_sent_and_not_told() -> None:
    pytest.importorskip("mcp", reason="the SDK is not installed")
    seen: list[str | None] = []

    async def refuse(request: web.Request) -> web.Response:
        seen.append(request.headers.get("Authorization"))
        return web.Response(status=401, text="no: " + (request.headers.get("Authorization") or ""))

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/mcp"
    run = run_of({url: {"token": "TOKEN"}})
    leave = enter(run)
    try:
        with pytest.raises(ToolError) as raised:
            await agent("A", uses=lambda: (mcp(url),)).run("x")
    finally:
        await run.close()
        leave()
        await runner.cleanup()
    assert raised.value.kind == "unavailable"
    assert set(seen) == {"Bearer t0ps3cret"}
    assert "t0ps3cret" not in run.redact.clean(raised.value.message)


async def test_a_command_gets_what_its_table_names(tmp_path: Path) -> None:
    pytest.importorskip("mcp", reason="the SDK is not installed")
    server = Path(__file__).parents[1] / "harness" / "old_mcp_server.py"
    command = f"stdio:{sys.executable} -S {server}"
    run = run_of({f"stdio:{sys.executable}": {"env": ["TOKEN"]}}, (call("environment"), "y"))
    leave = enter(run)
    try:
        subject = agent("A", uses=lambda: (mcp(command, str(tmp_path)),))
        await subject.run("x")
        assert subject.last_context is not None
        assert "TOKEN" in subject.last_context.tool_results[0]
    finally:
        await run.close()
        leave()
