"""Which declarations of a program say that they implement or support a feature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nexa.cli.opened import Opened, shown
from nexa.compiler import ast


@dataclass(frozen=True, slots=True)
class Claim:
    """`// @implements: feature` before a declaration; lines and columns count from 1."""

    feature: str
    relation: str
    """`implements` or `supports`."""
    name: str
    path: str
    line: int
    column: int


def claims(program: Opened) -> Iterator[Claim]:
    """What the annotations of a program's files say, in include order."""
    for path, file in program.program.files.items():
        for index, item in enumerate(file.items):
            node = item.node
            for one in node.annotations if isinstance(node, ast.Declaration) else ():
                line, column = file.lines.position(file.starts[index] + one.start, "utf-32")
                name = getattr(node, "name", None)
                title = name.text if isinstance(name, ast.Name) else type(node).__name__.casefold()
                for feature in filter(None, (part.strip() for part in one.value.split(","))):
                    yield Claim(feature, one.key, title, shown(path), line + 1, column + 1)
