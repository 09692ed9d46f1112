"""JUnit XML: a suite per file, a failed case per finding, one passed case for a clean file."""

from __future__ import annotations

from collections.abc import Sequence

from nexa.cli.report import Checked, Report


def render(checked: Checked) -> str:
    """Every checked file appears, so that a clean run is not an empty one."""
    by_file: dict[str, list[Report]] = {path: [] for path in checked.files}
    for one in checked.reports:
        by_file.setdefault(one.place.path, []).append(one)
    cases = sum(max(1, len(reports)) for reports in by_file.values())
    head = f'<testsuites name="nexa" tests="{cases}" failures="{len(checked.reports)}" errors="0">'
    suites = [line for path, reports in by_file.items() for line in _suite(path, reports)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(path: str, reports: Sequence[Report]) -> list[str]:
    count = max(1, len(reports))
    opening = f'  <testsuite name="{_escaped(path)}" tests="{count}" failures="{len(reports)}" errors="0">'
    passed = [f'    <testcase name="no findings" classname="{_escaped(path)}"/>']
    return [opening, *([line for one in reports for line in _case(one)] or passed), "  </testsuite>"]


def _case(one: Report) -> list[str]:
    place = one.place
    name = f"{one.code} {one.name}:{place.line}:{place.column}"
    where = f"line {place.line}, column {place.column}, {one.severity}"
    return [
        f'    <testcase name="{_escaped(name)}" classname="{_escaped(place.path)}" line="{place.line}">',
        f'      <failure type="{_escaped(one.severity)}" message="{_escaped(one.message)}">'
        f"{_escaped(f'{where}: {one.code} {one.message}')}</failure>",
        "    </testcase>",
    ]


def _escaped(text: str) -> str:
    """Text for XML 1.0, which has no way to write most control characters."""
    allowed = "".join(
        c if c in "\t\n" or ("\x20" <= c < "\ud800") or (c > "\udfff" and c not in "\ufffe\uffff") else "\ufffd"
        for c in text
    )
    allowed = allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return allowed.replace("\n", "&#10;").replace("\t", "&#9;")
