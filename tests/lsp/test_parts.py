"""Answers in parts: together they are the whole answer, the first one comes early, and a cancellation stops them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lsprotocol import types

from harness.client import Client
from harness.inside import Inside
from nexa.lsp import parts
from nexa.lsp.errors import RequestError
from nexa.lsp.handlers import HANDLERS
from nexa.lsp.messages import JsonText, json_text
from nexa.lsp.parts import Parts, Rows

COUNT = 150
LIBRARY = "".join(f'include "user{number}.nx"\n' for number in range(3))
TEXT = (
    "// 客😀\n"
    "protocol Top { name: str }\n"
    + "".join(f"protocol P{number} {{ name: str, n{number}: int }}\n" for number in range(COUNT))
    + "fn shared(x) { return x }\n"
    + 'agent A { prompt: "p" }\n'
    + 'test "客" { assert true }\n'
    + "".join(f'// 😀\nflow f{number}(p) {{\n    x = "客"; y = shared(x)\n}}\n' for number in range(COUNT))
    + "flow all {\n    "
    + "; ".join(f"f{number}(1)" for number in range(COUNT))
    + "\n}\n"
)
LINES = TEXT.splitlines()
CAPABILITIES = {
    "textDocument": {
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "completion": {"completionList": {"itemDefaults": ["editRange"]}},
    }
}


def place(word: str, by: int = 0) -> dict[str, int]:
    line = next(number for number, text in enumerate(LINES) if word in text)
    return {"line": line, "character": LINES[line].index(word) + by}


ASKED: dict[str, dict[str, Any]] = {
    "textDocument/references": {"position": place("shared"), "context": {"includeDeclaration": True}},
    "textDocument/documentHighlight": {"position": place("shared")},
    "textDocument/documentSymbol": {},
    "textDocument/foldingRange": {},
    "textDocument/codeLens": {},
    "textDocument/semanticTokens/full": {},
    "textDocument/completion": {"position": place("return x", len("return "))},
    "workspace/symbol": {"query": "f"},
}
"""What has a long answer in this file."""


@pytest.fixture(scope="module")
def uri(tmp_path_factory) -> str:
    return (tmp_path_factory.mktemp("parts") / "a.nx").as_uri()


@pytest.fixture(params=["utf-8", "utf-16", "utf-32"], scope="module")
def client(request, uri):
    with Client() as made:
        made.initialize({**CAPABILITIES, "general": {"positionEncodings": [request.param]}})
        made.open(uri, TEXT)
        yield made


def ask(client: Client, method: str, params: dict[str, Any]) -> tuple[Any, list[Any]]:
    """The answer, and the parts that came before it."""
    client.drain()
    answer = client.request(method, {**params, "partialResultToken": "t"})
    heard = [one["params"] for one in client.seen if one.get("method") == "$/progress"]
    assert {one["token"] for one in heard} <= {"t"}
    return answer, [one["value"] for one in heard]


def together(answer: Any, found: list[Any]) -> Any:
    """As the protocol wants a client to put parts together; what is left of the answer must be empty."""
    first, *others = found
    if isinstance(first, list):
        assert answer == []
        return [row for part in found for row in part]
    if "items" in first:
        assert answer == []
        return {**first, "items": [*first["items"], *(row for part in others for row in part)]}
    assert answer["data"] == []
    return {"data": [number for part in found for number in part["data"]]}


@pytest.mark.parametrize("method", ASKED)
def test_parts_are_the_whole(client, uri, method):
    params = {"textDocument": {"uri": uri}, **ASKED[method]}
    whole = client.request(method, params)
    answer, found = ask(client, method, params)
    assert len(found) > 1
    if method == "textDocument/semanticTokens/full":
        assert whole.pop("resultId") != answer["resultId"]
    assert together(answer, found) == whole


@pytest.mark.parametrize(
    ("prepare", "method", "word"),
    [
        ("textDocument/prepareCallHierarchy", "callHierarchy/incomingCalls", "shared"),
        ("textDocument/prepareCallHierarchy", "callHierarchy/outgoingCalls", "all {"),
        ("textDocument/prepareTypeHierarchy", "typeHierarchy/subtypes", "Top"),
    ],
)
def test_hierarchies(client, uri, prepare, method, word):
    (item,) = client.request(prepare, {"textDocument": {"uri": uri}, "position": place(word)})
    whole = client.request(method, {"item": item})
    answer, found = ask(client, method, {"item": item})
    assert len(found) > 1
    assert together(answer, found) == whole


def test_the_tokens_in_parts_have_a_name_for_differences(client, uri):
    answer, _ = ask(client, "textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})
    params = {"textDocument": {"uri": uri}, "previousResultId": answer["resultId"]}
    assert client.request("textDocument/semanticTokens/full/delta", params)["edits"] == []


@pytest.mark.parametrize("method", ASKED)
def test_a_small_answer_comes_as_a_whole(client, method, tmp_path):
    small = (tmp_path / "b.nx").as_uri()
    client.open(small, "flow main {\n    x = 1\n    y = x\n}\n")
    params = {"textDocument": {"uri": small}, **ASKED[method], "position": {"line": 2, "character": 8}, "query": "no"}
    answer, found = ask(client, method, params)
    if method != "textDocument/completion":
        assert found == []
        assert answer is not None
    client.notify("textDocument/didClose", {"textDocument": {"uri": small}})


def test_who_has_nothing_to_say_says_so(client):
    assert ask(client, "textDocument/documentSymbol", {"textDocument": {"uri": "untitled:nothing"}}) == (None, [])


@pytest.mark.parametrize("token", [None, True, [], 1.5])
def test_what_is_no_token_gets_no_parts(client, uri, token):
    params = {"textDocument": {"uri": uri}, "partialResultToken": token}
    client.drain()
    assert len(client.request("textDocument/documentSymbol", params)) > COUNT
    assert not any(one.get("method") == "$/progress" for one in client.seen)


# ── in parts of what size, and until when ───────────────────────────────────────────────────────────────────────


def test_the_first_part_is_small_and_each_further_one_larger(monkeypatch):
    monkeypatch.setattr(parts, "SOON", 1000.0)
    sent: list[Any] = []
    made = Parts(Rows(()), sent.append)
    for number in range(10_000):
        made.add(number)
    assert made.end() == []
    found = [json.loads(json_text(one)) for one in sent]
    sizes = [len(one) for one in found]
    assert sizes[0] == parts.FIRST
    assert sizes[:-1] == sorted(sizes[:-1])
    assert max(sizes) == parts.LONGEST
    assert [number for part in found for number in part] == list(range(10_000))


def test_slow_rows_do_not_wait_for_each_other(monkeypatch):
    monkeypatch.setattr(parts, "SOON", 0.0)
    sent: list[Any] = []
    made = Parts(Rows((), "data"), sent.append)
    for number in range(3):
        made.add(number)
    assert [json.loads(json_text(one)) for one in sent] == [{"data": [number]} for number in range(3)]
    assert made.end() == {"data": []}


def test_rows_that_are_written_already_stand_among_others():
    made = Parts(Rows((), "items", {"more": 1}), None)
    for row in ({"a": 1}, JsonText(b"2,3"), JsonText(b'"4"'), [5]):
        made.add(row)
    assert json.loads(json_text(made.end())) == {"more": 1, "items": [{"a": 1}, 2, 3, "4", [5]]}


@pytest.mark.parametrize("is_last", [False, True])
def test_a_cancellation_stops_between_two_rows(is_last):
    """Also behind the last one: whoever makes rows ends early when nobody wants them."""
    made: list[int] = []

    def rows():
        for number in range(10 if is_last else 1000):
            made.append(number)
            yield number

    with pytest.raises(RequestError) as error:
        parts.answer(Rows(rows()), None, lambda: len(made) >= 10)
    assert error.value.code == -32800
    assert len(made) == 10


def test_a_cancellation_between_parts_over_the_wire(uri):
    """There is one answer, an error or the rest; nothing is heard of the request behind it."""
    with Client() as client:
        client.initialize(CAPABILITIES)
        client.open(uri, TEXT * 10)
        client.drain()
        params = {"textDocument": {"uri": uri}, "partialResultToken": 7}
        asked = client.start_request("textDocument/semanticTokens/full", params)
        client.wait_for(lambda one: one.get("method") == "$/progress")
        client.notify("$/cancelRequest", {"id": asked})
        answer = client.response(asked)
        assert answer.get("error", {"code": -32800})["code"] == -32800
        client.seen.clear()
        assert not any(one.get("method") == "$/progress" for one in client.drain())
        assert client.shutdown() == 0


# ── which answers ───────────────────────────────────────────────────────────────────────────────────────────────

AS_A_WHOLE = {
    "textDocument/diagnostic": "parts are for other documents, which it does not speak of",
    "textDocument/semanticTokens/full/delta": "one small edit",
    "textDocument/semanticTokens/range": "a screen",
}


def test_every_answer_that_the_protocol_has_parts_for_has_them():
    def may_come_in_parts(method: str) -> bool:
        request = types.METHOD_TO_TYPES.get(method, (None, None, None, None))
        params = request[2]
        return params is not None and any(one.name == "partial_result_token" for one in params.__attrs_attrs__)

    allowed = {one.method for one in HANDLERS if may_come_in_parts(one.method)}
    assert {one.method for one in HANDLERS if one.has_parts} == allowed - set(AS_A_WHOLE)


def test_a_late_answer_comes_in_parts_too(tmp_path):
    """A question that had to wait for the workspace to be read."""
    for number in range(100):
        (tmp_path / f"f{number}.nx").write_text(f"flow flow{number} {{ }}\n", encoding="utf-8")
    with Client() as client:
        client.initialize(CAPABILITIES, tmp_path)
        answer, found = ask(client, "workspace/symbol", {"query": "flow"})
        assert (answer, sum(map(len, found))) == ([], 100)


def test_inside_rows_are_made_only_when_they_are_sent():
    inside = Inside(CAPABILITIES)
    inside.open("file:///w/a.nx", TEXT)
    assert len(inside.ask("textDocument/documentSymbol", {"textDocument": {"uri": "file:///w/a.nx"}})) > COUNT
