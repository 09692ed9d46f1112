"""Contracts, `verify` and `assert`: what must hold, and what is raised when it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexa.runtime.branching import judged, rendered
from nexa.runtime.callables import reported
from nexa.runtime.errors import AssertionFailed, ContractViolation, VerificationError
from nexa.runtime.harness import harnessed
from nexa.runtime.patterns import describe
from nexa.runtime.run import current
from nexa.runtime.text import text
from nexa.runtime.types import fits, type_text
from nexa.runtime.values import UNIT, Unit

_WORDS_ONLY = (
    "this run is offline (mock), where a condition holds if the text has at least half of its words; say what models "
    "and judges answer with --mock-script, or ask real ones"
)


def violated(clause: str, source: str) -> Unit:
    """A `requires`, `ensures` or `invariant` does not hold: raises `ContractViolation`, outside `unharnessed`."""
    if harnessed():
        raise ContractViolation(f"{clause}: {source}", clause=clause, text=source)
    return UNIT


async def contract(node: str, clause: str, condition: str, values: Mapping[str, Any]) -> Unit:
    """A contract in words, judged against the arguments or the result by name. A failed judge call is a violation."""
    if not harnessed():
        return UNIT

    async def work() -> bool:
        return bool(await current().judge.decide(condition, rendered(values)))

    return UNIT if await reported(node, "judge", work) else violated(clause, condition)


def unverified(source: str) -> Unit:
    """`verify` of something false: raises `VerificationError`, outside `unharnessed`."""
    if harnessed():
        raise VerificationError(f"not verified: {source}")
    return UNIT


async def verify_type(value: Any, wanted: Any, source: str) -> Unit:
    """`verify value satisfies T`, by structure."""
    if harnessed() and not fits(value, wanted):
        raise VerificationError(f"{source} does not satisfy {type_text(wanted)}: it is {describe(value)}")
    return UNIT


async def verify_judged(node: str, condition: str, value: Any) -> Unit:
    """`verify value satisfies "…"`, `verify "…" against value`."""
    if harnessed() and not await judged(node, condition, value):
        raise VerificationError(f"not verified: {condition} (against {describe(value)})", help=offline_advice())
    return UNIT


def assertion_failed(source: str, message: Any = None) -> AssertionFailed:
    """The error of an `assert`: its message, else its source text."""
    return AssertionFailed(f"assertion failed: {source}" if message is None else text(message))


async def assert_judged(node: str, condition: str, value: Any) -> Unit:
    """`assert "…" against value`."""
    if not await judged(node, condition, value):
        raise AssertionFailed(f"assertion failed: {condition} (against {describe(value)})", help=offline_advice())
    return UNIT


def offline_advice() -> str:
    """What helps where a judge has decided that is none: it compares words."""
    return _WORDS_ONLY if current().settings.offline else ""
