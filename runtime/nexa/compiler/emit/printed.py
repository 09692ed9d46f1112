"""A program as readable Python text that runs by itself, with a table from its lines to the Nexa source."""

from __future__ import annotations

import ast as python
import os
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from nexa.compiler.emit import py
from nexa.compiler.emit.compiled import emitted
from nexa.compiler.emit.layout import laid_out
from nexa.compiler.emit.program import MODULE
from nexa.compiler.version import VERSION

if TYPE_CHECKING:
    from nexa.compiler.emit.program import EmittedFile
    from nexa.compiler.emit.symbols import SourceFile
    from nexa.compiler.program import Program


class TooDeepForTextError(Exception):
    """The program nests more blocks than Python text can be indented; compiled, it runs."""


SpanRow = tuple[str, int, int, int, int]
"""File, line, column, end line, end column: lines from 1, columns in UTF-8 bytes from 0."""


def printed(program: Program, out_folder: str = ".", type_mode: str | None = None, *, is_parallel: bool = False) -> str:
    """The whole program in one module, to be kept in `out_folder`. The same program gives the same text.

    Paths in it are relative to that folder, so that module and sources can move together. `type_mode` is what its
    wrong types do unless a run says otherwise.
    """

    def show(path: str) -> str:
        return _relative(path, out_folder)

    def beside(file: SourceFile) -> py.Expr:
        return py.nx_call("beside", py.name("__file__"), py.const(_relative(file.folder or ".", out_folder)))

    made = emitted(program, show, beside, is_parallel=is_parallel)
    digest = sha256(b"\0".join(file.text for file in made.files)).hexdigest()[:16]
    lines = [
        f"# Made from {made.files[-1].path} by nexa {VERSION} (source {digest}). Do not edit.",
        "from __future__ import annotations",
        "",
        "import nexa.runtime as nx",
    ]
    spans: dict[int, SpanRow] = {}
    for unit in made.units:
        _print_unit(unit, lines, spans)
    lines += ["", "# Where the lines above come from: file, line, column, end line, end column."]
    lines += ["nexa_spans = {", *_rows(spans), "}"]
    last = made.units[-1].tree.body[-1]
    assert isinstance(last, python.Assign)  # the program's last line
    lines += ["", *laid_out(python.unparse(_with_table(last)))]
    built_with = f", type_mode={type_mode!r}" if type_mode else ""
    return "\n".join([*lines, "", 'if __name__ == "__main__":', f"    nx.main(nexa_program{built_with})", ""])


def _with_table(last: python.Assign) -> python.Assign:
    """`nexa_program = nx.program(…)` with what only a built module has."""
    assert isinstance(last.value, python.Call)  # as above
    more = [python.keyword("spans", py.name("nexa_spans")), python.keyword("file", py.name("__file__"))]
    return python.Assign(
        last.targets, python.Call(last.value.func, [], [*last.value.keywords, *more]), lineno=1, col_offset=0
    )


def _relative(path: str, folder: str) -> str:
    """A path as seen from a folder; absolute where they have no folder in common (Windows drives)."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:
        return path


def _rows(spans: dict[int, SpanRow]) -> Iterator[str]:
    for line, row in sorted(spans.items()):
        yield f"    {line}: {row!r},"


def _print_unit(unit: EmittedFile, lines: list[str], spans: dict[int, SpanRow]) -> None:
    """Print a unit's statements; a comment names the Nexa line above each."""
    for statement in unit.tree.body:
        if isinstance(statement, python.Import) or _is_last(statement):
            continue
        lines += ["", f"# nx:{unit.path}:{statement.lineno}"]
        text = "\n".join(laid_out(python.unparse(statement)))
        _map_lines(unit.path, statement, text, len(lines), spans)
        lines += text.split("\n")


def _is_last(statement: py.Stmt) -> bool:
    """Whether it is the line that hands the program over."""
    return isinstance(statement, python.Assign) and any(
        isinstance(one, python.Name) and one.id == MODULE for one in statement.targets
    )


def _map_lines(path: str, statement: py.Stmt, text: str, before: int, spans: dict[int, SpanRow]) -> None:
    """The place of each printed line: read back what was printed, and walk both trees side by side."""
    try:
        read = python.parse(text).body[0]
    except IndentationError:
        raise TooDeepForTextError(f"{path}: more than 100 blocks inside each other have no Python text") from None
    for again, node in _pairs(read, statement):
        if not isinstance(again, python.stmt | python.excepthandler | python.expr):
            continue
        found = _place_of(node)
        row = (path, found.lineno, found.col_offset, found.end_lineno or 0, found.end_col_offset or 0)
        spans.setdefault(before + again.lineno, row)


def _place_of(node: python.AST) -> python.stmt | python.expr | python.excepthandler:
    """What a traceback would point at in a statement: the value that it computes, where it has one."""
    for part in ("value", "test", "iter", "exc"):
        value = getattr(node, part, None)
        if isinstance(node, python.stmt) and isinstance(value, python.expr):
            return value
    assert isinstance(node, python.stmt | python.expr | python.excepthandler)  # the caller has looked at its twin
    return node


def _pairs(one: python.AST, other: python.AST) -> Iterator[tuple[python.AST, python.AST]]:
    """The nodes of two trees, parents first, as far as they have the same shape."""
    pending = [(one, other)]
    while pending:
        left, right = pending.pop()
        if type(left) is not type(right):
            continue  # `-1` is one node where it was emitted, and two where it was read
        yield left, right
        below = list(zip(python.iter_child_nodes(left), python.iter_child_nodes(right), strict=False))
        pending.extend(reversed(below))
