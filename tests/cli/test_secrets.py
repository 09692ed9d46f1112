"""The `.nxs` files that a program sees are checked with it, and nothing shows their values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.command import NEXA, check_cli, run, write_files
from nexa.compiler.visible_secrets import visible_secrets

PROGRAM = 'flow main { print("hi") }\n'
FAULTY = 'config default {\n    API_KEY = ["sk-1234-hidden"]\n}\n'
GOOD = 'config default {\n    API_KEY = "sk-1234-hidden"\n}\n'


# ── which ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("p/a.nxs p/b.nxs", "/p/a.nxs /p/b.nxs"),
        ("p/a.nxs q/b.nxs p/q/c.nxs", "/p/a.nxs"),
        ("p/b.nxs z.nxs", "/p/b.nxs"),
        ("nexa.toml p/b.nxs z.nxs a.nxs", "/p/b.nxs /a.nxs /z.nxs"),
        (".git p/b.nxs z.nxs", "/p/b.nxs /z.nxs"),
        (".git p/nexa.toml p/b.nxs z.nxs", "/p/b.nxs"),
        ("nexa.toml z.nxs", "/z.nxs"),
        ("", ""),
    ],
)
def test_they_lie_in_the_folders_up_to_the_root_of_the_project(files: str, expected: str) -> None:
    paths = {f"/{name}" for name in files.split()}
    marks = {name.rpartition("/")[0] or "/" for name in paths if name.endswith((".git", "nexa.toml"))}

    def secrets_in(folder: str) -> list[str]:
        start = folder.rstrip("/") + "/"
        inside = [path.removeprefix(start) for path in paths if path.startswith(start) and path.endswith(".nxs")]
        return [name for name in inside if "/" not in name]

    assert " ".join(visible_secrets("/p/main.nx", marks.__contains__, secrets_in)) == expected


# ── in a check ──────────────────────────────────────────────────────────────────────────────────────────────────


def places(folder: Path, *args: str) -> list[str]:
    found = json.loads(check_cli(folder, "--format", "json", *args).out)
    return [f"{one['path']} {one['code']}" for one in found]


def check_places(folder: Path, files: dict[str, str], args: tuple[str, ...], expected: list[str]) -> None:
    write_files(folder, files)
    assert places(folder, *args) == expected


@pytest.mark.parametrize(
    ("files", "args", "expected"),
    [
        ({"a.nx": PROGRAM, "keys.nxs": FAULTY}, (), ["keys.nxs NX606"]),
        ({"a.nx": PROGRAM, "b.nx": PROGRAM, "keys.nxs": FAULTY}, (), ["keys.nxs NX606"]),
        ({"a.nx": PROGRAM, "b.nx": PROGRAM, "keys.nxs": FAULTY}, ("b.nx", "keys.nxs", "a.nx"), ["keys.nxs NX606"]),
        ({"a.nx": PROGRAM, "b.nx": PROGRAM, "keys.nxs": FAULTY}, ("--jobs", "2"), ["keys.nxs NX606"]),
        ({"sub/a.nx": PROGRAM, "nexa.toml": "", "keys.nxs": FAULTY}, ("sub",), ["keys.nxs NX606"]),
        ({"sub/a.nx": PROGRAM, "keys.nxs": FAULTY}, ("sub",), []),
        ({"a.nx": PROGRAM, "sub/keys.nxs": FAULTY}, (), []),
        ({"a.nx": PROGRAM, "keys.nxs": GOOD}, (), []),
        ({"a.nx": 'include "sub/k.nxs"\n' + PROGRAM, "sub/k.nxs": FAULTY}, (), ["sub/k.nxs NX606"]),
        ({"keys.nxs": FAULTY}, ("keys.nxs",), ["keys.nxs NX606"]),
        ({"keys.nxs": FAULTY}, (), []),
        ({"a.nx": PROGRAM, "keys.nxs": FAULTY}, ("--ignore", "NX6"), []),
        ({"a.nx": PROGRAM, "keys.nxs": FAULTY, "nexa.toml": "[check]\nignore = ['NX606']\n"}, (), []),
    ],
)  # fmt: skip
def test_what_a_program_sees_is_checked_with_it_and_reported_once(
    tmp_path: Path, files: dict[str, str], args: tuple[str, ...], expected: list[str]
) -> None:
    check_places(tmp_path, files, args, expected)


def test_a_secrets_file_counts_as_the_program_that_sees_it_does(tmp_path: Path) -> None:
    write_files(tmp_path, {"a/nexa.toml": "", "a/a.nx": PROGRAM, "a/k.nxs": FAULTY})
    write_files(tmp_path, {"b/nexa.toml": "[check]\nignore = ['NX606']\n", "b/b.nx": PROGRAM, "b/k.nxs": FAULTY})
    assert places(tmp_path) == places(tmp_path, "b", "a") == ["a/k.nxs NX606"]


def test_a_secrets_file_that_comes_changes_or_goes_is_noticed_in_spite_of_the_cache(tmp_path: Path) -> None:
    write_files(tmp_path, {"nexa.toml": "", "sub/a.nx": PROGRAM})
    steps: list[tuple[dict[str, str], list[str]]] = [
        ({}, []),
        ({"keys.nxs": FAULTY}, ["keys.nxs NX606"]),
        ({"keys.nxs": GOOD}, []),
        ({"keys.nxs": FAULTY}, ["keys.nxs NX606"]),
        ({"sub/near.nxs": FAULTY}, ["sub/near.nxs NX606", "keys.nxs NX606"]),
        ({"sub/nexa.toml": ""}, ["sub/near.nxs NX606"]),
    ]
    for change, expected in steps:
        check_places(tmp_path, change, (), expected)
        assert places(tmp_path) == expected
    (tmp_path / "sub" / "near.nxs").unlink()
    assert places(tmp_path) == []


def test_what_does_not_change_is_remembered(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM, "keys.nxs": FAULTY})
    first, second = (check_cli(tmp_path, "--verbose") for _ in range(2))
    assert first.out == second.out
    assert "1 groups, 1 of them remembered" in second.err


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"])
def test_no_format_shows_a_value(tmp_path: Path, form: str) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM, "keys.nxs": FAULTY})
    ran = check_cli(tmp_path, "--format", form)
    assert "NX606" in ran.out
    assert "hidden" not in ran.out + ran.err
    remembered = list((tmp_path.parent / f"{tmp_path.name}-cache").rglob("*.json"))
    assert remembered
    assert not any(b"hidden" in path.read_bytes() for path in remembered)


def test_fix_and_diff_leave_secrets_files_alone(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM, "keys.nxs": FAULTY})
    for flag in ("--diff", "--fix"):
        ran = check_cli(tmp_path, flag)
        assert ran.status == 1
        assert "hidden" not in ran.out + ran.err
    assert (tmp_path / "keys.nxs").read_text() == FAULTY


# ── in a run ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_run_is_refused_for_a_file_that_it_could_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": PROGRAM})
    assert run(NEXA, ["run", "a.nx", "--mock"], tmp_path).status == 0
    ran = run(NEXA, ["run", "a.nx", "--mock"], tmp_path, files={"keys.nxs": FAULTY})
    assert ran.status == 1
    assert "keys.nxs:2:15: error[NX606]" in ran.err
    assert "hidden" not in ran.err
    assert run(NEXA, ["run", "a.nx", "--mock"], tmp_path, files={"keys.nxs": GOOD}).status == 0


# ── what programs say of them ───────────────────────────────────────────────────────────────────────────────────

CREDENTIAL = "sk-zyxwvutsrqponmlkjihgfe9876543210"
SPOKEN = f'use config defalt\nflow main {{ print(secret("API_KY"), "{CREDENTIAL}") }}\n'


@pytest.mark.parametrize("form", ["concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"])
def test_no_format_repeats_a_credential(tmp_path: Path, form: str) -> None:
    write_files(tmp_path, {"a.nx": SPOKEN, "keys.nxs": GOOD})
    ran = check_cli(tmp_path, "--format", form)
    assert all(code in ran.out for code in ("NX601", "NX602", "NX603", "NX604"))
    assert "hidden" not in ran.out + ran.err
    assert CREDENTIAL not in ran.out + ran.err


def test_the_line_that_is_shown_hides_a_credential(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.nx": f'flow main {{ print("客", "{CREDENTIAL}", 1) }}\n'})
    ran = check_cli(tmp_path, "--format", "full")
    assert "NX601" in ran.out
    assert CREDENTIAL not in ran.out + ran.err
    assert "客" in ran.out


@pytest.mark.parametrize(
    "line",
    [
        'x = "{}',
        'agent A {{ prompt: "x", model: "{}" }}',
        'print({{"{0}": 1, "{0}": 2}})',
        'include "{}"',
        'y = match "a" {{ "{0}" => 1, "{0}" => 2 }}',
        'k = """\n  {}\n',
        'print(secret("{}"))',
    ],
)
def test_no_line_message_or_diff_repeats_a_credential(tmp_path: Path, line: str) -> None:
    write_files(tmp_path, {"a.nx": f"let z = 客\n{line.format(CREDENTIAL)}\n", "keys.nxs": GOOD})
    for arguments in (("--format", "full"), ("--format", "json"), ("--diff", "--unsafe-fixes")):
        ran = check_cli(tmp_path, "--severity", "hint", *arguments)
        assert CREDENTIAL not in ran.out + ran.err


def test_what_a_program_says_of_secrets_follows_the_secrets_file_in_spite_of_the_cache(tmp_path: Path) -> None:
    steps = [
        ({"a.nx": 'use config one\nflow main { x = secret("A") }\n', "keys.nxs": "config one { A = 1 }"}, []),
        ({"keys.nxs": "config one { B = 1 }"}, ["a.nx NX604"]),
        ({"keys.nxs": "config two { B = 1 }"}, ["a.nx NX603", "a.nx NX604"]),
        ({"more.nxs": "config one { A = 1 }"}, []),
    ]
    for change, expected in steps:
        check_places(tmp_path, change, ("--ignore", "NX2"), expected)
        assert places(tmp_path, "--ignore", "NX2") == expected
