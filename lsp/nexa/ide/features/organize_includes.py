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
        joins = bool(row) and is_plain and _gap(file, row[-1], index) == b"\n"
        if row and not joins:
            yield row
            row = []
        if is_plain:
            row.append(index)
    if row:
        yield row


def _gap(file: File, before: int, after: int) -> bytes:
    """What stands between two items, blanks and semicolons left out."""
    text = file.text[file.starts[before] + len(file.items[before].text) : file.starts[after]]
    return text.translate(None, b" \t;\r")


def _sorted(project: Project, file: File, row: list[int]) -> TextEdit | None:
    if len(row) < 2 or not _are_declarations(project, file):
        return None
    texts = {index: file.items[index].text.rstrip(b"; ").decode("utf-8", "replace") for index in row}
    ordered = dict.fromkeys(texts[index] for index in sorted(row, key=lambda index: (_path(file, index), index)))
    once = {_path_in(text): text for text in reversed(ordered)}
    wanted = [text for text in ordered if once.get(_path_in(text)) == text]
    start = file.starts[row[0]]
    end = file.starts[row[-1]] + len(file.items[row[-1]].text)
    newline = "\r\n" if b"\r\n" in file.text[start:end] else "\n"
    new = newline.join(wanted)
    return (
        None if file.text[start:end].decode("utf-8", "replace") == new else TextEdit(file.path, Span(start, end), new)
    )


def _path(file: File, index: int) -> str:
    node = file.items[index].node
    assert isinstance(node, ast.Include)
    return (node.path.plain if node.path is not None else None) or ""


def _path_in(text: str) -> str:
    return text.partition("include")[2].strip().strip("\"'")


def _are_declarations(project: Project, file: File) -> bool:
    """Whether the included files hold nothing that runs when they are included."""
    targets = project.links.targets.get(file.path, ())
    included = [project.file(target) for target in targets if target is not None]
    return all(isinstance(item.node, ast.Declaration) for one in included if one is not None for item in one.items)
