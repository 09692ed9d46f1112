"""What a client does with edits that it is told of: positions in its own units."""

from __future__ import annotations

from typing import Any

from nexa.syntax import Encoding, LineIndex


def edited(text: str, edits: list[dict[str, Any]], encoding: Encoding) -> str:
    """A document after `TextEdit[]`. They must not overlap; those at one place are in order."""
    data = text.encode()
    lines = LineIndex(data)

    def offset(place: dict[str, int]) -> int:
        return lines.offset(place["line"], place["character"], encoding)

    ordered = sorted(edits, key=lambda one: (offset(one["range"]["start"]), offset(one["range"]["end"])))
    last = len(data)
    for edit in reversed(ordered):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        assert start <= end <= last, "edits overlap"
        data = data[:start] + edit["newText"].encode() + data[end:]
        last = start
    return data.decode()
