"""Which items are, or hold, a declaration whose name is missing, and what kind of name that may be.

`agent {` lacks its name; what stands there without any head, as in `prompt: "x" }`, is the rest of a declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED_VALUES, TYPE_ALIASES, TYPES
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.rule import Unknown

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts
    from nexa.compiler.file import File
    from nexa.compiler.rows import Row

Lacking = frozenset[Unknown]
"""What the names may mean that are missing."""

DECLARES = rb"(?:agent|tool|protocol|flow|fn|type|struct|enum|trait|impl|job|server|db|auth|kv)\b"
"""The words that begin a declaration with a name, for regular expressions."""

_CLAUSES = rb"(?:(?:uses|implements|requires|ensures|invariant|for)\b|on[ \t]*\")"

_NAMELESS = re.compile(
    rb"^(let\b|" + DECLARES + rb")[ \t]*(?:(?![ \t\w])|(?:" + "|".join(sorted(RESERVED)).encode() + rb")\b|" + _CLAUSES
    + rb"|(?<=[ \t])(?:(?<!server )\d|(?<!let )\w+[ \t]*[:,]|\w+[ \t]*[.)}\]+*<>?|!]|\w+\"))",
    re.MULTILINE,
)  # fmt: skip
"""A word at column 0 that begins a declaration, without a name behind it, or with the first word of a body."""

_CALLED = re.compile(
    rb"^(?:(flow|fn|agent|tool|job|db|auth|kv)[ \t]+\w+(?:\[|\([ \t]*\d)"
    rb"|(agent|tool|protocol|type|struct|enum|trait|job|db|auth|kv)[ \t]+\w+\()",
    re.MULTILINE,
)
"""The same with a type or a call behind it, where no parameters can be."""

_BODILESS = re.compile(rb"^(agent|tool|protocol|flow|fn|struct|enum|trait|job|server)[ \t]+\w+[ \t]+\w", re.MULTILINE)
"""The same before words in place of a name and a body: `agent see the mail`."""

_NAMED = re.compile(rb"^(" + DECLARES + rb")[ \t]+(\w+)", re.MULTILINE)
"""The same with a name, which is none if it is that of something predeclared: `flow print(x) }`, `fn int {`."""

_REST = re.compile(
    rb"=(?![=>])|[:{,]|\?\?|\|\||&&|[|&]?>>|->|@[ \t]*\"|[\w.]+[ \t]*(?:,[ \t]*[\w.\"]+[ \t]*)+\{|\.[\w., \t]*\{"
    rb"|\([^()]*\)\s*(?:->|:|\{)|(?:\"\"|\d[\w.]*)[ \t]*[,)\]]|" + _CLAUSES + rb'|""\s*[({]|[^\n=]+[ \t]@[ \t]*"'
)
"""What follows the name of a declaration, or goes on with the value of a variable, and begins no statement."""

_STATEMENT = re.compile(
    rb"(?:let|include|use|loop|try|try_agent|autoloop|fork|unharnessed|defer|if|for|while|match|semantic_if|fast_match"
    rb"|else|catch|finally|before_step|after_step|on_error|" + DECLARES.removesuffix(rb"\b") + rb")\b"
    rb"|[^\W\d][\w.]*[ \t]*(?:[-+*/%]?=(?![=>])|[.;#]|\[(?![^\n]*\][ \t]*\{)|[ \t]+[\w\"'`]|:[^\n=\"']*=|\Z"
    rb"|\((?![^()]*\)\s*(?:->|:|\{)))"
    rb"|[ \t]*(?:`|<|//|/\*|[^\w\s]*\Z)"
)
"""What a statement may begin with, or what is no rest of anything."""

_BOUND_TYPE = re.compile(rb'[^\W\d]\w*[ \t]*=[^\n=]*[ \t]@[ \t]*"')
"""The rest of `type Percent = float @ "…"` behind a cut in its name or before that."""

_CLAUSED = re.compile(
    rb"(?:[^\W\d]\w*[ \t]+(?:uses|implements|requires|ensures|invariant|for)"
    rb"|(?:i?m?p?l?e?ments|r?e?q?uires|e?n?sures|i?n?v?ariant))[ \t]+[\w\"]"
)
"""The same of a head with clauses, or with what is left of the word before one."""

_TEXT_END = re.compile(rb"[^\"'`\n({=]*[^\"'`\n({=,\s]\"[ \t]*\Z")
"""The end of a string."""

_TITLE = re.compile(rb'\w*"\s*[({]')
"""The end of a string before a body."""

_UNBOUND = re.compile(
    rb"(?:^|[{;])[ \t]*(?:(?:" + "|".join(sorted(RESERVED)).encode() + rb")[ \t]*)?=[^=>]", re.MULTILINE
)
"""An assignment to nothing, or to a word that cannot be a name."""

_UNBOUND_TYPED = re.compile(rb"^:[^=\n]*=(?![=>])", re.MULTILINE)
"""The same with a type, which reads as if it went on with the line before: `: list[str] = []`."""

_GOES_ON = re.compile(rb"^(?:[:,=.][^\n]*\}|,|\?[ \t]*\{|[)\]](?:[ \t]*(?:->|:|\{)|,))", re.MULTILINE)
"""The end of a body, which does that, too, and what stands in the middle of one or of a head."""

_OF_FUNCTIONS = re.compile(rb"fn[ \t]*\([^\n{]*\Z")
"""A type of functions, of which something is called."""

_OPAQUE = re.compile(rb'"""(?s:.*?)"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*(?s:.*?)\*/')
"""Strings and comments, in which brackets mean nothing."""

_FIELD = re.compile(rb"\w+[ \t]*:[ \t]*")

_HEADED = re.compile(rb"(\w+)[^\n{]*\{")

_PREDECLARED = PREDECLARED_VALUES.keys() | TYPES.keys() | TYPE_ALIASES.keys()

_NOTHING: Lacking = frozenset()
_TYPES: Lacking = frozenset({"type"})
_VALUES: Lacking = frozenset({"value"})
ANY_NAME: Lacking = frozenset({"value", "type"})

_OF_WORD: dict[bytes, Lacking] = {
    **dict.fromkeys((b"protocol", b"type", b"trait"), _TYPES),
    **dict.fromkeys((b"struct", b"enum"), ANY_NAME),
    b"impl": _NOTHING,
}


def lacking(item: ItemFacts) -> Lacking:
    """What the names that an item lacks may mean; empty for an item that lacks none."""
    node = item.node
    if not item.is_broken:  # the word alone reads as a variable, and `type -Line = …` as an assignment to no place
        find = _NAMELESS.fullmatch if isinstance(node, ast.ExprStmt) else _NAMELESS.match
        word = find(item.text) if isinstance(node, ast.ExprStmt | ast.Assign) else None
        return _NOTHING if word is None else lacking_of_word(word[1])
    words = [word[1] for word in _NAMELESS.finditer(item.text)]
    words += [word[1] or word[2] for word in _CALLED.finditer(item.text)]
    words += [word[1] for word in _BODILESS.finditer(item.text) if b"{" not in item.text]
    words += [word[1] for word in _NAMED.finditer(item.text) if word[2].decode("utf-8", "replace") in _PREDECLARED]
    found = _NOTHING.union(*(lacking_of_word(word) for word in words))
    name = getattr(node, "name", None)
    if isinstance(node, ast.Declaration) and isinstance(name, ast.Name) and not name.text:
        found |= lacking_of_word(item.source(node.keyword).encode())
    if _UNBOUND_TYPED.search(item.text):
        found |= _VALUES
    if _GOES_ON.search(item.text) or _OF_FUNCTIONS.match(item.text):
        found |= ANY_NAME
    if _is_torn_decorator(item):
        return ANY_NAME if _is_rest(item.text) else found | _VALUES
    if not is_loose(node):
        return found
    if item.text == b"/" or _is_rest(item.text):  # the slash may become the documentation of something
        return ANY_NAME
    is_value = _UNBOUND.search(item.text) or _is_end_of_value(item)
    return found | (_VALUES if is_value else _NOTHING)


def nameless(file: File) -> Row[Lacking]:
    """The declarations of a file that lack their names, with what these may mean."""
    found = file.rows(_nameless)
    if not file.is_broken:
        return found
    members = [(index, one) for index, one in file.rows(_members) if _is_indented(file, index)]
    # What stands indented before the end of a body that nothing begins is the body of something, too; and so does what
    # stands before it on its line, and a statement on the line above.
    ends = [(index, one) for index, one in file.rows(_closers) if index and _ends_body(file, index)]
    # So is `fn Percent {` where another item declares that: what is left of a head may be a type in it.
    others = [
        (index, kind)
        for index, (name, kind) in file.rows(_heads)
        if any(other != index for other, _ in file.declared_by_name.get(name, ()))
    ]
    return sorted([*found, *members, *ends, *others], key=itemgetter(0))


def first_words(file: File) -> Row[str]:
    """The words that broken text with a body begins with: its name each, unless something else has that name."""
    return file.rows(_first_words)


def _is_indented(file: File, index: int) -> bool:
    start = file.starts[index] + file.items[index].node.start  # behind its documentation
    return start > 0 and file.text[start - 1] in b" \t"


def _ends_body(file: File, index: int) -> bool:
    is_line_of_body = any(_is_indented(file, at) for at in (index - 1, index)) or not file.begins_line(index)
    return is_line_of_body or (is_loose(file.items[index - 1].node) and file.is_right_below(index))


def _nameless(item: ItemFacts) -> Iterable[Lacking]:
    return (item.lacking,) if item.lacking else ()


def _members(item: ItemFacts) -> Iterable[Lacking]:
    """What ends a body that it is in, or is a field without its type, if it stands indented."""
    if not item.slips or not item.is_broken:
        return ()
    is_member = _FIELD.fullmatch(item.text) if is_loose(item.node) else _closes_more(item.text)
    return (ANY_NAME,) if is_member else ()


def _heads(item: ItemFacts) -> Iterable[tuple[str, Lacking]]:
    """The name in a torn head, and what it may stand for."""
    head = _NAMED.match(item.text) if item.slips and item.is_broken else None
    return () if head is None else ((head[2].decode("utf-8", "replace"), lacking_of_word(head[1])),)


def _closers(item: ItemFacts) -> Iterable[Lacking]:
    """What begins with the end of a body."""
    return (ANY_NAME,) if isinstance(item.node, ast.ErrorItem) and item.text.startswith(b"}") else ()


def _is_end_of_value(item: ItemFacts) -> bool:
    return isinstance(item.node, ast.ErrorItem) and item.text.startswith((b"]", b")"))


def _first_words(item: ItemFacts) -> Iterable[str]:
    may_be_rest = item.slips and item.is_broken and is_loose(item.node)
    head = _HEADED.match(item.text) if may_be_rest else None
    return () if head is None else (head[1].decode("utf-8", "replace"),)


def _is_torn_decorator(item: ItemFacts) -> bool:
    """Whether decorators may be those of another declaration than the next one."""
    if not item.text.startswith(b"@") or isinstance(item.node, ast.ErrorItem):
        return item.text.startswith(b"@")
    return isinstance(item.node, ast.Declaration) and item.slips[0].span.start < item.node.keyword.start


def lacking_of_word(word: bytes) -> Lacking:
    """What the name may mean that is missing behind a word that begins a declaration."""
    return _OF_WORD.get(word, _VALUES)


def is_loose(node: ast.Node) -> bool:
    """Whether an item is no declaration."""
    return isinstance(node, ast.ErrorItem) or not isinstance(node, ast.Declaration)


def _is_rest(text: bytes) -> bool:
    """Whether a text looks like a declaration without its head: a body, or what follows a name."""
    text = text.lstrip()
    bare = _OPAQUE.sub(b'""', text)
    is_text = _TITLE.match(text) or _TEXT_END.match(text)
    if is_text or any(pattern.match(bare) for pattern in (_REST, _BOUND_TYPE, _CLAUSED)):
        return True
    return _closes_more(text) or _STATEMENT.match(bare) is None


def _closes_more(text: bytes) -> bool:
    """Whether a text ends a body, or the parameters before one, that it does not begin."""
    bare = _OPAQUE.sub(b'""', text).replace("｝".encode(), b"}").replace("｛".encode(), b"{")
    braces = brackets = 0
    for at, char in enumerate(bare.decode("latin-1")):
        braces += (char == "{") - (char == "}")
        brackets += (char == "(") - (char == ")")
        if brackets < 0 and b"{" in bare[at:]:
            return True
        if braces < 0:
            if bare[:at].strip(b"}; \t\r\n"):
                return True
            braces = 0
    return False
