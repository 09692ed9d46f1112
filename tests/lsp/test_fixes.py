"""Quick fixes in an editor: every way that there is, files that come into being, and places in each encoding."""

from __future__ import annotations

import pytest

from harness.client import Client

CREATING = {
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]}},
    "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": [""]}}}},
}


@pytest.fixture(scope="module")
def creating():
    """A client that makes files when it is told to."""
    with Client() as client:
        client.initialize(CREATING)
        yield client


def actions(client, uri: str, code: str) -> list[dict]:
    """What is offered for the findings of a code."""
    found = [one for one in client.diagnostics(uri) if one["code"] == code]
    assert found
    return [action for one in found for action in offered(client, uri, one)]


def offered(client, uri: str, diagnostic: dict) -> list[dict]:
    """What is offered for a finding."""
    context = {"diagnostics": [diagnostic]}
    where = {"textDocument": {"uri": uri}, "range": diagnostic["range"], "context": context}
    found = client.request("textDocument/codeAction", where)
    own = [one for one in found if one.get("diagnostics", [{}])[0].get("code") == diagnostic["code"]]
    return [one for one in own if "nexa: allow" not in repr(one["edit"])]


def test_a_file_that_is_missing_is_made(creating, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    creating.open(uri, 'include "子/lib.nxlib"\nflow main { print(1) }\n')
    (action,) = actions(creating, uri, "NX207")
    assert action["title"] == "Create `子/lib.nxlib`"
    (change,) = action["edit"]["documentChanges"]
    assert (change["kind"], change["uri"]) == ("create", (tmp_path / "子" / "lib.nxlib").as_uri())


def test_what_a_library_may_not_have_moves_to_a_new_program_or_to_the_end_of_one(creating, tmp_path):
    uri, program = (tmp_path / "l.nxlib").as_uri(), tmp_path / "l.nx"
    creating.open(uri, 'fn f() { "🙂" }\nflow main { print(f()) }\n')
    (action,) = actions(creating, uri, "NX219")
    removed, created, added = action["edit"]["documentChanges"]
    assert (created["kind"], created["uri"]) == ("create", program.as_uri())
    texts = {one["textDocument"]["uri"]: [edit["newText"] for edit in one["edits"]] for one in (removed, added)}
    assert texts == {uri: [""], program.as_uri(): ['include "l.nxlib"\n\nflow main { print(f()) }\n']}
    program.write_text('include "l.nxlib"\n')
    creating.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": program.as_uri(), "type": 1}]})
    (action,) = offered(creating, uri, action["diagnostics"][0])
    removed, added = action["edit"]["documentChanges"]
    assert [edit["newText"] for edit in removed["edits"]] == [""]
    (edit,) = added["edits"]
    assert (edit["newText"], edit["range"]["start"]) == ("\nflow main { print(f()) }\n", {"line": 1, "character": 0})


def test_a_client_that_makes_no_files_is_not_asked_to(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, 'include "lib.nxlib"\nflow main { print(1) }\n')
    assert actions(client, uri, "NX207") == []


def test_beside_an_unsaved_document_no_file_is_made(creating):
    creating.open("untitled:Untitled-3", 'include "lib.nxlib"\nflow main { print(1) }\n')
    assert actions(creating, "untitled:Untitled-3", "NX207") == []


def test_a_parameter_is_renamed_in_the_files_that_name_it(client, tmp_path):
    library, program = (tmp_path / "l.nxlib").as_uri(), (tmp_path / "a.nx").as_uri()
    client.open(library, 'fn log(text: str) { print("🙂", text) }\n')
    client.open(program, 'include "l.nxlib"\nflow main { log(text: "客"); log("客", text: 1) }\n')
    (action,) = actions(client, library, "NX212")
    assert action["title"] == "Rename to `text2`"
    changes = action["edit"]["changes"]
    assert {uri: len(edits) for uri, edits in changes.items()} == {library: 2, program: 2}
    assert all("text2" in str(edit) for edits in changes.values() for edit in edits)


def test_every_way_is_offered(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    text = 'protocol P { a: str }\nprotocol Q { a: str, b: int }\nagent A implements P { prompt: "客" }\n'
    text += 'agent B { prompt: "🙂", context { input_schema: Q } }\nflow main(x: str) { print(x >> A >> B) }\n'
    client.open(uri, text)
    assert [one["title"] for one in actions(client, uri, "NX303")] == [
        "Insert an agent that turns `P` into `Q`",
        "Add `b` to `P`",
        "Make `b` optional in `Q`",
    ]


def test_new_lines_end_as_those_of_the_document(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, "flow main { print(missing()) }\r\n")
    (action,) = actions(client, uri, "NX201")
    (edit,) = next(iter(action["edit"]["changes"].values()))
    assert edit["newText"] == "flow missing() -> any {\r\n    return null\r\n}\r\n\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_are_right_behind_wide_characters(encoding, tmp_path):
    with Client() as client:
        client.initialize({**CREATING, "general": {"positionEncodings": [encoding]}})
        uri = (tmp_path / "a.nx").as_uri()
        line = 'flow main { print("🙂客", std.http.get("htps://a.b")) }'
        client.open(uri, f"{line}\n")
        (action,) = actions(client, uri, "NX609")
        ((edit,),) = [one["edits"] for one in action["edit"]["documentChanges"]]
        raw, width = line.encode(f"{encoding}-le" if encoding != "utf-8" else encoding), int(encoding[4:]) // 8
        start, end = (edit["range"][one]["character"] * width for one in ("start", "end"))
        assert raw[start:end].decode(f"{encoding}-le" if encoding != "utf-8" else encoding) == "htps"
        assert edit["newText"] == "https"
