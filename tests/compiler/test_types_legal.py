"""Small legal programs that a careless checker would complain about: nothing may be said of their types."""

from __future__ import annotations

import pytest

from harness.findings import project_of

PROGRAMS = {
    "a variable that starts as null": (
        "let last = null\nfn use_it() { last ?? 1 }\nlast = 3\nflow main { print(use_it() + 1) }"
    ),
    "a member that starts as null": (
        'agent A { prompt: "x"\n let seen = null\n fn note(x: str) { seen = x }\n'
        ' fn get() -> str { seen ?? "none" }\n}\nflow main { A.note("a")\nprint(A.get()) }'
    ),
    "a dict that grows": (
        'flow main { d = {a: {b: [1, 2]}, c: 3}\n print(d.a.b[0] + 1, d["c"] + 1, d["zz"])\n d["x"] = "y"\n'
        " for k, v in d { print(k.upper(), v) } }"
    ),
    "a list of records": (
        "protocol N { next: N?, v: int }\nfn sum_up(n: N?) -> int { total = 0\n"
        " while n != null { total += n.v\n n = n.next }\n total }\nflow main { print(sum_up(null)) }"
    ),
    "an early return": "flow main(x: int?) -> int { if x is null or x < 0 { return 0 }\n return x + 1 }",
    "two null checks": (
        "flow main(x: int?, y: str?) -> int { if x != null and y != null { return x + len(y.upper()) }\n return 0 }"
    ),
    "the other half of a union": 'flow main(x: int | str) -> str { if x is not str { return "n" }\n return x }',
    "a match over a union": (
        'fn f(x: int | str | null) -> int { match x { null => 0, "a" => 1, _ => 2 } }\n'
        'flow main { print(f(1), f("a"), f(null)) }'
    ),
    "variants without their enum": (
        'enum E { A(int), B(str), C }\nfn f(e: E) -> str { match e { A(n) => "#{n + 1}", E::B(s) => s.upper(), '
        'C => "c" } }\nflow main { print(f(E::C)) }'
    ),
    "patterns of an option": (
        "fn f(x: int?) -> int { match x { Some(v) => v + 1, None => 0 } }\nflow main { print(f(3)) }"
    ),
    "a conversion that may fail": "flow main(q: str) -> int { try { return int(q) } catch (e) { return 0 } }",
    "a branch that raises": 'flow main(n: int) -> int { if n > 1 { return 1 } else { raise ToolError("x") } }',
    "an endless while": "flow main(n: int) -> int { while true { n += 1\n if n > 3 { return n } } }",
    "an endless loop": "flow main(n: int) -> int { loop { n += 1\n if n > 3 { return n } } }",
    "arms that return": "flow main(n: int) -> int { match n { 1 => return 1, _ => return 2 } }",
    "two ways of a semantic condition": (
        'flow main(q: str) -> str { semantic_if "it is a long text" against q { return "a" } else { return "b" } }'
    ),
    "python that returns": 'flow main(q: str) -> dict { python! """\n    return {"a": q}\n    """ }',
    "python that assigns": 'flow main(q: str) -> int { python! """\n    x = 3\n    """\n return x }',
    "an exit": "flow main(n: int) -> int { if n > 1 { return 1 }\n exit(2) }",
    "a generic protocol": (
        "protocol Page[T] { items: list[T], next: int? }\n"
        "fn firsts(p: Page[int]) -> int { p.items[0] + (p.next ?? 0) }\n"
        "flow main { print(firsts({items: [1], next: null})) }"
    ),
    "an alias of a dict": (
        'type Row = dict[str, any]\nfn f(r: Row) -> Row { {..r, a: 1} }\nflow main { print(f({b: 2})["a"] + 1) }'
    ),
    "a function as a value": (
        "fn twice(f: fn(int) -> int, n: int) -> int { f(f(n)) }\n"
        "flow main { print(twice(fn(x) => x + 1, 2), twice(fn(x: int) -> int { x * 2 }, 3)) }"
    ),
    "a flow for an agent": (
        'agent A { prompt: "x" }\nfn ask(a: agent[str, str], q: str) -> str { a.run(q) }\n'
        'flow g(q: str) -> str { return q }\nflow main { print(ask(A, "x"), ask(g, "y")) }'
    ),
    "a result": (
        'fn p(s: str) -> Result[int, str] { n = int(s)?\n Result::Ok(n) }\nflow main { r = p("1")\n'
        " print(match r { Result::Ok(v) => v, Result::Err(e) => len(e) }) }"
    ),
    "operators of text, lists and durations": (
        'flow main(n: int) { print("-" * 3, 3 * "-", "a" + n, n + "a", [1] + ["a"], 2s + 3s, 2 * 3s, n % 2) }'
    ),
    "comparisons": (
        'flow main(n: int, f: float, o: int?) { print(n < f, n == f, o == 3, "a" < "b", "a" in "abc", 1 in [1], '
        '"k" in {k: 1}, [1] contains 1) }'
    ),
    "a job": (
        'job J { perform(a: int, b: str = "x") { print(a + 1, b) } }\nflow main { J.enqueue({a: 1})\n'
        ' J.enqueue({a: 1, b: "y"}, {priority: "high"})\n J.enqueue_in(2h, {a: 1}) }'
    ),
    "default methods of a trait": (
        "trait Area { fn area() -> float\n fn twice() -> float { self.area() * 2 } }\nstruct Sq { side: float }\n"
        "impl Area for Sq { fn area() -> float { self.side * self.side } }\n"
        "flow main { sq = Sq(side: 2)\n s: Area = sq\n print(sq.twice() + sq.side, s.area()) }"
    ),
    "routes": (
        'protocol Bill { sum: float }\nagent Payer { prompt: "Pay.", context { input_schema: Bill } }\n'
        'agent Ann { prompt: "Answer." }\nflow two(a: str, b: int) -> str { return a }\n'
        'server 8080 { route POST "/a" => Ann >> Payer\n route POST "/b" => two\n route "/c" { handler: Ann } }'
    ),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_legal_program_is_left_alone(name: str) -> None:
    findings = project_of({"main.nx": PROGRAMS[name]}).findings("main.nx") or ()
    wrong = [(one.code, one.message) for one in findings if one.code[:3] in ("NX1", "NX3") or one.severity == "error"]
    assert wrong == []
