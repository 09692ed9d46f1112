"""All safe fixes of a file at once, until there are none left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from nexa.compiler.analysis import Project
from nexa.compiler.edits import applied, compatible
from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Fix, Severity, TextEdit
from nexa.ide.line_edits import line_edits

_ROUNDS = 20
"""Fixes may uncover mistakes that have fixes; two that undo each other must come to an end."""


def fix_all(
    project: Project, path: str, is_wanted: Callable[[Finding], bool], *, unsafe: bool = False
) -> list[TextEdit]:
    """The edits of every safe fix of the wanted findings that changes this file alone and causes no error.

    `unsafe` adds the fixes that may change what a program does.
    """
    file = project.file(path)
    if file is None:
        return []
    refused: set[tuple[str, str]] = set()
    now = project
    for _ in range(_ROUNDS):
        found = now.findings(path) or ()
        text = _text(now, path)
        answered = [
            one
            for one in found
            if is_wanted(one) and is_fixable(one, path, unsafe=unsafe) and (one.code, one.message) not in refused
        ]
        chosen = compatible((one.fix for one in answered if one.fix), {path: text})
        if not chosen:
            break
        after = _after(now, path, text, chosen, found)
        if after is None:
            after, refused = _one_by_one(now, path, text, answered, found, refused)
        if after is None:
            break
        now = after
    return line_edits(path, file.text, _text(now, path))


def is_fixable(finding: Finding, path: str, *, unsafe: bool = False) -> bool:
    """Whether a finding has a fix that changes this file alone: a safe one, unless any will do."""
    fix = finding.fix
    return fix is not None and (fix.safe or unsafe) and all(edit.path == path for edit in fix.edits)


def _text(project: Project, path: str) -> bytes:
    file = project.file(path)
    return b"" if file is None else file.text


def _after(project: Project, path: str, text: bytes, fixes: Iterable[Fix], before: Iterable[Finding]) -> Project | None:
    """The snapshot after some fixes; None if there is an error then that was not there."""
    after = project.with_file(File.parse(path, applied(fixes, {path: text})[path]))
    return None if _errors(after.findings(path) or ()) - _errors(before) else after


def _one_by_one(
    project: Project,
    path: str,
    text: bytes,
    answered: list[Finding],
    found: Iterable[Finding],
    refused: set[tuple[str, str]],
) -> tuple[Project | None, set[tuple[str, str]]]:
    """The first fix that causes no error; those before it are refused."""
    for one in answered:
        after = _after(project, path, text, [one.fix], found) if one.fix is not None else None
        if after is not None:
            return after, refused
        refused = {*refused, (one.code, one.message)}
    return None, refused


def _errors(findings: Iterable[Finding]) -> Counter[tuple[str, str]]:
    return Counter((one.code, one.message) for one in findings if one.severity is Severity.ERROR)
