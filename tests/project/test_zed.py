"""The extension in docs/editors/zed: what Zed would reject, or silently not use, fails here."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import tree_sitter

from nexa.syntax import Node, parse
from nexa.syntax.tree import language

ROOT = Path(__file__).parents[2]
ZED = ROOT / "docs" / "editors" / "zed"
OURS = ROOT / "syntax" / "nexa" / "syntax" / "queries"
MANIFEST = tomllib.loads((ZED / "extension.toml").read_text(encoding="utf-8"))
LANGUAGES = {path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in ZED.glob("languages/*/config.toml")}
GRAMMARS = {"nexa": "nexa", "nexa-secrets": "secrets"}
EXAMPLES = [
    path
    for folder in ("tests/spec/examples", "docs/examples")
    for path in sorted((ROOT / folder).rglob("*.nx"))
]  # fmt: skip

# ── what Zed reads ──────────────────────────────────────────────────────────────────────────────────────────────────

MANIFEST_KEYS = {
    "id", "name", "description", "version", "schema_version", "authors", "repository", "grammars", "language_servers",
    "debug_adapters",
}  # fmt: skip
CONFIG_KEYS = {
    "name", "grammar", "path_suffixes", "first_line_pattern", "code_fence_block_name", "line_comments", "block_comment",
    "tab_size", "hard_tabs", "autoclose_before", "brackets", "debuggers",
}  # fmt: skip
THEMED = {
    "attribute", "boolean", "comment", "comment.doc", "constant", "constructor", "function", "keyword", "namespace",
    "number", "operator", "preproc", "property", "punctuation.bracket", "punctuation.delimiter", "punctuation.special",
    "string", "string.escape", "string.regex", "string.special", "type", "variable", "variable.special",
}  # fmt: skip
"""Names that Zed's own themes give a colour."""

READ = {
    "brackets": ({"open", "close"}, set()),
    "indents": ({"indent"}, {"start", "end", "outdent"}),
    "injections": ({"injection.content"}, {"injection.language"}),
    "outline": ({"item", "name"}, {"context", "context.extra", "open", "close", "annotation"}),
    "overrides": (set(), {"string", "comment.inclusive"}),
    "redactions": ({"redact"}, set()),
    "runnables": ({"run"}, {"flow", "title"}),
    "textobjects": (
        set(),
        {f"{kind}.{place}" for kind in ("function", "class", "comment") for place in ("inside", "around")},
    ),
}
"""Each kind of query → the captures that it must have, and those that it may have. The others begin with `_`."""


QUERIES = [(path.parent.name, path.stem) for path in sorted(ZED.glob("languages/*/*.scm"))]


def text(folder: str, name: str) -> str:
    return (ZED / "languages" / folder / f"{name}.scm").read_text(encoding="utf-8")


@cache
def query(folder: str, name: str) -> tree_sitter.Query:
    return tree_sitter.Query(language(GRAMMARS[folder]), text(folder, name))


def captured(folder: str, name: str, source: str) -> dict[str, list[str]]:
    found = tree_sitter.QueryCursor(query(folder, name)).captures(parse(source.encode(), GRAMMARS[folder]).root)
    return {
        capture: [(node.text or b"").decode() for node in sorted(nodes, key=lambda node: node.start_byte)]
        for capture, nodes in found.items()
    }


@pytest.mark.parametrize(("folder", "name"), QUERIES)
def test_a_query_has_the_captures_that_zed_reads(folder: str, name: str) -> None:
    compiled = query(folder, name)
    names = {compiled.capture_name(index) for index in range(compiled.capture_count)}
    names = {one for one in names if not one.startswith("_")}
    if name == "highlights":
        assert {one for one in names if not _has_colour(one)} == set()
    else:
        needed, more = READ[name]
        assert needed <= names <= needed | more


def _has_colour(capture: str) -> bool:
    """Zed's themes match a name by its words, in their order."""
    words = capture.split(".")
    return any(".".join(words[:length]) in THEMED for length in range(len(words), 0, -1))


def test_no_colour_is_found_by_a_later_word() -> None:
    # Of two names that match with equally many words, Zed takes either: `keyword.type` may be `type`.
    compiled = query("nexa", "highlights")
    for index in range(compiled.capture_count):
        first, *later = compiled.capture_name(index).split(".")
        assert {word for word in later if word in THEMED} <= {"operator"}, f"{first} or {later}"


# ── the queries of the grammar, and these ───────────────────────────────────────────────────────────────────────────


def nodes(compiled: tree_sitter.Query, root: Node, capture: str) -> dict[int, Node]:
    return {node.id: node for node in tree_sitter.QueryCursor(compiled).captures(root).get(capture, ())}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_whatever_is_indented_elsewhere_is_indented_in_zed(path: Path) -> None:
    root = parse(path.read_bytes()).root
    ours = tree_sitter.Query(language("nexa"), (OURS / "indents.scm").read_text(encoding="utf-8"))
    zed = nodes(query("nexa", "indents"), root, "indent")
    missing = [node for key, node in nodes(ours, root, "indent.begin").items() if key not in zed]
    assert [(node.type, node.start_point.row + 1) for node in missing] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_definition_is_in_the_outline(path: Path) -> None:
    root = parse(path.read_bytes()).root
    ours = tree_sitter.Query(language("nexa"), (OURS / "tags.scm").read_text(encoding="utf-8"))
    items = nodes(query("nexa", "outline"), root, "item")
    found = tree_sitter.QueryCursor(ours).captures(root)
    definitions = [node for capture, some in found.items() if capture.startswith("definition.") for node in some]
    assert definitions
    assert [(node.type, node.text) for node in definitions if node.id not in items] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_bracket_has_its_partner(path: Path) -> None:
    root = parse(path.read_bytes()).root
    captured = {*nodes(query("nexa", "brackets"), root, "open"), *nodes(query("nexa", "brackets"), root, "close")}
    brackets = [node for node in _leaves(root) if node.type in ("{", "}", "[", "]", "(", ")", "#{")]
    assert brackets
    assert [(node.text, node.start_point) for node in brackets if node.id not in captured] == []


def _leaves(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _leaves(child)


def test_the_outline_names_what_stands_in_a_file() -> None:
    source = (
        '/// Writes.\n@retry(max: 2)\nagent Writer { prompt: "x"\n before_step { 1 } }\n'
        'flow main(q: str) { 1 }\ntest "it holds" { assert true }\nenum Color { Red }\n'
        'server api 8080 { route GET "/x" => main }\nserver 80 { }\njob Send { perform(a: str) { 1 } }\n'
    )
    found = captured("nexa", "outline", source)
    assert found["name"] == [
        "Writer", "before_step", "main", "it holds", "Color", "Red", "api", "/x", "80", "Send", "perform",
    ]  # fmt: skip
    assert found["annotation"] == ["/// Writes.", "@retry(max: 2)"]
    assert found["context"] == ["agent", "flow", "test", "enum", "server", "route", "GET", "server", "job"]


def test_flows_and_tests_have_a_task() -> None:
    found = captured("nexa", "runnables", 'flow main { 1 }\ntest "it holds" { assert true }\nfn f() { 1 }\n')
    assert found == {"run": ["main", "it holds"], "flow": ["main"], "title": ["it holds"]}
    compiled = query("nexa", "runnables")
    tags = {compiled.pattern_settings(index)["tag"] for index in range(compiled.pattern_count)}
    tasks = json.loads((ZED / "languages/nexa/tasks.json").read_text(encoding="utf-8"))
    assert tags == {tag for task in tasks for tag in task.get("tags", ())}
    for task in tasks:
        arguments = [word for word in task["args"] if word.startswith("--")]
        shown = subprocess.run(
            [sys.executable, "-m", "nexa.cli", task["args"][0], "--help"], capture_output=True, text=True, check=True
        ).stdout
        assert all(word in shown for word in arguments), task["label"]


def test_secrets_are_redacted_and_coloured() -> None:
    source = 'A = "b" // c\nconfig local { D: { e: 1 } }\n'
    assert captured("nexa-secrets", "redactions", source) == {"redact": ['"b"', "{ e: 1 }"]}
    assert captured("nexa-secrets", "highlights", source)["property"] == ["A", "D", "e"]


# ── the manifest and the configurations ─────────────────────────────────────────────────────────────────────────────


def test_the_manifest_says_only_what_zed_knows() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cargo = tomllib.loads((ZED / "Cargo.toml").read_text(encoding="utf-8"))
    assert set(MANIFEST) <= MANIFEST_KEYS
    assert MANIFEST["version"] == cargo["package"]["version"] == version
    assert cargo["lib"]["crate-type"] == ["cdylib"]


def test_languages_server_and_debugger_name_each_other() -> None:
    names = {config["name"] for config in LANGUAGES.values()}
    ((server, entry),) = MANIFEST["language_servers"].items()
    assert set(entry["languages"]) == set(entry["language_ids"]) == names
    assert f'const SERVER: &str = "{server}";' in (ZED / "src/lib.rs").read_text(encoding="utf-8")
    for config in LANGUAGES.values():
        assert set(config) <= CONFIG_KEYS
        assert set(config.get("debuggers", ())) <= set(MANIFEST["debug_adapters"])
    for adapter in MANIFEST["debug_adapters"].values():
        assert json.loads((ZED / adapter["schema_path"]).read_text(encoding="utf-8"))["type"] == "object"


def test_a_grammar_is_where_the_manifest_says() -> None:
    assert {config["grammar"] for config in LANGUAGES.values()} == set(MANIFEST["grammars"])
    for name, grammar in MANIFEST["grammars"].items():
        sources = ROOT / grammar["path"] / "src"
        assert f"tree_sitter_{name}(" in (sources / "parser.c").read_text(encoding="utf-8")[-20_000:]
        # Zed passes no other folder of headers to the compiler.
        assert (sources / "tree_sitter" / "parser.h").exists()


def test_scopes_of_brackets_are_overrides() -> None:
    # Zed drops all queries of a language whose configuration names a scope that `overrides.scm` does not capture.
    for folder, config in LANGUAGES.items():
        compiled = query(folder, "overrides")
        scopes = {
            compiled.capture_name(index).removesuffix(".inclusive") for index in range(compiled.capture_count)
        }  # fmt: skip
        assert {scope for pair in config["brackets"] for scope in pair.get("not_in", ())} <= scopes


OFFERED = {
    "calloc", "free", "iswalnum", "iswalpha", "iswblank", "iswdigit", "iswlower", "iswspace", "iswupper", "iswxdigit",
    "malloc", "memchr", "memcmp", "memcpy", "memmove", "memset", "realloc", "strcmp", "strlen", "strncat", "strncmp",
    "strncpy", "towlower", "towupper",
}  # fmt: skip
"""What tree-sitter offers to a scanner that runs as WebAssembly, as it does in Zed."""


@pytest.mark.parametrize("grammar", ["syntax", "syntax/secrets"])
def test_a_scanner_needs_nothing_that_webassembly_lacks(grammar: str, tmp_path: Path) -> None:
    if not shutil.which("cc") or not shutil.which("nm"):
        pytest.skip("needs a C compiler and nm")
    sources = ROOT / grammar / "src"
    target = tmp_path / "scanner.o"
    options = ["-c", "-O0", "-fno-stack-protector", "-fPIC", "-I", str(sources), "-o", str(target)]
    subprocess.run(["cc", *options, str(sources / "scanner.c")], check=True)
    listed = subprocess.run(["nm", "--undefined-only", str(target)], capture_output=True, text=True, check=True).stdout
    needed = {line.split()[-1] for line in listed.splitlines() if line.split()}
    assert needed - {"_GLOBAL_OFFSET_TABLE_"} <= OFFERED


# ── prepare.py ──────────────────────────────────────────────────────────────────────────────────────────────────────


def prepare(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(ZED / "prepare.py"), str(folder)], capture_output=True, text=True)


def test_a_prepared_extension_takes_its_grammars_from_the_clone(tmp_path: Path) -> None:
    if subprocess.run(["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True).returncode:
        pytest.skip("not a git checkout")
    folder = tmp_path / "extension"
    for _ in range(2):  # the second time it renews
        done = prepare(folder)
        assert done.returncode == 0, done.stderr
    written = tomllib.loads((folder / "extension.toml").read_text(encoding="utf-8"))
    assert written.keys() == MANIFEST.keys()
    assert {path.name for path in folder.iterdir()} >= {"Cargo.toml", "src", "languages"}
    assert not (folder / "prepare.py").exists()
    ((repository, commit),) = {(one["repository"], one["rev"]) for one in written["grammars"].values()}
    checkout = ["git", "-C", str(tmp_path / "checkout")]
    fetch = (
        ["init"],
        ["remote", "add", "origin", repository],
        ["fetch", "--depth", "1", "origin", commit],
    )  # as Zed does
    (tmp_path / "checkout").mkdir()
    for arguments in fetch:
        subprocess.run([*checkout, *arguments], capture_output=True, check=True)
    for grammar in written["grammars"].values():
        subprocess.run([*checkout, "cat-file", "-e", f"{commit}:{grammar['path']}/src/parser.c"], check=True)


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert prepare(tmp_path).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
