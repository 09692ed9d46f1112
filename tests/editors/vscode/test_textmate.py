"""The TextMate grammar colours what tree-sitter colours, token by token, and a mistake stays in its declaration."""

from __future__ import annotations

from pathlib import Path

import pytest

from editors.vscode.textmate import ROOT, disagreements, tokenise, tokens
from harness.corpus import Case, cases

PROGRAMS = [
    path
    for folder in ("tests/spec/examples", "docs/examples")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".nx", ".nxlib")
]
GOLDEN = Path(__file__).with_name("golden")

BEYOND = {
    "every member": "`print` before a contract word that no statement begins with",
    "members at column 0": "a body whose members stand at column 0 is closed by them: one line cannot tell",
    "trait and impl": "the same",
    "hooks with their parameter on a line of its own": "a call until a `{` follows: one line cannot tell",
}
"""Entries of the syntax corpus that a grammar of regular expressions cannot read, and why."""


@pytest.fixture(scope="module")
def scoped() -> dict[Path, list]:
    texts = [path.read_text(encoding="utf-8") for path in PROGRAMS]
    return dict(zip(PROGRAMS, tokenise(texts), strict=True))


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_every_token_of_an_example_has_the_colour_that_tree_sitter_gives_it(path, scoped):
    text = path.read_bytes()
    assert tokens(text)
    assert disagreements(text, scoped[path]) == []


def sound_cases() -> list[Case]:
    """Correct programs among the corpus of the syntax."""
    found = []
    for path in sorted((ROOT / "tests/syntax/corpus").glob("*.txt")):
        for case in cases(path):
            is_sound = not any(word in case.tree for word in ("ERROR", "MISSING", "missing", "unterminated", "foreign"))
            if is_sound and "malformed" not in case.tree and not any("language" in one for one in case.attributes):
                found.append(case)
    return found


def test_the_corpus_of_the_syntax_agrees_but_for_what_is_known():
    sound = [case for case in sound_cases() if case.name not in BEYOND]
    assert len(sound) > 20
    results = tokenise([case.source for case in sound])
    found = {case.name: disagreements(case.source.encode(), one) for case, one in zip(sound, results, strict=True)}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


UNFINISHED = [
    "flow broken(a: str {\n    x = [1, (2",
    'agent Broken {\n    prompt: "never closed',
    'flow broken {\n    print("no quote)\n',
    'flow broken {\n    x = "a #{b',
    "flow broken {\n    match x { {a: [b => 1",
    "flow broken { if x { while y {",
    "protocol Broken { a: list[str",
    "type Broken = ",
    "@tool(",
    "server Broken {\n    route GET",
]


def test_a_mistake_stays_in_its_declaration():
    healthy = 'agent Healthy {\n    prompt: "Fine."\n}\n'
    (alone,) = tokenise([healthy])
    for broken, scopes in zip(UNFINISHED, tokenise([f"{one}\n{healthy}" for one in UNFINISHED]), strict=True):
        first = broken.count("\n") + 1
        after = [(line - first, *rest) for line, *rest in scopes if line >= first]
        assert after == [tuple(one) for one in alone], broken


@pytest.mark.parametrize(("name", "scope"), [("program.nx", "source.nexa"), ("secrets.nxs", "source.nexa-secrets")])
def test_the_scopes_are_these(name, scope):
    """The innermost scope of each piece; `python tests/editors/vscode/test_textmate.py` writes the files anew."""
    assert (GOLDEN / f"{name}.scopes").read_text(encoding="utf-8") == shown(name, scope)


def shown(name: str, scope: str) -> str:
    text = (GOLDEN / name).read_text(encoding="utf-8")
    lines = text.split("\n")
    (scopes,) = tokenise([text], scope)
    out = []
    for line, start, end, names in scopes:
        piece = lines[line].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
        if piece.strip():
            out.append(f"{line + 1}:{start + 1}\t{piece.strip()}\t{names[-1]}")
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    for file, root in (("program.nx", "source.nexa"), ("secrets.nxs", "source.nexa-secrets")):
        (GOLDEN / f"{file}.scopes").write_text(shown(file, root), encoding="utf-8")
