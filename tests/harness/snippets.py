"""What an editor makes of edits that are snippets: it moves lines in, and stops at each place to fill in."""

from __future__ import annotations

import re
from typing import Any

from nexa.syntax import Encoding, LineIndex

_STOP = re.compile(r"\\([\\$}])|\$(?:(\d+)|\{(\d+):((?:\\[\\$}]|[^}\\])*)\})")


def filled(text: str, edits: list[dict[str, Any]], encoding: Encoding, names: dict[int, str] | None = None) -> str:
    """A document after edits of which some are snippets; places stand as `‹1:guess›` unless `names` fills them in.

    As VS Code does it: if any edit is a snippet, every line but the first of each is moved in as far as the line that
    the edit begins in.
    """
    data = text.encode()
    lines = LineIndex(data)

    def offset(place: dict[str, int]) -> int:
        return lines.offset(place["line"], place["character"], encoding)

    def stop(match: re.Match[str]) -> str:
        plain, alone, number, guess = match.groups()
        if plain:
            return plain
        told, guess = int(alone or number), re.sub(r"\\([\\$}])", r"\1", guess or "")
        return f"‹{told}:{guess}›" if names is None else names.get(told, guess)

    has_snippets = any("snippet" in edit for edit in edits)
    last = len(data)
    ordered = sorted(edits, key=lambda one: (offset(one["range"]["start"]), offset(one["range"]["end"])))
    for edit in reversed(ordered):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        assert start <= end <= last, "edits overlap"
        line = data[lines.start(lines.line(start)) : start]
        indent = line[: len(line) - len(line.lstrip(b" \t"))].decode()
        new = _STOP.sub(stop, edit["snippet"]["value"]) if "snippet" in edit else edit["newText"]
        new = re.sub(r"(\r\n|\r|\n)", rf"\1{indent}", new) if has_snippets else new
        data = data[:start] + new.encode() + data[end:]
        last = start
    return data.decode()
