"""One cause is one finding, where it is; what follows from it is none, and what looks like it is none."""

from __future__ import annotations

import pytest

from compiler.test_reference_rows import SERIOUS, split
from harness.findings import differences

FOUND = r'''
    include "a.nxlib" include "b.nxlib"
                    //^^^^^^^ NX101: expected a newline or `;` before `include`
    flow main { print(fa(), fb()) }
    //- a.nxlib
    fn fa() -> int { 1 }
    //- b.nxlib
    fn fb() -> int { 1 }
===
    type A1 = int type B1 = str
                //^^^^ NX101
    flow main(a: A1 = 1, b: B1 = "x") { print(a, b) }
===
    db d = connect("sqlite://:memory:") /* 客 */ kv k = open(":memory:")
                                              //^^ NX101
    flow main { print(d, k) }
===
    agent Ann { prompt: "x" }
    agent Bob { prompt: "x" }
    flow add(req) { return req }
    server 8080 { require_auth "/a/b/" route GET "/" => Ann middleware [add] semantic route "/x" => Bob >> Ann }
                                     //^^^^^ NX101
                                                          //^^^^^^^^^^ NX101
                                                                           //^^^^^^^^ NX101
===
    flow main { s = "😀中文" "x"; print(s) }
                        //^^^ NX101
===
    flow main {
        x = 1
        print("客 #{x
            //^ NX104
        } b")
        print("healthy")
    }
===
    flow main {
        x = 1
        y = "a #{x +
          //^ NX104
           1} b"
        print(y)
    }
===
    flow "客" { print("a") }
       //^^^ NX100
===
    flow main(n: int = 1) { print(match n { 1 -> "a", _ => "b" }) }
                                            //^^ NX100
===
    flow main { /*😀*/ "客" = 2 }
                    //^^^ NX110
===
    exit(0)
    flow f() { print("x") }
    f()
  //^^^ NX210
    print("客")
===
    if input("") == "a" { exit(0) } else { raise ToolError("x") }
    print("b")
  //^^^^^^^^^^ NX210
===
    loop { sleep_ms(1) }
    print("b")
  //^^^^^^^^^^ NX210
===
    fn f(a: int) { a }
    fn f(a: int, b: int) { a + b }
     //^ NX203
    flow main { print(f(1), f(1, 2)) }
===
    protocol P { a: int }
    protocol P { b: int }
           //^ NX203
    agent A implements P { prompt: "x" }
    flow main { r = A.run("x"); print(r.b, r.a) }
===
    enum E { A }
    enum E { B }
       //^ NX203
    flow main { print(E::A, E::B) }
===
    struct S { a: int }
    struct S { b: int }
         //^ NX203
    flow main { print(S(a: 1), S(b: 2)) }
===
    agent A { prompt: "x", fn f() { 1 } }
    agent A { prompt: "y", fn g() { 1 } }
        //^ NX203
    flow main { print(A.f(), A.g()) }
===
    protocol P { a: str }
    type P = int
       //^ NX203
    flow main(p: P = 1) { print(p) }
===
    struct S { a: int, a: str }
                     //^ NX217
    protocol P { a: int, a: str }
                       //^ NX217
    agent A implements P { prompt: "x" }
    flow main { let x: int = A.run("x").a; let y: str = A.run("x").a; print(x, y, S(a: 1), S(a: "x")) }
===
    flow main { print({1: "a", "1": "b", "": 1, "": 2, 1_0: 3, 10: 4}) }
                                              //^^ NX217
                                                             //^^ NX217
===
    agent B { prompt: "x" }
    struct S { a: int }
    kv k = open(":memory:")
    server 8080 { middleware [S, add, k]; route GET "/" => B }
                            //^ NX222
                                    //^ NX222
    flow add(req) { return req }
===
    flow main { print("x") }
    //- secrets.nxs
    config default {
      A: foo-bar-secret
       //^^^^^^^^^^^^^^ NX606
      B: [1, 2]
       //^^^^^^ NX606
      D: "ok"
      E "客"
      //^^^ NX606
    }
===
    flow main { print("x") }
    //- secrets.nxs
    config default { A = }
                       //^ NX606
===
    flow main { print("x") }
    //- secrets.nxs
    = "1"
  //^ NX606
    hello world
        //^^^^^ NX606
===
    flow main { python! """
    客, x = [1
         //^ NX116
    """; print(x, 客, y) }
                   //^ NX201
===
    flow main { print(template"""客 {{#each xs}}{{this}}{{/each}} {{#unless a}}x{{#else}}y{{/unless}}{{/each}}""") }
                                   //^^^^^ NX119
                                                                 //^^^^^^^ NX119
                                                                                                    //^^^^^ NX119
===
    flow main { true += 1; "a" -= 2 }
              //^^^^ NX110
                         //^^^ NX110
===
    job J { perform(x: int) { print(x) }
     perform(y: int) { print(y) } on_failure(e, n) { print(e, n) } on_failure(e, n) { print(e, n) } }
   //^^^^^^^ NX122
                                                                 //^^^^^^^^^^ NX122
    agent A { prompt: "x"
     context { source: upstream }
     context { sink: discard }
   //^^^^^^^ NX122
     context_policy { strategy: sliding_window }
     context_policy { strategy: sliding_window } }
   //^^^^^^^^^^^^^^ NX122
    server 8080 { cors { origins: ["*"] }
     cors { origins: ["x"] }
   //^^^^ NX122
     group "/a" { cors { origins: ["y"] } }
     route GET "/" => A }
===
    flow main { for x in [1] { y = x print(y) } }
                                   //^^^^^ NX101
===
    flow main(n: int = 1) {
        x = match n {
                  //^ NX102
            1 => 2
            _ => 3
        print(x)
    }
    flow other { print("b") }
===
    flow main { x = [1]; print("客 #{str(x))} b") }
                                        //^ NX103
===
    flow main { x = [1]; print("a #{x[0]]}") }
                                      //^ NX103
===
    flow main { print("a") }
    /* This is a long
  //^^ NX105
       comment, it never ends
     * and has (brackets
    at the margin, too

    flow other { print("b") }
===
    agent A { prompt: "x"
        tool T { description: "客" }
      //^^^^ NX117: `tool` is not allowed here; a declaration stands at the top level of a file
    }
    flow other { print(A.run("x")) }
===
    agent A {
        prompt: "客"
        agent B { prompt: "x" }
      //^^^^^ NX117
        @tool("x")
        fn g(x: str) -> str { x }
        struct S { a: int }
      //^^^^^^ NX117
        role: "y"
    }
    agent C uses A { prompt: "x" }
    flow other { print(A.run("x"), B.run("y"), A.g("a"), C.run("z")) }
===
    flow main { s = "客" print(s) }
                      //^^^^^ NX101
===
    flow main { print("客") }
    @parallel
           //^ NX100: unexpected end of file; expected the declaration that the decorator is for
'''

SILENT = r'''
    flow main { python! """
    import functools
    @functools.cache
    def gen(x):
        return x
    """; print(gen) }
===
    flow main { print(r"""
    type Alias = int
    @x
    """, template"""
    use config default
    agent A { }
    """) }
===
    fn leave() { 1 }
    leave()
    print("x")
    if input("") == "a" { exit(0) }
    print("b")
    while true { if input("") == "x" { break } }
    print("c")
===
    agent A { prompt: "x" }
    flow add(req) { return req }
    server 8081 { route GET "/a" => A; route GET "/b" => A // 客
      require_auth "/x" /* b */
      middleware [add]
      route GET "/c" { handler: A } route GET "/d" => A }
===
    agent A { prompt: """a #{1 +
       2} b""" }
    flow main { print(A.run("x"), `a #{
      1}`) }
===
    include "a.nxlib"; use config default; type A1 = int; db d = connect("sqlite://:memory:")
    flow main(a: A1 = 1) { print(a, fa(), d) }
    //- a.nxlib
    fn fa() -> int { 1 }
    //- secrets.nxs
    config default { A: "1"; B = 2, C: { a: true, "b": { c: 1.5 } } } D = -1
'''


@pytest.mark.parametrize("text", split(FOUND))
def test_one_cause_is_one_finding(text: str) -> None:
    assert "//^" in text
    wrong = differences(text, severities=SERIOUS)
    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.parametrize("text", split(SILENT))
def test_what_only_looks_like_it_is_silent(text: str) -> None:
    wrong = differences(text, severities=SERIOUS)
    assert not wrong, "\n".join(["", *wrong])
