"""Settings: asked for or sent, of the whole workspace or of one folder, in the editor or in `nexa.toml`."""

from __future__ import annotations

import pytest

from harness.client import Client
from harness.inside import Inside
from nexa.lsp.settings import Settings, read_settings
from nexa.lsp.uris import to_path

UNUSED = "flow main { x = 1 }\n"
ASKS = {"workspace": {"configuration": True}}


@pytest.fixture
def folders(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.nx").write_text(UNUSED, encoding="utf-8")
    return tmp_path / "one", tmp_path / "two"


def inside(folders, capabilities=ASKS, **more) -> Inside:
    names = [{"uri": one.as_uri(), "name": one.name} for one in folders]
    return Inside(capabilities, workspaceFolders=names, **more)


def codes(inside: Inside, path) -> list[str]:
    inside.work()
    said = [params for method, params in inside.channel.said if method == "textDocument/publishDiagnostics"]
    return [item["code"] for item in [one for one in said if one["uri"] == path.as_uri()][-1]["diagnostics"]]


def answer(inside: Inside, *values) -> None:
    """The client answers what it was asked last."""
    method, _, then = inside.channel.asked.pop()
    assert method == "workspace/configuration"
    then(list(values))


IGNORES = {"check": {"ignore": ["NX208"]}}


def test_settings_are_asked_for_at_the_start(folders):
    one = inside(folders[:1])
    one.ask("initialized", {})
    assert one.channel.asked[-1][:2] == ("workspace/configuration", {"items": [{"section": "nexa"}]})
    one.open((folders[0] / "a.nx").as_uri(), UNUSED)
    assert codes(one, folders[0] / "a.nx") == ["NX208"]
    answer(one, IGNORES)
    assert codes(one, folders[0] / "a.nx") == []


def test_each_folder_may_have_its_own(folders):
    both = inside(folders)
    both.ask("initialized", {})
    _, asked, _ = both.channel.asked[-1]
    assert asked["items"][1:] == [{"scopeUri": one.as_uri(), "section": "nexa"} for one in folders]
    for one in folders:
        both.open((one / "a.nx").as_uri(), UNUSED)
    answer(both, {}, {}, IGNORES)
    assert codes(both, folders[0] / "a.nx") == ["NX208"]
    assert codes(both, folders[1] / "a.nx") == []


def test_a_client_that_cannot_be_asked_sends_them(folders):
    one = inside(folders, {})
    one.open((folders[0] / "a.nx").as_uri(), UNUSED)
    one.ask("initialized", {})
    assert not one.channel.asked
    one.ask("workspace/didChangeConfiguration", {"settings": {"nexa": IGNORES}})
    assert codes(one, folders[0] / "a.nx") == []
    one.ask("workspace/didChangeConfiguration", {"settings": None})
    assert codes(one, folders[0] / "a.nx") == []


def test_a_client_that_can_is_asked_again_when_they_change(folders):
    one = inside(folders[:1])
    one.open((folders[0] / "a.nx").as_uri(), UNUSED)
    one.ask("workspace/didChangeConfiguration", {"settings": {"nexa": {}}})
    answer(one, IGNORES)
    assert codes(one, folders[0] / "a.nx") == []
    one.ask("workspace/didChangeConfiguration", {"settings": None})
    answer(one, None)
    assert codes(one, folders[0] / "a.nx") == ["NX208"]


def test_the_project_wins_over_the_editor_and_is_read_again_when_it_changes(folders):
    (folders[0] / "nexa.toml").write_text('[check]\nignore = ["NX208"]\n', encoding="utf-8")
    one = inside(folders[:1], {}, initializationOptions={"check": {"select": ["NX"]}})
    one.open((folders[0] / "a.nx").as_uri(), UNUSED)
    assert codes(one, folders[0] / "a.nx") == []
    (folders[0] / "nexa.toml").write_text("[check]\n", encoding="utf-8")
    one.watched(((folders[0] / "nexa.toml").as_uri(), 2))
    assert codes(one, folders[0] / "a.nx") == ["NX208"]
    (folders[0] / "nexa.toml").unlink()
    one.watched(((folders[0] / "nexa.toml").as_uri(), 3))
    assert codes(one, folders[0] / "a.nx") == ["NX208"]


def test_what_cannot_be_used_is_told_once(folders):
    one = inside(
        folders[:1], {}, initializationOptions={"inlayHints": {"chainTypes": 3}, "server": {"logLevel": "loud"}}
    )
    for _ in range(2):
        one.open((folders[0] / "a.nx").as_uri(), UNUSED)
        one.work()
    told = [params["message"] for method, params in one.channel.said if method == "window/showMessage"]
    assert told == [
        "nexa.inlayHints.chainTypes: must be true or false",
        "nexa.server.logLevel: must be one of error, warning, info, debug",
    ]


def test_files_belong_to_the_innermost_folder(folders):
    inner = folders[0] / "inner"
    inner.mkdir()
    three = inside([*folders, inner])
    found = [three.session.configs.folder_of(str(one / "a.nx")) for one in (*folders, inner)]
    assert found == [str(one) for one in (*folders, inner)]
    assert three.session.configs.folder_of("untitled:Untitled-1") == str(folders[0])
    assert three.session.configs.folder_of(str(folders[0].parent / "b.nx")) == str(folders[0])


def test_two_folders_are_two_projects(folders):
    """A name of one folder means nothing in the other."""
    both = inside(folders, {})
    both.open((folders[0] / "lib.nxlib").as_uri(), 'agent Shared { prompt: "s" }\n')
    both.open((folders[1] / "a.nx").as_uri(), "flow main { Shared.run(1) }\n")
    assert codes(both, folders[1] / "a.nx") == ["NX201"]
    assert {root for root, _ in both.session.snapshots()} == {str(one) for one in folders}


def test_folders_come_and_go(folders):
    one = inside(folders[:1])
    added = [{"uri": folders[1].as_uri(), "name": "two"}]
    one.folders_changed(added=added, removed=[])
    assert [to_path(uri) for uri in one.session.client.folders] == [str(each) for each in folders]
    assert one.channel.asked[-1][0] == "workspace/configuration", "the new folder may have settings"
    removed = [{"uri": folders[0].as_uri(), "name": "one"}]
    one.folders_changed(added=[], removed=removed)
    assert [to_path(uri) for uri in one.session.client.folders] == [str(folders[1])]


@pytest.mark.parametrize("key", ["rootUri", "rootPath"])
def test_a_client_that_knows_one_folder_only(folders, key):
    value = folders[0].as_uri() if key == "rootUri" else str(folders[0])
    one = Inside({}, **{key: value})
    assert [to_path(uri) for uri in one.session.client.folders] == [str(folders[0])]


def test_what_the_client_prefers_is_registered(folders):
    wants = {
        "workspace": {
            "didChangeConfiguration": {"dynamicRegistration": True},
            "didChangeWatchedFiles": {"dynamicRegistration": True},
        }
    }
    with Client() as client:
        client.initialize(wants, folders[0])
        asked = client.notification("client/registerCapability")["registrations"]
        assert {one["method"] for one in asked} == {
            "workspace/didChangeConfiguration",
            "workspace/didChangeWatchedFiles",
        }
        client.shutdown()
    plain = inside(folders, {})
    plain.ask("initialized", {})
    assert not plain.channel.asked


def test_an_empty_table_of_a_client_in_lua_is_no_mistake():
    assert read_settings([]) == (Settings(), [])
    assert read_settings(["NX1"])[1] == ["the settings under `nexa` must be an object"]
