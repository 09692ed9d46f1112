"""The commands with the real command line behind them: a run, a build, a graph."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from harness.client import PATIENCE, Client
from harness.dap import Debugger

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


def run_events(client, program, **arguments):
    command(client, "nexa.run", uri=program.as_uri(), flow="main", **arguments)
    events = []
    while not events or events[-1]["event"] != "run.finished":
        events.append(client.notification("nexa/runEvent"))
    return events


def test_a_program_runs_again_from_a_node(offline, program):
    offline.initialize({"experimental": {"nexa": {"runEvents": True}}})
    first = run_events(offline, program, args={"topic": "tides 客"})
    run = first[0]["run"]
    second = run_events(offline, program, **{"from": {"run": run, "node": "main#1"}})
    assert second[0]["args"] == {"topic": "tides 客"}
    assert second[0]["rerun"] == {"run": run, "node": "main#1"}
    ends = [(one["node"], one.get("replayed")) for one in second if one["event"] == "node.finished"]
    assert ends == [("main#0", True), ("main#1", None)]
    assert second[-1]["usage"]["replayed"] == 1
    third = run_events(offline, program, **{"from": {"run": "last", "node": "main#9"}})
    assert third[-1]["status"] == "failed"
    assert "did not come to a node main#9; it ran main#0, main#1" in third[-1]["error"]["message"]


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


def test_a_graph_says_what_is_broken(client, program):
    client.open(program.as_uri(), "flow main { x = Nobody.run(1) }\n")
    graph = client.request("nexa/graph", {"textDocument": {"uri": program.as_uri()}})
    assert [node.get("broken") for node in graph["nodes"]] == [True]


def test_runnables_are_told_with_what_they_take(client, program):
    text = '"客😀"; flow main(topic: str = "客", n) { }\ntest "it works" { }\n'
    client.open(program.as_uri(), text)
    main, test = client.request("nexa/runnables", {"textDocument": {"uri": program.as_uri()}})
    assert main["params"] == [{"name": "topic", "type": "str", "default": '"客"'}, {"name": "n"}]
    assert (main["kind"], main["name"], test["kind"], test["name"]) == ("flow", "main", "test", "it works")
    assert test["range"]["start"] == {"line": 1, "character": 5}
    nowhere = (program.parent / "nowhere.nx").as_uri()
    assert client.request("nexa/runnables", {"textDocument": {"uri": nowhere}}) == []


def test_a_flow_is_debugged_by_any_editor(offline, program):
    pytest.importorskip("debugpy", reason="debugpy is not installed")
    offline.initialize()
    answer = command(offline, "nexa.debug", uri=program.as_uri(), flow="main", args={"topic": "tides"})["result"]
    assert f"{answer['host']}:{answer['port']}" in offline.notification("window/showMessage")["message"]
    with Debugger.connected(answer["host"], answer["port"]) as debugger:
        debugger.ask("initialize", adapterID="nexa", pathFormat="path", linesStartAt1=True, columnsStartAt1=True)
        attached = debugger.start("attach", type="python", request="attach", justMyCode=True)
        debugger.event("initialized")
        debugger.ask("setBreakpoints", source={"path": str(program)}, breakpoints=[{"line": 4}])
        debugger.ask("configurationDone")
        debugger.answer(attached)
        why, line, found = debugger.stop_at()
    assert (why, line, found["topic"]) == ("breakpoint", 4, "'tides'")
    command(offline, "nexa.stop", runId=answer["runId"])


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
