"""What the settings of a project make of what the rules say: how much it matters, and what nobody wants to see."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Literal

from nexa.compiler.check import BY_CODE, Drafted, Report, allow_drafts
from nexa.compiler.file import File
from nexa.compiler.item_findings import Row, Said
from nexa.compiler.place import Places, Rename
from nexa.compiler.rule import AllowRule, Draft, Finding, NameRule, ProgramRule, Rule, Severity
from nexa.compiler.suppress import MARK, Allowance, allowances
from nexa.syntax import Span
from nexa.syntax.record import record


@record
class Settings:
    """What a project's configuration says to the analysis. A severity of None turns a rule off."""

    harness: Literal["strict", "warn", "off"] = "warn"
    include_paths: tuple[str, ...] = ()
    models: frozenset[str] = frozenset()
    """The names that the project gives to models."""
    severities: Mapping[str, Severity | None] = field(default_factory=dict)


@record
class Judge:
    """Judges by settings; `file` gives the files that findings may speak of, `rename` makes the fixes that rename."""

    settings: Settings
    file: Callable[[str], File | None]
    rename: Rename

    def severity(self, rule: Rule, draft: Draft) -> Severity | None:
        """How much a draft matters; None when it is not to be shown."""
        if isinstance(rule, NameRule) and rule.only_asked and rule.code not in self.settings.severities:
            return None
        severity = draft.severity or rule.severity
        if rule.harness:
            if self.settings.harness == "off":
                return None
            severity = Severity.ERROR if self.settings.harness == "strict" else Severity.WARNING
        return self.settings.severities.get(rule.code, severity)

    def judges(self, code: str) -> bool:
        """Whether a check under these settings would report the code wherever it applies."""
        rule = BY_CODE.get(code)
        if rule is None:
            return True
        is_elsewhere = isinstance(rule, AllowRule) or (isinstance(rule, ProgramRule) and rule.only_runs)
        return not is_elsewhere and self.severity(rule, Draft(Span(0, 0), "")) is not None

    def findings(self, file: File, said: Iterable[tuple[int, Row]]) -> tuple[Finding, ...]:
        """What is said of some items, with the places that it has now, in their order and once each."""
        places = Places(file, self.file, self.rename)
        found = [
            places.finding(rule, severity, index, draft)
            for index, row in said
            for rule, draft in row
            if (severity := self.severity(rule, draft)) is not None
        ]
        found.sort(key=lambda one: (one.span.start, one.code, one.span.end, one.message))
        return tuple(one for number, one in enumerate(found) if not number or one != found[number - 1])


def without_allowed(said: Said, judge: Judge, *, is_whole: bool, report: Report) -> Said:
    """What no comment allows; errors are never allowed.

    `is_whole` says that everything that there is to say has been said: it is then seen which comments allow nothing.
    """
    file = said.file
    if file is None or MARK not in file.text:
        return said
    allowed = list(allowances(file))
    touched = _touched(file, allowed)
    layers = said.layers
    if is_whole:
        found = judge.findings(file, ((one, layer[one]) for layer in layers for one in touched if one in layer))
        layers = (*layers, {-1: tuple(allow_drafts(file, found, judge.judges, report))})
    pairs = {(one.line, code) for one in allowed for code, _ in one.codes}

    def is_kept(index: int, one: Drafted) -> bool:
        rule, draft = one
        line = file.lines.line((file.starts[index] if index >= 0 else 0) + draft.span.start)
        return (line, rule.code) not in pairs or judge.severity(rule, draft) is Severity.ERROR

    return Said(
        file,
        tuple(
            {**layer, **{at: tuple(one for one in layer[at] if is_kept(at, one)) for at in touched if at in layer}}
            for layer in layers
        ),
    )


def _touched(file: File, allowed: Iterable[Allowance]) -> list[int]:
    """The items of which something may be said on a line that a comment means, and -1 for the file."""
    touched = {-1}
    for line in {one.line for one in allowed if one.line < len(file.lines)}:
        start, end = file.lines.content(line)
        # What is said of an item may stand in the gap before it.
        first, last = bisect_right(file.starts, start) - 1, bisect_left(file.starts, end)
        touched.update(range(max(first, 0), min(last + 2, len(file.items))))
    return sorted(touched)
