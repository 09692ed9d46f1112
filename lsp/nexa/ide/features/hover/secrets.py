"""The name of a secret under the cursor: which files give it. What they give is nobody's business."""

from __future__ import annotations

from nexa.compiler.analysis import Project
from nexa.ide.features.hover.card import HoverCard, paragraphs
from nexa.ide.secret_names import given, secret_at


def secret_card(project: Project, path: str, offset: int) -> HoverCard | None:
    """For the key at an offset; None where no secrets file that is seen has it."""
    secret = secret_at(project, path, offset)
    found = [] if secret is None else given(project, secret)
    if secret is None or not found:
        return None
    rows = [f"`config {one.config}` · `{one.path}`" if one.config else f"`{one.path}`" for one in found]
    return HoverCard(secret.span, f"secret {secret.key}", paragraphs(*rows))
