"""For people: the finding, its source line with a caret, the places it speaks of, and what helps."""

from __future__ import annotations

from nexa.cli.formats.concise_format import headline
from nexa.cli.report import Checked, Place, Report
from nexa.cli.terminal import expanded, harmless, painted, width
from nexa.compiler.credentials import hidden

_MAX_CELLS = 160
"""A longer source line is cut around the finding."""


def render(checked: Checked, *, colour: bool = False) -> str:
    """All findings, a blank line between them."""
    lines_of = _Lines(checked)
    return "\n".join(_block(one, lines_of, colour=colour) for one in checked.reports)


def _block(one: Report, lines_of: _Lines, *, colour: bool) -> str:
    parts = [headline(one, colour=colour), *frame(lines_of.line(one.place), one.place, one.severity, colour=colour)]
    for other in one.related:
        where = f"{harmless(other.place.path)}:{other.place.line}:{other.place.column}"
        parts.append(f"  {painted('note', 'bold', colour=colour)}: {harmless(other.message)}: {where}")
    if one.fix:
        how = "" if one.fix.safe else " (unsafe fix)"
        parts.append(f"  {painted('help', 'bold', colour=colour)}: {harmless(one.fix.title)}{how}")
    return "\n".join(parts) + "\n"


def frame(text: str | None, place: Place, severity: str, *, colour: bool) -> list[str]:
    """The source line and a caret line below it; nothing when the text is not at hand."""
    if text is None:
        return []
    start = min(place.column - 1, len(text))
    end = len(text) if place.end_line != place.line else min(place.end_column - 1, len(text))
    shown, before, marked = _cut(text, start, max(start, end))
    number = str(place.line)
    gutter = painted("|", "dim", colour=colour)
    caret = painted("^" * max(1, marked), severity, colour=colour)
    return [
        f"{' ' * len(number)} {gutter}",
        f"{number} {gutter} {shown}".rstrip(),
        f"{' ' * len(number)} {gutter} {' ' * before}{caret}",
    ]


def _cut(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The line as shown, the cells before the caret, the cells marked."""
    lead, tail = "", ""
    if len(text) > _MAX_CELLS:
        first = max(0, start - _MAX_CELLS // 2)
        last = min(len(text), first + _MAX_CELLS)
        lead, tail = "…" if first else "", "…" if last < len(text) else ""
        text, start, end = text[first:last], start - first, min(end, last) - first
    text = harmless(text)
    # Tab stops depend on what stands before, so prefixes are expanded whole.
    before, upto = lead + text[:start], lead + text[:end]
    shown = expanded(lead + text) + tail
    return shown, width(expanded(before)), width(expanded(upto)) - width(expanded(before))


_CREDENTIAL = "NX601"


class _Lines:
    """The source lines that are asked for; a text is decoded and split at most once. Credentials are not shown."""

    def __init__(self, checked: Checked) -> None:
        self._texts = checked.texts
        self._split: dict[str, list[str]] = {}
        self._hidden = [one.place for one in checked.reports if one.code == _CREDENTIAL]

    def line(self, place: Place) -> str | None:
        """The line where a place begins, without its line end and without a byte-order mark."""
        if place.path not in self._split:
            if place.path not in self._texts:
                return None
            text = hidden(self._texts[place.path].decode("utf-8-sig", "replace"))
            lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            for known in self._hidden:
                if known.path == place.path:
                    _hide(lines, known)
            self._split[place.path] = lines
        lines = self._split[place.path]
        return lines[place.line - 1] if place.line <= len(lines) else ""


def _hide(lines: list[str], place: Place) -> None:
    """Stars for what stands at a place, so that a log of the build does not have it; quotes and spaces stay."""
    for number in range(place.line, min(place.end_line, len(lines)) + 1):
        text = lines[number - 1]
        start = place.column - 1 if number == place.line else 0
        end = place.end_column - 1 if number == place.end_line else len(text)
        stars = "".join(one if one.isspace() or one in "\"'`" else "*" for one in text[start:end])
        lines[number - 1] = text[:start] + stars + text[end:]
