"""Each refactoring does what its docstring shows; and none, wherever it is offered, breaks a program."""

from __future__ import annotations

import random
import re
from types import ModuleType

import pytest

from harness.edits import applied
from harness.mutation import random_edits
from harness.mutations import EXAMPLES, programs
from harness.refactorings import examples, marked
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.rule import Severity
from nexa.ide.features.actions import REFACTORINGS, actions_at, protocol_from_json, selection_at
from nexa.ide.features.actions.action import Action
from nexa.syntax import Span

PATH = "/w/a.nx"


def project_of(text: str, path: str = PATH) -> Project:
    loaded = {str(one): one.read_bytes() for one in EXAMPLES.rglob("*.nx*")}
    project = Project(Settings(), loaded.get)
    return project.with_file(File.parse(path, text.encode()))


def offers(module: ModuleType, text: str) -> tuple[str, list[Action]]:
    """What a refactoring offers, with the text without marks."""
    plain, span = marked(text)
    project = project_of(plain)
    selection = selection_at(project, PATH, span)
    found = list(module.offer(selection)) if selection is not None else []
    if module is protocol_from_json:
        found += module.offer_for_text(project, PATH, span)
    return plain, found


def errors(project: Project, path: str = PATH) -> list[str]:
    return sorted(one.code for one in project.findings(path) or () if one.severity is Severity.ERROR)


CASES = [(module, before, after) for module in REFACTORINGS for before, after in examples(module)]
IDS = [module.__name__.rpartition(".")[2] for module, _, _ in CASES]


@pytest.mark.parametrize("module", REFACTORINGS, ids=lambda one: one.__name__.rpartition(".")[2])
def test_each_has_an_example_and_a_title(module: ModuleType):
    assert examples(module)
    assert re.match(r"[A-Z][\w ]+: \w", module.__doc__ or "")


@pytest.mark.parametrize(("module", "before", "after"), CASES, ids=IDS)
def test_the_manual_says_what_is_done(module: ModuleType, before: str, after: str):
    plain, found = offers(module, before)
    action = next(one for one in found if not one.disabled)
    assert applied(plain.encode(), action.edits()) == after
    assert errors(project_of(after)) == []


@pytest.mark.parametrize(("module", "before", "after"), CASES, ids=IDS)
def test_emoji_before_the_cursor_and_mistakes_around_do_not_matter(module: ModuleType, before: str, after: str):
    head, tail = "客 = '😀é'\nflow torn( {\n", "\nagent {\n"
    if module is protocol_from_json and before.startswith("«"):
        pytest.skip("JSON between declarations is a mistake itself")
    plain, found = offers(module, head + before + tail)
    action = next(one for one in found if not one.disabled)
    assert applied(plain.encode(), action.edits()).startswith(head)
    assert applied(plain.encode(), action.edits()).count("\n") >= after.count("\n")


REFUSED = [
    ("extract_variable", "flow main(a: bool, n: int) { if a and «n > 1» { print(n) } }", "may not be evaluated"),
    ("extract_variable", "flow main(n: int) { while «n > 1» { print(n) } }", "each time"),
    ("extract_flow", "flow main(n: int) { «return n\n print(n)» }", "`return` leaves"),
    ("extract_flow", "flow main(n: int) { for x in [1] { «if x > n { break }» } }", "`break`"),
    ("extract_flow", "flow main(n: int) { «a = n\n b = n» \n print(a, b) }", "2 variables"),
    ("extract_flow", "flow main(p: str) { «x = std.fs.file_read(p)?» }", "`?`"),
    ("inline_variable", "flow main(n: int) { $0x = n\n x = n + 1\n print(x) }", "more than one place"),
    ("inline_variable", "flow main(n: int) { $0x = n\n n = 2\n print(x) }", "`n` changes"),
    ("inline_variable", 'flow main(n: int) { $0x = input("?")\n print(x, x) }', "more than once"),
    (
        "extract_agent",
        'agent A { prompt: "a" }\nflow main(n: int) { A.run("$0Say #{n} and #{n}") }',
        "more than one value",
    ),
    (
        "remove_stage",
        "protocol P { n: int }\nprotocol Q { m: int }\nagent A implements Q { prompt: 'a' }\n"
        "agent B uses [] { prompt: 'b' }\nflow f(q: Q) -> int { return q.m }\n"
        "flow main(p: P) { print(p >> $0A >> f) }",
        "does not fit",
    ),
    ("insert_stage", "agent A { prompt: 'a' }\nflow main(n: str) { print(n $0>> A) }", "no agent or flow fits"),
    ("wrap_in_try", "flow main(n: int) { «let x = n»\n print(x) }", "read further down"),
]


@pytest.mark.parametrize(("name", "text", "reason"), REFUSED)
def test_what_cannot_be_done_says_why(name: str, text: str, reason: str):
    module = next(one for one in REFACTORINGS if one.__name__.endswith(f".{name}"))
    _, found = offers(module, text)
    assert [one for one in found if reason in one.disabled], found


@pytest.mark.parametrize(
    ("text", "is_raised"),
    [
        ("flow main { «x = 1»\n print(x) }", True),
        ("flow main { x = 0\n «x = 1»\n print(x) }", False),
        ("flow main { «x = 1\n print(x)» }", False),
        ("flow main(x: int) { «x = 1»\n print(x) }", False),
        ("flow main { for i in [1] { «客 = i» }\n print(客) }", True),
        ("flow main { «x = 1» }\nflow other { x = 2\n print(x) }", False),
    ],
)
def test_what_is_assigned_in_a_try_and_read_behind_it_has_a_value_there(text: str, is_raised: bool):
    module = next(one for one in REFACTORINGS if one.__name__.endswith(".wrap_in_try"))
    plain, found = offers(module, text)
    assert ("raise e" in applied(plain.encode(), found[0].edits())) is is_raised


def offered(text: str) -> list[str]:
    plain, span = marked(text)
    return [one.title for one in actions_at(project_of(plain), PATH, span) if not one.disabled]


@pytest.mark.parametrize(
    "text",
    [
        "flow main { print(«x») }",
        "flow main { «x» = 1 }",
        'agent A { prompt: "«a»" }',
        "flow main(a: int) { print(a «+» 1) }",
        "$0",
        "// $0 a comment",
        'x = "$0text"',
        "protocol P { $0a: int }",
    ],
)
def test_nothing_is_offered_where_nothing_can_be_done(text: str):
    assert offered(text) == []


AGENT = (
    'agent W { prompt: "a" }\nprotocol R { score: int }\nagent C implements R { prompt: "c" }\nstruct P { a: str }\n'
)
DONE = [
    ("Extract variable", "x = «W.run(t);» print(x)", "w_result = W.run(t)\n    x = w_result; print(x)"),
    ("Extract variable", "print(«W.run(t), »1)", "w_result = W.run(t)\n    print(w_result, 1)"),
    (
        "Extract variable",
        "r = C.run(t)\n    print(«r.score» + 1)",
        "r = C.run(t)\n    score = r.score\n    print(score + 1)",
    ),
    (
        "Extract variable",
        "score = 1\n    print(«C.run(t).score», score)",
        "score = 1\n    score2 = C.run(t).score\n    print(score2, score)",
    ),
    ("Extract variable", "print({value: «1 + 2»})", "value = 1 + 2\n    print({value: value})"),
    (
        "Handle failure with `otherwise`",
        'x = $0W.run(t) |> fn(y) => y + "a"\n    print(x)',
        'x = (W.run(t) |> fn(y) => y + "a") otherwise ""\n    print(x)',
    ),
    (
        "Handle failure with `otherwise`",
        "x = $0W.run(t) |> fn(y) { y }\n    print(x)",
        'x = W.run(t) |> fn(y) { y } otherwise ""\n    print(x)',
    ),
    ("Extract variable", "«print(t)»", None),
    ("Handle failure with `otherwise`", "x = $0P(a: t)\n    print(x)", None),
    ("Handle failure with `otherwise`", "x = $0len(t)\n    print(x)", None),
]


@pytest.mark.parametrize(("title", "body", "after"), DONE)
def test_what_people_select_and_expect(title: str, body: str, after: str | None):
    before, behind = f"{AGENT}flow main(t: str) {{\n    ", "\n}\n"
    plain, span = marked(before + body + behind)
    found = [one for one in actions_at(project_of(plain), PATH, span) if one.title == title and not one.disabled]
    made = [applied(plain.encode(), one.edits()).removeprefix(before).removesuffix(behind) for one in found]
    assert made == ([] if after is None else [after])
    if after is not None:
        assert errors(project_of(before + after + behind)) == []


def test_a_part_is_added_where_its_type_is_declared():
    files = {
        "/w/b.nxlib": "protocol R {\n    a: str\n}\nenum E {}\nagent C implements R { prompt: 'x' }\n",
        PATH: 'include "b.nxlib"\nflow main(x: str) { print(C.run(x).b, E::New(1, x)) }\n',
    }
    project = Project(Settings(), {}.get)
    for path, text in files.items():
        project = project.with_file(File.parse(path, text.encode()))
    for name, after in (("b,", "a: str,\n    b: str\n}"), ("New", "enum E { New(int, str) }")):
        at = files[PATH].index(name)
        (action,) = (one for one in actions_at(project, PATH, Span(at, at)) if one.title.startswith("Add "))
        (edit,) = action.edits()
        assert edit.path == "/w/b.nxlib"
        assert after in applied(files[edit.path].encode(), [edit])


@pytest.mark.parametrize(("name", "text"), programs(), ids=[name for name, _ in programs()])
def test_whatever_is_offered_parses_and_adds_no_error(name: str, text: bytes):
    path = str(EXAMPLES / ("lib/" if name == "shared_tools.nxlib" else "") / name)
    project = project_of(text.decode(), path)
    file = project.file(path)
    assert file is not None
    before = errors(project, path)
    rng = random.Random(name)
    done = 0
    for _ in range(60):
        span = _span(rng, file)
        for action in actions_at(project, path, span):
            if action.disabled:
                continue
            changed = applied(text, action.edits())
            after = project.with_file(File.parse(path, changed.encode()))
            assert errors(after, path) == before, (action.title, text[span.start : span.end], changed)
            done += 1
    assert done or name == "shared_tools.nxlib"


def _span(rng: random.Random, file: File) -> Span:
    """A cursor, or a whole node of the tree."""
    node = file.tree.root.descendant_for_byte_range(at := rng.randrange(len(file.text)), at)
    if node is None or rng.random() < 0.3:
        return Span(at, at)
    for _ in range(rng.randrange(4)):
        node = node.parent or node
    return Span(node.start_byte, node.end_byte)


def test_broken_programs_get_what_can_be_given():
    for name, text in programs():
        rng = random.Random(name)
        for _, changed in random_edits(1, text, 4):
            project = project_of(changed.decode())
            start = rng.randrange(len(changed) + 1)
            for action in actions_at(project, PATH, Span(start, min(len(changed), start + rng.choice((0, 10, 80))))):
                applied(changed, action.edits())


def test_a_flow_takes_what_a_condition_has_made_sure_of():
    text = 'flow main(name: str?) {\n    if name is not null {\n        print(«name + "!"»)\n    }\n}\n'
    plain, found = offers(REFACTORINGS[1], text)
    after = applied(plain.encode(), found[0].edits())
    assert "flow new_flow(name: str) -> str {" in after
    assert errors(project_of(after)) == []


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("print(«n + 1»)", "Extract variable"),
        ("print(«n + 1»)", "Extract flow"),
        ("record = {$0a: n}\n    print(record)", "Extract protocol"),
    ],
)
def test_while_an_include_is_missing_there_are_names_to_give(body: str, title: str):
    """Any name may be declared there: that one is unknown says nothing."""
    plain, span = marked(f'include "nowhere.nxlib"\nflow main(n: int) {{\n    {body}\n}}\n')
    (action,) = (one for one in actions_at(project_of(plain), PATH, span) if one.title == title)
    assert list(action.edits())
