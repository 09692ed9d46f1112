"""The programs of the reference: the good ones have no errors, each bad one exactly those that it announces."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Severity

SPEC = Path(__file__).parent.parent / "spec"
EXAMPLES = sorted([*SPEC.glob("examples/*.nx"), *SPEC.glob("examples/lib/*.nxlib")])
BAD = sorted(SPEC.glob("bad/*.nx"))


def load(path: str) -> bytes | None:
    file = Path(path)
    return file.read_bytes() if file.is_file() else None


def secrets(entry: str) -> list[str]:
    return sorted(str(path) for path in Path(entry).parent.glob("*.nxs"))


def check(path: Path) -> tuple[File, tuple[Finding, ...]]:
    def fail(code: str, bug: BaseException) -> None:
        raise AssertionError(f"{code} raised") from bug

    file = File.parse(str(path), path.read_bytes())
    return file, Project(Settings(), load, fail, secrets).with_file(file).findings(str(path)) or ()


def shown(file: File, finding: Finding) -> str:
    line, column = file.lines.position(finding.span.start, "utf-32")
    return f"{finding.code} {line + 1}:{column + 1}"


@cache
def expected(path: Path) -> tuple[str, ...]:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return tuple(first.removeprefix("// expect: ").split(", "))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_has_no_errors(path: Path) -> None:
    file, findings = check(path)
    assert [(shown(file, one), one.message) for one in findings if one.severity is Severity.ERROR] == []
    # Hiding a predeclared name is legal, and the examples do it.
    warnings = [one for one in findings if one.severity is Severity.WARNING and one.code != "NX212"]
    assert [(shown(file, one), one.message) for one in warnings] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_a_bad_program_has_its_mistake_and_no_other(path: Path) -> None:
    file, findings = check(path)
    wanted = expected(path)
    found = [shown(file, one) for one in findings]
    assert [one for one in wanted if one not in found] == []
    errors = [shown(file, one) for one in findings if one.severity is Severity.ERROR]
    assert [one for one in errors if one not in expected(path)] == []


ALONE = [path for path in BAD if any(one.startswith(("NX5", "NX6")) for one in expected(path))]


@pytest.mark.parametrize("path", ALONE, ids=lambda path: path.name)
def test_a_program_of_contracts_harness_and_services_has_no_finding_besides(path: Path) -> None:
    file, findings = check(path)
    # How much of a harness there is, is said of every program that has one.
    assert tuple(shown(file, one) for one in findings if one.code != "NX534") == expected(path)
