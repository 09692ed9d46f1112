"""The style hints: exact places, fixes that mean the same, and silence where a picky reader would see none."""

from __future__ import annotations

import pytest

from harness.findings import differences, findings_of
from harness.markers import read_fixture


def fixed(text: str, code: str) -> str:
    """The first file of a fixture after all safe fixes of a code."""
    path, source = next(iter(read_fixture(text).files.items()))
    data = source.encode()
    found = [one.fix for one in findings_of({path: data}) if one.code == code and one.fix and one.fix.safe]
    for edit in sorted((edit for fix in found for edit in fix.edits), key=lambda edit: -edit.span.start):
        data = data[: edit.span.start] + edit.text.encode() + data[edit.span.end :]
    return data.decode()


def check(code: str, text: str, after: str | None = None) -> None:
    """The findings of a code are exactly the markers; with its fixes the text reads as `after`, and has none left."""
    wrong = differences(text, codes=frozenset({code}))
    assert not wrong, "\n".join(["", *wrong])
    if after is None:
        return
    path, wanted = next(iter(read_fixture(after).files.items()))
    assert fixed(text, code) == wanted
    assert code not in [one.code for one in findings_of({path: wanted})]


QUIET = {
    "NX901": [
        "flow main {\n    a = 1; b = 2\n    print(a + b)\n}",
        "flow main { a = 1; print(a); }",
        "flow main {\n    a = 1;\n    print(a)\n}",
        "flow main {\n    a = 1;\n    -a\n    print(a)\n    print(1)\n}",
        "flow main {\n    print(1)\n    print(\"a; b\")\n    // c;\n    /* d; */\n    print('e;')\n}",
        "flow main {\n    if true { print(1) };\n    print(1)\n    a = {};\n    print(a)\n}",
        'agent A {\n    prompt: "x"\n}\nflow main {\n    a = A.run("b");\n    print(a);\n}',
        "job J (\n    retry: 3\n) {\n    priority: high;\n    perform(x: int) { print(x) }\n}",
        "a = 1; b = 2\nc = 3\nprint(a + b + c)",
        "enum E { A, B; C }\nprotocol P { a: str, b: int; c: int }",
    ],
    "NX909": [
        '#!/usr/bin/env nexa\nflow main { print(\'# a #{1}\', """\n# b\n""", r\'# c\', `# d`) } // # e\n/* # f */'
    ],
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in QUIET.items() for text in texts])
def test_silence(code: str, text: str) -> None:
    assert [one.message for one in findings_of({"main.nx": text}) if one.code == code] == []


def test_semicolons() -> None:
    check(
        "NX901",
        """
        include "é🙂.nx"
        type T = int; // c
                  //^ NX901: semicolon style differs from the file's majority; most statements end without
        protocol P {
            a: str
            b: int;
                //^ NX901: semicolon style differs from the file's majority; most members end without
            c: int
        }
        flow main(x: T) -> P {
            let y = (1 +
                (x)); /* d */
                  //^ NX901
            print("🙂" /* ; */); # e;
                            //^ NX901
            return {
                a: "b", b: y, c: 1
            };
            return P(a: "b", b: y, c: 1)
            print(1); break
            print(2)
            print(3)
        }
        """,
        """
        include "é🙂.nx"
        type T = int // c
        protocol P {
            a: str
            b: int
            c: int
        }
        flow main(x: T) -> P {
            let y = (1 +
                (x)) /* d */
            print("🙂" /* ; */) # e;
            return {
                a: "b", b: y, c: 1
            };
            return P(a: "b", b: y, c: 1)
            print(1); break
            print(2)
            print(3)
        }
        """,
    )
    check(
        "NX901",
        """
        a = 1;
        b = (2
             /* ) */ ) // c
                    //^ NX901: semicolon style differs from the file's majority; most statements end in one
        flow main {
            print(1);
            print(2);
            return  // d )
                //^ NX901
        }
        """,
        """
        a = 1;
        b = (2
             /* ) */ ); // c
        flow main {
            print(1);
            print(2);
            return;  // d )
        }
        """,
    )


def test_a_torn_item_has_no_say_about_semicolons() -> None:
    check("NX901", "flow a {\n    print(1;\n    print(2;\n}\nflow main {\n    print(1)\n    print(2)\n}")


def test_hash_comments() -> None:
    check(
        "NX909",
        """
        # 你好 🙂
      //^ NX909: use `//` for comments
        ## b
      //^ NX909
        #/c
      //^ NX909
        flow main {
            print("# 🙂 #{1}") # d
                            //^ NX909
            #
          //^ NX909
        }
        # e
      //^ NX909
        """,
        """
        // 你好 🙂
        // b
        // /c
        flow main {
            print("# 🙂 #{1}") // d
            //
        }
        // e
        """,
    )


def test_a_torn_item_keeps_its_neighbours_comments() -> None:
    text = "flow a {\n    print(1 # x\n}\n# y\nflow main { print(1) }"
    found = [one for one in findings_of({"main.nx": text}) if one.code == "NX909"]
    assert [one.span.start for one in found] == [text.index("# y")]
