"""Running offline: the mock, its script, and values made from schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from nexa.runtime.errors import AgentTimeoutError, AuthError, ModelError, RateLimitError
from nexa.runtime.overlap import best_label, overlap
from nexa.runtime.protocols import Protocol
from nexa.runtime.providers.base import Classification, Decision, Merge, Message, Request, ToolSpec
from nexa.runtime.providers.mock import Mock, answer_question
from nexa.runtime.providers.sample import sample
from nexa.runtime.providers.script import Script
from nexa.runtime.testing import FakeClock


def request(text: str = "hi", **more: Any) -> Request:
    return Request("m", (Message("system", "s"), Message("user", text)), **{"agent": "Writer", **more})


async def test_text_is_the_input_after_the_name() -> None:
    reply = await Mock().complete(request("hello there"))
    assert reply.text == "[Writer] hello there"
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (3, 5)


async def test_a_long_input_comes_back_cut() -> None:
    text = (await Mock().complete(request("x" * 5000))).text
    assert text == "[Writer] " + "x" * 400 + " …"


async def test_notes_come_back_as_if_they_were_heeded() -> None:
    messages = (Message("system", "s"), Message("system", "Note: quote a line"), Message("user", "hi"))
    assert (await Mock().complete(Request("m", messages, agent="Writer"))).text == "[Writer] hi\nquote a line"


async def test_a_stream_brings_the_whole_text() -> None:
    pieces: list[str] = []
    reply = await Mock().complete(request("hello there"), pieces.append)
    assert "".join(pieces) == reply.text
    assert len(pieces) == 3


class Line(Protocol):
    label: str
    amount: float


class Invoice(Protocol):
    vendor: str
    lines: list[Line]
    total: float
    paid: bool
    urgency: int = 3
    note: str | None = None


async def test_answers_fit_the_schema() -> None:
    schema = TypeAdapter(Invoice).json_schema()
    reply = await Mock().complete(request(schema=schema))
    assert Invoice.model_validate_json(reply.text) == Invoice(
        vendor="vendor", lines=[Line(label="label", amount=1.0)], total=1.0, paid=True
    )


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, "value"),
        ({"type": "string", "description": "a colour"}, "a colour"),
        ({"type": "string", "minLength": 8}, "value..."),
        ({"type": "string", "maxLength": 2}, "va"),
        ({"type": "string", "format": "date"}, "2000-01-01"),
        ({"type": "integer"}, 1),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "integer", "exclusiveMinimum": 1}, 2),
        ({"type": "integer", "maximum": -3}, -3),
        ({"type": "number", "exclusiveMaximum": 1, "minimum": 0}, 0.5),
        ({"type": "number", "exclusiveMaximum": 1, "exclusiveMinimum": 0}, 0.5),
        ({"type": "integer", "multipleOf": 5}, 5),
        ({"type": "boolean"}, True),
        ({"type": "null"}, None),
        ({"type": ["string", "null"]}, None),
        ({"enum": ["red", "blue"]}, "red"),
        ({"const": 7}, 7),
        ({"type": "integer", "default": 9}, 9),
        ({"type": "array", "items": {"type": "integer"}}, [1]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1, 1, 1]),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 0}, []),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}, [1, "value"]),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, None),
        ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, 1),
        ({"allOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": {"type": "integer"}}}, 1),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": 1}),
        ({"type": "object"}, {}),
    ],
)
def test_samples(schema: dict[str, Any], value: Any) -> None:
    made = sample(schema)
    assert made == value
    assert type(made) is type(value)


def test_a_schema_that_refers_to_itself_has_an_end() -> None:
    node = {
        "type": "object",
        "properties": {"next": {"$ref": "#/$defs/N"}, "n": {"type": "integer"}},
        "required": ["n"],
    }
    made = sample({"$ref": "#/$defs/N", "$defs": {"N": node}})
    assert "next" in made
    assert json.dumps(made).count('n"') < 40


async def test_a_required_tool_is_called_once_with_fitting_arguments() -> None:
    tool = ToolSpec("look", "", {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]})
    first = await Mock().complete(request(tools=(tool,), tool_choice="required"))
    assert [(call.name, call.arguments) for call in first.calls] == [("look", '{"at":"at"}')]
    assert (await Mock().complete(request(tools=(tool,)))).calls == ()


# The judge offline


@pytest.mark.parametrize(
    ("condition", "subject", "matched"),
    [
        ("the answer names a source", "The answer names two sources.", True),
        ("the opinion advises against the purchase", "chairs for 320 euros", False),
        ("between 0 and 100", "25.0", True),
        ("names a colour", "", False),
        ("every remark quotes a line", "Remarks: the line is quoted", True),
    ],
)
def test_decisions_go_by_the_overlap_of_words(condition: str, subject: str, matched: bool) -> None:
    answer = json.loads(answer_question(Decision(condition, subject)))
    assert answer["matched"] is matched
    assert 0 <= answer["confidence"] <= 1


@pytest.mark.parametrize(
    ("labels", "subject", "label"),
    [
        (("asks about money, invoices or refunds", "reports a defective device"), "My invoice was charged twice", 0),
        (("asks about money", "reports a defective device"), "The device is DEFECTIVE", 1),
        (("red", "blue"), "green", None),
        (("apples", "apples and pears"), "apple", 0),
    ],
)
def test_classification_by_overlap(labels: tuple[str, ...], subject: str, label: int | None) -> None:
    answer = json.loads(answer_question(Classification(labels, subject)))
    assert answer["label"] == ("" if label is None else labels[label])


def test_descriptions_count_for_a_label() -> None:
    asked = Classification(("Board", "FastLane"), "an ordinary request", "", ("large purchases", "ordinary requests"))
    assert json.loads(answer_question(asked))["label"] == "FastLane"


def test_a_merge_is_the_first_candidate() -> None:
    assert answer_question(Merge(("a", "b"))) == "a"


@pytest.mark.parametrize(("wanted", "text", "share"), [("red ship", "ships", 0.5), ("", "x", 0.0), ("the", "the", 0.0)])
def test_overlap(wanted: str, text: str, share: float) -> None:
    assert overlap(wanted, text) == share


def test_a_margin_is_kept() -> None:
    assert best_label(("wants a quiz", "feels discouraged"), "a quiz please", 0.25) == "wants a quiz"
    assert best_label(("quiz today", "quiz tomorrow"), "quiz", 0.25) is None


# Scripts

SCRIPT = """
[[reply]]
agent = "Writer"
contains = "tides"
text = "The sea rises."

[[reply]]
agent = "Writer"
json = { title = "Any" }
times = 0

[[reply]]
error = "rate_limit"
retry_after = 2

[[reply]]
delay = 0.5
[[reply.call]]
name = "look"
arguments = { at = "a" }

[[judge]]
contains = "urgent"
matched = true

[[judge]]
label = "asks about money"
"""


@pytest.fixture
def script(tmp_path: Path) -> Script:
    path = tmp_path / "script.toml"
    path.write_text(SCRIPT, encoding="utf-8")
    return Script.read(path)


async def test_the_first_entry_that_fits_is_used_as_often_as_it_says(script: Script) -> None:
    mock = Mock(script)
    texts = [(await mock.complete(request(text))).text for text in ("On TIDES", "on tides", "other", "other")]
    assert texts == ["The sea rises.", *['{"title":"Any"}'] * 3]


async def test_failures_calls_and_delays(script: Script) -> None:
    clock = FakeClock()
    mock = Mock(script, clock.sleep)
    with pytest.raises(RateLimitError) as caught:
        await mock.complete(request(agent="Other"))
    assert caught.value.retry_after == 2
    reply = await mock.complete(request(agent="Other"))
    assert [(call.name, call.arguments) for call in reply.calls] == [("look", '{"at":"a"}')]
    assert clock.slept == [0.5]
    assert (await mock.complete(request(agent="Other"))).text == "[Other] hi"


async def test_judgements(script: Script) -> None:
    mock = Mock(script)
    asked = request(question=Decision("it is urgent", "nothing alike"))
    assert json.loads((await mock.complete(asked)).text) == {"matched": True, "confidence": 1.0}
    assert json.loads((await mock.complete(asked)).text)["matched"] is False
    labels = request(question=Classification(("x", "asks about money"), "nothing alike"))
    assert json.loads((await mock.complete(labels)).text)["label"] == "asks about money"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("server", ModelError),
        ("refused", ModelError),
        ("timeout", AgentTimeoutError),
        ("auth", AuthError),
        ("rate_limit", RateLimitError),
    ],
)
async def test_every_failure(tmp_path: Path, name: str, kind: type) -> None:
    path = tmp_path / "s.toml"
    path.write_text(f'[[reply]]\nerror = "{name}"\n', encoding="utf-8")
    with pytest.raises(kind):
        await Mock(Script.read(path)).complete(request())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[reply]]\ntxt = 'a'", r"\[\[reply\]\] 1: unknown key 'txt'"),
        ("[[replies]]", "unknown table"),
        ("[[reply]]\ntext = 5", "text wants a str"),
        ("[[reply]]\nerror = 'odd'", "error is one of"),
        ("[[reply]]\n\n[[reply]]\ntimes = -1", r"\[\[reply\]\] 2: times"),
        ("[[judge]]\ncontains = 'x'", "needs matched or label"),
        ("[[reply.call]]\nname = 'a'", r"written \[\[reply\]\]"),
        ("[[reply]]\n[[reply.call]]\nname = 1", "a call needs a name"),
        ("[[reply]]\ncall = 5", r"written \[\[reply.call\]\]"),
        ("nonsense", "script.toml"),
    ],
)
def test_mistakes_in_scripts_are_told_with_their_place(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "script.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=reason):
        Script.read(path)


def test_a_script_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        Script.read(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"[[reply]]\ntext = 'a'\n[[reply]]\nbogus = 1\n", ":3:1: [[reply]] 2: unknown key 'bogus'"),
        (b"# words\n  [[judge]]\nmatched = 'yes'\n", ":2:3: [[judge]] 1: "),
        (b"[[reply]]\n[[answer]]\n", ":2:1: unknown table [[answer]]"),
        (b"reply = 3\n", ":1:1: reply is a list of tables"),
        (b"[[reply]]\ntext = \n", ":2:8: not TOML: "),
        (b"[[reply]]\ntext = 'a", ":2:10: not TOML: "),
        (b"[[reply]]\ntext = '\xc3\xa4\xff'\n", ":2:10: not UTF-8 text"),
        (b"reply = [{ txt = 'a' }]\n", ":1:1: [[reply]] 1: unknown key 'txt'"),
        (b"reply = [{}, { txt = 'a' }]\n", ": [[reply]] 2: unknown key 'txt'"),
        (b"a = " + b"[" * 5000, ": not TOML: "),
    ],
)
def test_a_script_that_is_none_says_where(tmp_path: Path, text: bytes, place: str) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(text)
    with pytest.raises(ModelError) as caught:
        Script.read(path)
    assert str(caught.value).startswith(f"{path}{place}")
