"""The provider that never touches the network: the same question gets the same answer.

An agent that wants text gets its input back, after its name and cut where it is long, and what notes it was given, as
if it had heeded them: what a judge has missed in the first answer, it finds in the second. One with a schema gets
`sample(schema)`; the judge goes by the overlap of words. A script (`nexa.runtime.providers.script`) says otherwise
where it wants to.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from nexa.runtime.overlap import best_label, overlap, words
from nexa.runtime.providers.base import (
    NOTE,
    Classification,
    Decision,
    Merge,
    OnText,
    Question,
    Reply,
    Request,
    ToolCall,
    Usage,
)
from nexa.runtime.providers.sample import sample
from nexa.runtime.providers.script import Script, reply_of

NEEDED_OVERLAP = 0.5
"""Share of a condition's words that a subject must hold for the offline judge to say yes."""

LONGEST_ECHO = 400
"""Characters of the input that come back: a loop that feeds answers to their askers must not grow without end."""

Sleep = Callable[[float], Awaitable[object]]


class Mock:
    """Answers offline, from `script` first."""

    name = "mock"

    def __init__(self, script: Script | None = None, sleep: Sleep = asyncio.sleep) -> None:
        self._script = script or Script([], [])
        self._sleep = sleep

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """See `Provider.complete`."""
        reply = await self._scripted(request) or _unscripted(request)
        if on_text is not None:
            for piece in _pieces(reply.text):
                on_text(piece)
        return Reply(reply.text, reply.calls, usage_of(request, reply), reply.finish_reason, request.model)

    async def close(self) -> None:
        """See `Provider.close`."""

    async def _scripted(self, request: Request) -> Reply | None:
        if request.question is not None:
            table = self._script.judgement(request.question)
            return Reply(_judged(table.get("matched"), table.get("label"))) if table is not None else None
        table = self._script.reply(request)
        if table is None:
            return None
        if table.get("delay"):
            await self._sleep(table["delay"])
        return reply_of(table)


def answer_question(question: Question) -> str:
    """The offline judge's JSON answer to a question; for a merge the first candidate.

    A condition holds if the subject has at least half of its words. A subject without any word, such as a bare
    number, gives nothing to compare, and the condition is taken to hold; an empty one meets no condition.
    """
    match question:
        case Decision(condition, subject):
            if subject.strip() and not any(word.isalpha() for word in words(subject)):
                return _judged(True, None, 0.5)
            score = overlap(condition, subject)
            matched = score >= NEEDED_OVERLAP
            return _judged(matched, None, score if matched else 1 - score)
        case Classification(labels, subject, _, descriptions):
            told = tuple(map(" ".join, zip(labels, descriptions, strict=True))) if descriptions else labels
            best = best_label(told, subject)
            return _judged(None, labels[told.index(best)] if best is not None else "")
        case Merge(candidates):
            return candidates[0] if candidates else ""


def usage_of(request: Request, reply: Reply) -> Usage:
    """What a request and its reply would cost, at four characters a token."""
    asked = sum(len(message.text) for message in request.messages)
    answered = len(reply.text) + sum(len(call.arguments) for call in reply.calls)
    return Usage(-(-asked // 4), -(-answered // 4))


def _unscripted(request: Request) -> Reply:
    import msgspec

    if request.question is not None:
        return Reply(answer_question(request.question))
    if request.tool_choice == "required" and request.messages[-1].role != "tool":
        tool = request.tools[0]
        arguments = msgspec.json.encode(sample(tool.parameters)).decode()
        return Reply("", (ToolCall("call_1", tool.name, arguments),), finish_reason="tool_calls")
    if request.schema is not None:
        return Reply(msgspec.json.encode(sample(request.schema)).decode())
    heard = "\n".join([_cut(request.last_text), *_notes(request)])
    text = f"[{request.agent}] {heard}" if request.agent else heard
    return Reply(msgspec.json.encode({"text": text}).decode() if request.wants_json else text)


def _notes(request: Request) -> list[str]:
    """What stands beside the question, such as what `reflect` said."""
    notes = [message.text for message in request.messages if message.role == "system"]
    return [_cut(note.removeprefix(NOTE)) for note in notes if note.startswith(NOTE)]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO] + " …"


def _judged(matched: bool | None, label: str | None, confidence: float = 1.0) -> str:
    import msgspec

    answer = {"label": label} if label is not None else {"matched": bool(matched)}
    return msgspec.json.encode({**answer, "confidence": round(confidence, 3)}).decode()


def _pieces(text: str) -> list[str]:
    """The text word by word, as a stream brings it."""
    return [word + " " for word in text.split(" ")[:-1]] + [text.split(" ")[-1]] if text else []
