"""The flow operators: order, parallelism, failure and cancellation (language reference, 5.4 to 5.6)."""

import asyncio

import pytest

from harness.stages import Stage, Started
from nexa.runtime import frame
from nexa.runtime.background import background, bar_bar
from nexa.runtime.branching import absent, arm, choose, classify, decide, fast_classify, judged
from nexa.runtime.callables import lambda_
from nexa.runtime.catching import catches
from nexa.runtime.consensus import amp_amp
from nexa.runtime.errors import (
    ConsensusError,
    Exit,
    NexaError,
    PipelineError,
    SuspendExecution,
    ToolError,
    TypeViolation,
)
from nexa.runtime.fan import fan_out, hints
from nexa.runtime.home import in_thread
from nexa.runtime.hooks import Hook, fire_error, hooks, in_force
from nexa.runtime.pipeline import merge, pipe
from nexa.runtime.values import UNIT


@pytest.fixture
def started():
    with Started() as found:
        yield found


def failing(name, error=None, **options):
    return Stage(name, lambda _: error or ToolError(f"{name} broke"), **options)


async def settle():
    """Let every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)


# ── pipe ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_pipe_feeds_each_stage_with_the_output_of_the_one_before(started):
    assert await pipe("v", ("main#0", Stage("A")), ("main#1", Stage("B"))) == "B(A(v))"
    assert [(e["event"], e["node"]) for e in started.events("node.started", "node.finished")] == [
        ("node.started", "main#0"),
        ("node.finished", "main#0"),
        ("node.started", "main#1"),
        ("node.finished", "main#1"),
    ]


async def test_a_pipe_runs_a_leading_stage_with_the_ambient_input(started):
    assert await pipe(Stage("A"), ("", Stage("B"))) == "B(A(ambient))"


async def test_a_failing_stage_is_a_pipeline_error_with_its_place(started):
    with pytest.raises(PipelineError) as caught:
        await pipe("v", ("", Stage("A")), ("main#1", failing("B")), ("", Stage("C")))
    error = caught.value
    assert (error.stage, error.index, str(error.cause)) == ("B", 1, "B broke")
    assert "B broke" in error.message
    assert catches(error, "ToolError")
    assert [e["error"]["kind"] for e in started.events("node.failed")] == ["ToolError"]


async def test_what_is_no_stage_cannot_be_piped_into(started):
    with pytest.raises(PipelineError) as caught:
        await pipe("v", ("", "text"))
    assert isinstance(caught.value.cause, TypeViolation)


async def test_a_python_function_and_a_lambda_are_stages(started):
    async def body(x):
        return x + "!"

    assert await pipe("v", ("", str.upper), ("", lambda_(body, ("x",)))) == "V!"


@pytest.mark.parametrize("error", [Exit(3), SuspendExecution("ask"), asyncio.CancelledError()])
async def test_what_is_no_failure_of_the_stage_passes_through_a_pipe(started, error):
    with pytest.raises(type(error)):
        await pipe("v", ("", failing("A", error)))


# ── fan-out ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_all_branches_start_before_any_finishes_and_results_are_in_list_order(started):
    log, gates = [], [asyncio.Event() for _ in range(3)]
    stages = [Stage(name, gate=gate, log=log) for name, gate in zip("ABC", gates, strict=True)]
    task = asyncio.create_task(fan_out("main#3", "v", stages, ("main#0", "main#1", "main#2")))
    await settle()
    assert log == ["+A", "+B", "+C"]
    for gate in reversed(gates):
        gate.set()
        await settle()
    assert log[3:] == ["-C", "-B", "-A"]
    assert await task == ["A(v)", "B(v)", "C(v)"]
    branches = {e["node"]: e.get("branch") for e in started.events("node.started")}
    assert branches == {"main#3": None, "main#0": 0, "main#1": 1, "main#2": 2}


async def test_at_most_max_parallel_run_at_once_in_list_order():
    log, gates = [], [asyncio.Event() for _ in range(4)]
    stages = [Stage(name, gate=gate, log=log) for name, gate in zip("ABCD", gates, strict=True)]
    with Started(max_parallel=2):
        task = asyncio.create_task(fan_out("", "v", stages))
        await settle()
        assert log == ["+A", "+B"]
        gates[1].set()
        await settle()
        assert log == ["+A", "+B", "-B", "+C"]
        for gate in gates:
            gate.set()
        assert await task == ["A(v)", "B(v)", "C(v)", "D(v)"]


async def test_the_first_failing_branch_cancels_the_others_and_is_raised(started):
    log, never, late = [], asyncio.Event(), asyncio.Event()
    stages = [Stage("A", gate=never, log=log), failing("B", gate=late, log=log), Stage("C", gate=never, log=log)]
    task = asyncio.create_task(fan_out("", "v", stages))
    await settle()
    late.set()
    with pytest.raises(PipelineError) as caught:
        await task
    assert (caught.value.stage, caught.value.branch, str(caught.value.cause)) == ("B", 1, "B broke")
    assert log == ["+A", "+B", "+C", "!B", "xA", "xC"]


async def test_of_two_failures_the_earlier_in_time_is_raised(started):
    gates = [asyncio.Event(), asyncio.Event()]
    task = asyncio.create_task(fan_out("", "v", [failing("A", gate=gates[0]), failing("B", gate=gates[1])]))
    await settle()
    gates[1].set()
    gates[0].set()
    with pytest.raises(PipelineError, match="B broke"):
        await task


async def test_a_branch_that_waits_for_a_slot_never_starts_after_a_failure():
    log = []
    with Started(max_parallel=1), pytest.raises(PipelineError):
        await fan_out("", "v", [failing("A", log=log), Stage("B", log=log)])
    assert log == ["+A", "!A"]


async def test_cancelling_a_fan_out_cancels_every_branch_and_waits_for_it(started):
    log, never = [], asyncio.Event()
    task = asyncio.create_task(fan_out("", "v", [Stage(name, gate=never, log=log) for name in "AB"]))
    await settle()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert log == ["+A", "+B", "xA", "xB"]


async def test_exit_in_a_branch_leaves_the_fan_out_as_it_is(started):
    log, never = [], asyncio.Event()
    with pytest.raises(Exit):
        await fan_out("", "v", [Stage("A", gate=never, log=log), failing("B", Exit(2))])
    assert log == ["+A", "xA"]


async def test_one_stage_over_a_list_is_run_for_each_element(started):
    stage = Stage("A")
    assert await fan_out("main#1", ["x", "y"], stage, ("main#0",)) == ["A(x)", "A(y)"]
    assert [(e["node"], e.get("branch")) for e in started.events("node.started")] == [
        ("main#1", None),
        ("main#0", 0),
        ("main#0", 1),
    ]
    with pytest.raises(PipelineError) as caught:
        await fan_out("", [1, 2], Stage("S", lambda value: ToolError("no") if value == 2 else value))
    assert caught.value.branch == 1


async def test_one_stage_over_one_value_is_a_pipe(started):
    assert await fan_out("", "x", Stage("A")) == "A(x)"


async def test_a_fan_out_of_nothing_is_an_empty_list(started):
    assert await fan_out("", "x", []) == []
    assert await fan_out("", [], Stage("A")) == []


async def test_a_leading_stage_of_a_fan_out_gets_the_ambient_input(started):
    assert await fan_out("", Stage("A"), [Stage("B")]) == ["B(A(ambient))"]


async def test_hints_run_the_agent_and_then_each_hint(started):
    agent = Stage("A")
    assert await hints("", agent, ("q",), {}, ["h1", "h2"]) == ["A(h1)", "A(h2)"]
    assert await hints("", agent, ("q",), {}, ["h"]) == "A(h)"
    assert agent.inputs == ["q", "h1", "h2", "q", "h"]


async def test_branches_without_an_id_belong_to_the_operators_node(started):
    nodes = []

    async def body(value):
        nodes.append(frame.current_node())

    stage = lambda_(body, ("value",))
    await fan_out("main#1", "x", [stage, stage])
    await hints("main#2", Stage("A", lambda _: nodes.append(frame.current_node())), ("q",), {}, ["h"])
    await background("main#3", "x", [stage])
    assert nodes == ["main#1", "main#1", "main#2", "main#2", "main#3"]
    assert [e["node"] for e in started.events("node.started")] == ["main#1", "main#2", "main#3"]


# ── merge ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_merge_gives_one_text_with_a_title_for_each_element(started):
    stage = Stage("S", lambda value: value)
    assert await merge("", ["a", {"k": 1}], ("", stage), ("A", "")) == '## A\na\n\n## 2\n{"k":1}'
    assert await merge("", ["a", "b"], ("", stage)) == "## 1\na\n\n## 2\nb"


async def test_a_merge_gives_the_list_to_a_stage_that_wants_one(started):
    async def body(xs: "list[str]"):
        return xs

    body.__annotations__ = {"xs": list[str]}
    assert await merge("", ("a", "b"), ("", lambda_(body, ("xs",)))) == ["a", "b"]


async def test_stages_among_the_merged_values_get_the_ambient_input(started):
    stage = Stage("S", lambda value: value)
    assert await merge("", [Stage("A"), "b"], ("", stage), ("A", "")) == "## A\nA(ambient)\n\n## 2\nb"


async def test_only_a_list_can_be_merged(started):
    with pytest.raises(TypeViolation, match="str is not a list"):
        await merge("", "text", ("", Stage("S")))


# ── consensus ───────────────────────────────────────────────────────────────────────────────────────────────────

AGREED = [
    (["Yes ", "no", " yes"], "Yes "),
    (['{"a": 1, "b": 2}', '{"b":2,"a":1}', "x"], '{"a": 1, "b": 2}'),
    ([{"a": 1}, "other", {"a": 1}], {"a": 1}),
    (["only"], "only"),
]


@pytest.mark.parametrize(("values", "expected"), AGREED)
async def test_a_strict_majority_is_the_consensus_in_its_earliest_form(started, values, expected):
    assert await amp_amp("", *values) == expected
    assert started.judge.asked == []


async def test_without_a_majority_the_strong_model_merges(started):
    started.judge.merged = "both"
    assert await amp_amp("", "a", "b") == "both"
    assert started.judge.asked == [("merge", ("a", "b"))]


async def test_a_failing_merge_is_a_consensus_error(started):
    started.judge.merged = ToolError("down")
    with pytest.raises(ConsensusError, match="down"):
        await amp_amp("", "a", "b")


async def test_a_judge_gets_all_candidates_and_its_output_is_the_value(started):
    judge = Stage("J", lambda _: "settled")
    assert await amp_amp("main#1", ["first", "second"], judge) == "settled"
    assert "## Answer 1\nfirst\n\n## Answer 2\nsecond" in judge.inputs[0]


async def test_a_value_and_a_list_of_stages_ask_each_without_a_judge(started):
    stages = [Stage("A", lambda _: "x"), Stage("B", lambda _: "y"), Stage("C", lambda _: "X")]
    assert await amp_amp("", "q", stages) == "x"
    assert [stage.inputs for stage in stages] == [["q"]] * 3


async def test_a_list_of_stages_and_a_judge_run_on_the_ambient_input(started):
    judge = Stage("J", lambda value: value)
    prompt = await amp_amp("", [Stage("A"), Stage("B")], judge)
    assert "A(ambient)" in prompt
    assert "B(ambient)" in prompt


BOOLEANS = [((True, True), True), ((True, False), False), ((False,), False), ((True, True, True), True)]


@pytest.mark.parametrize(("operands", "expected"), BOOLEANS)
async def test_booleans_are_anded(started, operands, expected):
    assert await amp_amp("", *operands) is expected


@pytest.mark.parametrize("operands", [("a", True), (True, Stage("J")), (Stage("A"), Stage("B")), ("a", Stage("J"))])
async def test_other_mixtures_have_no_consensus(started, operands):
    with pytest.raises(TypeViolation):
        await amp_amp("", *operands)


# ── fire-and-forget ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_background_runs_have_started_when_the_operator_yields(started):
    gate, log = asyncio.Event(), []
    stages = [Stage(name, gate=gate, log=log) for name in "AB"]
    assert await background("main#2", "v", stages, ("main#0", "main#1")) is UNIT
    assert log == ["+A", "+B"]
    gate.set()
    await started.run.background.drain(5)
    assert log == ["+A", "+B", "-A", "-B"]
    assert [e["node"] for e in started.events("node.finished")] == ["main#0", "main#1"]


async def test_a_background_failure_is_logged_and_fires_on_error_and_is_not_raised(started):
    told = []

    async def on_error(error):
        told.append(str(error))

    with hooks(Hook("on_error", on_error)):
        await background("", "v", [failing("A")])
    await started.run.background.drain(5)
    assert told == ["A broke"]
    assert started.logged == ["A, in the background, failed: A broke"]


async def test_on_error_hears_of_a_background_failure_once_even_if_the_agent_has_told_it(started):
    told = []

    async def on_error(error):
        told.append(str(error))

    async def body(value):
        error = ToolError("broke")
        await fire_error(error, in_force())
        raise error

    with hooks(Hook("on_error", on_error)):
        await background("", "v", lambda_(body, ("value",)))
    await started.run.background.drain(5)
    assert told == ["broke"]


async def test_cancelling_the_flow_does_not_cancel_its_background_runs(started):
    gate, log = asyncio.Event(), []

    async def flow():
        await background("", "v", [Stage("A", gate=gate, log=log)])
        await asyncio.Event().wait()

    task = asyncio.create_task(flow())
    await settle()
    task.cancel()
    await settle()
    gate.set()
    await started.run.background.drain(5)
    assert log == ["+A", "-A"]


async def test_background_runs_of_a_tool_in_its_thread_outlive_the_thread(started):
    gate = asyncio.Event()
    started.run.loop = asyncio.get_running_loop()
    loops = []

    async def body(value):
        loops.append(asyncio.get_running_loop())
        await gate.wait()
        return value

    await in_thread(lambda: background("", "v", [lambda_(body, ("value",))]))
    assert loops == [started.run.loop]
    gate.set()
    await started.run.background.drain(5)
    assert started.logged == []


async def test_draining_waits_for_what_background_runs_start(started):
    inner = Stage("B")

    async def body(value):
        await asyncio.sleep(0)
        await background("", value, inner)

    await background("", "v", lambda_(body, ("value",)))
    await started.run.background.drain(5)
    assert inner.inputs == ["v"]


async def test_what_is_left_after_the_drain_timeout_is_cancelled_and_logged(started):
    log = []
    await background("", "v", [Stage("A", gate=asyncio.Event(), log=log)])
    await started.run.background.drain(0)
    assert log == ["+A", "xA"]
    assert started.logged == ["A, in the background, did not finish in time and was cancelled"]


async def test_bar_bar_goes_by_the_values(started):
    stage = Stage("A")
    assert await bar_bar("", False, True) is True
    assert await bar_bar("", "v", stage) is UNIT
    assert await bar_bar("", "v", [stage]) is UNIT
    with pytest.raises(TypeViolation):
        await bar_bar("", "a", "b")
    assert stage.inputs == ["v", "v"]


# ── branching ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("value", "expected"), [(None, True), ({}, True), ("", False), ([], False), (False, False)])
def test_what_counts_as_absent(value, expected):
    assert absent(value) is expected


async def test_a_bool_or_null_decides_without_a_judge(started):
    assert await choose("", True, None, None) is True
    assert await choose("", False, Stage("A"), Stage("B")) is False
    assert await choose("", None, Stage("A"), Stage("B")) is False
    assert started.judge.asked == []


async def test_a_judge_chooses_between_two_stages_by_their_descriptions(started):
    first, second = Stage("A", description="fast"), Stage("B", description="careful")
    started.judge.label = "A"
    assert await choose("main#0", "text", first, second) is True
    started.judge.label = None
    assert await choose("", "text", first, second) is False
    assert started.judge.asked[0] == ("choose", "text", ("A", "fast"), ("B", "careful"))


async def test_without_two_stages_only_a_bool_decides(started):
    with pytest.raises(TypeViolation):
        await choose("", "text", None, Stage("B"))


async def test_an_arm_that_is_a_stage_is_run_with_the_value_or_the_ambient_input(started):
    stage = Stage("A")
    assert await arm("main#1", stage, "x") == "A(x)"
    assert await arm("main#1", stage, True) == "A(ambient)"
    assert await arm("", "plain", "x") == "plain"


async def test_classification(started):
    started.judge.label = "b"
    assert await classify("main#0", {"k": 1}, ("a", "b"), "which?") == 1
    assert started.judge.asked == [("classify", '{"k":1}', ("a", "b"), "which?")]
    started.judge.label = "c"
    assert await classify("", "x", ("a", "b")) is None


async def test_fast_match_asks_no_model_when_words_single_out_a_label(started):
    labels = ("refund of an invoice", "broken device")
    assert await fast_classify("", "my device is broken", labels) == 1
    assert started.judge.asked == []
    started.judge.label = labels[0]
    assert await fast_classify("", "hello", labels) == 0
    assert len(started.judge.asked) == 1


async def test_a_matching_fast_match_asks_no_model(started):
    assert await decide("", "against?", "I REJECT it", r"\breject") is True
    assert started.judge.asked == []


async def test_otherwise_the_judge_decides_and_its_failure_is_false(started):
    started.judge.verdicts = {"against?": True}
    assert await decide("", "against?", "fine", r"\breject") is True
    assert await decide("", "unknown?", "fine") is False


async def test_a_judge_sees_named_values_one_a_line(started):
    await judged("", "good?", {"page": "p", "n": [1]})
    assert started.judge.asked == [("decide", "good?", "page: p\nn: [1]")]


async def test_errors_of_arms_are_their_own(started):
    with pytest.raises(NexaError) as caught:
        await arm("", failing("A"), "x")
    assert caught.value.kind == "ToolError"
