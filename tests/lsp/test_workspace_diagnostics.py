"""Diagnostics of files that nobody has opened: what a check of the folder finds, for clients that ask."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness.client import Client
from harness.inside import Inside
from nexa.lsp.errors import RequestError

PULLS = {"textDocument": {"diagnostic": {}}, "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
FILES = {
    "main.nx": 'include "lib.nxlib"\nflow main { Helper.run(1); Nobody.run(2) }\n',
    "lib.nxlib": 'agent Helper { prompt: "h" }\nagent Stray { promt: "s" }\n',
    "deep/other.nx": "flow main { x = 1 }\n",
    "deep/nexa.toml": '[check]\nignore = ["NX208"]\n',
    "notes.md": "nothing",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def pull(inside: Inside, previous=(), **more):
    """The whole answer, when it is there."""
    params = {"previousResultIds": [{"uri": uri, "value": id_} for uri, id_ in previous], **more}
    return inside.later("workspace/diagnostic", params)


def reports(answer) -> dict[str, list[str]]:
    """By file name: the codes of each report in full, the kind of any other one."""
    return {
        one["uri"].rpartition("/")[2]: [item["code"] for item in one["items"]] if one["kind"] == "full" else one["kind"]
        for one in answer["items"]
    }


def workspace(folder, capabilities=PULLS) -> Inside:
    return Inside(capabilities, rootUri=folder.as_uri())


def test_every_file_that_is_not_open(folder):
    answer = pull(workspace(folder))
    assert reports(answer) == {"lib.nxlib": ["NX205"], "main.nx": ["NX201"], "other.nx": []}
    assert all(one["version"] is None and one["resultId"] for one in answer["items"])


def test_what_is_open_is_asked_about_by_itself(folder):
    inside = workspace(folder)
    inside.open((folder / "main.nx").as_uri(), 'include "lib.nxlib"\nflow main { Stray.run(1) }\n')
    assert reports(pull(inside)) == {"lib.nxlib": ["NX205"], "other.nx": []}


def test_the_same_as_a_check_of_the_folder(folder):
    program = "import sys; from nexa.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "check", "--format", "json", "--severity", "hint", str(folder)]
    told = json.loads(subprocess.run(command, capture_output=True, check=False, timeout=60).stdout)
    expected = sorted((Path(one["path"]).name, one["code"]) for one in told)
    found = reports(pull(workspace(folder)))
    assert sorted((name, code) for name, codes in found.items() for code in codes) == expected


def test_what_the_client_has_is_not_sent_again(folder):
    inside = workspace(folder)
    first = pull(inside)
    known = [(one["uri"], one["resultId"]) for one in first["items"]]
    again = pull(inside, known)
    assert set(reports(again).values()) == {"unchanged"}
    assert {one["uri"]: one["resultId"] for one in again["items"]} == dict(known)
    fresh = pull(workspace(folder), known)
    assert set(reports(fresh).values()) == {"unchanged"}, "ids are those of the contents, not of the session"


def test_unchanged_files_are_not_looked_at_again(folder):
    inside = workspace(folder)
    known = [(one["uri"], one["resultId"]) for one in pull(inside)["items"]]
    asked = []
    inside.session.diagnostics = lambda *_: asked.append(True)
    pull(inside, known)
    assert not asked


def test_a_file_that_changed_on_disk(folder):
    inside = workspace(folder)
    known = [(one["uri"], one["resultId"]) for one in pull(inside)["items"]]
    (folder / "lib.nxlib").write_text('agent Other { prompt: "h" }\n', encoding="utf-8")
    inside.session.forget_file(str(folder / "lib.nxlib"))
    assert reports(pull(inside, known)) == {
        "lib.nxlib": [],
        "main.nx": ["NX201", "NX201"],
        "other.nx": "unchanged",
    }


def test_a_file_that_is_gone_is_reported_empty(folder):
    inside = workspace(folder)
    known = [(one["uri"], one["resultId"]) for one in pull(inside)["items"]]
    (folder / "deep" / "other.nx").unlink()
    inside.session.forget_file(str(folder / "deep" / "other.nx"))
    (folder / "main.nx").unlink()
    inside.session.forget_file(str(folder / "main.nx"))
    found = reports(pull(inside, known))
    assert (found["main.nx"], found["other.nx"]) == ([], "unchanged")


def test_in_parts(folder):
    inside = workspace(folder)
    assert pull(inside, partialResultToken="t") == {"items": []}
    parts = [params for method, params in inside.channel.said if method == "$/progress"]
    assert {one["token"] for one in parts} == {"t"}
    together = {"items": [item for one in parts for item in one["value"]["items"]]}
    assert reports(together) == {"lib.nxlib": ["NX205"], "main.nx": ["NX201"], "other.nx": []}


def test_nothing_is_done_while_the_client_speaks(folder):
    inside = workspace(folder)
    later = inside.ask("workspace/diagnostic", {"previousResultIds": []})
    inside.work_a_little()
    assert not later.is_given
    inside.work()
    assert later.is_given


@pytest.mark.parametrize("params", [None, {}, {"previousResultIds": 3}, {"previousResultIds": [{"uri": 3}]}])
def test_other_shapes_are_refused(params):
    with pytest.raises(RequestError):
        Inside(PULLS).ask("workspace/diagnostic", params)


def test_over_the_wire(folder):
    with Client() as client:
        answer = client.initialize(PULLS, folder)
        assert answer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"] is True
        found = client.request("workspace/diagnostic", {"previousResultIds": []})
        assert reports(found) == {"lib.nxlib": ["NX205"], "main.nx": ["NX201"], "other.nx": []}
        assert client.shutdown() == 0


def test_a_request_that_is_given_up_is_answered(folder):
    for number in range(200):
        (folder / f"f{number}.nx").write_text("flow main { x = 1 }\n" * 30, encoding="utf-8")
    with Client() as client:
        client.initialize(PULLS, folder)
        first = client.start_request("workspace/diagnostic", {"previousResultIds": []})
        client.notify("$/cancelRequest", {"id": first})
        assert client.response(first)["error"]["code"] == -32800
        waiting = client.start_request("workspace/diagnostic", {"previousResultIds": []})
        stop = client.start_request("shutdown")
        assert client.response(stop)["result"] is None
        assert client.response(waiting)["error"]["code"] == -32802
        client.notify("exit")
        assert client.exit_code() == 0
