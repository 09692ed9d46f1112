"""Tools: what models are offered, and what becomes of a call."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexa.runtime.agents import agent
from nexa.runtime.callables import DEFAULT, flow, fn
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.declared_tool import parameter, tool
from nexa.runtime.errors import SuspendExecution, ToolError
from nexa.runtime.harness import unharnessed
from nexa.runtime.hooks import Hook
from nexa.runtime.run import Run, current, enter
from nexa.runtime.stores.handles import handle, opened
from nexa.runtime.testing import FakeHuman, Reply, Result, ScriptedModel, call, run_flow
from nexa.runtime.tools import Tool, ToolFunction, python_file, tool_fn
from nexa.runtime.tools import offered as offered_by


async def fn_add(a: int, b: int = DEFAULT) -> int:  # type: ignore[assignment]  # as the emitter writes it
    return a + (1 if b is DEFAULT else b)


async def fn_fail(why: str) -> str:
    raise ValueError(why)


def offered(items: Any, base: str = ".") -> dict[str, Tool]:
    return asyncio.run(offered_by(items, base))


def asked(uses: Any, *answers: Any, human: Any = None, **properties: Any) -> tuple[Result, ScriptedModel]:
    model = ScriptedModel(answers)
    return run_flow(agent("A", uses=lambda: uses, **properties).run, "x", model=model, human=human), model


def told(model: ScriptedModel) -> list[str]:
    """What the model was told by tools, in order."""
    return [message.text for message in model.requests[-1].messages if message.role == "tool"]


def test_the_schema_comes_from_the_annotations() -> None:
    found = offered([tool_fn("add", fn_add, description="Adds.")])["add"].spec
    assert found.description == "Adds."
    assert found.parameters == {
        "type": "object",
        "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "required": ["a"],
    }


def test_declared_parameters() -> None:
    declared = tool(
        "Rates", parameters={"from": str, "to": parameter(str, "the other"), "n": "int?", "why": "a reason"}
    )
    schema = offered([declared])["Rates"].spec.parameters
    assert schema["properties"] == {
        "from": {"type": "string"},
        "to": {"type": "string", "description": "the other"},
        "n": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "why": {"type": "string", "description": "a reason"},
    }
    assert schema["required"] == ["from", "to", "why"]


def test_what_may_be_offered() -> None:
    def plain(n: int = 3) -> int:
        """A Python function."""
        return n

    async def flow_ask(question: str) -> str:
        return question

    uses = [tool_fn("add", fn_add), fn("fail", fn_fail), flow("ask", flow_ask), agent("Helper", role="Aide"), plain]
    found = offered(uses)
    assert list(found) == ["add", "fail", "ask", "Helper", "plain"]
    assert found["Helper"].description == "Aide"
    assert found["plain"].spec.parameters == {
        "type": "object",
        "properties": {"n": {"type": "integer", "default": 3}},
    } or (found["plain"].spec.parameters["properties"] == {"n": {"type": "integer"}})


def test_names_are_made_fit_for_models() -> None:
    first, second = fn("größe", fn_fail), fn("gr__e", fn_fail)
    assert list(offered([first, second])) == ["gr__e", "gr__e_2"]


def test_only_what_is_listed_is_offered() -> None:
    _, model = asked((tool_fn("add", fn_add),), "y")
    assert [spec.name for spec in model.requests[0].tools] == ["add"]
    _, model = asked((), "y")
    assert model.requests[0].tools == ()


def test_a_call_is_answered_and_the_model_goes_on() -> None:
    result, model = asked((tool_fn("add", fn_add),), call("add", a=2, b="3"), call("add", a=5), "done")
    assert result.value == "done"
    assert told(model) == ["5", "6"]
    assert [(line["tool"], line["arguments"]) for line in result.of_kind("tool.started")] == [
        ("add", {"a": 2, "b": 3}),
        ("add", {"a": 5}),
    ]
    assert [line["output"] for line in result.of_kind("tool.finished")] == [5, 6]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (call("add"), "a: field required"),
        (call("add", a="many"), "a: input should be a valid integer"),
        (call("add", a=1, c=2), "no parameter 'c'"),
        (call("sub", a=1), "no tool 'sub'"),
        (call("fail", why="broken pipe"), "broken pipe"),
    ],
)
def test_what_goes_wrong_is_told_to_the_model(wrong: Any, reason: str) -> None:
    result, model = asked((tool_fn("add", fn_add), tool_fn("fail", fn_fail)), wrong, "sorry")
    assert result.value == "sorry"
    assert told(model)[0].startswith("Error (")
    assert reason in told(model)[0]


def test_arguments_that_are_no_json() -> None:
    from nexa.runtime.testing import Reply, ToolCall

    for text in ("{a: 1", "[1]"):
        _, model = asked((tool_fn("add", fn_add),), Reply("", (ToolCall("c", "add", text),)), "sorry")
        assert "Error (arguments)" in told(model)[0]


def test_records_are_told_as_json() -> None:
    async def fn_row() -> dict[str, Any]:
        return {"a": [1, None]}

    _, model = asked((fn("row", fn_row),), call("row"), "y")
    assert told(model) == ['{"a":[1,null]}']


def several(*calls: Reply) -> Reply:
    """A reply that asks for all of these calls; their ids are their numbers."""
    return Reply("", tuple(replace(one.calls[0], id=f"c{number}") for number, one in enumerate(calls, 1)))


def meeting(count: int, threaded: bool) -> ToolFunction:
    """A tool whose call ends when `count` of its calls are at work."""
    here: list[int] = []
    all_are_here = threading.Event()

    async def fn_meet(n: int) -> str:
        here.append(n)
        if len(here) == count:
            all_are_here.set()
        for _ in range(2000):
            if all_are_here.is_set():
                return f"{n} of {len(here)}"
            await asyncio.sleep(0.001)
        return f"{n} alone"

    return tool_fn("meet", fn_meet, threaded=threaded)


@pytest.mark.parametrize("threaded", [True, False])
def test_calls_of_one_reply_run_side_by_side_and_are_answered_in_their_order(threaded: bool) -> None:
    calls = several(*(call("meet", n=n) for n in (3, 1, 2)))
    result, model = asked((meeting(3, threaded),), calls, "done")
    assert result.value == "done"
    assert told(model) == ["3 of 3", "1 of 3", "2 of 3"]
    assert [line["call"] for line in result.of_kind("tool.started")] == ["c1", "c2", "c3"]
    assert sorted(line["call"] for line in result.of_kind("tool.finished")) == ["c1", "c2", "c3"]


def test_no_more_calls_run_at_once_than_the_program_may_have() -> None:
    at_work: list[int] = []
    most: list[int] = []

    async def fn_work(n: int) -> int:
        at_work.append(n)
        most.append(len(at_work))
        await asyncio.sleep(0.001)
        at_work.remove(n)
        return n

    calls = several(*(call("work", n=n) for n in range(7)))
    model = ScriptedModel((calls, "done"))
    worker = agent("A", uses=lambda: (tool_fn("work", fn_work, threaded=False),))
    run_flow(worker.run, "x", model=model, settings=Settings(offline=True, max_parallel=3))
    assert told(model) == [str(n) for n in range(7)]
    assert max(most) == 3


def test_what_the_program_forbids_comes_before_any_call_of_the_reply_begins() -> None:
    human = FakeHuman(["y", "n"])
    tools = (tool_fn("add", fn_add, requires_approval=True, threaded=False),)
    result, _ = asked(tools, several(call("add", a=1), call("add", a=2)), "done", human=human)
    assert isinstance(result.error, ToolError)
    assert result.error.kind == "denied"
    assert len(human.asked) == 2
    assert result.of_kind("tool.started") == []


def test_a_call_that_hands_over_to_a_person_calls_off_the_others() -> None:
    cleaned: list[str] = []

    async def fn_wait() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.append("wait")
        return ""

    async def fn_stop() -> str:
        raise SuspendExecution("a person has to look")

    tools = (tool_fn("wait", fn_wait, threaded=False), tool_fn("stop", fn_stop, threaded=False))
    result, _ = asked(tools, several(call("wait"), call("stop")), "done")
    assert isinstance(result.error, SuspendExecution)
    assert cleaned == ["wait"]
    ended = {line["tool"]: line["error"]["kind"] for line in result.of_kind("tool.finished")}
    assert ended == {"wait": "TaskCancelled", "stop": "SuspendExecution"}


def test_a_call_that_fails_leaves_the_others_alone() -> None:
    tools = (tool_fn("add", fn_add), tool_fn("fail", fn_fail))
    _, model = asked(tools, several(call("fail", why="broken"), call("add", a=1), call("sub"), call("add")), "done")
    failed, added, unknown, mistaken = told(model)
    assert (failed, added) == ("Error (ValueError): broken", "2")
    assert "there is no tool 'sub'" in unknown
    assert mistaken.startswith("Error (arguments)")


def test_agents_that_calls_of_one_reply_ask_remember_in_the_order_of_the_calls() -> None:
    seen: list[Any] = []
    helper = agent("Helper")

    def answer(request: Any) -> Any:
        said = request.last_text
        seen.append([message.text for message in request.messages])

        async def later() -> str:
            await asyncio.sleep(0.02 if said == "first" else 0)
            return f"to {said}"

        return later()

    calls = several(call("Helper", input="first"), call("Helper", input="second"))
    last = several(call("Helper", input="third"))
    asked((helper,), calls, answer, answer, last, answer, "done")
    assert seen[:2] == [["first"], ["second"]]
    assert seen[2] == ["first", "to first", "second", "to second", "third"]


def test_statements_of_a_database_that_one_reply_asks_for_build_on_one_another() -> None:
    from nexa.runtime.std import std
    from nexa.runtime.stores.opening import connect

    async def work() -> Any:
        notes = await connect(":memory:")
        run = current()
        run.handles.declarations = (handle("db", "notes", lambda: opened(notes, "db")),)
        keeper = agent("A", uses=lambda: (std.db.sqlite,))
        return await keeper.run("x"), await notes.query("SELECT * FROM t")

    calls = several(
        call("begin", handle="notes"),
        call("execute", handle="notes", sql="CREATE TABLE t (n)"),
        call("execute", handle="notes", sql="INSERT INTO t VALUES (1)"),
        call("commit", handle="notes"),
    )
    result = run_flow(work, model=ScriptedModel((calls, "done")))
    assert result.value == ("done", [{"n": 1}])


def test_hooks_of_several_calls_follow_the_order_of_the_calls() -> None:
    told_of: list[str] = []

    def noting(event: Any) -> Hook:
        async def note(use: Any) -> None:
            told_of.append(f"{event} {use.arguments['n']} {use.result or ''}".strip())

        return Hook(event, note)

    async def fn_work(n: int) -> str:
        await asyncio.sleep(0.01 / n)
        return f"did {n}"

    calls = several(call("work", n=1), call("work", n=2))
    hooks = (noting("before_tool"), noting("after_tool"))
    asked((tool_fn("work", fn_work, threaded=False),), calls, "done", hooks=hooks)
    assert told_of == ["before_tool 1", "before_tool 2", "after_tool 1 did 1", "after_tool 2 did 2"]


def test_beyond_max_tool_calls_the_model_answers_without_tools() -> None:
    answers = [call("add", a=1)] * 2 + ["enough"]
    result, model = asked((tool_fn("add", fn_add),), *answers, max_tool_calls=2)
    assert result.value == "enough"
    assert [request.tool_choice for request in model.requests] == ["auto", "auto", "none"]


def test_a_model_that_calls_all_the_same_is_not_followed() -> None:
    result, model = asked((tool_fn("add", fn_add),), *[call("add", a=1)] * 5, max_tool_calls=1)
    assert result.value == ""
    assert len(model.requests) == 2


@pytest.mark.parametrize(
    ("strategy", "choices"), [("auto", ["auto", "auto"]), ("required", ["required", "auto"]), ("none", ["none"])]
)
def test_tool_call_strategy(strategy: str, choices: list[str]) -> None:
    _, model = asked((tool_fn("add", fn_add),), call("add", a=1), "y", tool_call_strategy=strategy)
    assert [request.tool_choice for request in model.requests] == choices


async def fn_slow() -> str:
    await asyncio.Event().wait()
    return ""


@pytest.mark.parametrize("threaded", [True, False])
def test_a_tool_has_its_time(threaded: bool) -> None:
    _, model = asked((tool_fn("slow", fn_slow, threaded=threaded),), call("slow"), "y", tool_timeout=0.02)
    assert told(model) == ["Error (timeout): slow took longer than 0.02 s"]


def test_a_tools_own_timeout_comes_first() -> None:
    _, model = asked((tool_fn("slow", fn_slow, timeout=0.01),), call("slow"), "y", tool_timeout=5)
    assert "0.01 s" in told(model)[0]


def test_tools_run_beside_the_loop_and_may_ask_agents_from_there() -> None:
    home = threading.current_thread()
    seen: list[Any] = []
    helper = agent("Helper")

    async def fn_ask(text: str) -> str:
        seen.append(threading.current_thread() is home)
        answer = await helper.run(text)
        return f"{answer}!"

    result, model = asked((tool_fn("ask", fn_ask),), call("ask", text="why"), "because", "done")
    assert (result.value, told(model), seen) == ("done", ["because!"], [False])


def test_blocking_code_does_not_hold_up_the_loop() -> None:
    entered, release = threading.Event(), threading.Event()

    async def fn_block() -> str:
        entered.set()
        return "free" if release.wait(5) else "stuck"

    async def body() -> Any:
        task = asyncio.ensure_future(tool_fn("block", fn_block)())
        while not entered.is_set():
            await asyncio.sleep(0)
        release.set()
        return await task

    assert run_flow(body).value == "free"


def test_tools_may_be_called_by_the_program_too() -> None:
    async def body() -> Any:
        return [await tool_fn("add", fn_add)(2, b=2), await tool_fn("add", fn_add, threaded=False).run(4)]

    assert run_flow(body).value == [4, 5]


# What the program forbids


def forbidden(uses: Any, **options: Any) -> ToolError:
    result, _ = asked(uses, call("add", a=1), "never", **options)
    assert isinstance(result.error, ToolError)
    return result.error


def test_a_tool_that_needs_a_permission() -> None:
    uses = (tool_fn("add", fn_add, permission="maths"),)
    assert forbidden(uses).kind == "permission"
    result, _ = asked(uses, call("add", a=1), "y", permissions=["maths"])
    assert result.value == "y"


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"permissions": ["cash.*"]}, ""),
        ({"permissions": ["*"]}, ""),
        ({"rbac_role": "clerk"}, ""),
        ({"rbac_role": "guest"}, "A has no permission `cash.read`, which add needs, and neither has its role `guest`"),
        ({"rbac_role": "clark"}, "; its role `clark` is not in [roles] of nexa.toml"),
        ({"permissions": ["cash"]}, "A has no permission `cash.read`, which add needs"),
        ({"permissions": ["cash.r"], "rbac_role": "guest"}, "has no permission"),
    ],
)
def test_a_role_has_the_permissions_that_nexa_toml_gives_it(given: dict[str, Any], reason: str) -> None:
    roles = {"clerk": ["notes.*", "cash.read"], "guest": []}
    subject = agent("A", uses=lambda: (tool_fn("add", fn_add, permission="cash.read"),), **given)
    run = Run(
        Configuration(Secrets(environment={}), Settings(offline=True), roles=roles),
        provider=ScriptedModel([call("add", a=1), "y"]),
    )
    leave = enter(run)
    try:
        error = None
        asyncio.run(subject.run("x"))
    except ToolError as raised:
        error = raised
    finally:
        leave()
    assert (error is None) == (not reason)
    if error is not None:
        assert error.kind == "permission"
        assert reason in error.message


async def veto(_: Any) -> bool:
    return False


@pytest.mark.parametrize(("limited_to", "vetoed"), [(None, True), ("add", True), ("other", False)])
def test_before_tool_may_veto(limited_to: str | None, vetoed: bool) -> None:
    options = {"hooks": (Hook("before_tool", veto, tool=limited_to),)}
    if vetoed:
        assert forbidden((tool_fn("add", fn_add),), **options).kind == "vetoed"
    else:
        assert asked((tool_fn("add", fn_add),), call("add", a=1), "y", **options)[0].value == "y"


def test_hooks_see_the_call_and_its_result() -> None:
    seen: list[Any] = []

    async def hook(use: Any) -> None:
        seen.append((use.name, dict(use.arguments), use.result))

    hooks = (Hook("before_tool", hook), Hook("after_tool", hook))
    asked((tool_fn("add", fn_add),), call("add", a=1), "y", hooks=hooks)
    assert seen == [("add", {"a": 1}, None), ("add", {"a": 1}, 2)]


@pytest.mark.parametrize(("line", "allowed"), [("y", True), ("YES ", True), ("n", False), ("", False), (None, False)])
def test_approval_is_asked_for(line: str | None, allowed: bool) -> None:
    human = FakeHuman([] if line is None else [line])
    uses = (tool_fn("add", fn_add, requires_approval=True, risk_level="high"),)
    if allowed:
        assert asked(uses, call("add", a=1), "y", human=human)[0].value == "y"
    else:
        assert forbidden(uses, human=human).kind == "denied"
    assert human.asked == ["Let A call add(a: 1) (risk: high)? [y/N] "]


def test_nobody_there_is_a_refusal() -> None:
    human = FakeHuman(["y"])
    human._is_present = False
    assert forbidden((tool_fn("add", fn_add, requires_approval=True),), human=human).kind == "denied"


def test_unharnessed_skips_approval() -> None:
    subject = agent("A", uses=lambda: (tool_fn("add", fn_add, requires_approval=True),))

    async def body() -> Any:
        with unharnessed("watched"):
            return await subject.run("x")

    assert run_flow(body, model=ScriptedModel([call("add", a=1), "y"]), human=FakeHuman()).value == "y"


def test_handing_over_to_a_human_goes_through() -> None:
    async def fn_hand() -> str:
        raise SuspendExecution("needs a human")

    result, _ = asked((tool_fn("hand", fn_hand),), call("hand"), "never")
    assert isinstance(result.error, SuspendExecution)


# Python files


@pytest.fixture
def python(tmp_path: Path) -> Path:
    text = '''
from math import floor
def up(n: float, to: int = 1) -> float:
    """Rounds up."""
    return -(-n // to) * to
async def down(n: float) -> float:
    return floor(n)
def _hidden(): ...
'''
    (tmp_path / "rounding.py").write_text(text, encoding="utf-8")
    (tmp_path / "single.py").write_text("def only(a: int, b: int) -> int:\n    return a + b\n", encoding="utf-8")
    (tmp_path / "broken.py").write_text("raise RuntimeError('at import')\n", encoding="utf-8")
    (tmp_path / "empty.py").write_text("x = 1\n", encoding="utf-8")
    return tmp_path


def test_public_functions_of_a_file_are_tools(python: Path) -> None:
    found = offered([python_file("rounding.py")], str(python))
    assert list(found) == ["up", "down"]
    assert found["up"].description == "Rounds up."
    _, model = asked((python_file("rounding.py"),), call("up", n=4.2), call("down", n=4.7), "y", base=str(python))
    assert told(model) == ["5.0", "4"]


def test_a_declared_tool_with_one_function_is_that_function(python: Path) -> None:
    declared = tool("Sum", description="Adds.", python="single.py", base=str(python))
    assert list(offered([declared])) == ["Sum"]

    async def body() -> Any:
        return [await declared(1, b=2), await declared(a=3, b="4")]

    assert run_flow(body).value == [3, 7]


def test_a_declared_tool_with_several_functions_offers_each(python: Path) -> None:
    assert list(offered([tool("Rounding", python="rounding.py", base=str(python))])) == ["up", "down"]
    assert list(offered([tool("Down", python="rounding.py", base=str(python))])) == ["Down"]


@pytest.mark.parametrize(
    ("file", "reason"),
    [("missing.py", "cannot find"), ("broken.py", "RuntimeError: at import"), ("empty.py", "no public function")],
)
def test_files_that_cannot_be_used(python: Path, file: str, reason: str) -> None:
    result, _ = asked((python_file(file),), "y", base=str(python))
    assert isinstance(result.error, ToolError)
    assert reason in result.error.message


def test_nothing_is_loaded_before_it_is_used(python: Path) -> None:
    tool("Broken", python="broken.py", base=str(python))
    agent("A", uses=lambda: (python_file("broken.py"),), base=str(python))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [((1, 2, 3), "takes 2"), ((1,), "b: field required"), (("x", 1), "a: input should be")],
)
def test_declared_tools_check_their_arguments(python: Path, arguments: Any, reason: str) -> None:
    declared = tool("Sum", python="single.py", base=str(python))

    async def body() -> Any:
        return await declared(*arguments)

    assert reason in str(run_flow(body).error)


def test_a_tool_without_anything_that_does_it() -> None:
    _, model = asked((tool("Rates"),), call("Rates"), "y")
    assert "declared without anything that does it" in told(model)[0]


def test_a_declared_tool_whose_file_is_missing_fails_when_it_is_called() -> None:
    declared = tool("Rounding", python="helpers/rounding.py", base="/nowhere")
    _, model = asked((declared, tool_fn("add", fn_add)), call("Rounding"), call("add", a=1), "y")
    assert "cannot find the Python file" in told(model)[0]
    assert told(model)[1] == "2"


def test_hooks_know_a_tool_by_its_name_in_the_program() -> None:
    seen: list[Any] = []

    async def hook(use: Any) -> None:
        seen.append(use.name)

    hooks = (Hook("before_tool", hook, tool="größe"), Hook("after_tool", hook, tool="größe"))
    asked((tool_fn("größe", fn_add),), call("gr__e", a=1), "y", hooks=hooks)
    assert seen == ["gr__e", "gr__e"]
