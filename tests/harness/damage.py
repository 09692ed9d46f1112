"""Damage to the text of one declaration, as no person would plan it: what is cut, swapped, pasted, misspelt.

The kinds know nothing of syntax: they see words, signs, lines and characters. What leaves nothing but closing brackets
is left out: that declaration is gone, and so it is right to say so where it is used.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import islice

from harness.slip import Slip
from harness.split import damaged_programs

TOKEN = re.compile(r'[^\W\d]\w*|\d[\w.]*|"""|\|>>|&>>|>>|\|>|\|\||&&|\?\?|=>|->|::|\.\.|[=!<>]=|#\{|[^\w\s]')
WORDS = (
    "agent", "tool", "protocol", "flow", "fn", "type", "struct", "enum", "trait", "impl", "job", "server", "kv", "let",
    "include", "use", "test", "implements", "for", "if", "else", "in", "while", "loop", "match", "return", "try",
    "catch", "until", "merge", "to", "prompt", "role", "list", "self", "{", "}", "(", ")", "[", "]", ",", ";", ":", ".",
    "=", "=>", "::", ">>", "|>>", "??", "?", "|", "@", "#", "~", '"', "'", "`", '"""', "#{", "//", "/*", "*/", "1",
    "2.5", "3s", '"x"', 'f"',
)  # fmt: skip
MARKS = ("{", "}", "(", ")", "[", "]", '"', "'", "`", '"""', "#{", "/*", "*/", "//")
CHARS = "{}()[]\"'`,;:.=<>|&!?@#$%^*-+/\\~ \n\té中😀0aZ_"
_GONE = re.compile(r"[\s})\]\"';,]*")
_HEAD = re.compile(
    r"\s*(?:agent|tool|protocol|flow|fn|type|struct|enum|trait|impl|job|server|db|auth|kv|let|include|@|})"
)

Change = tuple[int, int, str]
"""`text[start:end]` becomes something else."""


def damages(seed: int, count: int) -> Iterator[Slip]:
    """Damage to all programs that we have, the same for the same seed."""
    return islice(_made(random.Random(seed)), count)


def _made(rng: random.Random) -> Iterator[Slip]:
    programs = damaged_programs()
    while True:
        path, text, start, end = rng.choice(programs)
        body = text[start:end].decode()
        kind = rng.choice(KINDS)
        change = kind(rng, body)
        if change is None:
            continue
        first, last, new = change
        after = body[:first] + new + body[last:]
        if after != body and not _GONE.fullmatch(after):
            low, high = (start + len(body[:at].encode()) for at in (first, last))
            yield Slip(kind.__name__.strip("_"), path, low, high, new.encode())


def _tokens(body: str) -> list[tuple[int, int]]:
    return [found.span() for found in TOKEN.finditer(body)]


def _lines(body: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"[^\n]+\n?|\n", body)]


def _token_goes(rng: random.Random, body: str) -> Change | None:
    return (*rng.choice(_tokens(body)), "")


def _token_twice(rng: random.Random, body: str) -> Change | None:
    start, end = rng.choice(_tokens(body))
    return end, end, rng.choice(("", " ")) + body[start:end]


def _tokens_change_places(rng: random.Random, body: str) -> Change | None:
    found = _tokens(body)
    if len(found) < 2:
        return None
    at = rng.randrange(len(found) - 1)
    (start, middle), (begin, end) = found[at], found[at + 1]
    return start, end, body[begin:end] + body[middle:begin] + body[start:middle]


def _word_comes(rng: random.Random, body: str) -> Change | None:
    at = rng.choice(rng.choice(_tokens(body)))
    return at, at, rng.choice((" ", "")) + rng.choice(WORDS) + rng.choice((" ", ""))


def _mark_comes(rng: random.Random, body: str) -> Change | None:
    at = rng.randint(0, len(body))
    return at, at, rng.choice(MARKS)


def _mark_goes(rng: random.Random, body: str) -> Change | None:
    found = [at for at, char in enumerate(body) if char in "{}()[]\"'`"]
    at = rng.choice(found) if found else None
    return None if at is None else (at, at + 1, "")


def _lines_go(rng: random.Random, body: str) -> Change | None:
    lines = _lines(body)
    first = rng.randrange(len(lines))
    last = min(first + rng.randint(1, 3), len(lines)) - 1
    return (lines[first][0], lines[last][1], "") if last - first + 1 < len(lines) else None


def _line_twice(rng: random.Random, body: str) -> Change | None:
    start, end = rng.choice(_lines(body))
    return end, end, body[start:end] if body[start:end].endswith("\n") else "\n" + body[start:end]


def _line_in_comment(rng: random.Random, body: str) -> Change | None:
    start = rng.choice(_lines(body))[0]
    return start, start, "// "


def _line_breaks_off(rng: random.Random, body: str) -> Change | None:
    start, end = rng.choice(_lines(body))
    end -= body[start:end].endswith("\n")
    return (rng.randint(start + 1, end), end, "") if end - start > 1 else None


def _lines_join(rng: random.Random, body: str) -> Change | None:
    found = [match.span() for match in re.finditer(r"\n\s*", body)]
    return (*rng.choice(found), rng.choice((" ", ""))) if found else None


def _line_is_broken(rng: random.Random, body: str) -> Change | None:
    at = rng.choice(_tokens(body))[0]
    return at, at, "\n"


def _line_of_another(rng: random.Random, body: str) -> Change | None:
    lines = _lines(body)
    _, text, start, end = rng.choice(damaged_programs())
    line = rng.choice(text[start:end].decode().splitlines() or [""])
    if _HEAD.match(line) or not line.strip():
        return None
    at = rng.choice(lines)[1]
    return at, at, ("" if body[:at].endswith("\n") else "\n") + rng.choice((line, line.strip())) + "\n"


def _end_goes(rng: random.Random, body: str) -> Change | None:
    return rng.randint(1, len(body)), len(body), ""


def _beginning_goes(rng: random.Random, body: str) -> Change | None:
    return 0, rng.randint(1, len(body)), ""


def _piece_goes(rng: random.Random, body: str) -> Change | None:
    start = rng.randint(0, len(body))
    end = min(len(body), start + rng.randint(1, 120))
    return (start, end, "") if body.count("\n", start, end) <= 2 else None


def _word_is_misspelt(rng: random.Random, body: str) -> Change | None:
    found = [(start, end) for start, end in _tokens(body) if end - start > 2 and body[start].isalpha()]
    if not found:
        return None
    start, end = rng.choice(found)
    at = rng.randrange(start, end - 1)
    return at, at + 2, rng.choice((body[at], body[at + 1] + body[at], body[at] * 2 + body[at + 1], body[at] + "x"))


def _char_changes(rng: random.Random, body: str) -> Change | None:
    at = rng.randint(0, len(body))
    return at, min(len(body), at + rng.choice((0, 1))), rng.choice(CHARS)


KINDS: tuple[Callable[[random.Random, str], Change | None], ...] = (
    _token_goes, _token_twice, _tokens_change_places, _word_comes, _mark_comes, _mark_goes, _lines_go, _line_twice,
    _line_in_comment, _line_breaks_off, _lines_join, _line_is_broken, _line_of_another, _end_goes, _beginning_goes,
    _piece_goes, _word_is_misspelt, _char_changes,
)  # fmt: skip
