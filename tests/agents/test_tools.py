"""Each tool, in healthy and in broken programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.agent import Agent, agent, write

LIB = """\
/// A report that others rely on.
protocol Report { title: str, points: list[str] }

agent Writer implements Report { role: "Writer", prompt: "Write about it." }
"""

MAIN = """\
include "lib.nxlib"

agent Editor { prompt: "Edit." }

flow main(topic: str = "tides") {
    draft = topic >> Writer >> Editor
    print("你好😀 #{draft}")
}
"""

BROKEN = """\
agent Torn { prompt: "x"
flow lost( {
agent Whole { prompt: "Whole." }
flow fine { print(Wirter) }
"""

FILES = {"nexa.toml": '[check]\nharness = "off"\n', "lib.nxlib": LIB, "flows/main.nx": MAIN.replace("lib.", "../lib.")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("tools"), {**FILES, "broken.nx": BROKEN})


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[Agent]:
    with agent(folder) as one:
        yield one


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("paths", [["."], ["flows"], ["broken.nx"], ["lib.nxlib", "flows/main.nx"]])
def test_check_says_what_the_command_says(client: Agent, folder: Path, paths: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "nexa.cli", "check", "--format", "json", "--no-cache", *paths],
        cwd=folder, capture_output=True,
    )  # fmt: skip
    assert client.check("check", paths=paths)["findings"] == json.loads(done.stdout)


def test_check_of_everything_counts(client: Agent) -> None:
    answer = client.check("check", severity="error")
    assert sorted(answer["files"]) == ["broken.nx", "flows/main.nx", "lib.nxlib"]
    assert answer["errors"] == answer["total"] == len(answer["findings"]) > 0
    assert {one["path"] for one in answer["findings"]} == {"broken.nx"}


def test_check_of_a_text_reads_the_files_around_it(client: Agent) -> None:
    text = 'include "../lib.nxlib"\nflow main { print("a" >> Wirter) }\n'
    (finding,) = client.check("check", path="flows/new.nx", text=text)["findings"]
    assert (finding["code"], finding["path"], finding["line"], finding["column"]) == ("NX201", "flows/new.nx", 2, 26)
    assert finding["fix"]["edits"][0]["text"] == "Writer"
    assert client.check("check", path="flows/main.nx")["findings"] == []


def test_columns_are_characters(client: Agent) -> None:
    (finding,) = client.check("check", text='flow main { print("你好😀" + nobody) }\n')["findings"]
    assert (finding["line"], finding["column"], finding["end_column"]) == (1, 27, 33)
    (finding,) = client.check("check", text="\ufeffflow main { print(nobody) }\n")["findings"]
    assert (finding["column"], finding["end_column"]) == (19, 25)


def test_check_lists_no_more_than_asked(client: Agent) -> None:
    text = "flow main {\n" + "    print(nobody)\n" * 30 + "}\n"
    answer = client.check("check", text=text, limit=4)
    assert (len(answer["findings"]), answer["total"]) == (4, 30)
    assert "26 findings more" in answer["text"]


def test_check_says_what_it_cannot_read(client: Agent, folder: Path) -> None:
    write(folder, {"odd/latin.nx": b"flow main { print('\xe9') }", "odd/.gitignore": "*"})
    answer = client.check("check", paths=["odd/latin.nx", "missing.nx", "nexa.toml"])
    assert [one["path"] for one in answer["unreadable"]] == ["odd/latin.nx", "missing.nx", "nexa.toml"]
    assert "not UTF-8" in answer["text"]
    assert answer["files"] == []


# ── explain, lookup, reference ──────────────────────────────────────────────────────────────────────────────────────


def test_explain(client: Agent) -> None:
    assert client.check("explain", "Bad:", code="nx303")["name"] == "protocol-mismatch"
    assert len(client.check("explain")["rules"]) > 100
    assert "Did you mean" in client.declined("explain", code="NX3033")


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("std.json.parse", "std.json.parse", "std"),
        ("agent.model", "agent.model", "property"),
        ("model", "agent.model", "property"),
        ("@retry", "@retry", "decorator"),
        ("fork", "fork", "word"),
        ("str", "str", "type"),
        ("truncate", "truncate", "filter"),
        ("enqueue", "job.enqueue", "member"),
        ("print", "print", "function"),
        ("std.fs", "std.fs.file_read", "std"),
        ("|>>", "|>> hints", "operator"),
        ("??", "?? :", "operator"),
        ("read a template", "std.template.template", "std"),
    ],
)
def test_lookup(client: Agent, name: str, path: str, kind: str) -> None:
    entries = client.check("lookup", name=name)["entries"]
    assert (path, kind) in [(one["path"], one["kind"]) for one in entries]
    assert all(one["signature"] and one["text"] for one in entries)


def test_lookup_of_a_kind_lists_it(client: Agent) -> None:
    assert {one["kind"] for one in client.check("lookup", kind="error")["entries"]} == {"error"}
    assert "did you mean `retry`" in client.declined("lookup", name="retrry")


def test_reference(client: Agent) -> None:
    contents = client.check("reference")["sections"]
    assert [one["section"] for one in contents[:2]] == ["1", "1.1"]
    for one in contents:
        (found,) = client.check("reference", section=one["section"])["sections"]
        assert found["title"] == one["title"]
    assert "```ebnf" in client.check("reference", section="2.3")["text"]
    assert "agent" in client.check("reference", section="examples/05_rag_qa.nx")["text"]
    assert "merge" in client.check("reference", query="fan-out merge")["text"]
    assert "no section" in client.declined("reference", section="99.9")


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_describe_by_name_and_by_place(client: Agent) -> None:
    (by_name,) = client.check("describe", "agent Writer", symbol="Writer")["meanings"]
    assert by_name["place"]["path"] == "lib.nxlib"
    (in_line,) = client.check("describe", path="flows/main.nx", line=6, symbol="Writer")["meanings"]
    (at_column,) = client.check("describe", path="flows/main.nx", line=6, column=22)["meanings"]
    assert in_line == at_column
    assert in_line["signature"] == by_name["signature"]
    assert in_line["place"]["text"] == "draft = topic >> Writer >> Editor"


def test_describe_behind_wide_characters(client: Agent) -> None:
    (found,) = client.check("describe", path="flows/main.nx", line=7, column=19)["meanings"]
    assert found["place"]["column"] == 18
    assert found["signature"].startswith("draft")


def test_describe_of_the_language(client: Agent) -> None:
    assert client.check("describe", symbol="std.json.parse")["meanings"][0]["path"] == "std.json.parse"
    assert "consensus" in client.check("describe", symbol="&&")["text"].lower()
    assert "Runs the stage" in client.check("describe", path="flows/main.nx", line=6, column=19)["text"]
    assert "nothing is called" in client.declined("describe", symbol="Nobody")
    assert "nothing is known" in client.declined("describe", path="flows/main.nx", line=2, column=1)
    assert "no line 99" in client.declined("describe", path="flows/main.nx", line=99, column=1)
    assert "does not stand" in client.declined("describe", path="flows/main.nx", line=1, symbol="Writer")


def test_definition(client: Agent) -> None:
    (found,) = client.check("definition", path="flows/main.nx", line=6, symbol="Writer")["declarations"]
    assert (found["path"], found["line"], found["column"]) == ("lib.nxlib", 4, 7)
    assert found["source"].startswith("agent Writer implements Report {")


def test_references(client: Agent) -> None:
    found = client.check("references", symbol="Writer")["references"]
    assert [(one["path"], one["line"]) for one in found] == [("flows/main.nx", 6), ("lib.nxlib", 4)]
    (use,) = client.check("references", symbol="Writer", include_declaration=False)["references"]
    assert use["text"] == "draft = topic >> Writer >> Editor"


def test_names_of_a_text_that_is_not_saved(client: Agent) -> None:
    text = MAIN.replace("lib.", "../lib.").replace("Editor", "Redactor")
    answer = client.check("references", path="flows/main.nx", text=text, symbol="Redactor")
    assert [one["line"] for one in answer["references"]] == [3, 6]
    assert "nothing is called" in client.declined("references", symbol="Redactor")


def test_symbols(client: Agent) -> None:
    outline = client.check("symbols", path="lib.nxlib")["symbols"]
    assert [(one["kind"], one["name"]) for one in outline] == [("protocol", "Report"), ("agent", "Writer")]
    assert [one["name"] for one in outline[0]["children"]] == ["title", "points"]
    best = client.check("symbols", query="Writer")["symbols"][0]
    assert (best["name"], best["path"], best["line"], best["column"]) == ("Writer", "lib.nxlib", 4, 7)
    assert [one["name"] for one in client.check("symbols", query="Report.po")["symbols"]] == ["points"]


def test_graph(client: Agent) -> None:
    drawn = client.check("graph", "flowchart TD", path="flows/main.nx")
    assert [one["callee"] for one in drawn["nodes"]][:2] == ["Writer", "Editor"]
    assert drawn["path"] == "flows/main.nx"
    assert "┌" in client.check("graph", path="flows/main.nx", format="text")["text"]
    assert json.loads(client.check("graph", path="flows/main.nx", format="json")["text"])["flow"] == "main"
    assert "did you mean `main`" in client.declined("graph", path="flows/main.nx", flow="mian")
    assert "has no flow" in client.declined("graph", path="lib.nxlib")


def test_prompt(client: Agent) -> None:
    answer = client.check("prompt", symbol="Writer")
    assert answer["text"] == "Role: Writer.\nWrite about it."
    assert answer["tokens"] > 0
    assert client.check("prompt", path="flows/main.nx", line=3, symbol="Editor")["text"] == "Edit."
    assert "no agent" in client.declined("prompt", symbol="main")


@pytest.mark.parametrize("tool", ["describe", "definition", "references", "prompt"])
def test_broken_programs_are_answered_as_far_as_they_can_be_read(client: Agent, tool: str) -> None:
    client.check(tool, path="broken.nx", symbol="Whole")
    client.call(tool, path="broken.nx", line=2, column=11)


def test_graph_of_a_broken_program(client: Agent) -> None:
    client.check("graph", path="broken.nx", flow="fine")
    client.check("symbols", path="broken.nx")


# ── changes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_format_of_a_text(client: Agent) -> None:
    (done,) = client.check("format", text='flow main{print("a")}')["files"]
    assert done["text"] == 'flow main { print("a") }\n'
    (done,) = client.check("format", "left as it is", path="broken.nx")["files"]
    assert done["notes"]


def test_files_are_written_when_asked(tmp_path: Path) -> None:
    text, laid_out = 'flow main{print("a");}\n', 'flow main { print("a") }\n'
    write(tmp_path, {"a.nx": text, "b.nx": text})
    with agent(tmp_path) as client:
        shown = client.check("format", paths=["."])
        assert shown["changed"] == 2
        assert [one["written"] for one in shown["files"]] == [False, False]
        assert "+flow main" in shown["text"]
        assert (tmp_path / "a.nx").read_text() == text
        assert client.check("format", "1 file formatted", path="a.nx", apply=True)["files"][0]["written"]
        assert (tmp_path / "a.nx").read_text() == laid_out
        assert (tmp_path / "b.nx").read_text() == text
        assert client.check("format", path="a.nx", apply=True)["changed"] == 0
        assert "not written anywhere" in client.declined("format", text=text, apply=True)


def test_fixes(tmp_path: Path) -> None:
    text = "flow main {\n    x = 1;\n    print(x)\n    prnt(x)\n}\n"
    write(tmp_path, {"a.nx": text})
    with agent(tmp_path) as client:
        (shown,) = client.check("fix", "+    x = 1\n", path="a.nx")["files"]
        assert (shown["changed"], shown["notes"]) == (True, ["1 finding without a safe fix; `check` lists them"])
        assert (tmp_path / "a.nx").read_text() == text
        client.check("fix", "1 file fixed", path="a.nx", apply=True)
        assert (tmp_path / "a.nx").read_text() == text.replace(";", "")
        (of_text,) = client.check("fix", text=text, unsafe=True)["files"]
        assert of_text["text"] == text.replace(";", "").replace("prnt", "print")
        (chosen,) = client.check("fix", text=text, unsafe=True, codes=["NX2"])["files"]
        assert chosen["text"] == text.replace("prnt", "print")
        (none,) = client.check("fix", text=text, severity="error")["files"]
        assert not none["changed"]


def test_a_configuration_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"nexa.toml": "[check]\nharnes = 1\n", "a.nx": "flow main { print(1) }\n"})
    with agent(tmp_path) as client:
        assert "harnes" in client.check("check")["notes"][0]
        assert "harnes" in client.declined("format", path="a.nx")
        write(tmp_path, {"nexa.toml": '[check]\nharness = "off"\n'})
        assert client.check("check")["notes"] == []
