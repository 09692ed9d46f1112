"""The counts at the end of a check, and the table of `--statistics`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from nexa.cli.report import SEVERITIES, Report


def summary(reports: Sequence[Report], files: int, hidden: int) -> str:
    """One line: what was found, in how many files. `hidden` findings were known to the baseline."""
    known = f" ({hidden} more in the baseline)" if hidden else ""
    checked = counted(files, "file")
    if not reports:
        return f"No findings in {checked}{known}."
    counts = Counter(one.severity for one in reports)
    listed = [
        counted(counts[s], s) if s != "information" else f"{counts[s]} information" for s in SEVERITIES if counts[s]
    ]
    return f"Found {_joined(listed)} in {checked}{known}.{_fixable(reports)}"


def _fixable(reports: Sequence[Report]) -> str:
    safe, unsafe = sum(1 for one in reports if one.fix and one.fix.safe), unsafely_fixable(reports)
    if not safe:
        return f" {counted(unsafe, 'fix')} with --fix --unsafe-fixes." if unsafe else ""
    more = f", {unsafe} more with --unsafe-fixes" if unsafe else ""
    return f" {counted(safe, 'safe fix')} with --fix{more}."


def unsafely_fixable(reports: Sequence[Report]) -> int:
    """How many have a fix that is applied only under `--unsafe-fixes`."""
    return sum(1 for one in reports if one.fix and not one.fix.safe)


def statistics(reports: Sequence[Report], form: str) -> str:
    """Findings per code, the most frequent first; `*` marks codes with a safe fix."""
    counts = Counter(one.code for one in reports)
    names = {one.code: one.name for one in reports}
    fixable = {one.code for one in reports if one.fix and one.fix.safe}
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    if form == "json":
        listed = [{"code": c, "name": names[c], "count": n, "fixable": c in fixable} for c, n in rows]
        return json.dumps(listed, indent=2) + "\n"
    wide = max((len(str(count)) for _, count in rows), default=0)
    return "".join(f"{n:>{wide}}  {c}  [{'*' if c in fixable else ' '}]  {names[c]}\n" for c, n in rows)


def counted(number: int, noun: str) -> str:
    """The number and its noun: `1 file`, `2 files`."""
    plural = "es" if noun.endswith("x") else "s"
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{plural}"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
