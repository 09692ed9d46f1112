"""`nexa cache clear`: what it drops, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.command import NEXA, run

FILES = {"nexa.toml": "", "a.nx": 'agent A { prompt: "a", cache: true }\nflow main { print(A.run("客")) }\n'}


@pytest.mark.parametrize(("options", "left"), [((), ["notes", "runs"]), (("--state",), ["notes"])], ids=str)
def test_what_is_remembered_is_dropped(options: tuple[str, ...], left: list[str], tmp_path: Path) -> None:
    env = {"NEXA_LLM": "mock", "NEXA_CACHE_DIR": str(tmp_path / "elsewhere")}
    run(NEXA, ["run", "a.nx"], tmp_path, files=FILES, env=env)
    run(NEXA, ["check", "a.nx"], tmp_path, env=env)
    (tmp_path / ".nexa/notes").mkdir()
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["check", "run"]
    ran = run(NEXA, ["cache", "clear", *options], tmp_path, env=env)
    assert (ran.status, ran.out) == (0, "")
    assert "dropped elsewhere/check\n" in ran.err
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert sorted(path.name for path in (tmp_path / ".nexa").iterdir() if path.is_dir()) == left
    again = run(NEXA, ["cache", "clear", *options], tmp_path, env=env)
    assert (again.status, again.err) == (0, "Nothing is remembered.\n")


def test_a_project_that_is_not_there_is_told(tmp_path: Path) -> None:
    ran = run(NEXA, ["cache", "clear", "--project", "nope"], tmp_path, env={"NEXA_CACHE_DIR": str(tmp_path / "c")})
    assert (ran.status, ran.err) == (2, "error: nope: no such file or folder\n")
