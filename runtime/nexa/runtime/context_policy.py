"""How much of a history a run takes along: `max_history_turns`, `context_policy`, `with_context`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nexa.runtime.errors import NexaError
from nexa.runtime.memory import History, Turn
from nexa.runtime.overlap import overlap
from nexa.runtime.providers.base import Message
from nexa.runtime.token_count import estimated_tokens

if TYPE_CHECKING:
    from nexa.runtime.run import Run

_SUMMARY = "Summary of the conversation so far:\n"


@dataclass(frozen=True, slots=True)
class ContextPolicy:
    """A bound on what is sent, in tokens, and what is left out first to keep it."""

    max_tokens: int | None = None
    strategy: str = "sliding_window"
    priority_tags: tuple[str, ...] = ()


_POLICY: ContextVar[ContextPolicy | None] = ContextVar("nexa_context_policy", default=None)


@contextmanager
def with_context(
    max_tokens: int | None = None, strategy: str = "sliding_window", priority_tags: Sequence[str] = ()
) -> Iterator[None]:
    """Bound the messages of runs in the body. An inner scope never widens the bound of an outer one."""
    outer = _POLICY.get()
    bound = _smaller(max_tokens, outer.max_tokens if outer is not None else None)
    token = _POLICY.set(ContextPolicy(bound, strategy, tuple(priority_tags)))
    try:
        yield
    finally:
        _POLICY.reset(token)


def policy_here(own: Mapping[str, Any] | None) -> ContextPolicy | None:
    """The policy of a run: the agent's own, under the bound of the scope that it runs in."""
    scope = _POLICY.get()
    if not own:
        return scope
    bound = _smaller(own.get("max_tokens"), scope.max_tokens if scope is not None else None)
    return ContextPolicy(bound, own.get("strategy", "sliding_window"), tuple(own.get("priority_tags") or ()))


async def compacted(run: Run, history: History, turns: int) -> History:
    """The history with everything but its newest `turns` as one summary; without a summary, without the rest.

    The summary counts as a turn, so that it is not summarised again by the next run.
    """
    turns = max(turns - 1, 0)
    cut = len(history) - turns
    return (*await _summary(run, history[:cut]), *history[cut:])


async def fitted(run: Run, history: History, rest: Sequence[Message], policy: ContextPolicy | None) -> History:
    """As much of the history as fits beside `rest`, which is always sent."""
    if policy is None or policy.max_tokens is None:
        return history
    room = policy.max_tokens - sum(map(_tokens, rest))
    if _size(history) <= room:
        return history
    if policy.strategy == "importance_weighted":
        return _most_important(history, rest, policy.priority_tags, room)
    kept = _newest(history, room)
    if policy.strategy == "smart_summarization" and len(kept) < len(history):
        summary = await _summary(run, history[: len(history) - len(kept)])
        return (*summary, *_newest(kept, room - _size(summary)))
    return kept


def _newest(history: History, room: int) -> History:
    count = 0
    while count < len(history) and _size(history[-count - 1 :]) <= room:
        count += 1
    return history[len(history) - count :]


def _most_important(history: History, rest: Sequence[Message], tags: Sequence[str], room: int) -> History:
    """Turns that share words with what is asked, or carry a tag, stay longest; of equals the newer."""
    asked = "\n".join(message.text for message in rest if message.role == "user")
    scored = [
        (2 * any(tag in text for tag in tags) + overlap(asked, text), place)
        for place, text in enumerate("\n".join(message.text for message in turn.messages) for turn in history)
    ]
    kept: set[int] = set()
    for _, place in sorted(scored, reverse=True):
        if _size(tuple(history[each] for each in (*kept, place))) <= room:
            kept.add(place)
    return tuple(history[place] for place in sorted(kept))


async def _summary(run: Run, history: History) -> History:
    told = "\n".join(f"{message.role}: {message.text}" for turn in history for message in turn.messages)
    try:
        text = await run.judge.summarise(told)
    except NexaError as error:
        run.log("warning", f"the older part of a conversation is left out, as nobody summarised it: {error}")
        return ()
    return (Turn((Message("system", _SUMMARY + text),)),)


def _size(history: History) -> int:
    return sum(_tokens(message) for turn in history for message in turn.messages)


def _tokens(message: Message) -> int:
    return estimated_tokens(message.text)


def _smaller(first: int | None, second: int | None) -> int | None:
    bounds = [bound for bound in (first, second) if bound is not None]
    return min(bounds) if bounds else None
