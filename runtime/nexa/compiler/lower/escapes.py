"""Escapes in string literals (language reference, section 1.7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

QUOTED: Final[Mapping[int, str]] = {
    ord(mark): meaning
    for mark, meaning in zip("nrt0\\\"'`#", "\n\r\t\0\\\"'`#", strict=True)
}  # fmt: skip
"""What a backslash and this byte mean in `"…"`, `'…'` and their triple forms."""

BACKTICK: Final[Mapping[int, str]] = {ord(mark): mark for mark in "`\\#"}
"""The same for backtick templates: no more than their own delimiters."""

_HEX: Final = frozenset(b"0123456789abcdefABCDEF")


def unescaped(text: bytes, escapes: Mapping[int, str], unknown: Callable[[int, str], None]) -> str:
    """The meaning of a literal's text. Unknown escapes are kept as they are and told to `unknown(offset, character)`.

    A `CR LF` or lone `CR` of the source counts as one newline.
    """
    at = text.find(b"\\")
    if at < 0:
        return _plain(text)
    parts: list[str] = []
    done = 0
    while at >= 0:
        parts.append(_plain(text[done:at]))
        meaning, done = _escape(text, at, escapes)
        if meaning is None:
            character = text[at + 1 : at + 5].decode("utf-8", "ignore")[:1]
            unknown(at, character)
            parts.append("\\" + _plain(text[at + 1 : done]))
        else:
            parts.append(meaning)
        at = text.find(b"\\", done)
    parts.append(_plain(text[done:]))
    return "".join(parts)


def has_known_escape(text: bytes) -> bool:
    """Whether any escape in a quoted literal stands for something else than itself."""
    at = text.find(b"\\")
    while at >= 0:
        meaning, done = _escape(text, at, QUOTED)
        if meaning is not None:
            return True
        at = text.find(b"\\", done)
    return False


def _plain(text: bytes) -> str:
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.decode("utf-8", "replace")


def _escape(text: bytes, at: int, escapes: Mapping[int, str]) -> tuple[str | None, int]:
    """The meaning of the escape at the backslash `at`, None for an unknown one, and where the text goes on."""
    if at + 1 >= len(text):
        return "\\", at + 1
    mark = text[at + 1]
    if mark in escapes:
        return escapes[mark], at + 2
    if escapes is BACKTICK:
        return None, at + 2 if mark < 0x80 else at + 1
    if mark in b"\r\n":
        return "", at + (3 if text.startswith(b"\r\n", at + 1) else 2)
    if mark == ord("x"):
        return _code_point(text, at + 2, 2)
    if mark == ord("u"):
        if text.startswith(b"{", at + 2):
            return _braced(text, at + 3)
        return _utf16(text, at + 2)
    return None, at + 2 if mark < 0x80 else at + 1


def _code_point(text: bytes, start: int, size: int) -> tuple[str | None, int]:
    """A code point of exactly `size` hexadecimal digits."""
    digits = text[start : start + size]
    if len(digits) == size and _HEX.issuperset(digits):
        return chr(int(digits, 16)), start + size
    return None, start


def _braced(text: bytes, start: int) -> tuple[str | None, int]:
    """A code point of any number of digits, up to a `}`."""
    end = text.find(b"}", start, start + 9)
    digits = text[start:end] if end > start else b""
    if not digits or not _HEX.issuperset(digits):
        return None, start
    value = int(digits, 16)
    if value > 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        return None, start
    return chr(value), end + 1


def _utf16(text: bytes, start: int) -> tuple[str | None, int]:
    r"""Four digits; two surrogates in a row (`\ud83d\ude00`) are one code point, a lone one is unknown."""
    first, done = _code_point(text, start, 4)
    if first is None or not "\ud800" <= first <= "\udfff":
        return first, done
    if first <= "\udbff" and text.startswith(b"\\u", done):
        second, end = _code_point(text, done + 2, 4)
        if second is not None and "\udc00" <= second <= "\udfff":
            return chr(0x10000 + ((ord(first) & 0x3FF) << 10) + (ord(second) & 0x3FF)), end
    return None, start
