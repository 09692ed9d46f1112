"""`// nexa: allow NX208, NX412`: findings that the author has seen and wants no more of."""

from __future__ import annotations

from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Severity

_MARK = b"nexa: allow"
_COMMENTS = frozenset({"line_comment", "doc_comment", "hash_comment"})


def without_allowed(file: File, findings: list[Finding]) -> list[Finding]:
    """The findings that no comment allows; errors are never allowed."""
    if not findings or _MARK not in file.text:
        return findings
    allowed = allowed_by_line(file)
    return [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR
        or finding.code not in allowed.get(file.lines.line(finding.span.start), frozenset())
    ]


def allowed_by_line(file: File) -> dict[int, frozenset[str]]:
    """The codes that are allowed on each line, counted from 0."""
    allowed: dict[int, frozenset[str]] = {}
    at = file.text.find(_MARK)
    while at >= 0:
        comment = file.tree.root.descendant_for_byte_range(at, at + len(_MARK))
        if comment is not None and comment.type in _COMMENTS:
            text = file.text[comment.start_byte : comment.end_byte].decode("utf-8", "replace")
            if text.lstrip("/# ").startswith(_MARK.decode()):
                line = _line_meant(file, comment.start_byte)
                allowed[line] = allowed.get(line, frozenset()) | _codes(text)
        at = file.text.find(_MARK, at + 1)
    return allowed


def _codes(text: str) -> frozenset[str]:
    words = text.partition(_MARK.decode())[2].replace(",", " ").split()
    return frozenset(word for word in words if word.startswith("NX") and word[2:].isdigit())


def _line_meant(file: File, comment_start: int) -> int:
    """Its own line when the comment follows code, else the next."""
    line = file.lines.line(comment_start)
    start, _ = file.lines.content(line)
    return line if file.text[start:comment_start].strip() else line + 1
