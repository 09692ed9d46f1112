from __future__ import annotations

import random
import re
import textwrap

import pytest

from harness.cursor import ROOT, snapshot
from harness.mutation import random_edit
from harness.mutations import programs
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.rule import Severity
from nexa.ide.features.hints import Hint, Part, Wanted, inlay_hints
from nexa.ide.features.hints.targets import target_of
from nexa.syntax import Edit, Span

EVERYTHING = Wanted()
NOTHING = Wanted(variables=False, chains=False, results=False, parameters=False, levels=False, budgets=False)


def hints(project: Project, path: str, wanted: Wanted = EVERYTHING, within: Span | None = None) -> list[Hint]:
    size = len(project.file(path).text)
    return inlay_hints(project, path, within or Span(0, size), wanted)


def check_hints(text: str, *on: str) -> None:
    """The text as an editor shows it, each hint as `«text»`; `on` are the wanted kinds, all of them without."""
    text = textwrap.dedent(text).lstrip("\n")
    project, path, _ = snapshot(re.sub("«.*?»", "", text))
    wanted = Wanted(**{kind: kind in on for kind in Wanted.__slots__}) if on else Wanted()
    content, shown, at = project.file(path).text, b"", 0
    for hint in hints(project, path, wanted):
        shown += content[at : hint.offset] + f"«{hint.text}»".encode()
        at = hint.offset
    last = text.rpartition("//- ")[2].partition("\n")[2] if "//- " in text else text
    assert (shown + content[at:]).decode() == last


def test_variables():
    check_hints(
        """
        agent A { prompt: "é🌊" }
        flow main(q: str) {
            x«: str» = A.run(q); x = "again"
            let y«: list[int]» = [1]
            typed: int = 1
            let {s«: int», t: [u«: float»]} = {s: 1, t: [2.0]}
            for i«: int», v«: int» in y { print(i, v) }
            m«: int» = match x { n«: str» => 1 }
            f«: fn(int) -> int» = fn(a: int) => a + 1
            y |> map(fn(e«: int») => e)
            let [never, none] = 1
            nothing = null
        }
        """,
        "variables",
    )


def test_variables_of_a_script_show_their_type_once():
    check_hints("total«: int» = 1\ntotal = 2\nlet text«: str» = 'é'\nprint(total, text)\n", "variables")


def test_members_of_an_agent():
    check_hints('agent A { prompt: "p", let greeting«: str» = "hi" }\n', "variables")


def test_chains():
    check_hints(
        """
        protocol Draft { title: str }
        agent W implements Draft { prompt: "w" }
        agent C -> int { prompt: "c" }
        flow main(q: str) {
            return q >> W«: Draft» >> C«: int»
        }
        flow other(q: str) {
            x = q |>> [W, C]«: list[Draft | int]» &>> C«: int»
            y = (q >> W«: Draft»).title
            z = q |> W.run«: Draft» |> print
            true && false
        }
        """,
        "chains",
    )


def test_the_last_stage_is_not_said_twice():
    check_hints(
        """
        agent W { prompt: "w" }
        flow main(q: str) {
            x«: str» = q >> W«: str» >> W
            y: str = q >> W
            print(x, y, q >> W«: str»)
        }
        """,
        "chains",
        "variables",
    )


def test_results():
    check_hints(
        """
        protocol P { s: str }
        agent A implements P { prompt: "a", flow inner(x)« -> str» { return "x" } }
        flow no_params« -> P» { return A.run(1) }
        flow two(x: str, y = 1, )« -> int» { return 2 }
        flow written() -> int { return 2 }
        flow nothing() { print(1) }
        fn helper(f = (1))« -> list[int]» { [1] }
        flow main { }
        """,
        "results",
    )


def test_parameters():
    check_hints(
        """
        struct Point { x_axis: int, y_axis: int }
        fn look(topic: str, limit: int = 3) -> str { topic }
        flow study(topic: str, user: str) { }
        flow show_topic(topic: str) { }
        flow main(topic: str, user_topic: str, r: dict) {
            look(«topic:»"a", «limit:»2)
            look(topic, limit: 1)
            look(user_topic)
            look(r["topic"])
            look(r.topic)
            study(«topic:»user_topic + "x", «user:»topic)
            show_topic("x")
            len("x")
            std.fs.file_write(«path:»"a", «content:»"b")
            "x" |> study(«user:»"u")
            Point(«x_axis:»1, «y_axis:»2)
            print(1, 2)
            spawn study(«topic:»"t", «user:»"u")
        }
        """,
        "parameters",
    )


def test_levels_where_something_runs_side_by_side():
    check_hints(
        """
        agent A { prompt: "a", memory: none }
        agent B { prompt: "b", memory: none }
        flow side_by_side(q: str) {
            x = «L0»A.run(q)
            y = «L0»B.run(q)
            return «L1»A.run(x + y)
        }
        flow fan(q: str) { return q |>> [«L1»A, «L1»B] }
        flow sequence(q: str) { return A.run(B.run(q)) }
        flow either(q: str) { if q == "" { A.run(q) } else { B.run(q) } }
        flow branch(q: str) { return q ?? A : B }
        """,
        "levels",
    )


BUDGETS = """
@limit(max_tokens=800)
agent W { prompt: "w" }
protocol P { s: str }
agent C implements P { prompt: "c", max_tokens: 100, retry: 1 }
agent T uses std.fs { prompt: "t", max_tokens: 10, max_tool_calls: 2 }
agent Free { prompt: "f" }
flow two(x: str) -> P { return x >> W >> C }
"""


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ('flow f { W.run("x") }', "800"),
        ('flow f { W("x"); W.stream("y") }', "1,600"),
        ('flow f { C.run("x") }', "200"),
        ('flow f { T.run("x") }', "30"),
        ('flow f { two("x") }', "1,000"),
        ('flow f { Free.run("x") }', None),
        ('flow f { W.run("x"); Free.run("x") }', None),
        ("flow f { print(1) }", None),
        ('flow f { for i in [1, 2, 3] { W.run("x") } }', "2,400"),
        ('flow f(xs: list[str]) { for i in xs { W.run("x") } }', None),
        ('flow f { while true { W.run("x") } }', None),
        ('flow f { while true { print(1) } W.run("x") }', "800"),
        ('flow f { autoloop max_steps: 4 { W.run("x") } }', "3,200"),
        ('flow f { if true { W.run("x") } else { T.run("x") } }', "800"),
        ('flow f(q) { x = if q then T.run("x") else C.run("x") }', "200"),
        ('flow f(q) { match q { "a" => W.run("x"), _ => T } }', "800"),
        ("flow f(q: str) { q |>> [W, T] &>> C }", "1,030"),
        ('flow f { x = ["a", "b"] |>> W }', "1,600"),
        ("flow f(xs: list[str]) { x = xs |>> W }", None),
        ('flow f { x = W.run("z") |>> { "a", "b" } }', "2,400"),
        ('flow f { x = "l" ?? W : T }', "800"),
        ('flow f(q) { x = q >> W ?? { "a" => C.run("x"), _ => T.run("y") } }', "1,000"),
        ('flow f { x = join(W, T).C("x") }', "1,030"),
        ('flow f { parallel([fn() => W.run("a"), fn() => T.run("b")]) }', "830"),
        ("flow f { let g = fn(x) => W.run(x); g(1) }", None),
        ('flow f { let g = fn(x) => x; g(1); W.run("x") }', "800"),
        ('flow f { try { W.run("x") } catch (e) { T.run("x") } finally { T.run("x") } }', "860"),
        ('flow f { try_agent { W.run("x") } catch_correction (e) { } }', None),
        ('flow f { fork [a = W.run("1"), b = T.run("2")] merge C }', "1,030"),
        ('flow f { x = W.run("x") otherwise T.run("y") }', "830"),
        ("flow f(q) { q || [W, T] }", "830"),
        ("flow f(q: list[str]) { x = q && C }", "200"),
        ("flow f(q: bool) { x = q && true }", None),
        ('flow f { spawn W("x") }', None),
        ("flow f(n) { W.run(n); f(n) }", None),
        ('@budget(max_tokens=500)\nflow f { W.run("x") }', "500"),
        ('@budget(max_tokens=500)\nflow f { Free.run("x") }', "500"),
        ('@retry(max_attempts=2)\nflow f { W.run("x") }', "1,600"),
        ("flow f(w: agent[str, str]) { w.run(1) }", None),
        ('agent O { prompt: "o", flow own(q) { W.run(q) } }\nflow f { O.own("x") }', "800"),
    ],
)
def test_budgets(flow, expected):
    project, path, _ = snapshot(BUDGETS + flow)
    start = len(BUDGETS)
    found = [one.text for one in hints(project, path) if one.kind == "budget" and one.offset > start]
    assert found[-1:] == ([f"≤ {expected} tokens"] if expected else [])


def test_a_budget_follows_the_flow_that_is_called():
    project, path, _ = snapshot(BUDGETS + "flow f { two(1) }")
    assert [one.text for one in hints(project, path) if one.kind == "budget"] == ["≤ 1,000 tokens"] * 2
    text = project.file(path).text.replace(b">> W >> C", b">> C")
    at = text.index(b">> C")
    project = project.with_file(project.file(path).edited([Edit(at, at + 9, at + 4)], text))
    assert [one.text for one in hints(project, path) if one.kind == "budget"] == ["≤ 200 tokens"] * 2


def test_what_is_off_is_not_shown():
    for _, text in programs():
        project = Project(Settings(), lambda _: None).with_file(File.parse(ROOT + "a.nx", text))
        assert hints(project, ROOT + "a.nx", NOTHING) == []


def test_a_range_shows_its_own():
    project, path, _ = snapshot("flow a { x = 1 }\nflow b { y = 2 }\n")
    everything = hints(project, path)
    assert [one.text for one in everything] == [": int", ": int"]
    for hint in everything:
        assert hints(project, path, EVERYTHING, Span(hint.offset, hint.offset)) == [hint]
    assert hints(project, path, EVERYTHING, Span(0, 9)) == []


def test_broken_code_keeps_its_hints():
    check_hints("flow a { x«: int» = 1\n print(\n}\nflow b( { \nflow c { y«: str» = 'a' }\n", "variables")


def test_nothing_of_a_secrets_file():
    project, path, _ = snapshot('config a {\n    KEY = "s"\n}\n', "secrets.nxs")
    assert hints(project, path) == []
    assert inlay_hints(project, "/no.nx", Span(0, 1), Wanted()) == []


def test_it_stops_when_nobody_waits():
    project, path, _ = snapshot("flow a { x = 1 }\n")
    assert inlay_hints(project, path, Span(0, 9), Wanted(), lambda: False) is None


def test_names_in_hints_lead_to_their_declarations():
    project, path, _ = snapshot(
        textwrap.dedent("""\
        //- lib.nxlib
        protocol Draft { title: str }
        //- main.nx
        include "lib.nxlib"
        agent W implements Draft { prompt: "w" }
        fn look(topic: Draft) -> str { "x" }
        flow main { x = [W.run(1)]; look(x[0]) }
        """)
    )
    parts = [part for hint in hints(project, path) for part in hint.parts]
    places = {part.text: target_of(project, path, part) for part in parts}
    lib, text = ROOT + "lib.nxlib", project.file(path).text
    start = project.file(lib).text.index(b"Draft")
    assert places["Draft"] == (lib, Span(start, start + 5))
    start = text.index(b"topic")
    assert places["topic:"] == (path, Span(start, start + 5))
    assert places["list["] is None
    assert target_of(project, path, Part("x", ("Gone",))) is None


@pytest.mark.parametrize(("name", "text"), programs(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_type_that_can_be_inserted_may_stand_there(name, text):
    """Inserted, it is a hint no more, and the program is as correct as before."""
    path = ROOT + name
    project = Project(Settings(), lambda _: None).with_file(File.parse(path, text))
    before = [one.code for one in project.findings(path) if one.severity is Severity.ERROR]
    wanted = [one for one in hints(project, path) if one.insert]
    for hint in reversed(wanted):
        text = text[: hint.offset] + hint.insert.encode() + text[hint.offset :]
    project = project.with_file(File.parse(path, text))
    assert [one.code for one in project.findings(path) if one.severity is Severity.ERROR] == before
    assert not [one for one in hints(project, path) if one.kind in ("variable", "result") and one.insert]


@pytest.mark.parametrize("seed", range(12))
def test_after_random_edits_the_hints_are_those_of_a_fresh_start(seed):
    dice = random.Random(seed)
    name, text = dice.choice(programs())
    path = ROOT + name
    project = Project(Settings(), lambda _: None).with_file(File.parse(path, text))
    for _ in range(25):
        edit, text = random_edit(dice, text)
        project = project.with_file(project.file(path).edited([edit], text))
        hints(project, path)
    project = project.with_file(project.file(path).fresh())
    fresh = Project(Settings(), lambda _: None).with_file(File.parse(path, text))
    assert hints(project, path) == hints(fresh, path)
