"""Debugging with the real debugpy: breakpoints, locals and steps in the lines and names of Nexa."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from io import BytesIO
from pathlib import Path

import pytest

from harness.dap import Debugger
from nexa.cli.dap import launch, refuse
from nexa.cli.dap_messages import framed, read_message
from nexa.cli.debugger import MISSING

PROGRAM = """\
agent Writer { prompt: "Write." }
fn double(n: int) -> int {
    twice = n * 2
    return twice
}
flow main(客: str = "tides", n: int = 1) -> str {
    n = double(n)
    draft = 客
        >> Writer
    for i in [1, 2] {
        note = "#{i}: #{draft}"
        print(note)
    }
    return draft
}
test "doubling" {
    found = double(4)
    assert found == 8
}
"""
SERVER = (sys.executable, "-m", "nexa.cli", "dap")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "a b.nx"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


@pytest.fixture
def debugger(tmp_path: Path):
    pytest.importorskip("debugpy", reason="debugpy is not installed")
    with Debugger.started(SERVER, NEXA_LLM="mock", NEXA_CACHE_DIR=str(tmp_path / "cache")) as one:
        one.ask("initialize", adapterID="nexa", pathFormat="path", linesStartAt1=True, columnsStartAt1=True)
        yield one


def started(debugger: Debugger, program: Path, lines: list[int], **arguments) -> None:
    launched = debugger.start("launch", type="nexa", request="launch", program=str(program), **arguments)
    debugger.event("initialized")
    places = [{"line": line} for line in lines]
    set_ones = debugger.ask("setBreakpoints", source={"path": str(program)}, breakpoints=places)["breakpoints"]
    assert [(one["verified"], one["line"]) for one in set_ones] == [(True, line) for line in lines]
    debugger.ask("configurationDone")
    debugger.answer(launched)


def step(debugger: Debugger, command: str) -> tuple[int, dict[str, str]]:
    debugger.ask(command, threadId=1)
    _, line, found = debugger.stop_at()
    return line, found


def test_a_flow_stops_where_it_is_told_and_steps_line_by_line(debugger, program):
    started(debugger, program, [3], args={"n": 21})
    why, line, found = debugger.stop_at()
    assert (why, line, found["n"]) == ("breakpoint", 3, "21")
    frames = debugger.ask("stackTrace", threadId=1)["stackFrames"]
    names = [(frame["name"], frame["line"]) for frame in frames if frame["source"]["path"] == str(program)]
    assert names == [("double", 3), ("main", 7)]
    assert step(debugger, "next") == (4, {"n": "21", "twice": "42"})
    line, found = step(debugger, "stepOut")
    while line == 7:
        line, found = step(debugger, "next")
    assert (line, found["n"], found["客"]) == (8, "42", "'tides'")
    lines = []
    while line != 14:
        line, found = step(debugger, "next")
        lines += [line] if lines[-1:] != [line] else []
    assert [one for one in lines if one >= 10] == [10, 11, 12, 10, 11, 12, 10, 14]
    assert found["draft"] == "'[Writer] tides'"
    debugger.ask("continue", threadId=1)
    debugger.event("terminated")
    assert "1: [Writer] tides\n2: [Writer] tides\n" in debugger.output()


def test_stepping_never_leaves_the_program(debugger, program):
    started(debugger, program, [7])
    assert debugger.stop_at()[1] == 7
    lines = [step(debugger, "stepIn")[0] for _ in range(6)]
    assert lines[0] == 3
    for _ in range(3):
        frames = debugger.ask("stackTrace", threadId=1)["stackFrames"]
        assert frames[0]["source"]["path"] == str(program)
        step(debugger, "stepIn")
    assert debugger.output("important") == ""


def test_a_condition_and_a_value_are_written_as_in_the_program(debugger, program):
    launched = debugger.start("launch", type="nexa", request="launch", program=str(program))
    debugger.event("initialized")
    place = {"line": 12, "condition": "i == 2"}
    debugger.ask("setBreakpoints", source={"path": str(program)}, breakpoints=[place])
    debugger.ask("configurationDone")
    debugger.answer(launched)
    _, line, found = debugger.stop_at()
    assert (line, found["i"]) == (12, "2")
    frame = debugger.ask("stackTrace", threadId=1)["stackFrames"][0]["id"]
    assert (
        debugger.ask("evaluate", expression="note", frameId=frame, context="hover")["result"] == "'2: [Writer] tides'"
    )


def test_a_test_is_debugged(debugger, program):
    started(debugger, program, [18], test="doubling")
    assert debugger.stop_at()[1:] == (18, {"found": "8"})


def test_without_debugpy_the_editor_is_told_what_to_install():
    answer = BytesIO()
    asked = {"seq": 7, "type": "request", "command": "initialize", "arguments": {}}
    assert refuse(BytesIO(framed(asked)), answer) == 1
    told = read_message(BytesIO(answer.getvalue()))
    assert told is not None
    assert (told["request_seq"], told["success"], told["message"]) == (7, False, MISSING)


def test_a_person_at_a_terminal_is_told_too(tmp_path):
    code = "import sys; sys.modules['debugpy'] = None; from nexa.cli import main; sys.exit(main(['dap']))"
    done = subprocess.run([sys.executable, "-c", code], input=b"", capture_output=True, cwd=tmp_path, timeout=60)
    assert done.returncode == 2
    assert MISSING in done.stderr.decode()


def test_what_is_asked_for_becomes_a_command_line(tmp_path):
    def line(**asked: object) -> list[str]:
        return launch({"program": "/w/a.nx", **asked})["args"][2:]

    assert line() == ["--flow", "main", "--debug"]
    named = line(flow="other", args={"n": 3, "s": "x=y", "b": True}, mock=True, config="staging")
    assert named[:8] == ["--flow", "other", "--arg", "n=3", "--arg", "s=x=y", "--arg", "b=true"]
    assert named[8:] == ["--mock", "--config", "staging", "--debug"]
    assert line(args=["n=3"]) == ["--flow", "main", "--arg", "n=3", "--debug"]
    assert line(test="it works") == ["--title", "it works"]
    assert launch({"program": "/w/a.nx", "env": {"A": "b"}})["env"] == {"A": "b"}


TASKS = """\
agent Reporter { prompt: "Report." }
flow collect(first: str) -> str {
    found = receive(2000): str
    return "#{first}, #{found}"
}
@tool("Doubles")
fn twice(n: int) -> int {
    doubled = n * 2
    return doubled
}
flow main {
    inbox = spawn collect("one")
    pass "two" to inbox
    late = spawn(fn() {
        told = "late"
        told
    })
    both = parallel([fn() => twice(1), fn() => twice(2)])
    ticker = schedule(every 20ms, fn() {
        print("tick")
    })
    sleep_ms(50)
    cancel_schedule(ticker)
    print(await inbox, await late, both)
}
"""


def test_tasks_actors_schedules_and_tools_in_threads_are_debugged(debugger, tmp_path):
    program = tmp_path / "tasks.nx"
    program.write_text(TASKS, encoding="utf-8")
    started(debugger, program, [4, 9, 15, 20])
    seen: dict[int, dict[str, str]] = {}
    while len(seen) < 4:
        stopped = debugger.event("stopped")
        frame = debugger.ask("stackTrace", threadId=stopped["threadId"])["stackFrames"][0]
        scopes = debugger.ask("scopes", frameId=frame["id"])["scopes"]
        variables = debugger.ask("variables", variablesReference=scopes[0]["variablesReference"])["variables"]
        seen[frame["line"]] = {one["name"]: one["value"] for one in variables}
        if frame["line"] == 20:
            debugger.ask("setBreakpoints", source={"path": str(program)}, breakpoints=[])
        debugger.ask("continue", threadId=stopped["threadId"])
    assert seen[4]["found"] == "'two'"
    assert seen[9]["doubled"] in ("2", "4")
    debugger.event("terminated")
    assert "one, two late [2,4]\n" in debugger.output()


SERVED = """\
agent Desk { prompt: "Answer." }
flow hello(name: str) {
    said = "hello #{name}"
    return said
}
flow ask(name: str) {
    return name >> Desk
}
server Front 8085 {
    route GET "/hello/{name}" => hello
    route GET "/ask/{name}" => ask
}
schedule(every 50ms, fn() {
    print("tick")
})
"""


def test_requests_of_a_server_are_debugged(debugger, tmp_path):
    program = tmp_path / "served.nx"
    program.write_text(SERVED, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started(debugger, program, [3], env={"NEXA_PORT": str(port)})
    answers: list[str] = []

    def ask(path: str) -> None:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as got:
                    answers.append(got.read().decode())
                return
            except urllib.error.URLError:
                time.sleep(0.1)

    asking = threading.Thread(target=ask, args=("/hello/you",), daemon=True)
    asking.start()
    why, line, found = debugger.stop_at()
    assert (why, line, found["name"]) == ("breakpoint", 3, "'you'")
    assert step(debugger, "next") == (4, {"name": "'you'", "said": "'hello you'"})
    debugger.ask("setBreakpoints", source={"path": str(program)}, breakpoints=[])
    debugger.ask("continue", threadId=1)
    asking.join(30)
    ask("/ask/me")
    assert answers == ["hello you", "[Desk] me"]
    while "tick" not in debugger.event("output")["output"]:
        pass
    debugger.ask("terminate")
    debugger.event("terminated")
