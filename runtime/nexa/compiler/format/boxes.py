"""The shapes that stand inside a line: rows, comments, literals over several lines, operators, members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nexa.compiler.format.margins import comment_lines, moved
from nexa.compiler.format.printer import INDENT, Box, Doc, Printer, flat_of, head_of


class Note(Box):
    """A comment to the end of its line: behind something, or on a line of its own (`own`)."""

    __slots__ = ("_margin", "own", "text")

    def __init__(self, text: str, *, own: bool, margin: int = 0) -> None:
        """`margin` is how far the line that it begins on was indented."""
        super().__init__(None)
        self.text = text
        self.own = own
        self._margin = margin

    def head(self) -> int:
        """A comment may always overhang."""
        return 0

    def write(self, out: Printer, reserve: int) -> None:  # noqa: ARG002  # nothing follows on its line
        """Whatever comes next begins a new line."""
        if self.own:
            out.line()
            out.raw(comment_lines(self.text, self._margin, out.indent))
        else:
            out.pending = out.pending and not out.is_soft
            out.raw(comment_lines(f" {self.text}", self._margin, out.indent))
        out.pending = True
        out.is_soft = self.text.startswith("/*")


class Raw(Box):
    """Text over several lines that stays as it is: a literal, or what nobody may touch.

    `margin` says where a literal's lines may move to: how far the line that it begins on was indented, or None.
    """

    __slots__ = ("_lines", "_margin")

    hugs = True

    def __init__(self, lines: list[str], margin: int | None = None) -> None:
        super().__init__(lines[0] if len(lines) == 1 else None)
        self._lines = lines
        self._margin = margin

    def head(self) -> int:
        """Its first line."""
        return len(self._lines[0])

    def write(self, out: Printer, reserve: int) -> None:  # noqa: ARG002  # its last line is what it is
        """Its lines keep their indentation, or move as far as the line that it begins on."""
        first, *rest = self._lines
        out.text(first)
        if self._margin is not None and rest:
            rest = moved(rest, self._margin, out.line_indent)
        out.raw(["", *rest])


class Row(Box):
    """Documents one after the other; they break where each of them breaks by itself."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[Doc]) -> None:
        flats = [flat_of(part) for part in parts]
        super().__init__(None if None in flats else "".join(flats))  # type: ignore[arg-type]  # None is looked for before
        self._parts = parts

    @property
    def hugs(self) -> bool:  # type: ignore[override]  # here it depends on the last part
        """As its last part does."""
        last = self._parts[-1]
        return isinstance(last, Box) and last.hugs

    def head(self) -> int:
        """What stands before the first part that breaks, and that one's own beginning."""
        return head_of_row(self._parts)

    def write(self, out: Printer, reserve: int) -> None:
        """The blocks of a statement that has no room on one line are opened, all of them."""
        base = out.indent
        parts = self._parts
        for index, part in enumerate(parts):
            if isinstance(part, str):
                out.text(part)
            elif part.is_body:
                out.indent = base
                if out.line_indent > base or out.pending:
                    out.line()
                part.write(out, 0)
            elif isinstance(part, Note):
                if not any(isinstance(one, Box) and one.is_body for one in parts[max(index - 1, 0) : index + 2]):
                    out.indent = base + INDENT
                part.write(out, 0)
            else:
                out.put(part, head_of_row(parts[index + 1 :], reserve))
        out.indent = base


def head_of_row(parts: Sequence[Doc], reserve: int = 0) -> int:
    """How many columns documents take before one of them may break; `reserve` is for what follows them all."""
    width = 0
    for part in parts:
        if isinstance(part, str):
            width += len(part)
        else:
            return width + part.head()
    return width + reserve


class Chain(Box):
    """Operands with operators between them; broken, each operator begins a line.

    `opened` says that the author began a line with an operator; `glued` are operators that may not begin one.
    """

    __slots__ = ("first", "opened", "rest")

    glued: Final = frozenset({"fallback", "contains"})

    def __init__(self, first: Doc, rest: list[tuple[str, Doc]], *, opened: bool) -> None:
        flats = [flat_of(first), *(flat_of(operand) for _, operand in rest)]
        flat = None
        if not opened and None not in flats:
            flat = f"{flats[0]}" + "".join(f" {op} {text}" for (op, _), text in zip(rest, flats[1:], strict=True))
        super().__init__(flat)
        self.first = first
        self.rest = rest
        self.opened = opened

    def head(self) -> int:
        """Its first operand may be all that stands on the first line."""
        return head_of(self.first)

    def write(self, out: Printer, reserve: int) -> None:
        """On one line as far as an operand goes over several by itself, else an operator a line."""
        if self._stays_in_row(out):
            out.put(self.first)
            for op, operand in self.rest:
                out.text(f" {op} ")
                out.put(operand, reserve)
            return
        base = out.indent
        out.put(self.first)
        out.indent = base + INDENT
        for index, (op, operand) in enumerate(self.rest):
            if op in self.glued:
                out.text(" ")
            else:
                out.line()
            out.text(f"{op} ")
            out.put(operand, reserve if index == len(self.rest) - 1 else 0)
        out.indent = base

    def _stays_in_row(self, out: Printer) -> bool:
        if self.opened:
            return False
        if isinstance(self.first, Chain) and self.first.flat is not None:
            op, second = self.rest[0]
            if not out.has_room(len(self.first.flat) + len(op) + 2 + head_of(second)):
                return False
        operands = [self.first, *(operand for _, operand in self.rest)]
        if any(flat_of(operand) is None for operand in operands):
            return True
        op, last = self.rest[-1]
        if len(self.rest) > 1 or isinstance(last, str) or not last.hugs:
            return False
        return out.has_room(len(flat_of(self.first) or "") + len(op) + 2 + last.head())


class Postfix(Box):
    """`a.b(x).c(y)` in groups: what stands first, then each member with what is appended to it."""

    __slots__ = ("_calls", "_groups", "_opened")

    def __init__(self, groups: list[list[Doc]], calls: int, *, opened: bool) -> None:
        """`calls` counts the members that are called; `opened` says that a line begins with a member already."""
        flats = [flat_of(part) for group in groups for part in group]
        super().__init__(None if opened or None in flats else "".join(flats))  # type: ignore[arg-type]  # None is looked for before
        self._groups = groups
        self._calls = calls
        self._opened = opened

    def head(self) -> int:
        """Up to the first bracket."""
        return head_of_row(self._parts())

    def write(self, out: Printer, reserve: int) -> None:
        """Long chains of calls break before each member, others in their brackets."""
        is_long = self.flat is not None and self._calls >= _MANY_CALLS
        if not (self._opened or is_long):
            Row(self._parts()).write(out, reserve)
            return
        base = out.indent
        last = len(self._groups) - 1
        for index, group in enumerate(self._groups):
            if index:
                out.indent = base + INDENT
                out.line()
            for number, part in enumerate(group, 1):
                out.put(part, head_of_row(group[number:], reserve if index == last else 0))
        out.indent = base

    def _parts(self) -> list[Doc]:
        return [part for group in self._groups for part in group]


_MANY_CALLS: Final = 3


class Fill(Box):
    """Documents with commas between them, as many on a line as have room."""

    __slots__ = ("_parts",)

    def __init__(self, parts: list[Doc]) -> None:
        flats = [flat_of(part) for part in parts]
        super().__init__(None if None in flats else ", ".join(flats))  # type: ignore[arg-type]  # None is looked for before
        self._parts = parts

    def head(self) -> int:
        """The first of them."""
        return head_of(self._parts[0])

    def write(self, out: Printer, reserve: int) -> None:
        """Lines after the first are indented."""
        base = out.indent
        last = len(self._parts) - 1
        for index, part in enumerate(self._parts):
            needed = head_of(part) + (1 if index < last else reserve)
            if index:
                out.text(",")
                if out.has_room(1 + needed):
                    out.text(" ")
                else:
                    out.indent = base + INDENT
                    out.line()
            out.put(part, 1 if index < last else reserve)
        out.indent = base
