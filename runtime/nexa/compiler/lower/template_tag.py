"""One tag of a template literal: its words, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from nexa.compiler import ast
from nexa.compiler.lower import numbers
from nexa.compiler.lower.body import Body
from nexa.compiler.lower.escapes import QUOTED, unescaped

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
COMPARISONS: Final[dict[str, Comparison]] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class TagError(Exception):
    """A tag cannot be read; `start` and `end` are offsets in the dedented text."""

    def __init__(self, start: int, end: int, reason: str) -> None:
        super().__init__(reason)
        self.start = start
        self.end = end
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Place:
    """Maps offsets in the dedented text to offsets relative to the item."""

    body: Body
    base: int

    def of(self, start: int, end: int) -> tuple[int, int]:
        """The relative range of a range of the dedented text."""
        origin = self.body.origin(start)
        last = self.body.origin(end - 1) + 1 if end > start else origin
        return origin - self.base, last - self.base


@dataclass(frozen=True, slots=True)
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


# ── what tags say ───────────────────────────────────────────────────────────────────────────────────────────────


def word(tag: Tag, place: Place, expected: str) -> ast.Name:
    """A single word."""
    if tag.next.kind != "word":
        raise tag.fail(expected)
    token = tag.take()
    return ast.Name(*place.of(token.start, token.end), token.text)


def path(tag: Tag, place: Place) -> ast.TemplatePath:
    """`p.title`, `rows.0`, `@index`."""
    names = [word(tag, place, "a name")]
    while tag.eat("."):
        if tag.next.kind == "number" and tag.next.text.isdigit():
            token = tag.take()
            names.append(ast.Name(*place.of(token.start, token.end), token.text))
        else:
            names.append(word(tag, place, "a name after `.`"))
    return ast.TemplatePath(names[0].start, names[-1].end, tuple(names))


def output(tag: Tag, place: Place) -> ast.TemplateOutput:
    """`{{ path | filter }}`."""
    shown = path(tag, place)
    filters: list[ast.Filter] = []
    while tag.eat("|"):
        filters.append(_filter(tag, place))
    tag.finish()
    return ast.TemplateOutput(*place.of(tag.start, tag.end), shown, tuple(filters), tag.escape)


def partial(tag: Tag, place: Place) -> ast.TemplatePartial:
    """`{{> name [path]}}`."""
    name = word(tag, place, "the name of a partial")
    given = path(tag, place) if tag.next.kind != "end" else None
    tag.finish()
    return ast.TemplatePartial(*place.of(tag.start, tag.end), name, given)


def loop_head(tag: Tag, place: Place) -> tuple[ast.Name, ast.TemplatePath]:
    """`x in path`."""
    name = word(tag, place, "a name, as in `{{#for x in items}}`")
    if not tag.eat("in"):
        raise tag.fail("`in`")
    items = path(tag, place)
    tag.finish()
    return name, items


def condition(tag: Tag, place: Place) -> ast.TemplateCondition:
    """What stands after `#if` and `#elif`."""
    found = _joined(tag, place, "or")
    tag.finish()
    return found


def _joined(tag: Tag, place: Place, op: Literal["or", "and"]) -> ast.TemplateCondition:
    operands = [_operand(tag, place, op)]
    while tag.eat(op):
        operands.append(_operand(tag, place, op))
    if len(operands) == 1:
        return operands[0]
    return ast.TemplateCondition(operands[0].start, operands[-1].end, op, None, None, tuple(operands))


def _operand(tag: Tag, place: Place, op: Literal["or", "and"]) -> ast.TemplateCondition:
    return _joined(tag, place, "and") if op == "or" else _negated(tag, place)


def _negated(tag: Tag, place: Place) -> ast.TemplateCondition:
    starts: list[int] = []
    while tag.next.text == "not" and tag.next.kind == "word":
        starts.append(place.of(tag.next.start, tag.next.end)[0])
        tag.take()
    found = _comparison(tag, place)
    if len(starts) % 2:  # two of them cancel out, so that they never nest
        found = ast.TemplateCondition(starts[0], found.end, "not", None, None, (found,))
    return found


def _comparison(tag: Tag, place: Place) -> ast.TemplateCondition:
    left = path(tag, place)
    op = COMPARISONS.get(tag.next.text) if tag.next.kind == "mark" else None
    if op is None:
        return ast.TemplateCondition(left.start, left.end, "path", left, None, ())
    tag.take()
    right = _literal(tag, place)
    return ast.TemplateCondition(left.start, right.end, op, left, right, ())


def _filter(tag: Tag, place: Place) -> ast.Filter:
    name = word(tag, place, "the name of a filter after `|`")
    if not tag.eat("("):
        return ast.Filter(name.start, name.end, name, ())
    arguments: list[ast.Argument] = []
    while tag.next.text != ")" or tag.next.kind != "mark":
        if arguments and not tag.eat(","):
            raise tag.fail("`,` or `)`")
        value = _literal(tag, place)
        arguments.append(ast.Argument(value.start, value.end, None, False, False, value))
    end = place.of(tag.next.start, tag.next.end)[1]
    tag.take()
    return ast.Filter(name.start, end, name, tuple(arguments))


_WORDS: Final = {"true": True, "false": False}


def _literal(tag: Tag, place: Place) -> ast.Expr:
    """A string, a number, `true`, `false` or `null`."""
    token = tag.next
    span = place.of(token.start, token.end)
    found: ast.Expr | None = None
    if token.kind == "string" and len(token.text) > 1 and token.text[-1] == token.text[0]:
        found = _string(tag, place, token)
    elif token.kind == "number":
        found = _number(token, span)
    elif token.kind == "word" and token.text in _WORDS:
        found = ast.Bool(*span, _WORDS[token.text])
    elif token.kind == "word" and token.text == "null":
        found = ast.Null(*span)
    if found is None:
        raise tag.fail("a string, a number, `true`, `false` or `null`")
    tag.take()
    return found


def _string(tag: Tag, place: Place, token: Token) -> ast.Str:
    inner = tag.text[token.start + 1 : token.end - 1]

    def unknown(offset: int, character: str) -> None:
        at = token.start + 1 + offset
        raise TagError(at, at + 1, f"unknown escape `\\{character}`")

    text = ast.Text(*place.of(token.start + 1, token.end - 1), unescaped(inner, QUOTED, unknown))
    return ast.Str(*place.of(token.start, token.end), (text,) if inner else (), token.text[0], "")


def _number(token: Token, span: tuple[int, int]) -> ast.Expr | None:
    negative = token.text.startswith("-")
    digits = token.text[1:] if negative else token.text
    sign = -1 if negative else 1
    if (value := numbers.whole(digits)) is not None:
        return ast.Int(*span, token.text, sign * value)
    if (length := numbers.real(digits)) is not None:
        return ast.Float(*span, token.text, sign * length)
    return None
