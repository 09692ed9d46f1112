from __future__ import annotations

import pytest

from harness.cursor import snapshot
from harness.edits import applied
from harness.mutation import random_edits
from harness.mutations import programs
from nexa.compiler.file import File
from nexa.ide.features.typing import typed


def check(before: str, after: str | None, character: str = "\n") -> None:
    """`before` is the text with the typed character just before the cursor; without `after`, nothing happens."""
    project, path, offset = snapshot(before)
    file = project.file(path)
    assert file is not None
    edits = typed(file, offset, character, 120)
    assert applied(file.text, edits) == (file.text.decode() if after is None else after)
    if after is None:
        assert edits == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("flow f {\n$0\n}\n", "flow f {\n    \n}\n"),
        ("flow f {\n  $0}\n", "flow f {\n}\n"),
        ("flow f {\n    a = 1\n$0\n}\n", "flow f {\n    a = 1\n    \n}\n"),
        ("flow f {\n    if a {\n$0x = 1\n    }\n}\n", "flow f {\n    if a {\n        x = 1\n    }\n}\n"),
        ("flow f {\n    if a {\n    }\n  $0\n}\n", "flow f {\n    if a {\n    }\n    \n}\n"),
        ("flow f {\n    x = g(\n$0)\n}\n", "flow f {\n    x = g(\n    )\n}\n"),
        ("flow f {\n    x = g(\n$0a)\n}\n", "flow f {\n    x = g(\n        a)\n}\n"),
        ("flow f {\n    x = [\n        1,\n$0\n    ]\n}\n", "flow f {\n    x = [\n        1,\n        \n    ]\n}\n"),
        ("flow f {\n    x = a\n        >> B\n$0\n}\n", "flow f {\n    x = a\n        >> B\n        \n}\n"),
        ("flow f { // why\n$0\n}\n", "flow f { // why\n    \n}\n"),
        ("agent 客 { // 😀 (\n$0\n}\n", "agent 客 { // 😀 (\n    \n}\n"),
        ("x = 1\n    $0\n", "x = 1\n\n"),
        ('agent A {\n    prompt: """\n$0\n    """\n}\n', None),
        ("/* a {\n$0 */\n", None),
        ("$0\nx = 1\n", None),
        ("\n$0", None),
    ],
)
def test_a_new_line_is_indented(before: str, after: str | None):
    check(before, after)


def test_a_body_that_nothing_closes_is_closed():
    check("flow main {\n$0", "flow main {\n    \n}")
    check("flow main {\n    if a {\n$0\n}\n", "flow main {\n    if a {\n        \n    }\n}\n")
    check("agent A {\n$0\nflow main { A.run(1) }\n", "agent A {\n    \n}\nflow main { A.run(1) }\n")
    check("flow main {\r\n$0", "flow main {\r\n    \r\n}")


def test_a_body_that_is_closed_is_not_closed_again():
    check("flow main {\n$0\n    a = 1\n}\n", "flow main {\n    \n    a = 1\n}\n")
    check("flow main {\n    x = [\n$0\n    ]\n}\n", "flow main {\n    x = [\n        \n    ]\n}\n")


def test_what_a_brace_closes_is_laid_out():
    check("flow f {\n  if  a{\n  b  =  1\n  }$0\n  c  =  2\n}\n",
          "flow f {\n    if a {\n        b = 1\n    }\n  c  =  2\n}\n", "}")  # fmt: skip
    check("agent A{role:  'r'}$0\nagent  B{}\n", "agent A { role: 'r' }\nagent  B{}\n", "}")
    check("protocol P{\n a:str\n }$0\n", "protocol P {\n    a: str\n}\n", "}")


def test_a_brace_of_a_dict_is_only_moved():
    check("x  =  {a:1}$0\n", None, "}")
    check("flow f {\n    x  =  {\n        a:1\n        }$0\n}\n", "flow f {\n    x  =  {\n        a:1\n    }\n}\n", "}")


def test_a_brace_in_a_broken_declaration_is_only_moved():
    before = "flow f {\n    x  = = 1\n    if  a {\n        b\n        }$0\n}\n"
    check(before, before.replace("        }$0", "    }"), "}")


def test_a_brace_that_closes_nothing_stays():
    check("}$0\n", None, "}")
    check('x = "}$0"\n', None, "}")
    check("// }$0\n", None, "}")


def test_whatever_stands_there_nothing_breaks():
    for _, text in programs():
        for seed in range(2):
            for edit, changed in random_edits(seed, text, 2):
                for character in ("\n", "}"):
                    file = File.parse("a.nx", changed[: edit.new_end] + character.encode() + changed[edit.new_end :])
                    applied(file.text, typed(file, edit.new_end + 1, character, 120))
