"""How a run tells what it does: sinks, errors as text, the person at the terminal, work in threads."""

from __future__ import annotations

import asyncio
import contextvars
import io
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from nexa.runtime import home, sinks
from nexa.runtime.error_text import error_text
from nexa.runtime.errors import NexaError, PipelineError, ProtocolError, ToolError
from nexa.runtime.history import past_runs
from nexa.runtime.human import Human
from nexa.runtime.run import Run, enter
from nexa.runtime.run_file import RunFile
from nexa.runtime.sinks import Store, Terminal, json_lines
from nexa.runtime.spans import Span


def line(event: str, **more: Any) -> dict[str, Any]:
    return {"event": event, "run": "20300101T000000Z-aa", "seq": 0, "time": "t", **more}


# Sinks


def test_json_lines() -> None:
    stream = io.BytesIO()
    write = json_lines(stream)
    write(line("print", text="größe\n"))
    write(line("log", level="info", text="x"))
    first, second, rest = stream.getvalue().decode().split("\n")
    assert '"text":"größe\\n"' in first
    assert second.startswith('{"event":"log"')
    assert rest == ""


SHOWN = [
    line("node.started", node="main#0", callee="Writer"),
    line("model.call", node="main#0", model="p/m", attempt=2),
    line("token", node="main#0", text="Some "),
    line("token", node="main#0", text="words"),
    line("log", level="info", text="well"),
    line("log", level="warning", text="careful"),
    line("log", level="debug", text="detail"),
    line("tool.started", node="main#0", tool="look", arguments={}),
    line("node.finished", node="main#0", seconds=1.234, output="x"),
    line("node.finished", node="main#2", seconds=0.001, output="x", replayed=True),
    line("node.failed", node="main#1", error={"kind": "ToolError", "message": "blunt"}),
    line("print", text="not shown here"),
]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (
            {},
            "▸ main#0 Writer\nSome words\ninfo: well\nwarning: careful\n"
            "  tool look\n✓ main#0 1.23 s\n✓ main#2 0.00 s, replayed\n✗ main#1 blunt\n",
        ),
        ({"quiet": True}, "Some words\nwarning: careful\n"),
        ({"quiet": True, "tokens": False}, "warning: careful\n"),
        (
            {"verbose": True},
            "▸ main#0 Writer\n  model p/m, attempt 2\nSome words\ninfo: well\nwarning: careful\ndebug: detail\n"
            "  tool look\n✓ main#0 1.23 s\n✓ main#2 0.00 s, replayed\n✗ main#1 blunt\n",
        ),
    ],
)
def test_what_a_terminal_shows(options: dict[str, bool], text: str) -> None:
    stream = io.StringIO()
    terminal = Terminal(stream, **options)
    for each in SHOWN:
        terminal(each)
    assert stream.getvalue() == text


def test_the_store_keeps_the_newest_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinks, "RUNS_KEPT", 3)
    folder = tmp_path / ".nexa" / "runs"
    folder.mkdir(parents=True)
    (folder / "notes.jsonl").write_text("mine", encoding="utf-8")
    (folder / "20200101T000000Z-ab.kept").write_text("of a run that is gone", encoding="utf-8")
    for second in range(6):
        (folder / f"20300101T00000{second}Z-ab.kept").write_text("{}", encoding="utf-8")
        store = Store(folder)
        store({**line("run.started"), "run": f"20300101T00000{second}Z-ab"})
        store(line("run.finished"))
        store.close()
        store.close()
    names = sorted(path.name for path in folder.iterdir() if path.suffix != ".kept")
    assert names == [*(f"20300101T00000{second}Z-ab.jsonl" for second in (3, 4, 5)), "notes.jsonl"]
    assert sorted(path.stem for path in folder.glob("*.kept")) == [name.removesuffix(".jsonl") for name in names[:3]]
    assert len((folder / names[0]).read_text("utf-8").splitlines()) == 2
    assert (tmp_path / ".nexa" / ".gitignore").read_text("utf-8") == "*\n"


def test_what_runs_for_long_keeps_its_newest_events(tmp_path: Path) -> None:
    path = tmp_path / "20300101T000000Z-ab.jsonl"
    file = RunFile(path, 4000)
    most = 0
    for seq in range(500):
        first = {"event": "run.started", "path": "a.nx", "flow": "main"}
        what = {"event": "log", "level": "info", "text": f"GET /{seq}: 200"} if seq else first
        file.write({**what, "run": "20300101T000000Z-ab", "seq": seq, "time": "2030-01-01T00:00:00Z"})
        most = max(most, path.stat().st_size)
    file.write({"event": "run.finished", "run": "20300101T000000Z-ab", "seq": 500, "time": "", "status": "cancelled"})
    file.close()
    lines = [json.loads(each) for each in path.read_text("utf-8").splitlines()]
    assert most <= 4000
    assert lines[0]["event"] == "run.started"
    assert lines[1]["text"] == f"the events 1 to {lines[1]['seq']} of this run are no longer kept"
    assert [each["seq"] for each in lines[1:]] == list(range(lines[1]["seq"], 501))
    assert len(lines) > 15
    assert [(one.status, one.flow) for one in past_runs(tmp_path)] == [("cancelled", "main")]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_an_event_that_is_longer_than_all_that_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "20300101T000000Z-ab.jsonl"
    file = RunFile(path, 1000)
    for seq, text in enumerate(("", "x" * 5000, "short", "y" * 3_000_000, "last")):
        file.write({"event": "log" if seq else "run.started", "run": "ab", "seq": seq, "time": "", "text": text})
    file.close()
    lines = [json.loads(each) for each in path.read_text("utf-8").splitlines()]
    assert [each["event"] for each in lines] == ["run.started", "log", "log"]
    assert lines[-1]["text"] == "last"


# Errors


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "a.nx"
    path.write_text('flow main {\n    größe = saw("☀") >> Writer\n}\n', encoding="utf-8")
    return str(path)


def test_an_error_shows_its_line_and_a_caret(source: str) -> None:
    # Columns of spans are bytes: `größe = ` has 10, and 4 stand before it.
    error = ToolError("the saw is blunt", span=Span(source, 2, 14, 2, 24))
    assert error_text(error).replace(source, "a.nx") == (
        "error[ToolError]: the saw is blunt\n"
        "  --> a.nx:2:13\n"
        "  |\n"
        '2 |     größe = saw("☀") >> Writer\n'
        "  |             ^^^^^^^^\n"
    )


def test_places_in_events_count_code_points(source: str) -> None:
    described = Run().describe(ToolError("x", span=Span(source, 2, 14, 2, 24)))
    assert described == {
        "kind": "ToolError",
        "message": "x",
        "span": {"path": source, "line": 2, "column": 13, "end_line": 2, "end_column": 21},
    }
    assert "span" not in Run().describe(ValueError("x"))


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first(source: str) -> None:
    text = error_text(NexaError("x", span=Span(source, 1, 0, 3, 1)))
    assert "  | ^^^^^^^^^^^\n" in text


def test_an_error_without_a_place() -> None:
    assert error_text(ValueError("odd")) == "error[ValueError]: odd\n"
    assert error_text(ValueError()) == "error[ValueError]: ValueError\n"


def test_a_source_that_is_gone() -> None:
    assert "--> gone.nx:7" in error_text(NexaError("x", span=Span("gone.nx", 7, 0, 7, 1)))


def test_causes_are_told_unless_the_message_has_them() -> None:
    inner = ToolError("the saw is blunt", cause=OSError("no file"))
    told = error_text(PipelineError("stage `S` failed: the saw is blunt", cause=inner))
    assert told.splitlines()[1:] == ["  caused by OSError: no file"]


def test_an_unfit_answer_is_shown() -> None:
    told = error_text(ProtocolError("does not fit", text="a\n" + "b" * 1000, reasons=("x",)))
    assert "the answer was: a bbb" in told
    assert len(told) < 600


def test_places_of_a_built_module(source: str) -> None:
    namespace: dict[str, Any] = {}
    exec(compile("def f():\n    raise ValueError('odd')\n", "out_a.py", "exec"), namespace)
    with pytest.raises(ValueError, match="odd") as caught:
        namespace["f"]()
    told = error_text(caught.value, "out_a.py", {2: (source, 2, 4, 2, 11)})
    assert f"{source}:2:5" in told
    assert "^^^^^\n" in told


# The human


def human(text: str, **options: Any) -> tuple[Human, list[str]]:
    asked: list[str] = []
    return Human(asked.append, stdin=io.StringIO(text), **options), asked


async def test_lines_come_one_by_one() -> None:
    somebody, asked = human("one\ntwo")
    assert [await somebody.ask("a"), await somebody.ask("b"), await somebody.ask("c")] == ["one", "two", None]
    assert asked == ["a", "b", "c"]


async def test_questions_wait_for_one_another() -> None:
    somebody, _ = human("1\n2\n3\n")
    assert sorted(await asyncio.gather(*(somebody.ask() for _ in range(3)))) == ["1", "2", "3"]  # type: ignore[type-var]


async def test_who_is_not_there_is_not_asked() -> None:
    somebody, asked = human("y\n")
    assert not somebody.is_present
    assert await somebody.approve("go?") is False
    assert asked == []


async def test_asking_is_reported() -> None:
    lines: list[Any] = []
    run = Run(sinks=[lines.append])
    run.human = Human(run.announce_input, stdin=io.StringIO("x\n"))
    await run.human.ask("name? ")
    assert [(each["event"], each["prompt"]) for each in lines] == [("input.requested", "name? ")]


# Threads

VALUE: contextvars.ContextVar[str] = contextvars.ContextVar("value", default="none")


async def test_work_in_a_thread_has_the_context_and_its_errors_come_back() -> None:
    VALUE.set("mine")

    async def work() -> Any:
        await asyncio.sleep(0)
        return VALUE.get(), threading.current_thread().daemon

    assert await home.in_thread(work) == ("mine", True)

    async def fails() -> Any:
        raise ToolError("blunt")

    with pytest.raises(ToolError, match="blunt"):
        await home.in_thread(fails)


async def test_cancelling_reaches_into_the_thread() -> None:
    ended = threading.Event()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def work() -> None:
        try:
            loop.call_soon_threadsafe(begun.set)
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.ensure_future(home.in_thread(work))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(ended.wait, 5)


async def test_the_way_home() -> None:
    here = asyncio.get_running_loop()

    async def where() -> bool:
        return asyncio.get_running_loop() is here

    async def work() -> tuple[bool, bool]:
        return await where(), await home.at_home(here, where)

    assert await home.in_thread(work) == (False, True)
    assert await home.at_home(None, where)


def test_a_program_outside_a_run_is_told() -> None:
    from nexa.runtime.run import current

    with pytest.raises(RuntimeError, match="no Nexa program"):
        current()
    leave = enter(Run())
    assert current().id
    leave()
