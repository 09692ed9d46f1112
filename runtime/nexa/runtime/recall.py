"""What a run remembers for the next one, and what it takes from an earlier one.

`Recall` hangs on every run; without a keeper and without a past it does nothing and costs nothing. What is taken from
the past is kept again, so that a run that was started from a node can itself be run again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nexa.runtime.errors import NexaError
from nexa.runtime.kept import FAILURES
from nexa.runtime.providers.base import Reply, Request
from nexa.runtime.redaction import Redactor
from nexa.runtime.visits import Visit, current_place, current_visit

if TYPE_CHECKING:
    from nexa.runtime.kept import Keeper
    from nexa.runtime.past import Answer, Past


@dataclass(frozen=True, slots=True)
class Question:
    """Something that an earlier run may have the answer to, at its place in the run.

    `is_effect`: what was done is done, whether or not the node around it comes to its end.
    """

    place: str
    key: str
    is_effect: bool = True


class Recall:
    """The memory of one run. `count` tells how many events there were so far."""

    def __init__(self, redact: Redactor, count: Callable[[], int]) -> None:
        self.keeper: Keeper | None = None
        self.past: Past | None = None
        self._redact = redact
        self._count = count

    @property
    def is_awaiting_its_node(self) -> bool:
        """Whether the run repeats an earlier one, and has not come to the node yet from which all is new."""
        return self.past is not None and not self.past.is_reached

    def question(self, *parts: Any) -> Question | None:
        """A question of these parts, asked here; None where nothing is remembered."""
        if self.keeper is None and self.past is None:
            return None
        import msgspec

        try:
            encoded = msgspec.json.encode(parts, order="deterministic", enc_hook=str).decode()
        except (TypeError, ValueError, RecursionError):  # nothing that could be recognised
            return None
        return Question(current_place(), hashlib.sha256(self._redact.clean(encoded).encode()).hexdigest())

    def take(self, question: Question | None) -> Answer | None:
        """The answer of the past, if it has one."""
        visit = current_visit()
        known = self.past.take(question.place, question.key) if self.past and question else None
        if known is not None and question is not None:
            answer = {key: value for key, value in known.items() if key != "seq"}
            self._keep({**answer, "place": question.place}, is_effect=question.is_effect)
        if visit is not None:
            visit.recalled += known is not None
            visit.live += known is None
        return known

    def keep(self, question: Question | None, **answer: Any) -> None:
        """Remember the answer to a question, unless there is a secret in it."""
        if question is not None and self.keeper is not None and self._redact.clean(answer) == answer:
            record = {"place": question.place, "key": question.key, **answer}
            self._keep(record, is_effect=question.is_effect)

    def run_begins(self) -> str | None:
        """The run has begun, and its first event is out; what is to be told of what the past lacks."""
        if self.keeper is not None:
            self.keeper.begin()
        if self.past is not None and self.past.is_full:
            return f"the run {self.past.run} had more answers than are kept; the rest are asked again"
        return None

    def run_ends(self) -> str | None:
        """The run is about to end; what is to be told of how it met the past."""
        if self.keeper is not None:
            self.keeper.close()
        if self.past is not None and not self.past.is_reached:
            return f"this run did not come to {self.past.node}, from which it was to run again"
        return None

    def begins(self, node: str) -> None:
        """A node begins."""
        if self.past is not None:
            self.past.meet(node)

    def ends(self, visit: Visit) -> None:
        """A node has ended, and its event is out."""
        if self.keeper is not None and visit.kept:
            self.keeper.keep(visit.kept, self._count())

    def _keep(self, record: Mapping[str, Any], *, is_effect: bool) -> None:
        if self.keeper is None:
            return
        visit = current_visit()
        if visit is None or is_effect:
            self.keeper.keep([record], self._count())
        else:
            visit.kept.append(record)


def question_of(recall: Recall, label: str, request: Request) -> Question | None:
    """The question that a request puts to the model called `label`: everything that shapes the answer."""
    if recall.keeper is None and recall.past is None:
        return None
    messages = [(m.role, m.text, m.calls, m.call_id, [image.data for image in m.images]) for m in request.messages]
    settings = (request.wants_json, request.temperature, request.top_p, request.seed, request.max_tokens)
    asked = (label, request.agent, messages, request.tools, request.tool_choice, request.schema, settings)
    question = recall.question(*asked)
    return question and replace(question, is_effect=False)


def keep_reply(recall: Recall, question: Question | None, reply: Reply) -> None:
    """Remember what a model has answered."""
    if question is not None:
        import msgspec

        recall.keep(question, reply=msgspec.to_builtins(reply))


def keep_failure(recall: Recall, question: Question | None, error: BaseException) -> None:
    """Remember that there was no answer."""
    name = type(error).__name__
    if isinstance(error, NexaError) and FAILURES.get(name) is type(error):
        recall.keep(question, error={"type": name, "message": error.message, "kind": error.kind})


def reply_of(answer: Answer) -> Reply:
    """What the model has answered then. Raises what it failed with."""
    import msgspec

    _raise_failure(answer)
    return msgspec.convert(answer["reply"], Reply)


def value_of(answer: Answer) -> Any:
    """What a tool came to then. Raises what it failed with."""
    _raise_failure(answer)
    return answer["value"]


def _raise_failure(answer: Answer) -> None:
    if "error" in answer:
        error = answer["error"]
        raise FAILURES[error["type"]](error["message"], kind=error["kind"])
