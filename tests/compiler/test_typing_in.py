"""While somebody types a declaration, key by key, no other one is told of a mistake."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from harness.findings import project_of
from harness.slip import file_of
from harness.typing_in import examples, moments, surprises, typed_again, typed_new

EVERY = 101
"""Which share of the moments is tried here; `tests/bench/typing_in.py` tries all."""


def test_an_editor_closes_what_is_open() -> None:
    assert list(moments('f("{')) == ["f", "f(", "f()", 'f("', 'f("")']


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.rpartition("/")[2])
def test_a_new_declaration_says_nothing_of_others(path: str) -> None:
    rng = random.Random(path.rpartition("/")[2])
    count = len(file_of(path).items)
    for index in range(count):
        gap = rng.randrange(count + 1)
        for slip in islice(typed_new(path, gap, index), rng.randrange(EVERY), None, EVERY):
            assert not surprises(slip), slip


@pytest.mark.parametrize("path", examples(), ids=lambda path: path.rpartition("/")[2])
def test_a_declaration_that_is_typed_again_says_nothing_of_others(path: str) -> None:
    rng = random.Random(path.rpartition("/")[2])
    for index in range(len(file_of(path).items)):
        for slip in islice(typed_again(path, index), rng.randrange(EVERY), None, EVERY):
            assert not surprises(slip), slip


HEALTHY = """flow ask(question: str) -> str {
    return Writer.run(question)
}
agent Writer {
    prompt: "Write."
}
flow main(question: str) { print(ask(question), question) }
"""

BEGUN = [
    "a", "ag", "agent", "agent ", "agent W", "agent Write", "agent WriterToo", "agent WriterToo {", "f", "fl", "flow",
    "flow ", "flow a", "flow as", "l", "le", "let", "let ", "let x", "p", "pro", "protocol ", "t", "ty", "type", "i",
    "imp", "impl", "in", "inc", "include", 'include "', "/", "//", "/// W", "@", "@to", "@tool(", '@tool("',
]  # fmt: skip
"""What stands there while somebody types a declaration above or below the others."""


@pytest.mark.parametrize("begun", BEGUN)
@pytest.mark.parametrize("place", ["above", "below"])
def test_what_is_only_begun_says_nothing_of_others(begun: str, place: str) -> None:
    text = f"{begun}\n\n{HEALTHY}" if place == "above" else f"{HEALTHY}\n{begun}\n"
    low, high = (0, len(begun) + 1) if place == "above" else (len(HEALTHY), len(text))
    found = project_of({"a.nx": text}).findings("a.nx") or ()
    assert [one for one in found if not low <= one.span.start <= high] == []


GONE = [
    ("a", "flow main { print(Writer.run(1)) }"),
    ("agent Wri", "flow main { print(Writer.run(1)) }"),
    ("agent Wri", 'agent Ann uses Writer { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    ("pro", "flow main(plan: Plan) { print(plan) }"),
    ("protocol Pl", "flow main(plan: Plan) { print(plan) }"),
    ("st", "flow main(plan: Plan) { print(plan) }"),
    ("le", "flow main { print(waiting) }"),
    ("let wai", "flow main { print(waiting) }"),
    ("db no", "flow main { print(notes) }"),
    ("flow leads", "flow main {\n    leads = 1\n    print(leads, leads_home)\n}"),
    ("imp", "struct R { a: int }\nflow main { print(R(a: 1).show()) }"),
    ("agent Wri\0ter {", "flow main { print(Writer.run(1)) }"),
    ("agent Wri\u3000ter {", "flow main { print(Writer.run(1)) }"),
    ("/", "flow main(plan: Plan) { print(plan) }"),
    ("inc", 'agent Ann uses look { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
    ("in", 'agent Ann uses look { prompt: "x" }\nflow main { print(Ann.run(1)) }'),
]


@pytest.mark.parametrize(("begun", "user"), GONE)
def test_who_types_a_name_again_sees_its_users_wait(begun: str, user: str) -> None:
    found = project_of({"a.nx": f"{begun}\n\n{user}\n"}).findings("a.nx") or ()
    assert [one for one in found if one.span.start > len(begun)] == []


CERTAIN = [
    ("agent Wri", "flow main { print(Wrote.run(1)) }", "NX201"),
    ("agent Wri {", "flow main { print(Writer.run(1)) }", "NX201"),
    ("pro", "flow main { print(Writer.run(1)) }", "NX201"),
    ("x", "flow main { print(Writer.run(1)) }", "NX201"),
    ("a = 1\na", "flow main { print(Writer.run(1)) }", "NX201"),
]


@pytest.mark.parametrize(("begun", "user", "code"), CERTAIN)
def test_what_cannot_be_the_name_is_still_said(begun: str, user: str, code: str) -> None:
    found = project_of({"a.nx": f"{begun}\n\n{user}\n"}).findings("a.nx") or ()
    assert [one.code for one in found if one.span.start > len(begun)] == [code]


def test_nothing_is_unused_while_a_declaration_is_begun() -> None:
    text = 'fl\n\nagent Ann { prompt: "x" }\nflow other { Ann.run(1) }\nflow main { print(1) }\n'
    found = project_of({"a.nx": text}).findings("a.nx") or ()
    assert [one.code for one in found] == ["NX201"]
