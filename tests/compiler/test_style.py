"""The style hints: exact places, fixes that mean the same, and silence where a picky reader would see none."""

from __future__ import annotations

import pytest

from harness.findings import differences, findings_of
from harness.markers import read_fixture
from harness.programs import analysed
from nexa.compiler.emit.printed import printed


def fixed(text: str, code: str) -> str:
    """The first file of a fixture after all safe fixes of a code."""
    path, source = next(iter(read_fixture(text).files.items()))
    data = source.encode()
    found = [one.fix for one in findings_of({path: data}) if one.code == code and one.fix and one.fix.safe]
    for edit in sorted((edit for fix in found for edit in fix.edits), key=lambda edit: -edit.span.start):
        data = data[: edit.span.start] + edit.text.encode() + data[edit.span.end :]
    return data.decode()


def check(code: str, text: str, after: str | None = None) -> None:
    """The findings of a code are exactly the markers; with its fixes the text reads as `after`, and has none left."""
    wrong = differences(text, codes=frozenset({code}))
    assert not wrong, "\n".join(["", *wrong])
    if after is None:
        return
    path, wanted = next(iter(read_fixture(after).files.items()))
    assert fixed(text, code) == wanted
    assert code not in [one.code for one in findings_of({path: wanted})]


QUIET = {
    "NX902": [
        'tool web_search { description: "x" }\ntool WebSearch { description: "x" }',
        'agent 客户 { prompt: "x" }\nflow 流程() { }\nflow _main2() { }\nagent GPT4 { prompt: "x" }',
        'agent V1_2 { prompt: "x" }\nenum E { None_, A2b }\nfn f2() { }\nflow main { }',
        "struct S { aB: int }\ntrait T { fn a_b() -> int }\nfn f(aB: int) { aB2 = aB\nWriter = aB2 }",
        "trait Shown { fn show() -> int }\nstruct S { a: int }\nimpl Shown for S { fn showAll() -> int { 1 } }",
        'server 8080 { route GET "/" => Ann }\nkv my_store = open("a")',
    ],
    "NX903": [
        'protocol P { a: "nubmer", b: "x #{y}", c: "", d: int @ "str" }',
        'tool T { description: "x", parameters: { a: "str" } }',
        'agent A { prompt: "x", output_schema: { a: "str" } }',
    ],
    "NX904": ["flow main { print(1) }", 'fn f(x) { x }\nflow main { reflect "x" }', "print = 1\nprint = 2"],
    "NX905": [
        "flow main(a, b: str?) { x = a && b\ny = b || a\nprint(x, y) }",
        'agent J { prompt: "x" }\nflow main { print(["a"] && J)\n"a" || [J] }',
        "flow main { print([1 == 1, true] && [2 == 2]) }",
    ],
    "NX906": ["job J (retry = 3, timeout: 2) { priority: high }", 'agent A { prompt: "x", model: ["a/b"] }'],
    "NX907": [
        'agent A { prompt: "x", memory: none, tool_call_strategy: none }',
        "none = 1\nflow main { print(none) }",
        "flow main(None) { nil = 3\nprint(None, nil) }",
        "flow main(x: int?) { if x is None { print(1) }\nprint(match x { None => 1, _ => 2 }, Option::None) }",
        "flow main(d) { print(d.none, {nil: 1}) }",
    ],
    "NX908": [
        'agent A { prompt: "true", role: "false" }',
        'flow main { x = "true"\nprint(x) }',
        '@tool("true")\nfn f() { }',
        '@retry("true")\nflow f() { }',
    ],
    "NX910": [
        'agent A { role: "x" }',
        'agent A { promt: "x" }',
        'agent A { Role: "x", modle: "y" }',
        'agent A { prompt: "#{x}" }',
        'agent A { prompt: """\n',
        "agent { }",
    ],
    "NX911": [
        "flow main(q) { match q { 1 => 2 } }",
        'flow main(q) { match q { intent("a") => 2, _ => 3 } }',
        'flow main(q) { semantic_if (q, "?") { "a" => 1, default => 2 } }',
        'flow main { semantic_if "it is late" { print(1) } }',
        'flow main(q) { print(q ?? { "a" => 1 }) }',
    ],
    "NX912": ["flow f(x: int) -> int { let y: int = x\nreturn y }", "trait T { fn f() -> int }"],
    "NX915": ['@retry(max_attempts=3)\nagent A { prompt: "x" }', "fn f(attempts) { }\nflow main { f(attempts=1) }"],
    "NX916": [
        'agent A { prompt: "x" }\nflow main(q) { x = A >> A\ny = [A] &>> A\nz = join(A, A)\nprint(x, y, z) }',
        'agent A { prompt: "x" }\nflow main { print("a" >> A, join(A, A).A("b"), "c" |>> [A]) }',
        'agent A { prompt: "x" }\nflow main { autoloop max_steps: 2 { A >> A } }',
        'agent A { prompt: "x" }\nfn f() { A >> A }\nserver 80 { route GET "/" => A >> A }',
        "flow main { print(1 >> fn(x) => x) }",
    ],
    "NX917": [
        'flow main { loop { print(1) } until ("x" or runtime.meta.loop_count > 2) }',
        "flow main(n: int) { loop { n += 1 } until (n > 3) }",
        'flow main(n: int) { loop { n += 1\nif n > 3 { break } } until ("x") }',
        'flow main(n: int) { loop { n += 1\nfor x in [1] { return n } } until ("x") }',
        'flow main(n: int) { loop { if n > 1 { exit() } } until (not "x") }',
        "flow main { loop { break } }",
    ],
    "NX901": [
        "flow main {\n    a = 1; b = 2\n    print(a + b)\n}",
        "flow main { a = 1; print(a); }",
        "flow main {\n    a = 1;\n    print(a)\n}",
        "flow main {\n    a = 1;\n    -a\n    print(a)\n    print(1)\n}",
        "flow main {\n    print(1)\n    print(\"a; b\")\n    // c;\n    /* d; */\n    print('e;')\n}",
        "flow main {\n    if true { print(1) };\n    print(1)\n    a = {};\n    print(a)\n}",
        'agent A {\n    prompt: "x"\n}\nflow main {\n    a = A.run("b");\n    print(a);\n}',
        "job J (\n    retry: 3\n) {\n    priority: high;\n    perform(x: int) { print(x) }\n}",
        "a = 1; b = 2\nc = 3\nprint(a + b + c)",
        "enum E { A, B; C }\nprotocol P { a: str, b: int; c: int }",
    ],
    "NX909": [
        '#!/usr/bin/env nexa\nflow main { print(\'# a #{1}\', """\n# b\n""", r\'# c\', `# d`) } // # e\n/* # f */'
    ],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in QUIET.items() for text in texts])
def test_silence(code: str, text: str) -> None:
    assert [one.message for one in findings_of({"main.nx": text}) if one.code == code] == []


def test_semicolons() -> None:
    check(
        "NX901",
        """
        include "é🙂.nx"
        type T = int; // c
                  //^ NX901: semicolon style differs from the file's majority; most statements end without
        protocol P {
            a: str
            b: int;
                //^ NX901: semicolon style differs from the file's majority; most members end without
            c: int
        }
        flow main(x: T) -> P {
            let y = (1 +
                (x)); /* d */
                  //^ NX901
            print("🙂" /* ; */); # e;
                            //^ NX901
            return {
                a: "b", b: y, c: 1
            };
            return P(a: "b", b: y, c: 1)
            print(1); break
            print(2)
            print(3)
        }
        """,
        """
        include "é🙂.nx"
        type T = int // c
        protocol P {
            a: str
            b: int
            c: int
        }
        flow main(x: T) -> P {
            let y = (1 +
                (x)) /* d */
            print("🙂" /* ; */) # e;
            return {
                a: "b", b: y, c: 1
            };
            return P(a: "b", b: y, c: 1)
            print(1); break
            print(2)
            print(3)
        }
        """,
    )
    check(
        "NX901",
        """
        a = 1;
        b = (2
             /* ) */ ) // c
                    //^ NX901: semicolon style differs from the file's majority; most statements end in one
        flow main {
            print(1);
            print(2);
            return  // d )
                //^ NX901
        }
        """,
        """
        a = 1;
        b = (2
             /* ) */ ); // c
        flow main {
            print(1);
            print(2);
            return;  // d )
        }
        """,
    )


def test_nothing_is_said_of_semicolons_while_an_item_is_torn() -> None:
    check("NX901", "flow a {\n    print(1\n}\nflow main {\n    print(1)\n    print(2)\n    print(3);\n}")


def test_hash_comments() -> None:
    check(
        "NX909",
        """
        # 你好 🙂
      //^ NX909: use `//` for comments
        ## b
      //^ NX909
        #/c
      //^ NX909
        flow main {
            print("# 🙂 #{1}") # d
                            //^ NX909
            #
          //^ NX909
        }
        # e
      //^ NX909
        """,
        """
        // 你好 🙂
        // b
        // /c
        flow main {
            print("# 🙂 #{1}") // d
            //
        }
        // e
        """,
    )


def test_a_torn_item_keeps_its_neighbours_comments() -> None:
    text = "flow a {\n    print(1 # x\n}\n# y\nflow main { print(1) }"
    found = [one for one in findings_of({"main.nx": text}) if one.code == "NX909"]
    assert [one.span.start for one in found] == [text.index("# y")]


def test_names() -> None:
    check(
        "NX902",
        """
        agent code_reviewer { prompt: "🙂" }
            //^^^^^^^^^^^^^ NX902: agent names are PascalCase; write `CodeReviewer`
        agent HTTP_AGENT { prompt: "x" }
            //^^^^^^^^^^ NX902: agent names are PascalCase; write `HttpAgent`
        agent Shop_2b {
            //^^^^^^^ NX902: agent names are PascalCase; write `Shop2b`
            prompt: "x"
            flow openShop() { }
               //^^^^^^^^ NX902: flow names are snake_case; write `open_shop`
        }
        type money = float
           //^^^^^ NX902: type names are PascalCase; write `Money`
        enum Color { red, dark_red(x: int) }
                   //^^^ NX902: variant names are PascalCase; write `Red`
                        //^^^^^^^^ NX902: variant names are PascalCase; write `DarkRed`
        trait shape { fn areaOf() -> int }
            //^^^^^ NX902: trait names are PascalCase; write `Shape`
                       //^^^^^^ NX902: function names are snake_case; write `area_of`
        job nightly { perform() { print(1) } }
          //^^^^^^^ NX902: job names are PascalCase; write `Nightly`
        kv Store = open("a")
         //^^^^^ NX902: handle names are snake_case; write `store`
        fn parseJSONText() { }
         //^^^^^^^^^^^^^ NX902: function names are snake_case; write `parse_json_text`
        flow éCran() { }
           //^^^^^ NX902: flow names are snake_case; write `é_cran`
        """,
    )


def test_quoted_types() -> None:
    check(
        "NX903",
        """
        protocol P[T] {
            a: " list[T] " = []
             //^^^^^^^^^^^ NX903: string-typed field; write the type
            b: 'é?'
            c: "int | str", d: "Q"
             //^^^^^^^^^^^ NX903
                             //^^^ NX903
            e: "int // how many"
             //^^^^^^^^^^^^^^^^^ NX903
        }
        struct Q { x: int }
        """,
        None,
    )
    text = 'protocol P[T] {\n    a: " list[T] " = []\n    c: "int | str", d: "P"\n    e: "int // how many"\n}\n'
    assert fixed(text, "NX903") == (
        'protocol P[T] {\n    a: list[T] = []\n    c: int | str, d: P\n    e: "int // how many"\n}\n'
    )


def test_bare_print() -> None:
    check(
        "NX904",
        """
        flow main(a: int) {
            /* 🙂 */ print "x"; print a + (a)
                  //^^^^^ NX904: `print` without parentheses
                             //^^^^^ NX904
            print "é" otherwise
          //^^^^^ NX904
                "d" // e
            match a { 1 => { print "y" } }
                           //^^^^^ NX904
        }
        """,
        """
        flow main(a: int) {
            /* 🙂 */ print("x"); print(a + (a))
            print("é" otherwise
                "d") // e
            match a { 1 => { print("y") } }
        }
        """,
    )


def test_symbols_for_words() -> None:
    check(
        "NX905",
        """
        agent J { prompt: "x" }
        flow main(a: bool, b: bool, n: int) {
            x = "🙂" == "" && a
                        //^^ NX905: use `and`/`or` for booleans
            y = a&&b||(n > 1 or b) && a
               //^^ NX905
                  //^^ NX905
                                 //^^ NX905
            z = a or b && not b
                     //^^ NX905
            v = (a || b) && a && b
                 //^^ NX905
                       //^^ NX905
                            //^^ NX905
            w = [1] && J || a
            print(x, y, z, v, w)
        }
        """,
    )
    lines = {
        "a&&b": "a and b",
        "a || b && a": "a or b and a",
        "a && b || a && b": "a and b or a and b",
        "(a || b) && a": "(a or b) and a",
        "( /* c */ a || b ) && (a)": "( /* c */ a or b ) and (a)",
        "a or b && a": "(a or b) and a",
        "a && (b or a)": "a and (b or a)",
        "(a ?? b : a) || b": "(a ?? b : a) or b",
        "a ?? b : a || b": "(a ?? b : a) or b",
        "not a && !b": "not a and !b",
    }
    for before, after in lines.items():
        frame = "flow main(a: bool, b: bool) {{\n    print({})\n}}\n"
        text = frame.format(before)
        while (better := once(text, "NX905")) != text:
            text = better
        assert text == frame.format(after), before


def once(text: str, code: str) -> str:
    """The text after the last safe fix of a code: of an outer operator, that takes its operands along."""
    found = [one.fix for one in findings_of({"a.nx": text}) if one.code == code and one.fix and one.fix.safe]
    data = text.encode()
    for edit in sorted(found[-1].edits if found else (), key=lambda edit: (-edit.span.start, -edit.span.end)):
        data = data[: edit.span.start] + edit.text.encode() + data[edit.span.end :]
    return data.decode()


def test_properties() -> None:
    check(
        "NX906",
        """
        agent Ann {
            role = "🙂"; prompt "é"
          //^^^^ NX906: write `:` between a property and its value, not `=`
                      //^^^^^^ NX906: missing `:` after property key
            model["a/b"]
          //^^^^^ NX906
            context { source=fresh }
                    //^^^^^^ NX906
        }
        tool T {
            description = // c
          //^^^^^^^^^^^ NX906
                ("x")
        }
        """,
        """
        agent Ann {
            role: "🙂"; prompt: "é"
            model: ["a/b"]
            context { source: fresh }
        }
        tool T {
            description: // c
                ("x")
        }
        """,
    )


def test_null_and_bools() -> None:
    check(
        "NX907",
        """
        flow main(x: int = None) requires x != nil {
                         //^^^^ NX907: write `null`
                                             //^^^ NX907
            print("é #{none}", x == None)
                     //^^^^ NX907
                                  //^^^^ NX907
        }
        """,
        """
        flow main(x: int = null) requires x != null {
            print("é #{null}", x == null)
        }
        """,
    )
    check(
        "NX908",
        """
        agent Ann {
            prompt: "🙂", stream: "True", cache: ("false")
                               //^^^^^^ NX908: write `true` without quotes
                                               //^^^^^^^ NX908: write `false` without quotes
        }
        @tool("x", requires_approval: 'true')
                                    //^^^^^^ NX908
        fn f() -> int { 1 }
        job J (unique: "true") { perform() { print(1) } }
                     //^^^^^^ NX908
        """,
        """
        agent Ann {
            prompt: "🙂", stream: true, cache: (false)
        }
        @tool("x", requires_approval: true)
        fn f() -> int { 1 }
        job J (unique: true) { perform() { print(1) } }
        """,
    )


def test_defaults() -> None:
    check(
        "NX911",
        """
        flow main(q: str) {
            match intent q {
          //^^^^^ NX911: `match intent` without a default
                "é" => print(1), // 🙂
                "b" => (print(2)) // c
            }
            fast_match q { "a" => print(1) }
          //^^^^^^^^^^ NX911: `fast_match` without a default
            semantic_if (q, "what?") { "a" => print(1), "b" => { print(2) } }
          //^^^^^^^^^^^ NX911: `semantic_if` without a default
            match q { intent("a") => print(1), }
          //^^^^^ NX911
            print(match intent q { "a" => 1, _ if q == "" => 2 })
                //^^^^^ NX911
        }
        """,
        None,
    )
    text = """
        flow main(q: str) {
            match intent q {
                "é" => print(1), // 🙂
                "b" => (print(2)) // c
            }
            fast_match q { "a" => print(1) }
            semantic_if (q, "what?") { "a" => print(1), "b" => { print(2) } }
            match q { intent("a") => print(1), }
        }
        """
    check(
        "NX911",
        fixed(text, "NX911"),
        """
        flow main(q: str) {
            match intent q {
                "é" => print(1), // 🙂
                "b" => (print(2)) // c
                _ => {}
            }
            fast_match q { "a" => print(1), _ => {} }
            semantic_if (q, "what?") { "a" => print(1), "b" => { print(2) }, _ => {} }
            match q { intent("a") => print(1), _ => {}, }
        }
        """,
    )


def test_results_and_arguments() -> None:
    check(
        "NX912",
        """
        fn é(x: int): int { x }
                  //^ NX912: prefer `->` for return types
        flow main():int { f = fn(x) : int => x; return f(1) }
                 //^ NX912
                                  //^ NX912
        trait T { fn f(): int }
                      //^ NX912
        """,
        """
        fn é(x: int) -> int { x }
        flow main() -> int { f = fn(x) -> int => x; return f(1) }
        trait T { fn f() -> int }
        """,
    )
    check(
        "NX915",
        """
        @retry(count: 3)
             //^^^^^ NX915: old argument name; use `max_attempts`
        agent Ann { prompt: "🙂" }
        @temperature(value=0) @retry(attempts=2)
                                   //^^^^^^^^ NX915
        flow main { }
        """,
        """
        @retry(max_attempts: 3)
        agent Ann { prompt: "🙂" }
        @temperature(value=0) @retry(max_attempts=2)
        flow main { }
        """,
    )
    both = "@retry(count=3, max_attempts=2)\nflow main { }"
    assert fixed(both, "NX915") == both


def test_empty_input() -> None:
    check(
        "NX916",
        """
        agent Ann { prompt: "é" }
        agent Bob { prompt: "x" }
        Ann >> Bob
      //^^^ NX916: stage runs with an empty ambient input
        flow main {
            a = [Ann, Bob] &>> Ann
              //^^^^^^^^^^ NX916
            b = join(Ann, Bob)
              //^^^^^^^^^^^^^^ NX916
            c = join(Ann, Bob) &>> Ann
              //^^^^^^^^^^^^^^ NX916
            d = 1 > 2 ?? Ann : Bob
                       //^^^ NX916
                             //^^^ NX916
            e = Bob
            f = e >> Ann
              //^ NX916
            g = join(Ann, Bob).Bob()
              //^^^^^^^^^^^^^^ NX916
            print(a, b, c, d, f, g)
        }
        test "t" { x = Ann |> Bob; assert x == "" }
                     //^^^ NX916
        job J { perform(n: int) { print(n, Ann >> Bob) } }
                                         //^^^ NX916
        """,
    )


def test_loop_judges() -> None:
    check(
        "NX917",
        """
        flow main(n: int) {
            loop { n += 1 } until ("é is good")
                          //^^^^^ NX917: loop judge may never be satisfied; add a counter
            loop { n += 1 } until (("a" and n > 3) or not ("b"))
                          //^^^^^ NX917
            loop { for x in [1] { break }; f = fn() { return 1 }; print(f) } until ("a")
                                                                           //^^^^^ NX917
        }
        """,
    )


def test_missing_prompts() -> None:
    check(
        "NX910",
        """
        agent Ann { }
            //^^^ NX910: agent has neither `prompt` nor `role`
        agent Élan uses std.fs {
            //^^^^ NX910
            model: "a/b"
        }
        agent Bob { fn f() -> int { 1 } }
            //^^^ NX910
        """,
    )
    for text, after in {
        "agent Ann { }": 'agent Ann { prompt: "You are Ann." }',
        "agent Ann {}": 'agent Ann { prompt: "You are Ann." }',
        'agent Ann { model: "a/b" }': 'agent Ann { prompt: "You are Ann.", model: "a/b" }',
        'agent Ann {\n    model: "a/b"\n}': 'agent Ann {\n    prompt: "You are Ann."\n    model: "a/b"\n}',
    }.items():
        (fix,) = [one.fix for one in findings_of({"a.nx": text}) if one.code == "NX910"]
        assert fix is not None
        assert not fix.safe
        (edit,) = fix.edits
        assert text[: edit.span.start] + edit.text + text[edit.span.end :] == after


SAME = """
# a comment
agent Ann {
    role = "writer";
    prompt "Write. 🙂"
}
@retry(attempts=3)
flow ask(q: str, n: int = 4): str {
    print "x" + (q)
    a = [None, nil]
    if n > 0 && n < 9 || (n == 4 || q == "") && a != None { print "y" }
    let b = (1 + (2)); // c
    c = fn(x): int => x; d = 4 # e
    match n { 1 => { print d }, _ => { print c(b);; } }
    return Ann.run(q);
}
flow main { print(ask("a", 1)) }
"""


def test_safe_fixes_change_no_meaning() -> None:
    codes = {"NX901", "NX904", "NX905", "NX906", "NX907", "NX909", "NX912", "NX915"}
    text = SAME
    assert codes <= {one.code for one in findings_of({"main.nx": text})}
    for code in sorted(codes):
        while (better := once(text, code)) != text:
            text = better
    assert not codes & {one.code for one in findings_of({"main.nx": text})}
    assert emitted(text) == emitted(SAME)


def emitted(text: str) -> list[str]:
    """The statements that a program becomes, without their places in it."""
    lines = printed(analysed(text)).partition("# Where the lines")[0].splitlines()
    return [line for line in lines if not line.startswith("#")]
