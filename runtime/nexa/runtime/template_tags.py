"""Cutting a template into tags, and reading what stands inside one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from nexa.runtime.template_nodes import Condition, Constant, Filter, Operator, Path, Problem, Text, Word

COMPARISONS: dict[str, Operator] = {"==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
KEYWORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


@dataclass(frozen=True, slots=True)
class Tag:
    """One `{{ … }}`: `opener` is `{{`, `{{{`, `{{#`, `{{/` or `{{>`, `tokens` what stands inside."""

    start: int
    end: int
    opener: str
    tokens: tuple[Word, ...]


_OPENER = re.compile(r"\{\{[{#/>]?")
_TOKEN = re.compile(
    r"""\s*(?:(?P<token>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|@?[^\W\d]\w*|-?\d+(?:\.\d+)?|==|!=|<=|>=|[<>|.,:()=])"""
    r"""|(?P<close>\}\}\}?)|(?P<bad>\S))"""
)


def tags(text: str, problems: list[Problem]) -> Iterator[Text | Tag]:
    """The text cut into literal stretches and tags, in order."""
    place = 0
    while found := _OPENER.search(text, place):
        if found.start() > place:
            yield Text(place, found.start(), text[place : found.start()])
        tag = _tag(text, found, problems)
        if tag is None:
            problems.append(Problem(found.start(), found.end(), f"`{found[0]}` is not closed"))
            return
        yield tag
        place = tag.end
    if place < len(text):
        yield Text(place, len(text), text[place:])


def _tag(text: str, opener: re.Match[str], problems: list[Problem]) -> Tag | None:
    tokens: list[Word] = []
    place = opener.end()
    closer = "}}}" if opener[0] == "{{{" else "}}"
    while found := _TOKEN.match(text, place):
        place = found.end()
        if token := found["token"]:
            tokens.append(Word(found.start("token"), place, token))
        elif found["close"]:
            if len(found["close"]) < len(closer):
                problems.append(Problem(found.start("close"), place, "`{{{` is closed by `}}}`"))
            return Tag(opener.start(), found.start("close") + len(closer), opener[0], tuple(tokens))
        elif text.startswith("{{", place - 1):
            return None
        else:
            problems.append(Problem(place - 1, place, f"`{found['bad']}` means nothing here"))
    return None


class Reader:
    """Reads the tokens of one tag from left to right."""

    def __init__(self, tag: Tag, problems: list[Problem]) -> None:
        self.tag = tag
        self.problems = problems
        self.place = 0

    def more(self) -> bool:
        """Whether tokens are left."""
        return self.place < len(self.tag.tokens)

    def peek(self) -> str:
        """The next token, `""` at the end."""
        return self.tag.tokens[self.place].text if self.more() else ""

    def take(self) -> Word:
        """The next token, taken."""
        self.place += 1
        return self.tag.tokens[self.place - 1]

    def complain(self, message: str) -> None:
        """Notes a problem at the next token and skips the rest of the tag."""
        word = self.tag.tokens[self.place] if self.more() else None
        start, end = (word.start, word.end) if word else (self.tag.start, self.tag.end)
        self.problems.append(Problem(start, end, message))
        self.place = len(self.tag.tokens)

    def end(self) -> None:
        """Notes a problem if tokens are left."""
        if self.more():
            self.complain(f"`{self.peek()}` means nothing here")

    def word(self) -> Word | None:
        """A name."""
        if _is_name(self.peek()):
            return self.take()
        self.complain("a name is missing")
        return None

    def path(self) -> Path | None:
        """`a.b.0`."""
        first = self.word()
        if first is None:
            return None
        words = [first]
        while self.peek() == ".":
            self.take()
            step = self.take() if self.peek().isdigit() else self.word()
            if step is None:
                return None
            words.append(step)
        return Path(first.start, words[-1].end, tuple(words))

    def constant(self) -> Constant | None:
        """A text, number, `true`, `false` or `null`; None, without a problem, if the next token is none."""
        token = self.peek()
        if token[:1] in ('"', "'"):
            word = self.take()
            return Constant(word.start, word.end, _unquote(token))
        if token[:1].isdigit() or token[:1] == "-":
            word = self.take()
            return Constant(word.start, word.end, float(token) if "." in token else int(token))
        if token in KEYWORDS:
            word = self.take()
            return Constant(word.start, word.end, KEYWORDS[token])
        return None

    def filters(self) -> list[Filter]:
        """`| name(args)`, as often as it stands there."""
        found: list[Filter] = []
        while self.peek() == "|":
            bar = self.take()
            name = self.word()
            if name is not None:
                args = tuple(self.arguments()) if self.peek() == "(" else ()
                found.append(Filter(bar.start, self.tag.tokens[self.place - 1].end, name, args))
        return found

    def arguments(self) -> list[tuple[Word | None, Path | Constant]]:
        """`(a, b: c)`; the next token is the `(`."""
        self.take()
        found: list[tuple[Word | None, Path | Constant]] = []
        while self.more() and self.peek() != ")":
            following = self.tag.tokens[self.place + 1].text if self.place + 1 < len(self.tag.tokens) else ""
            name = self.take() if _is_name(self.peek()) and following in (":", "=") else None
            if name is not None:
                self.take()
            value = self.constant() or self.path()
            if value is None:
                return found
            found.append((name, value))
            if self.peek() == ",":
                self.take()
            elif self.peek() != ")":
                self.complain("`,` or `)` is missing")
                return found
        if self.more():
            self.take()
        else:
            self.complain("`)` is missing")
        return found

    def loop_head(self) -> tuple[Word | None, Path | None]:
        """`x in path`."""
        name = self.word()
        if name is None:
            return None, None
        if self.peek() != "in":
            self.complain("`in` is missing: `{{#for x in path}}`")
            return name, None
        self.take()
        return name, self.path()

    def condition(self) -> Condition:
        """`c and c or not c`, `and` binding tighter; a hole is a path that is nothing."""
        return self._joined("or", lambda: self._joined("and", self._negation))

    def _joined(self, op: Literal["and", "or"], read: Callable[[], Condition]) -> Condition:
        operands = [read()]
        while self.peek() == op:
            self.take()
            operands.append(read())
        if len(operands) == 1:
            return operands[0]
        return Condition(operands[0].start, operands[-1].end, op, operands=tuple(operands))

    def _negation(self) -> Condition:
        if self.peek() != "not":
            return self._comparison()
        word = self.take()
        operand = self._negation()
        return Condition(word.start, operand.end, "not", operands=(operand,))

    def _comparison(self) -> Condition:
        path = self.path()
        if path is None:
            return Condition(self.tag.start, self.tag.end, "path")
        op = COMPARISONS.get(self.peek())
        if op is None:
            return Condition(path.start, path.end, "path", path)
        self.take()
        constant = self.constant()
        if constant is None:
            self.complain("a comparison needs a text, a number, `true`, `false` or `null` on its right")
            return Condition(path.start, path.end, "path", path)
        return Condition(path.start, constant.end, op, path, constant)


def _is_name(token: str) -> bool:
    return bool(token) and (token[0].isalpha() or token[0] in "_@")


def _unquote(token: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), token[1:-1], flags=re.DOTALL)
