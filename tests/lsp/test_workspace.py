"""Files that nobody has opened: found through the workspace folders, read when a request needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.client import Client
from harness.command import write_files

WATCHING = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}

FILES = {
    "lib.nxlib": "agent Helper { }\n",
    "main.nx": 'include "lib.nxlib"\nflow main { Helper.run(1) }\n',
    "sub/other.nx": 'include "../lib.nxlib"\nflow main { Helper.run(2) }\n',
    "stranger.nx": "agent Helper { }\nflow main { Helper.run(3) }\n",
    "ignored/old.nx": 'include "../lib.nxlib"\nflow main { Helper.run(4) }\n',
    ".gitignore": "ignored/\n",
}


@pytest.fixture
def watched(raw, tmp_path):
    """A server whose client tells it of every change in a folder with these files."""
    write_files(tmp_path, FILES)
    raw.initialize(WATCHING, root=tmp_path)
    return raw


def found(client: Client, folder: Path, name: str, line: int, character: int) -> list[str]:
    """`file:line` of the references to a name."""
    params = {
        "textDocument": {"uri": (folder / name).as_uri()},
        "position": {"line": line, "character": character},
        "context": {"includeDeclaration": True},
    }
    places = client.request("textDocument/references", params)
    root = folder.as_uri() + "/"
    return [f"{one['uri'].removeprefix(root)}:{one['range']['start']['line']}" for one in places]


def opened(client: Client, folder: Path, name: str) -> None:
    client.open((folder / name).as_uri(), (folder / name).read_text())


ALL = ["lib.nxlib:0", "main.nx:1", "sub/other.nx:1"]


@pytest.mark.parametrize(
    ("name", "line", "character"), [("lib.nxlib", 0, 7), ("main.nx", 1, 14), ("sub/other.nx", 1, 14)]
)
def test_references_from_any_file_of_a_program(watched, tmp_path, name, line, character):
    opened(watched, tmp_path, name)
    assert found(watched, tmp_path, name, line, character) == ALL


def test_a_buffer_counts_in_place_of_its_file(watched, tmp_path):
    opened(watched, tmp_path, "lib.nxlib")
    watched.open((tmp_path / "main.nx").as_uri(), 'include "lib.nxlib"\n\n\nflow main { Helper.run(1) }\n')
    assert found(watched, tmp_path, "lib.nxlib", 0, 7) == ["lib.nxlib:0", "main.nx:3", "sub/other.nx:1"]
    watched.notify("textDocument/didClose", {"textDocument": {"uri": (tmp_path / "main.nx").as_uri()}})
    assert found(watched, tmp_path, "lib.nxlib", 0, 7) == ALL


def test_files_that_come_change_and_go(watched, tmp_path):
    opened(watched, tmp_path, "lib.nxlib")
    assert found(watched, tmp_path, "lib.nxlib", 0, 7) == ALL
    write_files(tmp_path, {"new.nx": FILES["main.nx"], "main.nx": "\n" + FILES["main.nx"]})
    (tmp_path / "sub" / "other.nx").unlink()
    changes = [("new.nx", 1), ("main.nx", 2), ("sub/other.nx", 3)]
    events = [{"uri": (tmp_path / name).as_uri(), "type": kind} for name, kind in changes]
    watched.notify("workspace/didChangeWatchedFiles", {"changes": events})
    assert found(watched, tmp_path, "lib.nxlib", 0, 7) == ["lib.nxlib:0", "main.nx:2", "new.nx:1"]


def test_an_include_that_is_not_saved_yet(watched, tmp_path):
    opened(watched, tmp_path, "stranger.nx")
    uri = (tmp_path / "stranger.nx").as_uri()
    place = {"line": 0, "character": 0}
    text = 'include "lib.nxlib"\nflow x { Helper.run(5) }\n'
    end = {"line": 2, "character": 0}
    change = {"range": {"start": place, "end": end}, "text": text}
    watched.change(uri, 2, change)
    assert found(watched, tmp_path, "stranger.nx", 1, 10) == [*ALL[:2], "stranger.nx:1", ALL[2]]


def test_diagnostics_are_those_of_what_is_open(watched, tmp_path):
    """What a request reads beside the buffers changes nothing about them."""
    opened(watched, tmp_path, "lib.nxlib")
    uri = (tmp_path / "lib.nxlib").as_uri()
    before = watched.diagnostics(uri, 1)
    found(watched, tmp_path, "lib.nxlib", 0, 7)
    place = {"line": 0, "character": 0}
    watched.change(uri, 2, {"range": {"start": place, "end": place}, "text": " "})
    assert len(watched.diagnostics(uri, 2)) == len(before)


def test_a_client_without_a_folder(raw, tmp_path):
    write_files(tmp_path, FILES)
    raw.initialize()
    opened(raw, tmp_path, "lib.nxlib")
    assert found(raw, tmp_path, "lib.nxlib", 0, 7) == ["lib.nxlib:0"]


def test_the_folder_of_a_configuration_counts_without_a_workspace(raw, tmp_path):
    write_files(tmp_path, {**FILES, "nexa.toml": ""})
    raw.initialize()
    opened(raw, tmp_path, "lib.nxlib")
    assert found(raw, tmp_path, "lib.nxlib", 0, 7) == ALL


def test_implementations_calls_and_counts_reach_files_that_nobody_has_opened(watched, tmp_path):
    write_files(
        tmp_path,
        {
            "lib.nxlib": "protocol Draft { a: str }\nagent Helper implements Draft { }\n",
            "main.nx": 'include "lib.nxlib"\nagent Other implements Draft { }\nflow main { Helper.run(1) }\n',
        },
    )
    events = [{"uri": (tmp_path / name).as_uri(), "type": 2} for name in ("lib.nxlib", "main.nx")]
    watched.notify("workspace/didChangeWatchedFiles", {"changes": events})
    opened(watched, tmp_path, "lib.nxlib")
    document = {"textDocument": {"uri": (tmp_path / "lib.nxlib").as_uri()}}
    places = watched.request("textDocument/implementation", {**document, "position": {"line": 0, "character": 10}})
    assert sorted(one["uri"].rpartition("/")[2] for one in places) == ["lib.nxlib", "main.nx"]
    (item,) = watched.request(
        "textDocument/prepareCallHierarchy", {**document, "position": {"line": 1, "character": 7}}
    )
    callers = watched.request("callHierarchy/incomingCalls", {"item": item})
    assert sorted(one["from"]["uri"].rpartition("/")[2] for one in callers) == ["main.nx", "other.nx"]
    lenses = watched.request("textDocument/codeLens", document)
    titles = [watched.request("codeLens/resolve", one)["command"]["title"] for one in lenses]
    assert titles == ["2 references", "2 references"]
