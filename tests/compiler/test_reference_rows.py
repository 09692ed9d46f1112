"""Rows of the reference's table of codes: further ways to violate them than the manuals show, and near misses."""

from __future__ import annotations

import pytest

from harness.findings import differences
from nexa.compiler.rule import Severity

SERIOUS = frozenset({Severity.ERROR, Severity.WARNING})

FOUND = """
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
                          //^^^ NX324: cannot await agent `Ann`
===
    flow main { t = spawn(fn() => 1); pass "m" to t; print(await t) }
                                                //^ NX325: cannot pass a message to `task[int]`
===
    struct Point { a: int }
    flow main { for x in Point(a: 1) { print(x) } }
                       //^^^^^^^^^^^ NX326: cannot iterate over `Point`
===
    flow main { n = 3; print([..n]) }
                              //^ NX326: cannot iterate over `int`
===
    enum Shape { Round(r: float), Flat }
    flow main(s: Shape) { match s { Shape::Round(a, b) => print(a, b), _ => print(2) } }
                                  //^^^^^^^^^^^^^^^^^^ NX327: pattern cannot match `Shape`: `Round` carries 1, not 2
===
    fn plus(a: int, b: int) -> int { a + b }
    flow main { print(plus(2, a: 1)) }
                    //^^^^ NX302: `plus` takes 2 arguments, 2 given, none for `b`
"""

SILENT = """
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
"""


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
