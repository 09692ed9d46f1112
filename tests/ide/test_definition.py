from __future__ import annotations

import pytest

from harness.cursor import shown_path, snapshot
from nexa.ide.features.definition import definition


def check_definition(text: str, expected: str) -> None:
    """`file:line:word`: where the name at `$0` is declared; lines count from 1."""
    project, path, offset = snapshot(text)
    (target,) = definition(project, path, offset)
    file = project.file(target.path)
    word = file.text[target.span.start : target.span.end].decode()
    assert f"{shown_path(target.path)}:{file.lines.line(target.span.start) + 1}:{word}" == expected
    assert target.full_span.start <= target.span.start <= target.span.end <= target.full_span.end
    assert target.origin.start <= offset <= target.origin.end


def test_within_a_file():
    check_definition("agent Writer { }\nflow main { $0Writer.run(1) }", "main.nx:1:Writer")
    check_definition("flow main { Writer$0.run(1) }\nagent Writer { }", "main.nx:2:Writer")
    check_definition("protocol P { a: str }\nagent A implements $0P { }", "main.nx:1:P")


def test_across_an_include():
    text = """
        //- lib.nxlib

        agent Helper { }
        //- main.nx
        include "lib.nxlib"
        flow main { Hel$0per.run(1) }
        """
    check_definition(text, "lib.nxlib:2:Helper")
    check_definition(text.replace("Hel$0per", "Helper").replace('"lib', '"$0lib'), "lib.nxlib:1:")


SECRETS = """
//- keys.nxs
config staging { KEY = "v", URL = "u" }
config live { KEY = "w" }
TOKEN = "t"
//- main.nx
include "keys.nxs"
"""


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('print("客😀", secret("TO$0KEN"))', ["keys.nxs:3:TOKEN"]),
        ('print(secret("TOKEN$0", default: "x"))', ["keys.nxs:3:TOKEN"]),
        ('print(secret(key: "$0TOKEN"))', ["keys.nxs:3:TOKEN"]),
        ('print(secret("KE$0Y"))', ["keys.nxs:1:KEY", "keys.nxs:2:KEY"]),
        ("print(secrets.live.K$0EY)", ["keys.nxs:2:KEY"]),
        ("print(secrets.staging.URL$0)", ["keys.nxs:1:URL"]),
        ("print(secrets.live.U$0RL)", []),
        ('print(secret("NO$0NE"))', []),
        ('print("TO$0KEN")', []),
        ('let secret = fn(x) => x; print(secret("TO$0KEN"))', []),
        ('x = = (\n print(secret("TO$0KEN"))', ["keys.nxs:3:TOKEN"]),
    ],
)
def test_secrets(statement, expected):
    project, path, offset = snapshot(f"{SECRETS}flow main {{ {statement} }}\n")
    found = []
    for one in definition(project, path, offset):
        file = project.file(one.path)
        word = file.text[one.span.start : one.span.end].decode()
        found.append(f"{shown_path(one.path)}:{file.lines.line(one.span.start) + 1}:{word}")
    assert found == expected


def test_locals_parameters_and_members():
    check_definition("flow main(topic) {\n let x = topic\n print($0x) }", "main.nx:2:x")
    check_definition("flow main(topic) {\n print(to$0pic) }", "main.nx:1:topic")
    check_definition("agent A { fn price() { } }\nflow main { A.pri$0ce() }", "main.nx:1:price")


def test_on_its_own_declaration():
    check_definition("agent Wri$0ter { }", "main.nx:1:Writer")


def test_text_that_is_no_ascii():
    check_definition('agent 客 { prompt: "😀" }\nflow main { print("😀") ; 客$0.run(1) }', "main.nx:1:客")


def test_a_mistake_elsewhere_does_not_matter():
    check_definition("agent { \nagent Writer { }\nflow main { Wri$0ter.run(1) }\nflow { (", "main.nx:2:Writer")


@pytest.mark.parametrize(
    "text", ["flow main { pri$0nt(1) }", "flow main { Unk$0nown }", "// $0", "agent A { pro$0mpt: '' }"]
)
def test_nothing_for_what_the_language_brings_along(text):
    assert definition(*snapshot(text)) == []
