"""Files and folders get other paths: what names them by their path follows, and so do the paths in files that move."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.outside import path_of
from nexa.compiler.place import moved
from nexa.compiler.rule import TextEdit
from nexa.syntax import Span

Move = tuple[str, str]
"""Old and new path of a file or folder, absolute."""


def move_edits(
    project: Project, moves: Sequence[Move], paths: Iterable[str], exists: Callable[[str], bool]
) -> list[TextEdit]:
    """The edits of some files, under their old paths, in textual order."""
    found: list[TextEdit] = []
    for path in sorted(paths):
        file = project.file(path)
        if file is not None:
            found += _of_file(project, file, moves, exists)
    return found


def moved_path(path: str, moves: Sequence[Move]) -> str:
    """Where a file is after the moves; of two that concern it the nearer one counts."""
    for old, new in sorted(moves, key=lambda move: -len(move[0])):
        if path == old:
            return new
        if path.startswith(os.path.join(old, "")):  # noqa: PTH118  # pure text, and with the separator at its end
            return new + path[len(old) :]
    return path


def _of_file(project: Project, file: File, moves: Sequence[Move], exists: Callable[[str], bool]) -> Iterator[TextEdit]:
    for written, span, target in sorted(_paths_in(project, file, exists), key=lambda one: one[1]):
        new = _rewritten(project, file.path, written, target, moves)
        if new != written:
            yield TextEdit(file.path, span, new)


def _paths_in(project: Project, file: File, exists: Callable[[str], bool]) -> Iterator[tuple[str, Span, str]]:
    """Every path that a file writes: its text, the span of that, and what it means."""
    for (index, node), target in zip(file.includes, project.links.targets.get(file.path, ()), strict=False):
        if node.path is not None and target is not None:
            yield node.path.plain or "", _inside(file, index, node.path.span), target
    for index, item in enumerate(file.items):
        for one in _named_files(item):
            written = one.plain or ""
            there = path_of(file.path, written)
            if written and "://" not in written and exists(there):
                yield written, _inside(file, index, one.span), there


def _named_files(item: ItemFacts) -> Iterator[ast.Str]:
    """The strings of an item that name files by their path from its own file."""
    for use in item.of(ast.UseItem):
        if use.form == "string" and use.text is not None:
            yield use.text
    for option in item.of(ast.Property):
        spec = PROPERTIES.get(item.construct_of(option), {}).get(option.key.text)
        if spec is not None and (spec.value == "path" or spec.name in ("uses", "tools")):
            rows = option.value.items if isinstance(option.value, ast.List) else (option.value,)
            yield from (one for one in rows if isinstance(one, ast.Str))
    yield from (static.folder for static in item.of(ast.Static))


def _inside(file: File, index: int, span: Span) -> Span:
    """A string without its quotes."""
    text = file.items[index].text
    quotes = 3 if text[span.start : span.start + 3] in (b'"""', b"'''") else 1
    return moved(Span(span.start + quotes, span.end - quotes), file.starts[index])


def _rewritten(project: Project, path: str, written: str, target: str, moves: Sequence[Move]) -> str:
    """How a path is written after the moves: the way it was, as far as that is possible."""
    new_path, new_target = moved_path(path, moves), moved_path(target, moves)
    if new_path == path and new_target == target:
        return written
    if os.path.isabs(written):  # noqa: PTH117  # pure text, as in `compiler.include`
        return new_target
    folder = os.path.dirname(new_path)  # noqa: PTH120  # as above
    if path_of(path, written) != target:
        folder = _include_folder(project, written, target, new_target) or folder
    found = os.path.relpath(new_target, folder)
    if os.path.normpath(written) == found:
        return written
    found = found.replace(os.sep, "/")
    return f"./{found}" if written.startswith("./") and not found.startswith("../") else found


def _include_folder(project: Project, written: str, target: str, new_target: str) -> str | None:
    """The include folder that a path was found in, if the file is still below it."""
    for folder in project.settings.include_paths:
        if os.path.normpath(os.path.join(folder, written)) == target:  # noqa: PTH118  # as above
            return folder if new_target.startswith(os.path.join(folder, "")) else None  # noqa: PTH118  # as above
    return None
