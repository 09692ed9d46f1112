"""Expressions, assignments and functions: a Nexa text and the value of its flow."""

from __future__ import annotations

import pytest

from harness.programs import check_fails, check_prints, check_value
from nexa.runtime.config import Settings
from nexa.runtime.values import UNIT

VALUES = {
    # literals
    "return 1_000": 1000,
    "return -2.5": -2.5,
    'return "a#{1 + 1}b"': "a2b",
    'return "#{" x " | trim | upper}"': "X",
    'return "#{"abcdef" | truncate(3, "…")}"': "ab…",
    "return [1, ..[2, 3], 4]": [1, 2, 3, 4],
    'return {a: 1, ..{b: 2}, "c d": 3, 4: 5}': {"a": 1, "b": 2, "c d": 3, 4: 5},
    "return (1, 2)": (1, 2),
    "return null": None,
    r'return r"\d"': r"\d",
    # operators
    "return 7 / 2": 3.5,
    "return 7 % 3 + 2 * 3": 7,
    'return "n" + 1': "n1",
    "return [1] + [2]": [1, 2],
    "return 1 == 1.0": True,
    "return 2 in [1, 2] and not (3 in [1, 2])": True,
    'return "abc" contains "b"': True,
    "return null ?? 3": 3,
    "return {} ?? 3": 3,
    "return 0 ?? 3": 0,
    'return if 1 > 2 then "a" else "b"': "b",
    'return 5 is int and "s" is not int': True,
    "return null is null": True,
    "return [1, 2, 3][1:]": [2, 3],
    'return "hello"[:2]': "he",
    "return {a: {b: 2}}.a.b": 2,
    "return [3, 1, 2].length": 3,
    # assignments
    "x = 1\nx += 2\nx *= 3\nreturn x": 9,
    'd = {a: 1}\nd.b = 2\nd["c"] = 3\nd.a += 10\nreturn d': {"a": 11, "b": 2, "c": 3},
    "xs = [1, 2]\nxs[0] += 5\nreturn xs": [6, 2],
    "let (a, [b, ..c]) = (1, [2, 3, 4])\nreturn [a, b, c]": [1, 2, [3, 4]],
    'let {name, size: s, ..rest} = {name: "n", size: 2, k: 3}\nreturn [name, s, rest]': ["n", 2, {"k": 3}],
    "x: float = 1\nreturn x": 1.0,
    # what a flow yields
    "result = 4": 4,
    "if true { result = 4 }": 4,
    "if false { result = 4 }": UNIT,
    "1 + 1": UNIT,
    "return": UNIT,
    # predeclared and std
    "return sum(map([1, 2], fn(x) => x * 10))": 30,
    'return std.text.upper("a") + std.text.text_upper("b")': "AB",
    'return std.json.stringify([1], indent: 0) contains "1"': True,
    "return type_of(2s)": "duration",
    "let len = 3\nreturn len": 3,
}


@pytest.mark.parametrize("body", VALUES)
def test_a_body_has_a_value(body: str) -> None:
    check_value(body, VALUES[body])


PROGRAMS = {
    "defaults are evaluated per call, left to right": (
        """
        fn note(x) { print("note #{x}")
            x }
        fn f(a, b = note(a + 1), c: int = 7) { [a, b, c] }
        flow main { print(f(1))
            print(f(1, c: 2, b: 9)) }
        """,
        "note 2\n[1,2,7]\n[1,9,2]\n",
    ),
    "operands are evaluated from left to right, whatever form they take": (
        """
        fn say(x) { print("#{x}", end: " ")
            x }
        flow main {
            total = say(1) + (match say(2) { 2 => say(3), _ => say(4) }) * say(5)
            print([say(6), say(7) ?? say(8), if say(true) then say(9) else say(10)])
            print(total)
        }
        """,
        "1 2 3 5 6 7 true 9 [6,7,9]\n16\n",
    ),
    "and, or, ?? and arms are lazy": (
        """
        fn loud(x) { print("loud #{x}")
            x }
        flow main {
            a = false and loud(1)
            b = true or loud(2)
            c = 1 ?? loud(3)
            d = match 1 { 1 => "one", _ => loud(4) }
            e = false && loud(5) == 1
            f = true || loud(6) == 1
            print(a, b, c, d, e, f)
        }
        """,
        "false true 1 one false true\n",
    ),
    "lambdas capture variables, not values": (
        """
        flow main {
            n = 1
            add = fn(x) => x + n
            n = 10
            bump = fn() { n += 1 }
            bump()
            print(add(1), n)
        }
        """,
        "12 11\n",
    ),
    "a variable of a loop's round is new in each round": (
        """
        flow main {
            fs = []
            for i in [1, 2, 3] {
                let twice = i * 2
                fs.append(fn() => i + twice)
            }
            print(map(fs, fn(f) => f()))
        }
        """,
        "[3,6,9]\n",
    ),
    "a variable of a round that is assigned again is shared within its round": (
        """
        flow main {
            fs = []
            for i in [1, 2] {
                let n = i
                n += 10
                fs.append(fn() { n += 1
                    n })
                i = i * 100
                fs.append(fn() => i)
                n = n * 2
                print(n, i)
            }
            print(map(fs, fn(f) => f()), map(fs, fn(f) => f()))
        }
        """,
        "22 100\n24 200\n[23,100,25,200] [24,100,26,200]\n",
    ),
    "callables have types and names": (
        """
        agent A { prompt: "a" }
        fn f() { 1 }
        flow main { print(type_of(fn() => 1), type_of(f), type_of(main), type_of(A), "#{A} #{f}") }
        """,
        "fn fn flow agent A f\n",
    ),
    "shadowing ends with its block": (
        """
        flow main {
            x = 1
            if true { let x = 2
                print(x) }
            for x in [3] { print(x) }
            f = fn(x) => x * 100
            print(f(4), x)
        }
        """,
        "2\n3\n400 1\n",
    ),
    "python's keywords and names are no obstacle": (
        """
        fn def_(class, from = 2) { class + from }
        flow lambda(import) { return import }
        struct async { yield: int = 1, global: str = "g" }
        flow main {
            del = 1
            None_ = 5
            str = "s"
            nx = 4
            print(def_(1, from: 5), lambda("i"), async(yield: 3).yield, async().global, del, None_, str, nx)
        }
        """,
        "6 i 3 g 1 5 s 4\n",
    ),
    "include order and one namespace": (
        """
        include "lib.nxlib"
        flow main { print(greet("x"), SHARED("y")) }
        flow local(name) { return "local " + name }
        """,
        "hello x local y\n",
    ),
    "a type and a value may have one name": (
        """
        protocol Plan { steps: list[str], next: Plan? }
        type Names = list[Name]
        type Name = str
        enum Option { Some(value), None }
        enum Tree[T] { Leaf(T), Node(left: Tree[T], right: Tree[T]) }
        fn Plan(steps: Names) -> Plan { {steps: steps, next: {steps: []}} }
        fn sum_of(t: Tree[int]) -> int { match t { Leaf(n) => n, Tree::Node(l, r) => sum_of(l) + sum_of(r) } }
        flow main {
            let p: Plan = Plan(["a"])
            print(p.steps, p.next.steps, p is Plan, Option::Some(1), Option::None is null)
            print(sum_of(Tree::Node(Tree::Leaf(1), right: Tree::Leaf(2))), map([1], Tree::Leaf)[0])
        }
        """,
        '["a"] [] true 1 true\n3 Leaf(1)\n',
    ),
    "of an included program only what gives variables their values is executed": (
        """
        include "prog.nx"
        print(base)
        flow main { print(base + 1, twice(base)) }
        """,
        "20\n21 40\n",
    ),
    "members of a struct or dict may have any name": (
        """
        struct S { class: int, _hidden: int = 2, json: str = "j" }
        protocol P { class: int, _hidden: int = 2, model_x: str = "m" }
        flow main {
            s = S(class: 1)
            s.class += 5
            let p: P = {"class": 3, "from": 9}
            d = {class: 1, "a b": 2}
            print(s.class, s._hidden, s.json, p.class, p._hidden, p.model_x, d.class, d["a b"])
        }
        """,
        "6 2 j 3 2 m 1 2\n",
    ),
    "script statements share variables with each other and with flows": (
        """
        count = 1
        let names = ["a"]
        for n in ["b", "c"] { names.append(n)
            count += 1 }
        let (p, q) = (8, 9)
        flow main { print(names, count, p + q) }
        """,
        '["a","b","c"] 3 17\n',
    ),
    "loops over lists, dicts, patterns and indices": (
        """
        flow main {
            for i, x in ["a", "b"] { print(i, x, end: ";") }
            for k, v in {k1: 1} { print(k, v, end: ";") }
            for (a, b) in [(1, 2)] { print(a + b, end: ";") }
            for {name} in [{name: "n"}] { print(name, end: ";") }
            for _ in range(2) { print("_", end: "") }
            n = 0
            while n < 5 { n += 1
                if n == 2 { continue }
                if n == 4 { break }
                print(n, end: "") }
            print("")
        }
        """,
        "0 a;1 b;k1 1;3;n;__13\n",
    ),
    "a guarded statement": ('flow main { print("no") if false\nprint("yes") if true }', "yes\n"),
    "spread arguments": ("fn f(a, b, c) { [a, b, c] }\nflow main { print(f(1, ..[2, 3])) }", "[1,2,3]\n"),
    "templates": (
        """
        flow main {
            let who = "W"
            let t = template\"\"\"Hi {{who}}{{#if n}} {{n}}{{/if}}\"\"\"
            print(t.render({who: "x", n: 2}), render(t, {who: "y"}))
        }
        """,
        "Hi x 2 Hi y\n",
    ),
}

LIBRARY = {
    "prog.nx": 'let base = 20\nprint("never")\nfn twice(x) { x * 2 }\nflow other { }\n',
    "lib.nxlib": 'fn greet(name) { "hello " + name }\nfn SHARED(name) { local(name) }\n',
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_prints(name: str) -> None:
    text, expected = PROGRAMS[name]
    check_prints(text, expected, files=LIBRARY)


def test_what_functions_without_a_last_expression_yield() -> None:
    check_prints(
        """
        fn a() { 1 }
        fn b() { x = 1 }
        fn c() { match 2 { 2 => { y = 3
            y + 1 }, _ => 0 } }
        fn d() { if true { 1 } }
        fn e() { }
        flow main { print(a(), type_of(b()), c(), type_of(d()), type_of(e())) }
        """,
        "1 unit 4 unit unit\n",
    )


def test_x_becomes_the_first_argument() -> None:
    check_prints(
        "fn add(a, b) { a + b }\nflow main { print(1 |> add(2), [3, 1] |> sorted, [1, 2] |> map(fn(x) => x * 2)) }",
        "3 [1,3] [2,4]\n",
    )


def test_python_blocks() -> None:
    check_prints(
        '''
        fn helper(x) { x + 1 }
        flow main {
            texts = ["a", "bb"]
            let from = 3
            python! """
            import statistics
            sizes = [len(t) for t in texts]
            mean = statistics.mean(sizes) + from
            bumped = await helper(1)
            """
            print(sizes, mean, bumped)
            n = python! """return len(texts) * from"""
            m = python! """
            size = 100
            return size
            """
            print(n, m)
        }
        '''.replace("from", "base"),
        "[1,2] 4.5 2\n6 100\n",
    )


def test_a_python_block_returns_from_its_flow() -> None:
    check_value('x = 2\npython! """return x * 21"""\nreturn 0', 42)


FAILURES = [
    ("return missing_one(1)\n}\nfn missing_one(a, b) { a", "TypeViolation", "missing_one needs `b`"),
    ("return one(1, 2)\n}\nfn one(a) { a", "TypeViolation", "one takes 1 argument, 2 given"),
    ('return 1 - "a"', "TypeViolation", "int - str"),
    ("return [1][5]", "IndexError", ""),
    ("return {a: 1}.b", "KeyError", "b"),
    ("let [a] = [1, 2]\nreturn a", "PatternMatchError", "does not fit"),
    ("return 1 / 0", "ZeroDivisionError", ""),
    ("match 3 { 1 => 2 }", "PatternMatchError", "3"),
]


@pytest.mark.parametrize(("body", "kind", "message"), FAILURES)
def test_a_body_fails(body: str, kind: str, message: str) -> None:
    check_fails(f"flow main {{\n{body}\n}}", kind, message)


RECURSIVE = """
type Json = str | int | null | list[Json] | dict[str, Json]
type Rows = Row?
type Row = list[Rows]
type Nothing = Nothing?
protocol Page { data: Json }
"""


def test_a_type_that_is_named_inside_itself() -> None:
    check_prints(
        RECURSIVE
        + """
        flow same(data: Json) -> Json { return data }
        flow main {
            let rows: Rows = [[null], []]
            let nothing: Nothing = null
            let page: Page = {data: {"a": [1, "b", null]}}
            print(same(page.data), rows, nothing)
        }
        """,
        '{"a":[1,"b",null]} [[null],[]] \n',
    )
    strict = Settings(offline=True, type_mode="strict")
    for name, value in (("Json", "[[1, 2.5]]"), ("Row", "[1]"), ("Nothing", "0")):
        text = f"{RECURSIVE}flow main {{\nlet anything: any = {value}\nlet it: {name} = anything\nprint(it)\n}}"
        check_fails(text, "TypeViolation", "it: ", settings=strict)
