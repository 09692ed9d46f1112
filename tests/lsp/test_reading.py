"""The reading features over the wire, in each encoding: behind an emoji a place is where the client counts it."""

from __future__ import annotations

import pytest

from harness.client import Client

UNITS = {"utf-8": lambda s: len(s.encode()), "utf-16": lambda s: len(s.encode("utf-16-le")) // 2, "utf-32": len}

BEFORE = 'flow main { print("😀客") ; '
CAPABILITIES = {
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "definition": {"linkSupport": True},
        "signatureHelp": {
            "signatureInformation": {
                "documentationFormat": ["markdown"],
                "parameterInformation": {"labelOffsetSupport": True},
            }
        },
    },
    "experimental": {"commands": {"commands": ["nexa.showReferences"]}},
}


class Document:
    """One open document of a client that counts in one encoding."""

    def __init__(self, client: Client, uri: str, encoding: str, text: str) -> None:
        self.client, self.uri, self.encoding = client, uri, encoding
        self.text = text.replace("$0", "")
        self.cursor = text.index("$0")
        client.open(uri, self.text)

    def position(self, index: int) -> dict:
        before = self.text[:index]
        return {"line": before.count("\n"), "character": UNITS[self.encoding](before.rpartition("\n")[2])}

    def range(self, word: str, number: int = 0) -> dict:
        """The `number`th place of a word."""
        start = -1
        for _ in range(number + 1):
            start = self.text.index(word, start + 1)
        return {"start": self.position(start), "end": self.position(start + len(word))}

    def ask(self, method: str, **more) -> object:
        place = {"textDocument": {"uri": self.uri}, "position": self.position(self.cursor)}
        return self.client.request(method, {**place, **more})


@pytest.fixture(scope="module", params=UNITS)
def counting(request):
    with Client() as client:
        client.initialize({**CAPABILITIES, "general": {"positionEncodings": [request.param]}})
        yield client, request.param


@pytest.fixture
def opened(counting, tmp_path):
    """Opens a text in which `$0` is the cursor."""
    client, encoding = counting
    return lambda text: Document(client, (tmp_path / "a.nx").as_uri(), encoding, text)


def test_references(opened):
    document = opened(BEFORE + "客.run(1) ; 客$0.run(2) }\nagent 客 { }\n")
    places = [document.range("客", number) for number in (1, 2, 3)]
    found = document.ask("textDocument/references", context={"includeDeclaration": True})
    assert found == [{"uri": document.uri, "range": place} for place in places]
    found = document.ask("textDocument/references", context={"includeDeclaration": False})
    assert [one["range"] for one in found] == places[:2]


def test_document_highlight(opened):
    document = opened(BEFORE + "x = 1 ; print(x$0) }\n")
    assert document.ask("textDocument/documentHighlight") == [
        {"range": document.range("x"), "kind": 3},
        {"range": document.range("x", 1), "kind": 2},
    ]


@pytest.mark.parametrize("kind", ["definition", "declaration", "typeDefinition", "implementation"])
def test_places_to_go_to(opened, kind):
    document = opened(BEFORE + "p = 客.run(1) ; p$0 }\nagent 客 implements 型 { }\nprotocol 型 { a: str }\n")
    expected = document.range("型", 1) if kind == "typeDefinition" else document.range("p", 1)
    found = document.ask(f"textDocument/{kind}")
    if kind == "definition":  # the one that this client takes links for
        (link,) = found
        assert link["targetUri"] == document.uri
        assert link["originSelectionRange"] == document.range("p", 2)
        found = {"uri": document.uri, "range": link["targetSelectionRange"]}
    assert found == {"uri": document.uri, "range": expected}


def test_signature_help(opened):
    document = opened(BEFORE + "寫(1, $0) }\n/// Counts.\nfn 寫(𝒳: int, y: str) -> str { y }\n")
    found = document.ask("textDocument/signatureHelp")
    (signature,) = found["signatures"]
    assert signature["label"] == "fn 寫(𝒳: int, y: str) -> str"
    assert signature["documentation"] == {"kind": "markdown", "value": "Counts."}
    # Counted in UTF-16 in any case.
    assert [one["label"] for one in signature["parameters"]] == [[5, 12], [14, 20]]
    assert (found["activeSignature"], found["activeParameter"]) == (0, 1)


def test_hover(opened):
    document = opened(BEFORE + '"😀客" >$0> 客 }\nagent 客 { }\n')
    found = document.ask("textDocument/hover")
    assert found["range"] == document.range(">>")
    assert found["contents"]["kind"] == "markdown"
    assert found["contents"]["value"].startswith('```nexa\n"😀客" >> 客\nstr → str\n```')


def test_selection_range(opened):
    document = opened(BEFORE + "名$0 }\n")
    place = document.position(document.cursor)
    (first, second) = document.client.request(
        "textDocument/selectionRange",
        {"textDocument": {"uri": document.uri}, "positions": [place, {"line": 0, "character": 0}]},
    )
    assert first["range"] == document.range("名")
    assert first["parent"]["range"] == document.range(f"{BEFORE}名".partition("{ ")[2])
    assert second["range"] == document.range("flow")


def test_document_link(opened, tmp_path):
    document = opened('agent 客 { role: "😀", experience: "n.md", model: "openai/x" }$0\n')
    file, model = document.ask("textDocument/documentLink")
    assert file == {"range": document.range("n.md"), "target": (tmp_path / "n.md").as_uri()}
    assert model["range"] == document.range("openai/x")
    resolved = document.client.request("documentLink/resolve", model)
    assert resolved["target"].startswith("https://")
    assert document.client.request("documentLink/resolve", file) == file


def test_call_hierarchy(opened):
    document = opened(BEFORE + "寫$0(1) ; 寫(2) }\nfn 寫(x: int) -> int { x }\n")
    (item,) = document.ask("textDocument/prepareCallHierarchy")
    assert (item["name"], item["kind"], item["uri"]) == ("寫", 12, document.uri)
    assert item["selectionRange"] == document.range("寫", 2)
    (caller,) = document.client.request("callHierarchy/incomingCalls", {"item": item})
    assert caller["from"]["name"] == "main"
    assert caller["fromRanges"] == [document.range("寫"), document.range("寫", 1)]
    (called,) = document.client.request("callHierarchy/outgoingCalls", {"item": caller["from"]})
    assert called["to"] == item
    assert called["fromRanges"] == caller["fromRanges"]


def test_calls_of_a_script(opened):
    document = opened("fn 寫$0(x: int) -> int { x }\nprint(寫(1))\n")
    (item,) = document.ask("textDocument/prepareCallHierarchy")
    (caller,) = document.client.request("callHierarchy/incomingCalls", {"item": item})
    assert (caller["from"]["name"], caller["from"]["kind"]) == ("a.nx", 1)
    (called,) = document.client.request("callHierarchy/outgoingCalls", {"item": caller["from"]})
    assert called["to"] == item


def test_type_hierarchy(opened):
    document = opened("/* 😀 */ protocol 型$0 { a: str }\n/* 😀 */ protocol 種 { a: str, b: int }\n")
    (item,) = document.ask("textDocument/prepareTypeHierarchy")
    (below,) = document.client.request("typeHierarchy/subtypes", {"item": item})
    assert (below["name"], below["selectionRange"]) == ("種", document.range("種"))
    assert document.client.request("typeHierarchy/supertypes", {"item": below}) == [item]
    assert document.client.request("typeHierarchy/supertypes", {"item": item}) == []


def test_inline_value(opened):
    document = opened(BEFORE + "值 = 1 ; print(值$0) }\n")
    place = document.position(document.cursor)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 2, "character": 0}}
    context = {"frameId": 1, "stoppedLocation": {"start": place, "end": place}}
    (found,) = document.client.request(
        "textDocument/inlineValue", {"textDocument": {"uri": document.uri}, "range": whole, "context": context}
    )
    assert found == {"range": document.range("值", 1), "variableName": "值", "caseSensitiveLookup": True}


def test_code_lens_counts_when_it_is_seen(opened):
    document = opened(BEFORE + "客.run(1) ; 客.run(2) }\nagent 客$0 { }\nprotocol P { a: str }\n")
    params = {"textDocument": {"uri": document.uri}}
    lenses = [one for one in document.client.request("textDocument/codeLens", params) if "command" not in one]
    assert [one["range"] for one in lenses] == [document.range("客", 3), document.range("P")]
    agent, protocol = (document.client.request("codeLens/resolve", one) for one in lenses)
    assert (agent["command"]["title"], agent["command"]["command"]) == ("2 references", "nexa.showReferences")
    uri, position, places = agent["command"]["arguments"]
    assert (uri, position) == (document.uri, document.range("客", 3)["start"])
    assert [one["range"] for one in places] == [document.range("客", 1), document.range("客", 2)]
    assert protocol["command"] == {"title": "0 references", "command": ""}


def test_code_lens_only_tells_where_nothing_can_be_shown(client, tmp_path):
    uri = (tmp_path / "b.nx").as_uri()
    client.open(uri, "agent A { }\nflow main { A.run(1) }\n")
    lenses = client.request("textDocument/codeLens", {"textDocument": {"uri": uri}})
    (lens,) = [one for one in lenses if "command" not in one]
    assert client.request("codeLens/resolve", lens)["command"] == {"title": "1 reference", "command": ""}
