"""Rows of the reference's table of codes: further ways to violate them than the manuals show, and near misses."""

from __future__ import annotations

import pytest

from harness.edits import applied
from harness.findings import differences, findings_of
from nexa.compiler.rule import Severity

SERIOUS = frozenset({Severity.ERROR, Severity.WARNING})

FOUND = '''
    agent Ann { prompt: "x" }
    flow main(x: str) { ys = [Ann, 3]; print(x |>> ys) }
                                                 //^^ NX305: fan-out target is not a stage but `int`
===
    flow main(x: str) { print(x |>> { "a", "b" }) }
                            //^ NX305: hints need the run of an agent on their left, not `str`
===
    agent Ann { prompt: "x" }
    flow main(x: str) { print(join(Ann, 3).Ann(x)) }
                                      //^ NX305: fan-out target is not a stage but `int`
===
    fn done() -> bool { true }
    flow main { loop { print(1) } until (done) }
                                       //^^^^ NX308: condition is always true: `done` is a function
===
    flow main(e: int?) { match e { Option::Some(x) => print(x) } }
                       //^^^^^ NX314: match is not exhaustive: `null` is missing
===
    flow main(e: bool?) { match e { null => print(0), true => print(1) } }
                        //^^^^^ NX314: match is not exhaustive: `false` is missing
===
    flow main(e: list[int]) { match e { [] => print(1), [x] => print(x) } }
                            //^^^^^ NX314: match is not exhaustive: `_` is missing
===
    flow main(e: list[int]) { match e { [] => print(1), [3, ..rest] => print(rest) } }
                            //^^^^^ NX314: match is not exhaustive: `_` is missing
===
    flow f() -> int { result = "客🙂" }
                    //^^^^^^ NX316: `f` returns `int`, found `str`
===
    flow f() -> unit { return 1 }
                            //^ NX316: `f` returns `unit`, found `int`
===
    flow main { t = (1, 2); print(t[5]) }
                                 //^ NX319: `[]` cannot look up `int` in `(int, int)`
===
    flow main { n = 3; print(n[1:2]) }
                            //^ NX319: `[]` cannot be applied to `int`
===
    agent Ann { prompt: "x" }
    flow main { print(await Ann) }
                          //^^^ NX324: cannot await agent `Ann`; its runs need no `await`
===
    flow main { t = spawn(fn() => 1); pass "m" to t; print(await t) }
                                                //^ NX325: cannot pass a message to `task[int]`; only actors…
===
    struct Point { a: int }
    flow main { for x in Point(a: 1) { print(x) } }
                       //^^^^^^^^^^^ NX326: cannot iterate over `Point`
===
    flow main { n = 3; print([..n]) }
                              //^ NX326: cannot iterate over `int`; `range` counts
===
    enum Shape { Round(r: float), Flat }
    flow main(s: Shape) { match s { Shape::Round(a, b) => print(a, b), _ => print(2) } }
                                  //^^^^^^^^^^^^^^^^^^ NX327: pattern cannot match `Shape`: `Round` carries 1, not 2
===
    fn plus(a: int, b: int) -> int { a + b }
    flow main { print(plus(2, a: 1)) }
                    //^^^^ NX302: `plus` takes 2 arguments, 2 given, none for `b`
===
    agent Bot { prompt: "x" }
    flow g { print(Bot.run("x")) }
    flow main { g = 1; Bot: int = 3; print(Bot.run("x")) }
              //^ NX110: cannot assign to this: `g` is a flow
                     //^^^ NX110: cannot assign to this: `Bot` is an agent
===
    flow main { print(render(template"""🙂{{#if a}}x{{/for}}""", {a: 1})) }
                                                 //^^^^^^^^ NX119: template: unexpected `{{/for}}`; expected `{{/if}}`
===
    flow main { x = True; print(x, Null) }
                  //^^^^ NX201: `True` is not defined; did you mean `true`?
                                 //^^^^ NX201: `Null` is not defined; did you mean `null`?
===
    flow main(q: str) { print(q >> Nope) }
                                 //^^^^ NX201: `Nope` is not defined
===
    @timeout(seconds=foo)
                   //^^^ NX201: `foo` is not defined
    flow main { print(1) }
===
    agent Bob { prompt: "x", fn tidy(a: str) -> str { a } }
    agent Ann uses Bob.tydy { prompt: "x" }
                 //^^^^^^^^ NX204: `uses` names unknown `Bob.tydy`; did you mean `tidy`?
    flow main { print(Ann.run("x")) }
===
    @parallel
   //^^^^^^^^ NX206: `@parallel` does nothing before an agent; it is for a flow
    agent Ann { prompt: "x" }
    @tool("x")
   //^^^^ NX206: `@tool` does nothing before a flow; it is for a function
    flow main { print(Ann.run("x")) }
===
    agent Ann { prompt: "x" }
    flow main { print(Ann.clone(new_name: "y", tmperature: 0.2).run("x")) }
                                             //^^^^^^^^^^ NX220: `Ann.clone` has no parameter `tmperature`…
===
    type Word = str
    agent Ann implements Word { prompt: "x" }
                       //^^^^ NX222: `Word` is not a protocol but a type alias
===
    tool Rate { description: "x" }
    flow main { t = spawn Rate("x"); print(await t) }
                        //^^^^ NX222: `Rate` is not an agent or flow but a tool
===
    flow main { n: int = 1; n += "x"; xs: list[int] = [1]; print(n, xs) }
                               //^^^ NX301: expected `int`, found `str`
===
    tool Rate { description: "x", parameters: {"of": "list[str]", "at": "str?", "why": "the reason, in words"} }
    flow main { print(Rate([1], why: "客"), Rate(["a"], "now", 3), Rate(["a"])) }
                          //^ NX301: expected `str`, found `int`
                                                            //^ NX301: expected `str`, found `int`
                                                                //^^^^ NX302: `Rate` takes 2 to 3 arguments, 1 given
===
    fn done() -> bool { true }
    agent Ann { prompt: "x", fn ready() -> bool { true } }
    flow main { if Ann.ready { print(done()) } }
                 //^^^^^^^^^ NX308: condition is always true: `Ann.ready` is a function
===
    protocol Report { score: int }
    flow main(r: Report) { let {scroe} = r; print(scroe) }
                              //^^^^^ NX312: protocol `Report` has no field `scroe`; did you mean `score`?
===
    protocol Left { score: int }
    protocol Right { n: int }
    agent Ann implements Left, Right { prompt: "x" }
    flow main { a = Ann.run("x"); print(a.score, a.n, a.z) }
                                                      //^ NX213: `Left & Right` has no member `z`
===
    @timeout(seconds="soon")
                   //^^^^^^ NX322: property `seconds` wants a number, found `str`
    @retry("often")
         //^^^^^^^ NX322: property `max_attempts` wants a whole number, found `str`
    flow main { print(1) }
===
    protocol Left { a: str }
    protocol Right { a: int }
    agent Ann implements Left, Right { prompt: "x" }
                             //^^^^^ NX323: `Left` and `Right` declare different outputs
===
    flow main { print(true == 1) }
                         //^^ NX330: comparison is always false: `bool` and `int` are never equal
===
    agent Ann { prompt: "x" }
    flow f(a: str) -> str ensures (result >> Ann) == "ok" { return a }
                                 //^^^^^^^^^^^^^ NX503: contract condition runs agent `Ann`
===
    flow main(m: str) { print(std.regex.match("*a", m) otherwise [], matches(m, "客(")) }
                                            //^^^^ NX115: invalid regular expression: nothing to repeat
                                                                              //^^^^ NX115: invalid regular expression…
===
    enum Shape { Round, Flat }
    fn plain(x: int) -> int { x }
    flow main { s = Shape::Flat; print(s.round, plain.rn(3)) }
                                       //^^^^^ NX213: `Shape` has no member `round`
                                                    //^^ NX213: function `plain` has no member `rn`…
===
    flow main { xs: list[int] = [1]; xs[0] = "a"; d: dict[str, int] = {}; d["k"] = 1.5; print(xs, d) }
                                           //^^^ NX301: expected `int`, found `str`
                                                                                 //^^^ NX301: expected `int`…
===
    tool Rate { description: "x" }
    server 8080 {
        route GET "/a" => Rate
                        //^^^^ NX328: route target `Rate` is not an agent or flow but tool `Rate`
        route GET "/b" => "text"
                        //^^^^^^ NX328: route target `"text"` is not an agent or flow but `str`
    }
===
    agent Ann { prompt: "x" }
    agent Bob { prompt: "x" }
    flow main(x: str) {
        join(Ann, Bob)
      //^^^^ NX414: results of the fan-out are dropped
        print(x)
    }
===
    flow main(m: str) {
        match m { intent("asks for 客") => print(1), intent("asks for 客") => print(2), _ => print(3) }
                                                  //^^^^^^^^^^^^^^^^^^^^ NX315: arm can never match: `asks for 客`…
        print(semantic_if (m, "how is it") { "good" => 1, "good" => 2, _ => 3 })
                                                        //^^^^^^ NX315: arm can never match: `good` has an arm above
    }
===
    flow main(x: str) { 阶段 = []; print(x |>> 阶段) }
                                           //^^ NX410: nothing to fan out to
===
    agent Ann { prompt: "x" }
    flow main(x: str) { print(join().Ann(x)) }
                            //^^^^^^ NX410: nothing to fan out to
===
    job Mail { perform(user: str) { print(user) } }
    flow main { work = {"usr": "客🙂"}; print(Mail.enqueue(work)) }
                                                       //^^^^ NX329: job `Mail` wants `user`; found `usr`
===
    job Mail { perform(user: str) { print(user) } }
    flow main { work = {"user": 3}; print(Mail.enqueue(work)) }
                                                     //^^^^ NX301: expected `str`, found `int`
===
    flow main { n = 3; m = n; print(m?, n otherwise 4) }
                                   //^ NX313: `m` cannot fail
                                        //^^^^^^^^^ NX313: `n` cannot fail
===
    agent Ann { prompt: "x" }
    flow asked(x: str) -> str { return x >> Ann }
    fn is_fine(x: str) -> bool { asked(x) == "ok" }
    flow f(x: str) -> str requires is_fine(x) { return x }
                                 //^^^^^^^^^^ NX503: contract condition runs agent `Ann`, through `is_fine`
    flow main { print(f("a")) }
===
    flow main {
        xs = [1]
        print(map(xs, fn(a, b) => a + b), filter(xs, fn() => true), sorted(xs, 3))
                    //^^^^^^^^^^^^^^^^^ NX301: expected `fn(int) -> any`, found `fn(int, any) -> any`
                                                   //^^^^^^^^^^^^ NX301: expected `fn(int) -> any`, found `fn() -> bool`
                                                                             //^ NX301: expected `fn(int) -> any`…
    }
===
    fn twice(n: int) -> int { n * 2 }
    flow main { t = spawn(twice); print(await t, parallel([fn() => 1, twice])) }
                        //^^^^^ NX301: expected `fn() -> any`, found `fn(int) -> int`
                                                                    //^^^^^ NX301: expected `fn() -> any`…
===
    flow main(xs: list[int]) { xs.append("🙂"); xs.extend(["a"]); xs.insert(0, "a"); print(xs) }
                                       //^^^ NX301: expected `int`, found `str`
                                                        //^^^ NX301: expected `int`, found `str`
                                                                            //^^^ NX301: expected `int`, found `str`
===
    flow main(a: bool, b: bool) { match (a, b) { (true, true) => print(1), (true, false) => print(2) } }
                                //^^^^^ NX314: match is not exhaustive: `(false, _)` is missing
===
    enum Shape { Round(full: bool), Flat, Wide(int, str) }
    flow main(s: Shape, t: Shape?) {
        match s { Shape::Round(true) => print(1), Flat => print(2), Shape::Wide(3, _) => print(3) }
      //^^^^^ NX314: match is not exhaustive: `Round(false)` and `Wide` are missing
        match (s, t) { (Shape::Round(_), _) => print(1), (Flat, null) => print(2), (Shape::Wide(n, _), _) => print(n) }
      //^^^^^ NX314: match is not exhaustive: `(Flat, Some(_))` is missing
    }
===
    enum Shape { Round(full: bool), Flat }
    flow main(s: Shape, b: bool) {
        match s { Shape::Round(_) => print(1), Shape::Round(true) => print(2), _ => print(3) }
                                             //^^^^^^^^^^^^^^^^^^ NX315: arm can never match: `Shape::Round(true)`…
        match (s, b) { (Flat, _) => print(1), (Flat, true) => print(2), _ => print(3) }
                                            //^^^^^^^^^^^^ NX315: arm can never match: `(Flat, true)` has an arm above
    }
===
    struct Point { a: int }
    flow main(p: Point) { match p { Point {b} => print(b), _ => print(0) } }
                                         //^ NX216: struct `Point` has no field `b`
===
    struct Point { a: str }
    flow main(x: str) { print(x >> Point, x |>> [Point]) }
                                 //^^^^^ NX304: right side of `>>` is not a stage but struct `Point`; `|>` makes one
                                               //^^^^^ NX305: fan-out target is not a stage but struct `Point`…
===
  async flow main { print(1) }
//^^^^^ NX120: `async` is not Nexa; leave it out: every function may wait
===
  export agent Ann { prompt: "x" }
//^^^^^^ NX120: `export` is not Nexa; leave it out: every declaration is visible to whoever includes the file
===
    agent Ann { prompt: "客🙂", perform(a) { print(a) } }
                            //^^^^^^^ NX117: `perform` is not allowed here; it belongs in the body of a `job`
===
    fn f(x: int) -> int { if x > 1 { return 1 } }
     //^ NX317: not every path returns `int`
    agent Ann { prompt: "客🙂", fn g(x: int) -> str { for i in [x] { print(i) } } }
                               //^ NX317: not every path returns `str`
    flow main { print(f(1), Ann.g(1)) }
===
    coutn += 1
  //^^^^^ NX201: `coutn` is not defined here: it has no value yet that could be changed
    print(coutn)
===
    agent Ann { prompt: "x", output_schema: {"total": "float"} }
    flow main { t = Ann.run("x"); print(t.totla) }
                                        //^^^^^ NX213: `{total: float}` has no member `totla`
===
    flow main { t = spawn(fn() => 1); t.cacnel(); print(await t, "soon", img("a").widht) }
                                      //^^^^^^ NX213: `task[int]` has no member `cacnel`; did you mean `cancel`?
                                                                                //^^^^^ NX213: `image` has no…
===
    flow main { t = spawn(fn() => 1); x = await t, "soon"; print(x) }
                                                 //^^^^^^ NX301: expected `float`, found `str`
===
    flow main(xs: list) { print(render(template"""{{#for x in xs}}{{@inedx}} {{x}}{{/for}}""", {xs: xs})) }
                                                                  //^^^^^^ NX119: template: unknown name `@inedx`…
===
    fn pick(hard: bool) -> fn(str) -> str { if hard { return fn(q) => q } else { return fn(q) => q.upper() } }
    flow main { print("客" |> pick(false)) }
                           //^^^^ NX302: `pick` takes 1 argument, 2 given
===
    text = "x"
  //^^^^ NX212: `text` hides the predeclared `text`
    print(text)
    text = "y"
'''

SILENT = '''
    agent Ann { prompt: "x" }
    agent Bob { prompt: "x" }
    flow main(x: str, stages) { r = Ann.run(x); print(r |>> { "a" }, x |>> stages, join(Ann, Bob).Ann(x)) }
===
    fn done() -> bool { true }
    flow main { loop { print(1) } until ("all is said" or done()) }
===
    flow main(e: int?) { match e { Option::Some(x) => print(x), Option::None => print(0) } }
===
    flow main(e: bool?) { match e { null => print(0), true => print(1), false => print(2) } }
===
    flow main(e: list[int]) { match e { [] => print(1), [x] => print(x), [x, y, ..rest] => print(x, y, rest) } }
===
    flow f() -> int { result = null; result = 3 }
===
    fn f(xs: list[int]) -> unit { xs.append(1) }
    flow g() -> unit { return print(1) }
===
    flow main { t = (1, 2); xs = [1]; print(t[1], xs[5], xs[0:1], "ab"[0:1]) }
===
    agent Ann { prompt: "x" }
    flow main(h) { a = spawn Ann("x"); pass "m" to a; pass "m" to h; print(await a, await h) }
===
    protocol Row { a: int }
    flow main(r: Row, d: dict, s: str, o: list[int]?) {
        for x in r { print(x) }
        for k, v in d { print(k, v, [..s]) }
        for x in o { print(x) }
    }
===
    enum Shape { Round(r: float), Flat }
    flow main(s: Shape) { match s { Shape::Round(r) => print(r), Shape::Flat => print(2) } }
===
    flow g { print(1) }
    flow main { if true { let h = g; h() } }
===
    @timeout(30s)
    @retry(max_attempts="3")
    @tool("x", risk_level: low)
    fn f() -> str { "x" }
    agent Bob { prompt: "x", fn tidy(a: str) -> str { a } }
    agent Ann uses Bob.tidy, f { prompt: "x" }
    flow main { print(Ann.clone(new_name: "y", temperature: 0.2).run("x")) }
===
    protocol Answer { reply: str }
    type Reply = Answer
    agent Ann implements Reply { prompt: "x" }
    flow main { let {reply} = Ann.run("x"); print(reply) }
===
    tool Rate { description: "x", parameters: {"of": "str", "at": "str?"} }
    flow main(x: str) { print(x >> Rate, Rate(x), Rate(x, null)) }
===
    flow main { n: int = 1; n += 2; s = "a"; s += 1; print(n, s, render(template"""{{#if a}}{{/if}}""", {a: 1})) }
===
    flow main(m: str) { part = "("; print(matches(m, "#{part}"), std.regex.match("a+", m) otherwise []) }
===
    enum Shape { Round, Flat }
    trait Shown { fn shown() -> str { "x" } }
    impl Shown for Shape { }
    impl Shape { fn name() -> str { "y" } }
    flow main { s = Shape::Flat; print(s.shown(), s.name()) }
===
    flow main { xs = [1]; xs[0] = "a"; ys: list[float] = [1.0]; ys[0] = 2; print(xs, ys) }
===
    agent Ann { prompt: "x" }
    agent Bob { prompt: "x" }
    flow last(x: str) { print(x)
        join(Ann, Bob).Ann(x) }
    flow main { print(join(Ann, Bob)); last("x") }
===
    flow main(m: str, b: bool) {
        match m { intent("asks for help") if b => print(1), intent("asks for help") => print(2), _ => print(3) }
        print(semantic_if (m, "how is it") { _ => 3, "good" => 1, "bad" => 2 })
    }
===
    flow main { defer { print(1) } print(2); defer { print(3) }; defer print(4) }
===
    agent Ann { prompt: "x" }
    flow main(x: str, b: bool) {
        r = Ann.run(x)
        n = 3
        if b { n = null }
        stages = []
        if b { stages.append(Ann) }
        print(r otherwise "none", n ?? 4, x |>> stages)
    }
===
    job Mail { perform(user: str, copy: str = "") { print(user, copy) } }
    flow main {
        work = {"usr": "a"}
        work["user"] = "b"
        print(Mail.enqueue(work), Mail.enqueue({user: "a", copy: "b"}))
    }
===
    fn f(x: int) -> int { if x > 1 { return 1 } else { return 2 } }
    fn g(x: int) -> int { if x > 2 { return x }
        exit(1) }
    fn h(x: int) -> int { python! """return x""" }
    fn k(x: int) { if x > 1 { return 1 } }
    fn l(x: int) -> int { try { return x } catch (e) { raise e } }
    fn m(x: int) -> int { while true { if x > 2 { return 3 } } }
    fn n(x: int) -> int { match x { 1 => { return 1 } _ => { return 2 } } }
    fn o(x: int) -> unit { if x > 1 { print(x) } }
    flow main { print(f(1), g(1), h(1), k(1), l(1), m(1), n(1)); o(1); x = await spawn(fn() => 1), 2s; print(x) }
===
    agent Ann { prompt: "x" }
    flow f(q: str) -> str {
        try_agent { return Ann.run(q) } catch_correction (e: ToolError) { reflect "客: #{e}" }
    }
    flow g(q: str) -> str {
        try_agent { return Ann.run(q) } catch_correction (e: ToolError) { if q == "" { reflect("again") } }
        return "none"
    }
    flow h(q: str) -> str {
        try { return Ann.run(q) } catch (e: ToolError) { reflect "again: #{e}" }
        return "none"
    }
    flow main { print(f("x"), g("x"), h("x")) }
===
    fn is_fine(x: str) -> bool { len(x) > 3 }
    flow f(x: str) -> str requires is_fine(x) { return x }
    flow main { print(f("a")) }
===
    struct Point { x: int, y: int = 0 }
    agent Ann { prompt: "x" }
    fn plus(a: int, b: int = 1) -> int { a + b }
    flow idle(n: int = 1) { print(n) }
    flow main(xs: list[float], stages) {
        xs.append(2)
        ys = ["a"]
        ys.append(3)
        print(map([1], Point), map([1], plus), map(ys, Ann), sorted(xs, fn(x) => -x), 3 |> Point, map(xs, stages))
        t = spawn(idle)
        print(await t, parallel([fn() => 1, fn() { "x" }]), race([fn(n = 2) => n]))
    }
===
    enum Shape { Round(full: bool), Flat }
    flow main(s: Shape, t: Shape?, r: Result[bool, str], x) {
        match s { Shape::Round(true) => print(1), Shape::Round(false) => print(2), Flat => print(3) }
        match (s, t) { (Shape::Round(_), _) => print(1), (Flat, Option::None) => print(2), (_, Round) => print(3),
            (_, Flat) => print(4) }
        match r { Ok(true) => print(1), Ok(false) => print(2), Err(why) => print(why) }
        match (x, r) { (1, Ok(_)) => print(1), (n, Err(_)) => print(n) }
        match ((1, true), "a") { ((n, true), _) => print(n), ((_, false), t) => print(t) }
    }
'''


def split(table: str) -> list[str]:
    """The fixtures of a table."""
    return [one.strip("\n") for one in table.split("===\n")]


@pytest.mark.parametrize("text", split(FOUND))
def test_a_violation_is_found(text: str) -> None:
    assert "//^" in text
    wrong = differences(text, severities=SERIOUS)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("text", split(SILENT))
def test_a_near_miss_is_silent(text: str) -> None:
    wrong = differences(text, severities=SERIOUS)
    assert not wrong, "\n".join(["", *wrong])


FIXED = {
    ("NX112", 'flow f(n) { print(f"客 {n:.2f} {n!r}") }'): 'flow f(n) { print("客 #{n | number(2)} #{n}") }',
    ("NX107", 'agent A { prompt: "a\n \\ b" }'): 'agent A { prompt: "a\n \\\\ b" }',
    ("NX111", "flow f(a: int) { print(0 < g(a) < 9) }"): "flow f(a: int) { print(0 < g(a) and g(a) < 9) }",
    ("NX120", "export flow main { print(1) }"): "flow main { print(1) }",
    ("NX122", 'agent A -> int -> str { prompt: "客" }'): 'agent A -> int { prompt: "客" }',
    ("NX101", "flow main { 客 f(1); print(客) }\nfn f(n: int) -> int { n }"): (
        "flow main { 客 = f(1); print(客) }\nfn f(n: int) -> int { n }"
    ),
    ("NX326", "flow main { for i in 3 { print(i) } }"): "flow main { for i in range(3) { print(i) } }",
    ("NX118", 'print("🙂")\nreturn 1\nprint(2)'): 'print("🙂")\nprint(2)',
    ("NX208", "flow f(r) { let {a, b} = r; print(a) }"): "flow f(r) { let {a, b: _b} = r; print(a) }",
    ("NX213", "job J { perform() { } }\nflow f { J.enque({}) }"): "job J { perform() { } }\nflow f { J.enqueue({}) }",
    ("NX217", "enum Option { Some(value), None }\nflow f { print(1) }"): "flow f { print(1) }",
    ("NX526", 'agent A { prompt: "客", before_step { } }'): 'agent A { prompt: "客" }',
    ("NX526", 'agent A { before_step { } prompt: "客" }'): 'agent A { prompt: "客" }',
    ("NX526", "flow f { after_step { } print(1) }"): "flow f { print(1) }",
    ("NX531", "flow f { autoloop max_steps: 3, timeout: 9 { let a = 1; print(a) } }"): (
        "flow f { autoloop max_steps: 3, timeout: 9 { let a = 1; print(a); "
        'verify "the result is complete and correct" against a } }'
    ),
}
"""What the first fix of a code makes of a program."""


@pytest.mark.parametrize(("code", "text"), FIXED)
def test_a_violation_is_mended(code: str, text: str) -> None:
    found = next(one for one in findings_of({"main.nx": text}) if one.code == code)
    assert found.fix is not None
    assert applied(text.encode(), found.fix.edits) == FIXED[code, text]


def test_a_format_that_has_no_filter_is_left_to_people() -> None:
    found = next(one for one in findings_of({"main.nx": 'flow f(n) { print(f"{n:>10}") }'}) if one.code == "NX112")
    assert found.fix is None
