"""Fixes for tests: every way that a finding offers, applied, and what the findings are then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.findings import is_source, project_of
from nexa.compiler.analysis import Settings
from nexa.compiler.edits import applied
from nexa.compiler.rule import Finding, Fix, Severity

Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Way:
    """One fix of one finding, and what came of it."""

    finding: Finding
    fix: Fix
    before: list[Finding]
    after: list[Finding]
    texts: dict[str, bytes]

    @property
    def is_gone(self) -> bool:
        """Whether the finding is no longer at its place, wherever that is now."""
        at = self.finding.span.start
        edits = [one for one in self.fix.edits if one.path == self.finding.path]
        moved = at + sum(
            len(one.text.encode()) - (one.span.end - one.span.start) for one in edits if one.span.end <= at
        )
        same = (self.finding.path, self.finding.code, self.finding.message)
        return not any((one.path, one.code, one.message) == same and one.span.start == moved for one in self.after)

    @property
    def new_errors(self) -> list[str]:
        """The codes of errors that there are more of now."""
        return self._more((Severity.ERROR,))

    @property
    def new_warnings(self) -> list[str]:
        """The codes of warnings and errors that there are more of now."""
        return self._more((Severity.ERROR, Severity.WARNING))

    def _more(self, severities: tuple[Severity, ...]) -> list[str]:
        counts = [
            Counter((one.path, one.code) for one in findings if one.severity in severities)
            for findings in (self.before, self.after)
        ]
        return [code for _, code in (counts[1] - counts[0]).elements()]

    def __str__(self) -> str:
        return (
            f"{self.finding.code} {self.finding.message!r}: {self.fix.title}\n{self.texts[self.finding.path].decode()}"
        )


def found(files: Files, settings: Settings | None = None, *, running: bool = False) -> list[Finding]:
    """Every finding of some files."""
    project = project_of(files, settings)
    findings: list[Finding] = []
    for path in filter(is_source, files):
        findings += project.findings(path) or ()
        findings += project.run_findings(path) if running else ()
    return list(dict.fromkeys(findings))


def ways(files: Files, settings: Settings | None = None, *, running: bool = False) -> Iterator[Way]:
    """Every fix of every finding, each applied alone."""
    before = found(files, settings, running=running)
    texts = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    for finding in before:
        for fix in (finding.fix, *finding.others):
            if fix is not None:
                new = {edit.path: b"" for edit in fix.edits if edit.path not in texts}
                after = applied([fix], {**new, **texts})
                yield Way(finding, fix, before, found(after, settings, running=running), after)
