"""`nexa lint`, `nexa validate` and `nexa harness-check`: the other ways to ask for a check."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, check_cli, run

GREET = 'flow greet(name) { print "Hello #{name}" }\nflow main { greet("🙂") }\n'
UNTYPED = "a.nx:1:12: {}[NX321] missing type annotation on `name`\n"
BARE = "a.nx:1:20: hint[NX904] `print` without parentheses\n"
HARNESS = """
include "lib.nx"
/* 🙂 */ flow main(x: str) {
    autoloop {
        x = step(x)
        verify x satisfies "it is short"
    }
    print(x)
}
"""
LIBRARY = '@tool("Count") fn count(s: str) -> int { s.length }\nfn step(s: str) -> str requires s != "" { s }\n'


def nexa(tmp_path: Path, *args: str, files: dict[str, str] | None = None, env: dict[str, str] | None = None) -> Ran:
    ran = run(NEXA, args, tmp_path, files=files or {}, env=env)
    assert "Traceback" not in ran.err, ran.err
    return ran


@pytest.mark.parametrize(
    ("args", "mode", "severity", "status"),
    [
        ((), "", "warning", 0),
        (("--warn-untyped",), "strict", "warning", 0),
        (("--strict",), "", "error", 1),
        (("--strict",), "warn", "error", 1),
        ((), "strict", "error", 1),
        ((), "warn", "warning", 0),
        ((), "off", None, 0),
        (("--strict", "--exit-zero"), "", "error", 0),
        (("--max-warnings", "0"), "", "warning", 1),
        (("--ignore", "NX3"), "", None, 0),
    ],
)
def test_lint_finds_style_and_missing_types(
    tmp_path: Path, args: tuple[str, ...], mode: str, severity: str | None, status: int
) -> None:
    ran = nexa(tmp_path, "lint", "a.nx", *args, files={"a.nx": GREET}, env={"NEXA_LINT_MODE": mode})
    assert (ran.status, ran.out) == (status, (UNTYPED.format(severity) if severity else "") + BARE)


def test_lint_takes_the_arguments_of_a_check(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "lint", "--json", "--severity", "warning", files={"a.nx": GREET, "b.nx": "flow main { x }\n"})
    assert [(one["path"], one["code"], one["severity"]) for one in json.loads(ran.out)] == [
        ("a.nx", "NX321", "warning"),
        ("b.nx", "NX201", "error"),
    ]
    assert ran.status == 1
    nexa(tmp_path, "lint", "a.nx", "--fix")
    assert (tmp_path / "a.nx").read_text(encoding="utf-8") == GREET.replace(
        'print "Hello #{name}"', 'print("Hello #{name}")'
    )


@pytest.mark.parametrize(("args", "severity"), [((), "error"), (("--warn-untyped",), "warning")])
def test_the_configuration_counts_unless_the_command_line_says_otherwise(
    tmp_path: Path, args: tuple[str, ...], severity: str
) -> None:
    files = {"a.nx": GREET, "nexa.toml": '[check.severity]\nNX321 = "error"\nNX904 = "off"\n'}
    assert nexa(tmp_path, "lint", "a.nx", *args, files=files).out == UNTYPED.format(severity)


def test_a_check_does_not_remember_what_a_lint_said(tmp_path: Path) -> None:
    files = {"a.nx": GREET}
    assert "NX321" in nexa(tmp_path, "lint", "a.nx", files=files).out
    assert nexa(tmp_path, "validate", "a.nx", "--severity", "hint").out == BARE
    assert "error[NX321]" in nexa(tmp_path, "lint", "a.nx", "--strict").out
    assert check_cli(tmp_path, "a.nx", "--severity", "hint").out == BARE


@pytest.mark.parametrize(
    ("args", "env", "message"),
    [
        (("lint", "--strict", "--warn-untyped"), {}, "exclude each other"),
        (("lint",), {"NEXA_LINT_MODE": "loud"}, "it may be strict, warn or off"),
        (("harness-check",), {}, "Missing argument 'FILE'"),
        (("harness-check", "none.nx"), {}, "no such file"),
        (("harness-check", "a.nx", "--harness", "lax"), {}, "'lax' is not one of"),
        (("harness-chek", "a.nx"), {}, "Did you mean 'harness-check'?"),
    ],
)
def test_wrong_usage_is_2(tmp_path: Path, args: tuple[str, ...], env: dict[str, str], message: str) -> None:
    ran = nexa(tmp_path, *args, files={"a.nx": GREET}, env=env)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_harness_check_reports_findings_and_dimensions(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "harness-check", "a.nx", files={"a.nx": HARNESS, "lib.nx": LIBRARY})
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "a.nx:4:5: error[NX510] autoloop needs `max_steps` or `exit_when`",
        "a.nx:4:5: error[NX512] autoloop without `timeout`",
        "",
        "a.nx: 3 of 6 harness dimensions",
        "  E  execution     autoloop (4:5)",
        "  T  tools         @tool (lib.nx:1:19)",
        "  C  context       -",
        "  S  state         -",
        "  L  lifecycle     -",
        "  V  verification  requires (lib.nx:2:24), verify (6:9)",
    ]


@pytest.mark.parametrize(("mode", "severities", "status"), [("warn", ["warning", "warning"], 0), ("off", [], 0)])
def test_harness_check_under_other_modes(tmp_path: Path, mode: str, severities: list[str], status: int) -> None:
    files = {"a.nx": HARNESS, "lib.nx": LIBRARY, "nexa.toml": '[check]\nharness = "strict"\n'}
    ran = nexa(tmp_path, "harness-check", "a.nx", "--harness", mode, "--json", files=files)
    found = json.loads(ran.out)
    assert (ran.status, found["version"], found["harness"], found["path"]) == (status, 1, mode, "a.nx")
    assert [one["severity"] for one in found["findings"]] == severities
    assert found["used"] == 3
    assert [(one["letter"], one["name"], one["used"]) for one in found["dimensions"]] == [
        ("E", "execution", True),
        ("T", "tools", True),
        ("C", "context", False),
        ("S", "state", False),
        ("L", "lifecycle", False),
        ("V", "verification", True),
    ]
    assert found["dimensions"][0]["parts"] == [
        {"what": "autoloop", "path": "a.nx", "line": 4, "column": 5, "end_line": 4, "end_column": 13}
    ]


def test_harness_check_of_a_torn_file_says_so(tmp_path: Path) -> None:
    ran = nexa(
        tmp_path, "harness-check", "a.nx", files={"a.nx": HARNESS.replace("print(x)", "print(x"), "lib.nx": LIBRARY}
    )
    assert ran.status == 1
    assert "NX102" in ran.out
    assert "harness dimensions" in ran.out
