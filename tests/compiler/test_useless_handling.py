"""NX313: what cannot fail or is never null need not be handled."""

from __future__ import annotations

import pytest

from harness.findings import findings_of
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.syntax import Edit

HANDLED = {
    "fn f() -> bool { true }\nflow main { print(f()?) }": True,
    "fn f(n: int) -> int { if n > 1 { return n * 2 }; return 0 }\nflow main { print(f(2) otherwise 1) }": True,
    "flow f { }\nflow main { f()? }": True,
    "fn f(n: int) -> int { n / 2 }\nflow main { print(f(2)?) }": False,
    'fn f() -> str { raise "客" }\nflow main { print(f()?) }': False,
    "fn f(x: int) -> int requires x > 1 { x }\nflow main { print(f(1)?) }": False,
    '@tool("a") fn f() -> str { "x" }\nflow main { print(f()?) }': False,
    'fn f(x: str) -> str { A.run(x) }\nagent A { prompt: "a" }\nflow main { print(f("a")?) }': False,
    "fn f() -> bool { true }\nfn g() -> bool { f() }\nflow main { print(g()?) }": False,
}
"""Whether handling a failure is useless: what a function calls in its turn is not followed."""


@pytest.mark.parametrize("text", HANDLED)
def test_what_a_function_cannot_do_wrong_need_not_be_handled(text: str) -> None:
    assert ("NX313" in [one.code for one in findings_of({"a.nx": text})]) == HANDLED[text]


def test_whoever_handles_a_failure_hears_of_the_body_that_may_fail() -> None:
    text = b"fn f() -> bool { true }\nflow main { print(f()?) }"
    file = File.parse("/a.nx", text)
    project = Project(Settings(), lambda _: None).with_file(file)
    assert "NX313" in [one.code for one in project.findings("/a.nx") or ()]
    at = text.index(b"true")
    new = text.replace(b"true", b'raise "a"')
    project = project.with_file(file.edited([Edit(at, at + 4, at + 9)], new))
    assert "NX313" not in [one.code for one in project.findings("/a.nx") or ()]


@pytest.mark.parametrize("params", ["req", "request", "r: request"])
def test_a_middleware_need_not_look_at_its_request(params: str) -> None:
    text = f'flow check({params}) {{ print("客") }}\nflow f(id) {{ 1 }}\n'
    text += 'server 80 {\n    middleware [check]\n    route GET "/{id}" => f\n}\n'
    assert [one.message for one in findings_of({"a.nx": text}) if one.code == "NX208"] == ["`id` is never read"]
