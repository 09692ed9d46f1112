"""String-like literals: what they say is sacred. Dedented ones over several lines move along with their code."""

from __future__ import annotations

from typing import Final

from nexa.compiler.format.boxes import Raw
from nexa.compiler.format.printer import Doc
from nexa.compiler.format.source import Source
from nexa.syntax import Node

_DEDENTED: Final = frozenset({'"""', 'f"""', 'template"""'})
_INTERPOLATIONS: Final = frozenset({"interpolation", "f_interpolation"})


def literal(source: Source, node: Node) -> Doc:
    """A literal as it was written."""
    start, end = node.start_byte, node.end_byte
    if not source.breaks(start, end):
        return source.slice(start, end)
    return Raw(source.lines(start, end), source.indent(start) if _moves(source, node) else None)


def _moves(source: Source, node: Node) -> bool:
    """Whether the dedent gives the same value wherever the lines of a literal stand (section 1.7)."""
    if node.type == "python_string":
        return True
    opener = node.children[0]
    stop = opener.end_byte
    if source.word(opener) not in _DEDENTED or source.text[stop : stop + 1] not in (b"\n", b"\r"):
        return False
    inside = (part for part in node.children if part.type in _INTERPOLATIONS)
    return not any(source.breaks(part.start_byte, part.end_byte) for part in inside)


TABLE = dict.fromkeys(("string", "f_string", "raw_string", "template", "python_string"), literal)
