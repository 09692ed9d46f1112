"""Offsets ⇄ the lines and columns that agents read and write: from 1, counted in code points, the end left out."""

from __future__ import annotations

import re
from typing import Any

from nexa.cli.analyse import BOM, locator
from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.roots import Roots
from nexa.cli.report import Place
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.visible_secrets import SECRETS_SUFFIX
from nexa.syntax import Span

Json = dict[str, Any]

MAX_LINE = 200
"""Characters of a line that are shown beside a place."""


def place_json(project: Project, roots: Roots, path: str, span: Span, *, with_text: bool = False) -> Json:
    """A place; with the text of its line, unless that may hold a secret."""
    found = locator(project)(path, span)
    place = {"path": roots.show(path), **_numbers(found)}
    file = project.file(path)
    if with_text and file is not None and not path.endswith(SECRETS_SUFFIX):
        place["text"] = line_text(file, span.start)
    return place


def _numbers(place: Place) -> Json:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def shown(place: Json) -> str:
    """A place as people write it."""
    text = f"  {place['text']}" if place.get("text") else ""
    return f"{place['path']}:{place['line']}:{place['column']}{text}"


def line_text(file: File, offset: int) -> str:
    """The line around an offset, without the blanks at its ends."""
    start, end = file.lines.content(file.lines.line(offset))
    text = file.text[start:end].decode("utf-8", "replace").strip()
    return text if len(text) <= MAX_LINE else f"{text[:MAX_LINE]}…"


def offset_of(file: File, line: int, column: int) -> int:
    """The byte offset of a place. Raises Refused for a line that is not there; a column too far is the line's end."""
    if line > len(file.lines):
        raise Refused(f"there is no line {line}; the file has {len(file.lines)}")
    before = 1 if line == 1 and file.text.startswith(BOM) else 0
    return file.lines.offset(line - 1, column - 1 + before, "utf-32")


def offset_of_word(file: File, line: int, word: str) -> int:
    """Where a name stands in a line. Raises Refused where it does not."""
    start, end = file.lines.content(min(line, len(file.lines)) - 1)
    last = word.replace("::", ".").rsplit(".", 1)[-1].encode()
    found = re.search(rb"(?<![\w.])" + re.escape(word.encode()) + rb"(?!\w)", file.text[start:end])
    found = found or re.search(rb"(?<!\w)" + re.escape(last) + rb"(?!\w)", file.text[start:end])
    if line > len(file.lines) or found is None:
        raise Refused(f"`{word}` does not stand in line {line}")
    return start + found.end() - len(last)
