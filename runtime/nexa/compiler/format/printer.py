"""Writes documents as lines of a width.

A document (`Doc`) is text without a line break, or a `Box`: something that may stand on one line or on several. A box
knows how it reads on one line (`flat`); whether it stands so is decided here, by the room that is left.
"""

from __future__ import annotations

from typing import Final

INDENT: Final = 4
"""Blanks per level."""


class Box:
    """What may stand on one line or on several. The subclasses are the shapes that several lines can have."""

    __slots__ = ("flat",)

    flat: str | None
    """As it reads on one line; None when a line break belongs into it."""

    hugs = False
    """Whether its first line may stay behind what opens around it, and its last one before what closes it."""

    is_body = False
    """Whether it is the `{ … }` that a statement or declaration ends in."""

    def __init__(self, flat: str | None) -> None:
        self.flat = flat

    def head(self) -> int:
        """How many columns it takes at least before its first line break."""
        return 0 if self.flat is None else len(self.flat)

    def write(self, out: Printer, reserve: int) -> None:
        """Write it over several lines; `reserve` columns behind its last line are needed by what follows."""
        raise NotImplementedError


Doc = str | Box


def flat_of(doc: Doc) -> str | None:
    """A document on one line, if it can stand so."""
    return doc if isinstance(doc, str) else doc.flat


def head_of(doc: Doc) -> int:
    """How many columns a document takes before its first line break."""
    return len(doc) if isinstance(doc, str) else doc.head()


class Printer:
    """Lines of text in the making. `indent` is where the lines of the present level begin."""

    __slots__ = ("_parts", "column", "indent", "is_soft", "line_indent", "newline", "pending", "width")

    def __init__(self, width: int, newline: str, indent: int = 0) -> None:
        self.width = width
        self.newline = newline
        self.indent = indent
        self.line_indent = indent
        self.column = -1
        """How far the present line reaches; -1 while nothing stands on it."""
        self.pending = False
        """Whether a comment to the end of the line was written: whatever comes next needs a new line."""
        self.is_soft = False
        """Whether that comment ends by itself, so that another one may stand behind it."""
        self._parts: list[str] = []

    def text(self, text: str) -> None:
        """Write text without a line break."""
        if self.pending:
            text = text.lstrip(" ")
            if not text:
                return
            self.line()
        if self.column < 0:
            text = text.lstrip(" ")
            self._parts.append(" " * self.indent)
            self.column = self.line_indent = self.indent
        self._parts.append(text)
        self.column += len(text)

    def raw(self, lines: list[str]) -> None:
        """Write lines that bring their own indentation along; the first goes on with the present line."""
        self.text(lines[0])
        if len(lines) > 1:
            self._parts += [part for line in lines[1:] for part in (self.newline, line)]
            self.column = len(lines[-1])

    def paste(self, text: str) -> None:
        """Write text that is laid out already."""
        self._parts.append(text)
        self.column = 0

    def line(self) -> None:
        """Begin a new line, unless nothing stands on this one."""
        self.pending = False
        if self.column < 0:
            return
        if self._parts[-1].endswith(" "):
            self._parts[-1] = self._parts[-1].rstrip(" ")
        self._parts.append(self.newline)
        self.column = -1

    def blank(self) -> None:
        """Leave one line empty, and begin a new one."""
        self.line()
        self._parts.append(self.newline)

    def put(self, doc: Doc, reserve: int = 0) -> None:
        """Write a document on one line if it has room there, else on several."""
        if isinstance(doc, str):
            self.text(doc)
        elif doc.flat is not None and self.has_room(len(doc.flat) + reserve):
            self.text(doc.flat)
        else:
            doc.write(self, reserve)

    def has_room(self, columns: int) -> bool:
        """Whether so many columns fit on the present line."""
        used = self.indent if self.pending or self.column < 0 else self.column
        return used + columns <= self.width

    def result(self) -> str:
        """Everything written."""
        return "".join(self._parts)
