"""Moves the lines of literals and comments along with the code around them, where that changes no value."""

from __future__ import annotations

from nexa.compiler.format.printer import INDENT
from nexa.compiler.format.source import columns


def moved(lines: list[str], margin: int, indent: int) -> list[str]:
    """The lines of a dedented literal behind its first, whose own line moved from `margin` to `indent`.

    The margin that all of them share becomes that line's indentation, or a level more if they stood deeper. The dedent
    (section 1.7 of the language reference) drops either, so the value is the same. Text at column 0 stays there. The
    line of the closing quotes counts only if text stands on it.
    """
    *content, closing = lines
    closes = closing.lstrip(" \t")
    is_bare = closes.strip("\"'") == ""
    texts = [line for line in (content if is_bare else lines) if line.strip()]
    old = common_margin(texts)
    if not texts or not old:
        return [*content, " " * indent + closes] if is_bare else lines
    new = " " * (indent + INDENT * (columns(old) > margin))
    found = [_with_margin(line, old, new) for line in content]
    return [*found, " " * indent + closes if is_bare else _with_margin(closing, old, new)]


def _with_margin(line: str, old: str, new: str) -> str:
    """A blank line keeps what goes beyond the margin; it is part of the value."""
    if line.startswith(old):
        rest = line[len(old) :]
        return new + rest if rest else ""
    rest = line[len(common_margin([line, old])) :]
    return new + rest if rest else ""


def common_margin(lines: list[str]) -> str:
    """The longest stretch of blanks that all lines begin with."""
    if not lines:
        return ""
    low, high = min(lines), max(lines)
    size = 0
    for one, other in zip(low, high, strict=False):
        if one != other or one not in " \t":
            break
        size += 1
    return low[:size]


def comment_lines(text: str, margin: int, indent: int) -> list[str]:
    """A comment as lines, moved from `margin` to `indent`. Where a star begins each line, the stars are aligned."""
    first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if rest and all(line.lstrip(" \t").startswith("*") for line in rest):
        rest = [f"{' ' * indent} {line.strip()}" for line in rest]
    elif rest and indent != margin:
        rest = [_shifted(line, indent - margin) for line in rest]
    return [first.rstrip(), *(line.rstrip() for line in rest)]


def _shifted(line: str, by: int) -> str:
    text = line.lstrip(" \t")
    return " " * max(0, columns(line[: len(line) - len(text)]) + by) + text
