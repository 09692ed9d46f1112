"""More rows of the reference's table of codes: one mistake is one finding, and its fix is what a person would write."""

from __future__ import annotations

import pytest

from compiler.test_reference_rows import SERIOUS, split
from harness.edits import applied
from harness.findings import differences, findings_of

FOUND = """
    enum Color { Red, Blue }
    flow main(c: Color) { print(match c { Color::Gren => 1, Color::Red => 2, Color::Blue => 3, _ => 4 }) }
                                               //^^^^ NX215: enum `Color` has no variant `Gren`
===
    enum Color { Red, Blue }
    flow main(c: Color) { print(match c { Color::Red => 1, Color::Rde => 2, Color::Blue => 3, _ => 4 }) }
                                                                //^^^ NX215: enum `Color` has no variant `Rde`; did…
===
    enum Shape { Round(int), Flat }
    flow main(s: Shape) { print(match s { Round(1) => 1, Shape::Round(a, b) => a + b, _ => 4 }) }
                                                       //^^^^^^^^^^^^^^^^^^ NX327: pattern cannot match `Shape`: `Round`…
===
    protocol Level { n: int }
    enum Level { Low, High }
       //^^^^^ NX203: `Level` is already declared as protocol
    flow main { print(Level::Low) }
===
    struct Point { x: int, y: int }
    flow main { p = Point(x: 1, 2); print(p.x, p.y) }
                              //^ NX121: positional argument after a named one; put it first, or name it
===
    flow main(customer: str) { print("Dear 🙂 #{custmer}") }
                                             //^^^^^^^ NX201: `custmer` is not defined; did you mean `customer`?
===
    flow main(xs: list[int]) { total = 0; for x in xs { total += x }; print(totl) }
                                                                          //^^^^ NX201: `totl` is not defined; did…
===
    flow main(xs: list[int], d: dict[str, int]) { print(await xs, await d, await (1, 2)) }
                                                            //^^ NX324: cannot await `list[int]`; only tasks and…
                                                                      //^ NX324: cannot await `dict[str, int]`; only…
                                                                               //^^^^^^ NX324: cannot await `(int, int)`…
===
    flow main(s: str) { t = s.upper() otherwise "x"; print(t, s.trim().lower()?) }
                                    //^^^^^^^^^ NX313: `s.upper()` cannot fail
                                                                            //^ NX313: `s.trim().lower()` cannot fail
===
    struct Point { x: int }
    server 8080 { route GET "/" => Point }
                                 //^^^^^ NX328: route target `Point` is not an agent or flow but struct `Point`
===
    agent Ann { prompt: "x", memory: "forever" }
                                   //^^^^^^^^^ NX610: `memory`: unknown value `forever`; use `none`, `local`, `persistent`, `cow` or `shared:name`
    flow main { print(Ann.run("a")) }
===
    flow main(x: int) { print(x ** 2) }
                              //^^ NX113: unknown operator `**`; write `x * x`, or `std.math.calc("#{x} ** #{n}")`
"""  # noqa: E501  # a marker is one line

SILENT = """
    agent Ann { prompt: "x" }
    flow main(q: str, xs: list) {
        r = Ann.run(q)
        print(r.upper(), r otherwise "none", xs.pop() otherwise 0, "#{Ann.run(q)}".trim() otherwise "")
    }
"""


@pytest.mark.parametrize("text", split(FOUND))
def test_one_mistake_is_one_finding(text: str) -> None:
    assert "//^" in text
    wrong = differences(text, severities=SERIOUS)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("text", split(SILENT))
def test_what_is_right_is_silent(text: str) -> None:
    wrong = differences(text, severities=SERIOUS)
    assert not wrong, "\n".join(["", *wrong])


FIXED = {
    ("NX121", "fn f(a: int, b: int) -> int { a + b }\nflow main { print(f(a: 1, 2)) }"): (
        "fn f(a: int, b: int) -> int { a + b }\nflow main { print(f(a: 1, b: 2)) }"
    ),
    ("NX121", 'struct P { x: int, y: int, z: str }\nflow main { print(P(y: 1, 2, "客")) }'): (
        'struct P { x: int, y: int, z: str }\nflow main { print(P(y: 1, x: 2, z: "客")) }'
    ),
    ("NX121", "fn f(a: int, b: int) -> int { a + b }\nflow main { print(f(b: 1, 2)) }"): (
        "fn f(a: int, b: int) -> int { a + b }\nflow main { print(f(2, b: 1)) }"
    ),
    ("NX314", 'enum E { A, B(n: int) }\nfn f(e: E) -> str { match e { E::A => "客" } }'): (
        'enum E { A, B(n: int) }\nfn f(e: E) -> str { match e { E::A => "客", _ => "" } }'
    ),
    ("NX314", "flow main(n: int) { x = match n { 1 => 2, 3 => 4 }; print(x + 1) }"): (
        "flow main(n: int) { x = match n { 1 => 2, 3 => 4, _ => 0 }; print(x + 1) }"
    ),
    ("NX531", 'agent A { prompt: "a" }\nflow f { autoloop max_steps: 3, timeout: 9 { print(A.run("客")) } }'): (
        'agent A { prompt: "a" }\nflow f { autoloop max_steps: 3, timeout: 9 { result = A.run("客"); print(result); '
        'verify "the result is complete and correct" against result } }'
    ),
    ("NX531", 'agent A { prompt: "a" }\nflow f(q) {\n  autoloop max_steps: 3, timeout: 9 {\n    q >> A\n  }\n}'): (
        'agent A { prompt: "a" }\nflow f(q) {\n  autoloop max_steps: 3, timeout: 9 {\n    result = q >> A\n'
        '    verify "the result is complete and correct" against result\n  }\n}'
    ),
    ("NX601", 'struct C { key: str }\nflow f { print(C { key: "ghp_abcdefghijklmnopqrstuvwxyz0123456789" }.key) }'): (
        'struct C { key: str }\nflow f { print(C { key: secret("GITHUB_TOKEN") }.key) }'
    ),
    ("NX120", "interface Card { title: str }"): "protocol Card { title: str }",
    ("NX120", "interface Shown { fn shown() -> str }"): "trait Shown { fn shown() -> str }",
    ("NX120", "class Card { title: str }"): "struct Card { title: str }",
    ("NX120", 'class Bot {\n    prompt: "客"\n}'): 'agent Bot {\n    prompt: "客"\n}',
}
"""What the first fix of a code makes of a program."""


@pytest.mark.parametrize(("code", "text"), FIXED)
def test_a_fix_writes_what_a_person_would(code: str, text: str) -> None:
    found = next(one for one in findings_of({"main.nx": text}) if one.code == code)
    assert found.fix is not None
    assert applied(text.encode(), found.fix.edits) == FIXED[code, text]


def test_the_other_fix_names_variants_as_the_arms_do() -> None:
    text = "enum E { A, B(n: int), C }\nfn f(e: E) -> int { match e { E::A => 1 } }"
    found = next(one for one in findings_of({"main.nx": text}) if one.code == "NX314")
    (other,) = found.others
    assert applied(text.encode(), other.edits).split("{ match")[1] == " e { E::A => 1, E::B(_) => 0, E::C => 0 } }"
