"""What is published when, for whom; and that it is what the command line says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.client import PATIENCE, Client

UNKNOWN = "flow main { Writer.run(1) }\n"
KNOWN = 'agent Writer { prompt: "p" }\nflow main { Writer.run(1) }\n'


def codes(diagnostics: list[dict]) -> list[str]:
    return [one["code"] for one in errors(diagnostics)]


def errors(diagnostics: list[dict]) -> list[dict]:
    """Hints come and go with them."""
    return [one for one in diagnostics if one["severity"] == 1]


def edit(line: int, start: int, end: int, text: str) -> dict:
    return {
        "range": {"start": {"line": line, "character": start}, "end": {"line": line, "character": end}},
        "text": text,
    }


def test_an_open_file_gets_its_diagnostics_with_everything_in_them(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, UNKNOWN, version=7)
    (one,) = errors(client.diagnostics(uri, 7))
    assert one["source"] == "nexa"
    assert (one["code"], one["severity"]) == ("NX201", 1)
    assert one["range"] == {"start": {"line": 0, "character": 12}, "end": {"line": 0, "character": 18}}
    assert one["codeDescription"]["href"].startswith("https://")
    assert one["codeDescription"]["href"].endswith("#nx201")
    assert one["data"]["name"] == "undefined-name"


def test_an_edit_is_answered_with_its_version(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, KNOWN)
    assert client.diagnostics(uri, 1) == []
    client.change(uri, 2, edit(1, 12, 18, "Wrtier"))
    assert codes(client.diagnostics(uri, 2)) == ["NX201"]
    client.change(uri, 3, edit(1, 12, 18, "Writer"))
    assert codes(client.diagnostics(uri, 3)) == []


def test_fifty_edits_at_once_are_published_once_or_few_times(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, KNOWN)
    client.diagnostics(uri, 1)
    from harness.client import framed

    messages = b""
    for version in range(2, 52):
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [edit(0, 0, 0, "\n")]}
        messages += framed({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
    client.send_bytes(messages)
    assert client.diagnostics(uri, 51) == []
    published = [m for m in client.seen if m.get("method") == "textDocument/publishDiagnostics"]
    assert len(published) <= 2


def test_a_file_that_depends_on_an_edited_one_is_looked_at_again(client, tmp_path):
    library, program = tmp_path / "lib.nxlib", tmp_path / "a.nx"
    library.write_text('agent Writer { prompt: "p" }\n')
    client.open(program.as_uri(), 'include "lib.nxlib"\n' + UNKNOWN)
    assert client.diagnostics(program.as_uri(), 1) == []
    client.open(library.as_uri(), 'agent Wrtier { prompt: "p" }\n')
    assert codes(client.diagnostics(program.as_uri(), 1)) == ["NX201"]
    client.change(library.as_uri(), 2, edit(0, 6, 12, "Writer"))
    assert client.diagnostics(program.as_uri(), 1) == []


def test_closing_a_buffer_brings_the_file_on_disk_back(client, tmp_path):
    library, program = tmp_path / "lib.nxlib", tmp_path / "a.nx"
    library.write_text('agent Writer { prompt: "p" }\n')
    client.open(library.as_uri(), "agent Other {}\n")
    client.open(program.as_uri(), 'include "lib.nxlib"\n' + UNKNOWN)
    assert codes(client.diagnostics(program.as_uri(), 1)) == ["NX201"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": library.as_uri()}})
    assert client.diagnostics(program.as_uri(), 1) == []


def test_a_file_that_changes_on_disk_is_read_again(client, tmp_path):
    library, program = tmp_path / "lib.nxlib", tmp_path / "a.nx"
    client.open(program.as_uri(), 'include "lib.nxlib"\n' + UNKNOWN)
    assert "NX207" in codes(client.diagnostics(program.as_uri(), 1))
    library.write_text('agent Writer { prompt: "p" }\n')
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": library.as_uri(), "type": 1}]})
    assert client.diagnostics(program.as_uri(), 1) == []


def test_a_client_without_watchers_has_files_compared_when_it_saves(client, tmp_path):
    library, program = tmp_path / "lib.nxlib", tmp_path / "a.nx"
    library.write_text('agent Other { prompt: "p" }\n')
    client.open(program.as_uri(), 'include "lib.nxlib"\n' + UNKNOWN)
    assert codes(client.diagnostics(program.as_uri(), 1)) == ["NX201"]
    library.write_text('agent Writer { prompt: "pp" }\n')
    client.notify("textDocument/didSave", {"textDocument": {"uri": program.as_uri()}})
    assert client.diagnostics(program.as_uri(), 1) == []


def test_a_closed_file_shows_nothing(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, UNKNOWN)
    assert client.diagnostics(uri, 1)
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert client.diagnostics(uri) == []


def test_a_change_of_a_file_that_was_never_opened_is_ignored(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.change(uri, 2, edit(0, 0, 0, "x"))
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert not [m for m in client.drain() if m.get("method", "").startswith("window/show")]
    client.open(uri, UNKNOWN)
    assert codes(client.diagnostics(uri, 1)) == ["NX201"]


PULL = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


def test_a_client_that_pulls_is_never_pushed_to(raw, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    capabilities = raw.initialize(PULL)["capabilities"]
    assert capabilities["diagnosticProvider"]["interFileDependencies"] is True
    raw.open(uri, UNKNOWN)
    report = raw.request("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    assert (report["kind"], codes(report["items"])) == ("full", ["NX201"])
    again = raw.request(
        "textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": report["resultId"]}
    )
    assert again == {"kind": "unchanged", "resultId": report["resultId"]}
    raw.change(uri, 2, edit(0, 12, 18, "print"))
    report = raw.request(
        "textDocument/diagnostic", {"textDocument": {"uri": uri}, "previousResultId": report["resultId"]}
    )
    assert report["kind"] == "full"
    raw.drain()
    assert not [m for m in raw.seen if m.get("method") == "textDocument/publishDiagnostics"]


def test_a_client_that_does_not_pull_is_told_of_no_provider(raw):
    assert "diagnosticProvider" not in raw.initialize()["capabilities"]


def test_a_client_that_pulls_is_told_when_another_file_changed_things(raw, tmp_path):
    library, program = tmp_path / "lib.nxlib", tmp_path / "a.nx"
    library.write_text('agent Writer { prompt: "p" }\n')
    raw.initialize(PULL)
    raw.open(program.as_uri(), 'include "lib.nxlib"\n' + UNKNOWN)
    raw.open(library.as_uri(), 'agent Writer { prompt: "p" }\n')
    assert raw.request("textDocument/diagnostic", {"textDocument": {"uri": program.as_uri()}})["items"] == []
    raw.change(library.as_uri(), 2, edit(0, 6, 12, "Wrtier"))
    raw.notification("workspace/diagnostic/refresh")
    report = raw.request("textDocument/diagnostic", {"textDocument": {"uri": program.as_uri()}})
    assert codes(report["items"]) == ["NX201"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions_count_in_the_negotiated_encoding(raw, tmp_path, encoding):
    uri = (tmp_path / "a.nx").as_uri()
    raw.initialize({"general": {"positionEncodings": [encoding]}})
    before = 'flow main { print("😀客é'
    units = {"utf-8": lambda t: len(t.encode()), "utf-16": lambda t: len(t.encode("utf-16-le")) // 2, "utf-32": len}
    raw.open(uri, before + '", Wr) }\n')
    (one,) = errors(raw.diagnostics(uri, 1))
    start = units[encoding](before + '", ')
    assert [one["range"][end]["character"] for end in ("start", "end")] == [start, start + 2]
    raw.change(uri, 2, edit(0, start, start + 2, "1"), edit(0, units[encoding](before), units[encoding](before), "😀"))
    assert raw.diagnostics(uri, 2) == []


def test_other_line_separators_are_no_line_ends(client, tmp_path):
    """An edit behind U+2028, U+0085, \\f, \\x1c must land where the client means it."""
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, 'flow main { print("a\u2028b\u0085c\fd\x1ce") }\rflow other { print(1) }\r\nflow third { Bad }\n')
    (one,) = errors(client.diagnostics(uri, 1))
    assert one["range"]["start"] == {"line": 2, "character": 13}
    client.change(uri, 2, edit(2, 13, 16, "1"), edit(1, 13, 21, "Bad"))
    (one,) = errors(client.diagnostics(uri, 2))
    assert one["range"]["start"] == {"line": 1, "character": 13}


def test_positions_outside_of_the_text_mean_its_nearest_place(client, tmp_path):
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, "flow main { print(1) }")
    client.diagnostics(uri, 1)
    client.change(uri, 2, edit(0, 9999, 9999, "\n"), {"range": _range(99, 0, 99, 5), "text": "flow b { Bad }"})
    (one,) = errors(client.diagnostics(uri, 2))
    assert one["range"]["start"] == {"line": 1, "character": 9}
    client.change(uri, 3, {"range": _range(1, 9999, 1, 0), "text": ""})
    assert codes(client.diagnostics(uri, 3)) == []


def _range(line: int, start: int, end_line: int, end: int) -> dict:
    return {"start": {"line": line, "character": start}, "end": {"line": end_line, "character": end}}


def test_half_a_character_is_survived(client, tmp_path):
    """Editors send one half of a surrogate pair while the user types."""
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, 'flow main { print("") }')
    client.change(uri, 2, edit(0, 19, 19, "\ud83d"), edit(0, 20, 20, "\ude00"), edit(0, 24, 24, " Bad"))
    assert client.diagnostics(uri, 2) is not None
    assert client.process.poll() is None


def test_settings_of_the_project_select_what_is_shown(client, tmp_path):
    (tmp_path / "nexa.toml").write_text('[check]\nignore = ["NX201"]\n')
    uri = (tmp_path / "a.nx").as_uri()
    client.open(uri, UNKNOWN)
    assert client.diagnostics(uri, 1) == []
    (tmp_path / "nexa.toml").write_text("[check]\n")
    changed = {"changes": [{"uri": (tmp_path / "nexa.toml").as_uri(), "type": 2}]}
    client.notify("workspace/didChangeWatchedFiles", changed)
    assert codes(client.diagnostics(uri, 1)) == ["NX201"]


def test_settings_of_the_editor_count_at_once(raw, tmp_path):
    answers = [{"check": {"ignore": ["NX201"]}}]
    raw.answers["workspace/configuration"] = lambda _: answers
    raw.initialize({"workspace": {"configuration": True}}, root=tmp_path)
    uri = (tmp_path / "a.nx").as_uri()
    raw.open(uri, UNKNOWN)
    while raw.diagnostics(uri, 1):
        pass
    answers[0] = {"check": {}}
    raw.notify("workspace/didChangeConfiguration", {"settings": None})
    assert codes(raw.diagnostics(uri, 1)) == ["NX201"]


SPEC = Path(__file__).parent.parent / "spec"
PROGRAMS = sorted((*SPEC.glob("bad/*.nx"), *SPEC.glob("examples/*.nx"), *SPEC.glob("examples/lib/*.nxlib")))


def test_the_editor_shows_what_the_command_line_says(client):
    """Every example and every faulty program: the same codes at the same places with the same words."""
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "nexa.cli",
            "check",
            "--format",
            "json",
            "--severity",
            "hint",
            "--isolated",
            "--no-cache",
            str(SPEC),
        ],
        capture_output=True,
        timeout=PATIENCE * 5,
        cwd=SPEC,
        env={**os.environ},
    )
    said: dict[str, set[tuple]] = {}
    for one in json.loads(checked.stdout):
        path = (SPEC / one["path"]).resolve()
        place = tuple(one[name] - 1 for name in ("line", "column", "end_line", "end_column"))
        said.setdefault(path.as_uri(), set()).add((one["code"], one["severity"], one["message"], *place))
    for path in PROGRAMS:
        # Alone, as the command line checks it: an open program may include an open library.
        client.open(path.as_uri(), path.read_bytes().decode())
        shown = client.diagnostics(path.as_uri(), 1)
        client.notify("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        assert {_as_checked(one, path) for one in shown} == said.get(path.as_uri(), set()), path


def _as_checked(diagnostic: dict, path: Path) -> tuple:
    severity = ("error", "warning", "information", "hint")[diagnostic["severity"] - 1]
    places = (diagnostic["range"]["start"], diagnostic["range"]["end"])
    columns = [part for place in places for part in (place["line"], place["character"])]
    return (diagnostic["code"], severity, diagnostic["message"], *columns)


def test_the_server_survives_a_file_of_random_bytes(client, tmp_path):
    import random

    letters = random.Random(7)
    uri = (tmp_path / "a.nx").as_uri()
    text = "".join(chr(letters.choice((*range(1, 127), 0x85, 0x2028, 0x1F600))) for _ in range(3000))
    client.open(uri, text)
    assert isinstance(client.diagnostics(uri, 1), list)


def test_clients_are_interchangeable():
    assert Client
