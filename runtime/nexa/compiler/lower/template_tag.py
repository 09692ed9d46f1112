"""One tag of a template literal: its words, and what they mean."""

from __future__ import annotations

from typing import Final, Literal

from nexa.compiler.lower.body import Body
from nexa.syntax.record import record

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
COMPARISONS: Final[dict[str, Comparison]] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class TagError(Exception):
    """A tag cannot be read; `start` and `end` are offsets in the dedented text."""

    def __init__(self, start: int, end: int, reason: str) -> None:
        super().__init__(reason)
        self.start = start
        self.end = end
        self.reason = reason


@record
class Place:
    """Maps offsets in the dedented text to offsets relative to the item."""

    body: Body
    base: int

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The relative range of a range of the dedented text."""
        origin = self.body.origin(start)
        last = self.body.origin(end - 1) + 1 if end > start else origin
        return origin - self.base, last - self.base


@record
class Token:
    """A word, number, string or mark of a tag. `kind` is `end` for the closing braces."""

    kind: Literal["word", "number", "string", "mark", "end"]
    text: str
    start: int
    end: int


class Tag:
    """A tag between `{{` and `}}`; `next` walks over its tokens."""

    def __init__(self, text: bytes, start: int, end: int, *, triple: bool) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.escape = not triple
        braces = 3 if triple else 2
        self.stop = end - braces
        self.cursor = start + braces
        self.keyword_range = (self.cursor, self.cursor)
        self.keyword = "" if triple else self._keyword()
        self.next = self._token()

    @classmethod
    def at(cls, text: bytes, start: int) -> Tag | None:
        """The tag that opens at `start`; None when it is never closed. Strings in it may hold braces."""
        triple = text.startswith(b"{{{", start)
        closer = b"}}}" if triple else b"}}"
        at = start + len(closer)
        while at < len(text):
            if text.startswith(closer, at):
                return cls(text, start, at + len(closer), triple=triple)
            if text.startswith(b"{{", at):
                return None
            at = _string_end(text, at, len(text)) if text[at] in b"\"'" else at + 1
        return None

    def _keyword(self) -> str:
        """The `#if`, `/for`, `>` that a tag begins with; `""` for an output."""
        mark = self.text[self.cursor : self.cursor + 1]
        if mark == b">":
            self.keyword_range = (self.cursor, self.cursor + 1)
            self.cursor += 1
            return ">"
        if mark not in (b"#", b"/"):
            return ""
        end = _word_end(self.text, self.cursor + 1, self.stop)
        self.keyword_range = (self.cursor, max(end, self.cursor + 1))
        found = self.text[self.cursor : end].decode("utf-8", "replace")
        self.cursor = end
        return found

    def take(self) -> Token:
        """The next token, which is then behind us."""
        token = self.next
        self.next = self._token()
        return token

    def eat(self, text: str) -> bool:
        """Steps over a mark or word if it is next."""
        if self.next.text == text and self.next.kind in ("mark", "word"):
            self.take()
            return True
        return False

    def fail(self, expected: str) -> TagError:
        """Says that the next token is not what was expected."""
        token = self.next
        found = "`}}`" if token.kind == "end" else f"`{token.text}`"
        return TagError(token.start, token.end, f"unexpected {found}; expected {expected}")

    def finish(self) -> None:
        """The tag must be over."""
        if self.next.kind != "end":
            raise self.fail("`}}`")

    def _token(self) -> Token:
        text, stop = self.text, self.stop
        at = self.cursor
        while at < stop and text[at] in b" \t\r\n":
            at += 1
        if at >= stop:
            self.cursor = stop
            return Token("end", "", stop, self.end)
        kind: Literal["word", "number", "string", "mark"]
        if text[at] in b"\"'":
            kind, end = "string", min(_string_end(text, at, stop), stop)
        elif 48 <= text[at] <= 57 or (text[at] == 45 and text[at + 1 : at + 2].isdigit()):
            kind, end = "number", _number_end(text, at, stop)
        elif (end := _word_end(text, at + (text[at] == 64), stop)) > at + (text[at] == 64):
            kind = "word"
        else:
            kind, end = "mark", at + (2 if text[at : at + 2].decode("latin-1") in COMPARISONS else 1)
        self.cursor = end
        return Token(kind, text[at:end].decode("utf-8", "replace"), at, end)


def _word_end(text: bytes, at: int, stop: int) -> int:
    while at < stop and (text[at] >= 0x80 or text[at] == 95 or text[at : at + 1].isalnum()):
        at += 1
    return at


def _number_end(text: bytes, at: int, stop: int) -> int:
    end = _word_end(text, at + (text[at] == 45), stop)
    if text[end : end + 1] == b"." and text[end + 1 : end + 2].isdigit():
        end = _word_end(text, end + 1, stop)
    return end


def _string_end(text: bytes, at: int, stop: int) -> int:
    """Behind the closing quote of a string, or `stop`."""
    quote = text[at]
    at += 1
    while at < stop:
        if text[at] == quote:
            return at + 1
        at += 2 if text[at] == 0x5C else 1
    return stop
