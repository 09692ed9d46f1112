"""Reading Python: parso gives trees, of broken code too; on mistakes the running Python has the last word.

Nothing is run and nothing is imported: a text is compiled at most, and the result thrown away.
"""

from __future__ import annotations

import re
import threading
import warnings
from functools import cache, lru_cache
from typing import Any, Final, Protocol

from nexa.syntax.record import record

LATEST: Final = "3.13"
"""The newest Python whose grammar we ask for when parso does not know the one that is running."""

_REMEMBERED: Final = 256
"""How many texts' results are kept."""

_lock: Final = threading.Lock()

_BEYOND_PARSO: Final = re.compile(
    r"^[ \t]*(?:(?:match|case)\b.*:|type\s+\w+.*=|(?:async\s+)?with\s*\(|except\s*\*"
    r"|(?:async\s+)?(?:def|class)\s+\w+\[)",
    re.MULTILINE,
)
"""What some Python has and parso takes for a mistake: where it stands, places that parso tells mean nothing."""


@record
class Mistake:
    """What Python cannot read: `line` and `column` (code points) count from 0; `width` is 0 at the end of a line."""

    line: int
    column: int
    reason: str
    width: int = 1


def is_beyond_parso(text: str) -> bool:
    """Whether parso may take correct Python in a text for a mistake."""
    return _BEYOND_PARSO.search(text) is not None


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


def tree_of(text: str) -> Any:  # noqa: ANN401  # as above
    """Parso's tree, whatever the text is. Raises RecursionError where it nests too deep."""
    with _lock:  # parso's node cache is shared
        return _grammar().parse(text)


def _issues(text: str) -> list[_Issue]:
    """All that parso finds wrong."""
    with _lock:  # as above
        grammar = _grammar()
        return list(grammar.iter_errors(grammar.parse(text)))


@lru_cache(_REMEMBERED)
def first_mistake(text: str) -> Mistake | None:
    """The first mistake in a text, None when there is none.

    Remembered, since the Python is mostly the same when what is around it is edited, and reading it takes its time.
    """
    try:
        issues = [issue for issue in _issues(text) if not _is_about_outside(issue.message)]
    except RecursionError:
        return Mistake(0, 0, "nested too deep")
    if not issues:
        return None
    is_beyond = is_beyond_parso(text)
    verdict = _verdict(text)
    if verdict is None or (is_beyond and _is_about_outside(verdict.reason)):
        return None
    if is_beyond and verdict.line >= 0:
        return verdict
    if verdict is not None and "was never closed" in verdict.reason and verdict.line >= 0:
        return verdict  # parso stumbles over what comes next only, which may well be outside
    found = min(issues, key=lambda issue: issue.start_pos)
    reason = found.message.removeprefix("SyntaxError: ").removeprefix("IndentationError: ")
    line, column = found.start_pos[0] - 1, found.start_pos[1]
    if reason.startswith("unexpected indent"):  # parso tells where the line begins
        row = text.split("\n")[line]
        column = len(row) - len(row.lstrip(" \t"))
    return Mistake(line, column, reason, _width(text, line, column))


def _width(text: str, line: int, column: int) -> int:
    """How long the token at a place is, as far as it stands on one line."""
    leaf = tree_of(text).get_leaf_for_position((line + 1, column), include_prefixes=True)
    token = leaf.get_next_leaf() if leaf is not None and leaf.type == "error_leaf" and not leaf.value else leaf
    if token is None or token.start_pos != (line + 1, column):
        return 1
    return 0 if token.type in ("newline", "endmarker") else max(len(token.value.split("\n")[0]), 1)


def _is_about_outside(message: str) -> bool:
    """Whether Python only misses a name that the Nexa code around a block may well have."""
    return "no binding for nonlocal" in message


def _verdict(text: str) -> Mistake | None:
    """What the running Python says of a text, and so will a run; a line of -1 where it does not say where."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would be written into the terminal of a command or a server's log
            compile(text, "<python>", "exec", dont_inherit=True)
    except SyntaxError as mistake:
        line, column = (mistake.lineno or 0) - 1, max((mistake.offset or 1) - 1, 0)
        end = (mistake.end_offset or 0) - 1 if mistake.end_lineno == mistake.lineno else 0
        return Mistake(line, column, mistake.msg, max(end - column, 1))
    except (ValueError, RecursionError, MemoryError) as mistake:
        return Mistake(-1, 0, str(mistake))
    return None
