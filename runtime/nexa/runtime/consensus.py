"""`vs && J`, `v && [A, B]`, `a && b`: agreement, with a judge or without."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from nexa.runtime.callables import reported
from nexa.runtime.catching import message_of
from nexa.runtime.errors import ConsensusError, TypeViolation
from nexa.runtime.fan import fan_out
from nexa.runtime.frame import ambient
from nexa.runtime.pipeline import outputs_of
from nexa.runtime.run import current_or_none
from nexa.runtime.stages import are_stages, feed, is_stage
from nexa.runtime.text import text, to_json, type_name

_INSTRUCTION = (
    "Several answers to one question follow. Return the answer that they agree on. Where they differ, settle the "
    "difference. Return only the answer."
)


async def amp_amp(node: str, *operands: Any, lists: Sequence[str] = ()) -> Any:
    """`a && b && …`, by the kinds of the values and from left to right.

    Two booleans → boolean and; a list and a stage → consensus judged by the stage (a list of stages is first run with
    the ambient input); a value and a list of stages → each is run with the value, then consensus without a judge;
    otherwise, with neither booleans nor stages, consensus of the values without a judge.

    `lists` are the nodes of the stages of a list literal. Raises `TypeViolation` for any other mixture.
    """
    if all(isinstance(value, bool) for value in operands):
        return all(operands)
    if not any(isinstance(value, bool) or is_stage(value) or are_stages(value) for value in operands):
        return await reported(node, "consensus", lambda: agreed(list(operands)))
    value = operands[0]
    for operand in operands[1:]:
        value = await _pair(node, value, operand, lists)
    return value


async def _pair(node: str, left: Any, right: Any, ids: Sequence[str]) -> Any:
    if isinstance(left, bool) and isinstance(right, bool):
        return left and right
    if isinstance(left, bool) or isinstance(right, bool):
        raise _unfit(left, right)
    if is_stage(right) and isinstance(left, list | tuple):
        return await reported(node, "consensus", lambda: _judged_list(left, right, ids))
    if are_stages(right) and not is_stage(left):
        return await reported(node, "consensus", lambda: _asked(left, right, ids))
    if is_stage(left) or is_stage(right) or are_stages(left):
        raise _unfit(left, right)
    return await reported(node, "consensus", lambda: agreed([left, right]))


def _unfit(left: Any, right: Any) -> TypeViolation:
    kinds = ["agent" if is_stage(value) else type_name(value) for value in (left, right)]
    return TypeViolation(f"{kinds[0]} && {kinds[1]} has no meaning")


async def _judged_list(left: Sequence[Any], judge: Any, ids: Sequence[str]) -> Any:
    candidates = await fan_out("", ambient(), list(left), ids) if are_stages(left) else await outputs_of(left)
    return await judged(candidates, judge)


async def _asked(value: Any, stages: Sequence[Any], ids: Sequence[str]) -> Any:
    given = await outputs_of(value) if isinstance(value, list | tuple) else value
    return await agreed(await fan_out("", given, list(stages), ids))


async def judged(candidates: Sequence[Any], judge: Any) -> Any:
    """The judge's output for a prompt that holds all candidates."""
    listed = "\n\n".join(f"## Answer {number}\n{text(value)}" for number, value in enumerate(candidates, 1))
    return await feed(judge, f"{_INSTRUCTION}\n\n{listed}")


async def agreed(candidates: Sequence[Any]) -> Any:
    """The candidate that more than half agree on, in its earliest form; else a merge by the strong model.

    Candidates are compared without regard to white space at the ends, to case, and to the form of JSON.
    Raises `ConsensusError` if there is none and the merge fails.
    """
    found = majority(candidates)
    if found is not None:
        return candidates[found]
    run = current_or_none()
    if run is None or not candidates:
        raise ConsensusError("there is no majority among the answers")
    try:
        return await run.judge.merge([text(value) for value in candidates])
    except Exception as error:
        message = f"there is no majority among the answers, and merging them failed: {message_of(error)}"
        raise ConsensusError(message, cause=error) from error


def majority(candidates: Sequence[Any]) -> int | None:
    """The index of the first candidate of a strict majority; None without one."""
    keys = [_canonical(value) for value in candidates]
    for place, key in enumerate(keys):
        if keys.count(key) * 2 > len(keys):
            return place
    return None


def _canonical(value: Any) -> str:
    content = text(value).strip()
    try:
        content = json.dumps(json.loads(content), sort_keys=True)
    except (ValueError, RecursionError):
        if not isinstance(value, str):
            content = to_json(value)
    return content.casefold()
