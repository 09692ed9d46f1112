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
    """The findings before or behind a declaration, where they were before the mistake."""
    return {
        (one.code, one.message, one.span.start - (shift if one.span.start >= high else 0))
        for one in findings
        if not low <= one.span.start <= high
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
        # A name that is deleted is gone.
        left = after.text[low : high + shift].decode()
        gone = {one.name for one in before.exports if one.name not in left} - {one.name for one in after.exports}
        added = outside(findings, low, high + shift, shift) - outside(known, low, high, 0)
        added = {one for one in added if not any(f"`{name}`" in one[1] for name in gone)}
        assert not added, (added, changed[max(0, offset - 40) : offset + 40])


TORN = [
    ('agent Ann prompt prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent Ann { prompt prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent uses f { prompt: "x" }\nfn f() { 1 }', "flow main { print(Ann.run(1)) }"),
    ("agent", "flow main { print(Ann.run(1)) }"),
    ('@tool("x")\nfn (a: str) -> str { a }', 'agent Ann uses f { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    ('@tool("x")\nfn fa: str) -> str { a }', 'agent Ann uses f { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    ("fn longname(a str) { a }", "flow main { print(longname(1)) }"),
    ("fn longnamea: str) { a }", "flow main { print(longname(1)) }"),
    ('type = float @ "x"', "flow main(x: Percent) { print(x) }"),
    ('struct R { a: int }\nShown for R {\n    fn show() -> str { "x" }\n}', "flow main { print(R(a: 1).show()) }"),
    (
        'struct R { a: int }\nimpl\nShown for R {\n    fn show() -> str { "x" }\n}',
        "flow main { print(R(a: 1).show()) }",
    ),
    ('agent Ann { prompt: "x"\nlet done = [1]\nsend = fn(x) => x', "flow main { print(done, send(1), Ann.run(1)) }"),
    ("let = 1", "flow main { print(done) }"),
    ("let send: list[str] []", "flow main { print(send(1)) }"),
    ('flow f {\n    pass 1, x y."\n    print(g())\n}\nfn g() { 1 }', "flow main { f() }"),
    ('kv a = open("x")\n= agent Ann { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
]


@pytest.mark.parametrize(("torn", "healthy"), TORN)
def test_a_torn_declaration_is_no_mistake_of_its_users(torn: str, healthy: str) -> None:
    _, findings = analysed(Path("a.nx"), f"{torn}\n{healthy}\n".encode())
    behind = len(torn.encode()) + 1
    assert [one for one in findings if one.span.start < behind]
    assert [(one.code, one.message) for one in findings if one.span.start >= behind] == []


def test_a_name_that_was_never_there_is_still_unknown() -> None:
    _, findings = analysed(Path("a.nx"), b"fn f(a b) { 1 }\nflow main { print(g()) }\n")
    assert [one.code for one in findings if one.span.start > 15] == ["NX201"]
