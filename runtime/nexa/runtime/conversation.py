"""The model loop of one run: question, tools, answer, and once more where the answer is objected to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from nexa.runtime import answer_cache, frame
from nexa.runtime.agent_settings import AgentSettings
from nexa.runtime.attempts import Policy, ask
from nexa.runtime.events import Token
from nexa.runtime.hooks import in_force
from nexa.runtime.permissions import permissions_of
from nexa.runtime.providers.base import Message, Reply, Request, ToolChoice
from nexa.runtime.run import Run
from nexa.runtime.streaming import told
from nexa.runtime.tool_calls import Caller, carry_out
from nexa.runtime.tools import Tool

if TYPE_CHECKING:
    from nexa.runtime.agent_declaration import AgentDeclaration

_OBJECTION = "This answer cannot be used:\n{reasons}\nAnswer again, and correct this."


class Conversation:
    """What has been said in one run so far. `tool_results` are the texts that tools answered with."""

    def __init__(
        self,
        run: Run,
        agent: AgentDeclaration,
        settings: AgentSettings,
        models: Sequence[str],
        start: Sequence[Message],
        tools: Mapping[str, Tool],
    ) -> None:
        self._run = run
        self._agent = agent
        self._settings = settings
        self._models = tuple(models)
        self._messages = list(start)
        self._tools = tools
        self._rounds = 0
        self.tool_results: list[str] = []

    async def answer(self) -> str:
        """The model's answer to what has been said, tools called on the way."""
        text = await self._answer_or_stored()
        if self._settings.after_step:
            self._messages += [Message("assistant", text), Message("user", self._settings.after_step)]
            text = await self._answer_or_stored()
        return text

    def object_to(self, answer: str, reasons: Sequence[str]) -> None:
        """Tell the model why its answer does not do."""
        listed = "\n".join(f"- {reason}" for reason in reasons)
        self._messages += [Message("assistant", answer), Message("user", _OBJECTION.format(reasons=listed))]

    def artifacts(self, question: Message) -> tuple[Any, ...]:
        """The pictures of the question."""
        return question.images

    async def _answer_or_stored(self) -> str:
        settings = self._settings
        if not settings.cache:
            return await self._model_loop()
        folder = self._run.settings.state_dir / "cache" / "answers"
        key = answer_cache.key_of(self._models, self._request())
        known = answer_cache.stored(folder, key, self._run.clock.now(), settings.cache_ttl)
        if known is None:
            known = await self._model_loop()
            answer_cache.store(folder, key, self._run.clock.now(), known)
        return known

    async def _model_loop(self) -> str:
        while True:
            reply = await self._ask()
            if not reply.calls or self._choice() == "none":
                return reply.text
            self._rounds += 1
            self._messages.append(Message("assistant", reply.text, calls=reply.calls))
            results = await carry_out(self._run, reply.calls, self._tools, self._caller())
            self.tool_results += results
            self._messages += [
                Message("tool", result, call_id=call.id) for call, result in zip(reply.calls, results, strict=True)
            ]

    async def _ask(self) -> Reply:
        settings = self._settings
        policy = Policy(settings.timeout, max(settings.retry, 1), settings.retry_delay)
        reply, model = await ask(
            self._run,
            self._models,
            self._request(),
            policy,
            read=lambda reply: reply,
            on_text=self._deliver if settings.stream else None,
        )
        # Who answered goes on answering: a run does not return to a model that has just been given up.
        self._models = self._models[self._models.index(model) :]
        return reply

    def _deliver(self, text: str) -> None:
        self._run.emit(Token(frame.current_node(), text))
        told(text)

    def _request(self) -> Request:
        settings = self._settings
        output = self._agent.output()
        tools = tuple(tool.spec for tool in self._tools.values())
        return Request(
            model="",
            messages=tuple(self._messages),
            tools=tools,
            tool_choice=self._choice() if tools else "auto",
            schema=output.schema if output is not None else None,
            wants_json=settings.output_format == "json",
            temperature=settings.temperature,
            top_p=settings.top_p,
            seed=settings.seed,
            max_tokens=settings.max_tokens,
            agent=self._agent.name,
        )

    def _choice(self) -> ToolChoice:
        """Whether tools may be called now: not after too many rounds; a required call is required once."""
        if self._rounds >= self._settings.max_tool_calls:
            return "none"
        wanted = self._settings.tool_call_strategy
        if wanted == "required" and self._rounds > 0:
            return "auto"
        return cast("ToolChoice", wanted if wanted in ("auto", "required", "none") else "auto")

    def _caller(self) -> Caller:
        settings = self._settings
        roles = self._run.configuration.roles
        allowed = permissions_of(self._agent.name, settings.permissions, settings.rbac_role, roles)
        return Caller(self._agent.name, settings.tool_timeout, allowed, in_force(self._agent.hooks))
