"""`--fix`: applies fixes until nothing changes, and never leaves an error that was not there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexa.cli.analyse import Recorder, Task, findings_in, project_of
from nexa.cli.disk import Disk
from nexa.compiler.edits import applied, compatible

if TYPE_CHECKING:
    from nexa.compiler.rule import Finding, Fix

MAX_ROUNDS = 20
"""Fixes may uncover mistakes that have fixes; two that undo each other must come to an end."""

Wanted = Callable[["Finding"], bool]
"""Whether the fix of a finding is asked for."""


@dataclass(slots=True)
class Fixed:
    """The texts after fixing; `done` counts fixes by code, `refused` findings whose fix would break something."""

    texts: dict[str, bytes]
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


def fix_group(task: Task, disk: Disk, wanted: Wanted) -> Fixed:
    """Fix the files of a group; the disk is only read."""
    texts = {path: text for path in task.paths if (text := disk.load(path)) is not None}
    state = Fixed(texts)
    findings = _findings(task, disk, texts)
    for _ in range(MAX_ROUNDS):
        answered = [one for one in findings if one.fix and wanted(one) and _mark(one) not in state.refused]
        fixes = {id(fix) for fix in compatible((one.fix for one in answered if one.fix), state.texts)}
        chosen = [one for one in answered if id(one.fix) in fixes]
        if not chosen:
            break
        findings = _round(task, disk, state, chosen, findings)
    return state


def _round(task: Task, disk: Disk, state: Fixed, chosen: Sequence[Finding], before: list[Finding]) -> list[Finding]:
    """Apply as many of the chosen fixes as go well together and return the findings that are left.

    Where all together break something, the first half is tried, and so on: what breaks something alone is refused, and
    the rest waits for the next round, since its offsets hold only until something is applied.
    """
    while chosen:
        after = _attempt(task, disk, state, chosen, before)
        if after is not None:
            return after
        if len(chosen) == 1:
            state.refused[_mark(chosen[0])] += 1
        chosen = chosen[: len(chosen) // 2]
    return before


def _attempt(
    task: Task, disk: Disk, state: Fixed, chosen: Sequence[Finding], before: list[Finding]
) -> list[Finding] | None:
    """The findings after these fixes, whose texts become the state; None if there is an error that was not there."""
    fixes: list[Fix] = [one.fix for one in chosen if one.fix]
    texts = applied(fixes, state.texts)
    after = _findings(task, disk, texts)
    if _errors(after) - _errors(before):
        return None
    state.texts = texts
    state.done.update(one.code for one in chosen)
    return after


def _findings(task: Task, disk: Disk, texts: dict[str, bytes]) -> list[Finding]:
    project = project_of(task, Recorder(disk.over(texts)))
    return [finding for path in task.paths for finding in findings_in(project, path)]


def _errors(findings: Sequence[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter((one.path, one.code, one.message) for one in findings if one.severity == "error")


def _mark(one: Finding) -> str:
    return f"{one.path}: {one.code} {one.message}"
