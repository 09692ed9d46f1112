from __future__ import annotations

import random
from itertools import pairwise

import pytest

from harness.cursor import snapshot
from harness.mutations import mistake, programs, tokens
from nexa.compiler.file import File
from nexa.ide.features.selection import selections
from nexa.syntax import parse


def check_selections(text: str, *expected: str) -> None:
    """What the selection at `$0` grows to, in order; the whole file is the last, and left out here."""
    project, path, offset = snapshot(f"{text}\n\n")
    file = project.file(path)
    found = [file.text[span.start : span.end].decode() for span in selections(file, offset)]
    assert found[-1] == file.text.decode()
    assert found[:-1] == list(expected)


@pytest.mark.parametrize("where", ["$0name", "na$0me", "name$0"])
def test_anywhere_in_a_name(where):
    check_selections(
        f"flow main {{ x = 1 + {where} }}\nagent A {{ }}",
        "name",
        "1 + name",
        "x = 1 + name",
        " x = 1 + name ",
        "{ x = 1 + name }",
        "flow main { x = 1 + name }",
    )


def test_arguments_and_lists():
    check_selections(
        "flow main { f(1, [ab, 3$0]) }",
        "3",
        "ab, 3",
        "[ab, 3]",
        "1, [ab, 3]",
        "(1, [ab, 3])",
        "f(1, [ab, 3])",
        " f(1, [ab, 3]) ",
        "{ f(1, [ab, 3]) }",
        "flow main { f(1, [ab, 3]) }",
    )


def test_words_and_lines_of_texts():
    check_selections(
        'agent 客 { prompt: """\n  😀 one t$0wo\n  three\n""" }',
        "two",
        "😀 one two",
        "\n  😀 one two\n  three\n",
        '"""\n  😀 one two\n  three\n"""',
        'prompt: """\n  😀 one two\n  three\n"""',
        ' prompt: """\n  😀 one two\n  three\n""" ',
        '{ prompt: """\n  😀 one two\n  three\n""" }',
        'agent 客 { prompt: """\n  😀 one two\n  three\n""" }',
    )


def test_interpolations():
    check_selections(
        'x = "a #{b$0.c} d"',
        "b",
        "b.c",
        "#{b.c}",
        "a #{b.c} d",
        '"a #{b.c} d"',
        'x = "a #{b.c} d"',
    )


def test_comments():
    check_selections("// one t$0wo\nagent A { }", "two", "// one two")
    check_selections(
        "/// Doc.\n@limit(max_tokens=1)\nage$0nt A { }\n\nagent B { }",
        "agent",
        "@limit(max_tokens=1)\nagent A { }",
        "/// Doc.\n@limit(max_tokens=1)\nagent A { }",
    )


def test_the_healthy_rest_of_a_faulty_file():
    project, path, offset = snapshot("agent { prompt:\nflow main {\n x = = 1\n print(na$0me)\n}\n")
    found = [project.file(path).text[one.start : one.end] for one in selections(project.file(path), offset)]
    assert found[:3] == [b"name", b"(name)", b"print(name)"]


@pytest.mark.parametrize(("name", "text"), programs(), ids=[name for name, _ in programs()])
def test_selections_only_grow(name, text):
    rng = random.Random(name)
    for _ in range(3):
        changed = mistake(rng, text, tokens(parse(text).root)).applied(text)
        file = File.parse("/a.nx", changed)
        for offset in range(0, len(changed) + 1, 7):
            found = selections(file, offset)
            assert (found[-1].start, found[-1].end) == (0, len(changed))
            for inner, outer in pairwise(found):
                assert outer.start <= inner.start <= inner.end <= outer.end
                assert inner != outer


def test_in_a_template():
    check_selections(
        'flow main(客) { print(template"""😀 {{#for x in 客}}{{x$0 | upper}}, {{/for}}""") }',
        "x",
        "{{x | upper}}",
        "{{#for x in 客}}{{x | upper}}, {{/for}}",
        "😀 {{#for x in 客}}{{x | upper}}, {{/for}}",
        'template"""😀 {{#for x in 客}}{{x | upper}}, {{/for}}"""',
        '(template"""😀 {{#for x in 客}}{{x | upper}}, {{/for}}""")',
        'print(template"""😀 {{#for x in 客}}{{x | upper}}, {{/for}}""")',
        ' print(template"""😀 {{#for x in 客}}{{x | upper}}, {{/for}}""") ',
        '{ print(template"""😀 {{#for x in 客}}{{x | upper}}, {{/for}}""") }',
        'flow main(客) { print(template"""😀 {{#for x in 客}}{{x | upper}}, {{/for}}""") }',
    )
