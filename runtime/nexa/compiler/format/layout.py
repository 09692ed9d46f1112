"""Top-level entries one after the other, with blank lines where they belong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from nexa.compiler.format.blocks import Entry, begin, separators
from nexa.compiler.format.boxes import Raw
from nexa.compiler.format.collect import Collector
from nexa.compiler.format.printer import Doc, Printer
from nexa.compiler.format.rows import entry
from nexa.compiler.format.source import Source
from nexa.syntax import Node, Tree

_DECLARED: Final = ("_declaration", "config_block")
"""How the kinds end of what has a blank line before it if it takes several, and so does what is above."""


class GivenUp(Exception):  # noqa: N818 - it is no error
    """Nobody wants the layout any more."""


def laid_out(
    tree: Tree, nodes: Sequence[Node], frozen: Mapping[int, int], width: int, is_current: Callable[[], bool]
) -> bytes:
    """The layout of a row of top-level nodes. `frozen` are the ranges that stay as they are: their ends by starts."""
    text = tree.text

    def build(source: Source, nodes: Sequence[Node]) -> Doc:
        if not is_current():
            raise GivenUp
        return _entry(source, nodes)

    source = Source(text, frozen, is_secrets=tree.grammar == "secrets")
    start = nodes[0].start_byte if nodes else 0
    collector = Collector(source, start, build, is_list=False, begins_line=True)
    collector.read(nodes, 0, "")
    content = collector.content
    out = Printer(width, newline_of(text))
    was_tall = False
    ends = separators(content.entries, "statements", inline=False)
    for index, (one, end) in enumerate(zip(content.entries, ends, strict=True)):
        body = _printed(source, one, end, out)
        is_tall = out.newline in body and one.kind.endswith(_DECLARED)
        is_apart = one.blank or (is_tall and was_tall and None not in one.before)
        begin(out, one.before, blank=is_apart and index > 0)
        out.paste(body)
        was_tall = is_tall
    if content.dangling:
        begin(out, content.dangling, blank=False)
    return out.result().rstrip("\r\n").encode("utf-8", "surrogateescape")


def newline_of(text: bytes) -> str:
    """What ends the lines of a text: what ends its first one."""
    at = text.find(b"\n")
    cr = text.find(b"\r", 0, at if at >= 0 else len(text))
    return "\n" if cr < 0 else "\r\n" if at == cr + 1 else "\r"


def _printed(source: Source, one: Entry, end: str, of: Printer) -> str:
    out = Printer(of.width, of.newline)
    if isinstance(one.doc, Raw):
        out.paste(source.blanks_before(one.start))
    out.put(one.doc, len(end))
    out.text(end)
    for note in one.after:
        note.write(out, 0)
    return out.result()


def _entry(source: Source, nodes: Sequence[Node]) -> Doc:
    try:
        return entry(source, nodes)
    except RecursionError:  # nested far deeper than the language allows
        return Raw(source.lines(nodes[0].start_byte, nodes[-1].end_byte))
