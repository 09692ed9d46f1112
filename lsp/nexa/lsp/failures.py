"""Where runs have failed: shown as diagnostics until the next edit of the file, or the next run of what failed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexa.compiler.version import HOMEPAGE
from nexa.lsp.language import say_to
from nexa.syntax import Span

if TYPE_CHECKING:
    from nexa.lsp.convert import Convert
    from nexa.lsp.run_targets import Target
    from nexa.lsp.run_words import Event
    from nexa.syntax import LineIndex

_ERROR = 1
_MANUAL = f"{HOMEPAGE}language/reference/#510-errors"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error of a run and its place: lines and columns count from 1, columns in code points, the end is exclusive."""

    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    kind: str
    message: str

    def span(self, lines: LineIndex) -> Span:
        """The place in the text as it is now."""
        start, end = (lines.offset(line - 1, column - 1, "utf-32") for line, column in (self.start, self.end))
        return Span(start, max(start, end))


class Failures:
    """Of each flow and test that failed, where."""

    def __init__(self) -> None:
        self._of: dict[Target, Failure] = {}

    def began(self, target: Target) -> set[str]:
        """A run has begun: what it failed of before is forgotten. The files of which something else is shown now."""
        gone = [one for one in self._of if one == target or (one.path == target.path and not target.name)]
        return {self._of.pop(one).path for one in gone}

    def ended(self, target: Target, event: Event) -> set[str]:
        """A run has ended with this event; the files of which something else is shown now."""
        failure = _failure(target, event)
        if failure is None:
            return set()
        self._of[target] = failure
        return {failure.path}

    def edited(self, path: str) -> None:
        """The text of a file has changed: nobody knows any more where in it something failed."""
        if self._of:
            self._of = {target: one for target, one in self._of.items() if one.path != path}

    def diagnostics(self, path: str, lines: LineIndex | None, convert: Convert) -> list[dict[str, Any]]:
        """What is shown of a file."""
        say = say_to(convert.client)
        return [
            {
                "range": convert.json_range(path, one.span(lines)),
                "severity": _ERROR,
                "code": one.kind,
                "codeDescription": {"href": _MANUAL},
                "source": "nexa",
                "message": say(f"the last run of {target.title} failed here: {one.message}"),
            }
            for target, one in self._of.items()
            if one.path == path and lines is not None
        ]


def _failure(target: Target, event: Event) -> Failure | None:
    error = event.get("error")
    span = error.get("span") if isinstance(error, dict) else None
    if event.get("status") != "failed" or not isinstance(error, dict) or not isinstance(span, dict):
        return None
    places = [span.get(name) for name in ("line", "column", "end_line", "end_column")]
    line, column, end_line, end_column = (one if isinstance(one, int) else 1 for one in places)
    path = os.path.normpath(Path(target.path).parent / str(span.get("path", "")))
    return Failure(
        path, (line, column), (end_line, end_column), str(error.get("kind", "")), str(error.get("message", ""))
    )
