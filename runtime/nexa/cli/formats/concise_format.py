"""One line per finding: `path:line:col: severity[NX303] message`."""

from __future__ import annotations

from nexa.cli.report import Checked, Report
from nexa.cli.terminal import harmless, painted


def render(checked: Checked, *, colour: bool = False) -> str:
    """All findings, one a line."""
    return "".join(headline(one, colour=colour) + "\n" for one in checked.reports)


def headline(one: Report, *, colour: bool = False) -> str:
    """Where, how bad, which rule, and what; on one line."""
    place = painted(f"{harmless(one.place.path)}:{one.place.line}:{one.place.column}", "bold", colour=colour)
    label = painted(f"{one.severity}[{one.code}]", one.severity, colour=colour)
    return f"{place}: {label} {harmless(' '.join(one.message.splitlines()))}"
