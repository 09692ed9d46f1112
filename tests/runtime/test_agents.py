"""Runs of agents: the sentences of section 5.3 of the language reference."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from nexa.runtime import frame
from nexa.runtime.agent_contracts import AgentContract
from nexa.runtime.agent_settings import Fallback
from nexa.runtime.agents import agent
from nexa.runtime.callables import flow
from nexa.runtime.config import Settings
from nexa.runtime.duration import Duration
from nexa.runtime.errors import (
    AgentTimeoutError,
    AuthError,
    BudgetExceeded,
    ContractViolation,
    ModelError,
    NexaError,
    ProtocolError,
    RateLimitError,
    TypeViolation,
)
from nexa.runtime.harness import unharnessed
from nexa.runtime.hooks import Hook, hooks
from nexa.runtime.memory import fan_out_scope
from nexa.runtime.protocols import Protocol
from nexa.runtime.testing import FakeClock, Reply, Request, Result, ScriptedModel, Usage, call, run_flow
from nexa.runtime.types import semantic_type
from nexa.runtime.values import Secret


class Ticket(Protocol):
    customer: str
    urgency: int = 3
    paid: bool | None = None


class Place(Protocol):
    city: str


def ran(subject: Any, *args: Any, answers: Any = (), **options: Any) -> tuple[Result, ScriptedModel]:
    model = ScriptedModel(answers, judgements=options.pop("judgements", ()))
    return run_flow(subject.run, *args, model=model, **options), model


def answers_of(subject: Any, *args: Any, answers: Any, **options: Any) -> Any:
    result, _ = ran(subject, *args, answers=answers, **options)
    if result.error is not None:
        raise result.error
    return result.value


def sent(request: Request) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in request.messages]


# Messages (c)


def test_role_is_put_in_front_of_the_prompt() -> None:
    _, model = ran(agent("A", role="Clerk", prompt="Be brief."), "hi", answers=["x"])
    assert sent(model.requests[0]) == [("system", "Role: Clerk.\nBe brief."), ("user", "hi")]


def test_without_prompt_and_role_there_is_no_system_message() -> None:
    _, model = ran(agent("A"), "hi", answers=["x"])
    assert sent(model.requests[0]) == [("user", "hi")]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("hi",), "hi"),
        (("hi", "more", "still more"), "hi\n\nmore\n\nstill more"),
        ((Place(city="Ulm"), [1, 2]), '{"city":"Ulm"}\n\n[1,2]'),
        (({"a": True},), '{"a":true}'),
        ((7,), "7"),
        ((None,), ""),
        ((Secret("hush-hush"),), "***"),
    ],
)
def test_the_input_and_each_extra_argument_are_paragraphs(given: tuple[Any, ...], text: str) -> None:
    _, model = ran(agent("A"), *given, answers=["x"])
    assert sent(model.requests[0]) == [("user", text)]


def test_images_are_image_parts(tmp_path: Path) -> None:
    class Picture:
        type_name = "image"
        data = b"png"
        mime = "image/png"

    _, model = ran(agent("A"), "what is it?", Picture(), answers=["x"])
    message = model.requests[0].messages[0]
    assert (message.text, [(i.data, i.media_type) for i in message.images]) == ("what is it?", [(b"png", "image/png")])


def test_experience_is_appended_if_the_file_exists(tmp_path: Path) -> None:
    (tmp_path / "learned.md").write_text("Ulm is on the Danube.", encoding="utf-8")
    for name, system in (("learned.md", "Answer.\nUlm is on the Danube."), ("missing.md", "Answer.")):
        _, model = ran(agent("A", prompt="Answer.", experience=name, base=str(tmp_path)), "x", answers=["y"])
        assert sent(model.requests[0])[0] == ("system", system)


def test_numbers_are_passed_through() -> None:
    _, model = ran(agent("A", temperature=0.5, top_p=0.9, seed=3, max_tokens=80), "x", answers=["y"])
    asked = model.requests[0]
    assert (asked.temperature, asked.top_p, asked.seed, asked.max_tokens) == (0.5, 0.9, 3, 80)


def test_instructions_at_the_hooks() -> None:
    subject = agent("A", before_step="Think first.", after_step="Check it.")
    result, model = ran(subject, "x", answers=["draft", "final"])
    assert result.value == "final"
    assert sent(model.requests[0]) == [("system", "Note: Think first."), ("user", "x")]
    assert sent(model.requests[1])[-2:] == [("assistant", "draft"), ("user", "Check it.")]


def test_reflections_are_told_once_to_each_agent() -> None:
    first, second = agent("A", memory="none"), agent("B", memory="none")

    async def body() -> None:
        frame.current().notes.append("mind the gap")
        for subject in (first, first, second):
            await subject.run("x")
        frame.current().forget_notes(0)
        frame.current().notes.append("another")
        await first.run("x")

    model = ScriptedModel(["y"], forever=True)
    run_flow(body, model=model)
    notes = [[text for role, text in sent(request) if role == "system"] for request in model.requests]
    assert notes == [["Note: mind the gap"], [], ["Note: mind the gap"], ["Note: another"]]


def test_computed_properties_are_computed_once_before_the_first_run() -> None:
    times: list[int] = []

    async def setup() -> dict[str, Any]:
        times.append(1)
        return {"prompt": "computed", "temperature": 0.25}

    subject = agent("A", setup=setup, memory="none")

    async def body() -> None:
        await subject.run("x")
        await subject.run("x")

    model = ScriptedModel(["y"], forever=True)
    run_flow(body, model=model)
    assert times == [1]
    assert [(sent(r)[0], r.temperature) for r in model.requests] == [(("system", "computed"), 0.25)] * 2
    assert subject.prompt == "computed"


# Properties


@pytest.mark.parametrize(
    ("properties", "name", "value"),
    [
        ({}, "timeout", 60.0),
        ({}, "retry", 3),
        ({}, "memory", "local"),
        ({}, "max_tool_calls", 10),
        ({"timeout": Duration(2.5)}, "timeout", 2.5),
        ({"timeout": 45}, "timeout", 45.0),
        ({"stream": "true"}, "stream", True),
        ({"cache": "False"}, "cache", False),
        ({"model": "a/b"}, "chain", ("a/b",)),
        ({}, "chain", ("strong",)),
        ({"model": ["a/b", Fallback("c/d")], "fallback": "e"}, "chain", ("a/b", "c/d", "e")),
        ({"fallback": ["x", "y"]}, "chain", ("strong", "x", "y")),
    ],
)
def test_properties(properties: dict[str, Any], name: str, value: Any) -> None:
    async def settings() -> Any:
        return await agent("A", **properties).declared_.settings()

    assert getattr(asyncio.run(settings()), name) == value


@pytest.mark.parametrize("properties", [{"timeout": "soon"}, {"retry": 1.5}, {"stream": "maybe"}, {"temperature": []}])
def test_a_property_that_makes_no_sense(properties: dict[str, Any]) -> None:
    with pytest.raises(TypeViolation, match=next(iter(properties))):
        agent("A", **properties)


# Answers (e)


@pytest.mark.parametrize(
    "text",
    [
        '{"customer": "Ann", "urgency": 5}',
        '```json\n{"customer": "Ann", "urgency": 5}\n```',
        'Here it is:\n```\n{"customer": "Ann", "urgency": "5"}\n```\nGood luck!',
        '{"customer": "Ann", "urgency": "5", "more": 1}',
    ],
)
def test_json_is_unwrapped_and_numerals_are_coerced(text: str) -> None:
    assert answers_of(agent("A", implements=lambda: (Ticket,)), "x", answers=[text]) == Ticket(
        customer="Ann", urgency=5
    )


@pytest.mark.parametrize(("written", "value"), [("true", True), ("false", False), (True, True), (None, None)])
def test_booleans_are_coerced(written: Any, value: bool | None) -> None:
    answer = {"customer": "Ann", "paid": written}
    assert answers_of(agent("A", implements=lambda: (Ticket,)), "x", answers=[answer]).paid is value


@pytest.mark.parametrize(
    ("returns", "answer", "value"),
    [
        (int, "42", 42),
        (int, {"value": 42}, 42),
        (list[str], '["a", "b"]', ["a", "b"]),
        (list[Place], {"value": [{"city": "Ulm"}]}, [Place(city="Ulm")]),
        (bool, {"value": "true"}, True),
        (str, "not json", "not json"),
        (dict[str, int], {"a": 1}, {"a": 1}),
        (int | None, {"value": None}, None),
    ],
)
def test_declared_results(returns: Any, answer: Any, value: Any) -> None:
    assert answers_of(agent("A", returns=lambda: returns), "x", answers=[answer]) == value


def test_several_protocols_are_one_record() -> None:
    subject = agent("A", implements=lambda: (Ticket, Place))
    value = answers_of(subject, "x", answers=[{"customer": "Ann", "city": "Ulm"}])
    assert (value.customer, value.city, isinstance(value, Ticket), isinstance(value, Place)) == (
        "Ann",
        "Ulm",
        True,
        True,
    )


@pytest.mark.parametrize("where", ["property", "context"])
def test_an_output_schema_is_an_anonymous_protocol(where: str) -> None:
    schema = {"title": "string", "tags": "list[string]", "note": "str?"}
    properties = {"output_schema": schema} if where == "property" else {"context": {"output_schema": schema}}
    value = answers_of(agent("A", **properties), "x", answers=[{"title": 3, "tags": ["a"]}])
    assert (value.title, value.tags, value.note) == ("3", ["a"], None)


def test_the_model_is_given_the_schema() -> None:
    _, model = ran(agent("A", implements=lambda: (Ticket,)), "x", answers=[{"customer": "a"}])
    schema = model.requests[0].schema
    assert schema is not None
    assert schema["required"] == ["customer"]
    assert schema["properties"]["urgency"] == {"default": 3, "type": "integer"}


def test_the_model_is_told_conditions_in_words() -> None:
    _, model = ran(agent("A", implements=lambda: (Count,)), "x", answers=[{"n": 1}], judgements=[True])
    schema = model.requests[0].schema
    assert schema is not None
    assert schema["properties"]["n"] == {"type": "integer", "description": "a small number"}


def test_json_format_parses_the_answer() -> None:
    subject = agent("A", output_format="json")
    result, model = ran(subject, "x", answers=["no", '{"a": [1]}'])
    assert result.value == {"a": [1]}
    assert all(request.wants_json for request in model.requests)


def test_protocol_retry_with_reasons() -> None:
    result, model = ran(
        agent("A", implements=lambda: (Ticket,)), "x", answers=["nothing", {"urgency": "high"}, {"customer": "Ann"}]
    )
    assert result.value == Ticket(customer="Ann")
    second, third = model.requests[1], model.requests[2]
    assert sent(second)[-2] == ("assistant", "nothing")
    assert "not JSON" in sent(second)[-1][1]
    assert "customer: field required" in sent(third)[-1][1]
    assert "urgency: input should be a valid integer" in sent(third)[-1][1]


@pytest.mark.parametrize("retry", [0, 1, 3])
def test_the_answer_is_asked_for_again_up_to_retry_times(retry: int) -> None:
    result, model = ran(agent("A", implements=lambda: (Ticket,), retry=retry), "x", answers=["nope"] * 9)
    assert len(model.requests) == 1 + retry
    assert isinstance(result.error, ProtocolError)
    assert result.error.text == "nope"
    assert result.error.reasons


def test_an_unfit_answer_is_no_reason_for_another_model() -> None:
    subject = agent("A", model=["a/b", Fallback("c/d")], returns=lambda: int, retry=1)
    result, model = ran(subject, "x", answers=["nope"] * 9)
    assert {request.model for request in model.requests} == {"b"}
    assert isinstance(result.error, ProtocolError)


SmallNumber = semantic_type("SmallNumber", int, "a small number")


class Count(Protocol):
    n: SmallNumber  # type: ignore[valid-type]  # a type made at run time


@pytest.mark.parametrize(("mode", "asked"), [("strict", 2), ("warn", 1), ("forgiving", 1)])
def test_conditions_in_words_under_the_type_mode(mode: Any, asked: int) -> None:
    result, model = ran(
        agent("A", implements=lambda: (Count,)),
        "x",
        answers=[{"n": 900}, {"n": 1}],
        judgements=[False, True],
        settings=Settings(type_mode=mode),
    )
    assert len(model.requests) == asked
    assert result.value.n == (1 if mode == "strict" else 900)
    assert bool(result.of_kind("log")) is (mode == "warn")


# Attempts, back-off, fallbacks


def waits(*errors: Any, **properties: Any) -> tuple[list[float], Result, ScriptedModel]:
    clock = FakeClock()
    result, model = ran(agent("A", **properties), "x", answers=[*errors, "fine"], clock=clock)
    return clock.slept, result, model


def test_transient_errors_are_tried_again_with_exponential_back_off() -> None:
    down = ModelError("down", retryable=True)
    slept, result, _ = waits(down, down, down, retry=4)
    assert result.value == "fine"
    assert len(slept) == 3
    for wait, expected in zip(slept, (1, 2, 4), strict=True):
        assert expected * 0.8 <= wait <= expected * 1.2


def test_back_off_starts_at_retry_delay_and_is_capped() -> None:
    down = ModelError("down", retryable=True)
    slept, _, _ = waits(*[down] * 7, retry=8, retry_delay=Duration(4))
    assert 3.2 <= slept[0] <= 4.8
    assert max(slept) <= 30.0
    assert min(slept[4:]) >= 24.0


@pytest.mark.parametrize(("advice", "least"), [(12.0, 12.0), (0.0, 0.8), (None, 0.8)])
def test_the_advice_of_a_rate_limit_is_honoured(advice: float | None, least: float) -> None:
    slept, result, _ = waits(RateLimitError("slow down", retry_after=advice))
    assert result.value == "fine"
    assert least <= slept[0] <= max(least, 1.2)


def test_advice_that_is_too_long_counts_as_no_answer() -> None:
    slept, result, _ = waits(RateLimitError("tomorrow", retry_after=86400))
    assert slept == []
    assert isinstance(result.error, RateLimitError)


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (ModelError("down", retryable=True), 3),
        (RateLimitError("slow"), 3),
        (AgentTimeoutError("late"), 3),
        (ModelError("bad request"), 1),
        (AuthError("no"), 1),
    ],
)
def test_how_often_an_error_is_tried(error: NexaError, attempts: int) -> None:
    _, result, model = waits(*[error] * 5)
    assert len(model.requests) == attempts
    assert result.error is error


@pytest.mark.parametrize(
    ("error", "falls_back"),
    [
        (ModelError("down", retryable=True), True),
        (RateLimitError("slow"), True),
        (AgentTimeoutError("late"), True),
        (AuthError("no"), True),
        (ModelError("refused"), False),
    ],
)
def test_fallbacks_are_for_transport_rate_limit_auth_and_time(error: NexaError, falls_back: bool) -> None:
    subject = agent("A", model=["p/first", Fallback("p/second")], fallback="p/third", retry=1)
    result, model = ran(subject, "x", answers=[error, error, "fine"])
    tried = [request.model for request in model.requests]
    assert tried == (["first", "second", "third"] if falls_back else ["first"])
    assert (result.value == "fine") is falls_back


def test_each_model_has_its_attempts() -> None:
    down = ModelError("down", retryable=True)
    subject = agent("A", model=["p/first", Fallback("p/second")], retry=2)
    _, model = ran(subject, "x", answers=[down, down, down, "fine"])
    assert [request.model for request in model.requests] == ["first", "first", "second", "second"]


def test_an_agent_as_fallback_is_run_on_the_same_input() -> None:
    helper = agent("Helper", prompt="Help.")
    subject = agent("A", model=["p/first", Fallback(lambda: helper)], retry=1)
    result, model = ran(subject, "x", "more", answers=[AuthError("no"), "helped"])
    assert result.value == "helped"
    assert sent(model.requests[1]) == [("system", "Help."), ("user", "x\n\nmore")]


def test_a_fallback_agent_is_held_to_the_type() -> None:
    subject = agent("A", fallback=lambda: agent("B"), returns=lambda: int, retry=1)
    assert answers_of(subject, "x", answers=[AuthError("no"), "7"]) == 7
    with pytest.raises(ProtocolError):
        answers_of(subject, "x", answers=[AuthError("no"), "seven"])


def test_models_after_an_agent_are_tried_too() -> None:
    subject = agent(
        "A", model=["p/first", Fallback(lambda: agent("B", model="p/b", retry=1)), Fallback("p/last")], retry=1
    )
    result, model = ran(subject, "x", answers=[AuthError("1"), AuthError("2"), "fine"])
    assert result.value == "fine"
    assert [request.model for request in model.requests] == ["first", "b", "last"]


def test_a_run_does_not_return_to_a_model_that_was_given_up() -> None:
    def add(a: int) -> int:
        return a

    subject = agent("A", model=["p/first", Fallback("p/second")], retry=1, uses=lambda: (add,))
    _, model = ran(subject, "x", answers=[AuthError("no"), call("add", a=1), "fine"])
    assert [request.model for request in model.requests] == ["first", "second", "second"]


def test_an_attempt_has_its_time() -> None:
    async def never(_: Request) -> str:
        await asyncio.Event().wait()
        return ""

    result, model = ran(agent("A", timeout=0.01, retry=2), "x", answers=[never, never, "late"])
    assert isinstance(result.error, AgentTimeoutError)
    assert len(model.requests) == 2


# Contracts (a) and (f)


async def short(value: Any, args: Any, result: Any, old: Any) -> bool:
    return len(result if result is not None else value) <= 5


def test_requires_is_checked_before_anything_is_asked() -> None:
    subject = agent("A", contracts=(AgentContract("requires", "len(input) <= 5", check=short),))
    result, model = ran(subject, "far too long", answers=["x"])
    assert isinstance(result.error, ContractViolation)
    assert (result.error.clause, result.error.text, model.requests) == ("requires", "len(input) <= 5", [])


def test_ensures_counts_as_a_failed_attempt_with_its_text_as_the_reason() -> None:
    subject = agent("A", contracts=(AgentContract("ensures", "len(result) <= 5", check=short),), retry=2)
    result, model = ran(subject, "x", answers=["far too long", "fine"])
    assert result.value == "fine"
    assert "len(result) <= 5" in sent(model.requests[1])[-1][1]
    result, model = ran(subject, "x", answers=["far too long"] * 9)
    assert isinstance(result.error, ContractViolation)
    assert len(model.requests) == 3


@pytest.mark.parametrize("verdict", [True, False, ModelError("broken")])
def test_semantic_clauses_go_to_the_judge_and_no_answer_is_a_violation(verdict: Any) -> None:
    subject = agent("A", contracts=(AgentContract("requires", "is about shops", semantic=True),))
    result, model = ran(subject, "a lamp", answers=["x"], judgements=[verdict])
    assert (result.error is None) is (verdict is True)
    question = model.questions[0].question
    assert (question.condition, question.subject) == ("is about shops", "input: a lamp")


def test_old_values_are_taken_at_entry() -> None:
    seen: list[Any] = []

    async def old(value: Any, args: Any) -> dict[str, Any]:
        return {"size": len(value)}

    async def check(value: Any, args: Any, result: Any, before: Any) -> bool:
        seen.append((value, args, result, dict(before)))
        return True

    ran(agent("A", contracts=(AgentContract("invariant", "…", check=check, old=old),)), "abc", 1, answers=["x"])
    assert seen == [("abc", (1,), None, {"size": 3}), ("abc", (1,), "x", {"size": 3})]


def test_unharnessed_skips_contracts() -> None:
    subject = agent("A", contracts=(AgentContract("requires", "short", check=short),))

    async def body() -> Any:
        with unharnessed("watched"):
            return await subject.run("far too long")

    assert run_flow(body, model=ScriptedModel(["x"])).value == "x"


# Hooks (b), (h), on_error


def hook_log(log: list[str], name: str, fails: bool = False) -> Any:
    async def hook(*args: Any) -> None:
        log.append(" ".join([name, *map(str, args)]))
        if fails:
            raise NexaError("from the hook")

    return hook


def test_steps_fire_the_agents_hooks_first_and_then_those_around() -> None:
    log: list[str] = []
    own = tuple(Hook(event, hook_log(log, f"own {event}")) for event in ("before_step", "after_step"))
    around = tuple(Hook(event, hook_log(log, f"around {event}")) for event in ("before_step", "after_step"))

    async def body() -> None:
        with hooks(*around):
            await agent("A", hooks=own).run("x")
        await agent("B").run("x")

    run_flow(body, model=ScriptedModel([lambda _: log.append("asked") or "y", "z"]))
    assert log == ["own before_step", "around before_step", "asked", "own after_step", "around after_step"]


def test_an_error_fires_on_error_innermost_first_and_goes_on() -> None:
    log: list[str] = []
    own = (Hook("on_error", hook_log(log, "own")), Hook("on_error", hook_log(log, "other"), types=("ToolError",)))

    async def body() -> None:
        with hooks(Hook("on_error", hook_log(log, "around"), types=("AgentError",))):
            await agent("A", hooks=own, retry=1).run("x")

    result = run_flow(body, model=ScriptedModel([ModelError("down")]))
    assert log == ["own down", "around down"]
    assert str(result.error) == "down"


def test_a_hook_that_runs_an_agent_does_not_set_off_itself() -> None:
    helper = agent("Helper")

    async def ask() -> None:
        await helper.run("inside")

    async def body() -> Any:
        with hooks(Hook("before_step", ask)):
            return await agent("A").run("x")

    assert run_flow(body, model=ScriptedModel(["helped", "done"])).value == "done"


def test_no_after_step_after_a_failure() -> None:
    log: list[str] = []
    ran(agent("A", hooks=(Hook("after_step", hook_log(log, "after")),)), "x", answers=[ModelError("no")])
    assert log == []


# Budget


def costly(text: str) -> Reply:
    return Reply(text, usage=Usage(60, 50))


def test_a_budget_ends_the_run_when_it_is_used_up() -> None:
    subject = agent("A", budget={"max_tokens": 100}, returns=lambda: int)
    result, model = ran(subject, "x", answers=[costly("no"), costly("7")])
    assert isinstance(result.error, BudgetExceeded)
    assert len(model.requests) == 1


def test_a_budget_may_send_to_the_fallback() -> None:
    subject = agent(
        "A", model=["p/a", Fallback("p/b")], budget={"max_tokens": 100, "on_exhaust": "fallback"}, returns=lambda: int
    )
    result, model = ran(subject, "x", answers=[costly("no"), costly("7")])
    assert result.value == 7
    assert [request.model for request in model.requests] == ["a", "b"]


# Streams and events


def test_streamed_text_is_delivered_and_is_the_value() -> None:
    result, _ = ran(agent("A", stream=True), "x", answers=["some words"])
    assert result.value == "some words"
    assert [line["text"] for line in result.of_kind("token")] == ["some words"]


def test_stream_delivers_once_and_shares_the_history() -> None:
    subject = agent("A")

    async def body() -> Any:
        await subject.stream("one")
        await subject.run("two")
        return subject.history

    result = run_flow(body, model=ScriptedModel(["1", "2"]))
    assert [turn["content"] for turn in result.value] == ["one", "1", "two", "2"]
    assert len(result.of_kind("token")) == 1


def test_events_of_a_run_carry_node_and_genai_names() -> None:
    async def body() -> Any:
        with frame.at_node("main#3"):
            return await agent("A", model="p/m", temperature=0.5).run("x")

    result = run_flow(body, model=ScriptedModel([ModelError("down", retryable=True), costly("y")]))
    kinds = [line["event"] for line in result.events]
    assert kinds == ["node.started", "model.call", "log", "model.call", "model.usage", "node.finished"]
    assert {line["node"] for line in result.events if "node" in line} == {"main#3"}
    assert [line["attempt"] for line in result.of_kind("model.call")] == [1, 2]
    called = result.of_kind("model.call")[0]["attributes"]
    assert called["gen_ai.request.model"] == "m"
    assert called["gen_ai.request.temperature"] == 0.5
    assert result.of_kind("model.usage")[0]["attributes"]["gen_ai.usage.output_tokens"] == 50
    assert result.of_kind("node.finished")[0]["output"] == "y"


def test_a_failed_node_says_why() -> None:
    async def body() -> Any:
        with frame.at_node("main#0"):
            await agent("A").run("x")

    result = run_flow(body, model=ScriptedModel([ModelError("down")]))
    assert result.of_kind("node.failed")[0]["error"]["kind"] == "ModelError"


def test_the_last_result_of_the_flow_is_the_agents() -> None:
    async def main() -> Any:
        await agent("A").run("x")
        return frame.last_result()

    assert run_flow(flow("main", main), model=ScriptedModel(["y"])).value == "y"


# Cache


def test_a_cached_answer_is_given_without_asking(tmp_path: Path) -> None:
    times: list[int] = []

    def look() -> str:
        times.append(1)
        return "seen"

    subject = agent("A", cache=True, cache_ttl=Duration(60), memory="none", uses=lambda: (look,))
    clock = FakeClock()

    async def body() -> list[Any]:
        first = [await subject.run("x"), await subject.run("x"), await subject.run("other")]
        await clock.sleep(61)
        return [*first, await subject.run("x")]

    model = ScriptedModel([call("look"), "a", "b", "c"])
    result = run_flow(body, model=model, clock=clock, settings=Settings(state_dir=tmp_path))
    assert result.value == ["a", "a", "b", "c"]
    assert times == [1]


# Agents as values


def test_members_and_state() -> None:
    from nexa.runtime.callables import fn
    from nexa.runtime.members import member, set_member

    async def price(self: Any, item: str) -> str:
        return f"{member(self, 'greeting')} {item}"

    async def state(self: Any) -> dict[str, Any]:
        return {"greeting": "Welcome!"}

    subject = agent("Shop", members={"price": fn("price", price, owner="agent")}, state=state)

    async def body() -> Any:
        await subject.prepare_()
        first = await subject.price("lamp")
        set_member(subject, "greeting", "Hi!")
        return [first, await subject.price("lamp"), member(subject, "name")]

    assert run_flow(body).value == ["Welcome! lamp", "Hi! lamp", "Shop"]


def test_a_clone_has_other_properties_and_starts_from_the_same_memory() -> None:
    subject = agent("Day", prompt="Sell.", temperature=0.9)

    async def body() -> Any:
        await subject.run("one")
        twin = subject.clone(new_name="Night", temperature=0.1)
        await twin.run("two")
        await subject.run("three")
        return twin.name

    model = ScriptedModel(["1", "2", "3"])
    assert run_flow(body, model=model).value == "Night"
    texts = [[text for _, text in sent(request)] for request in model.requests]
    assert texts == [["Sell.", "one"], ["Sell.", "one", "1", "two"], ["Sell.", "one", "1", "three"]]
    assert [request.temperature for request in model.requests] == [0.9, 0.1, 0.9]


def test_last_context() -> None:
    subject = agent("A", returns=lambda: int)
    assert answers_of(subject, "x", answers=["7"]) == 7
    assert subject.last_context is not None
    assert (subject.last_context.text, subject.last_context.record) == ("7", 7)


def test_concurrent_runs_in_branches_and_the_order_of_histories() -> None:
    subject = agent("A")
    gates = {"one": asyncio.Event(), "two": asyncio.Event()}

    async def answer(request: Request) -> str:
        if request.last_text == "one":  # finishes after "two"
            await gates["two"].wait()
        gates[request.last_text].set() if request.last_text in gates else None
        return f"re {request.last_text}"

    async def body() -> Any:
        await subject.run("zero")
        with fan_out_scope() as fan:

            async def branch(index: int, text: str) -> None:
                with fan.branch(index):
                    await subject.run(text)

            await asyncio.gather(branch(0, "one"), branch(1, "two"))
        return [turn["content"] for turn in subject.history]

    model = ScriptedModel([answer], forever=True)
    result = run_flow(body, model=model)
    assert result.value == ["zero", "re zero", "one", "re one", "two", "re two"]
    by_text = {request.last_text: [text for _, text in sent(request)] for request in model.requests}
    assert by_text["two"] == ["zero", "re zero", "two"]
