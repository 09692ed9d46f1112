"""A tree kept current edit by edit is the tree of the text, read from scratch."""

from __future__ import annotations

import random

import pytest

from harness.mutations import STRAY, Mistake, fresh, mistake, programs, shape, tokens
from nexa.syntax import Edit, Tree, has_fault, parse

STEPS = 40
PROGRAMS = programs()
VALID = ("x", "_1", " ", "\n", "客", "// c\n", "\n\n")
"""What mostly leaves a program correct where a name stands."""


def edit_of(done: Mistake) -> Edit:
    return Edit(done.start, done.end, done.start + len(done.new))


def check(tree: Tree) -> bool:
    """Whether the tree is that of its text; one with an `ERROR` need only cover the same text."""
    scratch = parse(tree.text)
    assert tree.lines.starts == scratch.lines.starts
    assert tree.root.end_byte == scratch.root.end_byte
    if tree.has_error or scratch.has_error:
        return False
    assert shape(tree.root) == shape(scratch.root)
    return True


@pytest.mark.parametrize(("name", "text"), PROGRAMS, ids=[name for name, _ in PROGRAMS])
def test_random_edits_give_the_tree_of_the_text(name: str, text: bytes) -> None:
    rng = random.Random(name)
    tree = parse(text)
    compared = 0
    for step in range(STEPS):
        if step % 3 == 0:
            tree = parse(text)
        done = mistake(rng, tree.text, tokens(tree.root))
        tree = tree.edited([edit_of(done)], done.applied(tree.text))
        compared += check(tree)
    assert compared


@pytest.mark.parametrize(("name", "text"), PROGRAMS, ids=[name for name, _ in PROGRAMS])
def test_typing_in_a_correct_program(name: str, text: bytes) -> None:
    rng = random.Random(name)
    tree = parse(text)
    compared = 0
    for _ in range(STEPS):
        _, end = rng.choice(tokens(tree.root))
        done = Mistake("type", end, end, rng.choice(VALID).encode())
        typed = tree.edited([edit_of(done)], done.applied(tree.text))
        compared += check(typed)
        undone = typed.edited([Edit(end, end + len(done.new), end)], tree.text)
        assert check(undone)
        tree = undone
    assert compared > STEPS // 2


@pytest.mark.parametrize("seed", range(20))
def test_undoing_a_mistake_gives_the_tree_from_before(seed: int) -> None:
    rng = random.Random(seed)
    _, text = rng.choice(PROGRAMS)
    tree = parse(text)
    done = mistake(rng, text, tokens(tree.root))
    broken = tree.edited([edit_of(done)], done.applied(text))
    mended = broken.edited([Edit(done.start, done.start + len(done.new), done.end)], text)
    # Contract: what is made from a tree with an ERROR is made anew, but a correct text has its one tree.
    assert mended.has_error or shape(mended.root) == fresh(text)
    assert shape(tree.root) == fresh(text)  # and the tree before is untouched


@pytest.mark.parametrize("seed", range(20))
def test_several_edits_at_once(seed: int) -> None:
    rng = random.Random(seed)
    _, text = rng.choice(PROGRAMS)
    tree = parse(text)
    edits = []
    new = text
    for _ in range(rng.randint(2, 6)):
        at = rng.choice(tokens(parse(new).root))[1]
        piece = rng.choice(VALID).encode()
        edits.append(Edit(at, at, at + len(piece)))
        new = new[:at] + piece + new[at:]
    assert tree.edited([], text) is tree
    check(tree.edited(edits, new))


def test_an_edit_keeps_the_nodes_that_it_does_not_reach() -> None:
    text = b"flow a { x }\nflow b { y }\nflow c { z }\n"
    tree = parse(text)
    at = text.index(b"y")
    new = tree.edited([Edit(at, at, at + 1)], text[:at] + b"x" + text[at:])
    changed = new.changed_since(tree, [Edit(at, at, at + 1)])
    assert all(text.index(b"flow b") <= span.start and span.end <= text.index(b"flow c") + 1 for span in changed)


@pytest.mark.parametrize("piece", STRAY)
def test_a_piece_put_in_and_taken_out(piece: str) -> None:
    text = b'agent A { role: "x" }\n\nflow main(q: str) {\n    x = A.run(q)\n    print("#{x}")\n}\n'
    at = text.index(b"    x =")
    tree = parse(text)
    new = piece.encode()
    there = tree.edited([Edit(at, at, at + len(new))], text[:at] + new + text[at:])
    back = there.edited([Edit(at, at + len(new), at)], text)
    assert shape(back.root) == shape(tree.root)
    assert not has_fault(back.root)
