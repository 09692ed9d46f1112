"""`// nexa: allow NX208, NX412`: findings that the author has seen and wants no more of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexa.compiler.file import File
from nexa.compiler.rule import Finding
from nexa.syntax.record import record
from nexa.syntax.span import Span

MARK = b"nexa: allow"
_COMMENTS = frozenset({"line_comment", "doc_comment", "hash_comment"})
_CODE = re.compile(rb"\bNX[0-9]+\b")


@record
class Allowance:
    """What one comment allows, on a line counted from 0. Spans count from the start of the file."""

    line: int
    comment: Span
    codes: tuple[tuple[str, Span], ...]


def line_of(file: File, finding: Finding) -> int:
    """The line on which a comment may allow a finding."""
    return file.lines.line(finding.span.start)


def allowances(file: File) -> Iterator[Allowance]:
    """Every comment of a file that allows something, in textual order."""
    at = file.text.find(MARK)
    while at >= 0:
        comment = file.tree.root.descendant_for_byte_range(at, at + len(MARK))
        if comment is not None and comment.type in _COMMENTS:
            whole = Span(comment.start_byte, comment.end_byte)
            is_word = file.text[at + len(MARK) : at + len(MARK) + 1].isalnum()
            if not is_word and not file.text[whole.start : at].lstrip(b"/# "):
                yield Allowance(_line_meant(file, whole.start), whole, _codes(file.text, at + len(MARK), whole.end))
        at = file.text.find(MARK, at + 1)


def _codes(text: bytes, start: int, end: int) -> tuple[tuple[str, Span], ...]:
    return tuple((code[0].decode(), Span(code.start(), code.end())) for code in _CODE.finditer(text, start, end))


def _line_meant(file: File, comment_start: int) -> int:
    """Its own line when the comment follows code, else the next."""
    line = file.lines.line(comment_start)
    start, _ = file.lines.content(line)
    return line if file.text[start:comment_start].strip() else line + 1
