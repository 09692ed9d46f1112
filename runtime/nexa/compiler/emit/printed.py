"""A program as readable Python text that runs by itself, with a table from its lines to the Nexa source."""

from __future__ import annotations

import ast as python
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from nexa.compiler.emit import py
from nexa.compiler.emit.compiled import emitted
from nexa.compiler.version import VERSION

if TYPE_CHECKING:
    from nexa.compiler.emit.program import EmittedFile
    from nexa.compiler.program import Program

SpanRow = tuple[str, int, int, int, int]
"""File, line, column, end line, end column: lines from 1, columns in UTF-8 bytes from 0."""


def printed(program: Program) -> str:
    """The whole program in one module. The same program gives the same text."""
    made = emitted(program)
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
    lines += ["", 'if __name__ == "__main__":', "    nx.main(nexa_program)", ""]
    table = ["", "nexa_spans = {", *_rows(spans), "}"]
    at = next(number for number, line in enumerate(lines) if line.startswith("nexa_program = nx.program("))
    head, tail = lines[:at], lines[at:]
    tail[0] = tail[0].replace("nx.program(", "nx.program(spans=nexa_spans, ", 1)
    return "\n".join([*head, *table, *tail])


def _rows(spans: dict[int, SpanRow]) -> Iterator[str]:
    for line, row in sorted(spans.items()):
        yield f"    {line}: {row!r},"


def _print_unit(unit: EmittedFile, lines: list[str], spans: dict[int, SpanRow]) -> None:
    """Print a unit's statements; a comment names the Nexa line above each top-level one."""
    for statement in unit.tree.body:
        if isinstance(statement, python.Import):
            continue
        is_last = isinstance(statement, python.Assign) and _assigns(statement, "nexa_program")
        lines.append("")
        if not is_last:
            lines.append(f"# nx:{unit.path}:{statement.lineno}")
        text = python.unparse(statement)
        first = len(lines) + 1
        lines.extend(text.split("\n"))
        if not is_last:
            _map_lines(unit.path, statement, text, first, spans)


def _assigns(statement: python.Assign, name: str) -> bool:
    return any(isinstance(one, python.Name) and one.id == name for one in statement.targets)


def _map_lines(path: str, statement: py.Stmt, text: str, first: int, spans: dict[int, SpanRow]) -> None:
    """The place of each printed line: read back what was printed, and walk both trees side by side."""
    again = python.parse(text).body[0]
    for printed_node, node in _pairs(again, statement):
        if isinstance(node, python.stmt | python.ExceptHandler):
            place = _place_of(node)
            row = (path, place.lineno, place.col_offset, place.end_lineno or 0, place.end_col_offset or 0)  # type: ignore[attr-defined]
            spans.setdefault(first + printed_node.lineno - 1, row)  # type: ignore[attr-defined]  # both are statements


def _place_of(node: python.AST) -> python.AST:
    """What a traceback would point at in a statement: the value that it computes, where it has one."""
    value = getattr(node, "value", None) or getattr(node, "test", None) or getattr(node, "iter", None)
    return value if isinstance(value, python.expr) else node


def _pairs(one: python.AST, other: python.AST) -> Iterator[tuple[python.AST, python.AST]]:
    """The statements of two trees of the same shape, parents first."""
    pending = [(one, other)]
    while pending:
        left, right = pending.pop()
        yield left, right
        for field in ("body", "orelse", "handlers", "finalbody"):
            before, after = getattr(left, field, []), getattr(right, field, [])
            if isinstance(before, list) and isinstance(after, list):
                pending.extend(zip(before, after, strict=False))
