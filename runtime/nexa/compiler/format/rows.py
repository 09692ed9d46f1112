"""From nodes to documents: the table of what is read specially, and how everything else stands in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from nexa.compiler.format.blocks import Body, Bracket, Content, Style
from nexa.compiler.format.boxes import Note, Row
from nexa.compiler.format.collect import Collector
from nexa.compiler.format.printer import Box, Doc, flat_of
from nexa.compiler.format.source import COMMENTS, Source
from nexa.syntax import Node

BUILDERS: Final[dict[str, Callable[[Source, Node], Doc]]] = {}
"""What is more than a row of words, by the kind of its node. Filled by the package's `__init__`."""

_TIGHT_BEFORE: Final = frozenset(
    {":", ",", "::", ".", "?", "arguments", "parameters", "type_parameters", "payload", "missing_closer"}
)
_TIGHT_AFTER: Final = frozenset({"::", ".", ".."})

_SPACED_BRACKETS: Final = frozenset(
    {
        "fork_expression", "uses_member", "middleware", "semantic_case", "loop_statement", "try_statement",
        "try_agent_statement", "unharnessed_statement", "job_declaration", "config_item",
    }
)  # fmt: skip
"""Where a bracket does not stand right behind the word before it."""

_UNBROKEN: Final = frozenset(
    {"hook", "try_statement", "try_agent_statement", "job_declaration", "type_name", "type_tuple", "type_fn"}
)
"""Brackets that stay on one line: in some a line with a name and `:` says that they end; types leave it to others."""

_PADS: Final = {"dict": "", "record_pattern": "", "struct_literal": " ", "hint_set": " ", "spaced dict": " "}
"""Braces that hold a list, and what stands inside them on one line."""

_STYLES: Final[dict[str, Style]] = {
    "block": "statements",
    "protocol_declaration": "list",
    "struct_declaration": "list",
    "enum_declaration": "list",
    "match_expression": "list",
    "case_block": "list",
    "trait_body": "methods",
    "impl_body": "methods",
}
"""What separates the entries of a body, by the node that holds its braces; members elsewhere."""

_ELSE_IFS: Final = frozenset({"if_statement", "semantic_if_statement"})
_CLAUSES: Final = frozenset({"catch_clause", "correction_clause"})
"""Parts of a statement with blocks of their own: they stand in the statement's row."""


def doc(source: Source, node: Node) -> Doc:
    """The document of a node."""
    nodes = node.children
    if not nodes:
        return source.word(node)
    kind = node.type
    build = BUILDERS.get(kind)
    return row(source, nodes, kind) if build is None else build(source, node)


def entry(source: Source, nodes: Sequence[Node]) -> Doc:
    """The document of one entry of a bracket or a body."""
    return doc(source, nodes[0]) if len(nodes) == 1 else row(source, nodes, "")


def row(source: Source, nodes: Sequence[Node], within: str) -> Doc:
    """Nodes one after the other, with the blanks that belong between them; `within` is the kind that holds them."""
    line = Line()
    nodes = list(nodes)
    while nodes and nodes[-1].type in (";", ","):
        nodes.pop()
    index = 0
    previous = ""
    while index < len(nodes):
        node = nodes[index]
        kind = node.type
        index += 1
        if kind in _CLAUSES or (previous == "else" and kind in _ELSE_IFS):
            nodes[index:index] = node.children
            continue
        if kind == ";":
            continue
        is_tight = previous in _TIGHT_AFTER or kind in _TIGHT_BEFORE
        if kind == "(" or kind == "[":
            part, index = bracket(source, nodes, index - 1, within)
            if within in _UNBROKEN and flat_of(part) is not None:
                part = flat_of(part) or ""
            is_tight = within not in _SPACED_BRACKETS
        elif kind == "{":
            part, index = braces(source, nodes, index - 1, within)
        elif kind in COMMENTS:
            after = nodes[index] if index < len(nodes) else None
            line.comment(source, node, nodes[index - 2] if index > 1 else None, after)
            previous = kind
            continue
        else:
            part = doc(source, node)
        line.add(part, "" if is_tight else " ")
        previous = kind
    return line.doc()


def bracket(source: Source, nodes: Sequence[Node], index: int, within: str = "") -> tuple[Doc, int]:
    """The bracket that opens at `nodes[index]`, and the index behind it."""
    opener = nodes[index]
    close = ")" if opener.type == "(" else "]"
    content, behind = collected(source, nodes, index, close, is_list=True)
    if not content.entries and content.is_plain:
        return opener.type + close, behind
    is_single = within == "tuple" and len(content.entries) == 1
    return Bracket(opener.type, content, close, keeps_comma=is_single), behind


def braces(source: Source, nodes: Sequence[Node], index: int, within: str) -> tuple[Box, int]:
    """The list or body that opens at `nodes[index]`, and the index behind it."""
    pad = _PADS.get(within)
    content, behind = collected(source, nodes, index, "}", is_list=pad is not None)
    if pad is None:
        return Body(content, _STYLES.get(within, "members")), behind
    is_spaced = index > 0  # `map {`, and the pattern with a name
    return Bracket("{", content, "}", pad=" " if is_spaced else pad), behind


def collected(source: Source, nodes: Sequence[Node], index: int, close: str, *, is_list: bool) -> tuple[Content, int]:
    """What stands between the opener at `nodes[index]` and its closer, and the index behind that."""
    collector = Collector(source, nodes[index].end_byte, entry, is_list=is_list)
    behind = collector.read(nodes, index + 1, close)
    return collector.content, behind


class Line:
    """A row in the making: neighbouring texts become one."""

    __slots__ = ("_parts", "_text")

    def __init__(self) -> None:
        self._parts: list[Doc] = []
        self._text = ""

    def add(self, part: Doc, space: str = "") -> None:
        """Append a document; the space before it does not begin a row."""
        if space and (self._text or self._parts):
            self._text += space
        if isinstance(part, str):
            self._text += part
            return
        if self._text:
            self._parts.append(self._text)
            self._text = ""
        self._parts.append(part)

    def comment(self, source: Source, node: Node, before: Node | None, after: Node | None) -> None:
        """Append a comment that stands between two nodes of a row."""
        start, end = node.start_byte, node.end_byte
        own = before is not None and source.breaks(before.end_byte, start) > 0
        if node.type == "block_comment" and (after is None or not source.breaks(end, after.start_byte)) and not own:
            self.add(source.word(node), " ")
            return
        self.add(Note(source.word(node).rstrip(), own=own, margin=source.indent(start)))

    def doc(self) -> Doc:
        """The whole row."""
        if not self._parts:
            return self._text
        if self._text:
            self._parts.append(self._text)
        return self._parts[0] if len(self._parts) == 1 else Row(self._parts)
