"""A mistake of syntax in one declaration adds no finding about names to any other."""

from __future__ import annotations

import pytest

from harness.cascading import outcome
from harness.damage import damages
from harness.findings import project_of
from harness.slips import slips
from nexa.compiler.rule import Finding

SEEDS = range(6)
PER_SEED = 100


@pytest.mark.parametrize("seed", SEEDS)
def test_others_stay_as_they_were(seed: int) -> None:
    for slip in slips(seed, PER_SEED):
        found = outcome(slip)
        assert not (found.counts and found.added), (found.added, slip, found.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_others_stay_as_they_were_whatever_is_damaged(seed: int) -> None:
    for slip in damages(seed, PER_SEED):
        found = outcome(slip)
        assert not (found.counts and found.added), (found.added, slip, found.text)


def findings(text: str) -> tuple[Finding, ...]:
    return project_of({"a.nx": text}).findings("a.nx") or ()


TORN = [
    ('agent Ann prompt prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent Ann { prompt prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent uses f { prompt: "x" }\nfn f() { 1 }', "flow main { print(Ann.run(1)) }"),
    ("agent", "flow main { print(Ann.run(1)) }"),
    ('@tool("x")\nfn (a: str) -> str { a }', 'agent Ann uses f { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    ('@tool("x")\nfn fa: str) -> str { a }', 'agent Ann uses f { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    ("fn longname(a str) { a }", "flow main { print(longname(1)) }"),
    ("fn longnamea: str) { a }", "flow main { print(longname(1)) }"),
    ('type = float @ "x"', "flow main(x: Percent) { print(x) }"),
    ('struct R { a: int }\nShown for R {\n    fn show() -> str { "x" }\n}', "flow main { print(R(a: 1).show()) }"),
    (
        'struct R { a: int }\nimpl\nShown for R {\n    fn show() -> str { "x" }\n}',
        "flow main { print(R(a: 1).show()) }",
    ),
    ('agent Ann { prompt: "x"\nlet done = [1]\nsend = fn(x) => x', "flow main { print(done, send(1), Ann.run(1)) }"),
    ("let = 1", "flow main { print(done) }"),
    ("let send: list[str] []", "flow main { print(send(1)) }"),
    ('flow f {\n    pass 1, x y."\n    print(g())\n}\nfn g() { 1 }', "flow main { f() }"),
    (' prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('\n    prompt: "x"\n    before_step { }\n}', "flow main { print(Ann.run(1)) }"),
    ("protocol  a: str, b: int }", "fn f(x: Plan) { x }\nflow main { f(1) }"),
    (" goal: str, steps: list[str] }", 'agent Ann implements Plan { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    (', std.json {\n    role: "x"\n}', "flow main { print(Ann.run(1)) }"),
    (" return 1 }", "flow main { print(add()) }"),
    ("    let x = 1\n    return x\n}", "flow main { print(add()) }"),
    ("    }\n    return 0\n}", "flow main { print(add()) }"),
    (") -> int { 1 }", "flow main { print(add()) }"),
    ('protocol P { a: str }\nP {\n    prompt: "x"\n    memory: none\n}', "flow main { print(Ann.run(1)) }"),
    ('agent not { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('job on "mail" { perform(user: str) { print(user) } }', 'flow main { Mail.enqueue({user: "a"}) }'),
    (' "mail" { perform(user: str) { print(user) } }', 'flow main { Mail.enqueue({user: "a"}) }'),
    ('mail" { perform(user: str) { print(user) } }', 'flow main { Mail.enqueue({user: "a"}) }'),
    ('kv open("x")', 'flow main { print(cache.get("a")) }'),
    ("flow list[str] { return [] }", "flow main { print(names()) }"),
    (' float @ "x"', "flow main(x: Percent) { print(x) }"),
    ("let 1", "flow main { print(done) }"),
    ('db new =agent Ann { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('flow new(a) { x = agent Ann { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    (" fn area() -> float }", "struct Box { w: float }\nimpl Shape for Box { fn area() -> float { self.w } }"),
    (
        "struct Box { w: float }\nimpl Shape\n    fn area() -> float { self.w }\n}",
        "flow main { print(Box(w: 1.0).area()) }",
    ),
    ('agent { prompt: "x" }', 'flow f(n: str) -> str requires len(Ann.run(n)) > 0 { return n }\nflow main { f("a") }'),
    ('agent { : "x" }', "flow main(question: str) { print(Ann >> Bob) }"),
    ("enum  Approved(by: str), Waiting }", "flow main(x: Decision) { print(x, Decision::Waiting) }"),
    ("struct Box { w: float }\nimpl Shape\n", "flow main { print(Box(w: 1.0).area()) }"),
    ("flow  print(1)) }", "flow main { review() }"),
    ("fn  str { 1 }", "flow main { print(classify(1)) }"),
    ('" {\n    perform(user: str) { print(user) }\n}', 'flow main { Mail.enqueue({user: "a"}) }'),
    ('agent f(1 { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ("1 send = fn(x) => x", "flow main { print(send(1)) }"),
    ("type New =\nif 1 > 2 {\n    some = 2\n}", "print(some)"),
    ("if 1 > 2 {\n     = 2\n}", "print(some)"),
    ('@tool("x\n', 'flow f() { 1 }\nagent Ann uses look { prompt: "x" }\nflow main { print(Ann.run(f())) }'),
    ('    prompt: "x"\n    fn total() { 1 }\n}', "flow main { total = 2\nprint(total) }"),
    ('server tool Ledger { mcp: "https://x" }', 'agent Ann uses Ledger { prompt: "x" }\nflow main { Ann.run(1) }'),
    ('inc "tools.nxlib"', 'agent Ann uses look { prompt: "x" }\nflow main { Ann.run(1) }'),
    ('.http { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ("if 1 > 2 {\n    in = 2\n}", "print(some)"),
    ("let waiting = [1]\n: list[str] = []", "print(done)"),
    ("flow new() -> for n in [1, 2] {\n    total = n\n}", "print(total)"),
    ("flow question: str) -> str { return question }", "flow main {\n    question = 1\n    print(question)\n}"),
    ('[ "lib/tools.nxlib"', 'agent Ann uses look { prompt: "x" }\nflow main { Ann.run(1) }'),
    ('inc "tools', 'agent Ann uses look { prompt: "x" }\nflow main { Ann.run(1) }'),
    ('inc\u202elude "oops', "flow main { look(1) }"),
    ('n Anninclude "tools.nxlib', "flow main { look(1) }"),
    ("let", "for one in [1] { print(send(one)) }"),
    ("let = fn(text: str) => text", "for one in [1] { print(send(one)) }"),
    ("flow f(1(n: int) -> int { 1 }", "flow main { print(spin(1)) }"),
    ('python! "tools.nxlib"', 'agent Ann uses look { prompt: "x" }\nflow main { Ann.run(1) }'),
    ("enum New {", "let x = 1\nprint(x)"),
    ("protocol New {", "if 1 > 2 {\n    some = 2\n}\nprint(some)"),
    ("let one = select([], 10) ?? {", "let two = 2\nprint(two)"),
    ("let one = select([], 10) ?? {", 'print("#{2 | length}")'),
    ('agent An n { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('agent A\tnn { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('kv a = open("x")\n= agent Ann { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ('include "oops\n---', "flow main { print(1) }"),
    ('include "a.nx\n--- a/x.nx\n+++ b/x.nx\n@@ -1 +1 @@', "flow main { print(1) }"),
    ('flow fthe text answers yes"\n{\n    return 1\n}', "flow main { print(f()) }"),
    (' look, std.fs, "skills/a.md" { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ("let str] = []", "for one in [1] { done.append(one) }"),
    ('"x" }', "flow main { print(Ann.run(1)) }"),
    ("n + 1 }", "flow main { print(add(1)) }"),
    ("x is\ndone = 1", "print(done)"),
    ('"parcel lost", "wrong size"]', "for one in waiting { print(one) }"),
    ('type Day = str @ "a day"\n: Money }', "fn f(x: Plan) -> Day { x }\nflow main { f(1) }"),
    ("let do\tne = 1", "print(done)"),
    ('lib/tools.nxlib"', 'agent Ann uses look { prompt: "x" }\nflow main { Ann.run(1) }'),
    (' ?? {"index": -1}', "print(choice)"),
    (' @ "between 0 and 1"', "fn f() -> Percent { 1 }\nflow main { print(f()) }"),
    ('agent Anntry {} catch {} implements P { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ("tool New { python: for n in [1, 2] {\n    total = n\n}", "print(total)"),
    ("async fn f() {if 1 > 2 {\n    some = 2\n}", "print(some)"),
    ("| a | b |\n|---|---|", "let later = 1\nprint(later)"),
    ("flow ff(x)n: str) -> str { return n }", 'flow main { print(f("a")) }'),
    ("]", "for one in waiting { print(one) }"),
    ("agent  PS C:\\> dir", "flow main { print(Ann.run(1)) }"),
    ("// fn total() -> int {\n//     return 1\n}", "flow main { print(total()) }"),
    ("/// Sums.\\nfn total() -> int {\n}", "flow main { print(total()) }"),
    ('type Money = float @ "x"\nfn  Money {\n    match 1 { _ => 2.5 }\n}', "flow main { print(total()) }"),
    (" steps:", 'agent Ann implements Plan { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    (
        'struct R { a: int }\ntrait D { fn show() -> str }\nimpl D for R {\n#{self.a} for" }\n}',
        "flow main { print(R(a: 1).show()) }",
    ),
    ("let some = 1\nif some > 1 {\n    do\u200bne = 2\n}", "print(done)"),
    ('":memory:")', 'flow main { print(answers.get("a")) }'),
    (" memory: none ｝", "flow main { print(Ann.run(1)) }"),
    ('a.b "tools.nxlib"', 'agent Ann uses look { prompt: "x" }\nflow main { Ann.run(1) }'),
    ("/*\nflow f() -> int {\n*/\n    return 1\n}\nconst x = () => 1;", "flow main { print(f()) }"),
    (
        "        return Decision::Rejected{x}opinion)\n"
        '        who = std.ask_human.ask_human{x}"Approve #{r.describe{x})}?", default: "")',
        'flow main {\n    print("a", "b")\n    print("#{1}: #{2}")\n}',
    ),
    ('agent Tuto{r { prompt: "x" }', "flow main { print(Tutor.run(1)) }"),
    ("fn emp=y() -> int { 1 }", "flow main { print(empty()) }"),
    ('type S\'core = int @ "x"', "fn f(x: Score) { x }\nflow main { f(1) }"),
    ("protocol P/*erson { name: str }", "fn f(x: Person) { x }\nflow main { f(1) }"),
    ("let l`imit: int = 3", "flow main { print(limit) }"),
    ("type -Line = (str, str)", "fn f(x: Line) { x }\nflow main { f(1) }"),
    ('cent = float @ "x"', "fn f(x: Percent) { x }\nflow main { f(1) }"),
    ('n YYYY-MM-DD"', "fn f(x: IsoDate) { x }\nflow main { f(1) }"),
    ("r, str, str)", "fn f(x: Line) { x }\nflow main { f(1) }"),
    ("ck(xs, i) { xs[i] }", "flow main { print(check_it([1], 0)) }"),
    ('st[str] { std.regex.find("a", "b") }', 'flow main { print(emails("a")) }'),
    ('wer implements Plan { prompt: "x", context { input_schema: Draft } }', "flow main { print(Reviewer.run(1)) }"),
    ("ind = 1\n}", "fn f(x: Guest) { x }\nflow main { f(1) }"),
    (
        "trait Greets { fn name() -> str }\nstruct Cat { called: str }\nimpl Gree",
        'fn f(x: Greets) { x }\nflow main { f(Cat(called: "x")) }',
    ),
    (
        "trait Greets { fn name() -> str }\nstruct Cat { called: str }\nimpl Greets xor Cat { fn name() -> str { 1 } }",
        'fn f(x: Greets) { x }\nflow main { f(Cat(called: "x")) }',
    ),
    ("enum Shape { Circle(r: float", 'flow main(x: any) {\n    match x {\n        Point => print("p"),\n    }\n}'),
    (
        'agent Ann { prompt: "x" }\nagent B prompt: "x',
        "flow main {\n    print(fork [Ann.run(1), Ann.run(2)] merge Bea)\n}",
    ),
    (
        'agent Ann { prompt: "x" }\nagent Bob { prompt: "x" }\nagxt Cid { prompt: "x" }',
        "flow main(x: str) {\n    a = Ann.run(x)\n    b = Bob.run(x)\n    c = Cid.run(a)\n    print(a, b, c)\n}",
    ),
    ('agent C"Fix it.", max_tool_calls: 5 }', "flow main { print(Coder.run(1)) }"),
    ("type Line = str\n? {\n    return null\n}", 'flow main { print(parse_line("a")) }'),
    ("fn f() { 1 }\n,\n        (_, 0) => 0.0\n    }\n}", "flow main { print(discount(f())) }"),
    (
        'trait Greets { fn name() -> str }\nstruct Cat { called: str }\n    fn name() -> str { "x" }\n}',
        'fn f(x: Greets) { x }\nflow main { f(Cat(called: "x")) }',
    ),
    ("fn many(n) { out = []; zor i in range(n) { out.append(i) }; return out }", "flow main { many(1).append(2) }"),
    (
        "trait Greets { fn name() -> str }\nstruct Cat { called: str }\ninimpl Greets for Cat { fn name() { 1 } }",
        'fn f(x: Greets) { x }\nflow main { f(Cat(called: "x")) }',
    ),
    ('mplements Plan { prompt: "x" }', "flow main { print(Ann.run(1)) }"),
    ("type Line = str\n) -> Line { fn(x: float) -> float { x } }", "flow main { print(percent(1)) }"),
    ('type Line = str\n], parts[2:].join(" "))\n}', "flow main { print(parse_line(1)) }"),
    ("agent Editor { role:\nlet topics = [1]\nnotes: dict[str, str] = {}", "for one in [1] { print(notes, one) }"),
    ("'s name\"", "fn f(x: Name) { x }\nflow main { f(1) }"),
    (
        "protocol (nswer { text: str }\n/// Looks a word up.",
        "@tool fn look(word: str) -> str { word }\nflow main { print(look(str(1))) }",
    ),
    (
        "struct Rect { w: int }\nimpl Scales fxr Rect { fn scaled() -> int { 1 } }",
        "impl Rect { fn grow() -> int { self.scaled() } }\nflow main { print(Rect(w: 1).grow()) }",
    ),
    (
        "trait Greets { fn name() -> str }\nstruct Cat { called: str }\n"
        "impl Greets for Cat {\n    fn name() -> str { self.called }\n>>>>>>> topic\n    fn loud() { 1 }\n}",
        'fn told(g: Greets) -> str { g.name() }\nflow main { print(told(Cat(called: "x"))) }',
    ),
    (
        "trait Greets { fn name() -> str }\nstruct Cat { called: str }\nimpl Greets for Cat ?\n    fn name() -> str ?",
        'fn f(x: Greets) { x }\nflow main { f(Cat(called: "x")) }',
    ),
    ("fn f() { 1 }\n }", "flow main { print(empty(f())) }"),
    ("type Tags = list[str]\n fn(str) -> str", "fn f(x: Handler) { x }\nflow main { f(1) }"),
    ('type New =\ninclude "parts.nx"', "flow main { print(look(1)) }"),
    ('two words "./parts.nx"', "flow main { print(look(1)) }"),
    ("type Handler = fn(str) - str", 'fn f(h: Handler) { h("a") }\nfn g(x: str) -> str { x }\nflow main { f(g) }'),
    (
        'trait Greets { fn name() -> str }\nstruct Cat { called: str }\nr Cat {\n    fn name() -> str { "x" }\n}',
        'fn f(x: Greets) { x }\nflow main { f(Cat(called: "x")) }',
    ),
    ("match 1 {", "print(2)\nlet v = 2\nprint(v)"),
    ("match 1 {\n    1 => 2", 'agent Ann { prompt: "x" }\nprint(Ann.run(1))\nlet v = 2\nprint(v)'),
    ("match 1 {\n    1 => 2\n", "flow main { print(2) }"),
    ("let x = match 1 {\n    1 => 2", "print(1.5 + 2)\nlet v = 2\nprint(v)"),
    ("match 1 {\n    1 => {\n        print(2)", "print([1][0])\nlet v = 2\nprint(v)"),
    ('f"', "print([1][0])\nlet v = 2\nprint(v)"),
    ('print(f"', "print([1][0])\nlet v = 2\nprint(v)"),
    ('let v = f"a {', "print([1][0])\nlet w = 2\nprint(w)"),
    ("f'", "flow main { print(2) }"),
    ("let le", 'agent Ann { prompt: "x" }\nprint(send("x"))\nprint(Ann.run(1))'),
    ("let le", "flow main { print(len(1, 2)) }"),
]


@pytest.mark.parametrize(("torn", "healthy"), TORN)
def test_a_torn_declaration_is_no_mistake_of_its_users(torn: str, healthy: str) -> None:
    found = findings(f"{torn}\n{healthy}\n")
    behind = len(torn.encode()) + 1
    assert [one for one in found if one.span.start < behind]
    assert [(one.code, one.message) for one in found if one.span.start >= behind] == []


def test_a_mark_before_a_line_is_no_mistake_of_the_line_above() -> None:
    healthy = 'print("a")'
    found = findings(f'{healthy}\n>let card = template"""x"""\nprint(card)\n')
    assert [one.code for one in found if one.span.start <= len(healthy)] == []
    assert findings(f"{healthy}\n>let card = 1\n")


@pytest.mark.parametrize("rule", ["---", "***", "+++ b/a.nx"])
def test_a_rule_between_declarations_is_no_mistake_of_the_one_above(rule: str) -> None:
    healthy = 'type Day = str @ "a day"'
    found = findings(f"{healthy}\n\n{rule}\n\nflow main(day: Day) {{ print(day) }}\n")
    assert [one for one in found if one.span.start > len(healthy)]
    assert [one.code for one in found if one.span.start <= len(healthy)] == []


def test_text_without_an_end_ends_before_a_decorator() -> None:
    torn = "protocol Score { points: ` int }"
    found = findings(
        f'{torn}\n@limit(max_tokens=800)\nagent Ann {{ prompt: "x" }}\nflow main {{ print(Ann.run(1)) }}\n'
    )
    assert [one.code for one in found if one.span.start > len(torn)] == []


def test_a_head_without_a_body_before_a_loop_does_not_take_the_loop_away() -> None:
    found = findings("let send = fn(x: str) -> str\n\nfor one in [1] {\n    if one > 0 { continue }\n}\n")
    assert "NX118" not in [one.code for one in found]


def test_torn_text_that_may_have_swallowed_a_declaration_says_nothing_of_it() -> None:
    torn = "flow new(a) { x = enum Color { Red, Green }"
    found = findings(f"{torn}\nflow main {{\n    c = Color::Red\n    print(c)\n}}\n")
    assert "NX101" in [one.code for one in found]
    assert [one.code for one in found if one.span.start > len(torn)] == []


def test_a_torn_library_may_use_what_its_includer_declares() -> None:
    program = 'include "a.nx"\nagent Ann { prompt: "x" }\nflow main { look("x") }\n'
    project = project_of({"a.nx": "fn look(x: str) { x }\nflow co\n", "main.nx": program})
    assert [one.code for one in project.findings("main.nx") or ()] == []


CERTAIN = [
    ("fn f(a b) { 1 }", "flow main { print(g()) }", "NX201"),
    ("protocol { a: str }", "flow main { print(g()) }", "NX201"),
    ("agent { prompt: 1 2 }", "fn f(x: Pln) { x }\nflow main { f(1) }", "NX202"),
    ("agent {", "flow main { print(later)\nlater = 1 }", "NX201"),
    ("agent {", "flow main { print(_) }", "NX201"),
    ("=>", "flow main { print(g()) }", "NX201"),
    ("}", "flow main { print(g()) }", "NX201"),
    ("fn f(a b) { 1 }", "flow main { print(send(1)) }", "NX302"),
    ("fn total(a: int) {\n    print(a b)\n}", "flow main { print(totl(1)) }", "NX201"),
    ("print(1 2)", "flow main { print(g()) }", "NX201"),
    ("let x = 1 2", "flow main { print(g(x)) }", "NX201"),
    ("x = [1 2]", "flow main { print(g(x)) }", "NX201"),
    ("if 1 > 2 { print(1 2) }", "flow main { print(g()) }", "NX201"),
    ("std.fs.read(1 2)", "flow main { print(g()) }", "NX201"),
    ('agent Bot { prompt: ""x" }', "flow main { Bot = 2\nprint(Bot) }", "NX110"),
]


@pytest.mark.parametrize(("torn", "healthy", "code"), CERTAIN)
def test_what_cannot_depend_on_torn_text_is_still_said(torn: str, healthy: str, code: str) -> None:
    behind = len(torn.encode()) + 1
    assert code in [one.code for one in findings(f"{torn}\n{healthy}\n") if one.span.start >= behind]
