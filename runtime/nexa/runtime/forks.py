"""`fork`: branches side by side on state of their own, and how their values become one (reference, 5.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nexa.runtime.callables import reported
from nexa.runtime.consensus import agreed, judged
from nexa.runtime.fan import Work, side_by_side, together
from nexa.runtime.memory import fan_out_scope
from nexa.runtime.run import current
from nexa.runtime.stages import is_stage
from nexa.runtime.text import text


class Forked:
    """What a fork came to: its value, and those of its branches; None for a branch that failed or was cancelled."""

    def __init__(self, value: Any, values: Sequence[Any]) -> None:
        self.value = value
        self.values = tuple(values)


class _Settled(Exception):  # noqa: N818  # it ends the fork, it is no error
    """The first branch of `merge first` that has a value."""

    def __init__(self, index: int, value: Any) -> None:
        super().__init__()
        self.index = index
        self.value = value


async def fork(node: str, branches: Sequence[Work], merge: Any = "all") -> Forked:
    """Run the branches, and merge their values by a strategy, or by an agent that judges them.

    `all` fails as soon as one branch does; the others fail where all of them do, with the first failure.
    """
    values: list[Any] = [None] * len(branches)

    async def work() -> Any:
        if merge == "all":
            values[:] = await side_by_side(branches)
            return list(values)
        return await _first(branches, values) if merge == "first" else await _settled(branches, values, merge)

    return Forked(await reported(node, "fork", work), values)


async def _settled(branches: Sequence[Work], values: list[Any], merge: Any) -> Any:
    failures: list[Exception] = []
    good: list[int] = []

    async def settle(index: int) -> None:
        try:
            values[index] = await branches[index]()
            good.append(index)
        except Exception as error:
            failures.append(error)

    with fan_out_scope() as fan:
        await together(fan, [lambda index=index: settle(index) for index in range(len(branches))])  # type: ignore[misc]  # mypy infers no type for a lambda with a default
        if not good:
            raise failures[0]
        good.sort()
        found = [values[index] for index in good]
        if merge in ("best", "best_of"):
            chosen = good[await _best(found)]
            fan.keep(chosen)
            return values[chosen]
        return await _merged(found, merge)


async def _first(branches: Sequence[Work], values: list[Any]) -> Any:
    """The first value; the other branches are cancelled, and what they would remember is forgotten."""
    failures: list[Exception] = []

    async def settle(index: int) -> None:
        try:
            value = await branches[index]()
        except Exception as error:
            failures.append(error)
            return
        raise _Settled(index, value)

    with fan_out_scope() as fan:
        try:
            await together(fan, [lambda index=index: settle(index) for index in range(len(branches))])  # type: ignore[misc]  # as above
        except _Settled as first:
            fan.keep(first.index)
            values[first.index] = first.value
            return first.value
        raise failures[0]


async def _best(values: Sequence[Any]) -> int:
    """The index of the value that the judge picks; the first without a clear answer."""
    labels = [f"Answer {number}" for number in range(1, len(values) + 1)]
    texts = [text(value) for value in values]
    listed = "\n\n".join(f"## {label}\n{one}" for label, one in zip(labels, texts, strict=True))
    return await current().judge.classify(listed, labels, "Which answer is the best?", texts) or 0


async def _merged(values: Sequence[Any], merge: Any) -> Any:
    if merge == "vote":
        return await agreed(values)
    if merge in ("concat", "summarize"):
        joined = "\n\n".join(text(value) for value in values)
        return joined if merge == "concat" else await current().judge.summarise(joined)
    return await judged(values, merge) if is_stage(merge) else list(values)
