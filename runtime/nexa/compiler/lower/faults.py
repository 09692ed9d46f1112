"""Finds what the parser could not read in an item, with the surroundings that tell what was meant."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

from nexa.syntax import Node
from nexa.syntax.record import record

_UNITS_WORDS = """
    property uses_member context_block context_policy hook contract field struct_field variant trait_method
    job_body static_item header_rules middleware require_auth route group match_arm case match_expression
    semantic_case function_declaration flow_declaration let_statement assign_statement expression_statement
    if_statement for_statement while_statement loop_statement semantic_if_statement try_statement
    try_agent_statement autoloop_statement with_context_statement fork_statement verify_statement
    unharnessed_statement assert_statement defer_statement return_statement break_statement continue_statement
    raise_statement sugar_statement pass_statement contract_statement include_declaration use_declaration
    type_declaration handle_declaration
"""
_UNITS: Final = frozenset(_UNITS_WORDS.split())
"""Members and statements: two faults inside one of them, outside its inner blocks, are one mistake."""

_BODIES_WORDS = """
    block agent_body property_body trait_body impl_body route_body handle_body protocol_declaration
    struct_declaration enum_declaration job_declaration server_declaration group context_block context_policy
    match_expression
"""
BODIES: Final = frozenset(_BODIES_WORDS.split())
"""What consists of statements or members between braces."""

_TRIVIA: Final = frozenset({"doc_comment", "line_comment", "block_comment", "hash_comment", "unterminated_comment"})
BRACKETS: Final = {"(": ")", "[": "]", "{": "}", "#{": "}"}
CLOSERS: Final = frozenset(")]}")
QUOTES: Final = frozenset({'"', "'", '"""', "'''", "`", 'r"', "r'", 'r"""', 'f"', "f'", 'f"""', 'template"""'})


def is_unread(kind: str) -> bool:
    """Whether nodes of a kind stand for something that could not be read, is unfinished or has no place there."""
    return kind == "ERROR" or kind.startswith(("missing_", "unterminated_", "stray_"))


@record
class Fault:
    """A node that stands for a mistake: child `index` of `parent`, in the member or statement with the id `unit`."""

    node: Node
    parent: Node
    index: int
    unit: int
    end: int
    end_row: int


@record
class Leaf:
    """A token. `state` is what the parser was in when it met the token, 0 when it was recovering already."""

    node: Node
    kind: str
    start: int
    end: int
    row: int
    state: int
    is_loose: bool
    """Whether it hangs directly below an `ERROR` node."""


@record
class Surroundings:
    """The faults of an item and all its tokens, in textual order."""

    text: bytes
    faults: list[Fault]
    leaves: list[Leaf]
    starts: list[int]
    openers: list[int]
    begins: list[int]
    """The tokens that lines, blocks and what stands behind a `;` begin with."""
    start: int
    end: int
    first_row: int
    """The row of `start` in the file, from 0."""
    is_junk: bool

    def index(self, offset: int) -> int:
        """The first token at or after an offset; `len(leaves)` when there is none."""
        return bisect_left(self.starts, offset)

    def word(self, index: int) -> str:
        """The text of a token; `""` outside the item."""
        if not 0 <= index < len(self.leaves):
            return ""
        leaf = self.leaves[index]
        return self.text[leaf.start : leaf.end].decode("utf-8", "replace")

    def sign(self, index: int) -> str:
        """As `word`; an arrow that the parser took for the `=` or `-` that it begins with is whole."""
        word = self.word(index)
        is_arrow = word in ("=", "-") and self.text.startswith(b">", self.leaves[index].end)
        return f"{word}>" if is_arrow else word

    def end_of(self, index: int) -> int:
        """Where a token ends; a string that is closed on its line is one token."""
        leaf = self.leaves[index]
        string = leaf.node.parent if leaf.kind in QUOTES else None
        if string is None or string.start_byte != leaf.start or string.has_error or string.end_point[0] != leaf.row:
            return leaf.start + len(self.sign(index).encode())
        return string.end_byte

    def line_start(self, index: int) -> int:
        """The token that the statement or member of a token probably begins with; behind the last one, of that."""
        index = min(index, len(self.leaves) - 1)
        return self.begins[bisect_right(self.begins, index) - 1] if index > 0 else index

    def open_bracket(self, index: int) -> int | None:
        """The innermost bracket that is open before a token."""
        found = self.openers[min(index, len(self.openers) - 1)]
        return found if found >= 0 else None

    def is_closed(self, opener: int) -> bool:
        """Whether the partner of a bracket stands anywhere behind it."""
        closer = BRACKETS[self.leaves[opener].kind]
        behind = range(opener + 1, len(self.leaves))
        return any(self.openers[at] == opener and self.leaves[at].kind == closer for at in behind)

    def depth(self, index: int) -> int:
        """How many brackets are open before a token."""
        depth = 0
        opener = self.open_bracket(index)
        while opener is not None:
            depth += 1
            opener = self.open_bracket(opener)
        return depth


def _openers(leaves: list[Leaf]) -> list[int]:
    """For each token, and for the end, the innermost bracket that is open before it; -1 for none."""
    found: list[int] = []
    stack: list[int] = []
    for index, leaf in enumerate(leaves):
        found.append(stack[-1] if stack else -1)
        if leaf.kind in BRACKETS:
            stack.append(index)
        elif leaf.kind == "}":
            # A brace closes what is still open inside it; a stray bracket never closes a brace.
            while stack and BRACKETS[leaves[stack.pop()].kind] != "}":
                pass
        elif stack and BRACKETS[leaves[stack[-1]].kind] == leaf.kind:
            stack.pop()
    found.append(stack[-1] if stack else -1)
    return found


def _begins(leaves: list[Leaf]) -> list[int]:
    """The first token, and those that stand on another row than the one before, or behind a brace or a `;`."""
    return [0] + [
        index
        for index, (before, leaf) in enumerate(pairwise(leaves), 1)
        if before.row < leaf.row or before.kind in ("{", "}", ";")
    ]


def surroundings(text: bytes, nodes: tuple[Node, ...], *, is_junk: bool = False) -> Surroundings:
    """One pass over the nodes of an item; only called for items in which something is wrong.

    `is_junk` says that the nodes are no item at all.
    """
    faults: list[Fault] = []
    if is_junk and not is_unread(nodes[0].type):
        # The parser gave up on the whole file: its pieces hang below the root, and no node says that they are broken.
        end = len(text[nodes[0].start_byte : nodes[-1].end_byte].rstrip()) + nodes[0].start_byte
        faults.append(Fault(nodes[0], nodes[0], 0, 0, end, nodes[-1].end_point[0]))
    leaves: list[Leaf] = []
    pending: list[tuple[Node, Node, int, int, bool]] = [(node, node, 0, node.id, False) for node in reversed(nodes)]
    while pending:
        node, parent, index, unit, in_error = pending.pop()
        kind = node.type
        is_fault = is_unread(kind) or node.is_missing
        if kind == "ERROR" and parent.type in BODIES:
            unit = node.id  # a statement or member of its own
        if is_fault and not in_error:
            faults.append(_fault(text, node, parent, index, unit))
        if kind in _UNITS:
            unit = node.id
        children = node.children
        if children:
            inside = in_error or kind == "ERROR"
            pending.extend(
                (child, node, position, unit, inside)
                for position, child in zip(range(len(children) - 1, -1, -1), reversed(children), strict=True)
            )
        elif node.end_byte > node.start_byte and kind not in _TRIVIA and not kind.startswith("missing_"):
            leaves.append(_leaf(text, node, kind, is_loose=parent.type == "ERROR" or (is_junk and parent is node)))
    first, last = nodes[0], nodes[-1]
    starts = [leaf.start for leaf in leaves]
    return Surroundings(
        *(text, faults, leaves, starts, _openers(leaves), _begins(leaves)),
        *(first.start_byte, last.end_byte, first.start_point[0], is_junk),
    )


def _fault(text: bytes, node: Node, parent: Node, index: int, unit: int) -> Fault:
    """A fault ends with its last token: the space behind it, which an `ERROR` may include, is nobody's."""
    start = node.start_byte
    inside = text[start : node.end_byte]
    kept = inside.rstrip()
    return Fault(node, parent, index, unit, start + len(kept), node.end_point[0] - inside.count(b"\n", len(kept)))


def _leaf(text: bytes, node: Node, kind: str, *, is_loose: bool) -> Leaf:
    """A token. In recovery the lexer tries every token there is, and some of them are too greedy."""
    start, end = node.start_byte, node.end_byte
    if is_loose and kind == "f_format":
        kind, end = text[start : start + 1].decode(), start + 1
    elif is_loose and kind == "escape_sequence":
        kind, end = "ERROR", start + 1  # a backslash outside of a string
    elif is_loose and kind == "string_content" and text[start:end] in (b"}", b"{", b"{{", b"}}"):
        kind = text[start : start + 1].decode()
    return Leaf(node, kind, start, end, node.start_point[0], node.parse_state, is_loose)
