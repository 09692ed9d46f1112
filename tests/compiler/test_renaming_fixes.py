"""What hides another name is renamed wherever it is meant, in all files, and nothing else is."""

from __future__ import annotations

from collections import Counter

import pytest

from harness.fixing import Way, ways
from harness.markers import read_fixture

RENAMED = {
    "a variable of the program": (
        """
        let print = 1
        flow f(x: int) { log("#{print} 客", print + x); t = template\"\"\"{{print}}\"\"\"; log(render(t, {}), 1) }
        fn log(a, b) { python! \"\"\"other(print, a, b)\"\"\" }
        flow main { f(print); log({print: print}, print: print) }
        """,
        """
        let print2 = 1
        flow f(x: int) { log("#{print2} 客", print2 + x); t = template\"\"\"{{print2}}\"\"\"; log(render(t, {}), 1) }
        fn log(a, b) { python! \"\"\"other(print2, a, b)\"\"\" }
        flow main { f(print2); log({print: print2}, print: print2) }
        """,
    ),
    "a variable that is assigned again": (
        "len = 1\nlen = len + 1\nprint(len)",
        "len2 = 1\nlen2 = len2 + 1\nprint(len2)",
    ),
    "an agent, in the case of agents": (
        """
        /// 客🙂
        agent len { prompt: "x" }
        agent B uses len { prompt: "y", fallback: len }
        flow main(x: str) { x >> len >> B; print(len.run("x"), "len") }
        """,
        """
        /// 客🙂
        agent Len { prompt: "x" }
        agent B uses Len { prompt: "y", fallback: Len }
        flow main(x: str) { x >> Len >> B; print(Len.run("x"), "len") }
        """,
    ),
    "a type, whose name is taken in its own case": (
        "protocol list { next: list? }\nfn f(list: list) -> list { list.next ?? list }\ntype List = int\n"
        "flow main { print(f({next: null})); let x: List = 1; print(x) }",
        "protocol List2 { next: List2? }\nfn f(list: List2) -> List2 { list.next ?? list }\ntype List = int\n"
        "flow main { print(f({next: null})); let x: List = 1; print(x) }",
    ),
    "a struct": (
        """
        struct map { x: int }
        impl map { fn one(self) -> map { map(x: self.x) } }
        flow main { print(map(x: 1).one()) }
        """,
        """
        struct Map2 { x: int }
        impl Map2 { fn one(self) -> Map2 { Map2(x: self.x) } }
        flow main { print(Map2(x: 1).one()) }
        """,
    ),
    "a handle": (
        'db env { url: "sqlite://x.db" }\nflow main { print(env.query("select 1")) }',
        'db env2 { url: "sqlite://x.db" }\nflow main { print(env2.query("select 1")) }',
    ),
    "a parameter, and its name in calls": (
        "flow f(input: str) { print(input); x = {input: input}; print(x) }\n"
        'flow main { f(input: "a"); f("b"); "c" >> f }',
        "flow f(input2: str) { print(input2); x = {input: input2}; print(x) }\n"
        'flow main { f(input2: "a"); f("b"); "c" >> f }',
    ),
    "a parameter of a member": (
        'agent A { prompt: "a" flow go(text: str) { print(text) } flow on { self.go(text: "x") } }\n'
        'flow main { A.go(text: "客"); A.on() }',
        'agent A { prompt: "a" flow go(text2: str) { print(text2) } flow on { self.go(text2: "x") } }\n'
        'flow main { A.go(text2: "客"); A.on() }',
    ),
    "a parameter of a tool": (
        '@tool("客")\nfn t(set: int) -> int { set + 1 }\nflow main { print(t(set: 1)) }',
        '@tool("客")\nfn t(set2: int) -> int { set2 + 1 }\nflow main { print(t(set2: 1)) }',
    ),
    "a parameter of a route": (
        'server 80 { route GET "/a/{min}" => show }\nflow show(min: str) { min }',
        'server 80 { route GET "/a/{min2}" => show }\nflow show(min2: str) { min2 }',
    ),
    "a parameter in several files": (
        """
        include "l.nxlib"
        flow main { log(text: "客"); other() }
        //- l.nxlib
        fn log(text: str) { print(text) }
        fn other() { text2 = 1; log(text: "a"); print(text2) }
        //- other.nx
        include "l.nxlib"
        test "a" { log(text: "b") }
        """,
        """
        include "l.nxlib"
        flow main { log(text2: "客"); other() }
        //- l.nxlib
        fn log(text2: str) { print(text2) }
        fn other() { text2 = 1; log(text2: "a"); print(text2) }
        //- other.nx
        include "l.nxlib"
        test "a" { log(text2: "b") }
        """,
    ),
    "a name that is taken in another file": (
        """
        include "l.nxlib"
        let print = 1
        flow main { log(print) }
        //- l.nxlib
        fn log(x) { print2 = x; return print2 }
        """,
        """
        include "l.nxlib"
        let print3 = 1
        flow main { log(print3) }
        //- l.nxlib
        fn log(x) { print2 = x; return print2 }
        """,
    ),
    "what a pattern takes apart": (
        "flow main { let {len, a: {min}} = {len: 1, a: {min: 2}}; print(len + min) }",
        "flow main { let {len: len2, a: {min}} = {len: 1, a: {min: 2}}; print(len2 + min) }",
    ),
    "a pattern of a match": (
        'flow main { x = 3; match x { {map} => print(map), abs if abs > 1 => print("客", abs), _ => { } } }',
        'flow main { x = 3; match x { {map: map2} => print(map2), abs if abs > 1 => print("客", abs), _ => { } } }',
    ),
    "a variable that hides one": (
        "flow main { x = 1; if x > 0 { let x = 2; print(x) }; print(x) }",
        "flow main { x = 1; if x > 0 { let x2 = 2; print(x2) }; print(x) }",
    ),
    "what is caught": (
        'flow main { try { print(1) } catch (open) { print(open, "#{open}") } }',
        'flow main { try { print(1) } catch (open2) { print(open2, "#{open2}") } }',
    ),
    "the value of a flow, which keeps its name": (
        "result = 1\nflow main { result = 2 }\nprint(result)",
        "result2 = 1\nflow main { result = 2 }\nprint(result2)",
    ),
    "in a test": (
        'test "a" { max = [1]; for x in max { assert x in max } }',
        'test "a" { max2 = [1]; for x in max2 { assert x in max2 } }',
    ),
    "a parameter of a lambda": (
        "flow main { f = fn(sum, y) => sum + y; print(f(1, 2)) }",
        "flow main { f = fn(sum2, y) => sum2 + y; print(f(1, 2)) }",
    ),
}  # fmt: skip


def hidden(text: str) -> list[Way]:
    """The fixes of what hides another name."""
    return [way for way in ways(read_fixture(text).files) if way.finding.code == "NX212"]


@pytest.mark.parametrize("name", RENAMED)
def test_what_hides_another_name_is_renamed(name: str) -> None:
    text, expected = RENAMED[name]
    way = hidden(text)[0]
    assert {path: data.decode() for path, data in way.texts.items()} == read_fixture(expected).files
    assert not way.fix.safe


@pytest.mark.parametrize("name", RENAMED)
def test_a_new_name_brings_no_new_finding(name: str) -> None:
    for way in hidden(RENAMED[name][0]):
        counts = [Counter((one.path, one.code) for one in found) for found in (way.before, way.after)]
        assert not counts[1] - counts[0], str(way)
        assert way.is_gone


@pytest.mark.parametrize("name", RENAMED)
def test_every_name_that_hides_another_has_a_fix(name: str) -> None:
    found = {way.finding for way in hidden(RENAMED[name][0])}
    assert found == {one for way in hidden(RENAMED[name][0]) for one in way.before if one.code == "NX212"}
