"""Reads secrets files: the names in them, never the values (language reference, section 2.11).

No value leaves this module, and no message quotes the text of one: what cannot be read may well be a secret.
"""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler.lower import numbers
from nexa.compiler.lower.faults import CLOSERS, Fault, Surroundings, surroundings
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.unfinished import opener_of
from nexa.compiler.rule import Slip
from nexa.syntax import Node, Span, Tree, has_fault
from nexa.syntax.record import record


@record
class SecretEntry:
    """`KEY = …`: the key, its place in bytes, and the keys inside its value."""

    key: str
    span: Span
    entries: tuple[SecretEntry, ...] = ()


@record
class SecretConfig:
    """`config name { … }`; `span` is the place of the name."""

    name: str
    span: Span
    entries: tuple[SecretEntry, ...]


@record
class Secrets:
    """A secrets file; `slips` are NX606, in textual order, with one word: the reason."""

    configs: tuple[SecretConfig, ...]
    entries: tuple[SecretEntry, ...]
    slips: tuple[Slip, ...]


def lower_secrets(tree: Tree) -> Secrets:
    """What a secrets file declares. Offsets count from the start of the file."""
    reading = Reading(tree.text, 0)
    nodes = tree.root.children
    configs = tuple(_config(reading, node) for node in nodes if node.type == "config_block")
    entries = _entries(reading, tree.root)
    if nodes and has_fault(tree.root, "secrets"):
        _mistakes(reading, tuple(nodes))
    _repeated(reading, entries, {})
    blocks: dict[str, dict[str, None]] = {}
    for config in configs:
        _repeated(reading, config.entries, blocks.setdefault(config.name, {}))
    return Secrets(configs, entries, tuple(sorted(reading.slips, key=lambda slip: slip.span.start)))


def _repeated(reading: Reading, entries: tuple[SecretEntry, ...], seen: dict[str, None]) -> None:
    """A key that has a value already, in the same block or dict: nobody could tell which of the two counts."""
    pending = [(entries, seen)]
    while pending:
        row, known = pending.pop()
        for one in row:
            if one.key and one.key in known:
                reading.slip("NX606", one.span.start, one.span.end, f"`{one.key}` has a value already")
            known[one.key] = None
            pending.append((one.entries, {}))


def _config(reading: Reading, node: Node) -> SecretConfig:
    name = node.child_by_field_name("name")
    key, span = _key(reading, name, node)
    return SecretConfig(key, span, _entries(reading, node))


def _entries(reading: Reading, node: Node) -> tuple[SecretEntry, ...]:
    """The entries of a file, block or dict. Iterates, since dicts may nest as deep as somebody likes."""
    found: list[SecretEntry] = []
    for child in node.named_children:
        if child.type in ("entry", "dict_entry"):
            key, span = _key(reading, child.child_by_field_name("key"), child)
            found.append(SecretEntry(key, span, _inner(reading, child.child_by_field_name("value"))))
    return tuple(found)


def _inner(reading: Reading, value: Node | None) -> tuple[SecretEntry, ...]:
    """The keys of a dict; a malformed number is reported."""
    if value is None:
        return ()
    if value.type == "dict":
        if reading.depth >= _MAX_DEPTH:
            reading.slip("NX606", value.start_byte, value.start_byte + 1, f"dicts nest more than {_MAX_DEPTH} deep")
            return ()
        reading.depth += 1
        found = _entries(reading, value)
        reading.depth -= 1
        return found
    text = reading.text[value.start_byte : value.end_byte].decode("utf-8", "replace")
    read = _READERS.get(value.type)
    if value.type == "malformed_number" or (read is not None and read(text) is None):
        reading.slip("NX606", value.start_byte, value.end_byte, "malformed number; put quotes around other values")
    return ()


_MAX_DEPTH: Final = 50
_READERS: Final = {"integer": numbers.whole, "float": numbers.real}


def _key(reading: Reading, node: Node | None, parent: Node) -> tuple[str, Span]:
    """A key as it is looked up, without its quotes."""
    if node is None:
        return "", Span(parent.start_byte, parent.start_byte)
    text = reading.text[node.start_byte : node.end_byte].decode("utf-8", "replace")
    if node.type in ("string", "raw_string"):
        text = text.removeprefix("r").strip("\"'")
    return text, Span(node.start_byte, node.end_byte)


# ── mistakes ────────────────────────────────────────────────────────────────────────────────────────────────────


def _mistakes(reading: Reading, nodes: tuple[Node, ...]) -> None:
    """One slip for each line that cannot be read, none for what follows from brackets that do not match."""
    around = surroundings(reading.text, nodes)
    row = -1
    for fault in around.faults:
        if fault.end_row <= row:
            continue
        lines = _lines_in(reading, fault, row) if fault.node.type == "ERROR" else []
        slip = None if lines or fault.node.start_point[0] <= row else _mistake(reading, around, fault)
        reading.slips += lines if slip is None else [slip]
        row = fault.end_row
        if fault.node.type == "ERROR" and _has_brackets(around, fault):
            return


def _lines_in(reading: Reading, fault: Fault, told: int) -> list[Slip]:
    """What is wrong with entries of one line each among what the parser threw away; lines up to row `told` are done."""
    found: list[Slip] = []
    start = reading.text.rfind(b"\n", 0, fault.node.start_byte) + 1
    row = fault.node.start_point[0]
    while start <= fault.end:
        end = reading.text.find(b"\n", start)
        end = len(reading.text) if end < 0 else end
        if row > told and (entry := _ENTRY.match(reading.text, start, end)) and entry["value"][:1] != b"{":
            if not entry["sign"]:
                found.append(_slip(*entry.span("value"), _NO_ENTRY))
            elif not _READABLE.match(entry["value"]):
                found.append(_slip(*entry.span("value"), _NO_VALUE))
        start, row = end + 1, row + 1
    return found


_ENTRY: Final = re.compile(
    rb"[ \t]*(?:config[ \t]+\w+[ \t]*\{[ \t]*)?(?!config\b)(?:[\w-]+|\"[^\"]*\"|'[^']*')[ \t]*(?P<sign>[=:]?)[ \t]*"
    rb"(?P<value>\[[^\]\r\n]*\]?|[\"'{][^\r\n]*?(?=[ \t]*[,;}\r\n]|[ \t]*$)|[^\s,;}\"'/]+)"
)
"""A key, its sign and its value, as far as one line has them."""
_READABLE: Final = re.compile(rb"[\"'{]|(?:true|false)\Z|[+-]?[0-9]")


def _has_brackets(around: Surroundings, fault: Fault) -> bool:
    inside = around.leaves[around.index(fault.node.start_byte) : around.index(fault.end)]
    return any(leaf.kind == "{" for leaf in inside)


def _mistake(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    node = fault.node
    start, end = node.start_byte, max(node.end_byte, node.start_byte)
    if node.type == "missing_quote" or (node.is_missing and node.type in ('"', "'", '"""')):
        opener = fault.parent.children[0]
        return _slip(opener.start_byte, opener.end_byte, "unterminated string")
    if node.type == "missing_closer" or (node.is_missing and node.type == "}"):
        opener_node = opener_of(fault.parent, fault.index)
        if opener_node is not None:
            return _slip(opener_node.start_byte, opener_node.end_byte, "`{` is never closed; add `}`")
    if node.type == "missing_operand":
        return _slip(*_token(around, start), _NO_VALUE)
    if reading.text.startswith(b"/*", start):
        return _slip(start, start + 2, "unterminated block comment; add `*/`")
    return _unexpected(around, start, end)


def _unexpected(around: Surroundings, start: int, end: int) -> Slip:
    """An entry that cannot be read. Only punctuation is quoted."""
    index = around.index(start)
    if index < len(around.leaves) and around.leaves[index].kind in CLOSERS:
        leaf = around.leaves[index]
        return _slip(leaf.start, leaf.end, f"unmatched `{leaf.kind}`")
    if "config" in (around.word(index), around.word(index - 1)):
        return _slip(start, min(start + 1, len(around.text)), "expected `config name { … }`")
    stop = around.text.find(b"\n", start, end)
    start, end = (start, stop if stop > start else end) if end > start else _token(around, start)
    return _slip(start, end, _NO_ENTRY)


_NO_ENTRY: Final = 'unexpected text; expected `KEY = "value"`'
_NO_VALUE: Final = "expected a value: a string, a number, `true`, `false` or `{ … }`"


def _token(around: Surroundings, start: int) -> tuple[int, int]:
    """The token behind an offset, if there is one on its line; the end of the line otherwise."""
    index = around.index(start)
    leaf = around.leaves[index] if index < len(around.leaves) else None
    if leaf is None or around.text.find(b"\n", start, leaf.start) >= 0:
        return start, start
    return leaf.start, leaf.end


def _slip(start: int, end: int, reason: str) -> Slip:
    return Slip("NX606", Span(start, end), (reason,))
