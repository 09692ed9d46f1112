"""The commands with the real command line behind them: a run, a build, a graph."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from harness.client import PATIENCE, Client
from harness.dap import Debugger
from nexa.lsp.ports import free_port

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


SERVED = """\
agent Bot { prompt: "Answer." }
flow greet(name: str) { return json({hello: name}) }
server 客Lobby 8085 {
    route GET "/hello/{name}" => greet
}
job Sweep {
    perform(text: str) { print(text >> Bot) }
}
flow main { Sweep.enqueue({"text": "dust"}) }
"""


def lenses(client, uri: str) -> list[tuple[str, dict]]:
    found = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    commands = [one["command"] for one in found if "command" in one]
    return [(one["title"], one.get("arguments", [{}])[0]) for one in commands]


def clicked(client, uri: str, title: str, flow: str) -> str:
    """A click on the lens above something: the id of its run."""
    argument = next(one for text, one in lenses(client, uri) if text == title and one["flow"] == flow)
    return command(client, "nexa.run", **argument, mock=True)["result"]["runId"]


def until_log(client, text: str) -> dict:
    while True:
        event = client.notification("nexa/runEvent")
        if event["event"] == "log" and text in event["text"]:
            return event
        assert event["event"] != "run.finished", event


def test_a_server_is_served_until_it_is_stopped(offline, tmp_path):
    path = tmp_path / "desk.nx"
    text = SERVED.replace(" 8085 ", f" {free_port()} ")
    path.write_text(text, encoding="utf-8")
    uri = path.as_uri()
    refreshes = {"workspace": {"codeLens": {"refreshSupport": True}}}
    offline.initialize({"experimental": {"nexa": {"runEvents": True}}, **refreshes})
    offline.open(uri, text)
    run = clicked(offline, uri, "▷ Serve", "客Lobby")
    assert {"● starting", "■ Stop"} <= {title for title, _ in lenses(offline, uri)}
    address = until_log(offline, "listens on")["address"]
    with urllib.request.urlopen(f"{address}/hello/Ann", timeout=PATIENCE) as answer:
        assert json.loads(answer.read()) == {"hello": "Ann"}
    shown = dict(lenses(offline, uri))
    assert f"● {address}" in shown
    assert "runs already" in command(offline, "nexa.run", uri=uri, flow="客Lobby")["error"]["message"]
    assert command(offline, "nexa.stop", **shown["■ Stop"])["result"] == {"stopped": True}
    assert shown["■ Stop"] == {"runId": run}
    while offline.notification("nexa/runEvent")["event"] != "run.finished":
        pass
    offline.wait_for(lambda m: m.get("method") == "$/progress" and m["params"]["value"]["kind"] == "end")
    assert not [title for title, _ in lenses(offline, uri) if title[0] in "●■✓✗" or "after" in title]


def test_jobs_are_worked_off_until_the_worker_is_stopped(offline, tmp_path):
    path = tmp_path / "desk.nx"
    path.write_text(SERVED, encoding="utf-8")
    uri = path.as_uri()
    offline.initialize({"experimental": {"nexa": {"runEvents": True}}})
    offline.open(uri, SERVED)
    clicked(offline, uri, "▷ Run", "main")
    while offline.notification("nexa/runEvent")["event"] != "run.finished":
        pass
    clicked(offline, uri, "▷ Start worker", "Sweep")
    until_log(offline, "completed")
    shown = dict(lenses(offline, uri))
    assert "● at work" in shown
    command(offline, "nexa.stop", **shown["■ Stop"])
    while offline.notification("nexa/runEvent")["event"] != "run.finished":
        pass


def test_a_server_that_cannot_listen_says_why(offline, tmp_path):
    path = tmp_path / "desk.nx"
    offline.initialize()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        text = SERVED.replace(" 8085 ", f" {taken.getsockname()[1]} ")
        path.write_text(text, encoding="utf-8")
        offline.open(path.as_uri(), text)
        clicked(offline, path.as_uri(), "▷ Serve", "客Lobby")
        assert "is in use" in offline.notification("window/showMessage")["message"]
    assert any(title.startswith("✗ port ") for title, _ in lenses(offline, path.as_uri()))


@pytest.mark.parametrize(("name", "more"), [("nexa.run", {"args": {"a": "b"}}), ("nexa.debug", {})])
def test_what_a_server_does_not_take(offline, tmp_path, name, more):
    path = tmp_path / "desk.nx"
    path.write_text(SERVED, encoding="utf-8")
    offline.initialize()
    answer = command(offline, name, uri=path.as_uri(), flow="客Lobby", **more)
    assert "it is a server" in answer["error"]["message"]


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
