"""The `.nxs` files that an open program sees: those on the disk, those that are open, and what becomes of them."""

from __future__ import annotations

import pytest

PROGRAM = "use config staging\nflow main { print(1) }\n"
SECRETS = 'config staging {\n    API_KEY = "s3cr3t"\n}\n'


@pytest.fixture
def program(client, tmp_path):
    """An open program one folder below the root of its project."""
    (tmp_path / "nexa.toml").write_text("")
    (tmp_path / "sub").mkdir()
    uri = (tmp_path / "sub" / "a.nx").as_uri()
    client.open(uri, PROGRAM)
    return uri


def config_of(client, program) -> str | None:
    """The file that the program's `use config` leads to."""
    where = {"textDocument": {"uri": program}, "position": {"line": 0, "character": 13}}
    found = client.request("textDocument/definition", where)
    found = found[0] if isinstance(found, list) and found else found
    return (found.get("uri") or found["targetUri"]) if found else None


def tell(client, path, kind: int) -> None:
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": kind}]})


def test_a_secrets_file_that_comes_changes_and_goes_is_noticed(client, program, tmp_path):
    assert config_of(client, program) is None
    far, near = tmp_path / "keys.nxs", tmp_path / "sub" / "keys.nxs"
    far.write_text(SECRETS)
    tell(client, far, 1)
    assert config_of(client, program) == far.as_uri()
    near.write_text(SECRETS)
    tell(client, near, 1)
    assert config_of(client, program) == near.as_uri()
    near.write_text(SECRETS.replace("staging", "production"))
    tell(client, near, 2)
    assert config_of(client, program) == far.as_uri()
    far.unlink()
    tell(client, far, 3)
    assert config_of(client, program) is None


def test_an_open_secrets_file_counts_as_it_is_written(client, program, tmp_path):
    keys = tmp_path / "keys.nxs"
    keys.write_text(SECRETS.replace("staging", "production"))
    client.open(keys.as_uri(), SECRETS)
    tell(client, keys, 1)
    assert config_of(client, program) == keys.as_uri()
    everything = {"text": SECRETS.replace("staging", "other")}
    client.change(keys.as_uri(), 2, everything)
    assert config_of(client, program) is None
    client.change(keys.as_uri(), 3, {"text": SECRETS})
    assert config_of(client, program) == keys.as_uri()
    client.notify("textDocument/didClose", {"textDocument": {"uri": keys.as_uri()}})
    assert config_of(client, program) is None


def test_a_client_without_watchers_has_folders_compared_when_it_saves(client, program, tmp_path):
    assert config_of(client, program) is None
    keys = tmp_path / "sub" / "keys.nxs"
    keys.write_text(SECRETS)
    client.notify("textDocument/didSave", {"textDocument": {"uri": program}})
    assert config_of(client, program) == keys.as_uri()


def test_nothing_outside_of_the_project_is_seen(client, program, tmp_path):
    (tmp_path.parent / "keys.nxs").write_text(SECRETS)
    tell(client, tmp_path.parent / "keys.nxs", 1)
    assert config_of(client, program) is None
    (tmp_path.parent / "keys.nxs").unlink()


# ── what programs say of them, and of other files ───────────────────────────────────────────────────────────────


def codes(client, uri: str) -> list[str]:
    """The codes about configurations and files of the next publication."""
    return [one["code"] for one in client.diagnostics(uri) if one["code"].startswith("NX6")]


def test_a_configuration_is_missed_until_there_is_one(client, program, tmp_path):
    assert codes(client, program) == ["NX603"]
    keys = tmp_path / "keys.nxs"
    keys.write_text(SECRETS)
    tell(client, keys, 1)
    assert codes(client, program) == []
    keys.unlink()
    tell(client, keys, 3)
    assert codes(client, program) == ["NX603"]


NAMING = """agent Ann { prompt: "客 🙂", experience: "notes.md" }
server 80 { static "/x" from "pub"; route GET "/" => Ann }
"""


def test_files_that_a_program_names_come_and_go(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, NAMING)
    assert codes(client, uri) == ["NX616", "NX616"]
    notes = tmp_path / "notes.md"
    notes.write_text("x")
    tell(client, tmp_path / "other.md", 1)
    tell(client, notes, 1)
    assert codes(client, uri) == ["NX616"]
    (tmp_path / "pub").mkdir()
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert codes(client, uri) == []
    notes.unlink()
    tell(client, notes, 3)
    assert codes(client, uri) == ["NX616"]


def test_beside_an_unsaved_document_nobody_knows_what_is_there(client):
    client.open("untitled:Untitled-7", NAMING)
    assert codes(client, "untitled:Untitled-7") == []


def test_a_python_file_of_tools_that_changes_is_read_again(client, tmp_path):
    uri, helpers = (tmp_path / "a.nx").as_uri(), tmp_path / "helpers.py"
    helpers.write_text("def rate(x): ...\n")
    client.open(uri, 'tool Rate { description: "客 🙂", python: "helpers.py" }\nflow main { print(Rate(1)) }\n')
    assert client.diagnostics(uri) == []
    helpers.write_text("def rate(x, y): ...\n")
    tell(client, helpers, 2)
    assert [one["code"] for one in client.diagnostics(uri)] == ["NX302"]
    helpers.write_text("def rate(x\n")
    tell(client, helpers, 2)
    assert [one["code"] for one in client.diagnostics(uri)] == ["NX116"]
