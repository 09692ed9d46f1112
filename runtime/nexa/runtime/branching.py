"""Branching on meaning: `??`, `?? :`, `match intent`, `fast_match`, `semantic_if`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nexa.runtime import frame
from nexa.runtime.callables import reported
from nexa.runtime.errors import IntentError, TypeViolation
from nexa.runtime.overlap import best_label
from nexa.runtime.patterns import describe
from nexa.runtime.run import current
from nexa.runtime.stages import feed, is_stage, stage_description, stage_name
from nexa.runtime.text import text, type_name

FAST_MARGIN = 0.25
"""By how much a label must lead, of 1, for `fast_match` to ask no model."""


def absent(value: Any) -> bool:
    """Whether `value ?? y` yields y: `null` (so `Option::None`) or an empty dict."""
    return value is None or (isinstance(value, dict) and not value)


async def choose(node: str, value: Any, first: Any, second: Any) -> bool:
    """Whether `value ?? first : second` takes the first arm.

    A bool decides, `null` means the second; else a judge chooses between the two stages, and without a clear answer
    it is the second. An arm that is no name comes as None. Raises `TypeViolation` if there is nothing to go by.
    """
    if isinstance(value, bool) or value is None:
        return bool(value)
    if not is_stage(first) or not is_stage(second):
        raise TypeViolation(f"`?? :` is decided by a bool, or by a judge between two stages, not by {type_name(value)}")

    async def work() -> bool:
        arms = [(stage_name(stage), stage_description(stage)) for stage in (first, second)]
        return await current().judge.choose(text(value), arms[0], arms[1]) == 0

    return bool(await reported(node, "judge", work))


async def arm(node: str, target: Any, value: Any) -> Any:
    """An arm that is a name: a stage is run with the value, with the ambient input if that is a bool; else itself."""
    if not is_stage(target):
        return target
    given = frame.ambient() if isinstance(value, bool) else value
    return await reported(node, stage_name(target), lambda: feed(target, given))


async def classify(node: str, value: Any, labels: Sequence[str], question: str | None = None) -> int | None:
    """The index of the label whose meaning fits the value; None if none does, or there was no clear answer."""

    async def work() -> int | None:
        return await current().judge.classify(text(value), labels, question)

    found: int | None = await reported(node, "judge", work)
    return found


async def fast_classify(node: str, value: Any, labels: Sequence[str], question: str | None = None) -> int | None:
    """As `classify`, without asking a model where the words of the value single out one label."""
    label = best_label(tuple(labels), text(value), FAST_MARGIN)
    return labels.index(label) if label is not None else await classify(node, value, labels, question)


def no_intent(value: Any) -> IntentError:
    """The error for a value none of whose arms fits where a value is needed."""
    return IntentError(f"none of the meanings fits {describe(value)}")


async def decide(node: str, condition: str, subject: Any, fast: str | None = None) -> bool:
    """`semantic_if "condition" fast_match r"…" against subject`.

    True at once if the expression `fast` matches anywhere, in any case of letters; else the judge says, and its
    failure counts as false.
    """
    if fast is not None and re.search(fast, text(subject), re.IGNORECASE):
        return True
    return await judged(node, condition, subject)


async def judged(node: str, condition: str, subject: Any) -> bool:
    """Whether the judge finds the condition true of a value, or of a dict of named values."""

    async def work() -> bool:
        return bool(await current().judge.decide(condition, rendered(subject)))

    return bool(await reported(node, "judge", work))


def rendered(subject: Any) -> str:
    """What a judge is shown: the text of a value; for named values a line `name: text` each."""
    if not isinstance(subject, Mapping):
        return text(subject)
    return "\n".join(f"{name}: {text(value)}" for name, value in subject.items())
