"""Declarations as other languages write them: what Nexa has instead, in the brackets behind what was expected."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nexa.compiler.builtins import BUILTIN_TYPES
from nexa.compiler.lower.at_token import told
from nexa.compiler.lower.faults import Surroundings
from nexa.compiler.lower.foreign import DECLARATIONS, PLACES
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.services import METHODS
from nexa.compiler.rule import Slip
from nexa.compiler.suggest import nearest
from nexa.syntax import Node

_LIST: Final = "a list is written `list[str]`"
_RECORD: Final = "fields stand in a `protocol` or a `struct`"
_CHOICE: Final = "fixed words stand in an `enum`"
_OPTIONAL: Final = "a field that may be missing is written `name: str?`"
_BEHIND: Final = "a type stands behind the name, as in `name: str`"
_BODY: Final = "the body stands in `{ }`"
_PROPERTIES: Final = "properties stand in `{ }`"
_GIVES: Final = "what it gives is written `-> T`"
_RESULT: Final = "a result is written `-> {}`"
_TOOL: Final = """a tool in Nexa is written `@tool("…")` above a `fn`"""
_INCLUDE: Final = 'a file is read by `include "…"`'
_FLOW: Final = "a flow is written `flow {} {{ … }}`"

_HEADS: Final[dict[tuple[str, str], str]] = {
    ("agent", ":"): _GIVES,
    ("agent", "("): _PROPERTIES,
    ("agent", "="): _PROPERTIES,
    ("tool", "("): _TOOL,
    ("fn", "="): _BODY,
    ("fn", "=>"): _BODY,
    ("flow", "="): _BODY,
    ("flow", "=>"): _BODY,
    ("test", "="): _BODY,
}
"""By the word that a declaration begins with, and what stands in place of its `{`."""


def advised(reading: Reading, around: Surroundings, slip: Slip) -> Slip:
    """An NX100 with what says the same in Nexa, or a slip that says better what is wrong; others as they are."""
    index = around.index(slip.span.start + reading.base)
    if slip.code not in ("NX100", "NX101") or index >= len(around.leaves):
        return slip
    if around.leaves[index].start != slip.span.start + reading.base:
        return slip
    if better := _better(reading, around, index):
        return better
    if around.word(index - 1) == "use" and around.leaves[index].kind in ('"', "'"):
        return replace(slip, code="NX100", words=("string", f"`config` ({_INCLUDE})"), spans=())
    if slip.code == "NX101" or "(" in slip.words[1].replace("`(`", ""):
        return slip
    hint = _hint(around, index, slip.words[1])
    if not hint:
        return slip
    return replace(slip, words=(slip.words[0], f"{slip.words[1]} ({hint})", *slip.words[2:]))


def misspelt(reading: Reading, around: Surroundings) -> Slip | None:
    """NX120: the word that a broken item begins with is nearly one that begins declarations, and so is what follows."""
    if len(around.leaves) < 2 or around.leaves[0].kind != "identifier" or not _is_head(around):
        return None
    word, leaf = around.word(0), around.leaves[0]
    meant = _ELSEWHERE.get(word) or nearest(word, DECLARATIONS)
    return Slip("NX120", reading.span(leaf.start, leaf.end), (word, f"`{meant}`", meant)) if meant is not None else None


_MEMBERS: Final = frozenset({"fn", "flow"})
"""What an agent may declare."""


def nested(reading: Reading, nodes: tuple[Node, ...]) -> list[Slip]:
    """NX117 at each declaration that is written into another one."""
    found: list[Slip] = []
    for node in nodes[1:]:
        word = next((child for child in node.children if child.type in DECLARATIONS - _MEMBERS), None)
        if word is not None and node.type.endswith("_declaration"):
            span = reading.span(word.start_byte, word.end_byte)
            found.append(Slip("NX117", span, (word.type, PLACES[word.type])))
    return found


_ELSEWHERE: Final = {"implement": "impl", "implements": "impl", "implementation": "impl"}


def _is_head(around: Surroundings) -> bool:
    """Whether a name, a port or a title stands behind the first word, and behind that what follows in a declaration."""
    first, name = around.leaves[:2]
    if first.row != name.row:
        return False
    if name.kind == '"':
        row = [leaf.kind for leaf in around.leaves[:_HEAD] if leaf.row == first.row]
        return row[-1] in ('"', "{") or "{" in row
    return name.kind in ("identifier", "integer") and around.word(2) in _BEHIND_NAME


_HEAD: Final = 8
"""How many tokens of an item tell whether it is a declaration."""


def _better(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    return _inner(reading, around, index) or _entry(reading, around, index) or _format(reading, around, index)


def _format(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX100 at the `:` of `#{x:.2f}`."""
    opener = around.open_bracket(index)
    if opener is None or around.leaves[opener].kind != "#{":
        return None
    own = (at for at in range(opener + 1, index) if around.open_bracket(at) == opener)
    colon = next((at for at in own if around.word(at) == ":"), None)
    what = "`}` (a format is written as a filter, as in `#{x | number(2)}`)"
    return None if colon is None else told(reading, around, colon, what)


def _inner(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX117: a function with a name in the body of another one."""
    begin = around.line_start(index)
    if begin != index - 1 or around.word(begin) != "fn" or around.leaves[index].kind != "identifier" or not begin:
        return None
    leaf, name = around.leaves[begin], around.word(index)
    advice = f"a function in a body is a value: `{name} = fn(…) {{ … }}`"
    return Slip("NX117", reading.span(leaf.start, leaf.end), ("fn", advice, name))


def _entry(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX100 in an entry of a server: at the method of a route without its first word, or where a list is missing."""
    begin = around.line_start(index)
    word, behind = around.word(begin), around.word(begin + 1)
    if word in METHODS and behind == '"':
        what = f'a route, or another entry of the server (a route is written `route {word} "/" => f`)'
        return told(reading, around, begin, what)
    is_bare = word == "middleware" and begin in (index, index - 1) and behind.isidentifier()
    return told(reading, around, begin + 1, "`[`") if is_bare and around.depth(begin) else None


_BEHIND_NAME: Final = frozenset({"{", "(", "->", "[", ":", "uses", "implements", "on", "for", "=", ""})


def _hint(around: Surroundings, index: int, what: str) -> str:
    word, before, begin = around.sign(index), around.word(index - 1), around.line_start(index)
    first = around.word(begin)
    if what == "a type":
        if "[" in (word, before):
            return _LIST if around.word(index - 1 - (before == "[")) != "implements" else ""
        if word == "{":
            return _RECORD if around.word(index + 2) == ":" else ""
        return _CHOICE if word == '"' else ""
    if what == "`{`" and first in ("fn", "flow") and before == ")" and around.leaves[index].kind == "identifier":
        return _RESULT.format(word)
    if what == "`{`":
        return _HEADS.get((first, word), "")
    opener = around.open_bracket(index)
    if word == "?" and "`:`" in what:
        return _OPTIONAL
    if opener is not None and around.leaves[index].kind == "identifier" and _is_type(before):
        return _BEHIND if "`:`" in what else ""
    if word == "{" and index == begin + 1 and opener is None and first.isidentifier() and first not in DECLARATIONS:
        return _FLOW.format(first)
    return ""


def _is_type(word: str) -> bool:
    return word in BUILTIN_TYPES or (word.isidentifier() and word[0].isupper())
