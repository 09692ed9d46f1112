"""The commands with the real command line behind them: a run, a build, a graph."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness.client import PATIENCE, Client

PROGRAM = """\
agent Writer { prompt: "Write." }
agent Critic { prompt: "Judge." }
flow main(topic: str = "客😀") -> str {
    print("about #{topic}")
    return topic >> Writer >> Critic
}
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "a b.nx"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def command(client, name: str, **arguments):
    return client.ask("workspace/executeCommand", {"command": name, "arguments": [arguments]})


@pytest.fixture
def offline():
    """A server whose runs never touch the network."""
    with Client(env={"NEXA_LLM": "mock"}) as client:
        yield client


def test_a_program_runs_in_a_child_process(offline, program):
    raw = offline
    raw.initialize({"experimental": {"nexa": {"runEvents": True}}})
    answer = command(raw, "nexa.run", uri=program.as_uri(), flow="main", args={"topic": "tides"})
    events = []
    while not events or events[-1]["event"] != "run.finished":
        events.append(raw.notification("nexa/runEvent"))
    assert {one["runId"] for one in events} == {answer["result"]["runId"]}
    assert events[0]["event"] == "run.started"
    assert [one["text"].strip() for one in events if one["event"] == "print"] == ["about tides"]
    assert events[-1]["status"] == "ok", events[-1]
    nodes = {one["node"] for one in events if one["event"] == "node.started"}
    drawn = {node["id"] for node in raw.request("nexa/graph", {"textDocument": {"uri": program.as_uri()}})["nodes"]}
    assert nodes
    assert nodes <= drawn


def test_a_program_with_mistakes_says_so_and_does_not_run(raw, program):
    program.write_text("flow main { Nobody.run(1) }\n")
    raw.initialize({})
    command(raw, "nexa.run", uri=program.as_uri(), flow="main")
    assert "failed" in raw.notification("window/showMessage")["message"]


def test_a_build_says_what_it_wrote(client, program):
    answer = command(client, "nexa.build", uri=program.as_uri())
    written = Path(answer["result"]["path"])
    assert written == program.with_name("out_a_b.py")
    assert answer["result"]["uri"] == written.as_uri()
    assert subprocess.run([sys.executable, "-m", "py_compile", written], timeout=PATIENCE).returncode == 0


def test_a_build_that_fails_is_an_error_with_its_reason(client, program):
    program.write_text("flow main { Nobody.run(1) }\n")
    answer = command(client, "nexa.build", uri=program.as_uri())
    assert answer["error"]["code"] == -32803
    assert "Nobody" in answer["error"]["message"]


def test_a_graph_is_drawn_from_the_buffer_with_ranges(client, program):
    client.open(program.as_uri(), "\n" + PROGRAM)
    for graph in (
        command(client, "nexa.graph", uri=program.as_uri(), flow="main")["result"],
        client.request("nexa/graph", {"textDocument": {"uri": program.as_uri()}}),
    ):
        callees = {node["callee"]: node for node in graph["nodes"]}
        assert (graph["version"], graph["flow"], graph["uri"]) == (1, "main", program.as_uri())
        assert {"Writer", "Critic"} <= set(callees)
        assert callees["Critic"]["range"] == {
            "start": {"line": 5, "character": 30},
            "end": {"line": 5, "character": 36},
        }
        pairs = {(edge["source"], edge["target"]) for edge in graph["edges"]}
        assert (callees["Writer"]["id"], callees["Critic"]["id"]) in pairs


def test_a_graph_of_no_flow_is_null(client, program):
    assert client.request("nexa/graph", {"textDocument": {"uri": program.as_uri()}, "flow": "other"}) is None
    assert client.ask("nexa/graph", {"flow": "main"})["error"]["code"] == -32602
    assert client.ask("nexa/graph")["error"]["code"] == -32602


def test_unsaved_changes_are_told(client, program):
    client.open(program.as_uri(), PROGRAM + "// more\n")
    command(client, "nexa.build", uri=program.as_uri())
    assert "unsaved" in client.notification("window/showMessage")["message"]


def test_a_restart_derives_everything_again(client, program):
    client.open(program.as_uri(), "flow main { Nobody.run(1) }\n")
    assert client.diagnostics(program.as_uri(), 1)
    assert command(client, "nexa.restart")["result"] is None
    client.change(program.as_uri(), 2, {"text": "flow main { print(1) }\n"})
    assert client.diagnostics(program.as_uri(), 2) == []
