"""A new name for what the name under the cursor means, everywhere at once, or the reason why not.

Nothing is renamed on a guess: the edits are made on trial, and unless every edited place then means what was renamed,
every other place what it meant before, and no rule finds more than before, the place that speaks against it is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.compiler.renaming.family import family
from nexa.compiler.renaming.places import places
from nexa.ide.features.rename.names import check_name, check_symbol
from nexa.ide.features.rename.refusal import Refusal
from nexa.ide.features.rename.trial import check_on_trial
from nexa.syntax import Span

__all__ = ["Prepared", "Refusal", "RenameEdit", "prepare_rename", "rename"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The name that will be edited, and its text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class RenameEdit:
    """Replace the bytes of `span` in `path`; `doubt` says why a person should look at the place, `""` without one."""

    path: str
    span: Span
    text: str
    doubt: str = ""


def prepare_rename(project: Project, path: str, offset: int) -> Prepared | None:
    """What would be renamed; None where no name with a known meaning stands. Raises Refusal with the reason."""
    reference = project.reference_at(path, offset)
    if reference is None:
        return None
    check_symbol(project, reference.symbol)
    return Prepared(reference.span, reference.symbol.name)


def rename(project: Project, path: str, offset: int, new: str) -> list[RenameEdit] | None:
    """The edits in the order of the files; None where no known name stands. Raises Refusal with the reason."""
    reference = project.reference_at(path, offset)
    if reference is None:
        return None
    check_symbol(project, reference.symbol)
    new = check_name(project, reference.symbol, new)
    if new == reference.symbol.name:
        return []
    symbols = family(project, reference.symbol)
    found = places(project, symbols)
    check_on_trial(project, symbols, found, new)
    written = [(one, one.written(new)) for one in found]
    return [RenameEdit(one.path, edit.span, edit.text, one.doubt) for one, edit in written]
