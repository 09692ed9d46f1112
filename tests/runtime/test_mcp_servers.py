"""Tools of MCP servers: a real one, as a process of its own, over its streams and over the loopback interface."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nexa.runtime.agents import agent
from nexa.runtime.config import Settings
from nexa.runtime.declared_tool import tool
from nexa.runtime.errors import ToolError
from nexa.runtime.hooks import Hook
from nexa.runtime.testing import Result, ScriptedModel, call, run_flow
from nexa.runtime.tools import mcp

pytest.importorskip("mcp", reason="the SDK is not installed")

HARNESS = Path(__file__).parents[1] / "harness"
SERVER = HARNESS / "mcp_server.py"
OLD = f"stdio:{sys.executable} -S {HARNESS / 'old_mcp_server.py'}"
ONLINE = Settings()


def asked(uses: Any, *answers: Any, settings: Settings = ONLINE, **properties: Any) -> tuple[Result, ScriptedModel]:
    model = ScriptedModel(answers)
    subject = agent("A", uses=lambda: uses, **properties)
    return run_flow(subject.run, "x", model=model, settings=settings), model


def told(model: ScriptedModel) -> list[str]:
    return [message.text for message in model.requests[-1].messages if message.role == "tool"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(SERVER), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                pass
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        process.kill()
        process.wait()


def test_what_a_server_lists_is_offered_and_called(url: str) -> None:
    calls = [call("add", a=2, b=3), call("rate", currency="EUR"), call("greet", name="Ann"), call("picture")]
    result, model = asked((mcp(url),), *calls, "done")
    assert result.value == "done"
    assert told(model) == ["5", '{"currency":"EUR","rate":1.25}', "Hello, Ann!", "picture"]
    offered = {spec.name: spec for spec in model.requests[0].tools}
    assert offered["add"].description == "Adds two numbers."
    assert offered["add"].parameters["required"] == ["a"]
    assert offered["add"].parameters["properties"]["a"]["type"] == "integer"
    assert [line["output"] for line in result.of_kind("tool.finished")][:2] == [5, {"currency": "EUR", "rate": 1.25}]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (call("refuse", why="no money"), "Error (ToolError): Error executing tool refuse: no money"),
        (call("add"), "Error (arguments): the arguments of add do not fit: a: field required"),
        (call("add", a=1, c=2), "Error (arguments): add has no parameter 'c'"),
        (call("add", a="many"), "Error (ToolError): "),
    ],
)
def test_what_goes_wrong_is_told_to_the_model(url: str, wrong: Any, reason: str) -> None:
    result, model = asked((mcp(url),), wrong, "sorry")
    assert result.value == "sorry"
    assert told(model)[0].startswith(reason)


def test_a_declared_tool_is_the_one_of_its_name(url: str) -> None:
    declared = tool("Greet", mcp=url, description="Be polite.")
    _, model = asked((declared,), call("Greet", name="Ann"), "y")
    assert [(spec.name, spec.description) for spec in model.requests[0].tools] == [("Greet", "Be polite.")]
    assert told(model) == ["Hello, Ann!"]


def test_a_declared_tool_of_another_name_is_all_of_them_under_its_rules(url: str) -> None:
    seen: list[str] = []

    async def hook(use: Any) -> None:
        seen.append(use.name)

    declared = tool("Ledger", mcp=url, permission="cash")
    hooks = (Hook("before_tool", hook, tool="Ledger"),)
    _, model = asked((declared,), call("add", a=1), "y", hooks=hooks, permissions=["cash"])
    assert {"add", "rate", "greet"} <= {spec.name for spec in model.requests[0].tools}
    assert seen == ["add"]
    result, _ = asked((declared,), call("add", a=1), "never")
    assert isinstance(result.error, ToolError)
    assert result.error.kind == "permission"


def test_the_program_may_call_a_declared_tool(url: str) -> None:
    add = tool("add", mcp=url)

    async def body() -> Any:
        return [await add(1, b=2), await add.run(4)]

    assert run_flow(body, settings=ONLINE).value == [3, 5]


def test_a_failure_is_an_error_of_the_program(url: str) -> None:
    refuse = tool("refuse", mcp=url)
    error = run_flow(refuse.run, "no money", settings=ONLINE).error
    assert isinstance(error, ToolError)
    assert "no money" in error.message


def test_the_same_over_standard_streams(tmp_path: Path) -> None:
    _, model = asked((mcp(f"stdio:{sys.executable} {SERVER}", str(tmp_path)),), call("add", a=2, b=3), "done")
    assert told(model) == ["5"]


def test_agents_share_a_connection_for_the_whole_run(tmp_path: Path) -> None:
    used = (mcp(OLD, str(tmp_path)),)
    first, second = (agent(name, uses=lambda: used) for name in ("A", "B"))

    async def body() -> Any:
        return await asyncio.gather(first.run("x"), second.run("y"), first.run("z"))

    assert run_flow(body, model=ScriptedModel(["1", "2", "3"]), settings=ONLINE).value is not None
    assert len(started(tmp_path)) == 1


def started(folder: Path) -> list[int]:
    """The processes that servers have run as."""
    lines = (folder / "server.txt").read_text().splitlines()
    return [int(line.split()[1]) for line in lines if line.startswith("started")]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_process_of_a_server_ends_with_the_run(tmp_path: Path) -> None:
    asked((mcp(OLD, str(tmp_path)),), "y")
    assert not is_running(started(tmp_path)[0])


def test_a_run_that_is_cancelled_ends_its_servers(tmp_path: Path) -> None:
    subject = agent("A", uses=lambda: (mcp(OLD, str(tmp_path)),))

    async def body() -> Any:
        task = asyncio.ensure_future(subject.run("x"))
        while not (tmp_path / "server.txt").exists():
            await asyncio.sleep(0.01)
        task.cancel()
        return None

    run_flow(body, model=ScriptedModel([call("wait"), "y"]), settings=ONLINE)
    assert not is_running(started(tmp_path)[0])


def test_a_call_has_its_time_and_is_called_off(tmp_path: Path) -> None:
    subject = agent("A", uses=lambda: (mcp(OLD, str(tmp_path)),), tool_timeout=2)
    model = ScriptedModel([call("wait"), call("add", a=1), "y"])

    async def body() -> Any:
        value = await subject.run("x")
        while "notifications/cancelled" not in (tmp_path / "server.txt").read_text():
            await asyncio.sleep(0.01)
        return value

    assert run_flow(body, model=model, settings=ONLINE).value == "y"
    assert told(model) == ["Error (timeout): wait took longer than 2 s", "2"]


def test_a_server_that_dies_is_started_again_by_the_next_call(tmp_path: Path) -> None:
    result, model = asked((mcp(OLD, str(tmp_path)),), call("leave"), call("add", a=1), "y")
    assert result.value == "y"
    assert told(model)[0].startswith("Error (ToolError): leave of ")
    assert told(model)[1] == "2"
    assert len(started(tmp_path)) == 2


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("stdio:no-such-command --x", "cannot use the MCP server no-such-command: there is no command no-such-command"),
        ("stdio:", "needs a command"),
        (f"stdio:{sys.executable} -c pass", "cannot use the MCP server"),
        ("http://127.0.0.1:9/mcp", "cannot use the MCP server http://127.0.0.1:9/mcp: "),
        ("http://ann:secret@127.0.0.1:9/mcp?key=secret", "cannot use the MCP server http://127.0.0.1:9/mcp: "),
        ("tools.example.org", "'tools.example.org' is not an MCP server"),
    ],
)
def test_servers_that_cannot_be_used(address: str, reason: str, tmp_path: Path) -> None:
    result, _ = asked((mcp(address, str(tmp_path)),), "never")
    assert isinstance(result.error, ToolError)
    assert result.error.kind == "unavailable"
    assert reason in result.error.message
    assert "secret" not in result.error.message


def test_without_the_package_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "mcp", None)
    result, _ = asked((mcp(OLD, str(tmp_path)),), "never")
    assert "pip install 'nexa-lsp[mcp]'" in str(result.error)


def test_offline_no_server_is_asked_over_the_network() -> None:
    offline = Settings(offline=True)
    used = (mcp("https://tools.example.org/till"), tool("Ledger", mcp="https://tools.example.org/ledger"))
    result, model = asked(used, call("Ledger"), "y", settings=offline)
    assert result.value == "y"
    assert [spec.name for spec in model.requests[0].tools] == ["Ledger"]
    assert told(model) == [
        "Error (offline): the MCP server https://tools.example.org/ledger is not asked: this run is offline (mock)"
    ]
    assert [line["text"] for line in result.of_kind("log")] == [
        "the MCP server https://tools.example.org/till is not asked: this run is offline (mock)"
    ]


def test_a_process_is_started_beside_the_program_and_without_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1234")
    _, model = asked((mcp(OLD, str(tmp_path)),), call("environment"), call("folder"), "y")
    names, folder = told(model)
    assert "PATH" in names
    assert "OPENAI_API_KEY" not in names
    assert folder == str(tmp_path)


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="Windows has another way to interrupt")
def test_an_interrupted_program_leaves_no_server_behind(tmp_path: Path) -> None:
    program = f'agent A uses mcp:"{OLD}" {{ prompt: "x" tool_call_strategy: "required" }}\nflow main {{ A.run("x") }}\n'
    (tmp_path / "a.nx").write_text(program)
    (tmp_path / "script.toml").write_text('[[reply]]\n[[reply.call]]\nname = "wait"\n')
    command = [sys.executable, "-m", "nexa.cli", "run", "a.nx", "--mock-script", "script.toml", "--mock"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as process:
        while not (tmp_path / "server.txt").exists() and process.poll() is None:
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors.splitlines()[-1]) == (130, b"interrupted: the run was cancelled")
    assert not is_running(started(tmp_path)[0])
