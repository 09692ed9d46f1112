"""Agents against a server that misbehaves: the whole way from `run` to the socket and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness import model_server as served
from harness.model_server import ModelServer, model_server
from nexa.runtime.agent_settings import Fallback
from nexa.runtime.agents import agent
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.errors import AgentTimeoutError, AuthError
from nexa.runtime.fan import side_by_side
from nexa.runtime.protocols import Protocol
from nexa.runtime.run import Run, enter
from nexa.runtime.secrets_file import SecretsFile
from nexa.runtime.testing import FakeClock

KEY = "sk-key-of-the-tests"


class City(Protocol):
    name: str
    people: int


class Outcome:
    def __init__(self) -> None:
        self.lines: list[Any] = []
        self.clock = FakeClock()
        self.value: Any = None
        self.error: BaseException | None = None

    def of_kind(self, event: str) -> list[Any]:
        return [line for line in self.lines if line["event"] == event]


async def ran(server: ModelServer, *subjects: Any, protocol: str = "openai") -> Outcome:
    """Run the agents one after the other on `x`; every model is at the server."""
    outcome = Outcome()
    base = server.openai_url if protocol == "openai" else server.url
    table = {"base_url": base, "protocol": protocol, "api_key_env": "KEY"}
    entries = {"MODEL_NAME": {"strong": "here/large", "weak": "here/small"}}
    configuration = Configuration(
        Secrets([SecretsFile(entries)], environment={"KEY": KEY}), Settings(), providers={"here": table, "there": table}
    )
    run = Run(configuration, sinks=[outcome.lines.append], clock=outcome.clock)
    leave = enter(run)
    try:
        for subject in subjects:
            outcome.value = await subject.run("x")
    except Exception as error:
        outcome.error = error
    finally:
        leave()
        await run.models.close()
    assert KEY not in str(outcome.lines) + str(outcome.error)
    return outcome


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize("stream", [False, True])
async def test_a_conversation_with_a_tool(protocol: str, stream: bool) -> None:
    def people(city: str) -> int:
        return {"Ulm": 126_000}[city]

    subject = agent("A", implements=lambda: (City,), uses=lambda: (people,), stream=stream)
    async with model_server(
        served.says("", ("c1", "people", '{"city": "Ulm"}')),
        served.says(pieces=['{"name": "Ulm", ', '"people": "126000"}']),
    ) as server:
        outcome = await ran(server, subject, protocol=protocol)
    assert outcome.value == City(name="Ulm", people=126_000)
    assert len(outcome.of_kind("token")) == (2 if stream else 0)
    assert "126000" in str(server.requests[1].body["messages"][-1])
    assert sum(line["input_tokens"] for line in outcome.of_kind("model.usage")) == 14


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
@pytest.mark.parametrize("stream", [False, True])
async def test_several_calls_at_once_are_each_answered_in_order(protocol: str, stream: bool) -> None:
    def people(city: str) -> int:
        return {"Ulm": 126_000}[city]

    def area(city: str, unit: str = "km2") -> str:
        return f"119 {unit}"

    calls = (
        ("c1", "people", '{"city": "Ulm"}'),
        ("c2", "area", '{"city": "Ulm", "unit": "ha"}'),
        ("c3", "mayor", '{"city": "Ulm"}'),
        ("c4", "people", '{"town": "Ulm"}'),
        ("c5", "people", '{"city": "Atlantis"}'),
    )
    subject = agent("A", uses=lambda: (people, area), stream=stream)
    async with model_server(served.says("", *calls), served.says("done")) as server:
        outcome = await ran(server, subject, protocol=protocol)
    assert outcome.value == "done"
    first, second = (request.body for request in server.requests)
    assert len(first["tools"]) == 2
    answers = results_in(second["messages"])
    assert list(answers) == ["c1", "c2", "c3", "c4", "c5"]
    assert (answers["c1"], answers["c2"]) == ("126000", "119 ha")
    assert "there is no tool 'mayor'" in answers["c3"]
    assert answers["c4"].startswith("Error (arguments): people has no parameter 'town'")
    assert answers["c5"].startswith("Error (KeyError)")
    assert [line["call"] for line in outcome.of_kind("tool.started")] == ["c1", "c2", "c5"]
    finished = {line["call"]: line["tool"] for line in outcome.of_kind("tool.finished")}
    assert finished == {"c1": "people", "c2": "area", "c3": "mayor", "c4": "people", "c5": "people"}


def results_in(messages: list[dict[str, Any]]) -> dict[str, str]:
    """What tools answered, by the id of the call; all answers to one reply of Anthropic's stand in one message."""
    found = {each["tool_call_id"]: each["content"] for each in messages if each["role"] == "tool"}
    blocks = [
        [block for block in each["content"] if block["type"] == "tool_result"]
        for each in messages
        if each["role"] == "user" and isinstance(each["content"], list)
    ]
    answering = [each for each in blocks if each]
    assert len(answering) <= 1
    for block in answering[0] if answering else ():
        content = block["content"]
        found[block["tool_use_id"]] = content if isinstance(content, str) else content[0]["text"]
    return found


async def test_a_rate_limit_a_broken_answer_and_an_error_page_are_tried_again() -> None:
    async with model_server(
        served.status(429, retry_after="12"),
        served.body(b"{nonsense"),
        served.body(b"<html>", "text/html"),
        served.says("at last"),
    ) as server:
        outcome = await ran(server, agent("A", retry=4))
    assert outcome.value == "at last"
    assert outcome.clock.slept[0] >= 12
    assert [line["attempt"] for line in outcome.of_kind("model.call")] == [1, 2, 3, 4]


async def test_a_cut_stream_is_asked_for_again() -> None:
    start = 'data: {"choices": [{"delta": {"content": "Go"}}]}'
    async with model_server(served.cut_off(start), served.says(pieces=["Good", " day"])) as server:
        outcome = await ran(server, agent("A", stream=True))
    assert outcome.value == "Good day"


async def test_a_hanging_socket_runs_into_the_timeout_and_then_to_the_fallback() -> None:
    subject = agent("A", model=["here/first", Fallback("there/second")], timeout=2, retry=1)
    async with model_server(served.hangs(), served.says("from the second")) as server:
        outcome = await ran(server, subject)
    assert outcome.value == "from the second"
    assert [request.body["model"] for request in server.requests] == ["first", "second"]
    async with model_server(served.hangs()) as server:
        outcome = await ran(server, agent("A", model="here/first", timeout=0.05, retry=1))
    assert isinstance(outcome.error, AgentTimeoutError)
    assert "here/first did not answer within 0.05 s" in str(outcome.error)


async def test_refused_credentials_are_not_repeated() -> None:
    async with model_server(served.status(401, f"Incorrect API key provided: {KEY}")) as server:
        outcome = await ran(server, agent("A", retry=5))
    assert isinstance(outcome.error, AuthError)
    assert len(server.requests) == 1


async def test_a_wrong_answer_and_then_a_right_one() -> None:
    async with model_server(served.says('{"name": "Ulm"}'), served.says('{"name": "Ulm", "people": 1}')) as server:
        outcome = await ran(server, agent("A", implements=lambda: (City,)))
    assert outcome.value == City(name="Ulm", people=1)
    assert "people: field required" in server.requests[1].body["messages"][-1]["content"]
    assert outcome.clock.slept == []


async def test_many_runs_at_once_share_the_pool() -> None:
    subjects = [agent(f"A{number}") for number in range(20)]

    class All:
        @staticmethod
        async def run(value: str) -> Any:
            return await side_by_side([lambda s=subject: s.run(value) for subject in subjects])

    async with model_server(*[served.says(f"{number}") for number in range(20)]) as server:
        outcome = await ran(server, All)
    assert sorted(outcome.value, key=int) == [str(number) for number in range(20)]


async def test_pictures_travel(tmp_path: Path) -> None:
    class Picture:
        type_name = "image"
        data = b"png"
        mime = "image/png"

    class WithPicture:
        @staticmethod
        async def run(value: str) -> Any:
            return await agent("A").run(value, Picture())

    async with model_server(served.says("a lamp")) as server:
        outcome = await ran(server, WithPicture)
    assert outcome.value == "a lamp"
    assert server.requests[0].body["messages"][0]["content"][1]["image_url"]["url"].startswith("data:image/png;base64,")
