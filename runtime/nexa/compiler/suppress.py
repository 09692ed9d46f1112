"""`// nexa: allow NX208, NX412`: findings that the author has seen and wants no more of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Severity
from nexa.syntax.span import Span

MARK = b"nexa: allow"
_COMMENTS = frozenset({"line_comment", "doc_comment", "hash_comment"})
_WORD = re.compile(rb"[^\s,]+")
_CODE = re.compile(rb"NX[0-9]+")


@dataclass(frozen=True, slots=True)
class Allowance:
    """A code that a comment allows, on a line counted from 0. Spans count from the start of the file."""

    code: str
    line: int
    span: Span
    comment: Span


def without_allowed(file: File, findings: list[Finding]) -> list[Finding]:
    """The findings that no comment allows; errors are never allowed."""
    if not findings or MARK not in file.text:
        return findings
    allowed = {(one.line, one.code) for one in allowances(file)}
    return [finding for finding in findings if (line_of(file, finding), finding.code) not in allowed]


def line_of(file: File, finding: Finding) -> int:
    """The line on which a comment may allow a finding; -1 for an error."""
    return -1 if finding.severity is Severity.ERROR else file.lines.line(finding.span.start)


def allowances(file: File) -> Iterator[Allowance]:
    """Everything that the comments of a file allow, in textual order."""
    at = file.text.find(MARK)
    while at >= 0:
        comment = file.tree.root.descendant_for_byte_range(at, at + len(MARK))
        if comment is not None and comment.type in _COMMENTS:
            whole = Span(comment.start_byte, comment.end_byte)
            if not file.text[whole.start : at].lstrip(b"/# "):
                line = _line_meant(file, whole.start)
                for word in _codes(file.text, at + len(MARK), whole.end):
                    yield Allowance(file.text[word.start : word.end].decode(), line, word, whole)
        at = file.text.find(MARK, at + 1)


def _codes(text: bytes, start: int, end: int) -> Iterator[Span]:
    for word in _WORD.finditer(text, start, end):
        if _CODE.fullmatch(word[0]):
            yield Span(word.start(), word.end())


def _line_meant(file: File, comment_start: int) -> int:
    """Its own line when the comment follows code, else the next."""
    line = file.lines.line(comment_start)
    start, _ = file.lines.content(line)
    return line if file.text[start:comment_start].strip() else line + 1
