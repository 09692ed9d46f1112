"""Which argument of which call an offset is in, however unfinished the call is.

The tree tells brackets from text and comments, so the way goes back token by token to the bracket that is still open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.ide.place import Place
from nexa.syntax import Node

Called = ast.Call | ast.Spawn | ast.VariantExpr | ast.Filter | ast.StructLit

_OPENERS = frozenset({"(", "[", "{", "#{"})
_CLOSERS = frozenset({")", "]", "}"})
_NAMED = re.compile(rb"\s*([A-Za-z_\x80-\xff][\w\x80-\xff]*)[ \t]*[:=](?!=)")
_DECORATOR = re.compile(rb"@([A-Za-z_]\w*)[ \t]*\Z")
_TEMPLATE_FILTER = re.compile(rb"\|\s*(\w+)\s*\(([^()|}]*)\Z")


@dataclass(frozen=True, slots=True)
class CallSite:
    """`index` counts the arguments before the offset; `name` is that of the argument around it, `""` without one.

    `called` is the call, or the name of a decorator, which may decorate nothing yet.
    """

    called: Called | str
    index: int
    name: str


@dataclass(slots=True)
class _Bracket:
    """An open bracket on the way out: where it stands, how many commas follow it, and where the last of them ends."""

    start: int
    commas: int
    last: int


def call_at(place: Place) -> CallSite | None:
    """The innermost call around an offset; None outside of all, and in the block of a function that is an argument."""
    by_bracket = {at: node for node in _calls(place) if (at := _bracket(place, node)) is not None}
    blocks = {block.start for block in place.item.of(ast.Block)}
    for bracket in _open_brackets(place):
        called = by_bracket.get(bracket.start) or _decorator(place, bracket.start)
        if called:
            line_end = place.item.text.find(b"\n", place.inside)
            written = _NAMED.match(place.item.text, bracket.last, line_end if line_end >= 0 else len(place.item.text))
            name = written[1].decode("utf-8", "replace") if written else ""
            return CallSite(called, bracket.commas, name)
        if bracket.start in blocks:
            return None
    return None


def filter_in_template(place: Place) -> tuple[str, int] | None:
    """The filter, and its argument, that an offset in the text of a template is in."""
    for template in place.item.of(ast.Template):
        if template.start < place.inside < template.end:
            before = place.item.text[template.start : place.inside].rpartition(b"{{")[2]
            found = _TEMPLATE_FILTER.search(before)
            return (found[1].decode(), found[2].count(b",")) if found and b"}}" not in before else None
    return None


def _calls(place: Place) -> Iterator[Called]:
    for cls in (ast.Call, ast.Spawn, ast.VariantExpr, ast.Filter, ast.StructLit):
        for node in place.item.of(cls):
            if node.start <= place.inside:
                yield node  # type: ignore[misc]  # of one of these classes


def _bracket(place: Place, node: Called) -> int | None:
    """Where the bracket that opens the arguments stands."""
    match node:
        case ast.Call(callee=before) | ast.Spawn(target=before) | ast.VariantExpr(variant=before):
            end = before.end
        case ast.Filter(name=before) | ast.StructLit(name=before):
            end = before.end
    text = place.item.text
    while end < len(text) and text[end : end + 1].isspace():
        end += 1
    wanted = b"{" if isinstance(node, ast.StructLit) else b"("
    return end if text[end : end + 1] == wanted else None


def _decorator(place: Place, bracket: int) -> str:
    """The name of the decorator whose arguments a bracket opens, `""` for any other bracket."""
    found = _DECORATOR.search(place.item.text, 0, bracket)
    return found[1].decode() if found is not None else ""


def _open_brackets(place: Place) -> Iterator[_Bracket]:
    """The brackets that are open at an offset, the innermost first."""
    depth, commas, last = 0, 0, None
    for leaf in _leaves_before(place):
        if leaf.type in _CLOSERS:
            depth += 1
        elif leaf.type in _OPENERS and depth:
            depth -= 1
        elif leaf.type in _OPENERS:
            end = leaf.end_byte - place.start
            yield _Bracket(leaf.start_byte - place.start, commas, end if last is None else last)
            commas, last = 0, None
        elif leaf.type == "," and not depth:
            commas += 1
            last = leaf.end_byte - place.start if last is None else last


def _leaves_before(place: Place) -> Iterator[Node]:
    """The tokens of the item that end at or before an offset, the nearest first; none if the offset is in a comment."""
    offset, start = place.start + place.inside, place.start
    node: Node | None = place.file.tree.root.descendant_for_byte_range(max(offset - 1, 0), offset)
    if node is not None and node.type.endswith("comment"):
        is_closed = node.type == "block_comment" and node.end_byte <= offset
        if node.start_byte < offset and not is_closed:
            return
    node = None if node is None else _last_leaf(node, offset)
    while node is not None and node.start_byte >= start:
        if node.end_byte <= offset and node.end_byte > node.start_byte:
            yield node
        node = _before(node)


def _last_leaf(node: Node, offset: int) -> Node:
    """The last token in a node that begins before an offset; the node itself where it has none."""
    while True:
        inside = [child for child in node.children if child.start_byte < offset]
        if not inside:
            return node
        node = inside[-1]


def _before(node: Node) -> Node | None:
    """The token before a node."""
    found: Node | None = node
    while found is not None and found.prev_sibling is None:
        found = found.parent
    if found is None or found.prev_sibling is None:
        return None
    return _last_leaf(found.prev_sibling, found.start_byte + 1)
