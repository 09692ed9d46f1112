"""What the server says to people, in their language: applied where answers and notifications leave.

Everything inside speaks English; what has no translation stays English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from nexa.lsp.channel import Channel
from nexa.lsp.client import Client
from nexa.lsp.messages import Json

Say = Callable[[str], str]


def to_chinese(text: str) -> str:
    """A text of the server's, or the title of a fix."""
    from nexa.compiler.chinese import any_message_in_chinese, title_in_chinese, translated
    from nexa.lsp.chinese import TEXTS

    failed = _FAILED.fullmatch(text)
    if failed is not None:
        text = failed[1] + reason_to_chinese(failed[2])
    refused = _REFUSED.fullmatch(text)
    if refused is not None:
        new, message, place = refused.groups()
        return f"`{new}` 不行：{any_message_in_chinese(message) or message}（{place}）。"
    return translated(TEXTS, text) or title_in_chinese(text) or text


def reason_to_chinese(text: str) -> str:
    """Why a run has failed; what the program itself says stays as it is."""
    from nexa.compiler.chinese import translated

    return translated(_failures(), text, reason_to_chinese) or text


@cache
def _failures() -> tuple[tuple[str, str], ...]:
    from nexa.lsp.chinese.failures import FAILURES  # most runs end well
    from nexa.lsp.chinese.table import read_table

    return tuple(read_table(FAILURES).items())


_FAILED = re.compile(r"(✗ (?!\d+ passed, )|Run of .+? failed: |the last run of .+? failed here: )(.+)", re.DOTALL)
"""What is told of a run that has failed, with the reason."""


def say_to(client: Client) -> Say:
    """How texts become what the people at a client read."""
    return to_chinese if client.speaks_chinese else str


_REFUSED = re.compile(r"`(\S+)` does not do: (.*) \(([^()]*)\)\.", re.DOTALL)
"""What a rule says against a new name."""


class Speaking:
    """A channel that says everything as the client wants to hear it; `say` is the identity until it is known."""

    def __init__(self, channel: Channel) -> None:
        self.say: Say = str
        self._channel = channel

    def notify(self, method: str, params: Json) -> None:
        """Tell it something; what people read of it is translated."""
        self._channel.notify(method, _notification(method, params, self.say))

    def request(self, method: str, params: Json, then: Callable[[Json], None]) -> None:
        """Ask it something."""
        self._channel.request(method, params, then)

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: do this on the serving thread."""
        self._channel.post(call)

    def is_cancelled(self) -> bool:
        """Whether it has given up on the request that is being answered."""
        return self._channel.is_cancelled()


def said(method: str, result: Json, say: Say) -> Json:
    """The answer to a request, with what people read of it in their language."""
    change = None if say is str else _ANSWERS.get(method)
    if change is None:
        return result
    if isinstance(result, list):
        return [change(one, say) for one in result]
    return change(result, say)


_READ = ("title", "message", "tooltip")
"""The members of lenses, actions, hints and progress that people read."""


def _notification(method: str, params: Json, say: Say) -> Json:
    if say is str or not isinstance(params, dict):
        return params
    if method == "window/showMessage":
        return _said(params, say)
    if method == "nexa/runEvent":
        error = params.get("error")
        reason = error.get("message") if isinstance(error, dict) else None
        if not isinstance(error, dict) or not isinstance(reason, str):
            return params
        return {**params, "error": {**error, "message": reason_to_chinese(reason)}}
    value = params.get("value")
    is_progress = method == "$/progress" and isinstance(value, dict) and "kind" in value
    return {**params, "value": _said(value, say)} if is_progress else params


def _said(value: Any, say: Say) -> Any:  # noqa: ANN401  # JSON
    if not isinstance(value, dict):
        return value
    found = {name: say(text) if name in _READ and isinstance(text, str) else text for name, text in value.items()}
    if isinstance(found.get("command"), dict):
        found["command"] = _said(found["command"], say)
    refusal = found.get("disabled")
    if isinstance(refusal, dict):
        found["disabled"] = {"reason": say(str(refusal.get("reason", "")))}
    tooltip = found.get("tooltip")
    if isinstance(tooltip, dict) and isinstance(tooltip.get("value"), str):
        found["tooltip"] = {**tooltip, "value": say(tooltip["value"])}
    return found


def _described(value: Any, say: Say) -> Any:  # noqa: ANN401  # JSON
    """What tells about names: a hover, a list of candidates or one of them, signatures."""
    from nexa.lsp.prose import prose_to_chinese

    if not isinstance(value, dict):
        return value
    found = dict(value)
    for name in ("contents", "documentation"):
        text = found.get(name)
        if isinstance(text, str):
            found[name] = prose_to_chinese(text)
        elif isinstance(text, dict) and isinstance(text.get("value"), str):
            found[name] = {**text, "value": prose_to_chinese(text["value"])}
    for name in ("items", "signatures", "parameters"):
        if isinstance(found.get(name), list):
            found[name] = [_described(one, say) for one in found[name]]
    return found


def _doubted(value: Any, say: Say) -> Any:  # noqa: ANN401  # JSON
    """What a person is asked about the edits of a rename."""
    asked = value.get("changeAnnotations") if isinstance(value, dict) else None
    if not isinstance(asked, dict):
        return value
    return {**value, "changeAnnotations": {name: {**one, "label": say(one["label"])} for name, one in asked.items()}}


_ANSWERS: dict[str, Callable[[Any, Say], Any]] = {
    **dict.fromkeys(
        (
            "textDocument/codeLens", "codeLens/resolve", "textDocument/codeAction", "codeAction/resolve",
            "textDocument/inlayHint", "inlayHint/resolve", "textDocument/documentLink", "documentLink/resolve",
        ),
        _said,
    ),
    **dict.fromkeys(
        ("textDocument/hover", "textDocument/completion", "completionItem/resolve", "textDocument/signatureHelp"),
        _described,
    ),
    "textDocument/rename": _doubted,
}  # fmt: skip
"""The answers that people read something of."""
