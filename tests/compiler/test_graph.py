"""Flow graphs: which nodes a body has, what feeds what, what may run side by side, and how they are drawn."""

from __future__ import annotations

import pytest

from harness.findings import project_of
from nexa.cli.graph_formats.dot import dot
from nexa.cli.graph_formats.drawing import drawing
from nexa.cli.graph_formats.mermaid import mermaid
from nexa.compiler.emit.files import files_of
from nexa.compiler.graph import FlowGraph, graph_json, graphs_of

HEAD = 'agent A { } agent B { } agent C { } agent N { memory: none }\ntool T { description: "t" }\nfn f(x) { x }\n'


def graph_of(body: str, flow: str = "main") -> FlowGraph:
    text = body if "flow main" in body else f"{HEAD}flow main(x) {{ {body} }}"
    program = project_of({"main.nx": text}).program("main.nx")
    return graphs_of(files_of(program)).flows[flow]


def shape(graph: FlowGraph) -> tuple[str, str]:
    """Nodes as `kind:label`, and edges as `source-target` with a letter for the kind and the variable."""
    nodes = " ".join(f"{node.kind}:{node.label}" for node in graph.nodes)
    number = {node.id: str(at) for at, node in enumerate(graph.nodes)}
    edges = " ".join(
        f"{number[edge.source]}{'-~='[('data', 'control', 'effect').index(edge.kind)]}{number[edge.target]}"
        + (f"({edge.label})" if edge.label else "")
        for edge in sorted(graph.edges, key=lambda one: (number[one.source], number[one.target], one.kind))
    )
    return nodes, edges


BODIES = {
    'fast_match x { intent("a") => A.run(x), _ => B }': ("judge:fast_match agent:A agent:B", "0~1 0~2"),
    'return semantic_if (x, "which?") { "a" => A.run(x), _ => B }': ("judge:semantic_if agent:A agent:B", "0~1 0~2"),
    'try { A.run(x) } catch (e) { B.run("#{e}") } finally { C.run(x) }': (
        "branch:try agent:A agent:B agent:C",
        "0~1 0~2 1~2 2=3",
    ),
    'try_agent { y = A.run(x)\nB.run(y) } catch_correction (e) { reflect "#{e}: #{C.run(x)}" }': (
        "branch:try_agent agent:A agent:B agent:C",
        "0~1 0~2 0~3 1-2(y) 2~3",
    ),
    "try { print(x) } catch (e) { print(e) }": ("", ""),
    "y = fork [A.run(x), B.run(x)] merge C\nreturn N.run(y)": (
        "fan_out:fork agent:A agent:B judge:C agent:N",
        "0~1 0~2 1-3 2-3 3-4(y)",
    ),
    "fork [y = A.run(x), z = B.run(x)] merge best_of\nreturn N.run(y)": (
        "fan_out:fork agent:A agent:B merge:best_of agent:N",
        "0~1 0~2 1-3 1-4(y) 2-3",
    ),
    "y = race([fn() => A.run(x), fn() => B.run(x)])\nreturn C.run(y)": (
        "fan_out:race agent:A agent:B agent:C",
        "0~1 0~2 1-3(y) 2-3(y)",
    ),
    "parallel([f, f])": ("", ""),
    "a = A\ny = a.run(x)\nreturn A.run(y)": ("agent:A agent:A", "0-1(y) 0=1"),
    'a = A.clone(new_name: "Z")\ny = a.run(x)\na.run(x)\nreturn A.run(y)': (
        "agent:a agent:a agent:A",
        "0=1 0-2(y)",
    ),
    "for a in [A, B] { x >> a\na.run(x) }": ("loop:for agent:a agent:a", "0~1 0~2"),
    "h = spawn A(x)\npass B.run(x) to h\nC.run(await h)": (
        "actor:A agent:B agent:C actor:await",
        "0-3(h) 1-3(h) 3-2",
    ),
    "x |>> [A, fn(q) => B.run(q)]": ("fan_out:fan out agent:A agent:B", "0-1 0-2(q)"),
    "y = A.run(x)\nreturn map(y, fn(z) => B.run(z)) |> filter(fn(w) => C.run(w))": (
        "agent:A agent:B agent:C",
        "0-1(z) 0-2(w) 1-2(w)",
    ),
    "fork { A.run(x) } and { z = B.run(x)\nC.run(z) } merge all": (
        "fan_out:fork agent:A agent:B agent:C merge:all",
        "0~1 0~2 0~3 1-4 2-3(z) 3-4",
    ),
    "team = [A, N]\ny = x |>> team &>> C\nx |>> team": (
        "fan_out:fan out agent:A agent:N merge:merge agent:C fan_out:fan out agent:A agent:N",
        "0-1 0-2 1-3 2-3 3-4 5-6 5-7",
    ),
    "team = [A, B]\nteam.append(C)\nx |>> team": ("fan_out:each agent:team", "0-1"),
    "x >> std.text.text_upper >> A": ("tool:std.text.text_upper agent:A", "0-1"),
    "y = A.run(x)\nreturn B.run(y)": ("agent:A agent:B", "0-1(y)"),
    "x >> A >> B": ("agent:A agent:B", "0-1"),
    "A >> B": ("agent:A agent:B", "0-1"),
    "x |>> [A, B] &>> C": (
        "fan_out:fan out agent:A agent:B merge:merge agent:C",
        "0-1 0-2 1-3 2-3 3-4",
    ),
    "join(A, B).C(x)": ("fan_out:join agent:A agent:B merge:merge agent:C", "0-1 0-2 1-3 2-3 3-4"),
    "x |>> [A, B] && C": ("fan_out:fan out agent:A agent:B judge:C", "0-1 0-2 1-3 2-3"),
    "x |> A.run |> f": ("agent:A", ""),
    "x || [A, B]": ("agent:A agent:B", ""),
    "x ?? A : B": ("branch:?? agent:A agent:B", "0~1 0~2"),
    'y = x >> A ?? { "l" => B, _ => C }': ("agent:A branch:?? agent:B agent:C", "0-1 0-2 0-3 1~2 1~3"),
    'match x { intent("a") => A.run(x), _ => B }': ("judge:match intent agent:A agent:B", "0~1 0~2"),
    'y = A.run(x)\nsemantic_if "c" against y { B.run(y) } else { C.run(x) }': (
        "agent:A judge:semantic_if agent:B agent:C",
        "0-1(y) 0-2(y) 1~2 1~3",
    ),
    'loop { y = A.run(x) } until ("fine")': ("loop:loop agent:A judge:until", "0~1 0~2 1-2(y)"),
    "y = if x then A.run(1) else B.run(2)\nC.run(y)": ("agent:A agent:B agent:C", "0-2(y) 1-2(y)"),
    "y = A.run(1)\nif x { y = B.run(2) }\nC.run(y)": ("agent:A agent:B agent:C", "0-2(y) 1-2(y)"),
    'a = A.run(1)\nb = B.run(2)\nC.run("#{a} and #{[b]}")': ("agent:A agent:B agent:C", "0-2(a) 1-2(b)"),
    "ys = []\nfor z in x { ys.append(A.run(z)) }\nB.run(ys)": ("loop:for agent:A agent:B", "0~1 1-2(ys)"),
    "let {k} = A.run(x)\nB.run(k)": ("agent:A agent:B", "0-1(k)"),
    'y = A.run(x)\npython! """z = y"""\nB.run(z)': ("agent:A agent:B", "0-1(z)"),
    "A.run(1)\nA.run(2)": ("agent:A agent:A", "0=1"),
    "N.run(1)\nN.run(2)": ("agent:N agent:N", ""),
    "if x { A.run(1) } else { A.run(2) }": ("agent:A agent:A", ""),
    "T(x)\nf(x)": ("tool:T", ""),
    'verify "c" against A.run(x)': ("judge:verify agent:A", "1-0"),
    "y = A.run(x) otherwise B.run(x)\nreturn C.run(y)": ("agent:A agent:B agent:C", "0~1 0-2(y) 1-2(y)"),
    'y = A.run(x)\nif y == "a" { B.run(1) } else if B.run(2) == "b" { C.run(3) }': (
        "agent:A agent:B agent:B agent:C",
        "0~1 0~2 0~3 2~3",
    ),
    'if x { B.run(1) } else if B.run(2) == "b" { B.run(3) }\nB.run(4)': (
        "agent:B agent:B agent:B agent:B",
        "0=3 1~2 1=2 1=3 2=3",
    ),
    'if x { B.run(1) } else if B.run(2) == "b" { return 3 }\nC.run(4)': (
        "agent:B agent:B agent:C",
        "0=2 1=2",
    ),
    'match x { "a" => B.run(1), z if B.run(2) == z => B.run(3) }': ("agent:B agent:B agent:B", "1~2 1=2"),
    'y = A.run(x)\nz = if y == "a" then B.run(1) else C.run(2)': ("agent:A agent:B agent:C", "0~1 0~2"),
    'y = A.run(x)\nmatch y { "a" => B.run(1), z if z == x => C.run(2), _ => 3 }': (
        "agent:A agent:B agent:C",
        "0~1 0~2",
    ),
    'y = A.run(x)\nz = y == "a" and B.run(1) == "b"\nC.run(2) if z': ("agent:A agent:B agent:C", "0~1 0~2 1~2"),
    "y = N.run(x)\nfor z in [1] { if y == z { B.run(1) } }": ("agent:N loop:for agent:B", "0~2 1~2"),
    "map(x, fn(z) => A.run(z))": ("agent:A", ""),
    "print(1)": ("", ""),
    "a = A.run(1)\nprint(a)\nB.run(2)": ("agent:A agent:B", "0=1"),
    "a = input()\nB.run(2)": ("io:input agent:B", "0=1"),
    "A.run(1)\nif x { return B.run(2) }\nC.run(3)": ("agent:A agent:B agent:C", "0=2"),
    "A.run(1)\nif x { B.run(2) }\nC.run(3)": ("agent:A agent:B agent:C", ""),
    "A.run(1)\nexit(0) if x\nB.run(2)": ("agent:A agent:B", "0=1"),
    "A.run(1)\nassert x\nB.run(2)": ("agent:A agent:B", "0=1"),
    "if x { A.run(1) }\nA.run(2)": ("agent:A agent:A", "0=1"),
    'A.run(1)\npython! """print(1)"""\nB.run(2)': ("agent:A agent:B", "0=1"),
    "for y in x { print(y) }": ("", ""),
    "match x { }\nA.run(x)": ("agent:A", ""),
    "A.run(x)\nfor y in x { print(y) }\nB.run(x)": ("agent:A agent:B", "0=1"),
    "A.run(x)\nif x { print(x) }\nB.run(x)": ("agent:A agent:B", "0=1"),
    "c = C.run(x)\nA.run(x)\nif x { print(x) }\nB.run(c)": ("agent:C agent:A agent:B", "0-2(c) 1=2"),
    "a = A.run(x)\nfor y in a { }\nB.run(x)": ("agent:A agent:B", ""),
    "while x { x = A.run(x) }": ("loop:while agent:A", "0~1"),
    "autoloop max_steps: 2 { A.run(x) }": ("loop:autoloop agent:A", "0~1"),
    'r = std.fs.file_read("a")\nA.run(r)\nstd.fs.file_write("a", "b")': (
        "io:std.fs.file_read agent:A io:std.fs.file_write",
        "0-1(r) 0=2",
    ),
    "t = spawn(fn() => A.run(1))\nB.run(await t)": (
        "actor:spawn agent:A agent:B actor:await",
        "0~1 0-3(t) 3-2",
    ),
    "fork { A.run(1) } and { B.run(2) }": ("fan_out:fork agent:A agent:B", "0~1 0~2"),
    "print(x)\nf(fn() { print(1)\nreturn A.run(x) })\nB.run(x)": ("agent:A agent:B", ""),
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_has_a_graph(body: str) -> None:
    nodes, edges = shape(graph_of(body))
    assert (nodes, edges) == BODIES[body]


def test_ids_count_in_textual_order_and_levels_follow_the_edges() -> None:
    graph = graph_of("a = A.run(x)\nb = B.run(x)\nreturn [a, b] &>> C")
    assert [node.id for node in graph.nodes] == [f"main#{number}" for number in range(4)]
    assert graph.levels == (("main#0", "main#1"), ("main#2",), ("main#3",))
    assert [node.level for node in graph.nodes] == [0, 0, 1, 2]


def test_every_callable_has_its_own_nodes() -> None:
    text = HEAD + (
        "agent S { flow inner(x) { return A.run(x) } }\nflow other(x) { return x >> B }\n"
        "flow main(x) { other(x)\nreturn S.inner(x) }\nA.run(1)\n"
    )
    program = project_of({"main.nx": text}).program("main.nx")
    graphs = graphs_of(files_of(program)).flows
    assert {name: [node.callee for node in graph.nodes] for name, graph in graphs.items()} == {
        "S.inner": ["A"],
        "other": ["B"],
        "main": ["other", "S.inner"],
        "script": ["A"],
    }


def test_tests_and_scripts_take_no_name_of_another_body() -> None:
    tests = "".join(f'test "{title}" {{ A.run("x") }}\n' for title in ("main", "one", "one", "one"))
    text = f"{HEAD}{tests}flow main(x) {{ x >> A }}\nflow script(x) {{ x >> B }}\nC.run(1)\n"
    graphs = graphs_of(files_of(project_of({"main.nx": text}).program("main.nx"))).flows
    assert {name: graph.nodes[0].id for name, graph in graphs.items()} == {
        name: f"{name}#0" for name in ("test main", "one", "test one", "test one (2)", "main", "script", "script (2)")
    }


@pytest.mark.parametrize("body", BODIES)
def test_a_graph_holds_together_wherever_its_text_is_cut(body: str) -> None:
    whole = f"{HEAD}flow main(x) {{ {body} }}\nflow next(x) {{ x >> A }}\n"
    for text in (whole, *(whole[:end] for end in range(len(HEAD), len(whole), 3))):
        graphs = graphs_of(files_of(project_of({"main.nx": text}).program("main.nx"))).flows
        for name, graph in graphs.items():
            found = graph_json(graph, text.encode())
            ids = [node["id"] for node in found["nodes"]]
            assert ids == [f"{name}#{number}" for number in range(len(ids))]
            levels = {one: number for number, level in enumerate(found["levels"]) for one in level}
            assert levels == {node["id"]: node["level"] for node in found["nodes"]}
            waiting = {one for cycle in found["cycles"] for one in cycle}
            assert all(
                levels[edge["source"]] < levels[edge["target"]] or {edge["source"], edge["target"]} <= waiting
                for edge in found["edges"]
            )


def test_a_clone_is_shown_by_its_own_name() -> None:
    (made,) = graph_of("night = A.clone()\nreturn night.run(x)").nodes
    assert (made.callee, made.label, made.input) == ("A", "night", "str")


def test_jobs_and_routes_have_graphs() -> None:
    text = (
        f"{HEAD}flow main(x) {{ x >> A }}\n"
        "job Mail { perform(to, n = A.run(1)) { B.run(to) >> C } on_failure(e, n) { A.run(e) } }\n"
        "server Lobby 8085 {\n"
        '    route POST "/chat" => A\n'
        '    group "/rooms/" { group "/{id}" { route GET "/" => main } route POST "/polish" => A |>> B }\n'
        '    semantic route "/help" { handler: A; requires "polite" }\n'
        '    route "/late" { handler: N }\n'
        '    route GET "/plain" => f("1")\n'
        '    static "/s" from "./s"\n'
        "}\n"
    )
    program = project_of({"main.nx": text}).program("main.nx")
    graphs = graphs_of(files_of(program)).flows
    assert {name: shape(graph) for name, graph in graphs.items() if name != "main"} == {
        "Mail": ("agent:A agent:B agent:C", "1-2"),
        "Mail.on_failure": ("agent:A", ""),
        "Lobby POST /chat": ("agent:A", ""),
        "Lobby GET /rooms/{id}/": ("flow:main", ""),
        "Lobby POST /rooms/polish": ("agent:A fan_out:each agent:B", "0-1 1-2"),
        "Lobby /help": ("agent:A judge:requires", ""),
        "Lobby /late": ("agent:N", ""),
    }
    assert graphs["Lobby POST /chat"].nodes[0].id == "Lobby POST /chat#0"


def test_the_json_shape_has_places_from_one_in_code_points() -> None:
    text = 'agent A { }\nflow main(x) {\n  y = "ü" >> A\n}\n'
    graph = graph_of(text)
    found = graph_json(graph, text.encode())
    assert found == {
        "version": 1,
        "flow": "main",
        "path": "main.nx",
        "nodes": [
            {
                "id": "main#0",
                "kind": "agent",
                "callee": "A",
                "label": "A",
                "span": {"line": 3, "column": 14, "end_line": 3, "end_column": 15},
                "input": "str",
                "output": "str",
                "level": 0,
                "region": "main",
            }
        ],
        "edges": [],
        "levels": [["main#0"]],
        "cycles": [],
    }


def test_signatures_are_shown() -> None:
    text = (
        "protocol P { a: str }\nagent A implements P { context { input_schema: P } }\n"
        "flow g(x: list[str], y: int?) -> P { return A.run(x) }\nflow main(x) { g(x, 1) }"
    )
    assert [(one.input, one.output) for one in graph_of(text, "g").nodes] == [("P", "P")]
    assert [(one.input, one.output) for one in graph_of(text).nodes] == [("list[str], int?", "P")]


LEVELS = {
    "a = A.run(1)\nb = B.run(2)\nreturn [a, b] &>> C": "0 1|2|3",
    "x |>> [A, B] &>> C": "0|1 2|3|4",
    "a = A.run(1)\nfor y in x { B.run(y)\nN.run(y) }\nC.run(a)": "0 1|2 3 4",
    "a = A.run(1)\nfor y in x { z = B.run(y)\nN.run(z) }\nC.run(N.run(x))": "0 1 5|2 4|3",
    "for y in x { x = A.run(y) }\nB.run(x)": "0|1|2",
    "fork { a = A.run(1) } and { b = B.run(2) }\nC.run([a, b])": "0|1 2|3",
}


@pytest.mark.parametrize("body", LEVELS)
def test_levels_count_in_each_region(body: str) -> None:
    levels = graph_of(body).levels
    assert "|".join(" ".join(one.removeprefix("main#") for one in row) for row in levels) == LEVELS[body]


CIRCLES = {
    "let b = B.run(a)\nlet a = A.run(b)": [["main#0", "main#1"]],
    "b = B.run(a)\na = A.run(b)": [["main#0", "main#1"]],
    "a = A.run(a)": [["main#0"]],
    "b = B.run(a)\nc = C.run(b)\na = A.run(c)": [["main#0", "main#1", "main#2"]],
    "loop { b = B.run(a)\na = A.run(b) }": [],
    "a = 1\nb = B.run(a)\na = A.run(b)": [],
    "b = B.run(a)\na = A.run(1)": [],
}


@pytest.mark.parametrize("body", CIRCLES)
def test_what_waits_for_itself_is_a_cycle(body: str) -> None:
    assert graph_json(graph_of(body), b"\n" * 99)["cycles"] == CIRCLES[body]


def test_a_drawing() -> None:
    assert drawing(graph_of('y = x |>> [A, B] &>> C\nloop { N.run(y) } until ("done")')) == (
        "flow main\n"
        "    ┌───────────┐\n"
        "    │ ⑂ fan out │\n"
        "    └───────────┘\n"
        "      ┌───┴──┐\n"
        "    ┌───┐  ┌───┐\n"
        "    │ A │  │ B │\n"
        "    └───┘  └───┘\n"
        "      └─────┬┘\n"
        "       ┌─────────┐\n"
        "       │ ⑃ merge │\n"
        "       └─────────┘\n"
        "            │\n"
        "          ┌───┐\n"
        "          │ C │\n"
        "          └───┘\n"
        "            │\n"
        "┌────────┐  │\n"
        "│ ↻ loop │  │\n"
        "└────────┘  │\n"
        "     └──┬───┘\n"
        "     ┌─────┐\n"
        "     │ N ↻ │\n"
        "     └─────┘\n"
        "        │\n"
        "  ┌───────────┐\n"
        "  │ ? until ↻ │\n"
        "  └───────────┘\n"
        "↻ runs in a loop\n"
    )


def test_a_flow_that_runs_nothing_is_drawn_as_such() -> None:
    graph = graph_of("print(1)")
    assert drawing(graph) == "flow main runs nothing that the graph shows\n"
    assert mermaid(graph) == 'flowchart TD\n    empty["main runs nothing"]\n'


def test_mermaid_and_dot() -> None:
    graph = graph_of("y = A.run(x)\nreturn y ?? B : C")
    assert mermaid(graph) == (
        "flowchart TD\n"
        '    n0["A<br/><small>main#35;0</small>"]\n'
        '    n1{"??<br/><small>main#35;1</small>"}\n'
        '    n2["B<br/><small>main#35;2</small>"]\n'
        '    n3["C<br/><small>main#35;3</small>"]\n'
        '    n0 -->|"y"| n1\n'
        '    n0 -->|"y"| n2\n'
        "    n1 -.-> n2\n"
        '    n0 -->|"y"| n3\n'
        "    n1 -.-> n3\n"
    )
    assert dot(graph).splitlines() == [
        'digraph "main" {',
        "    node [shape=box];",
        '    "main#0" [label="A"];',
        '    "main#1" [label="??", shape=diamond];',
        '    "main#2" [label="B"];',
        '    "main#3" [label="C"];',
        '    { rank=same; "main#2" "main#3" }',
        '    "main#0" -> "main#1" [style=solid, label="y"];',
        '    "main#0" -> "main#2" [style=solid, label="y"];',
        '    "main#1" -> "main#2" [style=dashed];',
        '    "main#0" -> "main#3" [style=solid, label="y"];',
        '    "main#1" -> "main#3" [style=dashed];',
        "}",
    ]


def test_regions_are_boxes() -> None:
    graph = graph_of("for y in x { if y { A.run(y) } }\nx || B")
    assert mermaid(graph).splitlines()[1:11] == [
        '    subgraph r_for1["for"]',
        '        n0(["for<br/><small>main#35;0</small>"])',
        '        subgraph r_for1_block2["block"]',
        '            n1["A<br/><small>main#35;1</small>"]',
        "        end",
        "    end",
        '    subgraph r_background3["background"]',
        '        n2["B<br/><small>main#35;2</small>"]',
        "    end",
        "    n0 -.-> n1",
    ]
    assert [line.strip() for line in dot(graph).splitlines() if "cluster" in line] == [
        "subgraph cluster_for1 {",
        "subgraph cluster_for1_block2 {",
        "subgraph cluster_background3 {",
    ]


@pytest.mark.parametrize("body", ['x >> "text"', "x |>> [3]", "x >> Nobody", "x >> "])
def test_what_is_no_stage_is_marked(body: str) -> None:
    assert [node.is_broken for node in graph_of(body).nodes if node.kind == "agent"] == [True]


def test_broken_text_still_has_a_graph() -> None:
    graph = graph_of("agent A { }\nflow broken( { x >> }\nflow main(x) {\n y = x >> A\n z = \n}")
    assert [node.callee for node in graph.nodes] == ["A"]
