"""What a highlighter found, read from the colours that it prints: a theme gives a colour of its own to every name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editors.vscode.textmate import Scoped

_ESCAPE = re.compile(r"\x1b\[([\d;]*)m")


def colour(number: int) -> str:
    """The colour of the name with this number."""
    return f"#{number:06x}"


def scoped(shown: str, names: Sequence[str]) -> Iterator[Scoped]:
    """The pieces of a text in 24-bit colours, each with the name whose colour it has; number 0 is the first."""
    for number, line in enumerate(shown.split("\n")):
        column, name = 0, ""
        for index, part in enumerate(_ESCAPE.split(line)):
            if index % 2:
                name = _name(part.split(";"), name, names)
            elif part:
                end = column + len(part.encode("utf-16-le")) // 2
                yield number, column, end, ("source", name)
                column = end


def _name(codes: list[str], before: str, names: Sequence[str]) -> str:
    if "38" in codes:
        red, green, blue = (int(code) for code in codes[codes.index("38") + 2 :][:3])
        number = (red << 16) + (green << 8) + blue
        return names[number] if number < len(names) else ""
    return "" if codes in (["0"], [""], ["39"]) else before
