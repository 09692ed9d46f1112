"""`std.regex`: Python's regular expressions. `flags` are the letters `i`, `m`, `s`, `x`."""

from __future__ import annotations

import re

from nexa.runtime.errors import ToolError

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def _compiled(pattern: str, flags: str) -> re.Pattern[str]:
    found = re.RegexFlag(0)
    for letter in flags:
        if letter not in _FLAGS:
            raise ToolError(f"`{letter}` is not a flag of a regular expression: use {', '.join(_FLAGS)}")
        found |= _FLAGS[letter]
    try:
        return re.compile(pattern, found)
    except re.error as error:
        raise ToolError(f"the regular expression is faulty: {error}", cause=error) from error


def regex_match(pattern: str, text: str, flags: str = "") -> list[str]:
    """Every stretch that matches, from left to right."""
    return [found[0] for found in _compiled(pattern, flags).finditer(text)]


def regex_replace(pattern: str, replacement: str, text: str, flags: str = "") -> str:
    r"""The text with each match replaced; `\1` stands for the first group."""
    try:
        return _compiled(pattern, flags).sub(replacement, text)
    except (re.error, IndexError) as error:
        raise ToolError(f"the replacement is faulty: {error}", cause=error) from error


FUNCTIONS = {each.__name__: each for each in (regex_match, regex_replace)}
