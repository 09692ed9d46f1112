"""From the text of an item to its tokens: the leaves of its tree, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.ide.features.tokens.embedded import Token, python_tokens, template_tokens
from nexa.ide.features.tokens.names import Look, NameTokens
from nexa.ide.features.tokens.regexes import regexes
from nexa.ide.legend import Kind, Modifier
from nexa.syntax import Grammar, Node, root_of

Leaf = tuple[Node, str, str, int]
"""A leaf, its kind, and kind and start of the node around it."""


def item_tokens(item: ItemFacts, names: Names) -> tuple[Token, ...]:
    """The tokens of an item in order; they never overlap, and offsets count from its start.

    The text is read by itself, so that nothing depends on what stands around the item.
    """
    known = {name.start: name for name in item.of(ast.Name) if name.text}
    found = NameTokens(item, names)
    patterns = regexes(item)

    def look(offset: int) -> Look | None:
        name = known.get(offset)
        return None if name is None else found.look(name)

    tokens: list[Token] = []
    for node, kind, above, above_start in leaves(root_of(item.text)):
        if kind == "identifier":
            _add(tokens, node.start_byte, node.end_byte, *(look(node.start_byte) or _unread(node, above)))
        elif kind == "raw_content" and above in _EMBEDDED:
            for token in _embedded(item, node, above, look):
                _add(tokens, *token)
        else:
            _add_plain(tokens, node, kind, above, is_regex=above_start in patterns)
    return tuple(tokens)


def text_tokens(text: bytes, grammar: Grammar = "nexa") -> tuple[Token, ...]:
    """The tokens of text that is no item: what stands between items, and secrets files."""
    tokens: list[Token] = []
    for node, kind, above, _ in leaves(root_of(text, grammar)):
        if kind == "identifier":
            look = (Kind.NAMESPACE, Modifier.DECLARATION) if above == "config_block" else (Kind.PROPERTY, Modifier.NONE)
            _add(tokens, node.start_byte, node.end_byte, *look)
        elif kind == "hash_comment" and text[node.start_byte :].startswith(b"#!"):
            _add(tokens, node.start_byte, node.end_byte, Kind.COMMENT, Modifier.NONE)
        else:
            _add_plain(tokens, node, kind, above, is_regex=False)
    return tuple(tokens)


def leaves(root: Node) -> Iterator[Leaf]:
    """The leaves that take up space, in order."""
    cursor = root.walk()
    around = [("", 0)]
    while True:
        node = cursor.node
        assert node is not None  # a cursor is always somewhere
        if cursor.goto_first_child():
            around.append((node.type, node.start_byte))
            continue
        if node.end_byte > node.start_byte:
            yield node, node.type, *around[-1]
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            around.pop()


def _add(tokens: list[Token], start: int, end: int, kind: Kind, modifiers: Modifier) -> None:
    """Pieces of one string are one token."""
    if kind is Kind.STRING and tokens and tokens[-1][1:] == (start, kind, modifiers):
        start = tokens.pop()[0]
    tokens.append((start, end, kind, modifiers))


def _add_plain(tokens: list[Token], node: Node, kind: str, above: str, *, is_regex: bool) -> None:
    """A leaf that is no name."""
    start, end = node.start_byte, node.end_byte
    look = _in_parent(kind, above) or _LEAVES.get(kind)
    if is_regex and kind in _TEXT:
        look = Kind.REGEXP, Modifier.NONE
    if kind == 'template"""':
        _add(tokens, start, end - 3, Kind.KEYWORD, Modifier.NONE)
        _add(tokens, end - 3, end, Kind.STRING, Modifier.NONE)
    elif look is not None:
        _add(tokens, start, end, *look)
    elif not node.is_named and kind.isidentifier():
        _add(tokens, start, end, Kind.KEYWORD, Modifier.NONE)


def _in_parent(kind: str, above: str) -> Look | None:
    """Signs that mean something else where they stand."""
    if kind in ("{", "}") and above in ("interpolation", "f_interpolation"):
        return Kind.INTERPOLATION, Modifier.NONE
    return (Kind.DECORATOR, Modifier.NONE) if kind == "@" and above == "decorator" else None


def _embedded(item: ItemFacts, node: Node, above: str, look: Callable[[int], Look | None]) -> Iterator[Token]:
    base, text = node.start_byte, item.text[node.start_byte : node.end_byte]
    if above == "template":
        found = template_tokens(text, lambda offset: look(base + offset))
    else:
        facts = next((facts for one, facts in item.scope.python.items() if one.start <= base < one.end), None)
        shared = frozenset(local.name for local in facts.reads) if facts is not None else frozenset[str]()
        found = python_tokens(text, shared)
    for start, end, kind, modifiers in found:
        yield base + start, base + end, kind, modifiers


def _unread(node: Node, above: str) -> Look:
    """A word that is no name, or that nobody could read."""
    if (above, node.text) in _WORDS:
        return Kind.KEYWORD, Modifier.NONE
    return _UNREAD.get(above, Kind.VARIABLE), Modifier.NONE


_EMBEDDED = frozenset({"template", "python_string"})
_WORDS = frozenset(
    {("use_item", b"mcp"), ("model_fallback", b"fallback"), ("match_arm", b"default"), ("case", b"default")}
)
"""Words that the grammar reads as names."""

_UNREAD: dict[str, Kind] = {
    "call": Kind.FUNCTION,
    "spawn": Kind.FUNCTION,
    "member": Kind.PROPERTY,
    "property": Kind.PROPERTY,
    "entry": Kind.PROPERTY,
    "parameter": Kind.PARAMETER,
    "type_name": Kind.TYPE,
    "decorator": Kind.DECORATOR,
}

_STRING = (Kind.STRING, Modifier.NONE)
_OPERATOR = (Kind.OPERATOR, Modifier.NONE)
_FLOW_OPERATOR = (Kind.OPERATOR, Modifier.FLOW)
_NUMBER = (Kind.NUMBER, Modifier.NONE)
_CONSTANT = (Kind.CONSTANT, Modifier.READONLY)
_COMMENT = (Kind.COMMENT, Modifier.NONE)
_INTERPOLATION = (Kind.INTERPOLATION, Modifier.NONE)

_TEXT = frozenset({"string_content", "raw_content"})
_QUOTES = ('"', "'", '"""', "'''", "`", 'f"', "f'", 'f"""', 'r"', "r'", 'r"""')
_FLOW_OPERATORS = (">>", "|>>", "&>>", "|>", "||", "&&", "??")
_OPERATORS = (
    "=>", "->", "==", "!=", "<=", ">=", "<", ">", "=", "+=", "-=", "*=", "/=", "%=", "+", "-", "*", "/", "%", "!", "|",
    "?", "..",
)  # fmt: skip

_LEAVES: dict[str, Look] = {
    **dict.fromkeys(_QUOTES, _STRING),
    **dict.fromkeys(("string_content", "raw_content", "unterminated_content"), _STRING),
    **dict.fromkeys(_FLOW_OPERATORS, _FLOW_OPERATOR),
    **dict.fromkeys(_OPERATORS, _OPERATOR),
    **dict.fromkeys(("integer", "float", "malformed_number"), _NUMBER),
    **dict.fromkeys(("true", "false", "null", "type_null"), _CONSTANT),
    **dict.fromkeys(("line_comment", "block_comment", "unterminated_comment"), _COMMENT),
    **dict.fromkeys(("break_statement", "continue_statement", "python!"), (Kind.KEYWORD, Modifier.NONE)),
    "duration": (Kind.DURATION, Modifier.NONE),
    "doc_comment": (Kind.COMMENT, Modifier.DOCUMENTATION),
    "hash_comment": (Kind.COMMENT, Modifier.DEPRECATED),
    "escape_sequence": (Kind.ESCAPE, Modifier.NONE),
    "f_format": _INTERPOLATION,
    "#{": _INTERPOLATION,
    "foreign_operator": (Kind.OPERATOR, Modifier.DEPRECATED),
}
"""Every leaf that is no name and no word."""
