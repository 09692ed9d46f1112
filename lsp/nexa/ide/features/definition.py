"""Where the name under the cursor is declared, in whichever file."""

from __future__ import annotations

from nexa.compiler.analysis import Project
from nexa.ide.targets import Target, targets_of


def definition(project: Project, path: str, offset: int) -> list[Target]:
    """Empty for what the language brings along, and where no known name stands."""
    reference = project.reference_at(path, offset)
    return [] if reference is None else targets_of(reference.span, (reference.symbol,))
