"""Inlay hints over the wire."""

from __future__ import annotations

import pytest

from harness.inside import Inside
from nexa.lsp.errors import RequestError

URI = "file:///w/a.nx"
TEXT = """\
protocol Draft { title: str }
agent 客 implements Draft { prompt: "😀" }
fn look(topic: Draft) -> str { "x" }
flow main { a = "😀"; b = 客.run(a); look(客.run("x")) }
"""
RESOLVES = {
    "textDocument": {"inlayHint": {"resolveSupport": {"properties": ["tooltip", "textEdits", "label.location"]}}}
}
EVERYTHING = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}


def hints(inside: Inside, span=EVERYTHING):
    return inside.ask("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": span})


def opened(capabilities=None, text: str = TEXT, **more) -> Inside:
    inside = Inside(capabilities, **more)
    inside.open(URI, text)
    return inside


def label(hint) -> str:
    return "".join(part["value"] for part in hint["label"])


@pytest.mark.parametrize(
    ("encoding", "columns"), [("utf-8", (13, 25, 45)), ("utf-16", (13, 23, 41)), ("utf-32", (13, 22, 40))]
)
def test_places_in_the_units_of_the_client(encoding, columns):
    found = hints(opened({"general": {"positionEncodings": [encoding]}}))
    assert [(label(one), one["position"]) for one in found] == [
        (text, {"line": 3, "character": column})
        for text, column in zip((": str", ": Draft", "topic:"), columns, strict=True)
    ]


def test_everything_at_once_for_a_client_that_does_not_resolve():
    variable, draft, topic = hints(opened({"textDocument": {"hover": {"contentFormat": ["markdown"]}}}))
    assert (variable["kind"], topic["kind"]) == (1, 2)
    assert variable["textEdits"] == [
        {"range": {"start": variable["position"], "end": variable["position"]}, "newText": ": str"}
    ]
    assert draft["label"][1]["location"] == {
        "uri": URI,
        "range": {"start": {"line": 0, "character": 9}, "end": {"line": 0, "character": 14}},
    }
    assert variable["tooltip"] == {"kind": "markdown", "value": "`a: str`"}
    assert topic["paddingRight"]
    assert topic["label"][0]["location"]["range"]["start"] == {"line": 2, "character": 8}


def test_plain_tooltips_for_a_client_without_markdown():
    assert hints(opened())[0]["tooltip"] == "a: str"


def test_details_wait_until_they_are_asked_for():
    inside = opened(RESOLVES)
    _, draft, _ = hints(inside)
    assert "tooltip" not in draft
    assert draft["label"] == [{"value": ": "}, {"value": "Draft"}]
    whole = inside.ask("inlayHint/resolve", draft)
    assert whole["tooltip"] == "b: Draft"
    assert whole["label"][1]["location"]["range"]["start"] == {"line": 0, "character": 9}
    assert whole["position"] == draft["position"]
    inside.session.change(URI, 2, [])
    assert inside.ask("inlayHint/resolve", draft) == draft, "the document is another one by now"


@pytest.mark.parametrize("data", [None, {}, {"uri": 5}, {"uri": URI, "version": 1}])
def test_a_hint_that_is_none_of_ours_is_refused(data):
    inside = opened(RESOLVES)
    with pytest.raises(RequestError) as error:
        inside.ask("inlayHint/resolve", {"position": {"line": 0, "character": 0}, "label": [], "data": data})
    assert error.value.code == -32602


def test_each_kind_can_be_turned_off():
    def shown(**switches):
        return [label(one) for one in hints(opened(initializationOptions={"inlayHints": switches}))]

    assert shown() == [": str", ": Draft", "topic:"]
    assert shown(variableTypes=False) == ["topic:"]
    assert shown(parameterNames=False) == [": str", ": Draft"]
    assert shown(parameterNames="no") == [": str", ": Draft", "topic:"]


def test_only_the_range_is_looked_at():
    inside = opened(text="".join(f"flow f{number} {{ x = 1 }}\n" for number in range(50)))
    line = {"start": {"line": 7, "character": 0}, "end": {"line": 8, "character": 0}}
    assert [one["position"]["line"] for one in hints(inside, line)] == [7]
    assert inside.session.project("/w/a.nx").work.items_typed <= 2


def test_nothing_of_a_document_that_is_not_there():
    assert hints(Inside()) is None


def test_a_cancelled_request_stops():
    inside = opened()
    inside.channel.is_silent = False
    with pytest.raises(RequestError) as error:
        hints(inside)
    assert error.value.code == -32800
