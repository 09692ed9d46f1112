"""GitLab's Code Quality report."""

from __future__ import annotations

import json

from nexa.cli.fingerprints import unique_fingerprints
from nexa.cli.report import Checked, Report

_SEVERITIES = {"error": "major", "warning": "minor", "information": "info", "hint": "info"}


def render(checked: Checked) -> str:
    """A JSON array; the fingerprints stay when lines move, so that GitLab can tell new from known."""
    prints = unique_fingerprints(checked.reports)
    return json.dumps([_issue(one, f) for one, f in zip(checked.reports, prints, strict=True)], indent=2) + "\n"


def _issue(one: Report, fingerprint: str) -> dict[str, object]:
    place = one.place
    return {
        "description": f"{one.code}: {one.message}",
        "check_name": one.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": {
            "path": place.path,
            "lines": {"begin": place.line, "end": place.end_line},
            "positions": {
                "begin": {"line": place.line, "column": place.column},
                "end": {"line": place.end_line, "column": place.end_column},
            },
        },
    }
