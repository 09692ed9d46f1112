"""Names in the whole workspace, open or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.client import Client
from harness.command import write_files
from harness.inside import Inside
from nexa.lsp import catalogue
from nexa.lsp.catalogue import MAX_WHOLE

WATCHING = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
RESOLVING = {**WATCHING, "symbol": {"resolveSupport": {"properties": ["location.range"]}}}

FILES = {
    "lib.nxlib": "/* 😀 */ agent Helper { fn price() { 1 } }\n",
    "sub/other.nx": "flow helping { print(1) }\nprotocol Plan { goal: str }\n",
    "ignored/old.nx": "agent Helped { }\n",
    ".gitignore": "ignored/\n",
}


@pytest.fixture(params=["utf-8", "utf-16", "utf-32"])
def asked(raw, tmp_path, request):
    write_files(tmp_path, FILES)
    raw.initialize({"workspace": WATCHING, "general": {"positionEncodings": [request.param]}}, root=tmp_path)
    return raw, {"utf-8": 17, "utf-16": 15, "utf-32": 14}[request.param]


def found(client: Client, folder: Path, query: str) -> list[tuple[str, str, int]]:
    root = folder.as_uri() + "/"
    return [
        (one["name"], one["location"]["uri"].removeprefix(root), one["location"]["range"]["start"]["line"])
        for one in client.request("workspace/symbol", {"query": query})
    ]


def test_names_of_files_that_nobody_has_opened(asked, tmp_path):
    client, column = asked
    assert found(client, tmp_path, "help") == [("helping", "sub/other.nx", 0), ("Helper", "lib.nxlib", 0)]
    (helper,) = client.request("workspace/symbol", {"query": "Helper"})
    assert helper["kind"] == 5
    assert helper["location"]["range"] == {
        "start": {"line": 0, "character": column},
        "end": {"line": 0, "character": column + 6},
    }
    (price,) = client.request("workspace/symbol", {"query": "helper.price"})
    assert price["containerName"] == "Helper"


def test_a_buffer_counts_in_place_of_its_file(asked, tmp_path):
    client, _ = asked
    client.open((tmp_path / "lib.nxlib").as_uri(), "\n\nagent Helpful { }\n")
    assert found(client, tmp_path, "Help") == [("Helpful", "lib.nxlib", 2), ("helping", "sub/other.nx", 0)]
    client.open("untitled:Untitled-1", "agent HelpNow { }\n")
    assert "untitled:Untitled-1" in [one[1] for one in found(client, tmp_path, "HelpNow")]


def test_files_that_come_change_and_go(asked, tmp_path):
    client, _ = asked
    assert found(client, tmp_path, "Plan") == [("Plan", "sub/other.nx", 1)]
    write_files(tmp_path, {"new.nx": "agent Planner { }\n", "sub/other.nx": "\n\n\nprotocol Plan { }\n"})
    (tmp_path / "lib.nxlib").unlink()
    events = [("new.nx", 1), ("sub/other.nx", 2), ("lib.nxlib", 3)]
    changes = [{"uri": (tmp_path / name).as_uri(), "type": kind} for name, kind in events]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    assert found(client, tmp_path, "Plan") == [("Plan", "sub/other.nx", 3), ("Planner", "new.nx", 0)]
    assert found(client, tmp_path, "Helper") == []


def test_the_place_is_looked_up_when_it_is_wanted(raw, tmp_path):
    write_files(tmp_path, FILES)
    raw.initialize({"workspace": RESOLVING}, root=tmp_path)
    (plan,) = raw.request("workspace/symbol", {"query": "Plan"})
    assert plan["location"] == {"uri": (tmp_path / "sub/other.nx").as_uri()}
    # The file is another one by now, and nobody has told us yet.
    write_files(tmp_path, {"sub/other.nx": "\n\n// 客😀\nprotocol Plan { }\n"})
    resolved = raw.request("workspaceSymbol/resolve", plan)
    assert resolved["location"]["range"]["start"] == {"line": 3, "character": 9}
    assert resolved["name"] == "Plan"


def test_long_and_faulty_files(raw, tmp_path):
    long = "".join(
        f'agent Agent{n} {{ prompt: "p" }}\nflow flow{n} {{ print(Agent{n}.run("x")) }}\n' for n in range(400)
    )
    write_files(
        tmp_path, {"long.nx": long, "faulty.nx": "agent { prompt:\nflow findable { }\nflow { (\n" + long[:9000]}
    )
    raw.initialize({"workspace": WATCHING}, root=tmp_path)
    assert found(raw, tmp_path, "Agent399") == [("Agent399", "long.nx", 798)]
    assert found(raw, tmp_path, "findable") == [("findable", "faulty.nx", 1)]


def test_a_client_without_a_folder(raw):
    raw.initialize()
    assert raw.request("workspace/symbol", {"query": "x"}) == []


def test_typing_goes_on_while_files_are_read(raw, tmp_path):
    """A question about the workspace is answered when it is ready; a keystroke in between does not wait for it."""
    write_files(tmp_path, {f"f{n}.nx": FILES["sub/other.nx"] * 20 for n in range(300)})
    raw.initialize({"workspace": WATCHING}, root=tmp_path)
    uri = (tmp_path / "open.nx").as_uri()
    raw.open(uri, "flow main { print(1) }\n")
    raw.diagnostics(uri, 1)
    question = raw.start_request("workspace/symbol", {"query": "Plan"})
    raw.change(uri, 2, {"text": "flow main { print(nobody) }\n"})
    assert [one["code"] for one in raw.diagnostics(uri, 2)] == ["NX201"]
    assert not any(one.get("id") == question for one in raw.seen), "the answer came first"
    assert len(raw.response(question)["result"]) == 256


LONG = {
    "wide.nx": "客 = [" + "1, " * MAX_WHOLE + "]\n",
    "deep.nx": "/// Much.\nflow deep(x) {\n" + "    y = (1 + 2) * 3\n" * 2_000 + "}\nagent Behind { }\n",
    "fields.nxlib": "protocol Fields {\n" + "".join(f"    f{number}: str,\n" for number in range(2_000)) + "}\n",
    "broken.nx": "flow torn {\n" + "    x = = (\n" * 3_000 + "\n",
}


def test_of_what_is_too_long_to_be_read_at_once_the_name_is_known(tmp_path, monkeypatch):
    write_files(tmp_path, {**LONG, "main.nx": "flow main { }\n"})
    sizes: list[int] = []
    parse = catalogue.File.parse
    monkeypatch.setattr(catalogue.File, "parse", lambda path, text: sizes.append(len(text)) or parse(path, text))
    inside = Inside({}, rootUri=tmp_path.as_uri())
    answer = inside.later("workspace/symbol", {"query": ""})
    lines = {one["name"]: (one["location"]["range"]["start"]["line"], one["kind"]) for one in answer}
    assert lines == {
        "客": (0, 13),
        "deep": (1, 12),
        "Behind": (2003, 5),
        "Fields": (0, 11),
        "torn": (0, 12),
        "main": (0, 12),
    }
    assert max(sizes) <= MAX_WHOLE
    sizes.clear()
    inside.open((tmp_path / "fields.nxlib").as_uri(), LONG["fields.nxlib"])
    assert [one["name"] for one in inside.later("workspace/symbol", {"query": "f1999"})] == ["f1999"]
