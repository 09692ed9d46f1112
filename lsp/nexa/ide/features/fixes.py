"""The fixes of the findings at a place."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.rule import Finding
from nexa.syntax import Span


def fixable(findings: Iterable[Finding], span: Span) -> list[Finding]:
    """The findings with a fix that touch a span; an empty span is a cursor."""
    return [
        finding
        for finding in findings
        if finding.fix is not None and finding.span.start <= span.end and span.start <= finding.span.end
    ]
