"""A mistake of syntax in one declaration adds no finding about names to any other."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.rule import Finding
from nexa.syntax import parse

SPEC = Path(__file__).parent.parent / "spec"
FILES = sorted(SPEC.glob("examples/*.nx"))
INSERTED = (b"(", b")", b"{", b"}", b"[", b'"', b"=", b"~>", b"let ", b",", b"#{", b"1x ", b"import ")
PER_FILE = 25


def load(path: str) -> bytes | None:
    file = Path(path)
    return file.read_bytes() if file.is_file() else None


def analysed(path: Path, text: bytes) -> tuple[File, tuple[Finding, ...]]:
    file = File.parse(str(path), text)
    return file, Project(Settings(), load).with_file(file).findings(str(path)) or ()


def tokens(text: bytes) -> list[tuple[int, int]]:
    found, pending = [], [parse(text).root]
    while pending:
        node = pending.pop()
        if node.child_count == 0 and node.end_byte > node.start_byte:
            found.append((node.start_byte, node.end_byte))
        pending.extend(node.children)
    return sorted(found)


def mistakes(path: Path, text: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The offset of a token, the text with a mistake there, and how many bytes longer it is."""
    rng = random.Random(path.name)
    places = tokens(text)
    for _ in range(PER_FILE):
        start, end = rng.choice(places)
        kind = rng.randrange(3)
        if kind == 0:
            yield start, text[:start] + text[end:], start - end
        elif kind == 1:
            yield start, text[:end] + text[start:end] + text[end:], end - start
        else:
            inserted = rng.choice(INSERTED)
            yield start, text[:start] + inserted + text[start:], len(inserted)


def outside(findings: tuple[Finding, ...], low: int, high: int, shift: int) -> set[tuple[str, str, int]]:
    """The findings about names before or behind a declaration, where they were before the mistake."""
    return {
        (one.code, one.message, one.span.start - (shift if one.span.start >= high else 0))
        for one in findings
        if one.code.startswith(("NX2", "NX4")) and not low <= one.span.start < high
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_others_stay_as_they_were(path: Path) -> None:
    text = path.read_bytes()
    before, known = analysed(path, text)
    for offset, changed, shift in mistakes(path, text):
        index = before.item_at(offset)
        if index is None:
            continue
        low = before.starts[index]
        high = low + len(before.items[index].text)
        after, findings = analysed(path, changed)
        if not any(one.code.startswith("NX1") for one in findings):
            continue  # no mistake of syntax: another program
        gone = {one.name for one in before.exports} - {one.name for one in after.exports} - after.doubts
        added = outside(findings, low, high + shift, shift) - outside(known, low, high, 0)
        added = {one for one in added if not any(f"`{name}`" in one[1] for name in gone)}
        assert not added, (added, changed[max(0, offset - 40) : offset + 40])
