"""The names of files, and finding them."""

from __future__ import annotations

import random

import pytest

from harness.cursor import file_of
from harness.mutations import programs
from nexa.compiler.file import File
from nexa.ide.index import Indexed, indexed, placed, score, search
from nexa.lsp.catalogue import PIECE, pieces
from nexa.syntax import Edit, Span


def test_the_names_of_a_file():
    file = file_of(
        'agent 客 { prompt: "😀" fn price() { 1 } flow f() { 2 } let greeting = 1 before_step { } }\n'
        "protocol P { a: str }\nenum E { Red, Green(shade: str) }\nstruct S { x: int }\n"
        'impl S { fn twice() { 1 } }\ntest "it works" { }\nserver Api 80 { route GET "/x" => f }\nlet rate = 1\n'
        "flow main { local = 1 }\n"
    )
    found = list(placed(indexed(file)))
    assert [(one.name, one.kind, one.container) for one in found] == [
        ("客", "agent", ""),
        ("price", "fn", "客"),
        ("f", "flow", "客"),
        ("greeting", "variable", "客"),
        ("P", "protocol", ""),
        ("a", "field", "P"),
        ("E", "enum", ""),
        ("Red", "variant", "E"),
        ("Green", "variant", "E"),
        ("S", "struct", ""),
        ("x", "field", "S"),
        ("impl S", "impl", ""),
        ("twice", "fn", "impl S"),
        ("it works", "test", ""),
        ("Api", "server", ""),
        ("GET /x", "route", "Api"),
        ("rate", "variable", ""),
        ("main", "flow", ""),
    ]
    for one in found:
        if one.kind in ("agent", "fn", "flow", "protocol", "variable"):
            assert file.text[one.span.start : one.span.end].decode() == one.name


def test_an_edit_elsewhere_costs_nothing_for_the_rest():
    file = file_of("agent A { }\nflow main { print(1) }\n")
    before = indexed(file)
    at = file.text.index(b"1)")
    text = file.text[:at] + b"2" + file.text[at:]
    after = file.edited([Edit(at, at, at + 1)], text)
    now = indexed(after)
    assert [one.name for one in placed(now)] == [one.name for one in placed(before)] == ["A", "main"]
    assert now[0][1] is before[0][1]


def names(query: str, *known: str) -> list[str]:
    """The known names that fit, the best first. `Owner.name` has a container."""
    rows = []
    for one in known:
        container, _, name = one.rpartition(".")
        rows.append(Indexed(name, "flow", container, Span(0, 0)))
    return [one.symbol.name for one in search(query, [("/a.nx", [(0, tuple(rows))])], 10)]


@pytest.mark.parametrize(
    ("query", "known", "best"),
    [
        ("writer", ["WriterAgent", "Rewriter", "writer", "Writer"], ["writer", "Writer", "WriterAgent", "Rewriter"]),
        ("wa", ["Swap", "WriterAgent", "Wander"], ["Wander", "WriterAgent", "Swap"]),
        ("WA", ["wander", "WriterAgent"], ["WriterAgent", "wander"]),
        ("hp", ["shape", "HttpPage", "http_page"], ["http_page", "HttpPage", "shape"]),
        ("stu", ["destruct", "study", "SubTotalUnit"], ["study", "SubTotalUnit", "destruct"]),
        ("sd", ["study", "read", "said"], ["said", "study"]),
        ("xyz", ["study"], []),
        ("客", ["新客", "客户"], ["客户", "新客"]),
        ("Writer.pr", ["Writer.price", "Reader.price", "Writer.run"], ["price"]),
        ("w::pr", ["Writer.price", "Reader.price"], ["price"]),
        ("", ["b", "a"], ["a", "b"]),
        ("a*(", ["a*(b", "ab"], ["a*(b"]),
    ],
)
def test_the_best_comes_first(query, known, best):
    assert names(query, *known) == best


def test_who_no_longer_looks_does_not_wait():
    looked: list[int] = []

    def files():
        for number in range(100):
            looked.append(number)
            yield f"/{number}.nx", [(0, (Indexed("a", "flow", "", Span(0, 0)),))]

    assert len(search("a", files(), 10, lambda: len(looked) < 5)) == 4
    assert looked == [0, 1, 2, 3, 4]


def test_scores_are_the_same_whatever_the_letters_are():
    rng = random.Random(3)
    letters = "abAB_1客İß "
    for _ in range(3000):
        query, name = ("".join(rng.choices(letters, k=rng.randrange(6))) for _ in range(2))
        assert isinstance(score(query, name), int)


@pytest.mark.parametrize(("name", "text"), programs(), ids=[name for name, _ in programs()])
def test_in_pieces_a_file_has_the_same_names(name, text):
    long = b"\n".join([text] * 8)
    cut = list(pieces(long))
    assert b"".join(piece for _, piece in cut) == long
    assert len(cut) > 1 or len(long) < 2 * PIECE
    whole = [(one.name, one.kind, one.container, one.span) for one in placed(indexed(File.parse("/a.nx", long)))]
    found = [
        (one.name, one.kind, one.container, Span(one.span.start + start, one.span.end + start))
        for start, piece in cut
        for one in placed(indexed(File.parse("/a.nx", piece)))
    ]
    assert found == whole
