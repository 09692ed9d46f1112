"""Cuts a file into its top-level items, with the comments that belong to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower import agents, declarations, services
from nexa.compiler.lower.declarations import ANNOTATIONS, Attached
from nexa.compiler.lower.dispatch import STATEMENTS
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node, Tree

DECLARATIONS: Final[dict[str, Callable[[Reading, Node, Attached], ast.Declaration]]] = {
    "include_declaration": declarations.include,
    "use_declaration": declarations.use,
    "agent_declaration": agents.agent,
    "tool_declaration": declarations.tool,
    "function_declaration": declarations.function,
    "protocol_declaration": declarations.protocol,
    "flow_declaration": declarations.flow,
    "test_declaration": declarations.test,
    "type_declaration": declarations.type_alias,
    "struct_declaration": declarations.struct,
    "enum_declaration": declarations.enum,
    "trait_declaration": declarations.trait,
    "impl_declaration": declarations.impl,
    "job_declaration": services.job,
    "server_declaration": services.server,
    "handle_declaration": services.handle,
}

_TRIVIA: Final = frozenset({"block_comment", "hash_comment", ";"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One item of a file before it is read: `text[start:end]` with the nodes in it.

    `comments` are its documentation and annotation comments, the first of which may be where it starts. `nodes` is
    one declaration or statement, or a run of what is neither.
    """

    start: int
    end: int
    nodes: tuple[Node, ...]
    comments: tuple[Node, ...] = ()


def pieces(tree: Tree, start: int = 0, end: int | None = None) -> list[Piece]:
    """The items of a file that begin in `[start, end)`, in textual order; by default all of them.

    `start` must be 0 or the end of an item. Linear in the number of items there, whatever is in them.
    """
    found: list[Piece] = []
    comments: list[Node] = []
    junk: list[Node] = []
    for node in _top_nodes(tree, start, end):
        kind = node.type
        if kind == "doc_comment" or kind == "line_comment":
            comments.append(node)
        elif kind in _TRIVIA:
            continue
        elif kind in DECLARATIONS or kind in STATEMENTS:
            _flush(found, junk)
            found.append(_piece(tree.text, node, comments, found[-1].end if found else start))
            comments = []
        else:
            junk.append(node)
            comments = []
    _flush(found, junk)
    return found


def _top_nodes(tree: Tree, start: int, end: int | None) -> Iterable[Node]:
    """The children of the root that begin in `[start, end)`; those before are skipped over, not visited."""
    if start == 0 and end is None:
        return tree.root.children
    return _nodes_between(tree, start, len(tree.text) if end is None else end)


def _nodes_between(tree: Tree, start: int, end: int) -> Iterator[Node]:
    cursor = tree.root.walk()
    if cursor.goto_first_child_for_byte(start) is None:
        return
    while cursor.node is not None and cursor.node.start_byte < end:
        if cursor.node.start_byte >= start:
            yield cursor.node
        if not cursor.goto_next_sibling():
            return


def _flush(found: list[Piece], junk: list[Node]) -> None:
    """What stands between two items and belongs to neither becomes an item of its own."""
    if junk:
        found.append(Piece(junk[0].start_byte, junk[-1].end_byte, tuple(junk)))
        junk.clear()


def _piece(text: bytes, node: Node, comments: list[Node], previous_end: int) -> Piece:
    start, end = node.start_byte, node.end_byte
    attached = [comment for comment in comments if _belongs(text, comment, previous_end)]
    return Piece(attached[0].start_byte if attached else start, end, (node,), tuple(attached))


def _belongs(text: bytes, comment: Node, previous_end: int) -> bool:
    """Whether a comment says something about the next item: not one behind the previous item on its line."""
    start = comment.start_byte
    if text.find(b"\n", previous_end, start) < 0 and previous_end:
        return False
    if comment.type == "doc_comment":
        return True
    words = text[start + 2 : comment.end_byte].strip()
    return any(words.startswith(key.encode()) for key in ANNOTATIONS)
