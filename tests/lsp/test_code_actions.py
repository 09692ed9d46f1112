"""Code actions over the wire: what is offered to whom, and what is done when one is chosen."""

from __future__ import annotations

import json

import pytest

from harness.client import Client
from harness.inside import Inside
from harness.wire import edited
from nexa.lsp.errors import RequestError

URI = "file:///w/a.nx"
TEXT = """\
agent 客 { prompt: "😀" }
flow main(topic: str) {
    x = "😀"; print("#{客.run(topic)}", x)
    unused = 1
    print "old"
}
"""
UNITS = {"utf-8": lambda s: len(s.encode()), "utf-16": lambda s: len(s.encode("utf-16-le")) // 2, "utf-32": len}
ACTIONS = {
    "codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}},
    "dataSupport": True,
    "disabledSupport": True,
    "isPreferredSupport": True,
    "resolveSupport": {"properties": ["edit"]},
}
RESOLVES = {"textDocument": {"codeAction": ACTIONS}}


def opened(text: str = TEXT, capabilities: dict | None = None) -> Inside:
    inside = Inside(RESOLVES if capabilities is None else capabilities)
    inside.open(URI, text)
    return inside


def span(text: str, part: str, encoding: str = "utf-16") -> dict:
    """The range of a part of a text."""
    before = text[: text.index(part)]
    line, character = before.count("\n"), UNITS[encoding](before.rpartition("\n")[2])
    return {
        "start": {"line": line, "character": character},
        "end": {"line": line, "character": character + UNITS[encoding](part)},
    }


def actions(inside: Inside, place: dict, **context) -> list[dict]:
    params = {"textDocument": {"uri": URI}, "range": place, "context": {"diagnostics": [], **context}}
    return inside.ask("textDocument/codeAction", params)


def chosen(inside: Inside, place: dict, title: str, **context) -> dict:
    (action,) = [one for one in actions(inside, place, **context) if one["title"] == title]
    return action if "edit" in action else inside.ask("codeAction/resolve", json.loads(json.dumps(action)))


def test_fixes_come_first_with_their_findings_and_edits():
    found = actions(opened(), span(TEXT, 'print "old"'))
    first = found[0]
    assert (first["title"], first["kind"], first["isPreferred"]) == ("Add parentheses", "quickfix", True)
    assert [one["code"] for one in first["diagnostics"]] == ["NX904"]
    assert edited(TEXT, first["edit"]["changes"][URI], "utf-16") == TEXT.replace('print "old"', 'print("old")')
    assert len([one for one in found if one["title"] == "Add parentheses"]) == 1


def test_what_is_seldom_wanted_comes_last():
    last = actions(opened(), span(TEXT, "unused"))[-1]
    assert (last["title"], last.get("isPreferred", False)) == ("Allow NX208 here", False)
    after = edited(TEXT, last["edit"]["changes"][URI], "utf-16")
    assert after == TEXT.replace("    unused", "    // nexa: allow NX208\n    unused")
    again = chosen(opened(after.replace("NX208", "NX999")), span(after, "unused = 1"), "Allow NX208 here")
    assert "// nexa: allow NX999, NX208" in edited(
        after.replace("NX208", "NX999"), again["edit"]["changes"][URI], "utf-16"
    )


@pytest.mark.parametrize("encoding", UNITS)
def test_a_refactoring_is_worked_out_when_it_is_chosen(encoding):
    inside = opened(TEXT, {**RESOLVES, "general": {"positionEncodings": [encoding]}})
    place = span(TEXT, "客.run(topic)", encoding)
    (action,) = [one for one in actions(inside, place) if one["title"] == "Extract variable"]
    assert "edit" not in action
    resolved = inside.ask("codeAction/resolve", action)
    assert resolved["kind"] == "refactor.extract"
    assert '客_result = 客.run(topic); print("#{客_result}", x)' in edited(
        TEXT, resolved["edit"]["changes"][URI], encoding
    )


def test_clients_that_do_not_resolve_get_everything_at_once():
    found = actions(opened(TEXT, {}), span(TEXT, "客.run(topic)"))
    assert found
    assert all("edit" in one and "data" not in one for one in found)


def test_open_documents_are_edited_in_the_version_that_was_looked_at():
    inside = opened(TEXT, {**RESOLVES, "workspace": {"workspaceEdit": {"documentChanges": True}}})
    (change,) = chosen(inside, span(TEXT, "客.run(topic)"), "Extract variable")["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": URI, "version": 1}


def test_a_choice_for_an_older_text_is_refused():
    inside = opened()
    (action,) = [one for one in actions(inside, span(TEXT, "客.run(topic)")) if one["title"] == "Extract variable"]
    inside.open(URI, TEXT)
    assert inside.ask("codeAction/resolve", action)
    inside.session.open(URI, 2, TEXT)
    with pytest.raises(RequestError) as refused:
        inside.ask("codeAction/resolve", action)
    assert refused.value.code == -32801


def test_an_action_without_data_is_resolved_already():
    action = {"title": "x", "kind": "quickfix", "edit": {}}
    assert opened().ask("codeAction/resolve", action) == action


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["refactor"], {"refactor.extract", "refactor.rewrite"}),
        (["refactor.extract"], {"refactor.extract"}),
        (["quickfix"], {"quickfix"}),
        (["source"], {"source.fixAll.nexa", "source.organizeImports"}),
        (["source.fixAll"], {"source.fixAll.nexa"}),
        (["source.organizeImports"], {"source.organizeImports"}),
        (["source.addMissingImports.ts"], set()),
        ([], set()),
    ],
)
def test_only_the_kinds_that_are_asked_for(only, kinds):
    text = f'include "b.nxlib"\ninclude "a.nxlib"\n{TEXT}'
    place = span(text, "unused = 1")
    assert {one["kind"] for one in actions(opened(text), place, only=only) if not one.get("disabled")} == kinds


def test_what_is_done_to_whole_files_has_to_be_asked_for():
    assert not [one for one in actions(opened(), span(TEXT, "unused")) if one["kind"].startswith("source")]


def test_why_something_cannot_be_done_is_told_to_who_asks():
    text = "flow main(n: int) { while n > 1 { print(n) } }\n"
    place = span(text, "n > 1")
    assert not [one for one in actions(opened(text), place) if "disabled" in one]
    (refused,) = [one for one in actions(opened(text), place, triggerKind=1) if one["title"] == "Extract variable"]
    assert refused["disabled"] == {"reason": "the condition is evaluated again each time"}
    assert not {"edit", "data"} & set(refused)
    assert not [one for one in actions(opened(text, {}), place, triggerKind=1) if "disabled" in one]


def test_all_safe_fixes_of_a_file():
    text = 'agent A { prompt "a" }\nflow main(x: str): str {\n    print "b"\n    return A.run(x)\n}\n'
    action = chosen(opened(text), span(text, "agent"), "Fix all that can be fixed safely", only=["source.fixAll"])
    after = edited(text, action["edit"]["changes"][URI], "utf-16")
    assert after == text.replace('prompt "a"', 'prompt: "a"').replace("): str", ") -> str").replace(
        '"b"', '("b")'
    ).replace("print (", "print(")
    assert actions(opened(after), span(after, "agent"), only=["source.fixAll"]) == []


def test_includes_are_sorted_each_once():
    text = 'include "b.nxlib"\ninclude "a.nxlib";\ninclude "b.nxlib"\n\ninclude "z.nxlib"\nflow main { print(1) }\n'
    action = chosen(opened(text), span(text, "flow"), "Sort includes", only=["source.organizeImports"])
    after = edited(text, action["edit"]["changes"][URI], "utf-16")
    assert after == 'include "a.nxlib"\ninclude "b.nxlib"\n\ninclude "z.nxlib"\nflow main { print(1) }\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('include "b.nxlib" // 客\ninclude "a.nxlib"\n', 'include "a.nxlib"\ninclude "b.nxlib" // 客\n'),
        (
            'include "b.nxlib"; // b\ninclude "a.nxlib" // 😀 a\n',
            'include "a.nxlib" // 😀 a\ninclude "b.nxlib"; // b\n',
        ),
        ('include "b.nxlib"\ninclude "a.nxlib" // a\n// why\ninclude "0.nxlib"\n', None),
        ('include "b.nxlib"\ninclude "a.nxlib"; x = 1\n', 'include "b.nxlib"\ninclude "a.nxlib"; x = 1\n'),
        (
            'include "b.nxlib"\ninclude "a.nxlib"\ninclude "b.nxlib" // b\n',
            'include "a.nxlib"\ninclude "b.nxlib" // b\n',
        ),
        ('include "b.nxlib"\r\ninclude "a.nxlib" // a\r\n', 'include "a.nxlib" // a\r\ninclude "b.nxlib"\r\n'),
    ],
)
def test_comments_stay_with_their_includes(before, after):
    if after is None:
        after = 'include "a.nxlib" // a\ninclude "b.nxlib"\n// why\ninclude "0.nxlib"\n'
    text = f"{before}flow main {{ print(1) }}\n"
    place, only = span(text, "flow"), ["source.organizeImports"]
    is_offered = bool(actions(opened(text), place, only=only))
    edits = chosen(opened(text), place, "Sort includes", only=only)["edit"]["changes"][URI] if is_offered else []
    assert edited(text, edits, "utf-16") == f"{after}flow main {{ print(1) }}\n"


def test_line_ends_are_those_of_the_file():
    text = TEXT.replace("\n", "\r\n")
    action = chosen(opened(text), span(text, "unused"), "Allow NX208 here")
    assert "allow NX208\r\n" in edited(text, action["edit"]["changes"][URI], "utf-16")


def test_secrets_files_offer_nothing_of_their_own():
    inside = Inside(RESOLVES)
    inside.open("file:///w/s.nxs", 'KEY = "hunter2"\n')
    params = {"textDocument": {"uri": "file:///w/s.nxs"}, "range": span('KEY = "hunter2"', "hunter2")}
    assert "hunter2" not in str(inside.ask("textDocument/codeAction", {**params, "context": {"diagnostics": []}}))


def test_over_the_wire(tmp_path):
    with Client() as client:
        client.initialize(RESOLVES, root=tmp_path)
        uri = (tmp_path / "a.nx").as_uri()
        client.open(uri, TEXT)
        params = {"textDocument": {"uri": uri}, "range": span(TEXT, "客.run(topic)"), "context": {"diagnostics": []}}
        found = client.request("textDocument/codeAction", params)
        action = next(one for one in found if one["title"] == "Extract flow")
        resolved = client.request("codeAction/resolve", action)
        assert "flow new_flow(topic: str)" in edited(TEXT, resolved["edit"]["changes"][uri], "utf-16")
        client.change(uri, 2, {"text": TEXT})
        assert client.ask("codeAction/resolve", action)["error"]["code"] == -32801
