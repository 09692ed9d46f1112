"""`nexa` itself and its small commands."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from harness.command import NEXA, NEXA_LSP, run, write_files
from nexa.cli import COMMANDS
from nexa.compiler.rules import RULES
from nexa.compiler.version import VERSION, rule_url

ROOT = Path(__file__).parents[2]


def test_the_version_is_the_one_of_the_distribution(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert run(NEXA, ["--version"], tmp_path).out == f"nexa {VERSION}\n"
    assert run(NEXA, ["-v"], tmp_path).out == f"nexa {VERSION}\n"
    assert run(NEXA_LSP, ["--version"], tmp_path).out == f"nexa-lsp {VERSION}\n"


def test_help_lists_every_command_that_there_is(tmp_path: Path) -> None:
    out = run(NEXA, ["--help"], tmp_path).out
    assert [name for name in COMMANDS if f"\n  {name} " not in out] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_listed_command_can_be_imported_and_explains_itself(tmp_path: Path, name: str) -> None:
    ran = run(NEXA, [name, "--help"], tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "Usage: nexa" in ran.out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chekc"], "Did you mean 'check'?"),
        (["zzz"], "No such command 'zzz'. Commands: "),
        (["check", "--fxi"], "--fix"),
        (["explain", "NX2O1"], "Did you mean NX201?"),
        (["explain", "unknown-nmae"], "there is no rule"),
        (["lsp", "--tcp", "nowhere"], "is not HOST:PORT"),
        (["lsp", "--tcp", "1", "--stdio"], "exclude each other"),
    ],
)
def test_a_slip_is_2_with_a_guess(tmp_path: Path, args: list[str], message: str) -> None:
    ran = run(NEXA, args, tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


@pytest.mark.parametrize("spelling", ["NX101", "nx101", "missing-terminator"])
def test_explain_prints_the_manual_of_a_rule(tmp_path: Path, spelling: str) -> None:
    ran = run(NEXA, ["explain", spelling], tmp_path)
    assert ran.status == 0
    assert ran.out.startswith("NX101 missing-terminator (error)\n")
    assert "Bad:" in ran.out
    assert rule_url("NX101") in ran.out


def test_explain_lists_all_rules(tmp_path: Path) -> None:
    codes = [rule.code for rule in RULES]
    assert [line.split()[0] for line in run(NEXA, ["explain"], tmp_path).out.splitlines()] == codes
    listed = json.loads(run(NEXA, ["explain", "--format", "json"], tmp_path).out)
    assert [one["code"] for one in listed] == codes
    assert [one["code"] for one in listed if not one["summary"]] == []


def test_init_makes_a_project_that_checks(tmp_path: Path) -> None:
    ran = run(NEXA, ["init", "new"], tmp_path)
    assert ran.status == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [".gitignore", "main.nx", "nexa.toml"]
    checked = run(NEXA, ["check", "--severity", "hint", "new"], tmp_path)
    assert (checked.status, checked.out) == (0, "")


def test_init_leaves_what_is_there_alone(tmp_path: Path) -> None:
    write_files(tmp_path, {"main.nx": "mine"})
    assert run(NEXA, ["init"], tmp_path).status == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["main.nx"]
    (tmp_path / "main.nx").unlink()
    write_files(tmp_path, {".gitignore": "build/\n*.nxs"})
    assert run(NEXA, ["init"], tmp_path).status == 0
    assert (tmp_path / ".gitignore").read_text() == "build/\n*.nxs\n.nexa/\n"
