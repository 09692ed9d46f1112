"""Why something cannot be renamed, in words for the person who asked; and how a place is called in them."""

from __future__ import annotations

from nexa.compiler.analysis import Project


class Refusal(Exception):  # noqa: N818  # not a mistake of anybody
    """`message` is a whole sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def shown_place(project: Project, path: str, offset: int) -> str:
    """`lib.nxlib:3:7`: file, line and column, counted from 1 in code points."""
    file = project.file(path)
    name = path.replace("\\", "/").rpartition("/")[2]
    if file is None:
        return name
    line, column = file.lines.position(offset, "utf-32")
    return f"{name}:{line + 1}:{column + 1}"
