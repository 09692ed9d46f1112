"""Declarations: decorators above them, clauses in their heads, and what else begins in its own way."""

from __future__ import annotations

from typing import Final

from nexa.compiler.format.boxes import Fill, Note
from nexa.compiler.format.printer import INDENT, Box, Doc, Printer, flat_of
from nexa.compiler.format.rows import Line, doc, row
from nexa.compiler.format.source import COMMENTS, Source
from nexa.syntax import Node

_CLAUSES: Final = frozenset({"agent_returns", "uses_clause", "implements_clause", "contract"})


class Stack(Box):
    """Documents that each begin a line."""

    __slots__ = ("_docs",)

    def __init__(self, docs: list[Doc]) -> None:
        super().__init__(None)
        self._docs = docs

    def head(self) -> int:
        """Nothing may stand before it."""
        return 0

    def write(self, out: Printer, reserve: int) -> None:
        """A line for each."""
        for index, one in enumerate(self._docs):
            if index and not isinstance(one, Note):
                out.line()
            out.put(one, reserve)


class Head(Box):
    """What a declaration begins with, its clauses and its body. Broken, each clause has a line, and so has the `{`."""

    __slots__ = ("_body", "_clauses", "_first", "_opened")

    def __init__(self, first: Doc, clauses: list[Doc], body: Box, *, opened: bool) -> None:
        """`opened` says that the first clause stands on a line of its own."""
        flats = [flat_of(one) for one in (first, *clauses, body)]
        super().__init__(None if opened or None in flats else " ".join(flats))  # type: ignore[arg-type]  # None is looked for before
        self._first = first
        self._clauses = clauses
        self._body = body
        self._opened = opened

    def write(self, out: Printer, reserve: int) -> None:  # noqa: ARG002  # its last line is the closer
        """The head on one line if it has room there; the body is opened in any case."""
        base = out.indent
        flats = [flat_of(one) for one in (self._first, *self._clauses)]
        width = sum(len(flat) + 1 for flat in flats if flat is not None)
        if not self._opened and None not in flats and out.has_room(width + 1):
            out.text(" ".join(flat for flat in flats if flat is not None))
        else:
            out.put(self._first)
            out.indent = base + INDENT
            for clause in self._clauses:
                if not isinstance(clause, Note):
                    out.line()
                out.put(clause)
            out.indent = base
            out.line()
        out.text(" ")
        self._body.write(out, 0)


def declaration(source: Source, node: Node) -> Doc:
    """A declaration with decorators and clauses, as far as it has any."""
    nodes = node.children
    count = 0
    while count < len(nodes) and (nodes[count].type == "decorator" or nodes[count].type in COMMENTS):
        count += 1
    body = _headed(source, nodes[count:], node.type)
    if not count:
        return body
    docs: list[Doc] = []
    for index, one in enumerate(nodes[:count]):
        if one.type in COMMENTS:
            line = Line()
            line.comment(source, one, nodes[index - 1] if index else None, nodes[index + 1])
            docs.append(line.doc())
        else:
            docs.append(doc(source, one))
    return Stack([*docs, body])


def _headed(source: Source, nodes: list[Node], kind: str) -> Doc:
    """The declaration itself."""
    count = next((index for index, one in enumerate(nodes) if one.type in _CLAUSES), len(nodes))
    body = doc(source, nodes[-1])
    if count == len(nodes) or isinstance(body, str):
        return row(source, nodes, kind)
    clauses: list[Doc] = []
    for index, one in enumerate(nodes[count:-1], count):
        if one.type in COMMENTS:
            line = Line()
            line.comment(source, one, nodes[index - 1], nodes[index + 1])
            clauses.append(line.doc())
        elif one.type != ",":
            clauses.append(doc(source, one))
    opened = source.breaks(nodes[count - 1].end_byte, nodes[count].start_byte) > 0
    opened = opened or any(isinstance(one, Note) for one in clauses)
    return Head(row(source, nodes[:count], kind), clauses, body, opened=opened)


def returns(source: Source, node: Node) -> Doc:
    """`-> T`, also where a `:` was written."""
    nodes = node.children
    rest = row(source, nodes[1:], "")
    line = Line()
    line.add("->")
    line.add(rest, " ")
    return line.doc()


def names(source: Source, node: Node) -> Doc:
    """`uses a, b`: a word and names with commas, which go on over lines where they have to."""
    nodes = [one for one in node.children if one.type != ","]
    if any(one.type in COMMENTS or one.type == "[" for one in nodes):
        return row(source, node.children, node.type)
    words = 2 if nodes[1].type == ":" else 1
    line = Line()
    line.add(row(source, nodes[:words], node.type))
    line.add(Fill([doc(source, one) for one in nodes[words:]]), " ")
    return line.doc()


def configured(source: Source, node: Node) -> Doc:
    """`autoloop max_steps: 3, timeout: 9 { … }`: the commas between the items are optional."""
    nodes = [one for one in node.children if one.type != ","]
    items = nodes[1:-1]
    body = doc(source, nodes[-1])
    if not items or isinstance(body, str) or any(one.type in COMMENTS for one in nodes):
        return row(source, node.children, node.type)
    docs = [doc(source, one) for one in items]
    clauses = [*(with_comma(one) for one in docs[:-1]), docs[-1]]
    opened = source.breaks(nodes[0].end_byte, items[0].start_byte) > 0
    return Head(source.word(nodes[0]), clauses, body, opened=opened)


def with_comma(doc: Doc) -> Doc:
    """A document and a comma."""
    line = Line()
    line.add(doc)
    line.add(",")
    return line.doc()


TABLE = {
    **dict.fromkeys(
        ("agent_declaration", "flow_declaration", "function_declaration", "tool_declaration", "job_declaration"),
        declaration,
    ),
    **dict.fromkeys(("uses_clause", "implements_clause", "uses_member"), names),
    **dict.fromkeys(("autoloop_statement", "with_context_statement"), configured),
    "returns": returns,
}
