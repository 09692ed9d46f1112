"""What the client shows of one file follows what changes in another; it is told once, when things are quiet."""

from __future__ import annotations

import pytest

from harness.inside import Inside
from nexa.lsp import refreshing
from nexa.lsp.documents import Change

ALL = {"workspace": {kind: {"refreshSupport": True} for kind in ("codeLens", "inlayHint", "semanticTokens")}}
KINDS = [f"workspace/{kind}/refresh" for kind in ("codeLens", "inlayHint", "semanticTokens")]
LIBRARY, PROGRAM = "file:///w/lib.nxlib", "file:///w/main.nx"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(refreshing, "SILENCE", 0.0)


def opened(capabilities=ALL) -> Inside:
    inside = Inside(capabilities)
    inside.open(LIBRARY, 'agent Helper { prompt: "h" }\nagent Other { prompt: "o" }\n')
    inside.open(PROGRAM, 'include "lib.nxlib"\nflow main { x = Helper.run(1); print(x) }\n')
    asked(inside)
    return inside


def asked(inside: Inside) -> list[str]:
    inside.work()
    methods = [method for method, _, _ in inside.channel.asked]
    inside.channel.asked.clear()
    return methods


def edit(inside: Inside, uri: str, line: int, column: int, text: str) -> None:
    inside.session.change(uri, None, [Change(text, (line, column), (line, column))])


def test_a_signature_that_another_open_file_uses():
    inside = opened()
    edit(inside, LIBRARY, 0, 13, "-> int ")
    edit(inside, LIBRARY, 0, 13, " ")
    assert asked(inside) == KINDS


def test_nothing_that_another_file_sees():
    inside = opened()
    edit(inside, LIBRARY, 0, 24, "x")
    assert asked(inside) == []


def test_nobody_but_the_edited_file_is_open():
    inside = opened()
    inside.session.close_document(PROGRAM)
    asked(inside)
    edit(inside, LIBRARY, 0, 13, "-> int ")
    assert asked(inside) == []


def test_only_what_the_client_understands():
    inside = opened({"workspace": {"inlayHint": {"refreshSupport": True}}})
    edit(inside, LIBRARY, 0, 13, "-> int ")
    assert asked(inside) == ["workspace/inlayHint/refresh"]
    inside = opened({})
    edit(inside, LIBRARY, 0, 13, "-> int ")
    assert asked(inside) == []


def test_settings_change_what_is_shown():
    inside = opened()
    inside.session.configure({"inlayHints": {"chainTypes": False}})
    assert asked(inside) == KINDS
    inside.session.configure({"inlayHints": {"chainTypes": False}})
    assert asked(inside) == []


def test_it_waits_until_nobody_types(monkeypatch):
    monkeypatch.setattr(refreshing, "SILENCE", 1000.0)
    inside = opened()
    edit(inside, LIBRARY, 0, 13, "-> int ")
    assert asked(inside) == []
    assert inside.session.refreshing.seconds_to_work() > 900
