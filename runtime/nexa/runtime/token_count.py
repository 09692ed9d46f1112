"""How many tokens a text is, about: without asking a provider, and the same for every model."""

from __future__ import annotations

CHARACTERS_PER_TOKEN = 4
"""A rough measure. It keeps a bound on what is sent, and tells in an editor how long a prompt is."""


def estimated_tokens(text: str) -> int:
    """Of a text; a part of a token counts as one."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)
