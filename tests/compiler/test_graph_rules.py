"""Slips of flow operators: what counts as dropped or used, what is concurrent, and what the fixes write."""

from __future__ import annotations

import pytest

from harness.findings import check_findings, findings_of

HEAD = 'agent A { prompt: "a" }\nagent B { prompt: "b" }\nagent C { prompt: "c" }\n'


def codes(body: str, head: str = HEAD) -> list[str]:
    """The NX4xx codes in `main`, in order."""
    found = findings_of({"main.nx": f"{head}flow main(x: str, n: int) {{ print(n)\n{body}\n}}\n"})
    return [one.code for one in found if one.code.startswith("NX4") and one.code != "NX412"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the value of a fan-out or a consensus
        ("x |>> [A, B]", ["NX414"]),
        ("x |>> [A, B] if n > 1", ["NX414"]),
        ("if n > 1 { x |>> [A, B] }", ["NX414"]),
        ("defer x |>> [A, B]", ["NX414"]),
        ("match n { 1 => x |>> [A, B], _ => null }", ["NX414"]),
        ("x |>> [A, B] otherwise null", ["NX414"]),
        ("[x, x] && A", ["NX414"]),
        ("y = x |>> [A, B]\nprint(y)", []),
        ("y = match n { 1 => x |>> [A, B], _ => null }\nprint(y)", []),
        ("y = x |>> [A, B] otherwise { x |>> [B, C] }\nprint(y)", []),
        ("f = fn(z) => z |>> [A, B]\nprint(f(x))", []),
        ("f = fn(z) { z |>> [A, B] }\nprint(f(x))", []),
        ("f = fn(z) { z |>> [A, B]\n1 }\nprint(f(x))", ["NX414"]),
        ("x |>> [A, B] &>> C", []),
        ("n > 1 && n < 3", []),
        # the value of a fire-and-forget
        ("x || [A]", []),
        ("y = x || [A]\nprint(y)", ["NX413"]),
        ("return x || A", ["NX413"]),
        ("print(x || [A, B])", ["NX413"]),
        ("y = n > 1 || n < 0\nprint(y)", []),
        ("f = fn(z) { z || [A] }\nf(x)", []),
        # stages that stand twice
        ("print(x >> A >> B >> A)", ["NX402"]),
        ("print(A.run(x) >> B >> A)", []),
        ("f = A\nprint(x >> f >> f)", []),
        ("print(x |>> [A, B, A])", ["NX415"]),
        ("print(join(A, B, A).C(x))", ["NX415"]),
        ("print([A, A] &>> C)", ["NX415"]),
        ("print([x, x] &>> C)", []),
        ("print(x && [A, B, A])", ["NX415"]),
        ("print([A, A] && C)", ["NX415"]),
        # one stage, or none
        ("print(x |>> [])", ["NX410"]),
        ("print(x && [])", ["NX410"]),
        ("x || []", ["NX410"]),
        ("print(x |>> [A])", ["NX411"]),
        ("print(x |>> [..[A, B]])", []),
        ("print(x |>> A)", []),
        # branches that run at the same time
        ("y = 0\nfork { y = 1 } and { y = 2 }\nprint(y)", ["NX418"]),
        ("y = 0\nparallel([fn() { y = 1 }, fn() { y = 2 }])\nprint(y)", ["NX418"]),
        ("fork { let y = 1\nprint(y) } and { let y = 2\nprint(y) }", []),
        ("fork { y = 1\ny = 2 } and { z = 2 }\nprint(y, z)", []),
        ("parallel([fn() { y = 1\nprint(y) }, fn() { y = 2\nprint(y) }])", []),
        ("fork [y = A.run(x), y = B.run(x)]\nprint(y)", ["NX418"]),
    ],
)
def test_a_slip_is_found_and_nothing_else(body: str, expected: list[str]) -> None:
    assert codes(body) == expected


def test_a_declaration_of_ones_own_is_not_what_is_predeclared() -> None:
    own = HEAD + "fn join(a: any, b: any) -> any { [a, b] }\nfn parallel(fs: list) -> list { fs }\n"
    assert codes("print(join(A, A))\ny = 0\nparallel([fn() { y = 1 }, fn() { y = 2 }])\nprint(y)", own) == []


def test_a_top_level_variable_in_two_branches() -> None:
    check_findings("""
        fork {
            best = 1
        } and {
            best = 2
          //^^^^ NX418: `best` is assigned in concurrent branches
        }
        print(best)
    """)


@pytest.mark.parametrize(
    ("body", "groups"),
    [
        ("a = A.run(x)\nb = B.run(x)\nprint(a, b)", [2]),
        ("a = A.run(x)\nb = B.run(x)\nc = C.run(x)\nprint(a, b, c)", [3]),
        ("a = A.run(x)\nb = B.run(a)\nprint(b)", []),
        ("a = A.run(x)\nprint(a)\nb = B.run(x)\nprint(b)", []),
        ("a = A.run(x)\nif n > 1 { return a }\nb = B.run(x)\nprint(b)", []),
        ("a = A.run(x)?\nb = B.run(x)\nprint(a, b)", []),
        ("a = A.run(x)\nb = A.run(x)\nprint(a, b)", []),
        ("a = A.run(x) + B.run(x)\nprint(a)", []),
        ("a = A.run(x)\nx = input()\nb = B.run(x)\nprint(a, b)", []),
        ("for y in [x] { a = A.run(y)\nb = B.run(y)\nprint(a, b) }", [2]),
        ("a = if n > 1 then A.run(x) else B.run(x)\nprint(a)", []),
        ("if n > 1 { a = A.run(x)\nprint(a) } else { b = B.run(x)\nprint(b) }", []),
    ],
)
def test_independent_calls_are_counted(body: str, groups: list[int]) -> None:
    text = f"{HEAD}flow main(x: str, n: int) {{ print(n)\n{body}\n}}\n"
    found = [one.message for one in findings_of({"main.nx": text}) if one.code == "NX412"]
    assert found == [f"{count} independent calls could run concurrently" for count in groups]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("NX411", "print(x |>> [A])", "print(x >> A)"),
        ("NX411", "print(x |>> [A] &>> B)", "print(x >> A >> B)"),
        ("NX413", "y = x || [A, B]\nprint(y)", "y = x |>> [A, B]\nprint(y)"),
        ("NX414", "x |>> [A, B]", "x || [A, B]"),
        ("NX415", "print(x |>> [A, B, A])", "print(x |>> [A, B])"),
        ("NX412", "a = A.run(x)\nb = B.run(x)\nprint(a, b)", None),
    ],
)
def test_a_fix_removes_its_finding_and_adds_no_error(code: str, before: str, after: str | None) -> None:
    text = f"{HEAD}flow main(x: str) {{ print(C)\n{before}\n}}\n"
    known = findings_of({"main.nx": text})
    fix = next(one.fix for one in known if one.code == code)
    assert fix is not None
    fixed = text.encode()
    for edit in sorted(fix.edits, key=lambda one: -one.span.start):
        fixed = fixed[: edit.span.start] + edit.text.encode() + fixed[edit.span.end :]
    if after is not None:
        assert fixed.decode() == text.replace(before, after)
    found = findings_of({"main.nx": fixed})
    assert code not in [one.code for one in found]
    assert {one.code for one in found if one.severity == "error"} <= {one.code for one in known}
