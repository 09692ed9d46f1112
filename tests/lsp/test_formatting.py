"""Formatting over the wire: what a client is told to change, in its own units."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.client import Client
from harness.wire import edited

TEXT = 'agent   客{prompt:"😀" , role:"a"}\nflow  main{\n  x  =  "😀客"+"é"  // 😀\n  客.run( x )\n\n\n}\n'
LAID_OUT = 'agent 客 { prompt: "😀", role: "a" }\nflow main {\n    x = "😀客" + "é" // 😀\n    客.run(x)\n}\n'
OPTIONS = {"tabSize": 8, "insertSpaces": False, "trimTrailingWhitespace": False}
ENCODINGS = ["utf-8", "utf-16", "utf-32"]


@pytest.fixture(params=ENCODINGS)
def server(request, tmp_path):
    with Client() as client:
        client.initialize({"general": {"positionEncodings": [request.param]}}, root=tmp_path)
        client.encoding = request.param
        yield client


def ask(client: Client, uri: str, method: str, **params) -> list[dict]:
    return client.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, "options": OPTIONS, **params})


def span(first: tuple[int, int], last: tuple[int, int]) -> dict:
    return {name: {"line": at[0], "character": at[1]} for name, at in (("start", first), ("end", last))}


def test_a_document(server, tmp_path: Path):
    uri = (tmp_path / "a.nx").as_uri()
    server.open(uri, TEXT)
    edits = ask(server, uri, "formatting")
    assert edited(TEXT, edits, server.encoding) == LAID_OUT
    assert all(edit["range"]["start"]["line"] == edit["range"]["end"]["line"] for edit in edits[:-1])
    server.open(uri, LAID_OUT, 2)
    assert ask(server, uri, "formatting") == []


def test_selections(server, tmp_path: Path):
    uri = (tmp_path / "a.nx").as_uri()
    server.open(uri, TEXT)
    edits = ask(server, uri, "rangeFormatting", range=span((3, 2), (3, 4)))
    assert edited(TEXT, edits, server.encoding) == TEXT.replace("  客.run( x )", "    客.run(x)")
    edits = ask(server, uri, "rangesFormatting", ranges=[span((3, 2), (3, 4)), span((0, 0), (0, 1))])
    wanted = TEXT.replace("  客.run( x )", "    客.run(x)").replace(TEXT.split("\n")[0], LAID_OUT.split("\n")[0])
    assert edited(TEXT, edits, server.encoding) == wanted


def test_on_type(server, tmp_path: Path):
    uri = (tmp_path / "a.nx").as_uri()
    text = 'flow 客 { // 😀\n    x = "😀"; if a {\n\n    y = 1\n    }\n}\n'
    server.open(uri, text)
    edits = ask(server, uri, "onTypeFormatting", position={"line": 2, "character": 0}, ch="\n")
    assert edited(text, edits, server.encoding) == text.replace("{\n\n", "{\n        \n")
    edits = ask(server, uri, "onTypeFormatting", position={"line": 4, "character": 5}, ch="}")
    assert "        y = 1\n    }\n" in edited(text, edits, server.encoding)
    assert ask(server, uri, "onTypeFormatting", position={"line": 4, "character": 5}, ch="x") == []


def test_line_length_of_the_project_and_of_the_editor(tmp_path: Path):
    text = "x = first_operand + second_operand + third_operand\n"
    broken = "x = first_operand\n    + second_operand\n    + third_operand\n"
    with Client() as client:
        client.initialize(root=tmp_path, initializationOptions={"format": {"line_length": 40}})
        uri = (tmp_path / "a.nx").as_uri()
        client.open(uri, text)
        assert edited(text, ask(client, uri, "formatting"), "utf-16") == broken
    (tmp_path / "nexa.toml").write_text("[format]\nline_length = 80\n")
    with Client() as client:
        client.initialize(root=tmp_path, initializationOptions={"format": {"line_length": 40}})
        client.open(uri, text)
        assert ask(client, uri, "formatting") == []


def test_formatting_right_behind_a_keystroke(server, tmp_path: Path):
    uri = (tmp_path / "a.nx").as_uri()
    server.open(uri, LAID_OUT)
    change = {"range": span((3, 4), (3, 4)), "text": "y   =  1\n"}
    server.change(uri, 2, change)
    text = LAID_OUT.replace("    客.run", "    y   =  1\n客.run")
    assert edited(text, ask(server, uri, "formatting"), server.encoding) == text.replace("y   =  1\n", "y = 1\n    ")
