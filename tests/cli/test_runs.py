"""`nexa runs` as a user meets it: the list of past runs, and what happened in one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, run

FILES = {
    "nexa.toml": "",
    "a.nx": (
        'agent A { prompt: "a" }\nflow main { print("one\\ntwo"); A.run("客") }\nflow bad { raise ToolError("no") }\n'
    ),
}
OFFLINE = {"NEXA_LLM": "mock"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    run(NEXA, ["run", "a.nx"], tmp_path, files=FILES, env=OFFLINE)
    run(NEXA, ["run", "a.nx", "--flow", "bad"], tmp_path, env=OFFLINE)
    (tmp_path / ".nexa/runs/20200101T000000Z-dead.jsonl").write_text(
        '{"event":"run.started","run":"20200101T000000Z-dead","seq":0,"time":"2020-01-01T00:00:00.000Z","path":"a.nx",'
        '"flow":"main","args":{}}\n{"event":"print","text":"half a li'
    )
    (tmp_path / ".nexa/runs/notes.jsonl").write_text("not a run\n[1]\n")
    return tmp_path


def runs(folder: Path, *args: str) -> Ran:
    ran = run(NEXA, ["runs", *args], folder)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_runs_are_listed_the_newest_first(project: Path) -> None:
    ran = runs(project)
    assert (ran.status, ran.err) == (0, "")
    rows = [re.split(r"\s{2,}", line) for line in ran.out.splitlines()]
    assert rows[0] == ["run", "when", "flow", "status", "time", "tokens", "cost"]
    assert [row[2:4] for row in rows[1:]] == [
        ["a.nx: bad", "failed"],
        ["a.nx: main", "ok"],
        ["a.nx: main", "unfinished"],
    ]


def test_json_says_everything(project: Path) -> None:
    bad, good, dead = json.loads(runs(project, "--json").out)
    assert (bad["status"], bad["error"], bad["flow"]) == ("failed", "no", "bad")
    assert good["seconds"] > 0
    assert good["input_tokens"] > 0
    assert (dead["seconds"], dead["cost"], dead["error"]) == (None, None, None)
    assert all(Path(one["file"]).is_file() for one in (bad, good, dead))


CHOICES = [
    (("--limit", "1"), ["bad"]),
    (("--flow", "main"), ["main", "main"]),
    (("--flow", "nothing"), []),
]


@pytest.mark.parametrize(("options", "flows"), CHOICES, ids=str)
def test_runs_are_chosen(options, flows: list[str], project: Path) -> None:
    assert [one["flow"] for one in json.loads(runs(project, "--json", *options).out)] == flows


def test_one_run_is_told(project: Path) -> None:
    good = json.loads(runs(project, "--json").out)[1]["id"]
    for name in (good, good[-8:]):
        lines = runs(project, name).out.splitlines()
        assert lines[0].startswith("a.nx: main, ")
        assert lines[1:4] == ["  | one", "  | two", "  ▸ main#0 A"]
        assert lines[-1].startswith("  ok after 0.")
    assert runs(project, "last").out.splitlines()[-1].endswith(": no")
    assert [json.loads(line)["event"] for line in runs(project, "last", "--json").out.splitlines()] == [
        "run.started",
        "run.finished",
    ]
    assert runs(project, "dead").status == 0


WRONG = [
    (("zzz",), "no runs are called 'zzz'"),
    (("20",), "3 runs are called '20'"),
    (("--project", "gone"), "gone: no such file or folder"),
]


@pytest.mark.parametrize(("args", "message"), WRONG, ids=str)
def test_wrong_usage_is_told(args, message: str, project: Path) -> None:
    ran = runs(project, *args)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_a_folder_without_runs_says_so(tmp_path: Path) -> None:
    assert runs(tmp_path, "--json").out == "[]\n"
    assert runs(tmp_path).err == "Nothing has been run here yet.\n"
