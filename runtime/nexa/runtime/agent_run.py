"""One run of an agent, step by step as section 5.3 of the language reference has it.

(a) requires, (b) before_step, (c) messages, (d) the model with its tools, (e) the answer read by its type, (f) ensures,
(g) memory, (h) after_step, (i) the value. An error fires on_error on its way out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nexa.runtime import frame
from nexa.runtime.agent_contracts import Contracts
from nexa.runtime.agent_messages import messages_of, notes, system_message, user_message
from nexa.runtime.agent_settings import AgentSettings, Choice
from nexa.runtime.catching import can_be_caught, message_of
from nexa.runtime.context_policy import compacted, fitted, policy_here
from nexa.runtime.conversation import Conversation
from nexa.runtime.errors import BudgetExceeded, ContractViolation, ProtocolError, SecretError
from nexa.runtime.handed import AgentContext
from nexa.runtime.hooks import fire_error, fire_step, in_force
from nexa.runtime.limits import budget
from nexa.runtime.memory import History, Session, Turn
from nexa.runtime.providers.base import Message, permits_fallback
from nexa.runtime.run import Run
from nexa.runtime.text import text

if TYPE_CHECKING:
    from nexa.runtime.agent_declaration import AgentDeclaration


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked: its input, and the extra arguments."""

    value: Any
    extra: tuple[Any, ...]


async def run_agent(run: Run, agent: AgentDeclaration, asked: Asked) -> Any:
    """The value of one run. Raises what the language reference says, after `on_error`."""
    hooks = in_force(agent.hooks)
    async with run.reporting(agent.name) as node:
        try:
            settings = await agent.settings()
            async with agent.memory_of(run).session() as session:
                value = await _steps(run, agent, settings, asked, session)
        except Exception as error:
            if can_be_caught(error):
                await fire_error(error, hooks)
            raise
        node.output = value
    frame.current().last = value
    return value


async def _steps(run: Run, agent: AgentDeclaration, settings: AgentSettings, asked: Asked, session: Session) -> Any:
    hooks = in_force(agent.hooks)
    asked = replace(asked, value=agent.read_input(asked.value))
    contracts = Contracts(run, agent.name, agent.contracts, asked.value, asked.extra)
    await contracts.enter()
    await fire_step("before_step", hooks)
    if settings.logging:
        run.log("info", f"{agent.name} is asked: {text(asked.value)}")
    value = await _first_answer(run, agent, settings, asked, session, contracts)
    await fire_step("after_step", hooks)
    return value


async def _first_answer(
    run: Run, agent: AgentDeclaration, settings: AgentSettings, asked: Asked, session: Session, contracts: Contracts
) -> Any:
    """The answer of the first of the agent's models, or of the agents that stand in for it."""
    choices = list(_groups(settings))
    for place, choice in enumerate(choices):
        bounds = settings.budget if place == 0 or settings.budget.get("on_exhaust") != "fallback" else None
        try:
            with budget(agent.name, bounds):
                if isinstance(choice, tuple):
                    return await _answer(run, agent, settings, asked, session, contracts, choice)
                return await _stand_in(agent, choice, asked, contracts)
        except Exception as error:
            if place == len(choices) - 1 or not _goes_on(error, settings):
                raise
            run.log("warning", f"{agent.name}: {message_of(error)}; trying the next fallback")
    raise AssertionError("an agent has at least one model")


def _groups(settings: AgentSettings) -> Iterator[tuple[str, ...] | Any]:
    """The chain with neighbouring models together; a budget with a fallback leaves the first model alone."""
    names: list[str] = []
    for choice in settings.chain:
        if isinstance(choice, str):
            names.append(choice)
            if settings.budget.get("on_exhaust") != "fallback":
                continue
        if names:
            yield tuple(names)
            names = []
        if not isinstance(choice, str):
            yield _agent(choice)
    if names:
        yield tuple(names)


def _agent(choice: Choice) -> Any:
    return choice if hasattr(choice, "run") or isinstance(choice, str) else choice()


def _goes_on(error: Exception, settings: AgentSettings) -> bool:
    if isinstance(error, BudgetExceeded):
        return settings.budget.get("on_exhaust") == "fallback"
    return permits_fallback(error) or isinstance(error, SecretError)


async def _stand_in(agent: AgentDeclaration, other: Any, asked: Asked, contracts: Contracts) -> Any:
    """Another agent's answer to the same input, held to this agent's type and contracts."""
    value = agent.fit(await other.run(asked.value, *asked.extra))
    await contracts.leave(value)
    return value


async def _answer(
    run: Run,
    agent: AgentDeclaration,
    settings: AgentSettings,
    asked: Asked,
    session: Session,
    contracts: Contracts,
    models: tuple[str, ...],
) -> Any:
    """Ask, read, check; an answer that does not fit is asked for again, with the reasons, up to `retry` times."""
    question = user_message(asked.value, asked.extra)
    start = await _start(run, agent, settings, asked, session, question)
    conversation = Conversation(run, agent, settings, models, start, await agent.tools(run))
    for left in range(max(settings.retry, 0), -1, -1):
        answer = await conversation.answer()
        try:
            value = await agent.read_answer(answer)
            await contracts.leave(value)
        except (ProtocolError, ContractViolation) as error:
            if left == 0:
                raise
            conversation.object_to(answer, _reasons(error))
            continue
        _remember(run, agent, settings, session, question, answer, value, conversation)
        return value
    raise AssertionError("the last attempt returns or raises")


async def _start(
    run: Run, agent: AgentDeclaration, settings: AgentSettings, asked: Asked, session: Session, question: Message
) -> list[Message]:
    system = system_message(settings, agent.base)
    beside = [message for message in (system, *notes(settings, agent.owner), question) if message is not None]
    history = _history(run, settings, asked, session)
    limit = settings.max_history_turns or (settings.context or {}).get("max_history_turns")
    if limit is not None and len(history) > limit:
        whole, history = history, await compacted(run, history, limit)
        if whole is session.turns:
            session.rewrite(history)
    policy = policy_here(settings.context_policy)
    history = await fitted(run, history, beside, policy)
    first = [system] if system is not None else []
    return [*first, *messages_of(history), *beside[len(first) :]]


def _history(run: Run, settings: AgentSettings, asked: Asked, session: Session) -> History:
    """What a run starts from: its memory; with a context block what its `source` and `inherit` say."""
    context = settings.context
    if context is None:
        return session.turns
    source = str(context.get("source", "upstream"))
    if source.startswith("shared:"):
        return run.memories.shared(source.removeprefix("shared:")).turns
    if source == "fresh":
        return ()
    handed = run.handed.of(asked.value)
    if handed is None:
        return session.turns
    inherited: History = ()
    wanted = context.get("inherit") or ()
    if "messages" in wanted:
        inherited += handed.messages
    if "tool_results" in wanted and handed.tool_results:
        inherited += (Turn(tuple(Message("user", f"Result of a tool:\n{result}") for result in handed.tool_results)),)
    if "artifacts" in wanted and handed.artifacts:
        inherited += (Turn((user_message("", handed.artifacts),)),)
    return session.turns + inherited


def _reasons(error: ProtocolError | ContractViolation) -> tuple[str, ...]:
    return error.reasons if isinstance(error, ProtocolError) else (f"it must hold that {error.text}",)


def _remember(
    run: Run,
    agent: AgentDeclaration,
    settings: AgentSettings,
    session: Session,
    question: Message,
    answer: str,
    value: Any,
    conversation: Conversation,
) -> None:
    turn = Turn((question, Message("assistant", answer)))
    session.record((turn,))
    artifacts = conversation.artifacts(question)
    context = AgentContext(answer, value, (turn,), tuple(conversation.tool_results), artifacts)
    agent.last_context = context
    if settings.context is None:
        return
    sink = str(settings.context.get("sink", "downstream"))
    if sink == "downstream":
        run.handed.put(value, context)
    elif sink.startswith("shared:"):
        run.memories.shared(sink.removeprefix("shared:")).append((turn,))
