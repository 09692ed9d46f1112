"""What a terminal needs: colours where they are welcome, text that cannot drive it, widths of characters."""

from __future__ import annotations

import os
import sys
from typing import TextIO

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "information": "1;36",
    "hint": "1;34",
    "bold": "1",
    "dim": "2",
    "add": "32",
    "remove": "31",
}

TAB_WIDTH = 4


def wants_colour(stream: TextIO) -> bool:
    """Colours go to terminals only, and never where NO_COLOR is set (no-color.org); FORCE_COLOR asks for them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return sys.platform != "win32" or "WT_SESSION" in os.environ or "ANSICON" in os.environ


def painted(text: str, style: str, *, colour: bool) -> str:
    """The text in a style, or as it is."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if colour else text


def harmless(text: str) -> str:
    """The text with everything replaced that a terminal would obey, or that would reorder what is read."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if _is_control(char) else char for char in text)


def width(text: str) -> int:
    """The number of terminal cells that a text takes; tabs have to be expanded before."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def expanded(text: str) -> str:
    """The text with its tabs as spaces, to stops of `TAB_WIDTH` cells."""
    if "\t" not in text:
        return text
    parts: list[str] = []
    cells = 0
    for char in text:
        piece = " " * (TAB_WIDTH - cells % TAB_WIDTH) if char == "\t" else char
        cells += width(piece)
        parts.append(piece)
    return "".join(parts)


def _is_control(char: str) -> bool:
    code = ord(char)
    if char in "\t\n":
        return False
    return (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code < 0xE000
    )


def _char_width(char: str) -> int:
    import unicodedata  # most programs are ASCII

    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
