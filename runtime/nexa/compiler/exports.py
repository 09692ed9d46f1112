"""What an item adds to the program, and what its broken text may add."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.certain import is_certain
from nexa.compiler.facts import Declared, DeclaredKind, ItemFacts, Namespace
from nexa.compiler.nameless import ANY_NAME, DECLARES
from nexa.compiler.rule import Slip
from nexa.compiler.unfinished import beginnings
from nexa.syntax.span import Span

_PROSE = frozenset({"prompt", "role", "description"})
"""Properties whose text no other declaration depends on."""
_SEEN = frozenset({"output_schema", "memory"})
"""The properties of an agent that others depend on; contexts, functions and variables in it besides."""

_KINDS: dict[type[ast.Node], tuple[DeclaredKind, tuple[Namespace, ...]]] = {
    ast.Agent: ("agent", ("value",)),
    ast.Tool: ("tool", ("value",)),
    ast.Function: ("fn", ("value",)),
    ast.Flow: ("flow", ("value",)),
    ast.Job: ("job", ("value",)),
    ast.Server: ("server", ("value",)),
    ast.Protocol: ("protocol", ("type",)),
    ast.TypeAlias: ("type", ("type",)),
    ast.Struct: ("struct", ("value", "type")),
    ast.Enum: ("enum", ("value", "type")),
    ast.Trait: ("trait", ("type",)),
}


def declared_by(item: ItemFacts) -> tuple[Declared, ...]:
    """The names that an item adds to the program, in textual order."""
    node = item.node
    if not isinstance(node, ast.Declaration):
        return tuple(_variables(item))
    if isinstance(node, ast.Impl):
        return tuple(_impl(item, node))
    if isinstance(node, ast.Handle):
        kind: DeclaredKind = node.family
        namespaces: tuple[Namespace, ...] = ("value",)
    elif type(node) in _KINDS:
        kind, namespaces = _KINDS[type(node)]
    else:
        return ()
    name: ast.Name | None = getattr(node, "name", None)
    if name is None or not name.text:
        return ()
    signature = _signature(item)
    broken, body = item.is_broken, item.text.find(b"{", name.end)
    # `flow question: str) {` is `flow` and the first parameter of something; `flow ques` may go on.
    head = name.end + 1 if body < 0 else body
    headed = not any(slip.span.start < head for slip in item.slips)
    certain = isinstance(node, ast.Function | ast.Flow) and is_certain(item.text, node)
    return tuple(
        Declared(name.text, kind, namespace, signature, broken, name.span, node, is_headed=headed, is_certain=certain)
        for namespace in namespaces
    )


def _variables(item: ItemFacts) -> Iterator[Declared]:
    is_let = isinstance(item.node, ast.Let)
    seen: set[str] = set()
    for use in item.scope.uses:
        if use.role == "assign" and use.name.text not in seen:
            seen.add(use.name.text)
            yield _variable(item, use.name.text, use.name, is_assigned=not is_let)
    for block, facts in item.scope.python.items():
        for name in () if facts.written else facts.defines:
            if name not in seen:
                seen.add(name)
                yield _variable(item, name, block, is_assigned=True)


def _variable(item: ItemFacts, name: str, place: ast.Node, *, is_assigned: bool) -> Declared:
    return Declared(name, "variable", "value", b"", item.is_broken, place.span, item.node, is_assigned)


def _impl(item: ItemFacts, node: ast.Impl) -> Iterator[Declared]:
    if isinstance(node.target, ast.TypeName) and node.target.path and node.target.path[0].text:
        name = node.target.path[0]
        yield Declared(name.text, "impl", "impl", _signature(item), item.is_broken, name.span, node)


def _signature(item: ItemFacts) -> bytes:
    """The text of a declaration without bodies and prose, from its first decorator or keyword on."""
    node = item.node
    decorators: tuple[ast.Decorator, ...] = getattr(node, "decorators", ())
    start = decorators[0].start if decorators else node.keyword.start if isinstance(node, ast.Declaration) else 0
    hidden = sorted(_hidden(item), key=lambda span: span.start)
    if not isinstance(node, ast.Agent) or item.is_broken:
        return _without(item, Span(start, len(item.text)), hidden)
    # What stands between the members of an agent is nobody's business: it is edited more than anything else.
    head = max(
        [
            node.name.end,
            *(one.end for one in (*node.implements, *node.uses, *node.contracts, node.returns) if one is not None),
        ]
    )
    members = [one.span for one in node.members if not isinstance(one, ast.Property) or one.key.text in _SEEN]
    return b"\0".join(_without(item, part, hidden) for part in (Span(start, head), *members))


def _without(item: ItemFacts, part: Span, hidden: list[Span]) -> bytes:
    """The text of a part of an item but for what is hidden, which is sorted."""
    kept, at = [], part.start
    first, last = (bisect_left(hidden, place, key=lambda one: one.start) for place in (part.start, part.end))
    for one in hidden[first:last]:
        if at <= one.start and one.end <= part.end:
            kept.append(item.text[at : one.start])
            at = one.end
    kept.append(item.text[at : part.end])
    return b"\0".join(kept).strip()


def _hidden(item: ItemFacts) -> Iterator[Span]:
    if isinstance(item.node, ast.Function | ast.Flow):  # everything else to be hidden is in there
        if item.node.body is not None:
            yield item.node.body.span
        return
    for cls in (ast.Function, ast.Flow, ast.Hook, ast.JobBody):
        for node in item.of(cls):
            body: ast.Block | None = node.body  # type: ignore[attr-defined]  # the four classes have one
            if body is not None:
                yield body.span
    for item_property in item.of(ast.Property):
        if item_property.key.text in _PROSE and isinstance(item_property.value, ast.Str):
            yield item_property.value.span


def doubts_of(item: ItemFacts) -> frozenset[str]:
    """What broken text may declare: every word of text that is no item, or of a statement that may be a misspelt
    declaration; of a declaration its head and what is torn, the variables that it may have swallowed, and the methods
    that may be those of any type. `x = agent Ann {` reads as two statements, and declares `Ann` all the same.
    """
    if not item.is_broken:
        if any("impl".startswith(word) for word in beginnings(item)):
            return frozenset({ANY_MEMBER})
        is_glued = any(slip.code == "NX101" for slip in item.slips)
        return declared_in(item.text) if is_glued else frozenset()
    node = item.node
    is_declaration = isinstance(node, ast.Declaration) and not isinstance(node, ast.ErrorItem)
    start = node.keyword.start if isinstance(node, ast.Declaration) and is_declaration else 0
    heads = [item.text[start:].split(b"{")[0].split(b"\n")[0], *_HEAD.findall(item.text)]
    found = frozenset().union(*(_beginnings(_words(head)) for head in heads))
    if not is_declaration:
        found |= _words(item.text)
        if _may_be_impl(item):
            found |= {ANY_MEMBER}
    if _ENDS_IN_DOC.search(item.text):
        found |= {ANY_DOC}
    if isinstance(node, ast.Enum) or item.lacking == ANY_NAME:
        found |= {ANY_VARIANT}
    if isinstance(node, ast.Impl):
        found |= {method.name.text for method in node.methods}
        head = item.text.partition(b"{")[0]
        is_whole = node.target.end <= len(head) and all(slip.span.start > len(head) for slip in item.slips)
        if not node.methods or not is_whole:
            found |= {ANY_MEMBER}
    found |= _beginnings(declared_in(item.text), 1)
    for name, rest in _SPLIT.findall(item.text):
        found |= _words(name + rest)
        found |= _beginnings(_words(name), 1)  # text may stick to the name
    torn = {item.text[error.start : error.end] for error in item.of(ast.ErrorNode)}
    torn.update(_line_around(item.text, at) for at in _outside(item.of(ast.Block), item.slips))
    # What cannot be seen may stand in the middle of a name.
    unseen = (slip.span.start for slip in item.slips if slip.code == "NX113")
    torn.update(_FOREIGN.sub(b"", _line_around(item.text, at)) for at in unseen)
    found = found.union(*map(_words, torn))
    bound = _words(b" ".join(line[1] or line[2] or line[3] for line in _BINDING.finditer(item.text)))
    swallowed = _SWALLOWED.search(item.text) if is_declaration else None
    if swallowed is not None:
        bound |= _words(b" ".join(_BOUND.findall(item.text, swallowed.start())))
    return found | bound | {binding(name) for name in bound}


def _may_be_impl(item: ItemFacts) -> bool:
    """Whether broken text without a head may be an `impl`, or the rest of one."""
    first = _WORD.match(item.text.decode("utf-8", "replace"))
    is_begun = first is not None and (first[0].startswith("imp") or "impl".startswith(first[0]))
    return is_begun or b"impl " in item.text or b"fn " in item.text or item.lacking == ANY_NAME


def _outside(blocks: list[ast.Block], slips: tuple[Slip, ...]) -> Iterator[int]:
    """Where the slips begin that are in no body: no declaration begins in one."""
    outer: list[ast.Block] = []
    for block in sorted(blocks, key=lambda one: one.start):
        if not outer or block.start >= outer[-1].end:
            outer.append(block)
    for slip in slips:
        index = bisect_left(outer, slip.span.start, key=lambda one: one.start) - 1
        if index < 0 or slip.span.start >= outer[index].end:
            yield slip.span.start


def doubts_of_head(item: ItemFacts) -> frozenset[str]:
    """What a declaration may be called if what stands behind it on its line is a part of it."""
    return _beginnings(_words(item.text.split(b"{")[0].split(b"\n")[0]))


def declared_in(text: bytes) -> frozenset[str]:
    """The names behind all words in a text that begin declarations."""
    return _words(b" ".join(_DECLARED.findall(text)))


_HEAD = re.compile(rb"^" + DECLARES + rb"[^{\n]*", re.MULTILINE)
_FOREIGN = re.compile(rb"[^\0-\x7f]")
_WORD = re.compile(r"\w+")
_DECLARED = re.compile(DECLARES + rb"[ \t]+(\w+)")
_SPLIT = re.compile(rb"^(?:let\b|" + DECLARES + rb")[ \t]+(\w+)[ \t]+(\w+)", re.MULTILINE)
"""A name with a blank in it: `agent Wri ter {`."""
_BINDING = re.compile(
    rb"^(?:let\b([^=:\n]+)|(?![ \t])[^\n=(){}]*?(\w+)[ \t]*=(?!=)|(\w+)[ \t]*:[^\n=(){}\"]+=(?![=>]))", re.MULTILINE
)
"""What is given a value at column 0, where scripts stand: torn text may have swallowed them."""
_SWALLOWED = re.compile(
    rb"\n(?!@|///|" + DECLARES + rb")[^\s(){}\[\]/]|\A" + DECLARES + rb"[^\n]*[ \t{](?:for|if|while|loop|try|match)\b"
)
"""A script statement behind the first line of a declaration, or behind half of one on the same line."""
_BOUND = re.compile(rb"\b(\w+)[ \t]*=(?!=)")


def binding(name: str) -> str:
    """What stands among the doubts for a name that broken text gives a value at column 0."""
    return f"let {name}"


ANY_MEMBER = "."
"""What stands among the doubts where the methods of some type are missing: they may have any name."""

ANY_DOC = "///"
"""The same where the documentation of what follows may have been taken along."""

_ENDS_IN_DOC = re.compile(rb"^///[^\n]*\s*\Z", re.MULTILINE)

ANY_VARIANT = "::"
"""The same for the variants of some enum."""


def _line_around(text: bytes, at: int) -> bytes:
    end = text.find(b"\n", at)
    return text[text.rfind(b"\n", 0, at) + 1 : len(text) if end < 0 else end]


_SHORTEST = 3


def _beginnings(words: frozenset[str], shortest: int = _SHORTEST) -> frozenset[str]:
    """The words, and what they begin with: without its `(`, `f(x` is `fx`."""
    return words | {word[:end] for word in words for end in range(shortest, len(word))}


def _words(text: bytes) -> frozenset[str]:
    """Everything in a text that could be a name."""
    return frozenset(_WORD.findall(text.decode("utf-8", "replace")))
