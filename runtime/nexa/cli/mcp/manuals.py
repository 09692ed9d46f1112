"""The language reference, by section, as it is packaged with us (a copy of docs/language/reference.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HEADING = re.compile(r"^(#{2,4}) (.+)$", re.MULTILINE)
_NUMBER = re.compile(r"(\d+(?:\.\d+[a-z]?)*)\.? (.+)")


@dataclass(frozen=True, slots=True)
class Section:
    """`key` names it in a URI (`2.3`); `depth` is 1 for a chapter; `text` is Markdown, its parts included."""

    key: str
    title: str
    depth: int
    text: str

    @property
    def uri(self) -> str:
        """Of the resource."""
        return f"nexa://reference/{self.key}"


@cache
def sections() -> tuple[Section, ...]:
    """In the order of the reference; each with the text of its parts."""
    text = files("nexa.cli.mcp").joinpath("reference.md").read_text(encoding="utf-8")
    headings = [one for one in _HEADING.finditer(text) if text.count("\n```", 0, one.start()) % 2 == 0]
    found = []
    for at, one in enumerate(headings):
        depth = len(one[1])
        end = next((other.start() for other in headings[at + 1 :] if len(other[1]) <= depth), len(text))
        key, title = _named(one[2])
        found.append(Section(key, title, depth - 1, text[one.start() : end].strip()))
    return tuple(found)


def section(key: str) -> Section | None:
    """The section of a number or a heading, in whatever case."""
    wanted = key.strip().strip("§").rstrip(".").casefold()
    exact = (one for one in sections() if wanted in (one.key.casefold(), one.title.casefold()))
    return next(exact, None)


def search(words: str, limit: int) -> list[Section]:
    """The smallest sections that have every word, those with a word in their title first."""
    wanted = words.casefold().split()
    found = [one for one in sections() if all(word in one.text.casefold() for word in wanted)]
    smallest = [one for one in found if not any(one is not other and other.text in one.text for other in found)]
    return sorted(smallest, key=lambda one: -_score(one, wanted))[:limit]


def _score(one: Section, words: list[str]) -> float:
    title, text = one.title.casefold(), one.text.casefold()
    return sum(10 * (word in title) + text.count(word) / (1 + len(text) / 1000) for word in words)


def _named(heading: str) -> tuple[str, str]:
    plain = heading.replace("`", "")
    numbered = _NUMBER.fullmatch(plain)
    if numbered is not None:
        return numbered[1], plain
    code = re.match(r"NX(\d)xx", plain)
    if code is not None:
        return f"NX{code[1]}xx", plain
    return plain, plain
