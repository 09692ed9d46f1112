from __future__ import annotations

import pytest

from harness.cursor import snapshot
from nexa.compiler.version import rule_url
from nexa.ide.features.links import links, model_page


def check_links(text: str, *expected: tuple[str, str, str]) -> None:
    """Each link as (its text, its kind, its target)."""
    project, path, _ = snapshot(text)
    source = project.file(path).text
    found = [(source[one.span.start : one.span.end].decode(), one.kind, one.target) for one in links(project, path)]
    assert found == list(expected)


def test_includes():
    check_links(
        """
        //- lib/a.nxlib
        agent A { }
        //- main.nx
        $0include "lib/a.nxlib"
        include 'gone.nx'
        """,
        ("lib/a.nxlib", "file", "/my files/lib/a.nxlib"),
    )


def test_files_of_declarations():
    check_links(
        'agent A uses "skills/cash.md" { prompt: "😀", experience: \'../notes.md\', uses ["a.py"] }\n'
        'tool T { python: "t.py" }\nserver 80 { static "/assets" from "./public" }',
        ("skills/cash.md", "file", "/my files/skills/cash.md"),
        ("../notes.md", "file", "/notes.md"),
        ("a.py", "file", "/my files/a.py"),
        ("t.py", "file", "/my files/t.py"),
        ("./public", "file", "/my files/public"),
    )


def test_pages():
    check_links(
        'agent A uses mcp:"https://example.org/m" { model: "anthropic/x" }\ntool T { mcp: "https://example.org/t" }\n'
        "flow main {\n let y = 1 // nexa: allow NX208\n}",
        ("https://example.org/m", "page", "https://example.org/m"),
        ("anthropic/x", "model", "anthropic/x"),
        ("https://example.org/t", "page", "https://example.org/t"),
        ("NX208", "page", rule_url("NX208")),
    )


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("ollama/llama3:8b", "https://ollama.com/library/llama3:8b"),
        ("openai/gpt-x", "https://platform.openai.com/docs/models"),
        ("mock/small", None),
        ("strong", None),
    ],
)
def test_pages_of_models(name, page):
    assert model_page(name) == page


def test_mistakes_elsewhere_do_not_matter():
    check_links(
        'agent { prompt:\nagent A { experience: "notes.md"\n x = = 1 }\nflow { (',
        ("notes.md", "file", "/my files/notes.md"),
    )
