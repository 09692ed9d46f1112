"""`run`: flows in processes of their own, where the user allowed it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.agent import Agent, agent, write

PROGRAM = """\
agent Writer { prompt: "Write." }

flow main(topic: str = "tides", count: int = 1) -> str {
    print("你好 #{topic} #{count + 1}")
    return topic >> Writer
}

flow fails { raise ValueError("too bad") }

flow waits(seconds: int = 60) {
    print("waiting")
    std.time.sleep(seconds)
}
"""

WAITS_FOR_EVER = """\
flow main {
    python! \"""
import os, time, pathlib
pathlib.Path("child.pid").write_text(str(os.getpid()))
time.sleep(120)
\"""
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"nexa.toml": '[check]\nharness = "off"\n', "a.nx": PROGRAM, "broken.nx": "flow main { print(nobody) }\n"}
    return write(tmp_path_factory.mktemp("run"), {**files, "waits.nx": WAITS_FOR_EVER})


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Agent]:
    with agent(folder, "--allow-run") as one:
        yield one


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    with Path(f"/proc/{process}/stat").open() as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def until(holds: object, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_there_is_no_such_tool_unless_the_user_allows_it(folder: Path) -> None:
    with agent(folder) as client:
        assert "run" not in client.tools
        assert "--allow-run" in client.declined("run", path="a.nx")


def test_a_run_tells_what_happened(client: Agent) -> None:
    assert not client.tools["run"]["annotations"]["readOnlyHint"]
    answer = client.check("run", path="a.nx", args={"topic": "tea", "count": 2})
    assert answer["status"] == "ok"
    assert answer["output"] == "你好 tea 3\n"
    assert [one["node"] for one in answer["steps"] if one["node"].startswith("main#")]
    assert answer["value"]
    kept = client.check("runs")["runs"]
    assert kept[0]["status"] == "ok"
    assert client.check("runs", run="last")["events"][0]["event"] == "run.started"


def test_a_run_that_fails_says_why(client: Agent) -> None:
    answer = client.call("run", path="a.nx", flow="fails")
    assert (answer["is_failure"], answer["status"]) == (True, "failed")
    assert "too bad" in answer["text"]


def test_a_program_with_mistakes_is_not_run(client: Agent) -> None:
    answer = client.call("run", path="broken.nx")
    assert answer["is_failure"]
    assert "broken.nx:1:19" in answer["messages"]
    assert "outside of the roots" in client.declined("run", path="../a.nx")
    assert "no such file" in client.declined("run", path="missing.nx")
    assert "no flow" in client.call("run", path="a.nx", flow="lost")["text"].replace("There is", "there is")


def test_a_run_ends_when_its_time_is_over(client: Agent, folder: Path) -> None:
    answer = client.call("run", path="waits.nx", timeout=2)
    assert (answer["is_failure"], answer["status"]) == (True, "timeout")
    pid = folder / "child.pid"
    if pid.exists():  # on a slow machine the time may be over before the program begins
        until(lambda: not is_alive(int(pid.read_text())))


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes as Linux shows them")
def test_a_run_can_be_called_off_while_others_are_answered(client: Agent, folder: Path) -> None:
    pid = folder / "child.pid"
    pid.unlink(missing_ok=True)
    number = client.begin("tools/call", {"name": "run", "arguments": {"path": "waits.nx"}})
    until(lambda: pid.exists() and pid.read_text())
    assert client.check("check", path="a.nx")["errors"] == 0
    process = int(pid.read_text())
    assert is_alive(process)
    client.send({"method": "notifications/cancelled", "params": {"requestId": number}})
    until(lambda: not is_alive(process))
    assert client.ask("ping") == {}


@pytest.mark.skipif(not Path("/proc").exists(), reason="as above")
def test_runs_end_with_the_server(folder: Path) -> None:
    pid = folder / "child.pid"
    pid.unlink(missing_ok=True)
    with agent(folder, "--allow-run") as client:
        client.begin("tools/call", {"name": "run", "arguments": {"path": "waits.nx"}})
        until(lambda: pid.exists() and pid.read_text())
        process = int(pid.read_text())
    until(lambda: not is_alive(process))


def test_progress_is_told_to_who_asks(client: Agent) -> None:
    client.told.clear()
    arguments = {"path": "a.nx"}
    number = client.begin("tools/call", {"name": "run", "arguments": arguments, "_meta": {"progressToken": "p"}})
    assert not client.end(number)["result"]["isError"]
    told = [one["params"] for one in client.told if one["method"] == "notifications/progress"]
    assert told
    assert {one["progressToken"] for one in told} == {"p"}
    assert "Writer" in json.dumps(told)
    assert sorted({one["progress"] for one in told}) == [one["progress"] for one in told]


def test_what_a_program_prints_never_reaches_the_stream(client: Agent, folder: Path) -> None:
    block = 'python! """\nprint(\'{"jsonrpc": "2.0"}\')\n"""'
    write(folder, {"loud.nx": f'flow main {{\n    {block}\n    print("done")\n}}\n'})
    assert "done" in client.check("run", path="loud.nx")["output"]
