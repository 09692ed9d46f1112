"""The TextMate grammars of the VS Code extension, as other editors' formats are made from them.

Some formats give a whole match one colour, where TextMate gives one to each group: `sequences` takes an expression
apart.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Rule = dict[str, Any]

LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


def grammar(name: str) -> Rule:
    """One of `nexa` and `nexa-secrets`."""
    path = ROOT / "vscode-extension" / "syntaxes" / f"{name}.tmLanguage.json"
    read: Rule = json.loads(path.read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True)
class Piece:
    """A part of an expression: the number of the group that it is, or 0."""

    text: str
    group: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it looks without taking anything."""
        return self.text.startswith(LOOKS) or self.text in ("^", "$")


def alternatives(expression: str) -> list[str]:
    """What stands between the `|` that are in no group."""
    found, start = [], 0
    for atom, end in _atoms(expression):
        if atom == "|":
            found.append(expression[start : end - 1])
            start = end
    return [*found, expression[start:]]


def sequences(expression: str) -> list[list[Piece]]:
    """Each way to read an expression, as the pieces that follow each other.

    A group is one piece. What lies around groups is optional or one of several is written out.
    """
    numbers = itertools.count(1)
    return list(_read(expression, numbers))


def _read(expression: str, numbers: Iterator[int]) -> list[list[Piece]]:
    read = []
    for alternative in alternatives(expression):
        ways: list[list[Piece]] = [[]]
        for atom, _ in _atoms(alternative):
            choices = _choices(atom, numbers)
            ways = [[*way, *more] for way in ways for more in choices]
        read += ways
    return read


def _choices(atom: str, numbers: Iterator[int]) -> list[list[Piece]]:
    """The ways to read one atom with its quantifier."""
    body, quantifier = _quantified(atom)
    if body.startswith("(?:") and _has_groups(body):
        inner = _read(body[3:-1], numbers)
        return inner if not quantifier else [*inner, []]
    if body.startswith("(") and not body.startswith("(?"):
        piece = [Piece(body[1:-1], next(numbers))]
        return [piece] if not quantifier else [piece, []]
    return [[Piece(atom)]]


def _has_groups(body: str) -> bool:
    return any(
        inner.startswith("(") and (not inner.startswith("(?") or (inner.startswith("(?:") and _has_groups(inner)))
        for inner, _ in ((_quantified(atom)[0], end) for atom, end in _atoms(body[3:-1]))
    )


def _quantified(atom: str) -> tuple[str, str]:
    """An atom without its quantifier, and that."""
    bare = atom.rstrip("?*+") if atom[-1] in "?*+" and len(atom) > 1 and atom[-2] != "\\" else atom
    return bare, atom[len(bare) :]


def _atoms(expression: str) -> Iterator[tuple[str, int]]:
    """Groups, classes, escapes and characters with their quantifiers, and where each ends."""
    at = 0
    while at < len(expression):
        end = _end_of_atom(expression, at)
        while end < len(expression) and expression[at] != "|" and expression[end] in "?*+":
            end += 1
        if end < len(expression) and expression[end] == "{" and expression[end + 1].isdigit():
            end = expression.index("}", end) + 1
        yield expression[at:end], end
        at = end


def _end_of_atom(expression: str, at: int) -> int:
    if expression[at] == "\\":
        braced = expression[at + 1] in "pPux" and expression[at + 2 : at + 3] == "{"
        return expression.index("}", at) + 1 if braced else at + 2
    if expression[at] == "[":
        return _end_of_class(expression, at)
    if expression[at] == "(":
        depth, end = 0, at
        while True:
            if expression[end] in "([\\":
                if expression[end] == "(":
                    depth += 1
                    end += 1
                else:
                    end = _end_of_atom(expression, end)
                continue
            depth -= expression[end] == ")"
            end += 1
            if depth == 0:
                return end
    return at + 1


def _end_of_class(expression: str, at: int) -> int:
    end = at + 1 + expression.startswith("[^", at)
    while expression[end] != "]" or end == at + 1:
        end += 2 if expression[end] == "\\" else 1
    return end + 1
