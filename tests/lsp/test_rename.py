from __future__ import annotations

import pytest

from harness.client import Client
from harness.inside import Inside
from nexa.lsp.capabilities import capabilities
from nexa.lsp.errors import RequestError

FULL = {
    "textDocument": {"rename": {"prepareSupport": True}},
    "workspace": {"workspaceEdit": {"documentChanges": True, "changeAnnotationSupport": {"groupsOnLabel": True}}},
}
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def at(uri: str, line: int, character: int, **more: object) -> dict:
    return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}, **more}


def span(line: int, start: int, end: int) -> dict:
    return {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}}


def width(text: str, encoding: str) -> int:
    codec, unit = UNITS[encoding]
    return len(text.encode(codec)) // unit


@pytest.mark.parametrize("encoding", UNITS)
def test_a_rename_reaches_buffers_and_files_that_nobody_has_opened(tmp_path, encoding):
    (tmp_path / "lib.nxlib").write_text("agent 客 { }\n", encoding="utf-8")
    (tmp_path / "closed.nx").write_text('include "lib.nxlib"\nflow main { print("😀", 客.run(1)) }\n', encoding="utf-8")
    (tmp_path / "stranger.nx").write_text("agent 客 { }\n", encoding="utf-8")
    with Client() as client:
        client.initialize({**FULL, "general": {"positionEncodings": [encoding]}}, tmp_path)
        uri = (tmp_path / "a.nx").as_uri()
        client.open(uri, 'include "lib.nxlib"\n', version=1)
        client.change(uri, 2, {"range": span(1, 0, 0), "text": '/* 😀 */ flow main { "客"; 客.run(客) }\n'})
        before, inner = '/* 😀 */ flow main { "客"; ', "客.run("
        start = width(before, encoding)
        prepared = client.request("textDocument/prepareRename", at(uri, 1, start))
        length = width("客", encoding)
        assert prepared == {"range": span(1, start, start + length), "placeholder": "客"}
        answer = client.request("textDocument/rename", at(uri, 1, start, newName="Guest"))
        second = start + width(inner, encoding)
        closed = width('flow main { print("😀", ', encoding)
        assert {one["textDocument"]["uri"]: one for one in answer["documentChanges"]} == {
            uri: {
                "textDocument": {"uri": uri, "version": 2},
                "edits": [
                    {"range": span(1, start, start + length), "newText": "Guest"},
                    {"range": span(1, second, second + length), "newText": "Guest"},
                ],
            },
            (tmp_path / "closed.nx").as_uri(): {
                "textDocument": {"uri": (tmp_path / "closed.nx").as_uri(), "version": None},
                "edits": [{"range": span(1, closed, closed + length), "newText": "Guest"}],
            },
            (tmp_path / "lib.nxlib").as_uri(): {
                "textDocument": {"uri": (tmp_path / "lib.nxlib").as_uri(), "version": None},
                "edits": [{"range": span(0, 6, 6 + length), "newText": "Guest"}],
            },
        }
        client.shutdown()


TEXT = "agent Writer { }\nagent Critic { }\nflow main { Writer.run(1) >> Critic }\n"


def opened(capabilities: dict, text: str = TEXT) -> tuple[Inside, str]:
    inside, uri = Inside(capabilities), "file:///x/a.nx"
    inside.open(uri, text)
    return inside, uri


def test_for_a_client_without_document_changes():
    inside, uri = opened({})
    answer = inside.ask("textDocument/rename", at(uri, 0, 7, newName="Author"))
    assert answer == {
        "changes": {
            uri: [
                {"range": span(0, 6, 12), "newText": "Author"},
                {"range": span(2, 12, 18), "newText": "Author"},
            ]
        }
    }


def test_what_is_doubtful_is_asked():
    text = 'flow main(d: dict) { x = 1\nt = template"""{{x}}"""\nprint(render(t, d), x) }'
    inside, uri = opened(FULL, text)
    answer = inside.ask("textDocument/rename", at(uri, 0, 21, newName="y"))
    (question,) = answer["changeAnnotations"].items()
    assert question[1] == {"label": question[0], "needsConfirmation": True}
    edits = answer["documentChanges"][0]["edits"]
    assert [one.get("annotationId") for one in edits] == [None, question[0], None]
    inside, uri = opened({"workspace": {"workspaceEdit": {"documentChanges": True}}}, text)
    answer = inside.ask("textDocument/rename", at(uri, 0, 21, newName="y"))
    assert "changeAnnotations" not in answer
    assert len(answer["documentChanges"][0]["edits"]) == 3


@pytest.mark.parametrize(
    ("method", "params", "said"),
    [
        ("textDocument/rename", {"newName": "Critic"}, "`Critic` is taken: at a.nx:"),
        ("textDocument/rename", {"newName": "for"}, "`for` is reserved"),
        ("textDocument/rename", {"newName": "a b"}, "`a b` is not a name"),
    ],
)
def test_a_refusal_is_an_error_that_says_why(method, params, said):
    inside, uri = opened(FULL)
    with pytest.raises(RequestError) as error:
        inside.ask(method, at(uri, 0, 7, **params))
    assert (error.value.code, error.value.message.startswith(said)) == (-32803, True), error.value.message


def test_what_cannot_be_renamed_is_said_before_a_name_is_typed():
    inside, uri = opened(FULL, "flow main { print(1) }")
    with pytest.raises(RequestError) as error:
        inside.ask("textDocument/prepareRename", at(uri, 0, 13))
    assert error.value.message == "`print` comes with the language and cannot be renamed."
    assert inside.ask("textDocument/prepareRename", at(uri, 0, 11)) is None


@pytest.mark.parametrize("params", [{}, {"newName": 1}])
def test_a_request_without_a_name(params):
    inside, uri = opened(FULL)
    with pytest.raises(RequestError) as error:
        inside.ask("textDocument/rename", at(uri, 0, 7, **params))
    assert error.value.code == -32602


MOVING = {"workspace": {"fileOperations": {"willRename": True, "didRename": True}}}


def test_includes_follow_files_and_folders_that_move(tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "tools.nxlib").write_text("fn helper() { }\n")
    (tmp_path / "closed.nx").write_text('include "lib/tools.nxlib"\nflow main { helper() }\n')
    (tmp_path / "stranger.nx").write_text("flow main { }\n")
    uri, lib, new = ((tmp_path / name).as_uri() for name in ("a.nx", "lib", "library"))
    with Client() as client:
        announced = client.initialize(MOVING, tmp_path)["capabilities"]["workspace"]["fileOperations"]
        globs = {one["pattern"]["glob"] for one in announced["willRename"]["filters"]}
        assert "**" in globs
        client.open(uri, '/* 😀 */ include "lib/tools.nxlib"\nflow main { helper() }\n')
        assert client.diagnostics(uri, 1) == []
        answer = client.request("workspace/willRenameFiles", {"files": [{"oldUri": lib, "newUri": new}]})
        assert answer == {
            "changes": {
                uri: [{"range": span(0, 18, 33), "newText": "library/tools.nxlib"}],
                (tmp_path / "closed.nx").as_uri(): [{"range": span(0, 9, 24), "newText": "library/tools.nxlib"}],
            }
        }
        (tmp_path / "lib").rename(tmp_path / "library")
        client.change(uri, 2, {"range": span(0, 18, 33), "text": "library/tools.nxlib"})
        client.notify("workspace/didRenameFiles", {"files": [{"oldUri": lib, "newUri": new}]})
        assert client.diagnostics(uri, 2) == []
        again = client.request("workspace/willRenameFiles", {"files": [{"oldUri": new, "newUri": lib}]})
        assert again["changes"][uri] == [{"range": span(0, 18, 37), "newText": "lib/tools.nxlib"}]
        nothing = {"oldUri": (tmp_path / "x.md").as_uri(), "newUri": (tmp_path / "y.md").as_uri()}
        assert client.request("workspace/willRenameFiles", {"files": [nothing]}) is None
        assert client.request("workspace/willRenameFiles", {"files": []}) is None
        client.shutdown()


def test_a_client_that_moves_no_files_hears_nothing_of_it():
    assert "willRename" not in capabilities(Inside({}).session.client)["workspace"]["fileOperations"]
    assert capabilities(Inside({}).session.client)["renameProvider"] is True
    assert capabilities(Inside(FULL).session.client)["renameProvider"] == {"prepareProvider": True}
