"""What a comment keeps from being laid out: `// nexa: fmt off` to `fmt on`, `// nexa: fmt skip`, and what
`// nexa: allow` speaks of where another layout would tear it from the comment's line.
"""

from __future__ import annotations

from typing import Final

from nexa.syntax import Node, Tree, comments, is_comment

_MARK: Final = b"nexa: fmt"
_ALLOW: Final = b"nexa: allow"
_SEPARATORS: Final = frozenset({",", ";"})
_LISTS: Final = frozenset({"dict", "struct_literal", "hint_set", "record_pattern"})


def escaped(tree: Tree) -> dict[int, int]:
    """The ranges that comments take out: the end of each by its start."""
    found: dict[int, int] = {}
    if _MARK not in tree.text:
        return found
    for comment in comments(tree):
        word = _word(tree, comment)
        if any(start <= comment.start_byte < end for start, end in found.items()):
            continue
        if word == b"off":
            found[comment.start_byte] = _end_of_region(tree, comment)
        elif word == b"skip" and (node := _meant(tree, comment)) is not None:
            found[node.start_byte] = node.end_byte
    return found


def _word(tree: Tree, comment: Node) -> bytes:
    """What a comment says behind our mark."""
    text = tree.text[comment.start_byte : comment.end_byte].lstrip(b"/# ")
    return text.removeprefix(_MARK).strip() if text.startswith(_MARK) else b""


def _end_of_region(tree: Tree, comment: Node) -> int:
    """The end of the next `fmt on` in the same body, or of what stands last in it."""
    end = comment.end_byte
    node = comment.next_sibling
    while node is not None and node.type != "}":
        end = node.end_byte
        if is_comment(node.type) and _word(tree, node) == b"on":
            break
        node = node.next_sibling
    return end


def _meant(tree: Tree, comment: Node) -> Node | None:
    """The entry that a comment is about: the one before it on its line, else the next one."""
    start = comment.start_byte
    if _begins_line(tree, start):
        node = comment.next_sibling
        while node is not None and is_comment(node.type):
            node = node.next_sibling
        return None if node is None or node.type == "}" else node
    node = comment.prev_sibling
    while node is not None and node.type in _SEPARATORS:
        node = node.prev_sibling
    if node is not None and node.type not in ("{", "(", "["):
        return node if is_entry(node) else entry_of(node)
    return entry_of(comment)


def _begins_line(tree: Tree, offset: int) -> bool:
    start = tree.lines.start(tree.lines.line(offset))
    return not tree.text[start:offset].strip()


def entry_of(node: Node) -> Node | None:
    """The smallest statement, member or declaration that holds a node."""
    found: Node | None = node.parent
    while found is not None and found.parent is not None and not is_entry(found):
        found = found.parent
    return None if found is None or found.parent is None else found


def is_entry(node: Node) -> bool:
    """Whether a node is a statement, member, field, arm or declaration."""
    if not node.is_named or is_comment(node.type):
        return False
    parent = node.parent
    if parent is None or parent.type in _LISTS:
        return False
    return parent.parent is None or any(one.type == "{" and one.end_byte <= node.start_byte for one in parent.children)


def torn_allowances(old: Tree, new: Tree) -> dict[int, int]:
    """The entries of the old text whose findings `// nexa: allow` would lose, or gain, by another layout."""
    found: dict[int, int] = {}
    if _ALLOW not in old.text:
        return found
    for one, other in zip(comments(old), comments(new), strict=False):
        if old.text[one.start_byte : one.end_byte].lstrip(b"/# ").startswith(_ALLOW):
            line = _line_meant(old, one)
            if _words(old, line) != _words(new, _line_meant(new, other)) and (node := _entry_on(old, line)):
                found[node.start_byte] = node.end_byte
    return found


def _line_meant(tree: Tree, comment: Node) -> int:
    line = tree.lines.line(comment.start_byte)
    return line + _begins_line(tree, comment.start_byte)


def _words(tree: Tree, line: int) -> bytes:
    """What stands on a line, without blanks, separators and a comment at its end."""
    if line >= len(tree.lines):
        return b""
    start, end = tree.lines.content(line)
    last = tree.root.descendant_for_byte_range(max(start, end - 1), end)
    if last is not None and is_comment(last.type):
        end = max(start, last.start_byte)
    return b"".join(tree.text[start:end].replace(b",", b" ").replace(b";", b" ").split())


def _entry_on(tree: Tree, line: int) -> Node | None:
    if line >= len(tree.lines):
        return None
    start, end = tree.lines.content(line)
    first = start + len(tree.text[start:end]) - len(tree.text[start:end].lstrip())
    node = tree.root.descendant_for_byte_range(first, first + 1)
    return None if node is None or node.parent is None else node if is_entry(node) else entry_of(node)
