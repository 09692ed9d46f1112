"""What a template says: `{{ path | filter }}`, `{{#if}}`, `{{#for}}`, `{{> partial}}`.

Offsets count code points of the template's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Operator = Literal["path", "not", "and", "or", "==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: NX119."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Word:
    """One name with its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Path:
    """`a.b.c`, `@index`, `this`."""

    start: int
    end: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """A string, number, `true`, `false` or `null` in an argument or a comparison."""

    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Filter:
    """`| name(args)`; an argument is `(name or None, value)`."""

    start: int
    end: int
    name: Word
    args: tuple[tuple[Word | None, Path | Constant], ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Output:
    """`{{ path | filter }}`, or `{{{ path }}}` (`escape` false)."""

    start: int
    end: int
    path: Path
    filters: tuple[Filter, ...]
    escape: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """`path`, `not c`, `path op literal`, or operands joined by `and`/`or`."""

    start: int
    end: int
    op: Operator
    path: Path | None = None
    literal: Constant | None = None
    operands: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """One `{{#if c}}` or `{{#elif c}}` and what follows."""

    start: int
    end: int
    condition: Condition
    body: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`{{#if}} … {{/if}}`."""

    start: int
    end: int
    branches: tuple[Branch, ...]
    otherwise: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class For:
    """`{{#for x in path}} … {{#empty}} … {{/for}}`."""

    start: int
    end: int
    name: Word
    path: Path
    body: tuple[Part, ...]
    empty: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """`{{> name [path]}}`."""

    start: int
    end: int
    name: Word
    path: Path | None


Part = Text | Output | If | For | Partial


@dataclass(frozen=True, slots=True)
class Parsed:
    """A template as read."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
