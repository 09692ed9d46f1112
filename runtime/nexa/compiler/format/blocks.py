"""The shapes with an opener and a closer: lists in brackets, and bodies in braces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from nexa.compiler.format.boxes import Note, Raw
from nexa.compiler.format.printer import INDENT, Box, Doc, Printer, flat_of, head_of

Style = Literal["statements", "members", "list", "methods"]
"""What separates the entries of a body: `;` or a line break, `,` or a line break, always `,`, nothing."""


@dataclass(slots=True)
class Entry:
    """One thing in brackets or in a body, with the comments around it.

    `before` are comments on lines of their own; None among them stands for a blank line that was there. `blank` says
    that one was there before all of that. `after` are the comments behind it on its line.
    """

    doc: Doc
    kind: str
    start: int
    before: Sequence[Note | None] = ()
    after: list[Note] = field(default_factory=list)
    blank: bool = False
    is_signed: bool = False
    """Whether it begins with a sign: a line of its own would go on with the one before it (section 1.3)."""


@dataclass(slots=True)
class Content:
    """What stands between an opener and its closer.

    `opening` are comments behind the opener on its line; `dangling` what stands behind the last entry on lines of its
    own. `opened` says that the first entry stands on a line of its own.
    """

    entries: list[Entry] = field(default_factory=list)
    opening: list[Note] = field(default_factory=list)
    dangling: Sequence[Note | None] = ()
    opened: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether nothing in it asks for a line of its own."""
        return not (self.opened or self.opening or self.dangling) and not any(
            entry.before or entry.after for entry in self.entries
        )


class Bracket(Box):
    """A list in brackets. Opened, each entry has a line; `keeps_comma` is for the tuple of one entry."""

    __slots__ = ("_close", "_content", "_keeps_comma", "_open")

    def __init__(self, opening: str, content: Content, close: str, *, pad: str = "", keeps_comma: bool = False) -> None:
        """`pad` stands inside the brackets on one line."""
        self._open = opening
        self._close = close
        self._content = content
        self._keeps_comma = keeps_comma
        super().__init__(self._flat(pad))

    def _flat(self, pad: str) -> str | None:
        entries = self._content.entries
        if not self._content.is_plain:
            return None if entries or self._content.opening or self._content.dangling else self._open + self._close
        flats = [flat_of(entry.doc) for entry in entries]
        if None in flats:
            return None
        inside = ", ".join(flats)  # type: ignore[arg-type]  # None is looked for before
        comma = "," if self._keeps_comma else ""
        return f"{self._open}{pad}{inside}{comma}{pad}{self._close}" if entries else self._open + self._close

    @property
    def hugs(self) -> bool:  # type: ignore[override]  # here it depends on the brackets
        """Lists and dicts look well inside a call's parentheses."""
        return not self._open.endswith("(")

    def head(self) -> int:
        """Its opener, and what stays behind it."""
        entries = self._content.entries
        if self._content.is_plain and entries and self._hugged(entries) == 0:
            return len(self._open) + head_of(entries[0].doc)
        return len(self._open)

    def write(self, out: Printer, reserve: int) -> None:  # noqa: ARG002  # its last line is the closer
        """With the entry that spans lines behind the opener, or with a line for each entry."""
        entries = self._content.entries
        hugged = self._hugged(entries) if self._content.is_plain and entries else None
        if hugged is not None:
            before = sum(len(flat_of(one.doc) or "") + 2 for one in entries[:hugged])
            if hugged == 0 or out.has_room(len(self._open) + before + head_of(entries[hugged].doc)):
                self._write_hugging(out, hugged)
                return
        out.text(self._open)
        last = "," if self._keeps_comma else ""
        write_entries(out, self._content, [*("," for _ in entries[1:]), last][: len(entries)])
        out.line()
        out.text(self._close)

    def _hugged(self, entries: list[Entry]) -> int | None:
        """The entry that may span lines while everything else stays on the lines of the brackets."""
        broken = [index for index, entry in enumerate(entries) if flat_of(entry.doc) is None]
        if all(isinstance(entries[index].doc, Raw) for index in broken) and broken:
            return broken[0]
        last = len(entries) - 1
        if broken not in ([], [last]) or (last and not self._open.endswith("(")):
            return None
        if not broken and any(isinstance(one.doc, Box) and one.doc.hugs for one in entries[:last]):
            return None
        doc = entries[last].doc
        return last if isinstance(doc, Box) and doc.hugs else None

    def _write_hugging(self, out: Printer, hugged: int) -> None:
        out.text(self._open)
        for index, entry in enumerate(self._content.entries):
            if index:
                out.text(", ")
            if index == hugged and isinstance(entry.doc, Box):
                entry.doc.write(out, 1)
            else:
                out.put(entry.doc)
        out.text(f",{self._close}" if self._keeps_comma else self._close)


class Body(Box):
    """`{ … }` of statements, members, fields, arms. Opened unless the author began it on the line of its `{`."""

    __slots__ = ("_content", "_style")

    hugs = True
    is_body = True

    def __init__(self, content: Content, style: Style) -> None:
        self._content = content
        self._style = style
        super().__init__(self._flat())

    def _flat(self) -> str | None:
        content = self._content
        if not content.is_plain:
            return None if content.entries or content.opening or content.dangling else "{}"
        flats = [flat_of(entry.doc) for entry in content.entries]
        if None in flats or (self._style == "methods" and len(flats) > 1):
            return None
        if not flats:
            return "{}"
        ends = separators(content.entries, self._style, inline=True)
        texts = [f"{text}{end}" for text, end in zip(flats, ends, strict=True)]
        return f"{{ {' '.join(texts)} }}"

    def head(self) -> int:
        """Its brace."""
        return 1

    def write(self, out: Printer, reserve: int) -> None:  # noqa: ARG002  # its last line is the closer
        """A line for each entry."""
        out.text("{")
        if self.flat != "{}":
            write_entries(out, self._content, separators(self._content.entries, self._style, inline=False))
            out.line()
        out.text("}")


_ENDED: Final = frozenset(
    {
        "context_block", "context_policy", "hook", "function_declaration", "flow_declaration", "job_body", "group",
        "trait_method",
    }
)  # fmt: skip
"""Members that end by their own `}`."""

_TERMINATED: Final = frozenset({"uses_member", "let_statement"})
"""Members behind which a comma would say something else."""

_BLOCKS: Final = frozenset(
    {
        "if_statement", "for_statement", "while_statement", "loop_statement", "semantic_if_statement", "try_statement",
        "try_agent_statement", "autoloop_statement", "with_context_statement", "unharnessed_statement", "hook",
        "context_policy", "function_declaration", "flow_declaration", "match_expression", "semantic_case",
    }
)  # fmt: skip
"""Statements that end by their own `}`."""


def separators(entries: list[Entry], style: Style, *, inline: bool) -> list[str]:
    """What stands behind each entry of a body."""
    if not entries:
        return []
    if style == "list":
        return [","] * (len(entries) - 1) + [""]
    if style == "methods" or (style == "members" and not inline):
        return [""] * len(entries)
    ends = [_end(one, after, style, inline) for one, after in pairwise(entries)]
    return [*ends, ""]


def _end(one: Entry, after: Entry, style: Style, inline: bool) -> str:
    if style == "members":
        return "" if one.kind in _ENDED else ";" if one.kind in _TERMINATED else ","
    return ";" if after.is_signed or (inline and one.kind not in _BLOCKS) else ""


def write_entries(out: Printer, content: Content, ends: Sequence[str]) -> None:
    """The lines between an opener and its closer; `ends` is what stands behind each entry."""
    for note in content.opening:
        note.write(out, 0)
    out.indent += INDENT
    for index, (entry, end) in enumerate(zip(content.entries, ends, strict=True)):
        begin(out, entry.before, blank=entry.blank and index > 0)
        out.put(entry.doc, len(end))
        out.text(end)
        for note in entry.after:
            note.write(out, 0)
    begin(out, content.dangling, blank=False)
    out.indent -= INDENT


def begin(out: Printer, notes: Sequence[Note | None], *, blank: bool) -> None:
    """A new line, with the comments that come first."""
    if blank:
        out.blank()
    else:
        out.line()
    for note in notes:
        if note is None:
            out.blank()
        else:
            note.write(out, 0)
            out.line()
