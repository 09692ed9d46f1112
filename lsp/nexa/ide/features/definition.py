"""Where the name under the cursor is declared, in whichever file."""

from __future__ import annotations

from nexa.compiler.analysis import Project
from nexa.ide.secret_names import given, secret_at
from nexa.ide.targets import Target, targets_of


def definition(project: Project, path: str, offset: int) -> list[Target]:
    """Empty for what the language brings along, and where no known name stands."""
    reference = project.reference_at(path, offset)
    if reference is not None:
        return targets_of(reference.span, (reference.symbol,))
    secret = secret_at(project, path, offset)
    return (
        [] if secret is None else [Target(secret.span, one.path, one.span, one.span) for one in given(project, secret)]
    )
