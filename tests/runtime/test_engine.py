"""Starting, supervising and ending programs: outcomes, exit statuses, signals, what is told where."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from nexa.runtime import engine
from nexa.runtime.agents import agent
from nexa.runtime.arguments import ArgumentError, bound
from nexa.runtime.callables import Param, call_method_node, flow
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.engine import execute, run_program
from nexa.runtime.errors import Exit, PipelineError, SuspendExecution, ToolError
from nexa.runtime.program import Program, program
from nexa.runtime.protocols import Protocol
from nexa.runtime.run import Run, current
from nexa.runtime.run_options import RunOptions
from nexa.runtime.testing import FakeClock, ScriptedModel
from nexa.runtime.values import UNIT

Writer = agent("Writer", prompt="Write.")


async def flow_main(what: str = "") -> Any:
    current().print(f"doing {what}\n")
    return await EVENTS[what]() if what in EVENTS else what or UNIT


async def hand_over() -> Any:
    raise SuspendExecution("needs a human")


async def hand_over_inside() -> Any:
    error = SuspendExecution("needs a human")
    raise PipelineError("stage failed", cause=error) from error


async def leave() -> Any:
    raise Exit(7)


async def leave_well() -> Any:
    raise Exit(0)


async def fail() -> Any:
    raise ToolError("the saw is blunt")


async def fail_in_python() -> Any:
    return {}["missing"]


async def cancelled() -> Any:
    raise asyncio.CancelledError


async def write() -> Any:
    return await call_method_node("main#0", Writer, "run", "tides")


EVENTS: dict[str, Callable[[], Awaitable[Any]]] = {
    "suspend": hand_over,
    "suspend inside": hand_over_inside,
    "exit": leave,
    "exit well": leave_well,
    "fail": fail,
    "python": fail_in_python,
    "cancel": cancelled,
    "write": write,
}


def made(*, scripts: Any = (), graphs: Any = None, path: str = "a.nx") -> Program:
    return program(
        path=path, name="no_such_module", flows={"main": flow("main", flow_main)}, scripts=scripts, graphs=graphs
    )


async def outcome(what: str, **options: Any) -> tuple[engine.Outcome, list[Any]]:
    lines: list[Any] = []
    run = Run(sinks=[lines.append], provider=ScriptedModel(["All about tides."]), clock=FakeClock(), **options)
    return await run_program(run, made(), "main", {"what": what}), lines


@pytest.mark.parametrize(
    ("what", "status", "code"),
    [
        ("fine", "ok", 0),
        ("suspend", "suspended", 75),
        ("suspend inside", "suspended", 75),
        ("exit", "failed", 7),
        ("exit well", "ok", 0),
        ("fail", "failed", 1),
        ("python", "failed", 1),
        ("cancel", "cancelled", 130),
    ],
)
async def test_how_a_run_ends(what: str, status: str, code: int) -> None:
    ended, lines = await outcome(what)
    assert (ended.status, ended.code) == (status, code)
    assert [line["event"] for line in lines] == ["run.started", "print", "run.finished"]
    assert lines[-1]["status"] == status
    assert ("error" in lines[-1]) is (status in ("failed", "suspended"))


async def test_events_are_numbered_stamped_and_carry_the_graphs_spans() -> None:
    lines: list[Any] = []
    span = {"line": 3, "column": 5, "end_line": 3, "end_column": 11}
    run = Run(sinks=[lines.append], provider=ScriptedModel(["tides"]), nodes={"main#0": {"id": "main#0", "span": span}})
    await run_program(run, made(), "main", {"what": "write"})
    assert [line["seq"] for line in lines] == list(range(len(lines)))
    assert {line["run"] for line in lines} == {run.id}
    for line in lines:
        assert time.strptime(line["time"][:19], "%Y-%m-%dT%H:%M:%S")
        assert line["time"].endswith("Z")
        json.dumps(line)
    started = next(line for line in lines if line["event"] == "node.started")
    assert (started["node"], started["callee"], started["span"]) == ("main#0", "Writer", span)
    assert lines[0]["path"] == "a.nx"
    assert lines[0]["args"] == {"what": "write"}
    assert lines[-1]["value"] == "tides"
    assert lines[-1]["usage"] == {"model_calls": 1, "input_tokens": 0, "output_tokens": 0}


async def test_unit_has_no_value_in_the_last_event() -> None:
    assert "value" not in (await outcome(""))[1][-1]


async def test_scripts_run_in_order_before_the_flow() -> None:
    log: list[str] = []

    async def first() -> None:
        log.append("first")

    async def second() -> None:
        log.append("second")

    async def last() -> None:
        log.append("flow")

    ordered = program(path="a.nx", name="x", flows={"main": flow("main", last)}, scripts=(first, second))
    await run_program(Run(), ordered, "main", {})
    assert log == ["first", "second", "flow"]


async def test_the_background_is_waited_for_at_the_end() -> None:
    log: list[str] = []

    async def late() -> None:
        await asyncio.sleep(0.01)
        log.append("late")

    async def main() -> None:
        current().background.schedule("late", late)

    await run_program(Run(), program(path="a.nx", name="x", flows={"main": flow("main", main)}), "main", {})
    assert log == ["late"]


async def test_what_does_not_end_in_time_is_cancelled_and_logged() -> None:
    async def never() -> None:
        await asyncio.Event().wait()

    async def main() -> None:
        current().background.schedule("never", never)

    lines: list[Any] = []
    run = Run(Configuration(Secrets(environment={}), Settings(drain_timeout=0.01)), sinks=[lines.append])
    ended = await run_program(run, program(path="a.nx", name="x", flows={"main": flow("main", main)}), "main", {})
    assert ended.status == "ok"
    assert any("never" in line.get("text", "") for line in lines)


async def test_cancelling_a_run_unwinds_it_and_says_so() -> None:
    log: list[str] = []

    async def main() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            log.append("unwound")

    waiting = program(path="a.nx", name="x", flows={"main": flow("main", main)})
    task = asyncio.ensure_future(run_program(Run(), waiting, "main", {}))
    await asyncio.sleep(0.01)
    task.cancel()
    assert (await task).status == "cancelled"
    assert log == ["unwound"]


# Arguments


class Order(Protocol):
    item: str
    count: int = 1


class Stdin:
    def __init__(self, text: str, terminal: bool = False) -> None:
        self._text, self._terminal = text, terminal

    def isatty(self) -> bool:
        return self._terminal

    def read(self) -> str:
        return self._text


def needed(*types: Any) -> list[Param]:
    return [Param(name, each, required=True) for name, each in zip("abc", types, strict=False)]


@pytest.mark.parametrize(
    ("wanted", "text", "value"),
    [
        (str, "5", "5"),
        (Any, "5", "5"),
        (int, "5", 5),
        (float, "2", 2.0),
        (bool, "true", True),
        (list[int], "[1, 2]", [1, 2]),
        (dict[str, Any], '{"a": 1}', {"a": 1}),
        (int | None, "null", None),
        (str | None, "text", "text"),
        (Order, '{"item": "lamp", "count": "2"}', Order(item="lamp", count=2)),
    ],
)
def test_arguments_are_read_by_their_types(wanted: Any, text: str, value: Any) -> None:
    assert bound("f", needed(wanted), {"a": text}, None) == {"a": value}


def test_standard_input_fills_what_is_missing() -> None:
    stdin: Any = Stdin("a story\nof two lines\n")
    assert bound("f", needed(str), {}, stdin) == {"a": "a story\nof two lines"}
    stdin = Stdin('{"b": 5, "a": "x", "z": 0}')
    assert bound("f", needed(str, int), {}, stdin) == {"a": "x", "b": 5}
    assert bound("f", needed(str, int), {"a": "y"}, Stdin("7\n")) == {"a": "y", "b": 7}  # type: ignore[arg-type]


def test_standard_input_is_left_alone_when_nothing_is_missing() -> None:
    class Untouchable(Stdin):
        def read(self) -> str:
            raise AssertionError("read")

    stdin: Any = Untouchable("")
    assert bound("f", [Param("a", str, required=False)], {}, stdin) == {}
    assert bound("f", needed(str), {"a": "x"}, stdin) == {"a": "x"}


@pytest.mark.parametrize(
    ("given", "stdin", "reason"),
    [
        ({"z": "1"}, Stdin(""), "no parameter `z`; it takes a"),
        ({}, Stdin("", terminal=True), "--arg a=…"),
        ({}, Stdin(""), "needs `a`"),
        ({}, None, "needs `a`"),
        ({"a": "many"}, None, "valid integer"),
    ],
)
def test_arguments_that_do_not_fit(given: dict[str, str], stdin: Any, reason: str) -> None:
    with pytest.raises(ArgumentError, match=reason):
        bound("f", needed(int), given, stdin)


# The whole, in this process


@pytest.fixture
def options(tmp_path: Path) -> RunOptions:
    return RunOptions(environment={"NEXA_LLM": "mock", "NEXA_STATE_DIR": str(tmp_path / "state")})


@pytest.mark.parametrize(
    ("what", "code", "out", "err"),
    [
        ("fine", 0, "doing fine\nfine\n", ""),
        ("", 0, "doing \n", ""),
        ("exit", 7, "doing exit\n", ""),
        ("fail", 1, "doing fail\n", "error[ToolError]: the saw is blunt\n"),
        ("suspend", 75, "doing suspend\n", "suspended: needs a human\n"),
        ("cancel", 130, "doing cancel\n", "interrupted: the run was cancelled\n"),
    ],
)
def test_what_a_person_sees(
    options: RunOptions, capsys: pytest.CaptureFixture[str], what: str, code: int, out: str, err: str
) -> None:
    assert execute(made(), "main", {"what": what}, options) == code
    assert capsys.readouterr() == (out, err)


def test_wrong_usage_is_told_and_is_status_two(options: RunOptions, capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(made(), "other", {}, options) == 2
    assert execute(made(), "main", {"x": "1"}, options) == 2
    assert capsys.readouterr().err == (
        "error: a.nx has no flow `other`; it has main\nerror: flow main has no parameter `x`; it takes what\n"
    )


def test_a_program_of_scripts_alone_runs(options: RunOptions, capsys: pytest.CaptureFixture[str]) -> None:
    async def script() -> None:
        current().print("hello\n")

    assert execute(program(path="a.nx", name="x", flows={}, scripts=(script,)), "main", {}, options) == 0
    assert capsys.readouterr().out == "hello\n"


def test_each_run_is_kept(options: RunOptions, tmp_path: Path) -> None:
    for _ in range(2):
        execute(made(), "main", {"what": "write"}, options)
    kept = sorted((tmp_path / "state" / "runs").glob("*.jsonl"))
    assert len(kept) == 2
    lines = [json.loads(line) for line in kept[0].read_text(encoding="utf-8").splitlines()]
    assert [line["seq"] for line in lines] == list(range(len(lines)))
    assert lines[-1]["event"] == "run.finished"
    assert f"{lines[0]['run']}.jsonl" == kept[0].name


def test_a_state_folder_that_cannot_be_made_does_not_stop_a_run(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    options = RunOptions(environment={"NEXA_LLM": "mock", "NEXA_STATE_DIR": str(tmp_path / "state")})
    assert execute(made(), "main", {"what": "fine"}, options) == 0


def test_recording_and_replaying(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = tmp_path / "deep" / "answers.jsonl"
    environment = {"NEXA_STATE_DIR": str(tmp_path / "state")}
    record = RunOptions(environment={**environment, "NEXA_LLM": "mock"}, record=recording)
    assert execute(made(), "main", {"what": "write"}, record) == 0
    recording.write_text(recording.read_text("utf-8").replace("[Writer] tides", "as recorded"), "utf-8")
    replay = RunOptions(environment=environment, replay=recording)
    assert execute(made(), "main", {"what": "write"}, replay) == 0
    assert capsys.readouterr().out.endswith("as recorded\n")
    recording.write_text("", "utf-8")
    assert execute(made(), "main", {"what": "write"}, replay) == 1
    assert "the recording has no answer to this question of Writer" in capsys.readouterr().err


def test_a_recording_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in (("none", None), ("odd", "nonsense")):
        path = tmp_path / name
        if content is not None:
            path.write_text(content, encoding="utf-8")
        options = RunOptions(environment={}, replay=path, store=False)
        assert execute(made(), "main", {"what": "write"}, options) == 2
        assert str(path) in capsys.readouterr().err


def test_profile(options: RunOptions, capsys: pytest.CaptureFixture[str]) -> None:
    execute(made(), "main", {"what": "write"}, RunOptions(environment=options.environment, profile=True))
    head, row = capsys.readouterr().err.splitlines()
    assert head.split() == ["node", "callee", "times", "seconds", "tokens"]
    assert row.split()[:3] == ["main#0", "Writer", "1"]


# The whole, as a child process

CHILD = """
import asyncio, sys
import nexa.runtime as nx
from nexa.runtime.agents import agent
from nexa.runtime.run import current
Writer = agent("Writer", stream=True)
async def flow_main(what: str = nx.DEFAULT):
    run = current()
    run.print("begun\\n")
    if what == "ask":
        run.print(f"got {await run.human.ask('name? ')}\\n")
        return nx.UNIT
    if what == "block":
        import time
        time.sleep(60)
    try:
        await (asyncio.Event().wait() if what == "wait" else Writer.run("x"))
    finally:
        run.print("unwound\\n")
    return nx.UNIT
main = nx.flow("main", flow_main)
nx.main(nx.program(path="a.nx", name="__main__", flows={"main": main}))
"""


@pytest.fixture
def child(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    module = tmp_path / "out_a.py"
    module.write_text(CHILD, encoding="utf-8")

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(module), "--mock", *arguments],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "NEXA_STATE_DIR": str(tmp_path / "state")},
        )

    return start


posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent to a group of its own there")


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_unwinds_and_says_so(child: Any, number: int) -> None:
    process = child("--arg", "what=wait")
    assert process.stdout.readline() == "begun\n"
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (out, err, process.returncode) == ("unwound\n", "interrupted: the run was cancelled\n", 130)


@posix
def test_a_second_interruption_ends_a_program_that_blocks(child: Any) -> None:
    process = child("--arg", "what=block")
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)  # two signals at once are one
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


@posix
def test_an_interruption_while_input_is_awaited(child: Any) -> None:
    process = child("--arg", "what=ask")
    assert process.stdout.readline() == "begun\n"
    assert process.stderr.readline() == "name?\n"
    process.send_signal(signal.SIGINT)
    process.wait(timeout=20)
    assert process.returncode == 130
    process.communicate()


def test_input_comes_from_standard_input(child: Any) -> None:
    process = child("--arg", "what=ask")
    out, err = process.communicate("Ann\n", timeout=20)
    assert (out, err, process.returncode) == ("begun\ngot Ann\n", "name?\n", 0)


def test_the_end_of_input_is_null(child: Any) -> None:
    out, _ = child("--arg", "what=ask").communicate("", timeout=20)
    assert out == "begun\ngot None\n"


def test_events_take_the_place_of_output(child: Any) -> None:
    process = child("--events", "jsonl", "--arg", "what=ask")
    out, err = process.communicate("Ann\n", timeout=20)
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["event"] for line in lines] == ["run.started", "print", "input.requested", "print", "run.finished"]
    assert [line.get("text") for line in lines if line["event"] == "print"] == ["begun\n", "got Ann\n"]
    assert lines[2]["prompt"] == "name? "
    assert err == ""


@pytest.mark.parametrize("arguments", [(), ("--events", "jsonl")])
def test_a_reader_that_goes_away_does_not_stop_the_run(child: Any, arguments: tuple[str, ...]) -> None:
    process = child("--arg", "what=ask", *arguments)
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write("Ann\n")
    process.stdin.close()
    err = process.stderr.read()
    assert (process.wait(timeout=20), err) == (0, "" if arguments else "name?\n")


def test_streamed_text_is_not_shown_where_nobody_looks(child: Any) -> None:
    out, err = child().communicate("", timeout=20)
    assert (out, err) == ("begun\nunwound\n", "")


@pytest.mark.parametrize("arguments", [("--arg", "what"), ("--odd",), ("--flow", "none")])
def test_a_built_module_tells_wrong_usage(child: Any, arguments: tuple[str, ...]) -> None:
    process = child(*arguments)
    _, err = process.communicate("", timeout=20)
    assert process.returncode == 2
    assert "usage:" in err


def test_what_a_run_reads_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.nxs").write_text("K = hunter2", encoding="utf-8")
    options = RunOptions(environment={}, store=False)
    assert execute(made(path=str(tmp_path / "a.nx")), "main", {}, options) == 2
    err = capsys.readouterr().err
    assert "bad.nxs:1" in err
    assert "hunter2" not in err
