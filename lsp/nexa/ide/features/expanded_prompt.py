"""The prompt of the agent under the cursor, with everything put in that is certain before it runs."""

from __future__ import annotations

from nexa.compiler.analysis import Project
from nexa.ide.place import place_at
from nexa.ide.prompt import Prompt, agent_at, prompt_of


def expanded_prompt(project: Project, path: str, offset: int) -> Prompt | None:
    """Of the agent whose name stands at an offset, or whose declaration is around it; None where there is none."""
    place = place_at(project, path, offset)
    found = agent_at(place) if place is not None else None
    return None if found is None else prompt_of(*found)
