"""Corpus files of tree-sitter: named sources and the trees that they have to become.

The format is that of `tree-sitter test`. A case marked `:error` has to have an `ERROR` or `MISSING` node; one marked
`:language(secrets)` is read by that grammar. `python tests/harness/corpus.py FILE …` writes the trees that the
grammar gives now into the files, to be read before they are committed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from nexa.syntax import Grammar, parse

_BAR = re.compile(r"^={3,}$", re.MULTILINE)
_RULE = re.compile(r"^-{3,}$", re.MULTILINE)
_TOKEN = re.compile(r"\s*(\(MISSING [^)]*\)|\(UNEXPECTED '.'\)|\(|\)|[^\s()]+:|[^\s()]+)")


@dataclass(frozen=True)
class Case:
    """One entry of a corpus file."""

    name: str
    attributes: tuple[str, ...]
    source: str
    tree: str

    @property
    def grammar(self) -> Grammar:
        """Which grammar reads the source."""
        found = [re.match(r":language\((\w+)\)", attribute) for attribute in self.attributes]
        return cast("Literal['nexa', 'secrets']", next((match[1] for match in found if match), "nexa"))


def cases(path: Path) -> Iterator[Case]:
    """The entries of a file."""
    _, *parts = _BAR.split(path.read_text(encoding="utf-8"))
    for head, body in zip(parts[::2], parts[1::2], strict=True):
        name, *attributes = head.strip().splitlines()
        source, tree = _RULE.split(body)
        yield Case(name, tuple(attributes), source.strip("\n"), " ".join(tree.split()))


def tree_of(case: Case) -> str:
    """The tree that the grammar gives, as one line."""
    return str(parse(case.source.encode(), case.grammar).root)


def pretty(tree: str) -> str:
    """A tree with one node on each line."""
    out: list[str] = []
    depth = 0
    field = ""
    for match in _TOKEN.finditer(tree):
        token = match[1]
        if token.endswith(":"):
            field = token + " "
        elif token == "(":
            out.append("\n" + "  " * depth + field + "(")
            depth, field = depth + 1, ""
        elif token == ")":
            out.append(")")
            depth -= 1
        elif token.startswith("("):
            out.append("\n" + "  " * depth + field + token)
            field = ""
        else:
            out.append(token)
    return "".join(out).strip()


def _rewrite(path: Path) -> None:
    texts = []
    for case in cases(path):
        head = "\n".join([case.name, *case.attributes])
        bar = "=" * 80
        texts.append(f"{bar}\n{head}\n{bar}\n\n{case.source}\n\n{'-' * 80}\n\n{pretty(tree_of(case))}\n")
    path.write_text("\n".join(texts), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        _rewrite(Path(name))
