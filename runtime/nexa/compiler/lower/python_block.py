"""The body of a `python!` block: its dedent, and whether Python can read it. Nothing is run.

Language reference, section 1.11: taken verbatim, dedented, and it must parse as the body of a Python function.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Protocol

LATEST: Final = "3.13"
"""The newest Python whose grammar we ask for when parso does not know the one that is running."""

_HEAD: Final = "async def block():\n"
_STEP: Final = " "
_REMEMBERED: Final = 256
"""How many blocks' results are kept."""

_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class PythonError:
    """What Python cannot read: `line` counts from 0, `column` in code points, both in the dedented code."""

    line: int
    column: int
    reason: str


def dedented_code(raw: str) -> tuple[str, int]:
    """The code without its common indentation, and how many characters each line lost.

    Lines are kept one to one, so that a place in the code can be mapped back; a first line on the opening quotes has
    no indentation of its own and loses only spaces.
    """
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    indents = [len(line) - len(line.lstrip(" \t")) for line in lines[1:] if line.strip()]
    margin = min(indents, default=0)
    prefix = next((line[:margin] for line in lines[1:] if line.strip()), "")
    if any(not line.startswith(prefix) for line in lines[1:] if line.strip()):
        margin = 0
    rest = [line[margin:] if line.strip() else line[margin:].strip(" \t") for line in lines[1:]]
    return "\n".join([lines[0].lstrip(" \t"), *rest]), margin


class _Issue(Protocol):
    """What parso says about a mistake: lines count from 1, columns from 0."""

    start_pos: tuple[int, int]
    message: str


@cache
def _grammar() -> Any:  # noqa: ANN401 -- parso's own annotations do not cover what is called on it
    import parso  # heavy, and most files have no Python in them

    try:
        return parso.load_grammar()  # type: ignore[attr-defined]  # parso re-exports it without saying so
    except NotImplementedError:
        return parso.load_grammar(version=LATEST)  # type: ignore[attr-defined]  # as above


def _issues(text: str) -> list[_Issue]:
    """All that parso finds wrong."""
    with _lock:  # parso's node cache is shared
        grammar = _grammar()
        return list(grammar.iter_errors(grammar.parse(text)))


@lru_cache(_REMEMBERED)
def python_error(code: str) -> PythonError | None:
    """The first mistake in the code, None when there is none.

    Remembered, since the block is mostly the same when the flow around it is edited, and parso takes its time.
    """
    lines = code.split("\n")
    text = _HEAD + "".join(f"{_STEP}{line}\n" for line in lines) + f"{_STEP}pass\n"
    try:
        issues = [issue for issue in _issues(text) if not _is_about_outside(issue.message)]
    except RecursionError:
        return PythonError(0, 0, "nested too deep")
    if not issues:
        return None
    found = min(issues, key=lambda issue: issue.start_pos)
    line, column = found.start_pos
    return _placed(lines, line - 2, column - len(_STEP), found.message)


def _is_about_outside(message: str) -> bool:
    """Whether Python only misses a name that the Nexa code around the block may well have."""
    return "no binding for nonlocal" in message


def _placed(lines: list[str], line: int, column: int, message: str) -> PythonError:
    """The error inside the code: one that is found only at the end is put behind the last character."""
    if line >= len(lines) or line < 0:
        line = max((index for index, text in enumerate(lines) if text.strip()), default=0)
        column = len(lines[line])
    reason = message.removeprefix("SyntaxError: ").removeprefix("IndentationError: ")
    return PythonError(line, min(max(column, 0), len(lines[line])), reason)
