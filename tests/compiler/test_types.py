"""Types: what is found in bodies, what must stay silent, and what types expressions have."""

from __future__ import annotations

import pytest

from harness.findings import project_of
from nexa.compiler import ast
from nexa.compiler.rule import Severity
from nexa.compiler.types import show

PRELUDE = """
protocol Plan { goal: str, steps: list[str] }
protocol Bill { payee: str, sum: float, note: str? }
protocol Wide { payee: str, sum: int, goal: str }
type Money = float @ "not negative"
agent Planner implements Plan { prompt: "Plan." }
agent Biller implements Bill { prompt: "Bill." }
agent Wider implements Wide { prompt: "Bill." }
agent Payer { prompt: "Pay.", context { input_schema: Bill } }
agent Ann { prompt: "Answer." }
agent Bob { prompt: "Check." }
struct Point { x: int, y: int = 0 }
enum Shape { Round(r: float), Flat }
trait Shown { fn shown() -> str }
impl Shown for Point { fn shown() -> str { "#{self.x}" } }
job Mail on "mail" { perform(user: str) { print(user) } }
tool Rate { description: "r", parameters: { "from": "string" }, returns: "float" }
fn plus(a: int, b: int = 1) -> int { a + b }
fn maybe(s: str) -> str? { if s == "" { return null }
 return s }
fn fails(s: str) -> Result[int, str] { if s == "" { return Result::Err("no") }
 return Result::Ok(3) }
fn pay(amount: Money) -> Money { amount }
fn each(xs: list[int], f: fn(int) -> int) -> list[int] { map(xs, f) }
fn settle(bill: Bill) -> str { bill.payee }
fn shows(thing: Shown) -> str { thing.shown() }
flow number(x) { return plus(1) }
flow planned { return Planner.run("x") }
flow forth(n) { if n { return back(n) }
 return 1 }
flow back(n) { return forth(n) }
"""

BODY = "flow main(q: str, n: int, b: Bill, o: str?, xs: list[int], s: Shape, a: any, p: Point) {{\n{}\n}}\n"


def found(body: str) -> list[str]:
    """The findings of a body that rest on types: the code, and the text that each is about."""
    text = PRELUDE + BODY.format(body)
    project = project_of({"main.nx": text})
    raw = text.encode()
    return [
        f"{one.code} {raw[one.span.start : one.span.end].decode()}"
        for one in project.findings("main.nx") or ()
        if one.code.startswith("NX3") or one.code == "NX213"
    ]


SILENT = [
    # feeding: text is parsed, anything becomes text, records have what is needed
    "q >> Wider >> Payer",
    "Biller.run(q) >> Payer",
    "[Biller.run(q), Wider.run(q)] &>> Payer",
    "join(Biller, Wider).Payer(q)",
    "q |> Ann |> std.text.text_upper",
    "b >> Ann",
    "n >> plus",
    '{payee: "x", sum: 3} >> Payer',
    "q >> Rate",
    "a >> Payer",
    "q |>> [Payer, Ann]",
    "[q, q] |>> Payer",
    "Planner.run(q) || [Ann, Bob]",
    "print(Planner.run(q) ?? Ann : Bob)",
    "q >> (fn(x) => x.upper())",
    "stages = [Ann, Bob]\nprint(q |>> stages)",
    "x = Planner.run(q)\nif n > 1 { x = Biller.run(q) }\nprint(x >> Payer)",
    # null
    "print(o ?? q)",
    "if o is null { return }\nprint(plus(len(o)), o.upper())\nsettle(o)",
    "if o { std.text.text_upper(o) }",
    "if o != null and o.upper() == q { print(std.text.text_upper(o)) }",
    "if not b.note is null { print(std.text.text_upper(b.note)) }",
    "if b.note == null { return }\nprint(std.text.text_upper(b.note))",
    "let x: str? = null\nx = q\nprint(std.text.text_upper(x))",
    "let x: str? = null\nwhile x is null { x = maybe(q) }\nprint(std.text.text_upper(x))",
    "assert o != null\nprint(std.text.text_upper(o))",
    'print(match o { null => "", x => std.text.text_upper(x) })',
    "print(if o is null then 0 else len(std.text.text_upper(o)))",
    # failure
    "print(fails(q)? + 1, fails(q) otherwise 0)",
    "print(plus(fails(q) otherwise 0))",
    'print(Ann.run(q) otherwise "x")',
    # values
    "x = []\nx.append(1)\nx.append(q)\nprint(plus(x[0]))",
    'd = {}\nd["payee"] = q\nprint(settle(d))',
    "x = [1]\nx[0] = q\nprint(std.text.text_upper(x[0]))",
    "x = 1\nf = fn() { x = q }\nf()\nprint(std.text.text_upper(x))",
    'x = 1\npython! """x = 2"""\nprint(std.text.text_upper(x))',
    "x = 1\nloop { print(x)\nx = q\nif n > 2 { break } }\nprint(std.text.text_upper(x))",
    "x = q\ntry { x = n } catch (e) { print(e.message) }\nprint(std.text.text_upper(x))",
    "mark = snapshot()\nx = 1\nx = q\nrestore(mark)\nprint(plus(x))",
    "print(pay(3), pay(2.5) + 1, plus(2s))",
    "print(each(xs, fn(v) => v + 1))",
    "print(map(xs, fn(v) => v + 1)[0] + 1)",
    "print(number(1) + 1, planned().goal, forth(1) + q)",
    "print(shows(p), p.shown(), p.x + p.y)",
    "for i, x in xs { print(i + x) }",
    'for k, v in {"a": 1} { print(k.upper(), v + 1) }',
    'print(n == 1, q == "a", b == null, a == 1, s == Shape::Flat)',
    "print(match s { Shape::Round(r) => r * 2, Shape::Flat => 0.0 })",
    "let (x, y) = (1, q)\nprint(plus(x), y.upper())",
    "let [x, ..ys] = xs\nprint(plus(x), each(ys, fn(v) => v))",
    "print(await spawn(fn() => 1))",
    'Mail.enqueue({"user": q})',
    "print(n > 3 ?? 1 : 2)",
    "if a is int { print(plus(a)) }",
    "print(a.what.ever[1](2) + 3)",
]


@pytest.mark.parametrize("body", SILENT)
def test_what_fits_is_silent(body: str) -> None:
    assert found(body) == []


WRONG = {
    # connections
    "print(planned() >> Payer)": "NX303 Payer",
    "print(Planner.run(q) |> Payer)": "NX303 Payer",
    "print(maybe(q) |> plus)": "NX303 plus",
    "print(q |>> [Planner, Biller] &>> Payer)": "NX303 Payer",
    "print(join(Planner, Biller).Payer(q))": "NX303 Payer",
    "print(Planner.run(q) |>> [Ann, Payer])": "NX303 Payer",
    "print([Planner.run(q)] |>> Payer)": "NX303 Payer",
    "print(Planner.run(q) ?? Ann : Payer)": "NX303 Payer",
    "print([Planner.run(q), Biller.run(q)] && Payer)": "NX303 Payer",
    "Planner.run(q) || [Payer]": "NX303 Payer",
    "x = Planner.run(q)\ny = x\nprint(y >> Payer)": "NX303 Payer",
    "print({payee: 3, sum: 2.0} >> Payer)": "NX303 Payer",
    "print(3 >> Payer)": "NX303 Payer",
    "print(Payer.run(Planner.run(q)))": "NX301 Planner.run(q)",
    "print(settle(planned()))": "NX301 planned()",
    'print(q >> "x")': 'NX304 "x"',
    "print(q >> Ann.run(q))": "NX304 Ann.run(q)",
    "print(q >> (fn(x, y) => x))": "NX304 fn(x, y) => x",
    "print(q |>> 3)": "NX305 3",
    "print(n &>> Ann)": "NX306 n",
    "print(n && Ann && 1)": "NX307 &&",
    'print(q || "x")': "NX307 ||",
    # calls
    'print(plus("x"))': 'NX301 "x"',
    "print(plus())": "NX302 plus",
    "print(plus(1, 2, 3))": "NX302 plus",
    "print(plus(b: q, a: 1))": "NX301 q",
    "print(len())": "NX302 len",
    "print(q.replace(q))": "NX302 q.replace",
    "print(Ann.run())": "NX302 Ann.run",
    "print(each(xs, fn(v) => v.upper()))": "NX213 upper",
    "print(shows(s))": "NX301 s",
    'Mail.enqueue({"usr": q})': 'NX329 {"usr": q}',
    # values
    "let x: int = q": "NX301 q",
    "let x: list[int] = [1, q]": "NX301 q",
    "let x: dict[str, int] = {a: q}": "NX301 q",
    "let x: Bill = {payee: q}": "NX301 {payee: q}",
    "print(Point(x: q))": "NX301 q",
    "print(Point { x: q })": "NX301 q",
    "print(Shape::Round(q))": "NX301 q",
    "x: int = 1\nx = q": "NX301 q",
    "b.sum = q": "NX301 q",
    "let x: int = o": "NX301 o",
    "if o is null { print(std.text.text_upper(o)) }": "NX301 o",
    "print(b.pay)": "NX312 pay",
    "print(q.nothing())": "NX213 nothing",
    "print(p.z)": "NX213 z",
    "print(n.upper)": "NX213 upper",
    # operators
    "print(fails(q) + 1)": "NX319 +",
    "print(-q)": "NX319 -",
    "print(q < n)": "NX319 <",
    "print(n in n)": "NX319 in",
    "print(n[0])": "NX319 [",
    "x = 1\nx -= q": "NX319 -=",
    "print(q == n)": "NX330 ==",
    "print(q ?? n)": "NX313 ??",
    "print(1?)": "NX313 ?",
    "print(1 otherwise 2)": "NX313 otherwise",
    "print(q ?? 1 : 2)": "NX318 q",
    "if plus { print(1) }": "NX308 plus",
    "print(n > 1 and Ann)": "NX308 Ann",
    # statements
    "for x in n { print(x) }": "NX326 n",
    "let (x, y) = n": "NX327 (x, y)",
    'print(match n { "a" => 1, _ => 2 })': 'NX327 "a"',
    "print(match s { Shape::Flat => 1 })": "NX314 match",
    "print(match n { 1 => 1 })": "NX314 match",
    "print(match n { x => 1, 2 => 2 })": "NX315 2",
    "print(match n > 1 { true => 1, true => 2, false => 3 })": "NX315 true",
    "pass q to q": "NX325 q",
    "await q": "NX324 q",
    "f = fn(x: int) -> str { x }\nprint(f)": "NX316 x",
}


@pytest.mark.parametrize("body", WRONG)
def test_what_does_not_fit_is_one_finding(body: str) -> None:
    assert found(body) == [WRONG[body]]


TYPES = {
    "Planner.run(q)": "Plan",
    "q |>> [Planner, Ann]": "list[Plan | str]",
    "xs |>> Ann": "list[str]",
    "q >> Planner >> Ann": "str",
    "fails(q)?": "int",
    "maybe(q)": "str?",
    'maybe(q) ?? "x"': "str",
    "n / 2": "float",
    "n + 1.5": "float",
    "[1, 2]": "list[int]",
    "{a: 1}": "{a: int}",
    "(1, q)": "(int, str)",
    "map(xs, fn(v) => v * 1.5)": "list[float]",
    "number(1)": "int",
    "planned().steps[0]": "str",
    "forth(1)": "unknown",
    "if n > 1 then 1 else q": "int | str",
    "match s { Shape::Round(r) => r, _ => 0.0 }": "float",
    "spawn Ann(q)": "actor[str, str]",
    "Ann": "agent[str, str]",
    "plus": "fn(int, int) -> int",
    "std.fs.read(q)": "str",
    "a.b": "unknown",
}


@pytest.mark.parametrize("expression", TYPES)
def test_an_expression_has_a_type(expression: str) -> None:
    text = PRELUDE + BODY.format(f"return {expression}")
    project = project_of({"main.nx": text})
    file = project.file("main.nx")
    assert file is not None
    index = len(file.items) - 1
    typed = project.typed("main.nx", index)
    (value,) = (one.value for one in file.items[index].of(ast.Return))
    assert typed is not None
    assert value is not None
    assert show(typed.types[value]) == TYPES[expression]


# ── fixes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def fixed(body: str) -> list[tuple[str, list[str]]]:
    """Each fix of the first finding: its title, and the codes of the errors that are left when it is applied."""
    text = PRELUDE + BODY.format(body)
    findings = project_of({"main.nx": text}).findings("main.nx") or ()
    first = next(one for one in findings if one.code.startswith("NX3") or one.code == "NX213")
    results = []
    for fix in (first.fix, *first.others):
        assert fix is not None
        raw = text.encode()
        for edit in sorted(fix.edits, key=lambda one: -one.span.start):
            raw = raw[: edit.span.start] + edit.text.encode() + raw[edit.span.end :]
        left = project_of({"main.nx": raw}).findings("main.nx") or ()
        results.append((fix.title, [one.code for one in left if one.severity is Severity.ERROR]))
    return results


def test_a_connection_has_three_fixes() -> None:
    assert fixed("print(q >> Planner >> Payer)") == [
        ("Insert an agent that turns `Plan` into `Bill`", []),
        ("Add `payee` and `sum` to `Plan`", []),
        ("Make `payee` and `sum` optional in `Bill`", ["NX316"]),  # `settle` counts on `payee`
    ]


FIXES = [
    'print(plus("4"))',
    "print(plus(b: q, a: 1))",
    "print(std.text.text_upper(n))",
    "print(n &>> Ann)",
    "print(b.paye)",
    "print(p.yy)",
    "print(q ?? n)",
    "print(1?)",
    "print(1 otherwise 2)",
    "print(match s { Shape::Flat => 1 })",
    "print(match n { x => 1, 2 => 2 })",
    "print(match n { 1 => 1,\n 1 => 2,\n _ => 3 })",
]


@pytest.mark.parametrize("body", FIXES)
def test_a_fix_takes_its_finding_away(body: str) -> None:
    before = found(body)
    assert len(before) == 1
    left = [codes for _, codes in fixed(body)]
    assert left
    assert not any(left)


def test_a_flow_without_a_result_gets_one() -> None:
    text = "flow f(n: int) -> list[str] {\n    if n > 1 {\n        return []\n    }\n}\nflow main { print(f(1)) }\n"
    (finding,) = [one for one in project_of({"main.nx": text}).findings("main.nx") or () if one.code == "NX317"]
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    after = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert "    }\n    return []\n}" in after
    assert project_of({"main.nx": after}).findings("main.nx") == ()
