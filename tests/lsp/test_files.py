"""Files that come and go: named by the client, watched, or in a buffer that nobody has saved."""

from __future__ import annotations

import pytest

from harness.inside import Inside

USER = 'include "lib.nxlib"\nflow main { Helper.run(1) }\n'
LIBRARY = 'agent Helper { prompt: "h" }\n'


@pytest.fixture
def opened(tmp_path):
    """A program that includes a library which is not there yet."""
    inside = Inside({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}, rootUri=tmp_path.as_uri())
    inside.open((tmp_path / "main.nx").as_uri(), USER)
    inside.path = tmp_path / "main.nx"
    assert codes(inside) == ["NX207"]
    return inside


def codes(inside: Inside) -> list[str]:
    inside.work()
    said = [params for method, params in inside.channel.said if method == "textDocument/publishDiagnostics"]
    return [item["code"] for item in [one for one in said if one["uri"] == inside.path.as_uri()][-1]["diagnostics"]]


def test_a_created_file_is_found(opened, tmp_path):
    (tmp_path / "lib.nxlib").write_text(LIBRARY, encoding="utf-8")
    opened.ask("workspace/didCreateFiles", {"files": [{"uri": (tmp_path / "lib.nxlib").as_uri()}]})
    assert codes(opened) == []
    (tmp_path / "lib.nxlib").unlink()
    opened.ask("workspace/didDeleteFiles", {"files": [{"uri": (tmp_path / "lib.nxlib").as_uri()}]})
    assert codes(opened) == ["NX207"]


def test_a_renamed_file_is_found(opened, tmp_path):
    (tmp_path / "old.nxlib").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "old.nxlib").rename(tmp_path / "lib.nxlib")
    names = {"oldUri": (tmp_path / "old.nxlib").as_uri(), "newUri": (tmp_path / "lib.nxlib").as_uri()}
    opened.ask("workspace/didRenameFiles", {"files": [names]})
    assert codes(opened) == []


def test_a_folder_that_is_renamed_takes_its_files_along(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "lib.nxlib").write_text(LIBRARY, encoding="utf-8")
    inside = Inside({}, rootUri=tmp_path.as_uri())
    inside.path = tmp_path / "main.nx"
    inside.open(inside.path.as_uri(), USER.replace("lib.nxlib", "deep/lib.nxlib"))
    assert codes(inside) == []
    (tmp_path / "deep").rename(tmp_path / "other")
    names = {"oldUri": (tmp_path / "deep").as_uri(), "newUri": (tmp_path / "other").as_uri()}
    inside.ask("workspace/didRenameFiles", {"files": [names]})
    assert codes(inside) == ["NX207"]
    (tmp_path / "other").rename(tmp_path / "deep")
    names = {"oldUri": names["newUri"], "newUri": names["oldUri"]}
    inside.ask("workspace/didRenameFiles", {"files": [names]})
    assert codes(inside) == []


def test_a_buffer_counts_before_the_file_on_disk(opened, tmp_path):
    uri = (tmp_path / "lib.nxlib").as_uri()
    opened.open(uri, LIBRARY)
    assert codes(opened) == [], "nobody has saved it yet"
    (tmp_path / "lib.nxlib").write_text('agent Other { prompt: "o" }\n', encoding="utf-8")
    opened.watched((uri, 1))
    assert codes(opened) == []
    opened.session.close_document(uri)
    assert codes(opened) == ["NX201"]


@pytest.mark.parametrize("change", [1, 2, 3])
def test_a_watched_file_is_read_again(opened, tmp_path, change):
    (tmp_path / "lib.nxlib").write_text(LIBRARY, encoding="utf-8")
    opened.watched(((tmp_path / "lib.nxlib").as_uri(), change))
    assert codes(opened) == []
