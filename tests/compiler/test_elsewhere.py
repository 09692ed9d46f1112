"""What people write out of habit from other languages: one finding, at the right place, that says what Nexa has."""

from __future__ import annotations

import pytest

from harness.findings import findings_of
from nexa.compiler.chinese import in_chinese
from nexa.compiler.rule import Severity

ROWS = {
    "客 = 1 ⟦if⟧ c else 2": "unexpected `if`; expected the end of the statement (a choice is written…",
    "x = 1 ⟦if⟧ c": "unexpected `if`; expected the end of the statement (a condition goes around it, as in…",
    "let x: int = 1 ⟦if⟧ c": "unexpected `if`; expected the end of the statement (a condition goes around it…",
    "return 1 ⟦if⟧ c": "unexpected `if`; expected the end of the statement (a condition goes around it…",
    "loop { break ⟦if⟧ c }": "unexpected `if`; expected the end of the statement (a condition goes around it…",
    "raise ToolError('🙂') ⟦if⟧ c": "unexpected `if`; expected the end of the statement (a condition goes around it…",
    "print 'x' ⟦if⟧ c": "unexpected `if`; expected the end of the statement (a condition goes around it…",
    "f('a' ⟦if⟧ c else 'b')": "unexpected `if`; expected `,` or `)` (a choice is written `if c then a else b`)",
    "x = if c ⟦{⟧ 1 } else { 2 }": "unexpected `{`; expected `then` (a choice is written `if c then a else b`)",
    "f(x ⟦|⟧ upper)": "unexpected `|`; expected `,` or `)` (a filter stands inside `#{…}`)",
    "let f = (x) ⟦=>⟧ x + 1": "unexpected `=>`; expected the end of the statement (a function is written…",
    "f(xs, x ⟦=>⟧ x + 1)": "unexpected `=>`; expected `,` or `)` (a function is written…",
    "let f = ⟦|⟧x| x + 1": "unexpected `|`; expected an expression (a function is written…",
    "xs = [x * 2 ⟦for⟧ x in ys]": "unexpected `for`; expected `,` or `]` (a list of results is written…",
    "for i in 0.⟦.⟧10 { f(i) }": "unexpected `.`; expected a name (a range is written `range(a, b)`)",
    "a⟦,⟧ b = 1, 2": "unexpected `,`; expected the end of the statement (several names stand in parentheses…",
    "let a⟦,⟧ b = f()": "unexpected `,`; expected the end of the statement (several names stand in parentheses…",
    "return a⟦,⟧ b": "unexpected `,`; expected the end of the statement (several values stand in parentheses…",
    "x |>> A⟦,⟧ B": "unexpected `,`; expected the end of the statement (several stages stand in brackets…",
    "print 'a'⟦,⟧ 'b'": "unexpected `,`; expected the end of the statement (arguments stand in parentheses)",
    "x = 1⟦,⟧000": "unexpected `,`; expected the end of the statement (digits are grouped by `_`, as in `1_000`)",
    "x ⟦:=⟧ 3": "unknown operator `:=`; write `=`",
    "let x = y ⟦=⟧ 3": "unexpected `=`; expected the end of the statement",
    "f(a.b.⟦)⟧": "unexpected `)`; expected a name",
    "x >> ⟦>>⟧ y": "unexpected `>>`; expected an expression",
    "pass 'x' ⟦}⟧": "unexpected `}`; expected `to`",
    "f('#{x | ⟦}⟧')": "unexpected `}`; expected the name of a filter after `|`",
    "loop { } until ⟦x⟧": "unexpected `x`; expected `(`",
    "try { f() } finally ⟦f⟧()": "unexpected `f`; expected `{`",
    "if x then f() ⟦}⟧": "unexpected `}`; expected `else`",
}
"""Statements of a flow."""

FILES = {
    "⟦export⟧ flow f { print(1) }": "`export` is not Nexa; leave it out: every declaration is visible…",
    "⟦async⟧ flow f { print(1) }": "`async` is not Nexa; leave it out: every function may wait",
    "flow main() -> ⟦{⟧ }": "unexpected `{`; expected a type",
    "fn f(x: int) ⟦=>⟧ x": "unexpected `=>`; expected `{` (the body stands in `{ }`)",
    "test ⟦hello⟧ { assert true }": "unexpected `hello`; expected a title in quotes",
    "include ⟦lib⟧.nx": "unexpected `lib`; expected a path in quotes",
    "server 80 { route GET ⟦/⟧a => A }": "unexpected `/`; expected a path in quotes",
    "job J { perform ⟦{⟧ } }": "unexpected `{`; expected `(`",
    "flow f(x: int) {\n    while x < 3⟦:⟧\n        x += 1\n}": "unexpected `:`; expected `{`",
    "flow f(x: int)⟦:⟧\n    print(x)": "unexpected `:`; expected `{`",
    "flow f(x: int) {\n    while x < 3⟦:⟧ x += 1\n    print(x)\n}": "unexpected `:`; expected `{`",
    "flow f(x: bool) {\n    if x⟦:⟧ return 1\n    print(x)\n}": "unexpected `:`; expected `{`",
    "⟦def⟧ f(x):\n    print(x)\n    return x": "`def` is not Nexa; use `fn` or `flow`",
    'use config ⟦"x"⟧': "unexpected string; expected the name of the config",
    "客 = 1\nx is⟦⟧\ndone = 客\nprint(x, done)": "unexpected end of line; expected a type",
    'agent A uses ⟦[⟧std.time] {\n    role: "客"\n    fn a() { self.b() }\n    fn b() { 1 }\n}': (
        "unexpected `[`; expected a name or a string"
    ),
    'agent A implements ⟦[⟧P] { role: "客" }': "unexpected `[`; expected a type",
    "impl A for ⟦{⟧ fn x() { } }": "unexpected `{`; expected a type",
    "protocol P { a: str; b ⟦}⟧": "unexpected `}`; expected `:`",
    "flow f { let x = 1\n⟦(⟧x, y) = (2, x)\nprint(x, y) }": "cannot assign to this: a value is taken apart…",
    "flow f { try { print(1) } catch { ⟦raise⟧ } }": "`raise` is not defined; `raise` needs an error behind it, as in…",
    "flow f { if true { ⟦pass⟧ } }": "`pass` is not defined; a block may be empty: `{ }`",
}
"""Whole files."""


@pytest.mark.parametrize("row", [*ROWS, *FILES])
def test_one_finding_says_what_to_write(row: str) -> None:
    told = ROWS.get(row) or FILES[row]
    text = row if row in FILES else f"flow main(c, x) {{\n    {row}\n    done(c)\n}}\nflow done(c) {{ print(c) }}\n"
    if row in ROWS and row.endswith("⟦}⟧"):  # the mistake is the end of the flow
        text = f"flow main(c, x) {{ {row}\n"
    before, _, rest = text.partition("⟦")
    marked, _, behind = rest.partition("⟧")
    found = [
        one
        for one in findings_of({"main.nx": before + marked + behind})
        if one.severity in (Severity.ERROR, Severity.WARNING) and one.code != "NX212"
    ]
    assert len(found) == 1, found
    start = len(before.encode())
    assert (found[0].span.start, found[0].span.end) == (start, start + len(marked.encode()))
    assert found[0].message == told or (told.endswith("…") and found[0].message.startswith(told[:-1]))
    assert in_chinese(found[0]).message != found[0].message
