"""An editor that edits ends where a batch run starts: the same findings, for less work."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.findings import project_of
from harness.mutation import random_edits
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Edit

SPEC = Path(__file__).parent.parent / "spec"
FILES = sorted([*SPEC.glob("examples/*.nx"), *SPEC.glob("bad/[23456]*.nx")])

SOURCE = """
agent Ann { prompt: "Answer." }
agent Bob { prompt: "Check." }

flow ask(question: str) -> str {
    answer = Ann.run(question)
    return answer
}

flow other() {
    print(Bob.run("x"))
}

flow main {
    print(ask("why"))
    other()
}
"""


def fail(code: str, bug: BaseException) -> None:
    raise AssertionError(f"{code} raised") from bug


def project() -> Project:
    return Project(Settings(), lambda _path: None, fail)


def edited(file: File, old: str, new: str) -> File:
    text = file.text
    at = text.index(old.encode())
    end = at + len(old.encode())
    return file.edited([Edit(at, end, at + len(new.encode()))], text[:at] + new.encode() + text[end:])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_edited_is_from_scratch(path: Path) -> None:
    for seed in range(3):
        file = File.parse(path.name, path.read_bytes())
        current = project().with_file(file)
        current.findings(path.name)
        for step, (edit, text) in enumerate(random_edits(seed, file.text, 12)):
            file = file.edited([edit], text)
            current = current.with_file(file)
            current.findings(path.name)
            settled = file.fresh()
            found = current.with_file(settled).findings(path.name)
            scratch = project().with_file(File.parse(path.name, text)).findings(path.name)
            assert found == scratch, (seed, step, edit, text.decode())


@pytest.mark.parametrize("path", FILES[:8], ids=lambda path: path.name)
def test_a_healthy_text_needs_no_settling(path: Path) -> None:
    """Where no error is in the tree, the edited file is at once what a fresh one is."""
    for seed in range(3, 6):
        file = File.parse(path.name, path.read_bytes())
        for edit, text in random_edits(seed, file.text, 12):
            file = file.edited([edit], text)
            scratch = File.parse(path.name, text)
            if not file.tree.has_error and not scratch.tree.has_error:
                assert file.starts == scratch.starts
                assert [item.slips for item in file.items] == [item.slips for item in scratch.items]
                assert [type(item.node) for item in file.items] == [type(item.node) for item in scratch.items]


def test_editing_a_body_checks_one_declaration() -> None:
    file = File.parse("a.nx", SOURCE.encode())
    before = project().with_file(file)
    before.findings("a.nx")
    done, programs = before.work.items_checked, before.work.programs_checked
    after = before.with_file(edited(file, "return answer", "return answer + question"))
    after.findings("a.nx")
    assert after.work.items_checked == done + 1
    assert after.work.programs_checked == programs


def test_moving_declarations_checks_nothing() -> None:
    file = File.parse("a.nx", SOURCE.encode())
    before = project().with_file(file)
    before.findings("a.nx")
    done = before.work.items_checked
    after = before.with_file(edited(file, "\nagent Ann", "\n// a new line\n\n\nagent Ann"))
    assert after.findings("a.nx") is not None
    assert after.work.items_checked == done
    assert [item is old for item, old in zip(after.file("a.nx").items[1:], file.items[1:], strict=True)] == [True] * 4


def test_a_signature_checks_its_users_in_every_file() -> None:
    files = {
        "lib.nxlib": 'fn shout(text: str) -> str { text.upper() }\nfn calm() -> str { "ok" }\n',
        "main.nx": (
            'include "lib.nxlib"\n'
            'flow one() { print(shout(text: "a")) }\n'
            "flow two() { print(calm()) }\n"
            "flow main { one(); two() }\n"
        ),
    }
    before = project_of(files)
    assert [finding.code for finding in before.findings("main.nx") or ()] == []
    before.findings("lib.nxlib")
    done = before.work.items_checked
    library = before.file("lib.nxlib")
    after = before.with_file(edited(library, "shout(text", "shout(words"))
    assert "NX220" in [finding.code for finding in after.findings("main.nx") or ()]
    assert after.work.items_checked == done + 1
    assert after.dependents("lib.nxlib") >= {"main.nx", "lib.nxlib"}


def counted(before: Project, path: str, old: str, new: str, *asked: str) -> tuple[int, int, int]:
    """How much an edit costs until the findings of some files are there: items checked and typed, programs checked."""
    work = before.work
    done = (work.items_checked, work.items_typed, work.programs_checked)
    file = before.file(path)
    assert file is not None
    after = before.with_file(edited(file, old, new))
    for name in asked or (path,):
        assert after.findings(name) is not None
    return work.items_checked - done[0], work.items_typed - done[1], work.programs_checked - done[2]


USERS = {
    "lib.nxlib": (
        "protocol Plan { goal: str }\n"
        "protocol Other { goal: str }\n"
        'agent Ann implements Plan { prompt: "a" }\n'
        'agent Bob implements Other { prompt: "b" }\n'
        "fn size(word: str) { len(word) }\n"
        "fn twice(word: str) { size(word) * 2 }\n"
        "fn plain(word: str) -> str { word }\n"
    ),
    "main.nx": (
        'include "lib.nxlib"\n'
        'flow one() { print(Ann.run("x").goal) }\n'
        'flow two() { print(Bob.run("x").goal) }\n'
        'flow three(plan: Plan) { print(plan.goal, twice("x")) }\n'
        'flow main { one(); two(); three(Ann.run("y")); print(plain("z")) }\n'
    ),
}


def users() -> Project:
    made = project_of(USERS)
    assert made.findings("main.nx") == ()
    assert made.findings("lib.nxlib") == ()
    return made


def test_a_protocol_checks_exactly_its_users_in_every_file() -> None:
    checked, typed, _ = counted(users(), "lib.nxlib", "Plan { goal", "Plan { aim: int, goal", "lib.nxlib", "main.nx")
    # The protocol, the agent that implements it, and the two flows and `main`, which see what that gives.
    assert (checked, typed) == (5, 5)


def test_a_body_whose_result_stays_the_same_checks_nobody_else() -> None:
    assert counted(users(), "lib.nxlib", "len(word) }", "len(word + word) }", "lib.nxlib", "main.nx") == (1, 1, 0)


def test_a_body_that_gives_another_type_checks_who_rests_on_it() -> None:
    checked, typed, programs = counted(users(), "lib.nxlib", "{ len(word) }", '{ "a" }', "lib.nxlib", "main.nx")
    # `size`, and `twice`, whose result is another one as well, and the flow that prints it.
    assert (checked, typed, programs) == (3, 3, 0)


def test_a_name_typed_letter_by_letter_checks_its_declaration_only() -> None:
    current, typed = users(), "print(Bob"
    for letter in "zzzzz":
        work, done = current.work, current.work.items_checked
        file = current.file("main.nx")
        assert file is not None
        current = current.with_file(edited(file, typed, typed + letter))
        assert [finding.code for finding in current.findings("main.nx") or ()] == ["NX201"]
        assert work.items_checked == done + 1
        typed += letter


def test_a_torn_body_checks_its_declaration_and_who_uses_it() -> None:
    file = File.parse("a.nx", SOURCE.replace("other() {", "other(question: str) {").encode())
    before = project().with_file(file)
    before.findings("a.nx")
    # `ask`, and `main`, which calls it; not `other`, which has a parameter of the same name and the same type.
    assert counted(before, "a.nx", "Ann.run(question)", "Ann.run(question))")[0] == 2


def test_only_a_similar_name_matters_to_who_looked_for_one() -> None:
    file = File.parse("a.nx", b"flow main { print(helper()) }\nfn some() { 1 }\n")
    before = project().with_file(file)
    assert "did you mean" not in (before.findings("a.nx") or ())[0].message
    assert counted(before, "a.nx", "some", "other")[0] == 1
    assert counted(before, "a.nx", "some", "helped")[0] == 2


def test_a_new_declaration_answers_who_waited_for_it() -> None:
    file = File.parse("a.nx", b"flow main { print(later()) }\n")
    before = project().with_file(file)
    assert [finding.code for finding in before.findings("a.nx") or ()] == ["NX201"]
    text = file.text + b"fn later() -> int { 1 }\n"
    after = before.with_file(file.edited([Edit(len(file.text), len(file.text), len(text))], text))
    assert after.findings("a.nx") == ()


def test_a_blank_before_a_declaration_of_a_torn_file_counts() -> None:
    """What stands indented may be the rest of a torn declaration, so it is not certain any more."""
    text = b"\nstruct Tree {\n    left: Tree\n}\nflow main( [ x: Tree) { print(x) }\n"
    file = File.parse("a.nx", text)
    before = project().with_file(file)
    assert "NX416" in [finding.code for finding in before.findings("a.nx") or ()]
    moved = file.edited([Edit(1, 1, 2)], text[:1] + b" " + text[1:])
    after = before.with_file(moved)
    scratch = project().with_file(File.parse("a.nx", moved.text))
    assert after.findings("a.nx") == scratch.findings("a.nx")


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("een }\nflow main { print(1) }\n", "een", "en"),
        ("// fn sum() {\n}\nflow main { print(total()) }\n", "sum", "total"),
        ("// fn total() {\n}\nflow main { print(total()) }\n", "total", "sum"),
    ],
)
def test_what_torn_text_may_declare_follows_each_edit(text: str, old: str, new: str) -> None:
    file = File.parse("a.nx", text.encode())
    before = project().with_file(file)
    before.findings("a.nx")
    after = edited(file, old, new)
    scratch = project().with_file(File.parse("a.nx", after.text))
    assert before.with_file(after).findings("a.nx") == scratch.findings("a.nx")


def test_an_old_snapshot_keeps_its_findings() -> None:
    file = File.parse("a.nx", b"flow main { print(1) }\n")
    before = project().with_file(file)
    after = before.with_file(edited(file, "print(1)", "print(x)"))
    assert [finding.code for finding in after.findings("a.nx") or ()] == ["NX201"]
    assert before.findings("a.nx") == ()
    assert [finding.code for finding in after.findings("a.nx") or ()] == ["NX201"]


def test_nobody_waits_for_a_snapshot_that_is_no_longer_wanted() -> None:
    asked: list[int] = []
    file = File.parse("a.nx", SOURCE.encode())
    current = project().with_file(file)
    assert current.findings("a.nx", lambda: bool(asked.append(1)) or len(asked) < 3) is None
    assert current.work.items_checked == 2


def test_a_bug_in_a_rule_costs_that_rule_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from nexa.compiler import check

    def broken(*_: object) -> list[object]:
        raise ValueError("a bug")

    bugs: list[str] = []
    rules = [(rule, broken if rule.code == "NX208" else run) for rule, run in check._NAMES]
    monkeypatch.setattr(check, "_asked_about", lambda _kinds: rules)
    file = File.parse("a.nx", b"flow main { let a = 1; print(b) }\n")
    current = Project(Settings(), lambda _path: None, lambda code, _bug: bugs.append(code)).with_file(file)
    assert [finding.code for finding in current.findings("a.nx") or ()] == ["NX201"]
    assert bugs == ["NX208"]


LIBRARY = b"""
enum Color { Red, Green(shade: str) }
struct Point { x: int, y: int = 0 }
protocol Plan { goal: str }
trait Shown { fn show() -> str }
impl Shown for Point { fn show() -> str { "#{self.x}" } }
fn shout(text: str) -> str { text.upper() }
agent Ann implements Plan { prompt: "x" }
let limit = 3
"""
ENTRY = b"""
include "lib.nx"
flow pick(c: Color) -> str {
    match c { Color::Red => "r", Green(s) => s }
}
flow main {
    p = Point(x: 1)
    print(pick(Color::Red), p, shout(text: "a"), Ann.run("b"), limit)
}
"""


@pytest.mark.parametrize("seed", range(12))
def test_edits_reach_other_files_as_from_scratch(seed: int) -> None:
    files = {"lib.nx": File.parse("lib.nx", LIBRARY), "main.nx": File.parse("main.nx", ENTRY)}
    current = project()
    for file in files.values():
        current = current.with_file(file)
    for step in range(10):
        path = ("lib.nx", "main.nx")[(seed + step) % 3 == 0]
        edit, text = next(random_edits(seed * 100 + step, files[path].text, 1))
        files[path] = files[path].edited([edit], text)
        current = current.with_file(files[path])
        for name in files:
            current.findings(name)
        scratch = project()
        for name, file in files.items():
            files[name] = file.fresh()
            current = current.with_file(files[name])
            scratch = scratch.with_file(File.parse(name, file.text))
        for name in files:
            assert current.findings(name) == scratch.findings(name), (step, name, edit, text.decode())


def test_a_line_that_may_include_something_begins_to_in_torn_text() -> None:
    """It changes nothing that others see of the file, but what they know of names."""
    file = File.parse("a.nx", b'flow main {\n    x = 1 2\n    y.z"b.nn"\n}\nflow other { print(far()) }\n')
    current = project().with_file(file)
    assert "NX201" in [one.code for one in current.findings("a.nx") or () if one.span.start > 45]
    file = edited(file, "b.nn", "b.nx")
    found = current.with_file(file).findings("a.nx")
    assert found == project().with_file(File.parse("a.nx", file.text)).findings("a.nx")
