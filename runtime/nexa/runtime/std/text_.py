"""`std.text`."""

from __future__ import annotations

from nexa.runtime.errors import ToolError


def text_split(text: str, delimiter: str = "\n", max_splits: int = -1) -> list[str]:
    """The parts between the delimiters, cut at most `max_splits` times if that is not below 0."""
    if not delimiter:
        raise ToolError("a text cannot be split at an empty delimiter")
    return text.split(delimiter, max_splits)


def text_replace(text: str, old: str, new: str, count: int = -1) -> str:
    """The text with one part replaced by another, at most `count` times if that is not below 0."""
    return text.replace(old, new, count)


def text_upper(text: str) -> str:
    """The text in capitals."""
    return text.upper()


def text_lower(text: str) -> str:
    """The text in small letters."""
    return text.lower()


FUNCTIONS = {each.__name__: each for each in (text_split, text_replace, text_upper, text_lower)}
