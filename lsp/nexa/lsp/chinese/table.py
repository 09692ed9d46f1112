"""Tables of sentences with their translations."""

from __future__ import annotations


def read_table(*texts: str) -> dict[str, str]:
    """`English :: Chinese` a line."""
    rows = (line.partition(" :: ") for text in texts for line in text.splitlines())
    return {english: chinese for english, sign, chinese in rows if sign}
