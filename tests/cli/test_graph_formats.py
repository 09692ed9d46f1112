"""Graphs as people and tools see them, held to golden files; `REGENERATE=1 pytest tests/cli/test_graph_formats.py`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from harness.findings import project_of
from nexa.cli.graph_formats.dot import dot, dot_of_all
from nexa.cli.graph_formats.drawing import drawing
from nexa.cli.graph_formats.html import html
from nexa.cli.graph_formats.mermaid import mermaid
from nexa.cli.graph_formats.svg import svg
from nexa.compiler.emit.files import files_of
from nexa.compiler.graph import FlowGraph, graph_json, graphs_of

GOLDEN = Path(__file__).parent / "golden" / "graphs"
PROGRAMS = sorted(GOLDEN.glob("*.nx"))
FORMATS = {"text": drawing, "mermaid": mermaid, "dot": dot, "svg": svg}


def graphs(path: Path) -> dict[str, FlowGraph]:
    return graphs_of(files_of(project_of({path.name: path.read_bytes()}).program(path.name))).flows


def check(path: Path, found: str) -> None:
    if os.environ.get("REGENERATE"):
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_graph_looks_as_it_did(path: Path, form: str) -> None:
    check(path.with_suffix(f".{form}"), FORMATS[form](graphs(path)["main"]))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_json_is_as_it_was(path: Path) -> None:
    found = graph_json(graphs(path)["main"], path.read_bytes())
    check(path.with_suffix(".json"), json.dumps(found, indent=1) + "\n")
    assert sorted(one for level in found["levels"] for one in level) == sorted(one["id"] for one in found["nodes"])


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_a_picture_is_well_formed_and_loads_nothing(path: Path) -> None:
    graph = graphs(path)["main"]
    root = ET.fromstring(svg(graph))
    boxes = [one for one in root.iter() if one.tag.endswith("}g")]
    assert len(boxes) == len(graph.nodes)
    page = html(graph)
    assert "<svg" in page
    assert [word for word in ("src=", "href=", "@import", "url(h", "fetch(") if word in page] == []


def test_names_are_quoted_everywhere() -> None:
    text = 'flow main(x) {\n match intent x { "<a> & \\"b\\" #1" => 1, _ => 2 }\n semantic_if "<b> & c" { print(1) }\n}'
    graph = graphs_of(files_of(project_of({"main.nx": text}).program("main.nx"))).flows["main"]
    ET.fromstring(svg(graph))
    assert "#1" not in mermaid(graph).replace("#35;1", "")


def test_dot_of_a_program_has_a_box_for_each_flow() -> None:
    found = graphs(GOLDEN / "broken.nx")
    text = dot_of_all("broken.nx", found.values())
    assert [
        line.strip() for line in text.splitlines() if "label=" in line and "->" not in line and "[" not in line
    ] == [f'label="{name}";' for name in found]
    assert text.count("{") == text.count("}")
