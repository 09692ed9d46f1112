"""A mistake in one declaration leaves the others as they were."""

from __future__ import annotations

import random

import pytest

from harness.mutations import items, mistake, programs, shape, tokens
from nexa.syntax import parse

PER_PROGRAM = 150
MOST_DAMAGED = 0.012
"""Of 20,000 mistakes 0.6 % reach another declaration; a sample of this size spreads."""


def damage(text: bytes, rng: random.Random) -> str:
    """What was done to one declaration if another one changed by it; otherwise nothing."""
    before = [(node.start_byte, node.end_byte, shape(node)) for node in items(parse(text).root)]
    declarations = [node for node in items(parse(text).root) if node.type.endswith("_declaration")]
    victim = rng.choice(declarations)
    done = mistake(rng, text, tokens(victim))
    shift = len(done.new) - (done.end - done.start)
    after = {node.start_byte: node for node in items(parse(done.applied(text)).root)}
    for start, _, kept in before:
        if start == victim.start_byte:
            continue
        found = after.get(start + shift if start > victim.start_byte else start)
        if found is None or shape(found) != kept:
            return f"{done} damages the item at {start}"
    return ""


def test_a_mistake_stays_in_its_declaration() -> None:
    rng = random.Random(20261)
    found = [damage(text, rng) for _, text in programs() for _ in range(PER_PROGRAM)]
    damaged = [what for what in found if what]
    assert len(damaged) <= MOST_DAMAGED * len(found), "\n".join(damaged)


GOOD = b'flow before { x >> B }\nagent Before { role: "r" }\n'
AFTER = b"".join(
    b'agent A%d {\n    role: "x"\n    fn f() { 1 }\n}\nflow f%d(q: str) { return q >> A%d }\nprotocol P%d { a: str }\n'
    % (n, n, n, n)
    for n in range(7)
)
FAULTS = [
    b"flow broken {\n    x = 1\n",
    b"flow broken { if a { while b { for c in d { loop {\n",
    b"flow broken { x = f( }\n",
    b'flow broken {\n    f(1\n    print "x"\n}\n',
    b"flow broken {\n    f(1\n    b.\n}\n",
    b"flow broken {\n    x = [1, 2\n}\n",
    b"flow broken {\n    x = {a: 1\n}\n",
    b"flow broken(q: str\n",
    b"flow broken(q: str) -> \n",
    b"flow {\n    x\n}\n",
    b"flow broken\n    x = 1\n}\n",
    b"agent Foo {\n",
    b"agent Foo {\n    role:\n",
    b'agent Foo role: "x" }\n',
    b'agent {\n    role: "x"\n}\n',
    b"agent Foo { fn f() {\n}\n",
    b"agent\n",
    b"tool\n",
    b"tool T\n",
    b"protocol P {\n    a: str\n",
    b"protocol P { a: }\n",
    b"type X =\n",
    b"type X\n",
    b"enum E { A(\n",
    b"struct S {\n",
    b"trait T { fn a() -> \n",
    b"impl X for\n",
    b"job J on\n",
    b'server 80 {\n    route GET "/x" =>\n',
    b"kv k\n",
    b"use config\n",
    b'flow broken {\n    print("half)\n}\n',
    b"flow broken {\n    print('half)\n}\n",
    b"flow broken {\n    print(`half)\n}\n",
    b'flow broken {\n    print("a #{b\n}\n',
    b'flow broken {\n    print("a #{b\n} c")\n}\n',
    b'flow broken {\n    print(f"a {b\n}\n',
    b'flow broken {\n    print(r"a\n}\n',
    b'agent Foo {\n    prompt: "half\n    model: "m"\n}\n',
    b'agent Foo {\n    prompt: """half\n}\n',
    b'flow broken {\n    x = template"""half\n}\n',
    b'flow broken {\n    x = python! """half\n}\n',
    b"flow broken {\n    x = python!\n}\n",
    b"flow broken {\n    x = python! '''half\n}\n",
    b"flow broken {\n    match x {\n        1 =>\n",
    b"flow broken {\n    x = 1 +\n}\n",
    b"flow broken { } }\n",
    b"flow broken { x ) ] }\n",
    b"flow broken { x = a ?? b : }\n",
    b"flow broken { x >> }\n",
    b"flow broken { if { } }\n",
    b'@tool("x"\nflow broken { }\n',
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_piece_costs_no_other_declaration(fault: bytes) -> None:
    wanted = [shape(node) for node in items(parse(GOOD).root)], [shape(node) for node in items(parse(AFTER).root)]
    root = parse(GOOD + fault + AFTER).root
    behind = [node for node in items(root) if node.start_byte >= len(GOOD + fault)]
    assert [shape(node) for node in items(root)][: len(wanted[0])] == wanted[0]
    assert [shape(node) for node in behind] == wanted[1]
