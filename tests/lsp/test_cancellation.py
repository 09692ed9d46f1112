"""A request that the client gives up stops between two declarations, and what was done until then is kept."""

from __future__ import annotations

import pytest

from harness.client import Client
from harness.command import write_files
from harness.inside import Inside
from nexa.ide.features import laid
from nexa.lsp.errors import RequestError, cancelled

URI = "file:///w/a.nx"
COUNT = 40
TEXT = "".join(f"flow f{number}(p) {{ x = [p, {number}] }}\n" for number in range(COUNT))
EVERYTHING = {"start": {"line": 0, "character": 0}, "end": {"line": COUNT, "character": 0}}

REQUESTS = {
    "textDocument/diagnostic": {},
    "textDocument/semanticTokens/full": {},
    "textDocument/semanticTokens/range": {"range": EVERYTHING},
    "textDocument/inlayHint": {"range": EVERYTHING},
}


@pytest.mark.parametrize("method", REQUESTS)
def test_it_stops_halfway(method, monkeypatch):
    inside = Inside({"textDocument": {"diagnostic": {}}})
    inside.open(URI, TEXT)
    asked = []
    monkeypatch.setattr(inside.channel, "is_cancelled", lambda: bool(asked.append(True)) or len(asked) > 5)
    params = {"textDocument": {"uri": URI}, **REQUESTS[method]}
    with pytest.raises(RequestError) as error:
        inside.ask(method, params)
    assert error.value.code == -32800
    assert len(asked) == 6
    assert inside.session.project("/w/a.nx").work.items_typed <= 6
    monkeypatch.setattr(inside.channel, "is_cancelled", lambda: False)
    assert inside.ask(method, params)


# ── requests that look through files ────────────────────────────────────────────────────────────────────────────

WIDE = {
    "main.nx": 'include "lib.nxlib"\n'
    + "".join(f"flow f{number}(p) {{ shared(p); x = [p] }}\n" for number in range(30)),
    "lib.nxlib": "fn shared(x) { return own(x) }\nprotocol Top { name: str }\ntrait Speaks { fn say(self) }\n"
    + "fn  own(x) {\nreturn  x\n}\n"
    + "".join(f"protocol P{number} {{ name: str, n{number}: int }}\n" for number in range(30))
    + "".join(
        f"struct S{number} {{ n: int }}\nimpl Speaks for S{number} {{ fn say(self) {{ 1 }} }}\n" for number in range(9)
    ),
    **{f"other{number}.nx": 'include "lib.nxlib"\nflow main { shared(1) }\n' for number in range(20)},
}
SHARED, TOP, SPEAKS = {"line": 0, "character": 4}, {"line": 1, "character": 10}, {"line": 2, "character": 7}
CALL = {"start": {"line": 0, "character": 22}, "end": {"line": 0, "character": 28}}
ALL = {"start": {"line": 0, "character": 0}, "end": {"line": 500, "character": 0}}


def item(place: dict[str, int]) -> dict[str, object]:
    return {"item": {"uri": "", "selectionRange": {"start": place, "end": place}}}


LOOKING: dict[str, dict[str, object]] = {
    "textDocument/references": {"position": SHARED, "context": {"includeDeclaration": True}},
    "textDocument/documentHighlight": {"position": TOP},
    "textDocument/implementation": {"position": SPEAKS},
    "textDocument/rename": {"position": SHARED, "newName": "together"},
    "textDocument/documentSymbol": {},
    "textDocument/foldingRange": {},
    "textDocument/codeLens": {},
    "textDocument/formatting": {"options": {}},
    "textDocument/rangeFormatting": {"range": ALL, "options": {}},
    "textDocument/rangesFormatting": {"ranges": [ALL], "options": {}},
    "textDocument/completion": {"position": {"line": 0, "character": 17}},
    "textDocument/codeAction": {"range": CALL, "context": {"only": ["refactor"], "diagnostics": []}},
    "codeLens/resolve": {"data": {"uri": ""}, "range": {"start": SHARED, "end": SHARED}},
    "callHierarchy/incomingCalls": item(SHARED),
    "callHierarchy/outgoingCalls": item(SHARED),
    "typeHierarchy/subtypes": item(TOP),
    "typeHierarchy/supertypes": item({"line": 6, "character": 10}),
    "workspace/willRenameFiles": {"files": [{"oldUri": "", "newUri": "file:///w/new.nxlib"}]},
}


@pytest.mark.parametrize("method", LOOKING)
def test_it_stops_wherever_it_is(method, tmp_path, monkeypatch):
    """Given up at any time, until it has its answer, a request is answered with an error."""
    write_files(tmp_path, WIDE)
    uri = (tmp_path / "lib.nxlib").as_uri()

    def ask(limit: int) -> object:
        inside = Inside({}, rootUri=tmp_path.as_uri())
        inside.open(uri, WIDE["lib.nxlib"])
        laid._laid.clear()
        laid._edited.clear()
        asked.clear()
        monkeypatch.setattr(inside.channel, "is_cancelled", lambda: bool(asked.append(True)) or len(asked) > limit)
        return inside.ask(method, with_uri({"textDocument": {"uri": ""}, **LOOKING[method]}, uri))

    asked: list[bool] = []
    assert ask(1_000_000)
    whole = len(asked)
    assert whole > 1
    for limit in sorted({0, whole // 3, whole // 2, whole - 1}):
        with pytest.raises(RequestError) as error:
            ask(limit)
        assert error.value.code == -32800
        assert len(asked) <= limit + 2


def with_uri(value, uri: str):
    """The value with the URI where it has an empty one."""
    if isinstance(value, list):
        return [with_uri(one, uri) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: uri if key in ("uri", "oldUri") and one == "" else with_uri(one, uri) for key, one in value.items()}


def test_the_names_of_the_workspace_are_not_waited_for(tmp_path):
    write_files(tmp_path, WIDE)
    inside = Inside({}, rootUri=tmp_path.as_uri())
    later = inside.ask("workspace/symbol", {"query": ""})
    inside.work_a_little()
    later.give(cancelled())
    inside.work()
    assert isinstance(later._result, RequestError)


def test_over_the_wire_the_next_request_is_answered(tmp_path):
    """Whether it came in time or too late: there is one answer, and it is one of the two."""
    uri = (tmp_path / "a.nx").as_uri()
    with Client() as client:
        client.initialize({"textDocument": {"diagnostic": {}}})
        client.open(uri, TEXT * 20)
        for _ in range(5):
            asked = client.start_request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
            client.notify("$/cancelRequest", {"id": asked})
            answer = client.response(asked)
            assert "result" in answer or answer["error"]["code"] == -32800
        assert client.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
        assert client.shutdown() == 0
