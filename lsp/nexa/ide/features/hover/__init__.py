"""What stands under the cursor: its signature first, then what is known about it."""

from __future__ import annotations

from nexa.compiler.analysis import Project
from nexa.ide.features.hover.card import HoverCard, paragraphs
from nexa.ide.features.hover.codes import code_card
from nexa.ide.features.hover.declarations import describe
from nexa.ide.features.hover.literals import literal_card
from nexa.ide.features.hover.names import name_card
from nexa.ide.features.hover.operators import operator_card
from nexa.ide.features.hover.secrets import secret_card
from nexa.ide.features.hover.words import word_card
from nexa.ide.place import place_at

__all__ = ["HoverCard", "describe", "hover", "paragraphs"]


def hover(project: Project, path: str, offset: int) -> HoverCard | None:
    """The card for an offset; None where nothing is to be said."""
    file = project.file(path)
    if file is None:
        return None
    found = code_card(file, offset) or name_card(project, path, offset) or secret_card(project, path, offset)
    place = place_at(project, path, offset)
    if found is not None or place is None:
        return found
    return operator_card(place) or literal_card(place) or word_card(place)
