"""Declaration, type definition, implementation: `«»` marks where the name at `$0` leads to."""

from __future__ import annotations

import pytest

from harness.cursor import snapshot
from harness.marked import read_marked
from nexa.ide.features.declaration import declaration
from nexa.ide.features.implementation import implementation
from nexa.ide.features.type_definition import type_definition

FEATURES = {"declaration": declaration, "type": type_definition, "implementation": implementation}


def check_goto(kind: str, text: str) -> None:
    """The places that a feature leads to are exactly the marked ones."""
    marked = read_marked(text)
    found = FEATURES[kind](marked.project, marked.path, marked.offset)
    assert marked.shown([(one.path, one.span, True) for one in found]) == marked.shown(marked.spans)
    for one in found:
        assert one.full_span.start <= one.span.start <= one.span.end <= one.full_span.end
        assert one.origin.start <= marked.offset <= one.origin.end


TYPES = {
    "a parameter": "protocol «P» { a: str }\nflow f(p$0: P) { print(p) }",
    "a read of it": "protocol «P» { a: str }\nflow f(p: P) { print(p$0) }",
    "at its start": "protocol «P» { a: str }\nflow f(given: P) { print($0given) }",
    "a variable without a written type": (
        "protocol «P» { a: str }\nagent A implements P { }\nflow main { x$0 = A.run(1); print(x) }"
    ),
    "an agent": "protocol «P» { a: str }\nagent A implements P { }\nflow main { print(A$0.run(1)) }",
    "an agent's own name": "protocol «P» { a: str }\nagent A$0 implements P { }",
    "an agent of several protocols": (
        "protocol «P» { a: str }\nprotocol «Q» { b: str }\nagent A implements P, Q { }\nflow main { x = A.run(1); x$0 }"
    ),
    "a flow": "struct «S» { a: str }\nflow f() -> S { return S('a') }\nflow main { print(f$0()) }",
    "a flow with an inferred result": "struct «S» { a: str }\nflow f() { return S('a') }\nflow main { print(f$0()) }",
    "a field": "struct «S» { a: str }\nprotocol P { s: S }\nflow f(p: P) { print(p.s$0) }",
    "a field's own name": "struct «S» { a: str }\nprotocol P { s$0: S }",
    "a list": "enum «E» { V }\nflow f(es: list[E]) { for e in es$0 { print(e) } }",
    "an element": "enum «E» { V }\nflow f(es: list[E]) { for e$0 in es { print(e) } }",
    "an option": "enum «E» { V }\nflow f(e: E?) { print(e$0) }",
    "a variant": "enum «E» { V }\nflow main { print(E::V$0) }",
    "a semantic type": "type «T» = str @ 'x'\nflow f(t$0: T) { print(t) }",
    "a type": "protocol «P» { a: str }\nagent A implements P$0 { }",
    "a binding of a pattern": "protocol P { s: S }\nstruct «S» { a: str }\nflow f(p: P) { let {s$0} = p; print(s) }",
    "a text": "flow f(p$0: str) { print(p) }",
    "a function of the language": "flow main { pri$0nt(1) }",
    "behind an emoji": 'protocol «客» { a: str }\nflow f(p: 客) { print("😀", p$0) }',
    "beside a mistake": "protocol «P» { a: str }\nflow f(p: P) {\n x = = 1\n print(p$0)\n}\nagent { (",
}


@pytest.mark.parametrize("text", TYPES.values(), ids=TYPES.keys())
def test_type_definition(text):
    check_goto("type", text)


IMPLEMENTATIONS = {
    "the agents of a protocol": (
        "protocol P$0 { a: str }\nagent «A» implements P { }\nagent B { }\nagent «C» -> P { }\n"
        "agent «D» { output_schema: P }\nagent «E» implements P, Q { }\nprotocol Q { b: str }"
    ),
    "its flows": (
        "protocol P { a: str }\nagent «A» implements P$0 { fn «again»() -> P { self.run(1) } }\n"
        "flow «f»() -> P { return A.run(1) }\nflow «g»() { return A.run(1) }\n"
        "flow «h»() -> Result[P, str] { return g() }\n"
        "flow other(p: P) -> str { return p.a }\nfn «i»(p: P) -> P? { p }"
    ),
    "the impls of a trait": (
        "trait T$0 { fn f() }\nstruct S { a: str }\nimpl T for «S» { fn f() { } }\nimpl S { fn g() { } }"
    ),
    "the impls of a struct": "struct S$0 { a: str }\ntrait T { fn f() }\nimpl T for «S» { fn f() { } }\nimpl «S» { }",
    "a method of a trait": (
        "trait T { fn f$0() }\nstruct S { a: str }\nimpl T for S { fn «f»() { } }\n"
        "struct R { f: str }\nimpl R { fn f() { } }"
    ),
    "a method with a default": "trait T { fn «f$0»() { 1 } }\nstruct S { a: str }\nimpl T for S { fn «f»() { 2 } }",
    "an agent": "agent «A» { }\nflow main { A$0.run(1) }",
    "a tool": "tool «T» { description: 'd' }\nagent A uses T$0 { }",
    "a name of the language": "flow main { pri$0nt(1) }",
    "beside mistakes": (
        "protocol P$0 { a: str }\nagent «A» implements P {\n prompt: = \n}\nagent { (\nflow «f»() -> P { return = }"
    ),
}


@pytest.mark.parametrize("text", IMPLEMENTATIONS.values(), ids=IMPLEMENTATIONS.keys())
def test_implementation(text):
    check_goto("implementation", text)


def test_implementations_in_other_files():
    check_goto(
        "implementation",
        """
        //- lib.nxlib
        protocol P$0 { a: str }
        //- other.nx
        agent X implements P { }
        protocol P { b: str }
        //- main.nx
        include "lib.nxlib"
        agent «客» implements P { }
        """,
    )


def test_the_function_of_a_tool():
    project, path, offset = snapshot(
        """
        //- helpers/t.py
        import math

        def t(x): ...
        //- main.nx
        tool T { python: "helpers/t.py" }
        agent A uses T$0 { }
        """
    )
    (target,) = implementation(project, path, offset)
    assert (target.path, target.line, target.column) == ("/my files/helpers/t.py", 2, 4)
    project, path, offset = snapshot('tool T { python: "gone.py" }\nagent A uses T$0 { }')
    assert [one.path for one in implementation(project, path, offset)] == [path]


@pytest.mark.parametrize(
    "text",
    [
        "trait T { fn «f»() }\nstruct S { a: str }\nimpl T for S { fn f$0() { } }",
        "trait T { fn «f»() }\nstruct S { a: str }\nimpl T for S { fn f() { } }\nflow main { s = S('a'); s.f$0() }",
        "struct S { a: str }\nimpl S { fn «f»() { } }\nflow main { s = S('a'); s.f$0() }",
        "agent «A» { }\nflow main { A$0.run(1) }",
        "flow main { «x» = 1; print(x$0) }",
        "flow main { pri$0nt(1) }",
    ],
)
def test_declaration(text):
    check_goto("declaration", text)
