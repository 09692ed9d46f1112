"""The file that tells the mock what to answer: TOML, read once, checked before anything runs.

    [[reply]]                     # the first that fits is used; each once, unless `times` says otherwise
    agent = "Writer"              # only for this agent; left out: for any
    contains = "tides"            # only if the user's last message holds this text
    text = "The sea rises."       # what is answered: text, or
    json = { title = "Tides" }    #   a record, or
    error = "rate_limit"          #   a failure: rate_limit, server, timeout, auth, refused
    retry_after = 2               #   seconds, with rate_limit
    times = 0                     # 0: again and again
    delay = 0.5                   # seconds before the answer

    [[reply.call]]                # or tools to be called
    name = "lookup"
    arguments = { word = "tide" }

    [[judge]]
    contains = "urgent"           # only if the condition, a label or the subject holds this text
    matched = true                # the answer to a condition, or
    label = "asks about money"    #   to a choice between labels; "" is none of them

What no entry fits is answered as without a script.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexa.runtime.errors import AgentTimeoutError, AuthError, ModelError, NexaError, RateLimitError
from nexa.runtime.providers.base import Classification, Decision, Merge, Question, Reply, Request, ToolCall

_REPLY_KEYS = {"agent", "contains", "text", "json", "error", "retry_after", "times", "delay", "call"}
_JUDGE_KEYS = {"contains", "matched", "label", "times"}
_NUMBER = re.compile(r"\d+")
_ERRORS = ("rate_limit", "server", "timeout", "auth", "refused")


@dataclass(slots=True)
class Line:
    """One entry; `left` counts how often it may still be used, None being for ever."""

    table: Mapping[str, Any]
    left: int | None = 1
    contains: str = field(init=False)

    def __post_init__(self) -> None:
        self.contains = self.table.get("contains", "").casefold()

    def take(self) -> Mapping[str, Any]:
        """Use it once."""
        if self.left is not None:
            self.left -= 1
        return self.table


class Script:
    """The entries of a script, with how often each may still be used."""

    def __init__(self, replies: list[Mapping[str, Any]], judgements: list[Mapping[str, Any]]) -> None:
        self._replies = [_line(table) for table in replies]
        self._judgements = [_line(table) for table in judgements]

    @classmethod
    def read(cls, path: Path) -> Script:
        """Read a script. Raises `ModelError` that says what is wrong, where, and in which entry."""
        text = _text_of(path)
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message, _, place = str(error).rpartition(" (at ")
            numbers = _NUMBER.findall(place) or (text.count("\n") + 1, len(text.rpartition("\n")[2]) + 1)
            raise ModelError(f"{path}:{numbers[0]}:{numbers[1]}: not TOML: {message or error}") from None
        except RecursionError:
            raise ModelError(f"{path}: not TOML: nested too deeply") from None
        for key in sorted(data.keys() - {"reply", "judge"}):
            place = place_of_entry(path, text, key)
            raise ModelError(f"{place}: unknown table [[{key}]]; a script has [[reply]] and [[judge]]")
        for name, keys in (("reply", _REPLY_KEYS), ("judge", _JUDGE_KEYS)):
            if not _is_list_of_tables(data.get(name, [])):
                raise ModelError(f"{place_of_entry(path, text, name)}: {name} is a list of tables, written [[{name}]]")
            for number, table in enumerate(data.get(name, ()), 1):
                _check(f"{place_of_entry(path, text, name, number)}: [[{name}]] {number}", table, keys)
        return cls(data.get("reply", []), data.get("judge", []))

    def reply(self, request: Request) -> Mapping[str, Any] | None:
        """The entry for an agent's request, used up once; None if no entry fits."""
        said = request.last_text.casefold()
        for line in self._replies:
            if line.left != 0 and line.contains in said and line.table.get("agent", request.agent) == request.agent:
                return line.take()
        return None

    def judgement(self, question: Question) -> Mapping[str, Any] | None:
        """The entry for a question of the judge, used up once; None if no entry fits."""
        key, said = _said(question)
        for line in self._judgements:
            if line.left != 0 and key in line.table and line.contains in said:
                return line.take()
        return None


def place_of_entry(path: Path, text: str, name: str, number: int = 1) -> str:
    """`file:line:column` of the n-th table of a name; only the file where it is written in another way."""
    heads = re.finditer(rf"^[ \t]*(\[{{0,2}}[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*[\]=.])", text, re.MULTILINE)
    head = next((one for place, one in enumerate(heads, 1) if place == number), None)
    if head is None:
        return str(path)
    line = text.count("\n", 0, head.start(1)) + 1
    return f"{path}:{line}:{head.start(1) - text.rfind(chr(10), 0, head.start(1))}"


def _text_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read the mock script {path}: {error.strerror}") from None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        raise ModelError(f"{path}:{line}:{column}: not UTF-8 text") from None


def reply_of(table: Mapping[str, Any]) -> Reply:
    """The reply that a `[[reply]]` entry holds. Raises the failure that it asks for."""
    import msgspec

    if "error" in table:
        raise _failure(table)
    calls = tuple(
        ToolCall(f"call_{number}", call["name"], msgspec.json.encode(call.get("arguments", {})).decode())
        for number, call in enumerate(table.get("call", ()), 1)
    )
    text = msgspec.json.encode(table["json"]).decode() if "json" in table else table.get("text", "")
    return Reply(text, calls, finish_reason="tool_calls" if calls else "stop")


def _failure(table: Mapping[str, Any]) -> NexaError:
    match table["error"]:
        case "rate_limit":
            return RateLimitError("the script says: rate limit", retry_after=table.get("retry_after"))
        case "timeout":
            return AgentTimeoutError("the script says: timeout")
        case "auth":
            return AuthError("the script says: credentials refused")
    return ModelError(f"the script says: {table['error']}", retryable=table["error"] == "server")


def _said(question: Question) -> tuple[str, str]:
    match question:
        case Decision(condition, subject):
            return "matched", f"{condition}\n{subject}".casefold()
        case Classification(labels, subject, asked):
            return "label", "\n".join((*labels, subject, asked)).casefold()
        case Merge(candidates):
            return "text", "\n".join(candidates).casefold()


def _line(table: Mapping[str, Any]) -> Line:
    return Line(table, table.get("times", 1) or None)


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _check(place: str, table: Mapping[str, Any], keys: set[str]) -> None:
    for key in sorted(table.keys() - keys):
        raise ModelError(f"{place}: unknown key {key!r}; known are {', '.join(sorted(keys))}")
    for key, kind in (("agent", str), ("contains", str), ("text", str), ("label", str), ("matched", bool)):
        if key in table and not isinstance(table[key], kind):
            raise ModelError(f"{place}: {key} wants a {kind.__name__}")
    for key in ("times", "delay", "retry_after"):
        value = table.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int if key == "times" else int | float) or value < 0:
            raise ModelError(f"{place}: {key} wants a number that is not negative")
    if table.get("error", "server") not in _ERRORS:
        raise ModelError(f"{place}: error is one of {', '.join(_ERRORS)}")
    if keys is _JUDGE_KEYS and not {"matched", "label"} & table.keys():
        raise ModelError(f"{place}: needs matched or label")
    if not _is_list_of_tables(table.get("call", [])):
        raise ModelError(f"{place}: call is a list of tables, written [[reply.call]]")
    for call in table.get("call", ()):
        if not isinstance(call.get("name"), str) or not isinstance(call.get("arguments", {}), dict):
            raise ModelError(f"{place}: a call needs a name and a table of arguments")
