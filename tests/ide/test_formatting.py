from __future__ import annotations

import random
from textwrap import dedent

import pytest

from harness.edits import applied, selected
from harness.mutation import random_edits
from harness.mutations import programs
from harness.reflow import reflowed
from nexa.compiler.file import File
from nexa.compiler.format import formatted
from nexa.ide.features.formatting import formatting, range_formatting
from nexa.syntax import Span


def check(before: str, after: str, *, width: int = 120, path: str = "main.nx") -> None:
    """The selections (`«…»`) of a text laid out; without any, all of it."""
    text, spans = selected(dedent(before).lstrip("\n"))
    file = File.parse(path, text.encode())
    edits = range_formatting(file, [Span(*one) for one in spans], width) if spans else formatting(file, width)
    assert applied(file.text, edits) == dedent(after).lstrip("\n")


def test_a_file_that_is_laid_out_needs_no_edit():
    file = File.parse("a.nx", b"x = 1\n")
    assert formatting(file, 120) == []
    assert range_formatting(file, [Span(0, 5)], 120) == []


def test_edits_are_as_small_as_lines_allow():
    file = File.parse("a.nx", 'x = "😀客"\ny=  2\n// z\n\n\n\nprint( x )\n'.encode())
    edits = [(one.span.start, one.span.end, one.text) for one in formatting(file, 120)]
    assert edits == [(15, 17, " ="), (26, 28, ""), (34, 37, "x")]


def test_edits_lay_out_any_program():
    for _, text in programs():
        for seed in range(3):
            written = reflowed(random.Random(seed), text, lambda _: True)
            file = File.parse("a.nx", written)
            assert applied(file.text, formatting(file, 120)).encode() == formatted(file.tree).text


def test_line_ends_are_never_cut():
    for written in (b"x=1\r\ny = 2\r\nif a{\r\nb }\r\n", b"x = 1  \r\n\r\n\r\n\r\ny = 2"):
        file = File.parse("a.nx", written)
        edits = formatting(file, 120)
        assert applied(file.text, edits).encode() == formatted(file.tree).text
        assert all(written[one.span.start - 1 : one.span.start + 1] != b"\r\n" for one in edits)


def test_a_selection_lays_out_whole_statements_and_nothing_else():
    check(
        """
        flow f {
          a  =  1
          b  =  «2
          if  a{
            c  =»  3
            d  =  4
          }
          e  =  5
        }
        flow g{ x }
        """,
        """
        flow f {
          a  =  1
            b = 2
            if a {
                c = 3
                d = 4
            }
          e  =  5
        }
        flow g{ x }
        """,
    )


def test_a_selection_inside_a_body_stays_there():
    check(
        """
        agent A{
          role:  "r",
          prompt:  «"p"»
        }
        agent  B{ prompt:  "b" }
        """,
        """
        agent A{
          role:  "r",
            prompt: "p"
        }
        agent  B{ prompt:  "b" }
        """,
    )


def test_a_selection_of_a_head_means_the_declaration():
    check(
        """
        x  =  1
        flow  f(«a»:str){ b( a ) }
        y  =  2
        """,
        """
        x  =  1
        flow f(a: str) { b(a) }
        y  =  2
        """,
    )


def test_several_selections():
    check(
        """
        «a  =  1»
        b  =  2
        flow f{
          c  =  3
          «d  =  4»
          e  =  5
        }
        """,
        """
        a = 1
        b  =  2
        flow f{
          c  =  3
            d = 4
          e  =  5
        }
        """,
    )


def test_a_cursor_means_its_line_and_blanks_mean_nothing():
    check("a  =  1\n«»b  =  2\n", "a  =  1\nb = 2\n")
    check("a  =  1\n«\n\n»b  =  2\n", "a  =  1\n\n\nb  =  2\n")


def test_statements_on_one_line_go_together():
    check(
        "flow f {\n  a  =  1; «b  =  2»; c  =  3\n  d  =  4\n}\n",
        "flow f {\n    a = 1\n    b = 2\n    c = 3\n  d  =  4\n}\n",
    )


def test_a_selection_in_a_broken_file():
    check(
        """
        flow torn( {
        «flow  g{ a  =  1 }
        flow  h{ b  =  2 }»
        agent {
        """,
        """
        flow torn( {
        flow g { a = 1 }
        flow h { b = 2 }
        agent {
        """,
    )
    check("flow torn( { «a  =  1» }\n", "flow torn( { a  =  1 }\n")


def test_comments_beside_a_selection():
    check(
        """
        a  =  1  // one
        //   two
        «b  =  2»  // three
        //   four
        """,
        """
        a  =  1  // one
        //   two
        b = 2 // three
        //   four
        """,
    )


def test_a_selection_of_a_secrets_file():
    check('«A:"b"»\nB:"c"\n', 'A = "b"\nB:"c"\n', path="s.nxs")


@pytest.mark.parametrize("seed", range(4))
def test_selections_of_anything_are_laid_out_or_left(seed: int):
    rng = random.Random(seed)
    for _, text in programs():
        for _, changed in random_edits(seed, text, 3):
            file = File.parse("a.nx", changed)
            start = rng.randrange(len(changed) + 1)
            span = Span(start, min(len(changed), start + rng.choice((0, 5, 50, 500))))
            applied(file.text, range_formatting(file, [span], 120))
