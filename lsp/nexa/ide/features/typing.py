"""What happens by itself while somebody types: a new line is indented, a closed body is laid out."""

from __future__ import annotations

from nexa.compiler.file import File
from nexa.compiler.format import entry_of, opener_of
from nexa.compiler.rule import TextEdit
from nexa.ide.features.formatting import range_formatting
from nexa.syntax import Node, Span, Tree, is_comment

_LEVEL = 4
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_DICTS = frozenset({"dict", "struct_literal", "hint_set", "record_pattern"})
_TEXTS = frozenset({"string", "f_string", "raw_string", "template", "python_string"})


def typed(file: File, offset: int, character: str, width: int) -> list[TextEdit]:
    """The edits behind a character that was just typed; `offset` is the place behind it."""
    if character == "\n":
        return _line_begun(file, offset)
    is_closer = character == "}" and file.text[max(0, offset - 1) : offset] == b"}"
    return _closed(file, offset - 1, width) if is_closer else []


def _line_begun(file: File, offset: int) -> list[TextEdit]:
    """The indentation of a new line; and where the body that the line above opens is closed nowhere, its `}`."""
    tree = file.tree
    start, end = tree.lines.content(tree.lines.line(offset))
    before = len(file.text[:start].rstrip())
    if not before or _is_in_text(tree, start):
        return []
    rest = file.text[start:end].lstrip(b" \t")
    opener = _open_bracket(tree, before)
    base = 0 if opener is None else _indent(tree, opener.start_byte)
    if opener is None or rest[:1].decode("latin-1") == _BRACKETS[opener.type]:
        level = base
    elif tree.lines.line(before - 1) > tree.lines.line(opener.start_byte):
        level = _indent(tree, before - 1)  # as the line above, which stands in the same brackets
    else:
        level = base + _LEVEL
    edits = _indented(file, start, end - len(rest), level)
    if opener is not None and not rest and opener.end_byte == before and _is_unclosed(opener):
        edits.append(_closer(file, end, base))
    return edits


def _closer(file: File, end: int, level: int) -> TextEdit:
    """A `}` on the next line: before that one's beginning if there is one, so that the cursor stays where it is."""
    line = file.lines.line(end) + 1
    at = file.lines.start(line) if line < len(file.lines) else end
    newline = "\r\n" if b"\r\n" in file.text[end - 2 : at] else "\n"
    closer = " " * level + "}"
    return TextEdit(file.path, Span(at, at), closer + newline if at > end else newline + closer)


def _closed(file: File, at: int, width: int) -> list[TextEdit]:
    """What a body's `}` ends is laid out, if it can be; any other `}` that begins a line moves below its opener."""
    tree = file.tree
    opener = opener_of(tree, at)
    if opener is None or opener.parent is None:
        return []
    entry = entry_of(opener)
    if opener.parent.type not in _DICTS and entry is not None and not entry.has_error:
        edits = range_formatting(file, [Span(entry.start_byte, entry.end_byte)], width)
        if edits:
            return edits
    line = tree.lines.line(at)
    start = tree.lines.start(line)
    if file.text[start:at].strip() or tree.lines.line(opener.start_byte) == line:
        return []
    return _indented(file, start, at, _indent(tree, opener.start_byte))


def _is_in_text(tree: Tree, offset: int) -> bool:
    """Whether a line begins inside a literal or a comment: its blanks are somebody's text."""
    node = tree.root.descendant_for_byte_range(offset, offset)
    while node is not None:
        if node.start_byte < offset < node.end_byte and (node.type in _TEXTS or is_comment(node.type)):
            return True
        node = node.parent
    return False


def _open_bracket(tree: Tree, end: int) -> Node | None:
    """The innermost bracket that opens before an offset and is not closed there, nor by what is missing."""
    node = tree.root.descendant_for_byte_range(end - 1, end)
    while node is not None:
        open_ones: list[Node] = []
        for child in node.children:
            if child.start_byte >= end:
                break
            if child.type in _BRACKETS:
                open_ones.append(child)
            elif open_ones and child.type == _BRACKETS[open_ones[-1].type]:
                open_ones.pop()
        if open_ones:
            return open_ones[-1]
        node = node.parent
    return None


def _is_unclosed(opener: Node) -> bool:
    """Whether one of the bodies around a `{` lacks its `}`: then the one that was just begun does."""
    node = opener.parent if opener.type == "{" else None
    while node is not None:
        if any(child.type == "missing_closer" for child in node.children[-2:]):
            return True
        node = node.parent
    return False


def _indent(tree: Tree, offset: int) -> int:
    """How far the line that holds an offset is indented."""
    start, end = tree.lines.content(tree.lines.line(offset))
    line = tree.text[start:end]
    return len(line[: len(line) - len(line.lstrip(b" \t"))].expandtabs(_LEVEL))


def _indented(file: File, start: int, end: int, level: int) -> list[TextEdit]:
    """The blanks of a line from `start` to `end`, replaced if they are others."""
    blanks = " " * level
    return [] if file.text[start:end] == blanks.encode() else [TextEdit(file.path, Span(start, end), blanks)]
