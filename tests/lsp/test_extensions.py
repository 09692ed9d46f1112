"""Our own requests, in the shapes that docs/editor-protocol.md promises."""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from harness.inside import Inside
from nexa.compiler.version import VERSION
from nexa.lsp.errors import RequestError
from nexa.lsp.extensions import RunInfo, Status, shape


@pytest.fixture
def inside(tmp_path):
    made = Inside({}, rootUri=tmp_path.as_uri())
    made.folder = tmp_path
    return made


def test_shapes_are_written_as_the_protocol_does():
    assert shape(Status).startswith("{ version: string, process: number, encoding: 'utf-8' | 'utf-16' | 'utf-32', ")
    assert shape(list[RunInfo]).endswith("error: string | null, events: string, runId: string | null }[]")


def test_status(inside):
    (inside.folder / "b.nx").write_text("flow main { }\n", encoding="utf-8")
    inside.open((inside.folder / "a.nx").as_uri(), 'agent A { prompt: "p" }\nflow main { A.run(1) }\n')
    inside.work()
    status = inside.ask("nexa/status", None)
    assert status["version"] == VERSION
    assert (status["process"], status["encoding"], status["diagnostics"]) == (os.getpid(), "utf-16", "push")
    assert (status["documents"], status["files"], status["isIndexed"], status["runs"]) == (1, 1, True, 0)
    (project,) = status["projects"]
    assert (project["root"], project["files"], project["itemsChecked"]) == (str(inside.folder), 1, 2)
    assert status["memory"] is None or status["memory"] > 1_000_000
    assert (status["python"], status["canDebug"]) == (sys.executable, find_spec("debugpy") is not None)


def test_a_syntax_tree(inside):
    uri = (inside.folder / "a.nx").as_uri()
    inside.open(uri, 'agent A { prompt: "é" }\nflow main { x = }\n')
    tree = inside.ask("nexa/syntaxTree", {"textDocument": {"uri": uri}})
    assert tree.splitlines()[:4] == [
        "source_file 1:1-3:1",
        "  agent_declaration 1:1-1:25",
        '    "agent" 1:1-1:6',
        "    name: identifier 1:7-1:8",
    ]
    assert "missing_operand" in tree
    span = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 4}}
    part = inside.ask("nexa/syntaxTree", {"textDocument": {"uri": uri}, "range": span})
    assert "agent_declaration" not in part
    assert '    "flow" 2:1-2:5\n' in part
    assert inside.ask("nexa/syntaxTree", {"textDocument": {"uri": "file:///no.nx"}}) is None


def test_a_syntax_tree_gives_no_secret_away(inside):
    uri = (inside.folder / "s.nxs").as_uri()
    inside.open(uri, 'config dev {\n    KEY = "s3cr3t"\n}\n')
    tree = inside.ask("nexa/syntaxTree", {"textDocument": {"uri": uri}})
    assert "config_block" in tree
    assert "s3cr3t" not in tree


def test_runs(inside):
    folder = inside.folder / ".nexa" / "runs"
    folder.mkdir(parents=True)
    (inside.folder / "nexa.toml").write_text("", encoding="utf-8")
    events = [
        {"event": "run.started", "run": "r1", "time": "2026-01-01T00:00:00Z", "path": "a.nx", "flow": "main"},
        {"event": "run.finished", "status": "ok", "seconds": 1.5, "usage": {"input_tokens": 3, "output_tokens": 4}},
    ]
    (folder / "r1.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in events), encoding="utf-8")
    (run,) = inside.ask("nexa/runs", {"textDocument": {"uri": (inside.folder / "a.nx").as_uri()}})
    assert run == {
        "id": "r1",
        "uri": (inside.folder / "a.nx").as_uri(),
        "flow": "main",
        "started": "2026-01-01T00:00:00Z",
        "status": "ok",
        "seconds": 1.5,
        "inputTokens": 3,
        "outputTokens": 4,
        "cost": None,
        "error": None,
        "events": (folder / "r1.jsonl").as_uri(),
        "runId": None,
    }
    assert inside.ask("nexa/runs", {}) == [run], "of the first workspace folder"
    assert inside.ask("nexa/runs", None) == [run]


def test_a_run_that_goes_on_says_how_to_stop_it(inside):
    folder = inside.folder / ".nexa" / "runs"
    folder.mkdir(parents=True)
    started = {"event": "run.started", "run": "r1", "time": "2026-01-01T00:00:00Z", "path": "a.nx", "flow": "main"}
    (folder / "r1.jsonl").write_text(json.dumps(started) + "\n", encoding="utf-8")
    assert [one["status"] for one in inside.ask("nexa/runs", {})] == ["unfinished"]
    inside.session.runs.under_way = lambda: {"r1": "abc"}
    assert [(one["status"], one["runId"]) for one in inside.ask("nexa/runs", {})] == [("running", "abc")]
    # Its process takes a moment to go.
    ended = {"event": "run.finished", "status": "ok", "seconds": 1.5}
    with (folder / "r1.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(ended) + "\n")
    assert [(one["status"], one["runId"]) for one in inside.ask("nexa/runs", {})] == [("ok", None)]


def test_no_runs_where_nothing_can_be_kept(inside):
    assert inside.ask("nexa/runs", {"textDocument": {"uri": "untitled:Untitled-1"}}) == []
    assert Inside().ask("nexa/runs", {}) == []
    assert inside.ask("nexa/runs", {"textDocument": {"uri": Path("/").as_uri()}}) == []


@pytest.mark.parametrize("params", [None, {}, {"textDocument": 3}, {"textDocument": {"uri": 3}}])
def test_other_shapes_are_refused(inside, params):
    with pytest.raises(RequestError):
        inside.ask("nexa/syntaxTree", params)
