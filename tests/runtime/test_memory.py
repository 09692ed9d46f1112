"""What agents remember, and what concurrent runs see of it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from nexa.runtime.agents import agent
from nexa.runtime.config import Settings
from nexa.runtime.context_policy import with_context
from nexa.runtime.errors import ModelError
from nexa.runtime.memory import fan_out_scope
from nexa.runtime.testing import Request, ScriptedModel, call, run_flow


def heard(model: ScriptedModel) -> list[list[str]]:
    return [[message.text for message in request.messages] for request in model.requests]


def echoing() -> ScriptedModel:
    return ScriptedModel([lambda request: f"re {request.last_text}"], forever=True)


async def in_turn(subject: Any, *texts: str) -> list[str]:
    for text in texts:
        await subject.run(text)
    return [turn["content"] for turn in subject.history]


@pytest.mark.parametrize(
    ("memory", "second"), [("none", ["b"]), ("local", ["a", "re a", "b"]), ("cow", ["a", "re a", "b"])]
)
def test_what_the_second_run_starts_from(memory: str, second: list[str]) -> None:
    model = echoing()
    run_flow(in_turn, agent("A", memory=memory), "a", "b", model=model)
    assert heard(model)[1] == second


def test_each_run_of_a_program_starts_with_empty_memories() -> None:
    subject, model = agent("A"), echoing()
    for _ in range(2):
        run_flow(in_turn, subject, "a", model=model)
    assert heard(model) == [["a"], ["a"]]


def test_shared_memory_is_one_history_for_all_who_name_it() -> None:
    first, second, other = agent("A", memory="shared:x"), agent("B", memory="shared:x"), agent("C", memory="shared:y")

    async def body() -> None:
        await first.run("a")
        await second.run("b")
        await other.run("c")

    model = echoing()
    run_flow(body, model=model)
    assert heard(model) == [["a"], ["a", "re a", "b"], ["c"]]


def test_persistent_memory_is_there_in_the_next_program(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    run_flow(in_turn, agent("Käthe/1", memory="persistent"), "a", model=echoing(), settings=settings)
    model = echoing()
    run_flow(in_turn, agent("Käthe/1", memory="persistent"), "b", model=model, settings=settings)
    assert heard(model) == [["a", "re a", "b"]]
    assert [path.suffix for path in (tmp_path / "memory").iterdir()] == [".json"]


def test_a_broken_memory_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "memory").mkdir()
    (tmp_path / "memory" / "A.json").write_text("{nonsense", encoding="utf-8")
    model = echoing()
    run_flow(in_turn, agent("A", memory="persistent"), "b", model=model, settings=Settings(state_dir=tmp_path))
    assert heard(model) == [["b"]]


def test_reset_forgets() -> None:
    subject = agent("A")

    async def body() -> Any:
        await subject.run("a")
        subject.reset()
        return await in_turn(subject, "b")

    assert run_flow(body, model=echoing()).value == ["b", "re b"]


def test_a_failed_run_is_not_remembered() -> None:
    subject = agent("A")

    async def body() -> Any:
        with pytest.raises(ModelError):
            await subject.run("a")
        return await in_turn(subject, "b")

    assert run_flow(body, model=ScriptedModel([ModelError("no"), "yes"])).value == ["b", "yes"]


def test_rejected_answers_are_not_remembered() -> None:
    assert run_flow(in_turn, agent("A", returns=lambda: int), "a", model=ScriptedModel(["x", "7"])).value == ["a", "7"]


async def together(subject: Any, answer_first: str, *texts: str) -> ScriptedModel:
    """Two runs at once; the one with the text `answer_first` is answered first."""
    answered = asyncio.Event()

    async def answer(request: Request) -> str:
        if request.last_text == answer_first:
            answered.set()
        else:
            await asyncio.wait_for(answered.wait(), 1)
        return f"re {request.last_text}"

    return ScriptedModel([answer], forever=True)


def test_cow_runs_see_the_history_of_their_start_and_append_in_order_of_starts() -> None:
    subject = agent("A", memory="cow")
    model = asyncio.run(together(subject, "b"))

    async def body() -> Any:
        await asyncio.gather(subject.run("a"), subject.run("b"))
        return [turn["content"] for turn in subject.history]

    assert run_flow(body, model=model).value == ["a", "re a", "b", "re b"]
    assert sorted(heard(model)) == [["a"], ["b"]]


def test_local_runs_outside_fan_outs_wait_for_one_another() -> None:
    subject = agent("A")

    async def answer(request: Request) -> str:
        for _ in range(5):  # long enough for the other run to begin, if it may
            await asyncio.sleep(0)
        return f"re {request.last_text}"

    async def body() -> Any:
        await asyncio.gather(subject.run("a"), subject.run("b"))

    model = ScriptedModel([answer], forever=True)
    run_flow(body, model=model)
    assert heard(model) == [["a"], ["a", "re a", "b"]]


def test_a_tool_that_asks_the_agent_again_does_not_wait_for_ever() -> None:
    subject: Any = None

    async def again() -> str:
        return await subject.run("inside")

    subject = agent("A", uses=lambda: (again,))

    async def body() -> Any:
        return await asyncio.wait_for(subject.run("outside"), 1)

    assert run_flow(body, model=ScriptedModel([call("again"), "inner", "outer"])).value == "outer"


async def fanned(subject: Any, *texts: str, fails: bool = False) -> list[str]:
    with fan_out_scope() as fan:
        for index, text in enumerate(texts):
            with fan.branch(index):
                await subject.run(text)
        if fails:
            raise ModelError("later")
    return [turn["content"] for turn in subject.history]


def test_branches_do_not_see_one_another_and_are_joined_in_order() -> None:
    model = echoing()
    assert run_flow(fanned, agent("A"), "a", "b", model=model).value == ["a", "re a", "b", "re b"]
    assert heard(model) == [["a"], ["b"]]


def test_a_failed_fan_out_is_forgotten() -> None:
    subject = agent("A")

    async def body() -> Any:
        with pytest.raises(ModelError):
            await fanned(subject, "a", fails=True)
        return subject.history

    assert run_flow(body, model=echoing()).value == []


def test_nested_fan_outs() -> None:
    subject = agent("A")
    model = echoing()

    async def body() -> Any:
        with fan_out_scope() as fan:
            with fan.branch(1):
                await subject.run("last")
            with fan.branch(0):
                await subject.run("first")
                await fanned(subject, "x", "y")
                await subject.run("then")
        return [turn["content"] for turn in subject.history if turn["role"] == "user"]

    assert run_flow(body, model=model).value == ["first", "x", "y", "then", "last"]
    assert heard(model)[2] == ["first", "re first", "x"]
    assert heard(model)[3] == ["first", "re first", "y"]
    assert heard(model)[4][:6] == ["first", "re first", "x", "re x", "y", "re y"]


def test_what_outlives_its_fan_out_is_still_remembered() -> None:
    subject = agent("A")
    go = asyncio.Event

    async def body() -> Any:
        gate = go()

        async def late() -> None:
            await gate.wait()
            await subject.run("late")

        with fan_out_scope() as fan, fan.branch(0):
            task = asyncio.create_task(late())
        gate.set()
        await task
        return [turn["content"] for turn in subject.history]

    assert run_flow(body, model=echoing()).value == ["late", "re late"]


# Bounds


def test_older_turns_are_compacted_into_one_summary() -> None:
    subject = agent("A", max_history_turns=2)
    model = ScriptedModel([lambda request: f"re {request.last_text}"], forever=True)

    def answer(request: Request) -> str:
        return "in short" if request.messages[0].text.startswith("Summarise") else f"re {request.last_text}"

    model = ScriptedModel([answer], forever=True)
    run_flow(in_turn, subject, "a", "b", "c", "d", model=model)
    asked = [texts for texts in heard(model) if not texts[0].startswith("Summarise")]
    assert asked[2] == ["a", "re a", "b", "re b", "c"]
    assert asked[3] == ["Summary of the conversation so far:\nin short", "c", "re c", "d"]


def test_without_a_summary_older_turns_are_left_out() -> None:
    def answer(request: Request) -> Any:
        return ModelError("no") if request.messages[0].text.startswith("Summarise") else "y"

    model = ScriptedModel([lambda request: answer(request)], forever=True)
    result = run_flow(in_turn, agent("A", max_history_turns=1), "a", "b", "c", model=model)
    assert result.error is None
    assert heard(model)[-1] == ["c"]
    assert any("summarised" in line["text"] for line in result.of_kind("log"))


LONG = "x" * 40  # ten tokens


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        ({"max_tokens": 1000}, ["about ships", "about tides", "about bread"]),
        ({"max_tokens": 25}, ["about bread"]),
        ({"max_tokens": 25, "strategy": "importance_weighted"}, ["about tides"]),
        ({"max_tokens": 25, "strategy": "importance_weighted", "priority_tags": ["ships"]}, ["about ships"]),
        ({"max_tokens": 5}, []),
    ],
)
@pytest.mark.parametrize("where", ["property", "scope"])
def test_a_bound_on_tokens(policy: dict[str, Any], kept: list[str], where: str) -> None:
    async def body() -> None:
        # A turn has 13 tokens, the question 5.
        for text in ("about ships", "about tides", "about bread"):
            await agent("Writer", memory="shared:m").run(text)
        reader = agent("A", memory="shared:m", context_policy=policy if where == "property" else None)
        if where == "scope":
            with with_context(**policy):
                await reader.run("what of the tides?")
        else:
            await reader.run("what of the tides?")

    model = ScriptedModel([LONG], forever=True)
    run_flow(body, model=model)
    assert [text for text in heard(model)[-1][:-1] if text != LONG] == kept


def test_a_summary_takes_the_place_of_what_does_not_fit() -> None:
    def answer(request: Request) -> str:
        return "in short" if request.messages[0].text.startswith("Summarise") else LONG

    subject = agent("A", context_policy={"max_tokens": 30, "strategy": "smart_summarization"})
    model = ScriptedModel([lambda request: answer(request)], forever=True)
    run_flow(in_turn, subject, "a", "b", "c", "d", model=model)
    assert heard(model)[-1][0] == "Summary of the conversation so far:\nin short"
    assert heard(model)[-1][-1] == "d"


def test_an_inner_scope_does_not_widen_the_bound() -> None:
    subject = agent("A")

    async def body() -> None:
        await subject.run("a")
        with with_context(max_tokens=5), with_context(max_tokens=1000):
            await subject.run("b")

    model = ScriptedModel([LONG], forever=True)
    run_flow(body, model=model)
    assert heard(model)[-1] == ["b"]


# Context blocks


def handing(first: dict[str, Any], second: dict[str, Any]) -> list[list[str]]:
    producer, consumer = agent("P", context=first, uses=lambda: (looked,)), agent("C", context=second)

    async def body() -> None:
        await consumer.run(await producer.run("start"))

    model = ScriptedModel([call("looked"), "middle", "end"])
    run_flow(body, model=model)
    return heard(model)


def looked() -> str:
    return "seen it"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {"inherit": ["messages"]}, ["start", "middle", "middle"]),
        ({"sink": "downstream"}, {"source": "upstream", "inherit": ["messages"]}, ["start", "middle", "middle"]),
        ({}, {"inherit": ["tool_results"]}, ["Result of a tool:\nseen it", "middle"]),
        ({}, {}, ["middle"]),
        ({"sink": "discard"}, {"inherit": ["messages"]}, ["middle"]),
        ({}, {"source": "fresh", "inherit": ["messages"]}, ["middle"]),
        ({"sink": "shared:n"}, {"source": "shared:n"}, ["start", "middle", "middle"]),
    ],
)
def test_what_a_stage_hands_over(first: dict[str, Any], second: dict[str, Any], expected: list[str]) -> None:
    assert handing(first, second)[-1] == expected
