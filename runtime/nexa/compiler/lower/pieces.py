"""Cuts a file into its top-level items, with the comments that belong to each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower import agents, declarations, services
from nexa.compiler.lower.dispatch import STATEMENTS
from nexa.compiler.lower.heads import ANNOTATIONS, Attached
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node, Tree, has_fault
from nexa.syntax.record import record

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

_ON_THEIR_OWN: Final = DECLARATIONS.keys() - {"function_declaration"}
"""What is never a part of a broken item before it; a function may be one of its methods."""

_TRIVIA: Final = frozenset({"block_comment", "hash_comment", ";"})


@record
class Piece:
    """One item of a file before it is read: `text[start:end]` with the nodes in it.

    `nodes` is one declaration or statement, and behind a broken one what the parser tore off it; or a run of what is
    neither. `comments` are its documentation and annotation comments, the first of which may be where it starts.
    """

    start: int
    end: int
    nodes: tuple[Node, ...]
    comments: tuple[Node, ...] = ()
    is_junk: bool = False


def pieces(tree: Tree, start: int = 0, end: int | None = None) -> list[Piece]:
    """The items of a file that begin in `[start, end)`, in textual order; by default all of them.

    `start` must be 0 or the end of an item that is not broken. The last item may reach beyond `end`. Linear in the
    number of items there, whatever is in them.
    """
    found: list[_Growing] = []
    comments: list[Node] = []
    for node in _top_nodes(tree, start, end):
        kind = node.type
        if kind == "doc_comment" or kind == "line_comment":
            comments.append(node)
            continue
        if kind in _TRIVIA:
            continue
        if found and _is_part(tree.text, node, found[-1]):
            found[-1].nodes.append(node)
        elif end is not None and node.start_byte >= end:
            break
        elif kind in DECLARATIONS or kind in STATEMENTS:
            previous_end = found[-1].nodes[-1].end_byte if found else start
            found.append(_Growing([node], [one for one in comments if _belongs(tree.text, one, previous_end)]))
        else:
            found.append(_Growing([node], [], is_junk=True))
        comments = []
    return [one.piece(tree.text) for one in found]


@dataclass(slots=True)
class _Growing:
    """A piece that may still get longer."""

    nodes: list[Node]
    comments: list[Node]
    is_junk: bool = False

    def piece(self, text: bytes) -> Piece:
        first = self.comments[0] if self.comments else self.nodes[0]
        end = self.nodes[-1].end_byte
        if self.nodes[-1].type == "ERROR":  # which may include space that belongs to nobody
            end = first.start_byte + len(text[first.start_byte : end].rstrip())
        return Piece(first.start_byte, end, tuple(self.nodes), tuple(self.comments), self.is_junk)


def _is_part(text: bytes, node: Node, before: _Growing) -> bool:
    """Whether a node belongs to the broken item before it."""
    if node.type in _ON_THEIR_OWN:
        return _is_nested(text, node, before)
    return _is_torn_off(text, node, before)


def _is_nested(text: bytes, node: Node, before: _Growing) -> bool:
    """Whether a declaration is written into the body of the agent before it, which ends there for the parser only."""
    agent = before.nodes[0]
    if agent.type != "agent_declaration" or not agent.has_error:
        return False
    line = text[text.rfind(b"\n", 0, node.start_byte) + 1 : node.start_byte]
    if not line or line.strip():
        return False
    body = agent.child_by_field_name("body")
    last = body.children[-1] if body is not None and body.child_count else None
    return last is not None and (last.is_missing or last.type == "missing_closer")


def _is_torn_off(text: bytes, node: Node, before: _Growing) -> bool:
    """Whether a statement, or what is none, belongs to the broken item before it, or to a comment that nothing ends.

    So it does when it does not begin a line, or is an indented line, or nothing but closing brackets: what is meant
    to stand at the top level stands at column 0 (section 2.11a).
    """
    start = node.start_byte
    if before.is_junk and before.nodes[0].type == "unterminated_comment":
        return True  # which would go on to the end of the file, but for declarations
    begins_line = start == 0 or text[start - 1] in b"\r\n"
    if begins_line and not (node.type not in STATEMENTS and text[start] in b")]}"):
        return False
    return before.is_junk or any(has_fault(part) for part in before.nodes[:_LOOKED_AT])


_LOOKED_AT: Final = 4
"""How many nodes of an item are asked whether they are broken: the first ones know, and there may be thousands."""


def _top_nodes(tree: Tree, start: int, end: int | None) -> Iterable[Node]:
    """The children of the root from `start` on; those before are skipped over, not visited."""
    return tree.root.children if start == 0 and end is None else nodes_from(tree, start)


def nodes_from(tree: Tree, start: int) -> Iterator[Node]:
    """The children of the root that begin at `start` or later."""
    cursor = tree.root.walk()
    if cursor.goto_first_child_for_byte(start) is None:
        return
    while cursor.node is not None:
        if cursor.node.start_byte >= start:
            yield cursor.node
        if not cursor.goto_next_sibling():
            return


def _belongs(text: bytes, comment: Node, previous_end: int) -> bool:
    """Whether a comment says something about the next item: not one behind the previous item on its line."""
    start = comment.start_byte
    if text.find(b"\n", previous_end, start) < 0 and previous_end:
        return False
    if comment.type == "doc_comment":
        return True
    words = text[start + 2 : comment.end_byte].strip()
    return any(words.startswith(key.encode()) for key in ANNOTATIONS)
