"""`nexa intent` as a user meets it: scenarios that hold or not, features that something implements or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, run

PROGRAM = """\
agent Desk { prompt: "Answer kindly." }

// @implements: orders.status
flow answer(question: str, tries: int = 1) -> str { return "#{tries}: #{question >> Desk}" }

// @supports: orders.status, refunds
fn shout(x: str) -> str { x + "!" }

flow both(first: str, second: str) -> str { return shout(first + second) }
flow main { print(answer("hi")) }
"""

INTENT = """\
# Feature: orders.status — people learn where their parcel is
Given that this is prose, it says nothing.

## Background:
- Given tries = 2

## Scenario: 包裹 that is late
- Given the question "Where is my parcel?"
- When `answer` runs
- Then the result contains "Where is"
- And its answer is "2: [Desk] Where is my parcel?"

```text
## Scenario: in a fence
Then nothing
```

### Scenario: wrong
* **Given** question: “客”
* **Then** the reply is "x"

# Feature: `refunds`
## Scenario: by order
Given "a" and "b \\"c\\""
When both runs
Then result equals "ab \\"c\\"!"
"""
FILES = {"desk.nx": PROGRAM, "desk.nxintent": INTENT}


def intent(folder: Path, *args: str, files=FILES, **more) -> Ran:
    ran = run(NEXA, ["intent", *args], folder, files=files, **more)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_scenarios_are_run_with_what_they_give(tmp_path: Path) -> None:
    ran = intent(tmp_path, "check", "desk.nx", "--json")
    rows = json.loads(ran.out)
    assert [(row["title"], row["status"], row["line"], row["column"]) for row in rows] == [
        ("包裹 that is late", "passed", 7, 14),
        ("wrong", "failed", 18, 15),
        ("by order", "passed", 23, 14),
    ]
    assert rows[1]["error"]["message"] == 'line 20 does not hold: the reply is "x" (against str `2: [Desk] 客`)'
    assert (ran.status, rows[1]["path"]) == (1, "desk.nxintent")


def test_a_person_is_told_each_step_that_holds(tmp_path: Path) -> None:
    ran = intent(tmp_path, "check", "desk.nx", "-V", "--filter", "LATE")
    assert ran.status == 0
    assert [line.split(" (")[0] for line in ran.out.splitlines()] == [
        "✓ desk.nxintent: 包裹 that is late",
        "    ✓ given tries = 2",
        '    ✓ given the question "Where is my parcel?"',
        "    ✓ when `answer` runs",
        '    ✓ then the result contains "Where is"',
        '    ✓ then its answer is "2: [Desk] Where is my parcel?"',
    ]
    assert ran.err == "1 passed, 0 failed.\n"


@pytest.mark.parametrize(("verdict", "status"), [(True, 0), (False, 1)])
def test_what_is_no_comparison_is_judged(verdict: bool, status: int, tmp_path: Path) -> None:
    text = "# Feature: orders.status\n## Scenario: a\nGiven “hi”\nThen the customer is not blamed\n"
    script = f'[[judge]]\ncontains = "not blamed"\nmatched = {str(verdict).lower()}\n'
    files = {**FILES, "desk.nxintent": text, "m.toml": script}
    ran = intent(tmp_path, "check", "desk.nx", "--mock-script", "m.toml", files=files)
    assert ("does not hold" in ran.out) is not verdict
    assert ran.status == status, ran.out + ran.err


def test_features_that_nothing_implements_are_found(tmp_path: Path) -> None:
    program = PROGRAM + "// @implements: orders.cancel\nflow cancel { print(1) }\n"
    ran = intent(tmp_path, "coverage", "desk.nx", files={**FILES, "desk.nx": program})
    assert ran.status == 1
    assert ran.out.splitlines() == [
        "✓ orders.status (2 scenarios)",
        "    implements answer  desk.nx:3:1",
        "    supports shout  desk.nx:6:1",
        "✗ refunds (1 scenario)",
        "    supports shout  desk.nx:6:1",
        "✗ desk.nx:11:1: desk.nxintent has no feature `orders.cancel`",
    ]
    assert ran.err == "1 of 2 features are implemented.\n"


def test_everything_implemented_is_a_success(tmp_path: Path) -> None:
    ran = intent(
        tmp_path,
        "coverage",
        "desk.nx",
        "--json",
        "--intent",
        "i.md",
        files={"desk.nx": PROGRAM.replace(", refunds", ""), "i.md": "# Feature: orders.status\n"},
    )
    found = json.loads(ran.out)
    assert (ran.status, found["unknown"]) == (0, [])
    assert [(one["feature"], one["scenarios"], one["implements"][0]["name"]) for one in found["features"]] == [
        ("orders.status", 0, "answer")
    ]


WRONG = [
    ("## Scenario: a\n", "desk.nxintent:1: scenario without a feature"),
    ("# Feature: a\n# Feature: a\n", "desk.nxintent:2: feature `a` is described in line 1 already"),
    ("# Feature: !\n", "desk.nxintent:1: a feature without a name"),
    ("# Feature: a\n## Scenario: b\nAnd c\n", "desk.nxintent:3: `And` continues nothing"),
    ("# Feature: a\n## Scenario: b\nThen c\n", "desk.nxintent:2: no flow to run: no flow implements `a`"),
    ("# Feature: a\n## Scenario: b\nWhen both runs\n", "desk.nxintent:2: flow both needs `first`, `second`"),
    ("# Feature: a\n## Scenario: b\nGiven a customer\nWhen both runs\n", "desk.nxintent:3: nothing is given"),
    (
        '# Feature: a\n## Scenario: b\nGiven "c"\nWhen main runs\n',
        "desk.nxintent:3: more is given than flow main takes",
    ),
    (
        '# Feature: orders.status\n## Scenario: b\nGiven "c"\nAnd tries is many\n',
        "desk.nxintent:4: `tries` does not take 'many'",
    ),
]


@pytest.mark.parametrize(("text", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_makes_no_sense_is_told_with_its_line(text: str, message: str, tmp_path: Path) -> None:
    ran = intent(tmp_path, "check", "desk.nx", files={**FILES, "desk.nxintent": text})
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {message}")


def test_a_missing_intent_file_is_told(tmp_path: Path) -> None:
    for command in ("check", "coverage"):
        ran = intent(tmp_path, command, "desk.nx", files={"desk.nx": PROGRAM})
        assert (ran.status, ran.err) == (2, "error: desk.nxintent: No such file or directory\n")
