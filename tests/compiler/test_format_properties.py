"""Whatever the text: the layout says the same, keeps every comment, and is the layout of itself.

That the layout of a layout is the same is checked by `layout` each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from harness.corpus import cases
from harness.dump import dump
from harness.layout import layout
from harness.mutation import random_edits
from harness.mutations import programs
from harness.reflow import commented, reflowed
from nexa.compiler.file import File
from nexa.compiler.format import says_the_same
from nexa.syntax import comments, has_fault, parse

TESTS = Path(__file__).parents[1]
CORPUS = sorted((TESTS / "syntax" / "corpus").glob("*.txt"))
OUR_OWN = [(path.name, path.read_bytes()) for path in sorted((TESTS.parent / "docs" / "examples").glob("*.nx"))]
PROGRAMS = [*programs(), *OUR_OWN]
NAMES = [name for name, _ in PROGRAMS]


def said(text: bytes) -> list[str]:
    """All that a text says, but for what the layout may mend: the `:` of a property, the `->` of a result."""
    return [dump(item.node, frozenset({"sep", "arrow"})) for item in File.parse("a.nx", text).items]


def remarks(text: bytes) -> list[bytes]:
    """The comments of a text apart from the blanks around their lines, in no order."""
    found = [text[node.start_byte : node.end_byte].splitlines() for node in comments(parse(text))]
    return sorted(b"\n".join(line.strip() for line in lines) for lines in found)


def check(text: bytes, width: int = 120) -> bytes:
    """Lay a text out, and compare all that must not change."""
    found = layout(text, width)
    assert remarks(found.text) == remarks(text)
    if not found.broken:
        assert said(found.text) == said(text)
    lines = found.text.split(b"\n")
    assert lines[-1] == b""
    return found.text


def still(text: bytes):
    """Says of another text whether it is the same program, comments apart."""
    expected = said(text)
    return lambda changed: not has_fault(parse(changed).root) and said(changed) == expected


@pytest.mark.parametrize(("name", "text"), PROGRAMS, ids=NAMES)
def test_however_a_program_was_written_its_layout_is_one(name: str, text: bytes) -> None:
    text = check(text)
    for seed in range(4):
        written = reflowed(random.Random(seed), text, still(text))
        assert said(written) == said(text), "the test itself changed the program"
        found = layout(written)
        assert not found.kept
        assert found.text.decode() == text.decode()


@pytest.mark.parametrize(("name", "text"), PROGRAMS, ids=NAMES)
def test_comments_may_stand_anywhere(name: str, text: bytes) -> None:
    for seed in range(6):
        written = commented(random.Random(seed), text, still(text))
        check(written)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_narrow_layouts(width: int) -> None:
    for _, text in PROGRAMS:
        found = check(text, width)
        assert check(found, 120) == check(check(found, width), 120)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_construct_of_the_corpus(path: Path) -> None:
    for case in cases(path):
        found = layout(case.source, grammar=case.grammar)
        assert not found.kept, case.name
        if case.grammar == "nexa":
            check(case.source.encode())


@pytest.mark.parametrize(("name", "text"), PROGRAMS, ids=NAMES)
def test_broken_programs(name: str, text: bytes) -> None:
    for seed in range(6):
        for changed in _some(step for _, step in random_edits(seed, text, 4)):
            check(changed)


def _some(texts: Iterable[bytes]) -> list[bytes]:
    return list(texts)[1::2]


def test_healthy_declarations_around_a_broken_one_are_laid_out() -> None:
    good = b'agent   A{prompt:"a"}\n'
    for broken in (b"flow torn(\n", b'x = "half\n', b"agent {\n", b"}\n", b"flow f { x >> }\n", b"agnt B { }\n"):
        found = layout(good + broken + good.replace(b"A", b"B"))
        assert found.text == b'agent A { prompt: "a" }\n' + broken + b'agent B { prompt: "a" }\n', broken


def scrambled(rng: random.Random, text: bytes) -> bytes:
    """A text with other blanks, line breaks and separators at a few places, in literals and comments, too."""
    for _ in range(rng.randrange(1, 4)):
        at = rng.choice([index for index, one in enumerate(text) if one in b' \n,;:"'])
        text = text[:at] + rng.choice([b"", b" ", b"\n", b";", b",", b" \n ", b"->"]) + text[at + 1 :]
    return text


@pytest.mark.parametrize(("name", "text"), PROGRAMS, ids=NAMES)
def test_what_is_taken_for_the_same_says_the_same(name: str, text: bytes) -> None:
    """Though most of it is compared by a glance at blanks and separators."""
    rng = random.Random(name)
    tree = parse(text)
    for _ in range(60):
        changed = scrambled(rng, text)
        if says_the_same(tree, parse(changed)):
            assert said(changed) == said(text), changed.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('print("a  b")', 'print("a b")'),
        ('print("a;b")', 'print("ab")'),
        ("print('a  b')", "print('a b')"),
        ("print(`a  b`)", "print(`a b`)"),
        ('print("""a  b""")', 'print("""a b""")'),
        ('print("#{"a  b"}")', 'print("#{"a b"}")'),
        ('print("\\"a  b")', 'print("\\"a b")'),
        ('print(1) // "\n    print("a  b")', 'print(1) // "\n    print("a b")'),
        ('print(1) /* " */; print("a  b")', 'print(1) /* " */; print("a b")'),
        ('print(1) # "\n    print("a  b")', 'print(1) # "\n    print("a b")'),
        ("x = 1 // one  two", "x = 1 // one two"),
        ("print(1, 2)", "print(12)"),
        ("x = 1; y = 2", "x = 1y = 2"),
        ("print(1); -2", "print(1) -2"),
        ("x = a\n    (b)", "x = a(b)"),
    ],
)
def test_what_a_glance_must_not_overlook(before: str, after: str) -> None:
    texts = [f"flow main {{\n    {one}\n}}\n".encode() for one in (before, after)]
    assert says_the_same(parse(texts[0]), parse(texts[0] + b"\n"))
    assert not says_the_same(*map(parse, texts))
