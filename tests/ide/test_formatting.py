from __future__ import annotations

import random
from textwrap import dedent

import pytest

from harness.edits import applied, selected
from harness.mutation import random_edits
from harness.mutations import programs
from harness.reflow import reflowed
from nexa.compiler.file import File
from nexa.compiler.format import GivenUp, formatted
from nexa.ide.features import formatting as formatting_module
from nexa.ide.features import laid
from nexa.ide.features.formatting import formatting, range_formatting
from nexa.syntax import Edit, Span


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


# ── what is laid out already ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def nothing_known(monkeypatch):
    monkeypatch.setattr(laid, "_laid", set())
    monkeypatch.setattr(laid, "_edited", {})


def laid_out(name: str, text: bytes) -> File:
    return File.parse(name, formatted(File.parse(name, text).tree).text)


@pytest.mark.usefixtures("nothing_known")
@pytest.mark.parametrize("seed", range(6))
def test_after_edits_it_is_the_layout_of_the_whole(seed):
    for name, text in programs():
        file = laid_out(name, text)
        formatting(file, 120)
        for number, (edit, after) in enumerate(random_edits(seed, file.text, 12)):
            file = file.edited([edit], after)
            assert applied(file.text, formatting(file, 120)).encode() == formatted(file.tree).text, (name, seed, number)
            if number % 4 == 3:
                file = laid_out(name, after)


@pytest.mark.usefixtures("nothing_known")
@pytest.mark.parametrize("seed", range(2))
def test_in_a_file_that_nobody_lays_out_edits_are_known(seed):
    for name, text in programs():
        file = File.parse(name, reflowed(random.Random(seed), text, lambda _: True))
        assert formatting(file, 120) == formatting(file, 120)
        for number, (edit, after) in enumerate(random_edits(seed, file.text, 6)):
            file = file.edited([edit], after)
            assert applied(file.text, formatting(file, 120)).encode() == formatted(file.tree).text, (name, seed, number)


@pytest.mark.usefixtures("nothing_known")
def test_only_what_was_edited_is_laid_out_again(monkeypatch):
    regions: list[object] = []
    monkeypatch.setattr(
        formatting_module, "formatted", lambda *of, **how: regions.append(of[2:]) or formatted(*of, **how)
    )
    file = laid_out("a.nx", "".join(f"flow f{number} {{\n    x = {number}\n}}\n" for number in range(40)).encode())
    formatting(file, 120)
    assert regions == [()]
    assert formatting(file, 120) == []
    assert formatting(file, 80) == []
    assert len(regions) == 2, "another width is another layout"
    at = file.text.index(b"x = 20")
    edited = file.edited([Edit(at, at + 1, at + 4)], file.text[:at] + b"yy  " + file.text[at + 1 :])
    regions.clear()
    (edit,) = formatting(edited, 120)
    assert edited.text[edit.span.start : edit.span.end] == b"  "
    ((region,),) = regions
    assert region.end - region.start < 120
    at = edited.text.index(b"\nflow f30")
    apart = edited.edited([Edit(at, at, at + 2)], edited.text[:at] + b"\n\n" + edited.text[at:])
    assert applied(apart.text, formatting(apart, 120)).encode() == formatted(apart.tree).text
    assert len(regions) == 1 + 1, "what nobody has applied is known, too"


@pytest.mark.parametrize("known", [False, True])
def test_who_no_longer_wants_it_does_not_wait(known, nothing_known):
    asked: list[int] = []
    file = laid_out("a.nx", b"".join(b"flow f%d { x }\n" % number for number in range(30)))
    if known:
        formatting(file, 120)
        file = file.edited([Edit(5, 6, 6)], b"flow g0 { x }\n" + file.text[14:])
    with pytest.raises(GivenUp):
        formatting(file, 120, lambda: bool(asked.append(1)) or len(asked) < 2)
    assert len(asked) == 2


@pytest.mark.usefixtures("nothing_known")
def test_what_is_known_has_a_bound(monkeypatch):
    monkeypatch.setattr(laid, "MOST", 10)
    for number in range(20):
        formatting(laid_out("a.nx", b"flow f%d { x }\nflow g { x }\n" % number), 120)
    assert len(laid._laid) <= 10 + 3
