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
===
    struct Box[T] { item: T }
    fn open_it(b: Box[int]) -> int { b.item }
    flow main { print(open_it(Box(item: "客")), open_it(Box { item: "x" })) }
                            //^^^^^^^^^^^^^^ NX301: expected `Box[int]`, found `Box[str]`: `item` is `str` but `int` is needed
                                                     //^^^^^^^^^^^^^^^^^ NX301: expected `Box[int]`, found `Box[str]`…
===
    struct Pair[A, B] { left: A, right: list[B], third: B? = null }
    flow main {
        p = Pair(1, right: ["x"], third: null)
        p.left.uper()
             //^^^^ NX213: `int` has no member `uper`
        print(p.right[0].uper())
                       //^^^^ NX213: `str` has no member `uper`; did you mean `upper`?
        for q in [Pair("客", [1])] { print(q.left.uper()) }
                                               //^^^^ NX213: `str` has no member `uper`; did you mean `upper`?
    }
===
    enum Tree[T] { Leaf, Node(left: Tree[T], value: T) }
    fn total(t: Tree[int]) -> int { match t { Tree::Leaf => 0, Tree::Node(l, v) => total(l) + v } }
    flow main { print(total(Tree::Node(Tree::Leaf, "x"))) }
                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^ NX301: expected `Tree[int]`, found `Tree[str]`
===
    flow main(xs: list[str?]) {
        ys = filter(xs, fn(x) => x is not null) |> map(fn(x) => x.uper())
                                                                //^^^^ NX213: `str` has no member `uper`; did you mean `upper`?
        print(ys)
    }
===
    flow main(s: str, n: int) { print(map(s, fn(c) => c.uper()), sorted(n), enumerate(s)[0][1].uper()) }
                                                      //^^^^ NX213: `str` has no member `uper`; did you mean…
                                                                      //^ NX301: expected `list[any]`, found `int`
                                                                                             //^^^^ NX213: `str` has no…
===
    flow main { try { print(1) } catch (e: ToolError) { print(e.mesage) } }
                                                              //^^^^^^ NX213: `error` has no member `mesage`; did you mean `message`?
===
    struct Point { x: int }
    impl Point { fn add(n: int) -> int { self.x + n } }
    flow main(s: str) {
        f = fn(a) => a
        print(Point(x: 1).add(k: 2), f(b: 1), s.split(sepp: "客"))
                            //^ NX220: `add` has no parameter `k`; it takes `n`
                                     //^ NX220: the function has no parameter `b`; it takes `a`
                                                    //^^^^ NX220: `split` has no parameter `sepp`; did you mean `sep`?
    }
===
    struct Point { x: int }
    struct Other { x: int }
    enum Color { Red, Blue }
    flow main(p: Point, c: Color) {
        print(p[0], c["x"], p == 1, p != Other(x: 1), p is null)
             //^ NX319: `[]` cannot look up `int` in `Point`
                   //^ NX319: `[]` cannot look up `str` in `Color`
                            //^^ NX330: comparison is always false: `Point` and `int` are never equal
                                    //^^ NX330: comparison is always true: `Point` and `Other` are never equal
    }
===
    agent Ann -> int { prompt: "x" }
    fn f(n: int) -> int { n }
    flow main(x: int?, q: str) {
        print(f(x ?? "none"), f(Ann.run(q) otherwise "客"))
                   //^^^^^^ NX301: expected `int`, found `str`
                                                   //^^^ NX301: expected `int`, found `str`
    }
===
    struct Text { body: str }
    struct Image { url: str }
    type Part = Text | Image
    fn show(p: Part) -> str { match p { Text {body} => body } }
                            //^^^^^ NX314: match is not exhaustive: `Image` is missing
    fn tell(p: Part?) -> str { match p { Text {body: "x"} => "x", Image {..} => "🙂" } }
                             //^^^^^ NX314: match is not exhaustive: `Text` and `null` are missing
    flow main(x: int | str) { match x { 1 => print(1), "a" => print(show(Text("x")), tell(null)) } }
                            //^^^^^ NX314: match is not exhaustive: `_` is missing
===
    agent Ann { prompt: "x" }
    flow main(q: str) {
        r = q |>> [Ann, Bob
                //^ NX102: `[` is never closed; add `]`
        print(r)
    }
    agent Bob { prompt: "🙂" }
===
    flow main(s: str) {
        t = s.replace("客", "b"
                   //^ NX102: `(` is never closed; add `)`
        u = t.upper()
        print(u)
    }
===
    flow main {
        d = {a: 1, b: "客"
          //^ NX102: `{` is never closed; add `}`
        print(d)
    }
===
    flow main {
        xs = [
            1
            2
          //^ NX100: unexpected `2`; expected `,` or `]`
        ]
        print(xs)
    }
===
    flow main {
        n = 0
        n++
       //^^ NX113: unknown operator `++`; write `+`, or `+= 1` to count
        print(n)
        if n > 0 { n++ }
                  //^^ NX113: unknown operator `++`; write `+`, or `+= 1` to count
    }
===
    struct Text { body: str }
    struct Image { url: str }
    enum Color { Red, Blue }
    fn show(p: Text | Image) -> str { match p { Txet {body} => body, Image {url} => url } }
                                              //^^^^ NX202: unknown type `Txet`; did you mean `Text`?
    flow main(c: Color) { print(show(Text("x")), match c { Color::Rde => 1, Color::Blue => 2 }) }
                                                                //^^^ NX215: enum `Color` has no variant `Rde`; did…
===
    tool Stats { pyhton: "stats.py", description: "客" }
               //^^^^^^ NX205: unknown tool property `pyhton`; did you mean `python`?
    tool Sums { desciption: "x" }
              //^^^^^^^^^^ NX205: unknown tool property `desciption`; did you mean `description`?
    flow main { print(Stats("a"), Sums()) }
===
    flow main {
        n = 0
        loop { n += 1; if n > 5 { berak } }
                                //^^^^^ NX201: `berak` is not defined; did you mean `break`?
        print(n)
        loop { n -= 1 } utnil (n < 0)
                      //^^^^^ NX201: `utnil` is not defined
        print(n)
    }
===
    flow f(x: str) -> str {
        pieces = x.split(",")
        out = "客"
        reutrn pieces.join(" ") + out
             //^^^^^^ NX101: expected a newline or `;` before `pieces`; did you mean `return`?
    }
    flow main { print(f("a")) }
===
    enum Color { Red, Blue }
    struct Point { x: int }
    flow main(c: Color, p: Point) {
        print(match c { "Red" => 1, Color::Blue => 2, _ => 3 }, match p { 3 => 1, _ => 3 })
                      //^^^^^ NX327: pattern cannot match `Color`
                                                                        //^ NX327: pattern cannot match `Point`
    }
"""  # noqa: E501  # a marker is one line

SILENT = """
    agent Ann { prompt: "x" }
    flow main(q: str, xs: list) {
        r = Ann.run(q)
        print(r.upper(), r otherwise "none", xs.pop() otherwise 0, "#{Ann.run(q)}".trim() otherwise "")
    }
===
    struct Box[T] { item: T, spare: T? = null }
    struct Team { boxes: Box[float] }
    trait Shown { fn shown() -> str { "x" } }
    impl Shown for Box { }
    let kept = Box(item: 1)
    fn change() { kept.item = "x" }
    fn half(b: Box[float]) -> float { b.item / 2 }
    fn all_of(xs: list[Box[any]]) -> int { len(xs) }
    fn written(b: Box[int]) -> int { b.item = 3; b.item }
    flow main {
        b = Box(item: 1)
        b.item = "x"
        change()
        c = Box(item: [])
        c.item.append(1)
        c.item.append("客")
        d = Box(item: null, spare: 3)
        d.item = 4
        for e in [Box(1), Box("x")] { e.item = 2.5; print(e.item) }
        print(half(Box(item: 1)), all_of([b, c]), Team(boxes: Box(2)), written(Box(1)), c.shown(), d.item)
    }
===
    enum Outcome[T, E] { Good(T), Wrong(why: E), Waiting }
    fn tell(o: Outcome[float, str]) -> str { match o { Good(v) => "#{v}", Wrong(w) => w, Waiting => "?" } }
    flow main {
        o = Outcome::Waiting
        for n in [1, 2] { o = if n > 1 then Outcome::Good(n) else Outcome::Wrong(why: "x") }
        print(tell(o), tell(Outcome::Good(1)), tell(Outcome::Wrong("x")), tell(Outcome::Waiting))
    }
===
    fn firsts(xs: list[str?]) -> list[str] { return filter(xs, fn(x) => x != null) }
    fn seconds(xs: list[str?]) -> list[str] { xs |> filter(fn(x) { return x is not null and len(x) > 1 }) }
    flow main(s: str, d: dict[str, int]) {
        print(firsts([null]), seconds([]), sorted(s), reversed(s), enumerate(d), map(d, fn(k) => k.upper()), any(s))
        try { print(1) } catch (e) { print(e.args, e.errno, e.reasons, e.clause) }
    }
===
    struct Text { body: str }
    struct Image { url: str }
    enum Color { Red, Blue }
    fn show(p: Text | Image) -> str { match p { Text {body} => body, Image {url: u} => u } }
    fn tell(p: Text | Image) -> str { match p { {body} => body, _ => "x" } }
    fn paint(p: bool | Color) -> int { match p { true => 1, false => 2, Red => 3, Color::Blue => 4 } }
    fn loose(b: bool) -> int { x = 1; if b { x = "a" }; match x { 1 => 1, "a" => 2 } }
    fn named(p: Text | Image | null) -> str { match p { null => "none", Text {body} => body, Image {..} => "x" } }
    flow main(n: int?) {
        s: str? = show(Text("a")) otherwise null
        x: float = n ?? 1
        print(s, x, tell(Image("x")), paint(true), loose(true), named(null))
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
    ("NX314", "struct A { x: int }\nstruct B { y: int }\nfn f(p: A | B) -> int { match p { A {x} => x } }"): (
        "struct A { x: int }\nstruct B { y: int }\nfn f(p: A | B) -> int { match p { A {x} => x, _ => 0 } }"
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
    ("NX102", "flow f {\n    xs = map([1], fn(x) => x + 1\n    print(xs)\n}"): (
        "flow f {\n    xs = map([1], fn(x) => x + 1)\n    print(xs)\n}"
    ),
    ("NX101", "fn f(x: int) -> int {\n    retrun x\n}"): "fn f(x: int) -> int {\n    return x\n}",
    ("NX113", "flow f {\n    n = 0\n    n++\n    print(n)\n}"): "flow f {\n    n = 0\n    n+= 1\n    print(n)\n}",
    ("NX113", "flow f { n = 0; n ++; print(n) }"): "flow f { n = 0; n += 1; print(n) }",
    ("NX113", 'flow f(n) { print("客" ++ n) }'): 'flow f(n) { print("客" + n) }',
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
    text = "struct A { x: int }\nstruct B { y: int }\nfn f(p: A | B) -> int { match p { A {x} => x } }"
    found = next(one for one in findings_of({"main.nx": text}) if one.code == "NX314")
    assert applied(text.encode(), found.others[0].edits).endswith("match p { A {x} => x, B {..} => 0 } }")
