"""Asking a model until it answers: attempts with back-off, then the next model.

This is the only place that repeats a request. What an answer is worth is somebody else's question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from nexa.runtime import frame
from nexa.runtime.errors import AgentTimeoutError, RateLimitError, SecretError
from nexa.runtime.events import ModelCall, ModelUsage
from nexa.runtime.limits import check_budgets, spend
from nexa.runtime.providers.base import OnText, Reply, Request, is_transient, permits_fallback
from nexa.runtime.recall import keep_failure, keep_reply, question_of, reply_of

if TYPE_CHECKING:
    from nexa.runtime.models import Target
    from nexa.runtime.past import Answer
    from nexa.runtime.run import Run

_T = TypeVar("_T")

LONGEST_BACKOFF = 30.0
"""Seconds that back-off grows to."""

LONGEST_ADVICE = 300.0
"""Seconds that a provider's `Retry-After` may ask for; a longer wait counts as no answer from this model."""

JITTER = 0.2


@dataclass(frozen=True, slots=True)
class Policy:
    """How patiently a model is asked: seconds per attempt, attempts per model, seconds before the second attempt."""

    timeout: float = 60.0
    attempts: int = 3
    delay: float = 1.0


async def ask(
    run: Run,
    names: Sequence[str],
    request: Request,
    policy: Policy,
    *,
    read: Callable[[Reply], _T],
    on_text: OnText | None = None,
) -> tuple[_T, str]:
    """What `read` makes of the reply of the first of the models `names` that gives one, and that model's name.

    A transient failure is tried again with the same model; one that another model may not share moves on to the next
    (transport, rate limit, credentials, time). `read` may raise a transient error to have the question asked again.
    Raises what the last attempt raised, or `BudgetExceeded`.
    """
    for name in names[:-1]:
        try:
            return await _ask_one(run, name, request, policy, read, on_text), name
        except Exception as error:
            if not (permits_fallback(error) or isinstance(error, SecretError)):
                raise
            run.log("warning", f"{name} gives no answer ({error}); trying the next model")
    return await _ask_one(run, names[-1], request, policy, read, on_text), names[-1]


async def _ask_one(
    run: Run, name: str, request: Request, policy: Policy, read: Callable[[Reply], _T], on_text: OnText | None
) -> _T:
    target = run.models.resolve(name)
    request = replace(request, model=target.model)
    question = question_of(run.recall, target.label, request)
    known = run.recall.take(question)
    if known is not None:
        return read(_recalled(run, name, target, request, known, on_text))
    if run.recall.is_awaiting_its_node:
        run.log(
            "info", f"{request.agent or 'the judge'} is asked again: the earlier run has no answer to this question"
        )
    try:
        value, reply = await _ask_until_answered(run, name, target, request, policy, read, on_text)
    except Exception as error:
        keep_failure(run.recall, question, error)
        raise
    keep_reply(run.recall, question, reply)
    return value


async def _ask_until_answered(
    run: Run,
    name: str,
    target: Target,
    request: Request,
    policy: Policy,
    read: Callable[[Reply], _T],
    on_text: OnText | None,
) -> tuple[_T, Reply]:
    attempt = 1
    while True:
        check_budgets()
        try:
            reply = await _attempt(run, name, target, request, policy, attempt, on_text)
            return read(reply), reply
        except Exception as error:
            wait = backoff(policy, attempt, error, run.random.random())
            if not is_transient(error) or attempt >= policy.attempts or wait is None:
                raise
            run.log("info", f"{target.label}: {error}; attempt {attempt + 1} in {wait:.1f} s")
        await run.clock.sleep(wait)
        attempt += 1


def _recalled(run: Run, name: str, target: Target, request: Request, known: Answer, on_text: OnText | None) -> Reply:
    """The answer of an earlier run. Nobody is paid for it; the program's own budgets run out where they did then."""
    check_budgets()
    attributes = _call_attributes(target, request)
    run.emit(ModelCall(frame.current_node(), target.label, 1, attributes, replayed=True))
    run.totals.replayed += 1
    reply = reply_of(known)
    spend(reply.usage, run.models.cost(target.label, name, reply.usage))
    if on_text is not None and reply.text:
        on_text(reply.text)
    return reply


async def _attempt(
    run: Run, name: str, target: Target, request: Request, policy: Policy, attempt: int, on_text: OnText | None
) -> Reply:
    run.emit(ModelCall(frame.current_node(), target.label, attempt, _call_attributes(target, request)))
    run.totals.model_calls += 1
    try:
        async with asyncio.timeout(policy.timeout) as limit:
            reply = await target.provider.complete(request, on_text)
    except TimeoutError:
        if not limit.expired():
            raise
        raise AgentTimeoutError(f"{target.label} did not answer within {policy.timeout:g} s") from None
    _account(run, name, target, reply)
    return reply


def backoff(policy: Policy, attempt: int, error: BaseException, chance: float) -> float | None:
    """Seconds to wait after the failed `attempt` (from 1); None if the provider wants a wait that is too long.

    `chance` (0 to 1) spreads the wait by ±20 %. A provider's own advice is a lower bound, and is not shortened.
    """
    wait = min(LONGEST_BACKOFF, policy.delay * 2.0 ** min(attempt - 1, 16))
    wait = min(LONGEST_BACKOFF, wait * (1 - JITTER + 2 * JITTER * chance))
    advice = error.retry_after if isinstance(error, RateLimitError) else None
    if advice is None:
        return wait
    return None if advice > LONGEST_ADVICE else max(wait, advice)


def _account(run: Run, name: str, target: Target, reply: Reply) -> None:
    cost = run.models.cost(target.label, name, reply.usage)
    run.totals.usage += reply.usage
    if cost is not None:
        run.totals.cost = (run.totals.cost or 0.0) + cost
    spend(reply.usage, cost)
    usage = reply.usage
    attributes = {
        "gen_ai.response.model": reply.model or target.model,
        "gen_ai.response.finish_reasons": [reply.finish_reason],
        "gen_ai.usage.input_tokens": usage.input_tokens,
        "gen_ai.usage.output_tokens": usage.output_tokens,
    }
    run.emit(ModelUsage(frame.current_node(), usage.input_tokens, usage.output_tokens, cost, attributes))


def _call_attributes(target: Target, request: Request) -> dict[str, Any]:
    attributes = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": target.provider.name,
        "gen_ai.request.model": target.model,
        "gen_ai.request.temperature": request.temperature,
        "gen_ai.request.top_p": request.top_p,
        "gen_ai.request.seed": request.seed,
        "gen_ai.request.max_tokens": request.max_tokens,
        "gen_ai.agent.name": request.agent or None,
    }
    return {key: value for key, value in attributes.items() if value is not None}
