"""`nexa inspect`: declarations of all files, levels and parallel groups of every flow."""

from __future__ import annotations

import json
from pathlib import Path

from harness.command import NEXA, Ran, run


def nexa(tmp_path: Path, *args: str, files: dict[str, str] | None = None) -> Ran:
    ran = run(NEXA, args, tmp_path, files=files or {})
    assert "Traceback" not in ran.err, ran.err
    return ran


FILES = {
    "main.nx": (
        'include "lib.nxlib"\nagent Ann { prompt: "a" }\nagent Bob { prompt: "b" }\n'
        "flow main(x: str) {\n    a = Ann.run(x)\n    b = Bob.run(x)\n    print(shout(a), b)\n}\n"
    ),
    "lib.nxlib": "/// Louder.\nfn shout(text: str) -> str { text.upper() }\n",
}


def test_json_lists_declarations_and_flows(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "inspect", "main.nx", "--json", files=FILES)
    found = json.loads(ran.out)
    assert (ran.status, found["version"], found["files"]) == (0, 1, ["lib.nxlib", "main.nx"])
    assert [(one["kind"], one["name"], one["path"], one["line"], one["column"]) for one in found["declarations"]] == [
        ("fn", "shout", "lib.nxlib", 2, 4),
        ("agent", "Ann", "main.nx", 2, 7),
        ("agent", "Bob", "main.nx", 3, 7),
        ("flow", "main", "main.nx", 4, 6),
    ]
    assert found["declarations"][0]["doc"] == "Louder."
    assert found["flows"] == [
        {
            "flow": "main",
            "path": "main.nx",
            "levels": [["main#0", "main#1"]],
            "parallel_groups": [["main#0", "main#1"]],
        }
    ]


def test_graph_adds_the_graphs(tmp_path: Path) -> None:
    found = json.loads(nexa(tmp_path, "inspect", "main.nx", "--format", "json", "--graph", files=FILES).out)
    assert [node["callee"] for node in found["flows"][0]["graph"]["nodes"]] == ["Ann", "Bob"]
    assert "│ Ann │" in nexa(tmp_path, "inspect", "main.nx", "--graph").out


def test_text_and_dot(tmp_path: Path) -> None:
    text = nexa(tmp_path, "inspect", "main.nx", files=FILES).out.splitlines()
    assert text[:3] == ["Declarations", "  function  shout  lib.nxlib:2:4", "  agent     Ann    main.nx:2:7"]
    assert text[-3:] == [
        "flow main",
        "  level 0: Ann (main#0), Bob (main#1)",
        "  could run side by side: Ann (main#0), Bob (main#1)",
    ]
    assert nexa(tmp_path, "inspect", "main.nx", "--format", "dot").out.startswith('digraph "main.nx" {\n')


def test_a_broken_file_is_inspected_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    files = {"main.nx": 'agent Ann { prompt: "a" }\nflow torn(x { x >> Ann }\nflow main(x) { x >> Ann }\n'}
    ran = nexa(tmp_path, "inspect", "main.nx", files=files)
    assert ran.status == 1
    assert "  agent  Ann   main.nx:1:7" in ran.out.splitlines()
    assert "cannot be read whole" in ran.out
    assert "NX1" in ran.err
