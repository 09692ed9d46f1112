"""A request that the client gives up stops between two declarations, and what was done until then is kept."""

from __future__ import annotations

import pytest

from harness.client import Client
from harness.inside import Inside
from nexa.lsp.errors import RequestError

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
