"""What a rule reports, in the shape that the command line and the editor show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nexa.syntax.span import Span


class Severity(StrEnum):
    """How much a finding matters; the order of definition is from most to least."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding speaks of, with what it is."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace the bytes of `span` in `path` by `text`."""

    path: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that answer a finding. `safe` says that they cannot change what a correct program means."""

    title: str
    safe: bool
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports about one place; spans are UTF-8 byte offsets in the file `path`.

    `unnecessary` and `deprecated` are what editors render by fading and by striking through.
    """

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    span: Span
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    unnecessary: bool = False
    deprecated: bool = False
