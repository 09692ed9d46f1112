"""The includes of a file in order, each once."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.rule import TextEdit
from nexa.syntax import Span


def organize_includes(project: Project, path: str) -> list[TextEdit]:
    """Rows of includes on neighbouring lines are sorted by path, and what is included again is dropped.

    A row whose files run something when they are included stays as it is: their order counts.
    """
    file = project.file(path)
    if file is None or file.language == "nxs":
        return []
    return [edit for row in _rows(file) if (edit := _sorted(project, file, row)) is not None]


def _rows(file: File) -> Iterator[list[int]]:
    """The indices of includes that stand on neighbouring lines, one on each."""
    row: list[int] = []
    for index, item in enumerate(file.items):
        node = item.node
        is_plain = isinstance(node, ast.Include) and node.path is not None and node.path.plain and not item.slips
        if is_plain and _line_end(file, index) is None:
            is_plain = False
        joins = bool(row) and is_plain and _are_neighbours(file, row[-1], index)
        if row and not joins:
            yield row
            row = []
        if is_plain:
            row.append(index)
    if row:
        yield row


def _line_end(file: File, index: int) -> int | None:
    """Where the line of an include ends, a comment behind it included; None where something else follows there."""
    end = file.starts[index] + len(file.items[index].text)
    tail = file.text[end : file.lines.content(file.lines.line(end))[1]]
    said = tail.lstrip(b" \t;")
    return end + len(tail) if not said or said.startswith(b"//") else None


def _are_neighbours(file: File, before: int, after: int) -> bool:
    """Whether one stands on the line below the other, with nothing between them."""
    end = _line_end(file, before)
    return end is not None and file.text[end : file.starts[after]].translate(None, b" \t\r") == b"\n"


def _sorted(project: Project, file: File, row: list[int]) -> TextEdit | None:
    if len(row) < 2 or not _are_declarations(project, file):
        return None
    end = _line_end(file, row[-1]) or 0
    ordered = sorted(row, key=lambda index: (_path(file, index), index))
    # What is said about an include stays, however often it is there.
    noted = {_path(file, index) for index in ordered if _has_note(file, index)}
    wanted: dict[bytes, str] = {}
    for index in ordered:
        path = _path(file, index)
        if _has_note(file, index) or path not in (*noted, *wanted.values()):
            wanted[_line(file, index)] = path
    start = file.starts[row[0]]
    new = (b"\r\n" if b"\r\n" in file.text[start:end] else b"\n").join(wanted)
    if file.text[start:end] == new:
        return None
    return TextEdit(file.path, Span(start, end), new.decode("utf-8", "replace"))


def _line(file: File, index: int) -> bytes:
    """An include with what is said behind it."""
    line = file.text[file.starts[index] : _line_end(file, index)].rstrip()
    return line if _has_note(file, index) else line.rstrip(b"; \t")


def _has_note(file: File, index: int) -> bool:
    """Whether a comment stands behind an include."""
    end = file.starts[index] + len(file.items[index].text)
    return b"//" in file.text[end : _line_end(file, index)]


def _path(file: File, index: int) -> str:
    node = file.items[index].node
    assert isinstance(node, ast.Include)
    return (node.path.plain if node.path is not None else None) or ""


def _are_declarations(project: Project, file: File) -> bool:
    """Whether the included files hold nothing that runs when they are included."""
    targets = project.links.targets.get(file.path, ())
    included = [project.file(target) for target in targets if target is not None]
    return all(isinstance(item.node, ast.Declaration) for one in included if one is not None for item in one.items)
