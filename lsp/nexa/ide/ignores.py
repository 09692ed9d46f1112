"""Patterns of `.gitignore` files, read as git reads them.

A matcher of our own: to import the one that can be had takes longer than to look through a folder of a thousand files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_CLASSES = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "xdigit": "0-9a-fA-F",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "cntrl": r"\x00-\x1f\x7f",
    "print": r" -~",
    "graph": r"!-~",
}
"""What POSIX calls classes of characters."""


class Ignores:
    """The patterns of one file, which count from its folder. Paths have forward slashes."""

    __slots__ = ("_patterns",)

    def __init__(self, lines: Iterable[str]) -> None:
        self._patterns = [one for one in map(_read, lines) if one is not None]

    def decides(self, path: str, *, folder: bool) -> bool | None:
        """Whether it leaves a path out by itself, or takes it in again; None when it does not speak of it."""
        name = path.rpartition("/")[2]
        for one in reversed(self._patterns):
            if (folder or not one.folders_only) and one.match(name if one.anywhere else path):
                return one.leaves_out
        return None

    def match(self, path: str) -> bool:
        """Whether it leaves a file out: by itself, or with a folder that holds it."""
        ends = (at for at, char in enumerate(path) if char == "/")
        return any(self.decides(path[:end], folder=True) for end in ends) or bool(self.decides(path, folder=False))


class _Pattern:
    """One line. What stands `anywhere` is compared by its name alone."""

    __slots__ = ("anywhere", "folders_only", "leaves_out", "match")

    def __init__(self, text: str, *, leaves_out: bool) -> None:
        self.leaves_out = leaves_out
        self.folders_only = text.endswith("/")
        text = text.removesuffix("/")
        self.anywhere = "/" not in text
        self.match = re.compile(_expression(text.removeprefix("/")), re.DOTALL).fullmatch


@lru_cache(maxsize=512)
def _read(line: str) -> _Pattern | None:
    """None for blank lines, comments, and what matches nothing."""
    text = line.rstrip("\r\n")
    while text.endswith(" ") and not text.endswith("\\ "):
        text = text[:-1]
    if not text or text.startswith("#"):
        return None
    leaves_out = not text.startswith("!")
    text = text if leaves_out else text[1:]
    return _Pattern(text, leaves_out=leaves_out) if text.strip("/") else None


_NOTHING = "(?!)"
_SPECIAL = re.compile(r"[*?\[\\]")


def _expression(text: str) -> str:
    found: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char == "*":
            # Git compares what is before the first special character by itself: behind it, a pattern begins again.
            begins = at == 1 or text[at - 2] == "/" or not _SPECIAL.search(text, 0, at - 1)
            stars = at - 1
            while at < len(text) and text[at] == "*":
                at += 1
            is_deep = at - stars > 1 and begins and (at == len(text) or text[at] == "/") and "/" in text
            if is_deep and at < len(text):
                found.append("(?:.*/)?")  # none, or some folders
                at += 1
            else:
                found.append(".*" if is_deep else "[^/]*")
        elif char == "?":
            found.append("[^/]")
        elif char == "[":
            part, at = _set(text, at)
            found.append(part)
        elif char == "\\":
            found.append(re.escape(text[at]) if at < len(text) else _NOTHING)
            at += 1
        else:
            found.append(re.escape(char))
    return "".join(found)


def _set(text: str, at: int) -> tuple[str, int]:
    """A set in brackets, which begins at `at`, and where it ends; never a slash. Without its end it matches nothing."""
    is_negated = at < len(text) and text[at] in "!^"
    at += is_negated
    parts: list[str] = []
    last = ""
    is_first = True
    while at < len(text) and (text[at] != "]" or is_first):
        is_first = False
        named = _NAMED.match(text, at)
        if named is not None:
            parts.append(_CLASSES.get(named[1], ""))
            at, last = named.end(), ""
            continue
        if text[at] == "-" and last and at + 1 < len(text) and text[at + 1] != "]":
            high, at = _literal(text, at + 1)
            if last <= high:
                parts.append(f"{re.escape(last)}-{re.escape(high)}")
            last = ""
            continue
        last, at = _literal(text, at)
        parts.append(re.escape(last))
    if at >= len(text):
        return _NOTHING, at
    inside = "".join(parts)
    if not inside:
        return ("[^/]" if is_negated else _NOTHING), at + 1
    return (f"[^/{inside}]" if is_negated else f"(?!/)[{inside}]"), at + 1


_NAMED = re.compile(r"\[:(\w*):\]")


def _literal(text: str, at: int) -> tuple[str, int]:
    """A character of a set, perhaps behind a backslash."""
    if text[at] == "\\" and at + 1 < len(text):
        return text[at + 1], at + 2
    return text[at], at + 1
