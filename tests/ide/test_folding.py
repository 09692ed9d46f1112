from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from harness.cursor import file_of
from nexa.compiler.file import File
from nexa.ide.features.folding import folds


def check_folds(text: str, *expected: str) -> None:
    """Each fold as `first-last kind`; lines count from 1."""
    file = file_of(textwrap.dedent(text).lstrip("\n"))
    assert [f"{one.first_line + 1}-{one.last_line + 1} {one.kind}" for one in folds(file)] == list(expected)


def test_bodies_fold_and_their_closing_line_stays():
    check_folds(
        """
        agent Writer {
            prompt: "p"
        }
        flow main {
            if true {
                print(1)
            }
        }
        """,
        "1-2 block",
        "4-7 block",
        "5-6 block",
    )


def test_one_line_does_not_fold():
    check_folds("agent Writer { prompt: 'p' }\n")


def test_long_values_fold():
    check_folds(
        '''
        agent Writer {
            prompt: """
                One.
                Two.
            """
        }
        flow main {
            cart = [
                {"a": 1},
            ]
            print(
                cart)
        }
        ''',
        "1-5 block",
        "2-4 block",
        "7-12 block",
        "8-9 block",
        "11-12 block",
    )


def test_comments_on_consecutive_lines_fold_together():
    check_folds(
        """
        // one
        // two

        // three
        flow main {
            print(1) // behind code
            // four
            // five
            /* six
               seven */
        }
        """,
        "1-2 comment",
        "5-10 block",
        "7-10 comment",
    )


def test_includes_fold_together():
    check_folds(
        """
        include "a.nxlib"
        include "b.nxlib"
        use config staging

        flow main { }
        """,
        "1-3 imports",
    )


def test_half_of_a_declaration_folds_like_a_whole_one():
    check_folds(
        """
        flow broken {
            print(

        flow good {
            print(1)
        }
        """,
        "1-2 block",
        "4-5 block",
    )


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent.parent / "spec").rglob("*.nx*")), ids=lambda path: path.name
)
def test_folds_of_every_example_are_lines_of_it(path):
    file = File.parse(str(path), path.read_bytes())
    found = folds(file)
    assert all(0 <= one.first_line < one.last_line < len(file.lines) for one in found)
    assert len({one.first_line for one in found}) == len(found)
