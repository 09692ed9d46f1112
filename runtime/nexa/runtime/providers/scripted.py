"""A provider for tests: it says what it was told to say, in order, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from nexa.runtime.errors import ModelError
from nexa.runtime.providers.base import OnText, Reply, Request, ToolCall
from nexa.runtime.providers.mock import answer_question

Answer = str | Mapping[str, Any] | Reply | BaseException | Callable[[Request], Any]


class ScriptedModel:
    """Gives `answers` one by one; after the last, every question fails, unless `forever` repeats the last.

    An answer is a text, a mapping (sent as JSON), a `Reply`, an exception that is raised, or a function from the
    `Request` to any of these (it may be async). `judgements` answer the judge in order (a bool, a label, a text, an
    exception); after the last the judge goes by the overlap of words. `requests` and `questions` hold what was asked.
    """

    name = "scripted"

    def __init__(
        self, answers: Iterable[Answer] = (), *, judgements: Iterable[Any] = (), forever: bool = False
    ) -> None:
        self._answers = list(answers)
        self._judgements = list(judgements)
        self._forever = forever
        self._given = 0
        self.requests: list[Request] = []
        self.questions: list[Request] = []

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """See `Provider.complete`."""
        if request.question is not None:
            self.questions.append(request)
            answer: Any = self._judgement(request)
        else:
            self.requests.append(request)
            answer = self._next()
        while callable(answer):
            answer = answer(request)
            if hasattr(answer, "__await__"):
                answer = await answer
        reply = _reply(answer)
        if on_text is not None and reply.text:
            on_text(reply.text)
        return reply

    async def close(self) -> None:
        """See `Provider.close`."""

    def _next(self) -> Answer:
        if self._given < len(self._answers):
            self._given += 1
        elif not (self._forever and self._answers):
            raise ModelError(f"the script of {len(self._answers)} answers is over")
        return self._answers[self._given - 1]

    def _judgement(self, request: Request) -> Answer:
        assert request.question is not None
        if not self._judgements:
            return answer_question(request.question)
        answer = self._judgements.pop(0)
        if isinstance(answer, bool):
            return {"matched": answer, "confidence": 1.0}
        if isinstance(answer, str) and hasattr(request.question, "labels"):
            return {"label": answer, "confidence": 1.0}
        return answer  # type: ignore[no-any-return]  # the caller's own value, checked by _reply


def call(name: str, /, **arguments: Any) -> Reply:
    """The answer of a model that wants one tool called."""
    import msgspec

    text = msgspec.json.encode(arguments).decode()
    return Reply("", (ToolCall(f"call_{name}", name, text),), finish_reason="tool_calls")


def _reply(answer: Any) -> Reply:
    import msgspec

    if isinstance(answer, BaseException):
        raise answer
    if isinstance(answer, Reply):
        return answer
    return Reply(answer if isinstance(answer, str) else msgspec.json.encode(answer).decode())
