"""The difference of two texts, as `patch` reads it."""

from __future__ import annotations

import difflib

from nexa.cli.terminal import painted
from nexa.compiler.credentials import hidden

_STYLES = {"+": "add", "-": "remove", "@": "dim"}


def unified(path: str, before: bytes, after: bytes, *, colour: bool) -> str:
    """The unified diff; line ends are kept as they are. It may end up in a log: credentials are not shown."""
    old, new = (_lines(text) for text in (before, after))
    parts: list[str] = []
    for line in difflib.unified_diff(old, new, path, path):
        body = line.removesuffix("\n")
        style = _STYLES.get(line[:1])
        parts.append((painted(body, style, colour=colour) if style else body) + "\n")
        if not line.endswith("\n"):
            parts.append("\\ No newline at end of file\n")
    return "".join(parts)


def _lines(text: bytes) -> list[str]:
    """Lines with their ends; only LF ends a line for `patch`."""
    lines = hidden(text.decode("utf-8", "replace")).split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
