"""Every rule is listed, documented, and says of its own examples what its documentation says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.findings import differences
from nexa.compiler import rules
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.rule import NameRule, Rule, Severity, manual
from nexa.compiler.rules import RULES

FOLDER = Path(rules.__file__).parent


def blocks(doc: str) -> Iterator[tuple[str, str]]:
    """The indented blocks behind `Bad:` and `Good:`, with that word."""
    word, lines = "", []
    for line in [*doc.splitlines(), "end"]:
        if line.strip() and not line.startswith("    ") and not line.lstrip().startswith("//^"):
            if word and any(lines):
                yield word, "\n".join(lines)
            word, lines = (line[:-1] if line in ("Bad:", "Good:") else ""), []
        elif word:
            lines.append(line)


EXAMPLES = [
    pytest.param(rule, word, text, id=f"{rule.code}-{word.lower()}-{number}")
    for rule in RULES
    for number, (word, text) in enumerate(blocks(manual(rule)))
]


def test_the_list_is_the_folder() -> None:
    modules = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
    assert sorted(rule.check.__module__.rpartition(".")[2] for rule in RULES) == modules


def test_codes_are_in_order_and_used_once() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_manual_with_examples(rule: Rule) -> None:
    words = [word for word, _ in blocks(manual(rule))]
    assert "Bad" in words
    assert "Good" in words
    assert manual(rule).splitlines()[0].endswith(".")


@pytest.mark.parametrize(("rule", "word", "text"), EXAMPLES)
def test_an_example_is_true(rule: Rule, word: str, text: str) -> None:
    serious = frozenset({Severity.ERROR, Severity.WARNING})
    settings = Settings(severities={rule.code: rule.severity} if getattr(rule, "only_asked", False) else {})
    wrong = differences(
        text, severities=serious, codes=None, running=getattr(rule, "only_runs", False), settings=settings
    )
    assert not wrong, "\n".join(["", *wrong])
    assert ("//^" in text) == (word == "Bad"), "a bad example has a marker, a good one has none"


SPEC = Path(__file__).parent.parent / "spec"
TEXTS = [text for rule in RULES for _, text in blocks(manual(rule))]
TEXTS += [path.read_text(encoding="utf-8") for path in sorted(SPEC.rglob("*.nx*")) if path.suffix != ".nxs"]
CHOOSY = [rule for rule in RULES if isinstance(rule, NameRule) and rule.about]


@pytest.mark.parametrize("rule", CHOOSY, ids=lambda rule: rule.code)
def test_a_rule_has_nothing_to_say_of_what_it_is_not_about(rule: NameRule, read: list[tuple[File, Project]]) -> None:
    for file, project in read:
        for item in file.items:
            if not item.is_broken and item.nodes.keys().isdisjoint(rule.about):
                assert not list(rule.check(item, Names(project.view(file.path), item.node))), item.text.decode()


@pytest.fixture(scope="module")
def read() -> list[tuple[File, Project]]:
    files = [File.parse("/a.nx", text.encode()) for text in TEXTS]
    return [(file, Project(Settings(), lambda _: None).with_file(file)) for file in files]
