"""The queries that editors read: they compile, and capture what they should."""

from __future__ import annotations

from pathlib import Path

import pytest
import tree_sitter

import nexa.syntax
from harness.mutations import programs, tokens
from nexa.syntax import parse
from nexa.syntax.tree import language

QUERIES = Path(nexa.syntax.__file__).parent / "queries"
NAMES = ("highlights", "locals", "folds", "indents", "injections", "tags")
COMPILED = {
    name: tree_sitter.Query(language("nexa"), (QUERIES / f"{name}.scm").read_text(encoding="utf-8")) for name in NAMES
}


def captures(name: str, source: str) -> list[tuple[str, str]]:
    """(text, capture) in textual order; of several on one node the last pattern's, as editors have it."""
    found: dict[tuple[int, int], tuple[int, str, str]] = {}
    cursor = tree_sitter.QueryCursor(COMPILED[name])
    for pattern, groups in cursor.matches(parse(source.encode()).root):
        for capture, nodes in groups.items():
            for node in nodes:
                key = (node.start_byte, node.end_byte)
                if not capture.startswith("_") and (key not in found or pattern >= found[key][0]):
                    found[key] = (pattern, (node.text or b"").decode(), capture)
    return [(text, capture) for _, (_, text, capture) in sorted(found.items())]


HIGHLIGHTS = [
    ('agent Bot uses std.http { role: "x" }', "Bot", "constructor"),
    ('agent Bot uses std.http { role: "x" }', "agent", "keyword.type"),
    ('agent Bot uses std.http { role: "x" }', "role", "property"),
    ('agent Bot uses std.http { role: "x" }', "http", "module"),
    ('agent Bot { model: ["a", fallback: "b"] }', "fallback", "keyword"),
    ("flow main(q: str) -> Report { q >> Bot }", "main", "function"),
    ("flow main(q: str) -> Report { q >> Bot }", "q", "variable.parameter"),
    ("flow main(q: str) -> Report { q >> Bot }", "str", "type.builtin"),
    ("flow main(q: str) -> Report { q >> Bot }", "Report", "type"),
    ("flow main(q: str) -> Report { q >> Bot }", ">>", "operator"),
    ("x = agent.flow", "agent", "variable"),
    ("x = agent.flow", "flow", "property"),
    ("x = f(1).g(b: 2)", "f", "function.call"),
    ("x = f(1).g(b: 2)", "g", "function.method.call"),
    ("x = f(1).g(b: 2)", "b", "variable.parameter"),
    ('x = "a #{b | upper} \\n"', "#{", "punctuation.special"),
    ('x = "a #{b | upper} \\n"', "b", "variable"),
    ('x = "a #{b | upper} \\n"', "upper", "function.call"),
    ('x = "a #{b | upper} \\n"', "\\n", "string.escape"),
    ("x = 30s + 1.5 + 2", "30s", "number"),
    ("x = 30s + 1.5 + 2", "1.5", "number.float"),
    ("x = Color::Red", "Color", "type"),
    ("x = Color::Red", "Red", "constant"),
    ("enum Color { Red }", "Color", "type.definition"),
    ("@retry(max: 1)\nflow a { 1 }", "retry", "attribute"),
    ("/// Doc\nflow a { 1 }", "/// Doc", "comment.documentation"),
    ("x = a not in b", "not in", "keyword.operator"),
    ('include "a.nx"', '"a.nx"', "string.special.path"),
    ("x = std.text", "std", "variable.builtin"),
    ("x = python! '''1'''", "python!", "keyword.directive"),
]


@pytest.mark.parametrize(("source", "text", "capture"), HIGHLIGHTS)
def test_a_token_has_its_colour(source: str, text: str, capture: str) -> None:
    assert (text, capture) in captures("highlights", source)


@pytest.mark.parametrize(("name", "text"), programs(), ids=[name for name, _ in programs()])
def test_every_token_of_an_example_has_a_colour(name: str, text: bytes) -> None:
    root = parse(text).root
    found = tree_sitter.QueryCursor(COMPILED["highlights"]).captures(root)
    coloured = [(node.start_byte, node.end_byte) for nodes in found.values() for node in nodes]
    starts = {start for start, _ in coloured}
    plain = [
        text[start:end]
        for start, end in tokens(root)
        if start not in starts and not any(first <= start and end <= last for first, last in coloured)
    ]
    assert not plain


INJECTIONS = [
    ("x = python! '''a = 1'''", "python", "a = 1"),
    ('agent A { prompt: "Do *it*" }', "markdown", "Do *it*"),
    ('semantic_if "q" fast_match r"\\bno" { }', "regex", "\\bno"),
    ('x = std.regex.find(r"a+", "b")', "regex", "a+"),
    ('x = s.matches(r"a+")', "regex", "a+"),
    ('x = query(db, "SELECT 1")', "sql", "SELECT 1"),
]


@pytest.mark.parametrize(("source", "injected", "text"), INJECTIONS)
def test_text_in_another_language(source: str, injected: str, text: str) -> None:
    query = COMPILED["injections"]
    found = [
        (query.pattern_settings(pattern)["injection.language"], (node.text or b"").decode())
        for pattern, groups in tree_sitter.QueryCursor(query).matches(parse(source.encode()).root)
        for node in groups.get("injection.content", ())
    ]
    assert found == [(injected, text)]


def test_strings_elsewhere_are_not_injected() -> None:
    assert captures("injections", 'x = f(r"a+", "SELECT 1")\nagent A { model: "# x" }') == []


def test_scopes_definitions_and_references() -> None:
    source = "flow main(q: str) { let {a, b: c} = q; for x in a { x } }"
    cursor = tree_sitter.QueryCursor(COMPILED["locals"])
    found = {
        capture: [(node.text or b"").decode() for node in sorted(nodes, key=lambda node: node.start_byte)]
        for capture, nodes in cursor.captures(parse(source.encode()).root).items()
    }
    assert found["local.definition.function"] == ["main"]
    assert found["local.definition.parameter"] == ["q"]
    assert found["local.definition.var"] == ["a", "c", "x"]
    assert [text.split("(")[0].split(" ")[0] for text in found["local.scope"]] == ["flow", "flow", "{", "for", "{"]
    assert found["local.reference"].count("q") == 2


def test_folds_and_tags() -> None:
    source = 'agent A {\n    role: "x"\n}\nflow main {\n    x = A.run([\n        1\n    ])\n}\n'
    assert [text.split("\n")[0] for text, _ in captures("folds", source)] == ["{", '"x"', "{", "([", "["]
    tags = [(text.split("\n")[0], capture) for text, capture in captures("tags", source)]
    assert tags == [
        ("agent A {", "definition.class"),
        ("A", "name"),
        ("flow main {", "definition.function"),
        ("main", "name"),
        ("A.run([", "reference.call"),
        ("run", "name"),
    ]


@pytest.mark.parametrize(
    ("source", "begins", "branches"),
    [
        ("flow a {\n  x\n}\n", ["{\n  x\n}"], ["}"]),
        ("x = [\n  1\n]", ["[\n  1\n]"], ["]"]),
        ("x = a\n  >> B", ["a\n  >> B"], []),
    ],
)
def test_indents(source: str, begins: list[str], branches: list[str]) -> None:
    cursor = tree_sitter.QueryCursor(COMPILED["indents"])
    found = cursor.captures(parse(source.encode()).root)
    assert [(node.text or b"").decode() for node in found.get("indent.begin", [])] == begins
    assert [(node.text or b"").decode() for node in found.get("indent.branch", [])] == branches


SECRETS = {
    path.stem: tree_sitter.Query(language("secrets"), path.read_text(encoding="utf-8"))
    for path in (QUERIES / "secrets").glob("*.scm")
}


def test_a_secrets_file_has_its_colours_folds_and_indents() -> None:
    source = b'// 1\nconfig local {\n  KEY = r"a"\n  D: { e: -1, f: true }\n}\nNOTE = "\\n"\n'
    root = parse(source, "secrets").root
    found = {
        (capture, (node.text or b"").decode())
        for capture, nodes in tree_sitter.QueryCursor(SECRETS["highlights"]).captures(root).items()
        for node in nodes
    }
    assert found >= {
        ("comment", "// 1"), ("keyword.import", "config"), ("module", "local"), ("property", "KEY"), ("property", "e"),
        ("string", 'r"a"'), ("number", "1"), ("boolean", "true"), ("string.escape", "\\n"), ("operator", "="),
    }  # fmt: skip
    begins = tree_sitter.QueryCursor(SECRETS["indents"]).captures(root)["indent.begin"]
    folds = tree_sitter.QueryCursor(SECRETS["folds"]).captures(root)["fold"]
    assert [node.type for node in begins] == ["config_block", "dict"]
    assert {node.type for node in folds} == {"config_block", "dict", "string", "raw_string"}
