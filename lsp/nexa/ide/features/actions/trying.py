"""Edits on trial: whether they make a mistake that was not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nexa.compiler.analysis import Project
from nexa.compiler.rule import Severity, TextEdit
from nexa.ide.features.actions.action import Selection
from nexa.syntax import Edit


def breaks(selection: Selection, edits: Sequence[TextEdit]) -> bool:
    """Whether the file of a selection has errors after these edits of it that it did not have before."""
    file, text, steps = selection.file, selection.file.text, list[Edit]()
    for edit in sorted(edits, key=lambda one: one.span.start, reverse=True):
        new = edit.text.encode()
        text = text[: edit.span.start] + new + text[edit.span.end :]
        steps.append(Edit(edit.span.start, edit.span.end, edit.span.start + len(new)))
    after = selection.project.with_file(file.edited(steps, text))
    return bool(_errors(after, file.path) - _errors(selection.project, file.path))


def _errors(project: Project, path: str) -> Counter[tuple[str, str]]:
    found = project.findings(path) or ()
    return Counter((one.code, one.message) for one in found if one.severity is Severity.ERROR)
