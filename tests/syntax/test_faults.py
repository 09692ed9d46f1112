"""Whether a node holds a fault: found wherever it is, and looked for in time that grows with the text."""

from __future__ import annotations

import time

import pytest

from nexa.syntax import Tree, has_fault, parse

DEEP = 70_000
"""Levels; tree-sitter's queries count them in sixteen bits."""


def chain(levels: int, last: str = "a") -> Tree:
    return parse(("x = " + "a + " * levels + last + "\n").encode())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("flow main { print(1) }\n", False),
        ("flow main { print(1 }\n", True),
        ("flow main { print(1)\n", True),
        ('x = "abc\ny = 1\n', True),
        ("x = )\n", True),
        ("x = [[[1, 2], ]]\n", False),
        ("/* never closed\n", True),
    ],
)
def test_a_fault_is_found(text: str, expected: bool) -> None:
    assert has_fault(parse(text.encode()).root) is expected


@pytest.mark.parametrize(("last", "expected"), [("a", False), ("", True), ("(", True), ('"a', True), (")", True)])
def test_a_fault_is_found_beside_a_deep_chain(last: str, expected: bool) -> None:
    assert has_fault(chain(DEEP, last).root) is expected


def test_a_chain_of_any_depth_is_searched_in_proportion_to_its_length() -> None:
    def seconds(tree: Tree) -> float:
        start = time.perf_counter()
        has_fault(tree.root)
        return time.perf_counter() - start

    short, long = (chain(levels) for levels in (DEEP // 4, DEEP))
    # It was a thousand times as long once; four times is what it should be.
    assert min(seconds(long) for _ in range(3)) < 60 * max(min(seconds(short) for _ in range(3)), 1e-3)
