"""What the server sees of the disk: changes between calls, roots and nothing else, and never a secret."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.agent import Agent, agent, write

SECRET = "sk-live-51Hq9ZQ7"


def test_files_that_change_between_calls_are_seen(tmp_path: Path) -> None:
    write(tmp_path, {"a.nx": 'include "lib.nxlib"\nflow main { print("a" >> Writer) }\n'})
    with agent(tmp_path) as client:
        assert client.check("check")["errors"] > 0
        write(tmp_path, {"lib.nxlib": 'agent Writer { prompt: "Write." }\n'})
        assert client.check("check")["errors"] == 0
        write(tmp_path, {"lib.nxlib": 'agent Scribe { prompt: "Write." }\n'})
        assert [one["code"] for one in client.check("check", severity="error")["findings"]] == ["NX201"]
        (tmp_path / "lib.nxlib").rename(tmp_path / "other.nxlib")
        assert client.check("check")["files"] == ["a.nx", "other.nxlib"]
        write(tmp_path, {"a.nx": "flow main { print(1) }\n"})
        assert client.check("check", path="a.nx")["findings"] == []
        (tmp_path / "a.nx").unlink()
        assert client.check("check")["files"] == ["other.nxlib"]
        assert "no such file" in client.declined("graph", path="a.nx")


def test_included_files_that_git_ignores_are_seen_when_they_change(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "", ".gitignore": "made/\n", "made/lib.nxlib": "fn f() -> int { return 1 }\n"})
    write(tmp_path, {"a.nx": 'include "made/lib.nxlib"\nflow main { print(f()) }\n'})
    with agent(tmp_path) as client:
        assert client.check("check")["findings"] == []
        assert client.check("check")["files"] == ["a.nx"]
        write(tmp_path, {"made/lib.nxlib": "fn g() -> int { return 1 }\n"})
        assert [one["code"] for one in client.check("check", severity="error")["findings"]] == ["NX201"]
        assert client.check("check", path="made/lib.nxlib")["files"] == ["made/lib.nxlib"]
        write(tmp_path, {"made/lib.nxlib": "fn f() -> int { return 2 }\n"})
        assert client.check("check", severity="error")["findings"] == []


def test_two_roots(tmp_path: Path) -> None:
    one = write(tmp_path / "x" / "flows", {"a.nx": 'agent One { prompt: "1" }\nflow main { print("a" >> One) }\n'})
    two = write(tmp_path / "y" / "flows", {"a.nx": "flow main { print(nobody) }\n", "b.nx": "flow main { }\n"})
    with agent(tmp_path, "--root", str(one), "--root", str(two)) as client:
        assert client.check("check")["files"] == ["flows/a.nx", "flows-2/a.nx", "flows-2/b.nx"]
        (finding,) = client.check("check", path="flows-2/a.nx")["findings"]
        assert finding["path"] == "flows-2/a.nx"
        assert client.check("check", path="b.nx")["files"] == ["flows-2/b.nx"]
        assert client.check("check", path=str(two / "b.nx"))["files"] == ["flows-2/b.nx"]
        assert client.check("describe", symbol="One")["meanings"][0]["place"]["path"] == "flows/a.nx"


def test_roots_of_the_client(tmp_path: Path) -> None:
    here = write(tmp_path / "here", {"a.nx": "flow main { }\n"})
    there = write(tmp_path / "there 你", {"b.nx": "flow main { }\n"})
    with agent(here, roots=[there.as_uri()]) as client:
        assert client.check("check")["files"] == ["b.nx"]
        client.roots = [here.as_uri(), there.as_uri(), "https://example.com/x"]
        client.send({"method": "notifications/roots/list_changed"})
        assert client.check("check")["files"] == ["here/a.nx", "there 你/b.nx"]
    with agent(here, "--root", str(here), roots=[there.as_uri()]) as client:
        assert client.check("check")["files"] == ["a.nx"]


# ── nothing outside ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def walled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("walled")
    inner = write(tmp_path / "inner", {"a.nx": "flow main { print(1) }\n"})
    write(tmp_path, {"outer.nx": 'agent Hidden { prompt: "classified" }\n', "inner-too/b.nx": "flow main { }\n"})
    (inner / "link.nx").symlink_to(tmp_path / "outer.nx")
    (inner / "door").symlink_to(tmp_path)
    return inner


@pytest.fixture(scope="module")
def inside(walled: Path) -> Iterator[Agent]:
    with agent(walled) as one:
        yield one


@pytest.mark.parametrize(
    "path",
    [
        "../outer.nx", "door/outer.nx", "link.nx", "/etc/passwd", "../inner-too/b.nx", "x/../../outer.nx", "..",
        "file:///etc/passwd", "door", "a.nx\0", "https://example.com/a.nx", "",
    ],
)  # fmt: skip
def test_paths_that_lead_out_are_refused(inside: Agent, path: str) -> None:
    for tool in ("check", "format", "fix", "symbols", "graph", "runs"):
        said = inside.declined(tool, path=path)
        assert "classified" not in said
        assert "Hidden" not in said
    for tool in ("describe", "definition", "references", "prompt"):
        inside.declined(tool, path=path, line=1, column=7)
    inside.declined("check", path=path, text="flow main { }")
    assert inside.check("check")["files"] == ["a.nx"]


def test_includes_that_lead_out_are_not_read(walled: Path, inside: Agent) -> None:
    for written in ("../outer.nx", "link.nx", "door/outer.nx", str(walled.parent / "outer.nx")):
        text = f'include "{written}"\nflow main {{ print("a" >> Hidden) }}\n'
        answer = inside.check("check", text=text)
        assert "not read, because it lies outside of the roots" in answer["text"]
        for tool in ("describe", "definition"):
            for line, column in ((1, 12), (2, 27)):
                said = json.dumps(inside.call(tool, path="b.nx", text=text, line=line, column=column))
                assert "classified" not in said
                assert "agent Hidden" not in said


def test_a_configuration_outside_does_not_count(tmp_path: Path) -> None:
    inner = write(tmp_path / "inner", {"a.nx": "flow main { print(nobody) }\n"})
    write(tmp_path, {"nexa.toml": '[check]\nignore = ["NX201"]\n'})
    with agent(inner) as client:
        assert client.check("check")["errors"] == 1
    with agent(tmp_path) as client:
        assert client.check("check")["errors"] == 0


def test_runs_that_are_kept_outside_are_not_told(tmp_path: Path) -> None:
    event = '{"event": "run.started", "run": "r1", "path": "a.nx", "flow": "main", "time": "2026-01-01T00:00:00Z"}\n'
    inner = write(tmp_path / "inner", {"a.nx": "flow main { }\n"})
    write(tmp_path, {"nexa.toml": "", ".nexa/runs/r1.jsonl": event})
    with agent(inner) as client:
        assert "outside of the roots" in client.declined("runs")
    with agent(tmp_path) as client:
        assert client.check("runs")["runs"][0]["id"] == "r1"
        assert client.check("runs", "a.nx: main", run="r1")["events"][0]["flow"] == "main"
        assert "no runs" in client.declined("runs", run="r2")
        write(tmp_path, {"nexa.toml": '[run]\nstate_dir = "../elsewhere"\n'})
        assert "outside of the roots" in client.declined("runs")


def test_writing_through_a_link_stays_inside(walled: Path) -> None:
    with agent(walled) as client:
        client.declined("format", path="link.nx", apply=True)
        client.check("format", paths=["."], apply=True)
    assert (walled.parent / "outer.nx").read_text() == 'agent Hidden { prompt: "classified" }\n'


# ── secrets ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_values_of_secrets_are_told_nowhere(tmp_path: Path) -> None:
    secrets = f'config default {{\n    api_key: "{SECRET}",\n    url: "{SECRET}"\n}}\nconfig torn {{ key "{SECRET}\n'
    program = 'use config default\nflow main { print(secret("api_key")) }\n'
    write(tmp_path, {"keys.nxs": secrets, "a.nx": program, ".env": f"KEY={SECRET}\n"})
    with agent(tmp_path) as client:
        said = [
            client.check("check", severity="hint"),
            client.check("check", path="keys.nxs", severity="hint"),
            client.call("check", path=".env"),
            client.call("symbols", path="keys.nxs"),
            client.call("symbols", query=""),
            client.call("format", path="keys.nxs"),
            client.call("format", path="keys.nxs", apply=True),
            client.call("fix", path="keys.nxs"),
            client.call("graph", path="a.nx"),
            client.call("references", path="a.nx", line=2, symbol="api_key"),
            client.call("definition", path="a.nx", line=2, symbol="api_key"),
            client.call("references", path="a.nx", line=1, symbol="default"),
            client.call("definition", path="a.nx", line=1, symbol="default"),
        ]
        said += [
            client.call(tool, path="keys.nxs", line=line, column=column)
            for tool in ("describe", "definition", "references", "prompt")
            for line in range(1, 6)
            for column in (1, 5, 9, 15, 20)
        ]
        assert SECRET not in json.dumps(said)
        assert SECRET[:8] not in json.dumps(said)
    assert (tmp_path / "keys.nxs").read_text() == secrets


# ── much ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_huge_input(tmp_path: Path) -> None:
    write(tmp_path, {"a.nx": "flow main { print(1) }\n"})
    with agent(tmp_path) as client:
        assert "too large" in client.declined("check", text="x" * 6_000_000)
        deep = "flow main { x = " + "(" * 3000 + "1" + ")" * 3000 + " }\n"
        client.check("check", text=deep)
        client.call("format", text=deep)
        answer = client.check("check", text="flow main {\n" + "    print(nobody)\n" * 3000 + "}\n")
        assert (answer["total"], len(answer["findings"])) == (3000, 200)
        write(tmp_path, {"big.nx": "// x\n" * 1_100_000})
        assert client.check("check", path="big.nx")["unreadable"][0]["reason"].startswith("too large")
        assert client.check("check", path="a.nx")["findings"] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.nx")
    write(tmp_path, {"folder.nx/b.nx": "flow main { }\n"})
    (tmp_path / "loop.nx").symlink_to(tmp_path / "loop.nx")
    with agent(tmp_path) as client:
        client.call("check")
        client.call("check", paths=["pipe.nx", "loop.nx", "folder.nx"])
        client.declined("graph", path="pipe.nx")
