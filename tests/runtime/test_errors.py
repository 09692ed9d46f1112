"""The error tree of the language and what `catch` stops."""

import asyncio

import pytest

from nexa.runtime import errors
from nexa.runtime.catching import catches, cause_of, kind_of, message_of, root_of
from nexa.runtime.errors import error

SPEC_NAMES = [
    "AgentError",
    "ModelError",
    "TimeoutError",
    "RateLimitError",
    "ProtocolError",
    "BudgetExceeded",
    "ToolError",
    "PipelineError",
    "IntentError",
    "ConsensusError",
    "LoopLimitError",
    "ContractViolation",
    "TypeViolation",
    "VerificationError",
    "AssertionFailed",
    "PatternMatchError",
    "ActorError",
    "ConcurrencyError",
    "ChannelClosed",
    "TaskCancelled",
    "DatabaseError",
    "KVError",
    "AuthError",
    "TemplateError",
    "SecretError",
    "SuspendExecution",
]


def test_every_error_of_the_language_can_be_raised_by_its_name():
    for name in SPEC_NAMES:
        raised = error(name, "why")
        assert (raised.kind, raised.message, str(raised)) == (name, "why", "why")
        assert catches(raised, name)


def test_an_unknown_name_raises_a_nexa_error_of_that_kind():
    raised = error("OutOfPaper", "tray 2")
    assert type(raised) is errors.NexaError
    assert raised.kind == "OutOfPaper"
    assert catches(raised, "OutOfPaper")
    assert not catches(raised, "ToolError")


CAUGHT = [
    (errors.ToolError("x"), ("ToolError",), True),
    (errors.ToolError("x"), ("AgentError",), False),
    (errors.RateLimitError("x"), ("AgentError",), True),
    (errors.AgentError("x"), ("RateLimitError",), False),
    (errors.ToolError("x"), ("AgentError", "ToolError"), True),
    (errors.ToolError("x", kind="denied"), ("denied",), True),
    (errors.ToolError("x", kind="denied"), ("ToolError",), True),
    (errors.PipelineError("x", cause=errors.ToolError("y")), ("ToolError",), True),
    (errors.PipelineError("x", cause=errors.ToolError("y")), ("PipelineError",), True),
    (errors.PipelineError("x", cause=errors.ToolError("y")), ("AgentError",), False),
    (errors.PipelineError("x", cause=errors.PipelineError("z", cause=ValueError("y"))), ("ValueError",), True),
    (errors.ActorError("x", cause=errors.ToolError("y")), ("ToolError",), False),
    (ValueError("x"), (), True),
    (ValueError("x"), ("Exception",), True),
    (KeyError("x"), ("LookupError",), True),
    (TimeoutError("x"), ("TimeoutError",), True),
    (errors.AgentTimeoutError("x"), ("TimeoutError",), True),
    (errors.SuspendExecution("x"), (), True),
    (errors.Exit(0), (), False),
    (errors.Exit(0), ("Exit",), False),
    (asyncio.CancelledError(), (), False),
    (KeyboardInterrupt(), (), False),
]


@pytest.mark.parametrize(("raised", "names", "stopped"), CAUGHT)
def test_catch(raised, names, stopped):
    assert catches(raised, *names) is stopped


def test_the_span_of_an_error_is_the_innermost_nexa_place():
    source = "def f():\n    return len('é') + 1 // 0\ndef g():\n    f()\ng()\n"
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile(source, "main.nx", "exec"), {})
    span = errors.span_of(caught.value)
    assert (span.path, span.line, span.column, span.end_column) == ("main.nx", 2, 23, 29)


def test_an_error_raised_outside_nexa_code_has_no_span():
    with pytest.raises(errors.ToolError) as caught:
        raise errors.ToolError("x")
    assert caught.value.span is None


def test_what_e_dot_member_yields():
    cause = ValueError("low")
    raised = errors.ToolError("x", cause=cause)
    assert (kind_of(raised), message_of(raised), cause_of(raised)) == ("ToolError", "x", cause)
    assert (kind_of(cause), message_of(cause), cause_of(cause)) == ("ValueError", "low", None)
    assert message_of(ValueError()) == "ValueError"
    assert root_of(errors.PipelineError("p", cause=raised)) is raised
