"""Programs of unusual shapes and of any size: what takes no longer than its size says.

Each takes a number, of statements, stages, declarations or whatever else it has many of, and gives a text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Shape = Callable[[int], str]

_ANN = 'agent Ann { prompt: "x" }\n'
_MAIN = "flow main { print(1) }\n"


def _all(lines: Callable[[int], str], count: int, apart: str = "") -> str:
    return apart.join(map(lines, range(count)))


def _flow(statements: str, head: str = "main") -> str:
    return f"flow {head} {{\n{statements}}}\n"


def _ring(n: int, body: Callable[[int, int], str]) -> str:
    return "".join(body(i, (i + 1) % n) for i in range(n)) + _MAIN


def _of(lines: Iterable[str]) -> str:
    return "".join(lines)


STATEMENTS: dict[str, Shape] = {
    "statements": lambda n: _flow(_all(lambda i: f"    x{i} = {i}\n    print(x{i})\n", n)),
    "values of one variable": lambda n: _flow(
        "    x = 0\n" + _all(lambda i: f"    x = x + {i}\n", n) + "    print(x)\n"
    ),
    "unused variables": lambda n: _flow(_all(lambda i: f"    x{i} = {i}\n", n)),
    "hidden variables": lambda n: _flow(
        "    let x = 1\n" + "    if true { let x = 2; print(x) }\n" * n + "    print(x)\n"
    ),
    "undefined names": lambda n: _flow(_all(lambda i: f"    print(zork{i})\n", n)),
    "branches": lambda n: _flow(
        "    let y: str? = null\n" + _all(lambda i: f"    if c > {i} and y != null {{ print(y) }}\n", n), "main(c: int)"
    ),
    "one long else if": lambda n: _flow(
        "    if c == 0 { print(0) }" + _all(lambda i: f" else if c == {i + 1} {{ print({i}) }}", n) + "\n",
        "main(c: int)",
    ),
    "narrowed members": lambda n: (
        "struct Box { size: int? }\n"
        + _flow(_all(lambda i: f"    if box.size != null {{ print(box.size + {i}) }}\n", n), "main(box: Box)")
    ),
    "loops": lambda n: _flow(
        _all(lambda i: f"    for each x in xs {{ if x > {i} {{ continue }}; print(x) }}\n", n), "main(xs: list[int])"
    ),
    "tries": lambda n: _ANN + _flow(_all(lambda i: f'    try {{ print("{i}") }} catch (e) {{ print(e) }}\n', n)),
    "lambdas": lambda n: _flow(_all(lambda i: f"    f{i} = fn(x) => x + {i}\n    print(f{i}(1))\n", n)),
    "runs of an agent": lambda n: _ANN + _flow(_all(lambda i: f'    x{i} = Ann.run("a")\n    print(x{i})\n', n)),
    "chains": lambda n: _ANN + _flow('    x = "a"\n' + "    x = x >> Ann\n" * n + "    print(x)\n"),
    "one line": lambda n: _flow(_all(lambda i: f"print({i})", n, "; ") + "\n"),
}
"""In one flow."""

EXPRESSIONS: dict[str, Shape] = {
    "stages in parallel": lambda n: (
        _ANN + _flow(f'    x = "a" |>> [{_all(lambda _: "Ann", n, ", ")}] &>> Ann\n    print(x)\n')
    ),
    "elements": lambda n: _flow(f"    let x: list[int] = [{_all(str, n, ', ')}]\n    print(x)\n"),
    "elements of two types": lambda n: _flow(
        "    let x = [" + _all(lambda i: f'{i}, "s{i}"', n, ", ") + "]\n    print(x)\n"
    ),
    "records of a list": lambda n: _flow(
        "    let x = [\n" + _all(lambda i: f'        {{"a{i}": {i}}},\n', n) + "    ]\n    print(x)\n"
    ),
    "entries": lambda n: _flow(
        "    let x = {\n" + _all(lambda i: f'        "k{i}": {i},\n', n) + "    }\n    print(x)\n"
    ),
    "text": lambda n: _flow('    print("""' + "some words here and there\n" * n + '""")\n'),
    "interpolations": lambda n: _flow('    print("' + "a #{a} b " * n + '")\n', "main(a: str)"),
    "arguments": lambda n: (
        f"fn f({_all(lambda i: f'a{i}: int = 0', n, ', ')}) {{ 1 }}\n"
        + _flow(f"    print(f({_all(lambda i: f'a{i}: {i}', n, ', ')}))\n")
    ),
    "arms": lambda n: (
        f"enum E {{ {_all(lambda i: f'V{i}', n, ', ')} }}\n"
        + _flow(
            "    x = match e {\n" + _all(lambda i: f"        E::V{i} => {i},\n", n) + "    }\n    print(x)\n",
            "main(e: E)",
        )
    ),
    "labels": lambda n: _flow(
        "    x = match e {\n"
        + _all(lambda i: f'        "v{i}" => {i},\n', n)
        + "        _ => 0\n    }\n    print(x)\n",
        "main(e: str)",
    ),
}
"""In one expression."""

DECLARATIONS: dict[str, Shape] = {
    "functions": lambda n: _all(lambda i: f"fn f{i}() {{ {i} }}\n", n) + _MAIN,
    "functions that call the next": lambda n: (
        _all(lambda i: f"fn f{i}() {{ f{i + 1}() }}\n", n) + f"fn f{n}() {{ 1 }}\n" + _MAIN
    ),
    "functions that call the last": lambda n: (
        "fn f0() { 1 }\n" + _all(lambda i: f"fn f{i + 1}() {{ f{i}() }}\n", n) + _MAIN
    ),
    "agents": lambda n: _all(lambda i: f'agent A{i} {{ prompt: "x" }}\n', n) + _MAIN,
    "agents of protocols": lambda n: (
        _all(lambda i: f'protocol P{i} {{ a: str }}\nagent A{i} implements P{i} {{ prompt: "x" }}\n', n)
        + _flow(_all(lambda i: f'    x{i} = "a" >> A{i} >> A{(i + 1) % n}\n    print(x{i})\n', n))
    ),
    "protocols that extend the last": lambda n: (
        "protocol P0 { a: str }\n"
        + _all(lambda i: f"protocol P{i + 1} {{ a: P{i} }}\n", n)
        + f'agent B implements P{n} {{ prompt: "x" }}\n'
        + _flow('    print(B.run("x").a)\n')
    ),
    "fields": lambda n: (
        "protocol P {\n"
        + _all(lambda i: f"    a{i}: str\n", n)
        + '}\nagent B implements P { prompt: "x" }\n'
        + _flow('    b = B.run("x")\n' + _all(lambda i: f"    print(b.a{i})\n", n))
    ),
    "aliases": lambda n: (
        "type T0 = str\n" + _all(lambda i: f"type T{i + 1} = T{i}\n", n) + _flow("    print(x)\n", f"main(x: T{n})")
    ),
    "members of a union": lambda n: (
        _all(lambda i: f"struct S{i} {{ a: int }}\n", n)
        + _flow("    print(x)\n", f"main(x: {_all(lambda i: f'S{i}', n, ' | ')})")
    ),
    "agents of one name": lambda n: _ANN * n + _flow('    print(Ann.run("x"))\n'),
    "functions of one name": lambda n: _all(lambda i: f"fn f(x{i}: int) {{ x{i} }}\n", n) + _MAIN,
    "tools of one agent": lambda n: (
        _all(lambda i: f'@tool("a")\nfn t{i}() {{ 1 }}\n', n)
        + "agent A uses "
        + _all(lambda i: f"t{i}", n, ", ")
        + ' { prompt: "x" }\n'
        + _MAIN
    ),
    "functions of one agent": lambda n: (
        'agent A {\n    prompt: "x"\n'
        + _all(lambda i: f"    fn m{i}() {{ self.m{(i + 1) % n}() }}\n", n)
        + "}\n"
        + _MAIN
    ),
    "enums": lambda n: _all(lambda i: f"enum E{i} {{ A{i}, B{i} }}\n", n) + _MAIN,
    "routes": lambda n: _ANN + "server 80 {\n" + _all(lambda i: f'    route GET "/a{i}" => Ann\n', n) + "}\n",
    "tests": lambda n: "fn f() { 1 }\n" + _all(lambda i: f'test "t{i}" {{ assert f() == 1 }}\n', n),
    "Python blocks": lambda n: _all(lambda i: f"python! {{\n    a{i} = {i}\n}}\n", n) + "print(a0)\n",
    "includes that are missing": lambda n: _all(lambda i: f'include "z{i}.nx"\n', n) + _MAIN,
    "suppressions": lambda n: _all(lambda i: f"// nexa: allow NX201\nprint(zork{i})\n", n),
    "comments": lambda n: "// a comment\n" * n + _MAIN,
}
"""In one file."""

SCRIPTS: dict[str, Shape] = {
    "script": lambda n: _all(lambda i: f"x{i} = {i}\nprint(x{i})\n", n),
    "script of one variable": lambda n: "x = 0\n" + _all(lambda i: f"x = x + {i}\n", n) + "print(x)\n",
    "script of a chain": lambda n: "x0 = 0\n" + _all(lambda i: f"x{i + 1} = x{i} + 1\n", n) + f"print(x{n})\n",
}
"""At the top level."""

CYCLES: dict[str, Shape] = {
    "ring of flows": lambda n: _ring(n, lambda i, j: f"flow f{i}() {{ f{j}() }}\n"),
    "ring of flows that end": lambda n: _ring(n, lambda i, j: f"flow f{i}(x: int) {{ if x > {i} {{ f{j}(x) }} }}\n"),
    "ring of flows of which one ends": lambda n: _ring(
        n,
        lambda i, j: f"flow f{i}(x: int) {{ f{j}(x) }}\n" if i else f"flow f{i}(x: int) {{ if x > 0 {{ f{j}(x) }} }}\n",
    ),
    "flows that call themselves": lambda n: _ring(n, lambda i, _: f"flow f{i}() {{ f{i}() }}\n"),
    "ring of agents": lambda n: _ring(n, lambda i, j: f'agent A{i} uses A{j} {{ prompt: "x" }}\n'),
    "ring of types": lambda n: _ring(n, lambda i, j: f"struct S{i} {{ a: S{j} }}\n"),
    "ring of aliases": lambda n: _ring(n, lambda i, j: f"type S{i} = S{j}\n"),
}
"""In a circle."""

BROKEN: dict[str, Shape] = {
    "torn heads": lambda n: _all(lambda i: f"flow f{i}( {{ print(1) }}\n", n),
    "torn statements": lambda n: _flow("    x = = 1\n" * n),
    "torn scripts": lambda n: "x = = 1\n" * n,
    "words": lambda n: "zork blab klim\n" * n,
    "misspelt agents": lambda n: _all(lambda i: f'agnt A{i} {{ prompt: "x" }}\n', n),
    "open brackets": lambda n: "x = " + "(" * n,
    "closed brackets": lambda n: "}" * n,
    "open quotes": lambda n: 'x = "' * n,
    "open quotes behind brackets": lambda n: "x = " + "(" * n + '"' + ")" * n,
}
"""Full of mistakes of syntax."""

SHAPES = STATEMENTS | EXPRESSIONS | DECLARATIONS | SCRIPTS | CYCLES | BROKEN
