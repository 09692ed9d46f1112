"""Runs started from the editor: a child process, its events, its progress, its end, whatever it does."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from harness.client import Client
from nexa.lsp.run_words import lasted, summary
from nexa.lsp.streams import is_alive

FAKE = str(Path(__file__).with_name("fake_run.py"))
WITH_FAKE = (
    sys.executable,
    "-c",
    f"import sys; from nexa.lsp import start_io; sys.exit(start_io((sys.executable, {FAKE!r})))",
)
EVENTS = {"experimental": {"nexa": {"runEvents": True}}}
PROGRESS = {"window": {"workDoneProgress": True}}


@pytest.fixture
def editor(tmp_path):
    with Client(WITH_FAKE, cwd=tmp_path) as client:
        yield client
        if client.process.poll() is None:
            # It takes its runs along; a server that is killed would leave them behind, to slow down other tests.
            client.close_input()
            client.exit_code()


def start(client: Client, folder: Path, behaviour: str, **more) -> str:
    program = folder / "a program.nx"
    if not program.exists():
        program.write_text(behaviour)
    run = client.request(
        "workspace/executeCommand",
        {"command": "nexa.run", "arguments": [{"uri": program.as_uri(), "flow": "main", **more}]},
    )
    return run["runId"]


def events(client: Client) -> list[dict]:
    """Until the run is finished."""
    found = []
    while not found or found[-1]["event"] != "run.finished":
        found.append(client.notification("nexa/runEvent"))
    return found


def progress(client: Client, token: str) -> list[dict]:
    found = []
    while not found or found[-1]["kind"] != "end":
        params = client.notification("$/progress")
        assert params["token"] == token
        found.append(params["value"])
    return found


def test_events_go_to_clients_that_ask_for_them(editor, tmp_path):
    editor.initialize(EVENTS)
    run = start(editor, tmp_path, "talk", args={"topic": "tides", "depth": 2})
    heard = events(editor)
    assert [e["event"] for e in heard] == ["run.started", "node.started", "print", "run.finished"]
    assert {e["runId"] for e in heard} == {run}
    assert [e["seq"] for e in heard] == [0, 1, 2, 3]
    assert heard[0]["args"] == ["--flow", "main", "--arg", "topic=tides", "--arg", "depth=2", "--events", "jsonl"]


def test_a_run_starts_again_from_a_node(editor, tmp_path):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "talk", **{"from": {"run": "20300101T000000Z-aa", "node": "main#3"}})
    options = ["--flow", "main", "--from=20300101T000000Z-aa:main#3", "--events", "jsonl"]
    assert events(editor)[0]["args"] == options


def test_every_client_sees_progress_and_what_is_printed(editor, tmp_path):
    editor.initialize()
    run = start(editor, tmp_path, "talk")
    values = progress(editor, run)
    assert (values[0]["kind"], values[0]["title"], values[0]["cancellable"]) == ("begin", "Run main", True)
    assert values[-1]["message"] == "✓ 1.2 s · 812 tokens"
    assert {"type": 4, "message": "hello"} in [
        m["params"] for m in editor.seen if m.get("method") == "window/logMessage"
    ]
    assert not [m for m in editor.seen if m.get("method") == "nexa/runEvent"]


def test_the_cost_is_told_where_it_is_known(editor, tmp_path):
    editor.initialize()
    assert progress(editor, start(editor, tmp_path, "cost"))[-1]["message"] == "✓ 1.2 s · 812 tokens · $0.0123"


def test_a_client_with_progress_is_asked_for_a_token_first(editor, tmp_path):
    editor.initialize(PROGRESS)
    run = start(editor, tmp_path, "talk wait")
    assert editor.notification("window/workDoneProgress/create") == {"token": run}
    assert editor.notification("$/progress")["value"]["kind"] == "begin"
    editor.notify("window/workDoneProgress/cancel", {"token": run})
    assert progress(editor, run)[-1]["message"].startswith("cancelled")


def test_the_clients_own_token_is_used(editor, tmp_path):
    editor.initialize(PROGRESS)
    program = tmp_path / "a.nx"
    program.write_text("")
    arguments = [{"uri": program.as_uri(), "flow": "main"}]
    params = {"command": "nexa.run", "arguments": arguments, "workDoneToken": "mine"}
    editor.request("workspace/executeCommand", params)
    assert progress(editor, "mine")[-1]["kind"] == "end"


def test_garbage_between_the_events_is_survived(editor, tmp_path):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "garbage talk")
    assert [e["event"] for e in events(editor)] == ["run.started", "node.started", "print", "run.finished"]


def test_a_flood_of_events_arrives_in_order_and_the_server_still_answers(editor, tmp_path):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "flood")
    editor.start_request("nexa/nothing")
    assert [e["seq"] for e in events(editor)] == list(range(20_002))


def test_a_failure_is_said(editor, tmp_path):
    editor.initialize()
    run = start(editor, tmp_path, "fail")
    assert progress(editor, run)[-1]["message"] == "✗ no such model"
    shown = editor.notification("window/showMessage")
    assert (shown["type"], shown["message"]) == (1, "Run of main failed: no such model")


def test_a_crash_without_a_last_word_is_a_failure_with_its_reason(editor, tmp_path):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "crash")
    last = events(editor)[-1]
    assert (last["status"], last["error"]["message"]) == ("failed", "ValueError: the child broke")


def test_a_program_with_mistakes_is_a_failure_that_names_the_first(editor, tmp_path):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "mistakes")
    error = events(editor)[-1]["error"]
    assert error["message"] == "a.nx:1:5: error[NX201] `x` is not defined"
    assert error["detail"].endswith("Found 2 errors in 1 file.")


@pytest.mark.parametrize("behaviour", ["wait", "polite wait"])
def test_stop_ends_the_child(editor, tmp_path, behaviour):
    editor.initialize(EVENTS)
    run = start(editor, tmp_path, behaviour + " pid")
    wait_for_event(editor, "node.started")
    assert stop(editor, run) == {"stopped": True}
    assert events(editor)[-1]["status"] == "cancelled"
    wait_until_gone(int((tmp_path / "pid").read_text()))
    # Its last word comes before its end, which the server hears of later than the system.
    progress(editor, run)
    assert stop(editor, run) == {"stopped": False}


@pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")
def test_stop_ends_what_the_child_started(editor, tmp_path):
    editor.initialize(EVENTS)
    run = start(editor, tmp_path, "grandchild wait")
    wait_for_event(editor, "node.started")
    stop(editor, run)
    wait_until_gone(int((tmp_path / "grandchild").read_text()))


@pytest.mark.parametrize("ending", ["shutdown", "exit", "eof", "sigterm"])
def test_the_end_of_the_server_ends_its_runs(editor, tmp_path, ending):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "stubborn wait pid")
    wait_for_event(editor, "node.started")
    if ending == "shutdown":
        editor.shutdown()
    elif ending == "exit":
        editor.notify("exit")
    elif ending == "eof":
        editor.close_input()
    else:
        editor.process.terminate()
    editor.exit_code()
    wait_until_gone(int((tmp_path / "pid").read_text()))


def test_a_run_has_no_input_of_ours(editor, tmp_path):
    editor.initialize(EVENTS)
    start(editor, tmp_path, "input")
    assert [e["text"] for e in events(editor) if e["event"] == "print"] == ["''"]


def test_many_runs_at_once_are_refused(editor, tmp_path):
    editor.initialize()
    for _ in range(32):
        start(editor, tmp_path, "wait")
    refused = editor.ask(
        "workspace/executeCommand",
        {"command": "nexa.run", "arguments": [{"uri": (tmp_path / "a program.nx").as_uri(), "flow": "main"}]},
    )
    assert "32 runs" in refused["error"]["message"]


@pytest.mark.parametrize(
    ("command", "arguments", "code"),
    [
        ("nexa.nothing", [], -32602),
        ("nexa.run", [], -32602),
        ("nexa.run", [5], -32602),
        ("nexa.run", [{"uri": 5}], -32602),
        ("nexa.run", [{"uri": "untitled:x"}], -32803),
        ("nexa.run", [{"uri": "file:///no/such/file.nx"}], -32803),
        ("nexa.stop", [{}], -32602),
        ("nexa.input", [{"runId": "x"}], -32602),
    ],
)
def test_wrong_arguments_are_answered(editor, command, arguments, code):
    editor.initialize()
    answer = editor.ask("workspace/executeCommand", {"command": command, "arguments": arguments})
    assert answer["error"]["code"] == code, answer


@pytest.mark.parametrize(
    "start_at", [None, "last", {"run": "last"}, {"run": "", "node": "main#0"}, {"run": "last", "node": 3}], ids=str
)
def test_from_is_a_run_and_a_node(editor, tmp_path, start_at):
    editor.initialize()
    program = tmp_path / "a.nx"
    program.write_text("talk")
    argument = {"uri": program.as_uri(), "from": start_at}
    answer = editor.ask("workspace/executeCommand", {"command": "nexa.run", "arguments": [argument]})
    assert answer["error"]["code"] == -32602
    assert "`run` and the `node`" in answer["error"]["message"]


def test_a_run_gets_the_line_that_it_asks_for(editor, tmp_path):
    editor.initialize({"experimental": {"nexa": {"runEvents": True, "runInput": True}}})
    run = start(editor, tmp_path, "ask")
    wait_for_event(editor, "input.requested")
    line = {"runId": run, "text": "Ann 客😀"}
    taken = editor.request("workspace/executeCommand", {"command": "nexa.input", "arguments": [line]})
    assert taken == {"taken": True}
    assert editor.notification("nexa/runEvent")["text"] == repr("Ann 客😀\n")
    wait_for_event(editor, "run.finished")
    stray = {**line, "runId": "nobody"}
    assert editor.request("workspace/executeCommand", {"command": "nexa.input", "arguments": [stray]}) == {
        "taken": False
    }


def test_nobody_is_waited_for_who_cannot_answer(editor, tmp_path):
    editor.initialize(EVENTS)
    run = start(editor, tmp_path, "ask")
    assert [one["text"] for one in events(editor) if one["event"] == "print"] == [repr("")]
    line = {"runId": run, "text": "x"}
    assert editor.request("workspace/executeCommand", {"command": "nexa.input", "arguments": [line]}) == {
        "taken": False
    }


def stop(client: Client, run: str) -> dict:
    return client.request("workspace/executeCommand", {"command": "nexa.stop", "arguments": [{"runId": run}]})


def wait_for_event(client: Client, name: str) -> None:
    while client.notification("nexa/runEvent")["event"] != name:
        pass


def wait_until_gone(process: int) -> None:
    deadline = time.monotonic() + 30
    while is_alive(process) and not _is_zombie(process):
        assert time.monotonic() < deadline, f"{process} is still alive"
        time.sleep(0.02)


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 ms"),
        (0.0123, "12 ms"),
        (0.0994, "99 ms"),
        (0.0996, "0.1 s"),
        (0.1, "0.1 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (200.2, "3 min 20 s"),
    ],
)
def test_a_time_in_words(seconds, words):
    assert lasted(seconds) == words
    assert summary({"status": "ok", "seconds": seconds}) == f"✓ {words}"
