"""The findings at a place, whose fixes are offered there."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.rule import Finding
from nexa.syntax import Span


def touching(findings: Iterable[Finding], span: Span) -> list[Finding]:
    """The findings that touch a span; an empty span is a cursor."""
    return [one for one in findings if one.span.start <= span.end and span.start <= one.span.end]
