"""The gradual guarantee: taking written types away never adds a finding about types.

And what an edit costs: a body its own declaration, an inferred result those who use it, if it changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler.test_types import BODY, PRELUDE, SILENT, WRONG
from harness.findings import project_of
from nexa.compiler import ast
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Edit

SPEC = Path(__file__).parent.parent / "spec"
PROGRAMS = sorted([*SPEC.glob("examples/*.nx"), *SPEC.glob("bad/[345]*.nx")])


def annotations(file: File) -> Iterator[tuple[int, int]]:
    """The places of everything that may be left out: the types of parameters and variables, and results."""
    for start, item in zip(file.starts, file.items, strict=True):
        for param in item.of(ast.Param):
            if param.type is not None:
                yield start + param.name.end, start + param.type.end
        for owner in (*item.of(ast.Function), *item.of(ast.Flow), *item.of(ast.Lambda)):
            if owner.returns is not None:
                yield start + owner.returns.start, start + owner.returns.end
        for let in item.of(ast.Let):
            if let.type is not None:
                yield start + let.pattern.end, start + let.type.end
        for field in item.of(ast.StructField):
            if field.type is not None:
                yield start + field.name.end, start + field.type.end


def erased(text: bytes, places: list[tuple[int, int]]) -> bytes:
    for start, end in sorted(places, reverse=True):
        text = text[:start] + text[end:]
    return text


def about_types(text: bytes) -> list[str]:
    findings = project_of({"main.nx": text}).findings("main.nx") or ()
    return sorted(one.code for one in findings if one.code.startswith("NX3"))


def check_guarantee(text: bytes, seeds: range) -> None:
    file = File.parse("main.nx", text)
    places = list(annotations(file))
    before = about_types(text)
    for seed in seeds:
        rng = random.Random(seed)
        chosen = places if seed == 0 else [one for one in places if rng.random() < 0.5]
        after = about_types(erased(text, chosen))
        for code in before:
            if code in after:
                after.remove(code)
        assert after == [], (seed, erased(text, chosen).decode())


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_erasing_annotations_adds_no_finding(path: Path) -> None:
    check_guarantee(path.read_bytes(), range(4))


def test_erasing_annotations_of_typed_code_adds_no_finding() -> None:
    for body in [*SILENT, *WRONG]:
        check_guarantee((PRELUDE + BODY.format(body)).encode(), range(2))


# ── what an edit costs ──────────────────────────────────────────────────────────────────────────────────────────

CHAIN = """
protocol Plan { goal: str }
agent Ann implements Plan { prompt: "Answer." }
fn first(n) { n + 1 }
fn second(n) { first(n) }
fn third(n: int) -> int { second(n) }
fn plan(p: Plan) -> str { p.goal }
flow main { print(third(1), plan(Ann.run("x"))) }
"""


def snapshots(old: str, new: str) -> tuple[Project, Project, int, int]:
    """Two moments of `CHAIN`, both asked for findings, and how many items were checked and typed for the second."""

    def fail(code: str, bug: BaseException) -> None:
        raise AssertionError(f"{code} raised") from bug

    file = File.parse("main.nx", CHAIN.encode())
    before = Project(Settings(), lambda _path: None, fail).with_file(file)
    assert not [one for one in before.findings("main.nx") or () if one.code.startswith("NX3")]
    checked, typed = before.work.items_checked, before.work.items_typed
    at = CHAIN.index(old)
    text = CHAIN.replace(old, new, 1).encode()
    after = before.with_file(file.edited([Edit(at, at + len(old), at + len(new))], text))
    after.findings("main.nx")
    return before, after, after.work.items_checked - checked, after.work.items_typed - typed


@pytest.mark.parametrize(
    ("old", "new", "checked"),
    [
        ("second(n) }\nfn plan", "second(n) + 1 }\nfn plan", 1),  # a body with a written result
        ("n + 1", "n + 2", 1),  # the inferred result stays the same
        ("n + 1", '"a"', 3),  # it does not: `second` gives something else now, and `third` sees it
        ("goal: str }", "goal: str, more: int? }", 4),  # Plan, Ann, plan, main
        ("n: int", "n: float", 2),  # third, main
    ],
)
def test_an_edit_checks_what_it_reaches(old: str, new: str, checked: int) -> None:
    _, after, items, typed = snapshots(old, new)
    assert (items, typed) == (checked, checked)
    scratch = project_of({"main.nx": CHAIN.replace(old, new, 1)})
    assert after.findings("main.nx") == scratch.findings("main.nx")


def test_an_inferred_result_reaches_those_who_use_it() -> None:
    _, after, _, _ = snapshots("n + 1", '"a"')
    assert [one.code for one in after.findings("main.nx") or () if one.code.startswith("NX3")] == ["NX316"]


def test_a_circle_has_the_same_types_wherever_it_is_entered() -> None:
    texts = ["fn a(n) { if n { return 1 }\n b(n) }", "fn b(n) { c(n) }", "fn c(n) { a(n) }", "fn d(n) { b(n) }"]
    for seed in range(6):
        shuffled = random.Random(seed).sample(texts, len(texts))
        text = "\n".join([*shuffled, "flow main { print(a(1) - [1], b(1), d(1)) }"])
        assert about_types(text.encode()) == []


def test_an_inferred_result_reaches_other_files() -> None:
    library, main = (
        "fn first(n) { n + 1 }\nfn other() { 1 }\n",
        'include "lib.nxlib"\nflow main { print(first(1) - 1) }\n',
    )
    before = project_of({"lib.nxlib": library, "main.nx": main})
    assert not before.findings("main.nx")
    before.findings("lib.nxlib")
    done = before.work.items_checked
    file = before.file("lib.nxlib")
    assert file is not None
    at = library.index("n + 1")
    edited = file.edited([Edit(at, at + 5, at + 3)], library.replace("n + 1", '"a"').encode())
    after = before.with_file(edited)
    assert [one.code for one in after.findings("main.nx") or () if one.code != "NX208"] == ["NX319"]
    assert after.work.items_checked == done + 1
    after.findings("lib.nxlib")
    assert after.work.items_checked == done + 2
