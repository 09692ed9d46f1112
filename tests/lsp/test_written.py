"""What is written once per item of a document is at any time what would be written of it anew."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from harness.inside import Inside
from harness.mutation import random_edits
from nexa.ide.features.outline import OutlineSymbol, outline
from nexa.lsp import written
from nexa.lsp.documents import Change
from nexa.lsp.written import Template

URI = "file:///w/a.nx"
PATH = "/w/a.nx"
PROGRAM = """\
/* 😀 */ agent Ann { role: "50%s %d %%", prompt: "客" }  agent Bob { prompt: "客" }
protocol Top { name: str, line: int } protocol 客 { startLine: int }
flow one(x) {
    y = 1; print("line")
}  flow 二 { one(1) }
test "客 \\"line\\":3" { assert true }
/* 😀 */ test "two" { assert true }
flow main { one(1)
    two() }
"""
ASKED = ("textDocument/documentSymbol", "textDocument/codeLens")
WRITTEN = ("documentSymbol", "codeLens: runs", "codeLens: references")


@pytest.fixture(params=["utf-8", "utf-16", "utf-32"])
def capabilities(request):
    nests = request.param != "utf-32"
    symbols = {"documentSymbol": {"hierarchicalDocumentSymbolSupport": nests}}
    return {"general": {"positionEncodings": [request.param]}, "textDocument": symbols}


@pytest.fixture
def inside(capabilities) -> Inside:
    made = Inside(capabilities)
    made.open(URI, PROGRAM)
    return made


def answers(inside: Inside) -> list[Any]:
    return [inside.ask(method, {"textDocument": {"uri": URI}}) for method in ASKED]


def anew(inside: Inside) -> list[Any]:
    inside.session.written.forget(PATH)
    return answers(inside)


def places(inside: Inside) -> list[Any]:
    """Where the outline has its symbols, without what is written of them."""
    file = inside.session.file(PATH)
    return [inside.session.convert.json_range(PATH, one.span) for one in _all(outline(file))]


def _all(symbols: Iterable[OutlineSymbol]) -> Iterator[OutlineSymbol]:
    for one in symbols:
        yield one
        yield from _all(one.children)


def shown_places(symbols: list[Any]) -> list[Any]:
    found = []
    for one in symbols:
        found.append(one["range"] if "range" in one else one["location"]["range"])
        found += shown_places(one.get("children", []))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_after_edits_it_is_still_the_same(inside, seed):
    answers(inside)
    text = inside.session.documents[PATH].text
    for version, (edit, after) in enumerate(random_edits(seed, text, 25), 2):
        lines = inside.session.documents[PATH].lines
        start, end = (lines.position(at, inside.session.client.encoding) for at in (edit.start, edit.old_end))
        new = after[edit.start : edit.new_end].decode(errors="replace")
        inside.session.change(URI, version, [Change(new, start, end)])
        found = answers(inside)
        assert shown_places(found[0]) == places(inside), (seed, version)
        assert found == anew(inside), (seed, version)


def test_only_what_was_edited_is_written_again(inside, monkeypatch):
    made: list[int] = []
    whole = written.Template
    monkeypatch.setattr(written, "Template", lambda *of: made.append(1) or whole(*of))
    before = answers(inside)
    made.clear()
    inside.session.change(URI, 2, [Change("\n\n", (0, 0), (0, 0))])
    assert answers(inside) != before
    assert made == []
    inside.session.change(URI, 3, [Change("z", (5, 4), (5, 5))])
    answers(inside)
    assert len(made) == len(WRITTEN)


def test_other_texts_that_look_like_places_stay():
    value = {"name": '"line":"\0"', "line": 3, "deep": [{"endLine": 5, "startLine": 4, "text": "%d%%s \0"}]}
    template = Template([value, {"line": 7}], 3)
    for first in (3, 0, 3, 10):
        moved = json.loads(b"[%s]" % template.at(first))
        by = first - 3
        deep = {"endLine": 5 + by, "startLine": 4 + by, "text": "%d%%s \0"}
        assert moved == [{"name": '"line":"\0"', "line": 3 + by, "deep": [deep]}, {"line": 7 + by}]


def test_a_closed_document_is_forgotten(inside):
    answers(inside)
    inside.session.close_document(URI)
    inside.open(URI, "flow other { }\n")
    (symbols, lenses) = answers(inside)
    assert [one["name"] for one in symbols] == ["other"]
    assert [one["command"]["title"] for one in lenses] == ["▷ Run", "Debug", "Graph"]


def test_what_is_gone_is_not_kept(inside, monkeypatch):
    monkeypatch.setattr(written, "_SPARE", 3)
    for version in range(2, 30):
        inside.session.change(URI, version, [Change(f"flow f{version} {{ }}\n", (0, 0), (1 if version > 2 else 0, 0))])
        answers(inside)
    items = len(inside.session.file(PATH).items)
    for feature in inside.session.written._known[PATH].values():
        assert len(feature._known) <= items + 4
