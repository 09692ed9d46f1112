"""A finding as people and other programs read it: lines and columns instead of byte offsets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nexa.compiler.version import rule_url

if TYPE_CHECKING:
    from nexa.compiler.rule import Finding, Fix
    from nexa.syntax.span import Span

SEVERITIES = ("error", "warning", "information", "hint")
"""From most to least important."""


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a file: lines and columns are 1-based, columns count code points, the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class RelatedPlace:
    """Another place that a report speaks of."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class EditReport:
    """Replace what stands at `place` by `text`."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class FixReport:
    """Edits that answer a report; `safe` ones cannot change what a correct program means."""

    title: str
    safe: bool
    edits: tuple[EditReport, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One finding. `context` is a digest of its line's text: it identifies the finding when lines move."""

    code: str
    name: str
    severity: str
    message: str
    place: Place
    context: str
    related: tuple[RelatedPlace, ...] = ()
    fix: FixReport | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: what was found, in which files, and their texts for those who show them."""

    reports: tuple[Report, ...]
    files: tuple[str, ...]
    texts: Mapping[str, bytes]


Locate = Callable[[str, "Span"], Place]
"""The place of a span in the file at a path (the compiler's path in, the shown path out)."""


def report(finding: Finding, locate: Locate, context: str) -> Report:
    """A finding with places instead of spans."""
    return Report(
        finding.code,
        finding.name,
        finding.severity.value,
        finding.message,
        locate(finding.path, finding.span),
        context,
        tuple(RelatedPlace(locate(other.path, other.span), other.message) for other in finding.related),
        _fix(finding.fix, locate) if finding.fix else None,
    )


def _fix(fix: Fix, locate: Locate) -> FixReport:
    return FixReport(fix.title, fix.safe, tuple(EditReport(locate(e.path, e.span), e.text) for e in fix.edits))


def relocated(one: Report, show: Callable[[str], str]) -> Report:
    """The report with its paths written in another way."""
    if not one.related and one.fix is None:
        return replace(one, place=_moved(one.place, show))
    related = tuple(replace(other, place=_moved(other.place, show)) for other in one.related)
    fix = one.fix and replace(one.fix, edits=tuple(replace(e, place=_moved(e.place, show)) for e in one.fix.edits))
    return replace(one, place=_moved(one.place, show), related=related, fix=fix)


def _moved(place: Place, show: Callable[[str], str]) -> Place:
    return replace(place, path=show(place.path))


def to_json(one: Report) -> dict[str, Any]:
    """The published JSON shape."""
    return {
        "code": one.code,
        "name": one.name,
        "severity": one.severity,
        "message": one.message,
        **_place_json(one.place),
        "related": [{**_place_json(other.place), "message": other.message} for other in one.related],
        "fix": _fix_json(one.fix) if one.fix else None,
        "url": rule_url(one.code),
    }


def from_json(raw: Mapping[str, Any], context: str) -> Report:
    """The inverse of `to_json`; raises KeyError or TypeError for another shape."""
    fix = raw["fix"]
    return Report(
        raw["code"],
        raw["name"],
        raw["severity"],
        raw["message"],
        _place(raw),
        context,
        tuple(RelatedPlace(_place(other), other["message"]) for other in raw["related"]),
        FixReport(fix["title"], fix["safe"], tuple(EditReport(_place(e), e["text"]) for e in fix["edits"]))
        if fix
        else None,
    )


def _place_json(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _place(raw: Mapping[str, Any]) -> Place:
    return Place(raw["path"], raw["line"], raw["column"], raw["end_line"], raw["end_column"])


def _fix_json(fix: FixReport) -> dict[str, Any]:
    edits = [{**_place_json(edit.place), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
