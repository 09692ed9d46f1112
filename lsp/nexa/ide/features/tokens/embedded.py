"""Tokens of text in another language: Python in `python!`, the tags of a template.

Both are read by patterns, not parsed: a half-written block keeps its colours.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable, Iterator

from nexa.ide.legend import Kind, Modifier

Token = tuple[int, int, Kind, Modifier]
"""Start and end in bytes, what it is, and what modifies that."""

_PYTHON = re.compile(
    rb"""
    (?P<comment>\#[^\r\n]*)
    |(?P<string>(?:[rRbBuUfF]{1,2}(?=["']))?
        (?:\"\"\"(?:\\.|[^\\])*?(?:\"\"\"|\Z)|'''(?:\\.|[^\\])*?(?:'''|\Z)
          |"(?:\\.|[^"\\\r\n])*"?|'(?:\\.|[^'\\\r\n])*'?))
    |(?P<decorator>(?<![^\r\n])[ \t]*@[A-Za-z_][\w.]*)
    |(?P<number>\d(?:[\w.]|(?<=[eE])[+-])*)
    |(?P<name>[A-Za-z_\x80-\xff][\w\x80-\xff]*)
    |(?P<operator>->|:=|\*\*=?|//=?|<<=?|>>=?|[-+*/%&|^~<>=!@]=?)
    """,
    re.VERBOSE | re.DOTALL,
)
_CALL = re.compile(rb"[ \t]*\(")

_PYTHON_KINDS = {
    "comment": Kind.COMMENT,
    "string": Kind.STRING,
    "number": Kind.NUMBER,
    "operator": Kind.OPERATOR,
}
_PYTHON_WORDS = frozenset(keyword.kwlist) - {"True", "False", "None"}
_CONSTANTS = frozenset({"True", "False", "None"})
_BUILTINS = {
    name: Kind.CLASS if isinstance(value, type) else Kind.FUNCTION
    for name, value in vars(builtins).items()
    if callable(value)
}


def python_tokens(code: bytes, shared: frozenset[str]) -> Iterator[Token]:
    """Tokens of Python text; `shared` are the names of Nexa that the block can see."""
    before = b""
    for match in _PYTHON.finditer(code):
        start, end, group = match.start(), match.end(), match.lastgroup or ""
        if group == "decorator":
            text = match[0].lstrip()
            yield end - len(text), end, Kind.DECORATOR, Modifier.NONE
        elif group == "name":
            yield start, end, *_python_name(match[0].decode("utf-8", "replace"), before, code, end, shared)
        else:
            yield start, end, _PYTHON_KINDS[group], Modifier.NONE
        is_member = group == "name" and code[end : end + 1] == b"."
        before = b"." if is_member else match[0]


def _python_name(name: str, before: bytes, code: bytes, end: int, shared: frozenset[str]) -> tuple[Kind, Modifier]:
    """`before` is the token in front of it, or the dot behind that."""
    is_called = _CALL.match(code, end) is not None
    if before == b".":
        return Kind.METHOD if is_called else Kind.PROPERTY, Modifier.NONE
    if name in _PYTHON_WORDS:
        return Kind.KEYWORD, Modifier.NONE
    if name in _CONSTANTS:
        return Kind.CONSTANT, Modifier.NONE
    if before == b"def":
        return Kind.FUNCTION, Modifier.DECLARATION | Modifier.DEFINITION
    if before == b"class":
        return Kind.CLASS, Modifier.DECLARATION | Modifier.DEFINITION
    if before in (b"import", b"from"):
        return Kind.NAMESPACE, Modifier.NONE
    if name not in shared and name in _BUILTINS:
        return _BUILTINS[name], Modifier.DEFAULT_LIBRARY
    return Kind.FUNCTION if is_called and name not in shared else Kind.VARIABLE, Modifier.NONE


_TAG = re.compile(rb"\{\{\{?(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|(?!\{\{)[^}\"']|[\"'])*\}?\}?\}?", re.DOTALL)
_IN_TAG = re.compile(
    rb"""
    (?P<brace>\{\{\{?|\}\}\}?)
    |(?P<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)
    |(?P<keyword>[\#/]\w+|>(?=[ \t]*[A-Za-z_]))
    |(?P<number>-?\d[\w.]*)
    |(?P<name>@?[A-Za-z_\x80-\xff][\w\x80-\xff]*)
    |(?P<operator>==|!=|<=|>=|<|>|\|)
    """,
    re.VERBOSE | re.DOTALL,
)
_TAG_KINDS = {
    "brace": Kind.TEMPLATE_TAG,
    "string": Kind.STRING,
    "keyword": Kind.KEYWORD,
    "number": Kind.NUMBER,
    "operator": Kind.OPERATOR,
}
_TAG_WORDS: dict[bytes, Kind] = {
    **dict.fromkeys((b"in", b"not", b"and", b"or"), Kind.KEYWORD),
    **dict.fromkeys((b"true", b"false", b"null"), Kind.CONSTANT),
}


def template_tokens(text: bytes, look: Callable[[int], tuple[Kind, Modifier] | None]) -> Iterator[Token]:
    """Tokens of the text of a template; `look` tells what a name at an offset of it is, None if it is no known name."""
    done = 0
    for tag in _TAG.finditer(text):
        if tag.start() > done:
            yield done, tag.start(), Kind.STRING, Modifier.NONE
        done = tag.end()
        for match in _IN_TAG.finditer(text, tag.start(), tag.end()):
            group = match.lastgroup or ""
            if group != "name":
                yield match.start(), match.end(), _TAG_KINDS[group], Modifier.NONE
                continue
            known = look(match.start())
            if known is None:
                known = _TAG_WORDS.get(match[0], Kind.VARIABLE), Modifier.NONE
            yield match.start(), match.end(), *known
    if done < len(text):
        yield done, len(text), Kind.STRING, Modifier.NONE
