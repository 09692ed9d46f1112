"""Which texts look like credentials. Nothing here repeats one."""

from __future__ import annotations

import re
from typing import Final

_SHAPES: Final = (
    (
        "API_KEY",
        r"(?<![A-Za-z0-9_-])sk-(?=[A-Za-z0-9_-]{16})(?:[A-Za-z0-9]{20}|(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{16})",
    ),
    ("GITHUB_TOKEN", r"(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{20}|github_pat_[A-Za-z0-9_]{20})"),
    ("AWS_ACCESS_KEY_ID", r"(?<![A-Za-z0-9])A(?:KI|SI)A[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ("GOOGLE_API_KEY", r"(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}"),
    ("SLACK_TOKEN", r"(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10}"),
    ("PRIVATE_KEY", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
)
"""What each kind is called when it is read as a secret, and how it looks."""

_MARKS: Final = (
    b"sk-", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_", b"AKIA", b"ASIA", b"AIza", b"xox",
    b"PRIVATE KEY",
)  # fmt: skip
"""One of these is in every credential that has a shape."""

_KINDS: Final = tuple((name, re.compile(pattern)) for name, pattern in _SHAPES)

_HEX: Final = re.compile(r"[0-9a-fA-F]{32,}")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{32,}={0,2}")


def may_have_shape(text: bytes) -> bool:
    """Whether it is worth looking for a credential that can be told by its looks; cheap, since most texts hold none."""
    return any(mark in text for mark in _MARKS)


def shape_of(text: str) -> str:
    """The name to read it by of the first credential in a text that can be told by its looks; `""` for none."""
    return next((name for name, pattern in _KINDS if pattern.search(text)), "")


def hidden(text: str) -> str:
    """The text with stars in place of every credential that can be told by its looks; as long as it was."""
    for pattern in _WHOLE if _MARK.search(text) else ():
        text = pattern.sub(_stars, text)
    return text


def _stars(found: re.Match[str]) -> str:
    return re.sub(r"\S", "*", found[0])


_MARK: Final = re.compile("|".join(mark.decode() for mark in _MARKS))
_WHOLE: Final = tuple(
    re.compile(pattern + (r"(?:(?!-----).)*" if name == "PRIVATE_KEY" else r"[A-Za-z0-9_-]*"), re.DOTALL)
    for name, pattern in _SHAPES
)
"""The same to their ends; of a key in several lines, all of it."""


def is_random(text: str) -> bool:
    """Whether a text is 32 or more hexadecimal or Base64 characters that no person would write.

    A path, a sentence in snake_case and a row of equal characters are no credentials.
    """
    if len(text) < 32 or " " in text or len(set(text)) < 8:
        return False
    has_digit, has_letter = any(one.isdigit() for one in text), any(one.isalpha() for one in text)
    if _HEX.fullmatch(text):
        return has_digit and has_letter
    if not _BASE64.fullmatch(text) or not has_digit:
        return False
    has_both_cases = text != text.lower() and text != text.upper()
    return has_both_cases or (has_letter and not any(one in text for one in "/_-+"))
