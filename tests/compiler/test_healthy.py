"""Names in the healthy statements of a torn declaration are looked up, as far as that is certain."""

from __future__ import annotations

import pytest

from harness.findings import project_of

ROWS = [
    ("print(foo)\nx = 1 2\nprint(bar(x))", ["foo", "bar"]),
    ("print(q\ntotal = bar(q)\nprint(total)", ["bar"]),
    ("if q {\n    bar(q)\n    x =\n}\nzed(q)", ["bar"]),
    ('x = "abc\nzed(q)', ["zed"]),
    ("let a =\nassert zed(a) == b", ["zed", "b"]),
    ("for a in [1 {\n    print(zed)\n}\nprint(foo)", []),
    ("print(foo)\nfor a in [1 {\n    print(zed)\n}", ["foo"]),
    ("tot = len(q\nprint(total)", []),
    ("total = len(q) 2\nprint(total, totl)", []),
    ("let (tot\nprint(total)", []),
    ("printq.a, q)\nby: dict[str, int] = {}\nprint(by, zed)", []),
    ("q a b\nby: dict[str, int] = {}\nprint(by, zed)", ["zed"]),
    ("if q\n    bar(q)\n}\nzed(q)", []),
    ('x = """abc\nzed(q)', []),
    ("/* abc\nzed(q)", []),
    ('print("🙂")\nx = 1 2\nprint(客户)', ["客户"]),
    ("x = 1 2\nfor total in [1] { print(total, zed) }", ["zed"]),
]


@pytest.mark.parametrize(("body", "unknown"), ROWS)
def test_names_in_healthy_statements(body: str, unknown: list[str]) -> None:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    found = project_of({"a.nx": f"flow main(q: str) {{\n{lines}}}\n"}).findings("a.nx") or ()
    assert any(one.code.startswith("NX1") for one in found)
    assert [one.message.split("`")[1] for one in found if one.code == "NX201"] == unknown


@pytest.mark.parametrize("head", ["flow main(q str) {", "flow main(q: str {", "fn f(a b) -> int {", "test {"])
def test_a_torn_head_may_declare_any_parameter(head: str) -> None:
    found = project_of({"a.nx": f"{head}\n    print(zed)\n}}\n"}).findings("a.nx") or ()
    assert [one.code for one in found if one.code == "NX201"] == []


def test_what_a_torn_neighbour_may_declare_is_unknown_to_nobody() -> None:
    text = "agent Ann { prompt: 1 2 }\nflow main {\n    print(Ann.run(1))\n    x = 1 2\n    print(Bob.run(1))\n}\n"
    found = project_of({"a.nx": text}).findings("a.nx") or ()
    assert [one.message for one in found if one.code == "NX201"] == ["`Bob` is not defined"]
