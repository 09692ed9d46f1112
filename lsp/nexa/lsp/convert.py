"""Offsets ⇄ positions, findings → diagnostics, plain data → what the protocol calls it.

The only place that knows both sides. Positions are counted in the encoding that was negotiated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from nexa.compiler.rule import Finding, Severity, TextEdit
from nexa.compiler.version import rule_url
from nexa.lsp.client import Client
from nexa.syntax import LineIndex, Span

Json = dict[str, Any]

_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFORMATION: 3, Severity.HINT: 4}
_UNNECESSARY, _DEPRECATED = 1, 2


@dataclass(frozen=True, slots=True)
class Convert:
    """For one client.

    `lines_of` gives the lines of any file that a span may lie in, `uri_of` how the client calls that file.
    """

    client: Client
    lines_of: Callable[[str], LineIndex | None]
    uri_of: Callable[[str], str]

    def offset(self, path: str, line: int, character: int) -> int | None:
        """The byte offset of a position, moved into the text; None when the file is not known."""
        lines = self.lines_of(path)
        return None if lines is None else lines.offset(line, character, self.client.encoding)

    def json_edits(self, edits: Iterable[TextEdit]) -> list[Json]:
        """Edits of one file as plain JSON values."""
        return [{"range": self.json_range(one.path, one.span), "newText": one.text} for one in edits]

    def diagnostic(self, finding: Finding) -> Json:
        """A finding, as plain JSON values: there may be thousands, and typed ones take ten times as long to send."""
        said = self._said(finding)
        diagnostic: Json = {
            "range": self.json_range(finding.path, finding.span),
            "severity": _SEVERITIES[finding.severity],
            "code": finding.code,
            "codeDescription": {"href": rule_url(finding.code)},
            "source": "nexa",
            "message": said.message,
            "data": {"name": finding.name, "fixable": finding.answers is not None},
        }
        if said.related and self.client.related_information:
            diagnostic["relatedInformation"] = [
                {
                    "location": {"uri": self.uri_of(other.path), "range": self.json_range(other.path, other.span)},
                    "message": other.message,
                }
                for other in said.related
            ]
        tags = [_UNNECESSARY] * finding.unnecessary + [_DEPRECATED] * finding.deprecated
        if tags and self.client.diagnostic_tags:
            diagnostic["tags"] = tags
        return diagnostic

    def _said(self, finding: Finding) -> Finding:
        """The finding in the client's language."""
        if not self.client.speaks_chinese:
            return finding
        from nexa.compiler.chinese import in_chinese  # most clients do without

        return in_chinese(finding)

    def json_range(self, path: str, span: Span) -> Json:
        """The range of a span as plain JSON values; the beginning of the file when that is not known."""
        lines = self.lines_of(path)
        if lines is None:
            return {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
        start_line, start = lines.position(span.start, self.client.encoding)
        end_line, end = lines.position(span.end, self.client.encoding)
        return {"start": {"line": start_line, "character": start}, "end": {"line": end_line, "character": end}}
