"""Names that other files of the workspace declare: taking one includes its file as well."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import Declared
from nexa.compiler.file import File
from nexa.compiler.include import candidates, closure
from nexa.compiler.rule import TextEdit
from nexa.ide.features.completion.candidates import ELSEWHERE, Candidate, CandidateKind, call
from nexa.ide.features.completion.matching import match
from nexa.syntax import Span

SHORTEST = 2
"""Letters that have to be typed before names of files that are not included are offered."""


def elsewhere(
    project: Project,
    file: File,
    typed: str,
    kinds: Iterable[str],
    namespace: str,
    paths: Callable[[str], Iterable[str]],
    *,
    is_called: bool = False,
    is_fed: bool = False,
) -> Iterator[Candidate]:
    """What files declare that could be included, by the beginning of a name; `paths` tells which ones may.

    `is_called` calls functions; `is_fed` leaves out those that cannot be fed one value.
    """
    if len(typed) < SHORTEST:
        return
    wanted = set(kinds)
    included = {path for program in project.programs_with(file.path) for path in program.files}
    for path in paths(typed):
        other = None if path in included or path.endswith(".nxs") else project.file(path)
        if other is None or not _may_be_included(project, other, file):
            continue
        for one in other.exports:
            if one.namespace != namespace or one.kind not in wanted or match(one.name, typed) is None:
                continue
            if not is_fed or _takes_one(one.node):
                yield _candidate(file, other, one, is_called=is_called)


def _takes_one(node: ast.Node) -> bool:
    if not isinstance(node, ast.Function | ast.Flow):
        return True
    return bool(node.params) and sum(param.default is None for param in node.params) <= 1


def _may_be_included(project: Project, other: File, file: File) -> bool:
    """A program of its own, and what includes this file, cannot be included."""
    is_program = any(one.kind == "flow" and one.name == "main" for one in other.exports)
    named = {
        path for text in other.include_texts for path in candidates(other.path, text, project.settings.include_paths)
    }
    return not is_program and file.path not in named and file.path not in closure(other.path, project.links)


def _candidate(file: File, other: File, one: Declared, *, is_called: bool) -> Candidate:
    kind: CandidateKind = "variable" if one.kind == "doubtful" else one.kind
    found = Candidate(one.name, kind, ELSEWHERE, ("declared", other.path, one.namespace, one.name))
    relative = relative_path(file.path, other.path)
    found.origin = f'include "{relative}"'
    found.edits = (include_edit(file, relative),)
    if is_called and isinstance(one.node, ast.Function | ast.Flow):
        needed = [param.name.text for param in one.node.params if param.default is None]
        call(found, needed, has_any=bool(one.node.params))
    return found


def relative_path(including: str, included: str) -> str:
    """How an `include` in one file names another."""
    folder = os.path.dirname(including)  # noqa: PTH120  # pure text, as in `compiler.include`
    return os.path.relpath(included, folder or os.sep).replace(os.sep, "/")


def include_edit(file: File, path: str) -> TextEdit:
    """Writes an `include` behind the last one, or at the top behind the comment that opens the file."""
    line = f'include "{path}"\n'
    rows = [index for index, item in enumerate(file.items) if isinstance(item.node, ast.Include)]
    if rows:
        last = rows[-1]
        at = file.starts[last] + len(file.items[last].text)
        return TextEdit(file.path, Span(at, at), "\n" + line.rstrip("\n"))
    at = _top(file)
    return TextEdit(file.path, Span(at, at), line + ("\n" if file.text[at : at + 1] not in (b"", b"\n", b"\r") else ""))


def _top(file: File) -> int:
    """Behind a byte-order mark, `#!` and the comments at the top that belong to no declaration."""
    lines, line = file.lines, 0
    at = 3 if file.text.startswith(b"\xef\xbb\xbf") else 0
    while line < len(lines):
        start, end = lines.content(line)
        text = file.text[max(start, at) : end].lstrip()
        if not text.startswith((b"#!", b"//")) or text.startswith(b"///"):
            break
        line += 1
    return max(lines.start(line), at) if line < len(lines) else len(file.text)
