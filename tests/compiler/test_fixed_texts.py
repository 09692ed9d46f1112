"""What fixes leave reads as if it had been written: laid out as its neighbours, comments kept, and no new warning."""

from __future__ import annotations

import pytest

from harness.fixing import ways

TEXTS = {
    "the only statement": (
        "NX118",
        "flow main { if true { break }; print(1) }",
        "flow main { if true { }; print(1) }",
    ),
    "the first of a line": (
        "NX208",
        "flow main {\n    a = 1; b = 2; print(b)\n}",
        "flow main {\n    b = 2; print(b)\n}",
    ),
    "the last of a line": (
        "NX208",
        "flow main {\n    print(1); d = 4 // 客\n}",
        "flow main {\n    print(1) // 客\n}",
    ),
    "what is never reached": (
        "NX210",
        "fn h() { return 1; print(2); return 2 }",
        "fn h() { return 1 }",
    ),
    "a closer": (
        "NX103",
        'flow k { print(")") ) }',
        'flow k { print(")") }',
    ),
    "arguments with comments": (
        "NX121",
        "flow main {\n    f(\n        y: 1, // 客\n        2, // x\n    )\n}\nfn f(x, y) { x + y }",
        "flow main {\n    f(\n        2, // 客\n        y: 1, // x\n    )\n}\nfn f(x, y) { x + y }",
    ),
    "an open interpolation": (
        "NX104",
        "flow main {\n    x = '客 #{1\n    print(x)\n}",
        "flow main {\n    x = '客 #{1}'\n    print(x)\n}",
    ),
    "a second declaration": (
        "NX203",
        "fn run() { 1 }\nflow Run() { 1 }\nflow Run() { 2 }",
        "fn run() { 1 }\nflow Run() { 1 }\nflow run2() { 2 }",
    ),
    "a comment behind what goes": (
        "NX208",
        "flow main {\n    x = 4 // 客\n}",
        "flow main {\n    // 客\n}",
    ),
    "a second key behind a comment": (
        "NX217",
        'flow main {\n    print({\n        "a": 1,\n        // 客\n        "a": 2, // b\n    })\n}',
        'flow main {\n    print({\n        "a": 1,\n        // 客\n        // b\n    })\n}',
    ),
    "a dead arm behind a comment": (
        "NX315",
        "flow f(b: bool) { match b {\n    true => 1,\n    // 客\n    true => 2,\n    _ => 3\n} }",
        "flow f(b: bool) { match b {\n    true => 1,\n    // 客\n    _ => 3\n} }",
    ),
    "an arm before a comment": (
        "NX314",
        "flow f(b: bool) { match b {\n    true => 1 // 客\n} }",
        "flow f(b: bool) { match b {\n    true => 1 // 客\n    false => 0\n} }",
    ),
    "brackets around what is handled": (
        "NX313",
        "flow main { w = (1 + 2) ?? (3); print(w) }",
        "flow main { w = (1 + 2); print(w) }",
    ),
    "a value that is handled and nothing else": (
        "NX313",
        "flow main { w = (1 + 2)?; print(w) }",
        "flow main { w = (1 + 2); print(w) }",
    ),
    "a struct and its methods": (
        "NX209",
        "struct S { n: int }\nimpl S { fn f() { 1 } }\nflow main { print(1) }",
        "flow main { print(1) }",
    ),
    "what others use that nobody uses": (
        "NX209",
        "flow h() { g() }\nflow main { print(1) }\nfn g() { 1 }",
        "flow main { print(1) }\n",
    ),
    "a stub in a block on one line": (
        "NX221",
        "trait T { fn a(n: int) -> int fn b() -> str? }\n"
        "struct S { n: int }\n"
        "impl T for S { fn a(n: int) -> int { n } }",
        "trait T { fn a(n: int) -> int fn b() -> str? }\n"
        "struct S { n: int }\n"
        "impl T for S { fn a(n: int) -> int { n } fn b() -> str? { null } }",
    ),
    "stubs in an empty block": (
        "NX221",
        "trait T { fn a(n: int, x) -> int fn b() }\nstruct S { n: int }\nimpl T for S {}",
        "trait T { fn a(n: int, x) -> int fn b() }\n"
        "struct S { n: int }\n"
        "impl T for S {\n"
        "    fn a(n: int, x) -> int {\n"
        "        0\n"
        "    }\n"
        "\n"
        "    fn b() {\n"
        "    }\n"
        "}",
    ),
    "an empty value of the kind that is given elsewhere": (
        "NX211",
        'flow f(n) {\n    if n { t = "a" }\n    return t\n}',
        'flow f(n) {\n    t = ""\n    if n { t = "a" }\n    return t\n}',
    ),
    "a variable of the program": (
        "NX211",
        "fn ok() { true }\n// 客\nif ok() { t = 1 }\nprint(t)",
        "fn ok() { true }\n// 客\nt = 0\nif ok() { t = 1 }\nprint(t)",
    ),
    "the one field that is missing": (
        "NX216",
        'struct P { x: int, y: str }\nprint(P(x: 1, name: "a"))',
        'struct P { x: int, y: str }\nprint(P(x: 1, y: "a"))',
    ),
    "a number in quotes": (
        "NX301",
        'fn f(n: int) { n }\nflow main { f("客"); f("42") }',
        'fn f(n: int) { n }\nflow main { f("客"); f(42) }',
    ),
    "an element of a list": (
        "NX301",
        'fn f(n: list[str]) { n }\nflow main { f("客") }',
        'fn f(n: list[str]) { n }\nflow main { f(["客"]) }',
    ),
    "a stage between words": (
        "NX307",
        'agent A { prompt: "a" }\nflow main(n: int) { print(n > 1 && A) }',
        'agent A { prompt: "a" }\nflow main(n: int) { print(n > 1 and A.run("")) }',
    ),
    "a call with values": (
        "NX308",
        "fn f(a, b: int) { a + b }\nflow main { if f { print(1) } }",
        "fn f(a, b: int) { a + b }\nflow main { if f(null, 0) { print(1) } }",
    ),
    "a fan-out in brackets": (
        "NX414",
        'agent A { prompt: "a" }\nflow main(x: str) { (x |>> [A, A.run]) }',
        'agent A { prompt: "a" }\nflow main(x: str) { _results = (x |>> [A, A.run]) }',
    ),
    "a comment in a fan-out": (
        "NX411",
        'agent A { prompt: "a" }\nflow main(x: str) { return x |>> [ /* 客 */ A, ] }',
        'agent A { prompt: "a" }\nflow main(x: str) { return x >> /* 客 */ A }',
    ),
    "the type that a tool gives": (
        "NX518",
        '@tool("a") fn t(x: int) { [x] }',
        '@tool("a") fn t(x: int) -> list[int] { [x] }',
    ),
    "a tool with nothing in it": (
        "NX515",
        "tool read_file {\n}",
        'tool read_file {\n    description: "Read file"\n}',
    ),
    "an option on a line of its own": (
        "NX517",
        'tool t {\n    description: "客"\n    risk_level: high\n    requires_approval: true\n}',
        'tool t {\n    description: "客"\n    risk_level: high,\n    sandbox: true\n    requires_approval: true\n}',
    ),
    "a statement in an empty block": (
        "NX531",
        "flow main { autoloop max_steps: 3, timeout: 9 {\n    }\n}",
        "flow main { autoloop max_steps: 3, timeout: 9 {\n        verify true\n    }\n}",
    ),
    "a reason": (
        "NX532",
        "flow main { unharnessed { print(1) } }",
        'flow main { unharnessed("reviewed by hand") { print(1) } }',
    ),
    "an error without its ending": (
        "NX537",
        "flow main { try { print(1) } catch (e: Tiemout) { print(e) } }",
        "flow main { try { print(1) } catch (e: TimeoutError) { print(e) } }",
    ),
    "a second variable of the program": (
        "NX203",
        "let a = 1\nlet a = 2\nprint(a)",
        "let a = 1\nlet a2 = 2\nprint(a)",
    ),
    "a variable called like a statement": (
        "NX212",
        "flow main { print = 1; print 2; f(print) }\nfn f(x) { x }",
        "flow main { print2 = 1; print 2; f(print2) }\nfn f(x) { x }",
    ),
    "letters that changed places": (
        "NX202",
        "flow main { let n: nit = 1; print(n) }",
        "flow main { let n: int = 1; print(n) }",
    ),
    "a text that joins": (
        "NX213",
        'flow main(xs: list[str]) { print(", ".join(xs)) }',
        'flow main(xs: list[str]) { print(xs.join(", ")) }',
    ),
    "what nothing answers": (
        "NX201",
        "flow main { print(find(1, two: 2) + 1) }",
        "flow find(arg1, two) -> any {\n    return null\n}\n\nflow main { print(find(1, two: 2) + 1) }",
    ),
}
"""A code, a text, and what the last way to fix the last finding of the code makes of it."""


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_fix_leaves_reads_as_if_it_had_been_written(name: str) -> None:
    code, text, expected = TEXTS[name]
    found = [way for way in ways({"a.nx": text}) if way.finding.code == code]
    assert found[-1].texts["a.nx"].decode() == expected


@pytest.mark.parametrize("name", TEXTS)
def test_a_fix_adds_no_warning(name: str) -> None:
    code, text, _ = TEXTS[name]
    for way in [way for way in ways({"a.nx": text}) if way.finding.code == code]:
        assert way.new_warnings == [], str(way)
