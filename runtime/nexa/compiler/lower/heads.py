"""What declarations have in common: documentation, annotations, decorators, the place of the first word."""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower.calls import arguments
from nexa.compiler.lower.names import first_child, word
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node, Span
from nexa.syntax.record import record


@record
class Attached:
    """What comments say about the declaration that follows them."""

    doc: str = ""
    annotations: tuple[ast.Annotation, ...] = ()


NOTHING: Final = Attached()

Head = tuple[int, int, str, tuple[ast.Annotation, ...], Span]


def head(reading: Reading, node: Node, attached: Attached, word: str) -> Head:
    """The fields that all declarations begin with."""
    place = None
    for child in node.children:
        if child.type == word:
            place = reading.span(child.start_byte, child.end_byte)
            break
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    return start, end, attached.doc, attached.annotations, place or Span(start, start)


def decorators(reading: Reading, node: Node) -> tuple[ast.Decorator, ...]:
    """The `@…` before a declaration."""
    first = first_child(node)
    if first is None or first.type != "decorator":
        return ()
    return tuple(
        ast.Decorator(
            child.start_byte - reading.base,
            child.end_byte - reading.base,
            word(reading, child.child_by_field_name("name"), child.start_byte + 1),
            arguments(reading, child.child_by_field_name("args")),
        )
        for child in node.children_by_field_name("decorators")
    )


COMMENTS: Final = frozenset({"doc_comment", "line_comment"})
ANNOTATIONS: Final = ("@implements", "@supports")


def attach(reading: Reading, comments: list[Node]) -> Attached:
    """The documentation and annotations among the comments before a declaration."""
    if not comments:
        return NOTHING
    doc: list[str] = []
    doc_end = -1
    annotations: list[ast.Annotation] = []
    for comment in comments:
        start, end = comment.start_byte, comment.end_byte
        text = reading.text[start:end].decode("utf-8", "replace")
        if comment.type == "doc_comment":
            # Only the last run of lines without a gap is about this declaration.
            if doc and reading.text.count(b"\n", doc_end, start) > 1:
                doc = []
            doc.append(text[3:].removeprefix(" ").rstrip())
            doc_end = end
        elif found := annotation(reading, start, end, text):
            annotations.append(found)
    return Attached("\n".join(doc), tuple(annotations))


def annotation(reading: Reading, start: int, end: int, text: str) -> ast.Annotation | None:
    """`// @implements: id`; None for any other comment."""
    key, colon, value = text[2:].strip().partition(":")
    if not colon or key.rstrip() not in ANNOTATIONS:
        return None
    return ast.Annotation(start - reading.base, end - reading.base, key.rstrip()[1:], value.strip())
