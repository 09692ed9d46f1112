"""Loops, corrections, deferred work, failures as values, contracts, type checks (language reference, 5.2, 5.6–5.9)."""

import asyncio
from typing import Annotated

import pytest

from harness.stages import Stage, Started
from nexa.runtime import frame
from nexa.runtime.catching import catches
from nexa.runtime.checks import checked, convert
from nexa.runtime.contracts import (
    assert_judged,
    assertion_failed,
    contract,
    unverified,
    verify_judged,
    verify_type,
    violated,
)
from nexa.runtime.corrections import corrections, reflect
from nexa.runtime.defers import deferred
from nexa.runtime.duration import Duration
from nexa.runtime.enums import Err, Ok, Result, Some, enum, make_variant
from nexa.runtime.errors import (
    AssertionFailed,
    ContractViolation,
    Exit,
    LoopLimitError,
    NexaError,
    ToolError,
    TypeViolation,
    VerificationError,
)
from nexa.runtime.failures import err_of, failed, failure, payload, raisable, unwrap
from nexa.runtime.harness import unharnessed
from nexa.runtime.loops import loop, loop_count
from nexa.runtime.protocols import Protocol
from nexa.runtime.structs import Struct
from nexa.runtime.traits import impl, trait
from nexa.runtime.types import FnType, Semantic, StageType, fits, handle_type, semantic_type, type_text


@pytest.fixture
def started():
    with Started() as found:
        yield found


# ── loop ────────────────────────────────────────────────────────────────────────────────────────────────────────


def rounds(condition, body=lambda count: None):
    """What the emitter writes for `loop { body } until (condition)`: the counts that the body saw."""
    seen = []
    with loop() as this:
        while True:
            if this.finished() and condition():
                break
            this.begin()
            seen.append(loop_count())
            body(len(seen))
    return seen


def test_the_condition_is_tested_after_the_body_and_sees_the_finished_iterations(started):
    assert rounds(lambda: True) == [0]
    assert rounds(lambda: loop_count() >= 3) == [0, 1, 2]
    assert loop_count() == 0


def test_the_count_is_that_of_the_innermost_loop(started):
    inner = []
    rounds(lambda: loop_count() >= 2, lambda _: inner.append(rounds(lambda: loop_count() >= 1)))
    assert inner == [[0], [0]]


def test_a_loop_without_an_end_is_stopped_at_max_loop():
    with Started(max_loop=5), pytest.raises(LoopLimitError, match="5 times"):
        rounds(lambda: False)
    with Started(max_loop=5):
        assert len(rounds(lambda: loop_count() >= 5)) == 5


def test_notes_of_a_loop_end_with_it(started):
    frame.current().notes.append("outer")
    rounds(lambda: loop_count() >= 2, lambda count: reflect(f"round {count}"))
    assert frame.current().notes == ["outer"]


# ── try_agent ───────────────────────────────────────────────────────────────────────────────────────────────────


def corrected(body, correction, catching=()):
    """What the emitter writes for `try_agent { body } catch_correction (e) { correction }`."""
    runs = []
    with corrections() as tries:
        while tries.begin():
            try:
                runs.append(list(frame.current().notes))
                body(len(runs))
            except Exception as error:
                if tries.unverified(error):
                    continue
                if not catches(error, *catching):
                    raise
                correction(error)
                if tries.again(error):
                    continue
    return runs


def fail(error, times):
    def body(run):
        if run <= times:
            raise error

    return body


def test_a_correction_that_reflects_runs_the_body_again_with_its_note(started):
    assert corrected(fail(ToolError("x"), 1), lambda error: reflect(f"avoid {error}")) == [[], ["avoid x"]]
    assert frame.current().notes == []
    assert started.logged == ["reflect: avoid x"]


def test_a_correction_without_reflect_is_a_plain_handler(started):
    handled = []
    assert corrected(fail(ToolError("x"), 9), handled.append) == [[]]
    assert [str(error) for error in handled] == ["x"]


def test_the_body_is_run_again_at_most_max_corrections_times_then_the_error_is_raised():
    with Started(max_corrections=2) as started:
        with pytest.raises(ToolError):
            corrected(fail(ToolError("x"), 9), lambda _: reflect("again"))
        assert len(started.logged) == 3
        assert len(corrected(fail(ToolError("x"), 2), lambda _: reflect("again"))) == 3


def test_an_error_that_no_branch_matches_is_raised(started):
    with pytest.raises(ToolError):
        corrected(fail(ToolError("x"), 1), lambda _: reflect("again"), ("AgentError",))


def test_a_failing_verify_reflects_its_reasons_and_retries_once(started):
    assert corrected(fail(VerificationError("no source"), 1), pytest.fail) == [[], ["no source"]]
    handled = []
    assert len(corrected(fail(VerificationError("no source"), 2), handled.append)) == 2
    assert len(handled) == 1


# ── defer ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def leaving(done, route=None, failing=()):
    async with deferred() as defers:
        for name in ("first", "second", "third"):

            async def body(name=name):
                done.append(name)
                if name in failing:
                    raise failing[name]

            defers.push(body)
        if route is not None:
            raise route
        return "value"


async def test_deferred_bodies_run_last_in_first_out(started):
    done = []
    assert await leaving(done) == "value"
    assert done == ["third", "second", "first"]


@pytest.mark.parametrize("route", [ToolError("x"), Exit(3), asyncio.CancelledError()])
async def test_deferred_bodies_run_on_every_route(started, route):
    done = []
    with pytest.raises(type(route)):
        await leaving(done, route)
    assert done == ["third", "second", "first"]


async def test_a_failing_deferred_body_is_logged_and_raised_after_the_others(started):
    done = []
    with pytest.raises(ToolError, match="stuck"):
        await leaving(done, failing={"second": ToolError("stuck")})
    assert done == ["third", "second", "first"]
    assert started.logged == ["a deferred body failed: stuck"]


async def test_a_failing_deferred_body_does_not_hide_what_is_being_raised(started):
    with pytest.raises(ToolError, match="real"):
        await leaving([], ToolError("real"), {"first": ToolError("stuck")})
    assert started.logged == ["a deferred body failed: stuck"]


async def test_exit_in_a_deferred_body_ends_the_program_in_any_case(started):
    done = []
    with pytest.raises(Exit):
        await leaving(done, ToolError("real"), {"third": Exit(2)})
    assert done == ["third", "second", "first"]


# ── otherwise, ?, raise ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, True), (Err("x"), True), (failure(ToolError("x")), True), (Ok(None), False), (Some(1), False), (0, False),
     ("", False), ([], False)],
)  # fmt: skip
def test_what_counts_as_failed(value, expected):
    assert failed(value) is expected


@pytest.mark.parametrize(("value", "expected"), [(Ok(1), 1), (Some(2), 2), (3, 3), (Ok(Ok(4)), Ok(4))])
def test_the_payload(value, expected):
    assert payload(value) == expected
    assert unwrap(value) == expected


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        (Err("why"), "NexaError", "why"),
        (Err(ToolError("broken")), "ToolError", "broken"),
        (failure(ToolError("broken")), "ToolError", "broken"),
        (None, "MissingValue", "null"),
    ],
)
def test_propagating_a_failure_raises_it(value, kind, message):
    with pytest.raises(NexaError, match=message) as caught:
        unwrap(value)
    assert caught.value.kind == kind
    found = err_of(value)
    assert isinstance(found, Err)
    assert message in str(found.payload[0])


def test_what_raise_raises():
    error = ToolError("x")
    assert raisable(error) is error
    assert raisable(Err(error)) is error
    assert isinstance(raisable(ToolError), ToolError)
    assert (raisable("text").kind, str(raisable("text"))) == ("NexaError", "text")


# ── contracts, verify, assert ───────────────────────────────────────────────────────────────────────────────────


def test_a_contract_that_does_not_hold_is_a_violation_with_its_clause(started):
    with pytest.raises(ContractViolation) as caught:
        violated("requires", "len(scan) > 0")
    assert (caught.value.clause, caught.value.text) == ("requires", "len(scan) > 0")


async def test_a_contract_in_words_is_judged_and_a_failed_judge_call_violates_it(started):
    started.judge.verdicts = {"holds": True, "fails": False}
    await contract("main#0", "ensures", "holds", {"result": 1})
    assert started.judge.asked == [("decide", "holds", "result: 1")]
    for condition in ("fails", "no answer"):
        with pytest.raises(ContractViolation):
            await contract("", "ensures", condition, {})


async def test_verify_and_assert_use_the_same_judge(started):
    started.judge.verdicts = {"holds": True}
    await verify_judged("", "holds", "x")
    await assert_judged("", "holds", "x")
    with pytest.raises(VerificationError, match="fails"):
        await verify_judged("", "fails", "x")
    with pytest.raises(AssertionFailed, match="fails"):
        await assert_judged("", "fails", "x")
    with pytest.raises(VerificationError, match="n > 1"):
        unverified("n > 1")
    await verify_type(3, int, "n")
    with pytest.raises(VerificationError, match=r"n does not satisfy list\[int\]"):
        await verify_type(3, list[int], "n")
    assert str(assertion_failed("n > 1")) == "assertion failed: n > 1"
    assert str(assertion_failed("n > 1", ["too", 1])) == '["too",1]'


async def test_unharnessed_skips_contracts_verify_and_type_checks_but_not_assert():
    with Started(type_mode="strict") as started:
        with unharnessed("experiment"):
            violated("requires", "x")
            await contract("", "ensures", "x", {})
            unverified("x")
            await verify_type(1, str, "x")
            await verify_judged("", "x", 1)
            assert await checked("x", int, "n") == "x"
            with pytest.raises(AssertionFailed):
                await assert_judged("", "x", 1)
        with pytest.raises(TypeViolation):
            await checked("x", int, "n")
        assert "unharnessed: experiment" in started.logged


# ── types ───────────────────────────────────────────────────────────────────────────────────────────────────────

Decision = enum("Decision", {"Approved": ("by",), "Waiting": None})
Describable = trait("Describable", {"describe": None})
Money = semantic_type("Money", float, "not negative")
Template = handle_type("template")


class Ticket(Protocol):
    topic: str
    urgency: int = 3


class Stamped(Protocol):
    topic: str
    at: str


class Request(Struct):
    title: str


class Invoice(Protocol):
    total: Money
    lines: list[Money]


impl(Describable, Request, {})

TYPES = [
    (1, int, True),
    (True, int, False),
    (1, float, True),
    (1.5, int, False),
    ("a", str, True),
    (None, str, False),
    (None, str | None, True),
    (Some("a"), str | None, True),
    (Some(1), str | None, False),
    ([1, 2], list[int], True),
    ([1, "a"], list[int], False),
    ((1, "a"), tuple[int, str], True),
    ([1, "a"], tuple[int, str], True),
    ((1,), tuple[int, str], False),
    ({"a": 1}, dict[str, int], True),
    ({"a": "b"}, dict[str, int], False),
    (1, int | str, True),
    ([], int | str, False),
    (2.0, Money, True),
    ("x", Money, False),
    (make_variant(Decision, "Waiting"), Decision, True),
    ("Waiting", Decision, False),
    (Ok(1), Result, True),
    (Ok(1), Result[int, str], True),
    (Ok("a"), Result[int, str], False),
    (Err("a"), Result[int, str], True),
    (Ticket(topic="x"), Ticket, True),
    (Stamped(topic="x", at="y"), Ticket, True),
    (Ticket(topic="x"), Stamped, False),
    ({"topic": "x"}, Ticket, True),
    ({"topic": 1}, Ticket, False),
    ({}, Ticket, False),
    (Request("x"), Request, True),
    ({"title": "x"}, Request, False),
    (Request("x"), Describable, True),
    (Ticket(topic="x"), Describable, False),
    (len, FnType, True),
    (1, FnType, False),
    (Stage("A"), StageType, True),
    (len, StageType, False),
]


@pytest.mark.parametrize(("value", "wanted", "expected"), TYPES)
def test_which_value_fits_which_type(value, wanted, expected):
    assert fits(value, wanted) is expected


WRITTEN = [
    (int, "int"),
    (str | None, "str?"),
    (int | str, "int | str"),
    (list[dict[str, int]], "list[dict[str, int]]"),
    (tuple[int, str], "(int, str)"),
    (Money, "Money"),
    (Decision, "Decision"),
    (Result[int, str], "Result[int, str]"),
    (None, "null"),
    (Template, "template"),
]


@pytest.mark.parametrize(("wanted", "text"), WRITTEN)
def test_how_types_are_written(wanted, text):
    assert type_text(wanted) == text


CONVERTED = [
    (Duration(2), int, 2),
    (Duration(0.5), float, 0.5),
    ({"topic": "x"}, Ticket, Ticket(topic="x")),
    ('{"topic": "x", "urgency": "4"}', Ticket, Ticket(topic="x", urgency=4)),
    ('```json\n{"topic": "x"}\n```', Ticket, Ticket(topic="x")),
    ({"topic": "x"}, Ticket | None, Ticket(topic="x")),
    ([{"topic": "x"}], list[Ticket], [Ticket(topic="x")]),
    ("not json", Ticket, "not json"),
    ({"at": 1}, Ticket, {"at": 1}),
]


@pytest.mark.parametrize(("value", "wanted", "expected"), CONVERTED)
def test_conversions(value, wanted, expected):
    converted = convert(value, wanted)
    assert converted == expected
    assert type(converted) is type(expected)


def test_a_list_that_needs_no_conversion_stays_the_same_list():
    numbers = [1, 2]
    assert convert(numbers, list[int]) is numbers


async def test_the_type_mode_decides_what_a_misfit_means():
    with Started(type_mode="strict"), pytest.raises(TypeViolation, match="n: str `x` is not int"):
        await checked("x", int, "n")
    with Started(type_mode="warn") as started:
        assert await checked("x", int, "n") == "x"
        assert started.logged == ["n: str `x` is not int"]
    with Started(type_mode="forgiving") as started:
        assert await checked("x", int, "n") == "x"
        assert started.logged == []


async def test_a_semantic_type_is_judged():
    with Started(type_mode="strict") as started:
        started.judge.verdicts = {"not negative": True}
        assert await checked(2.0, Money, "rate") == 2.0
        await checked(Invoice(total=1, lines=[2, 3]), Invoice, "invoice")
        assert [subject for _, _, subject in started.judge.asked] == ["2.0", "1.0", "2.0", "3.0"]
        started.judge.verdicts = {"not negative": False}
        with pytest.raises(TypeViolation, match=r"rate: float `-2\.0` breaks the condition of Money: not negative"):
            await checked(-2.0, Money, "rate")


async def test_a_condition_without_a_named_type():
    with Started(type_mode="strict") as started:
        started.judge.verdicts = {"even": False}
        with pytest.raises(TypeViolation, match="breaks the condition: even"):
            await checked(3, Annotated[int, Semantic("", "even")], "n")


async def test_a_judge_without_an_answer_breaks_no_condition():
    with Started(type_mode="strict") as started:
        started.judge.verdicts = {}
        assert await checked(-2.0, Money, "rate") == -2.0
