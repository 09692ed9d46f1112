"""Cycles of every kind: where they are reported, how their path is told, and what is none."""

from __future__ import annotations

import pytest

from harness.findings import check_findings, findings_of, project_of
from nexa.compiler.analysis import Project
from nexa.compiler.rule import Finding
from nexa.syntax import Edit

AGENTS = 'agent Ann { prompt: "a" }\nagent Bob { prompt: "b" }\nagent Cy { prompt: "c" }\n'

FIXTURES = {
    "three variables wait for each other": """
        agent Ann { prompt: "Answer." }
        flow main {
            a = Ann.run(b)
                      //^ NX401: `b` is needed before it is produced (cycle b → c → a → b)
            b = Ann.run(c)
            c = Ann.run(a)
            print(c)
        }
    """,
    "top-level variables wait for each other": """
        agent Ann { prompt: "Answer." }
        agent Bob { prompt: "Check." }
        second = Bob.run(first)
                       //^^^^^ NX401: `first` is needed before it is produced (cycle first → second → first)
        first = Ann.run(second)
        print(first)
    """,
    "values that lets, patterns and branches of a fork give": """
        agent Ann { prompt: "Answer." }
        agent Bob { prompt: "Check." }
        flow one {
            let b = Bob.run(a)
                          //^ NX401: `a` is needed before it is produced (cycle a → b → a)
            let a = Ann.run(b)
            print(a)
        }
        flow two {
            let (b, c) = (Bob.run(a), 1)
                                //^ NX401: `a` is needed before it is produced (cycle a → b → a)
            a = Ann.run(b)
            print(a, c)
        }
        flow three {
            fork [b = Bob.run(a), c = 1]
                            //^ NX401: `a` is needed before it is produced (cycle a → b → a)
            a = Ann.run(b)
            print(a, c)
        }
        flow main { one()
            two()
            three()
        }
    """,
    "something runs on the way, whichever step it is": """
        agent Ann { prompt: "Answer." }
        flow main {
            b = a + "!"
              //^ NX401: `a` is needed before it is produced (cycle a → t → b → a)
            t = Ann.run(b)
            a = "#{t}?"
            print(a)
        }
    """,
    "nothing runs on the way, or another value comes from elsewhere": """
        agent Ann { prompt: "Answer." }
        flow main {
            b = a + "!"
              //^ NX201: `a` is not defined here: it is assigned further down
            a = "#{b}?"
            d = Ann.run(c)
                      //^ NX201: `c` is not defined here: it is assigned further down
            c = "start"
            c = Ann.run("#{d} #{a}")
            print(c)
        }
    """,
    "cycles that share a variable": """
        agent Ann { prompt: "Answer." }
        flow main {
            a = Ann.run(b, c)
                      //^ NX401: `b` is needed before it is produced (cycle b → a → b)
                         //^ NX401: `c` is needed before it is produced (cycle c → a → c)
            b = Ann.run(a)
            c = Ann.run(a)
            print(b, c)
        }
    """,
    "cycles of tools that share an agent, or lie one in the other": """
        agent Ann uses Bob, Cy { prompt: "a" }
                     //^^^ NX404: agents use each other as tools: Ann → Bob → Ann
                          //^^ NX404: agents use each other as tools: Ann → Cy → Ann
        agent Bob uses Ann { prompt: "b" }
        agent Cy uses Ann, Dee { prompt: "c" }
                         //^^^ NX404: agents use each other as tools: Cy → Dee → Cy
        agent Dee uses Cy { prompt: "d" }
        flow main { print(Ann.run("x")) }
    """,
    "an agent that falls back on itself": """
        agent Ann { prompt: "a", fallback: Ann }
                                         //^^^ NX405: fallback cycle: Ann → Ann
        flow main { print(Ann.run("x")) }
    """,
    "every arm of a match calls, and one of them is always taken": """
        flow spin(n: int) -> int {
            return match n { 0 => spin(1), _ => spin(n - 1) }
                                //^^^^^^^ NX407: `spin` always calls itself: spin → spin
        }
        flow main { print(spin(1)) }
    """,
    "jobs of two cycles": """
        job One { perform() {
            Two.enqueue({})
            Three.enqueue({})
        } }
        job Two { perform() { One.enqueue({}) } }
                            //^^^^^^^^^^^^^^^ NX408: job `Two` enqueues itself: One → Two → One
        job Three { perform() { One.enqueue_in(1h, {}) } }
                              //^^^^^^^^^^^^^^^^^^^^^^ NX408: job `Three` enqueues itself: One → Three → One
        flow main { One.enqueue({}) }
    """,
    "what comes from the round before is no cycle": """
        agent Ann { prompt: "Answer." }
        flow main {
            a = "start"
            loop {
                b = Ann.run(a)
                a = Ann.run(b)
            } until (a == "done")
        }
    """,
    "a cycle of three files is reported once": """
        include "one.nxlib"
        flow main { print(one()) }
        //- one.nxlib
        include "two.nxlib"
        fn one() { two() }
        //- two.nxlib
        include "one.nxlib"
              //^^^^^^^^^^^ NX403: include cycle: one.nxlib → two.nxlib → one.nxlib
        fn two() { 2 }
    """,
    "a program and its library include each other": """
        include "lib.nxlib"
        fn helper() { 1 }
        flow main { print(lib()) }
        //- lib.nxlib
        include "main.nx"
              //^^^^^^^^^ NX403: include cycle: main.nx → lib.nxlib → main.nx
        fn lib() { helper() }
    """,
    "a file that two others include is in no cycle": """
        include "one.nxlib"
        include "two.nxlib"
        flow main { print(one(), two()) }
        //- one.nxlib
        include "base.nxlib"
        fn one() { base() }
        //- two.nxlib
        include "base.nxlib"
        fn two() { base() }
        //- base.nxlib
        fn base() { 1 }
    """,
    "tools across three agents, the first declared is named": """
        agent Ann uses Cy { prompt: "a" }
                     //^^ NX404: agents use each other as tools: Ann → Cy → Bob → Ann
        agent Bob {
            prompt: "b"
            uses: [Ann]
        }
        agent Cy uses Bob { prompt: "c" }
        flow main { print(Ann.run("x")) }
    """,
    "an agent in model lists": """
        agent Ann { prompt: "a", model: ["x/y", fallback: Bob] }
                                                        //^^^ NX405: fallback cycle: Ann → Bob → Ann
        agent Bob { prompt: "b", fallback: [Ann] }
        flow main { print(Ann.run("x")) }
    """,
    "one way out is enough": """
        flow down(n: int) -> int {
            if n < 1 { return 0 }
            return down(n - 1)
                 //^^^^^^^^^^^ NX406: recursive flows: down → down
        }
        flow main { print(down(3)) }
    """,
    "a check that fails is a way out": """
        flow down(n: int) -> int {
            assert n > 0
            return down(n - 1)
                 //^^^^^^^^^^^ NX406: recursive flows: down → down
        }
        flow main { print(down(3)) }
    """,
    "both ways call": """
        flow one(n: int) -> int {
            if n < 1 { return one(1) } else { return two(n) }
                            //^^^^^^ NX407: `one` always calls itself: one → one
        }
        flow two(n: int) -> int { return n >> one }
        flow main { print(one(3)) }
    """,
    "through a function, closed in declaration order": """
        fn helper(n: int) -> int { first(n) }
        flow first(n: int) -> int {
            return if n > 3 then 3 else helper(n + 1)
                                      //^^^^^^^^^^^^^ NX406: recursive flows: helper → first → helper
        }
        flow main { print(first(3)) }
    """,
    "functions alone may recurse": """
        fn factorial(n: int) -> int { if n < 2 then 1 else n * factorial(n - 1) }
        flow main { print(factorial(3)) }
    """,
    "the flows of an agent": """
        agent Ann {
            prompt: "a"
            flow plan(n: int) -> int { return self.work(n) }
            flow work(n: int) -> int { return plan(n) }
                                            //^^^^^^^ NX407: `Ann.work` always calls itself: Ann.plan → Ann…
        }
        flow main { print(Ann.plan(1)) }
    """,
    "jobs that enqueue each other": """
        job One on "q" { perform(day: str) { Two.enqueue({day: day}) } }
        job Two on "q" { perform(day: str) { One.enqueue_in(1h, {day: day}) } }
                                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ NX408: job `Two` enqueues itself: One…
        flow main { One.enqueue({day: "monday"}) }
    """,
    "tasks of local variables": """
        flow main {
            a = spawn(fn() { await b })
                           //^^^^^^^ NX409: waiting cycle: a → b → a
            b = spawn(fn() { await a })
            print(await a, await b)
        }
    """,
    "actors in top-level variables": """
        flow ping(_first: str) { await pongs }
                               //^^^^^^^^^^^ NX409: waiting cycle: pings → pongs → pings
        flow pong(_first: str) { await pings }
        pings = spawn ping("x")
        pongs = spawn pong("y")
        print(await pings)
    """,
    "a task that others wait for": """
        agent Ann { prompt: "a" }
        flow main {
            a = spawn(fn() => Ann.run("x"))
            b = spawn(fn() { await a })
            print(await a, await b)
        }
    """,
    "aliases and structs": """
        type Half = Other | int
           //^^^^ NX416: type `Half` contains itself: Half → Other → Half
        type Other = (Half, int)
        struct Left { right: Right }
             //^^^^ NX416: type `Left` contains itself: Left → Right → Left
        struct Right { both: (Left, int) }
        flow main(a: Half, b: Left) { print(a, b) }
    """,
    "an indirection ends a type": """
        type Json = str | list[Json] | dict[str, Json]
        type Maybe = Node?
        type None1 = None1?
        type Tree = Leaf | null
        type Leaf = int | Tree
        struct Node { next: Node?, other: Maybe, all: list[Node], give: fn(Node) -> Node, end: Node | null }
        flow main(a: Json, b: Node, c: None1, d: Tree) { print(a, b, c, d) }
    """,
}


@pytest.mark.parametrize("name", FIXTURES)
def test_a_cycle_is_found_where_it_is(name: str) -> None:
    check_findings(FIXTURES[name])


def cycle(text: str, code: str) -> Finding:
    return next(one for one in findings_of({"main.nx": text}) if one.code == code)


def test_each_step_is_a_related_place() -> None:
    text = "flow a() { return b() }\nflow b() { return c() }\nflow c() { return a() }\nflow main { a() }\n"
    found = cycle(text, "NX407")
    assert found.message == "`c` always calls itself: a → b → c → a"
    steps = [(one.message, text[one.span.start : one.span.end]) for one in found.related]
    assert steps == [("`a` calls `b`", "b()"), ("`b` calls `c`", "c()"), ("`c` calls `a`", "a()")]


@pytest.mark.parametrize(
    ("head", "left"),
    [
        ('agent A uses B { prompt: "" }', 'agent A { prompt: "" }'),
        ('agent A uses C, B { prompt: "" }', 'agent A uses C { prompt: "" }'),
        ('agent A uses B, C { prompt: "" }', 'agent A uses C { prompt: "" }'),
        ('agent A { prompt: "", uses: [B, C] }', 'agent A { prompt: "", uses: [C] }'),
    ],
)
def test_a_tool_is_dropped(head: str, left: str) -> None:
    text = head + '\nagent B uses A { prompt: "" }\nagent C { prompt: "" }\nflow main { A.run(C) }\n'
    fix = cycle(text, "NX404").fix
    assert fix is not None
    (edit,) = fix.edits
    assert (text[: edit.span.start] + edit.text + text[edit.span.end :]).split("\n")[0] == left


def edited(project: Project, old: str, new: str) -> Project:
    file = project.file("main.nx")
    assert file is not None
    at = file.text.index(old.encode())
    text = file.text.replace(old.encode(), new.encode(), 1)
    return project.with_file(file.edited([Edit(at, at + len(old.encode()), at + len(new.encode()))], text))


def test_typing_above_a_call_asks_no_program_rule_and_moves_the_finding() -> None:
    text = "flow spin(n: int) -> int {\n    x = n\n    return spin(x)\n}\nflow main { print(spin(1)) }\n"
    before = project_of({"main.nx": text})
    (known,) = before.findings("main.nx") or ()
    work = before.work.programs_checked
    after = edited(before, "x = n\n", "x = n + 12\n")
    (moved,) = after.findings("main.nx") or ()
    assert (known.code, moved.code) == ("NX407", "NX407")
    assert moved.span.start == known.span.start + len(" + 12")
    assert [one.span.start for one in moved.related] == [moved.span.start]
    assert after.work.programs_checked == work


def test_a_call_that_is_gone_closes_no_cycle() -> None:
    text = "flow a() { return b() }\nflow b() { return a() }\nflow main { a() }\n"
    before = project_of({"main.nx": text})
    assert [one.code for one in before.findings("main.nx") or ()] == ["NX407"]
    after = edited(before, "return a()", "return 1")
    assert after.findings("main.nx") == ()


def test_a_broken_flow_is_in_no_cycle() -> None:
    found = findings_of({"main.nx": "flow a() { return b() }\nflow b() { return a( }\nflow main { a() }\n"})
    assert {one.code[:3] for one in found} == {"NX1"}


def test_a_way_out_is_seen_though_the_calls_stay_the_same() -> None:
    text = (
        "flow spin(n: int) -> int {\n    if n > 1 { print(n) }\n    return spin(n)\n}\nflow main { print(spin(1)) }\n"
    )
    before = project_of({"main.nx": text})
    assert [one.code for one in before.findings("main.nx") or ()] == ["NX407"]
    after = edited(before, "{ print(n) }", "{ return n }")
    assert [one.code for one in after.findings("main.nx") or ()] == ["NX406"]
    again = edited(after, "{ return n }", "{ print(n) }")
    assert [one.code for one in again.findings("main.nx") or ()] == ["NX407"]
