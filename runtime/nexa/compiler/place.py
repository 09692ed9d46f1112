"""Gives drafts their place in a file: from offsets in an item to offsets in a text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from nexa.compiler.credentials import hidden
from nexa.compiler.facts import Declared
from nexa.compiler.file import File
from nexa.compiler.rule import (
    Change,
    Draft,
    Finding,
    Fix,
    Note,
    Related,
    Remedy,
    Renaming,
    Rule,
    Severity,
    SyntaxRule,
    TextEdit,
    Way,
)
from nexa.compiler.tried import tried
from nexa.syntax.span import Span


def moved(span: Span, by: int) -> Span:
    """The span `by` bytes further on."""
    return Span(span.start + by, span.end + by)


def name_span(file: File, declared: Declared) -> Span | None:
    """Where the name of a declaration stands now in its file; None when the file no longer has it."""
    alike = file.declared_by_name.get(declared.name, [])
    same = [pair for pair in alike if pair[1] is declared] or [pair for pair in alike if pair[1] == declared]
    if not same:
        return None
    index, one = same[0]
    return moved(one.span, file.starts[index])


Rename = Callable[[str, Span, Renaming], Fix]
"""Another name for what stands at a place of a file."""


class Places:
    """Places drafts about one file; `file` gives the other files that notes may speak of, `rename` knows them all."""

    def __init__(self, own: File, file: Callable[[str], File | None], rename: Rename) -> None:
        """For the findings of one file."""
        self.own = own
        self.file = file
        self.rename = rename

    def finding(self, rule: Rule, severity: Severity, index: int, draft: Draft) -> Finding:
        """A draft about the `index`th item; -1 stands for the start of the file."""
        start = self.own.starts[index] if index >= 0 else 0
        return Finding(
            rule.code,
            rule.name,
            severity,
            hidden(draft.message),
            self.own.path,
            moved(draft.span, start),
            tuple(note for one in draft.notes if (note := self._related(one, start)) is not None),
            draft.unnecessary,
            draft.deprecated,
            None if draft.fix is None else cache(lambda: self._fixes(rule, index, draft)),
        )

    def _fixes(self, rule: Rule, index: int, draft: Draft) -> tuple[Fix, ...]:
        if isinstance(rule, SyntaxRule) and index >= 0:
            draft = tried(self.own.items[index], rule.code, draft)
        start = self.own.starts[index] if index >= 0 else 0
        ways = (draft.fix, *draft.others)
        return tuple(fix for one in ways if one is not None and (fix := self._fix(one, index, start)) is not None)

    def _related(self, note: Note, start: int) -> Related | None:
        if note.place is not None:
            path, index = note.place
            other = self.file(path)
            if other is None:
                return None
            inside = note.span if note.link is None else other.items[index].links.links[note.link].span
            return Related(path, moved(inside, other.starts[index]), hidden(note.message))
        if note.of is None:
            return Related(self.own.path, moved(note.span, start), hidden(note.message))
        other = self.file(note.of.path)
        span = None if other is None else name_span(other, note.of.declared)
        return None if span is None else Related(note.of.path, span, hidden(note.message))

    def _fix(self, way: Way, index: int, start: int) -> Fix | None:
        return self._remedy(way, index) if isinstance(way, Remedy) else self._renaming(way, start)

    def _renaming(self, way: Renaming, start: int) -> Fix | None:
        if way.of is None:
            return self.rename(self.own.path, moved(way.span, start), way)
        other = self.file(way.of.path)
        span = None if other is None else name_span(other, way.of.declared)
        return None if span is None else self.rename(way.of.path, span, way)

    def _remedy(self, remedy: Remedy, index: int) -> Fix:
        edits = (self._edit(change, index) for change in remedy.changes)
        return Fix(hidden(remedy.title), remedy.safe, tuple(edit for edit in edits if edit is not None), remedy.blanks)

    def _edit(self, change: Change, index: int) -> TextEdit | None:
        if change.path:
            return self._at_end(change)
        if change.of is None:
            inside = Span(0, len(self.own.items[index].text)) if change.whole else change.span
            span = moved(inside, self.own.starts[index] if index >= 0 else 0)
            return TextEdit(self.own.path, span if change.text else whole_lines(self.own.text, span), change.text)
        other = self.file(change.of.path)
        name = None if other is None else name_span(other, change.of.declared)
        if other is None or name is None:
            return None
        at = other.item_at(name.start) if change.whole else None
        if at is None:
            return TextEdit(change.of.path, moved(change.span, name.start), change.text)
        item = Span(other.starts[at], other.starts[at] + len(other.items[at].text))
        return TextEdit(change.of.path, whole_lines(other.text, item), change.text)

    def _at_end(self, change: Change) -> TextEdit:
        other = self.file(change.path)
        if other is None:
            return TextEdit(change.path, Span(0, 0), change.head + change.text)
        end = len(other.text)
        apart = "\n" if other.text and not other.text.endswith(b"\n") else ""
        return TextEdit(change.path, Span(end, end), apart + change.text)


def whole_lines(text: bytes, span: Span) -> Span:
    """What goes when the text at a span is taken out: its lines as well, where nothing else stands on them.

    Of the blank lines before and behind them, those behind go, too, if there are some on either side.
    """
    start = max(text.rfind(b"\n", 0, span.start), text.rfind(b"\r", 0, span.start)) + 1
    end = min((at for at in (text.find(b"\n", span.end), text.find(b"\r", span.end)) if at >= 0), default=len(text))
    if span.start == span.end:
        return span
    if text[start : span.start].strip(b" \t") or text[span.end : end].strip(b" \t;"):
        return _inside_line(text, span, start, end)
    before = text[:start].rstrip(b" \t")
    is_apart = not before or before.endswith((b"\n\n", b"\n\r\n", b"\r\r"))
    behind = end + _line_end(text, end)
    while is_apart and behind < len(text):
        blank = behind + len(text[behind:]) - len(text[behind:].lstrip(b" \t"))
        step = _line_end(text, blank)
        if not step:
            break
        behind = blank + step
    return Span(start, behind)


def _inside_line(text: bytes, span: Span, line: int, end: int) -> Span:
    """With the `;` that parts a statement from its neighbour, and without a second blank where there was one each."""
    before, rest = text[line : span.start], text[span.end : end]
    behind = rest.lstrip(b" \t")
    if behind.startswith(b";") and (not before.strip() or before.rstrip()[-1:] in (b"{", b"}", b";")):
        rest = behind[1:].lstrip(b" \t")
        kept = before if rest else before.rstrip(b" \t")
        return Span(line + len(kept), end - len(rest))
    if rest[:1] not in (b"", b" ", b"\t"):
        return span  # nothing is twice
    if text[span.end - 1 : span.end] in (b"\r", b"\n"):
        return span
    if not before.strip():
        return Span(span.start, end - len(behind))
    kept = before.rstrip(b" \t")
    if not behind or behind.startswith((b"}", b"//", b"/*")):
        kept = kept.removesuffix(b";").rstrip(b" \t") if kept.endswith(b";") else kept
    return Span(line + len(kept), span.end) if kept and len(kept) < len(before) else span


def _line_end(text: bytes, at: int) -> int:
    """How many bytes end the line here."""
    return 2 if text.startswith(b"\r\n", at) else 1 if text[at : at + 1] in (b"\r", b"\n") else 0
