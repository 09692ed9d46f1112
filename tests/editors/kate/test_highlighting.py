"""docs/editors/kate in KSyntaxHighlighting, Kate's highlighter: a token has the colour that tree-sitter gives it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from editors.colours import colour, scoped
from editors.kate.kate import DEFINITIONS, environment, unpacked
from editors.vscode.test_textmate import BEYOND, PROGRAMS, UNFINISHED, sound_cases
from editors.vscode.textmate import Scoped, disagreements, tokens

Highlighter = Callable[[str, str], list[Scoped]]
DATA = Path(".local/share/org.kde.syntax-highlighting")
INSIDE = ("punctuation.definition.template", "keyword.control.template", "variable.other.template")
"""Items that stand in a string: they count as the string."""

STYLES = (
    "Normal", "Keyword", "Function", "Variable", "ControlFlow", "Operator", "BuiltIn", "Extension", "Preprocessor",
    "Attribute", "Char", "SpecialChar", "String", "VerbatimString", "SpecialString", "Import", "DataType", "DecVal",
    "BaseN", "Float", "Constant", "Comment", "Documentation", "Annotation", "CommentVar", "RegionMarker", "Information",
    "Warning", "Alert", "Error", "Others",
)  # fmt: skip
"""What definitions of other languages use."""


def items() -> dict[str, list[str]]:
    """Definition → its items."""
    roots = [ET.parse(path).getroot() for path in sorted(DEFINITIONS.glob("*.xml"))]
    return {root.attrib["name"]: [item.attrib["name"] for item in root.iter("itemData")] for root in roots}


def theme(names: list[str]) -> str:
    styles = {style: {"text-color": colour(names.index("meta.embedded"))} for style in STYLES}
    custom = {
        definition: {item: {"text-color": colour(names.index(item))} for item in found}
        for definition, found in items().items()
    }
    return json.dumps({"metadata": {"name": "items", "revision": 1}, "text-styles": styles, "custom-styles": custom})


@pytest.fixture(scope="module")
def highlighter(tmp_path_factory: pytest.TempPathFactory) -> Highlighter:
    """Text and definition → what KSyntaxHighlighting makes of each line."""
    tree = unpacked()
    home = tmp_path_factory.mktemp("home")
    for folder in ("syntax", "themes"):
        (home / DATA / folder).mkdir(parents=True)
    for path in DEFINITIONS.glob("*.xml"):
        (home / DATA / "syntax" / path.name).write_bytes(path.read_bytes())
    names = ["", *sorted({item for found in items().values() for item in found})]
    (home / DATA / "themes" / "items.theme").write_text(theme(names), encoding="utf-8")
    shown_as = [f"{'string.quoted' if name.startswith(INSIDE) else name}.nexa" for name in names]

    def run(text: str, definition: str) -> list[Scoped]:
        file = home / "text"
        file.write_text(text, encoding="utf-8")
        options = ["--output-format=ansi", "--theme=items", "--no-ansi-background", f"--syntax={definition}"]
        done = subprocess.run(
            [*tree.program("usr/bin/ksyntaxhighlighter6"), *options, str(file)],
            env=environment(tree, home), capture_output=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()
        problems = [line for line in done.stderr.decode().splitlines() if "highlight" in line.lower()]
        assert problems == []
        return list(scoped(done.stdout.decode(), shown_as))

    return run


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.name)
def test_every_token_of_an_example_has_its_colour(highlighter: Highlighter, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens(text.encode())
    assert disagreements(text.encode(), highlighter(text, "Nexa")) == []


def test_the_corpus_of_the_syntax_agrees_but_for_what_is_known(highlighter: Highlighter) -> None:
    found = {
        case.name: disagreements(case.source.encode(), highlighter(case.source, "Nexa"))
        for case in sound_cases()
        if case.name not in BEYOND
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_mistake_stays_in_its_declaration(highlighter: Highlighter) -> None:
    healthy = 'agent Healthy {\n    prompt: "Fine."\n}\n'
    alone = highlighter(healthy, "Nexa")
    for broken in UNFINISHED:
        first = broken.count("\n") + 1
        after = [(line - first, *rest) for line, *rest in highlighter(f"{broken}\n{healthy}", "Nexa") if line >= first]
        assert after == alone, broken


def test_a_secrets_file_has_its_colours(highlighter: Highlighter) -> None:
    text = '// 1\nconfig local {\n  A = "b\\n" }\nC: -1\n'
    found = {scope for *_, (_, scope) in highlighter(text, "Nexa Secrets")}
    assert found >= {
        "comment.line.double-slash.nexa", "keyword.control.import.nexa", "variable.other.property.nexa",
        "string.quoted.nexa", "constant.character.escape.nexa", "constant.numeric.nexa",
    }  # fmt: skip
