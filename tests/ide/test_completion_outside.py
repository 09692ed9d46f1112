"""What completion knows from outside of a file: folders, secrets files, configuration, files that are not included."""

from __future__ import annotations

import pytest

from harness.accepting import accepted
from harness.completing import check_all, check_first, check_some, completed, labels
from harness.cursor import ROOT
from harness.findings import project_of
from harness.markers import read_fixture
from nexa.ide.features.completion import MAX_CANDIDATES

FILES = {
    "lib/tools.nxlib": 1,
    "lib/deep/more.nx": 1,
    "notes.md": 1,
    "notes.txt": 1,
    "tool.py": 1,
    "photo.png": 1,
    "main.nx": 1,
    "second.nx": 1,
    "secrets.nxs": 1,
    ".hidden/x.nx": 1,
    "my file 客.nxlib": 1,
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('include "$0"', ("second.nx", "secrets.nxs", "my file 客.nxlib", "lib/")),
        ('include "sec$0"', ("second.nx", "secrets.nxs")),
        ('include "lib/$0"', ("tools.nxlib", "deep/")),
        ('include "lib/to$0ols.nxlib"', ("tools.nxlib",)),
        ('include "./lib/deep/$0"', ("more.nx",)),
        ('include "$0', ("second.nx", "secrets.nxs", "my file 客.nxlib", "lib/")),
        ('/* 😀 */ include "客$0"', ("my file 客.nxlib",)),
        ('agent A { experience: "$0" }', ("notes.md", "notes.txt", "lib/")),
        ('tool T { python: "$0" }', ("tool.py", "lib/")),
        ('agent A uses "$0" { }', ("notes.md", "tool.py", "lib/")),
        ('agent A { uses: ["$0"] }', ("notes.md", "tool.py", "lib/")),
        ('flow main { x = img("$0") }', ("photo.png", "lib/")),
        ('server S { static "/a" from "li$0" }', ("lib/",)),
    ],
)
def test_paths(text, expected):
    check_all(text, *expected, files=FILES)


def test_a_path_is_completed_from_slash_to_slash():
    found = check_all('include "lib/to$0ols.nxlib"', "tools.nxlib", files=FILES)
    assert (found.span.start, found.cursor, found.span.end) == (13, 15, 24)
    found = check_all('include "li$0b/tools.nxlib"', "lib/", files=FILES)
    assert (found.span.start, found.span.end) == (9, 12)


SECRETS = """
//- secrets.nxs
OTHER = "s3cr3t"
config default {
    API_KEY = "s3cr3t"
    MODEL_NAME = { "strong": "s3cr3t-large", "fast": "s3cr3t-small" }
}
config staging { LIMITS_TOKEN = "s3cr3t" }
//- main.nx
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("use config $0", ("default", "staging")),
        ("use config st$0", ("staging",)),
        ('flow main { x = secret("$0") }', ("OTHER", "API_KEY", "MODEL_NAME", "LIMITS_TOKEN")),
        ('flow main { x = secret("LIM$0") }', ("LIMITS_TOKEN",)),
        ("flow main { x = secrets.$0 }", ("default", "staging")),
        ("flow main { x = secrets.staging.$0 }", ("LIMITS_TOKEN",)),
        ('agent A { model: "$0" }', ("local", "strong", "fast")),
        ('agent A { model: ["a/b", fallback: "$0"] }', ("local", "strong", "fast")),
    ],
)
def test_names_of_secrets(text, expected):
    found = check_all(SECRETS + text, *expected, models=("local",))
    assert "s3cr3t" not in str(found.candidates)


def test_models_by_name():
    found = check_first(SECRETS + "agent A { model: $0 }", "local", "strong", "fast", models=("local",))
    assert [one.origin for one in found.candidates[:3]] == ["nexa.toml", "config default", "config default"]
    check_some(SECRETS + 'agent A { model: ["a/b", $0] }', "local", "fallback:", models=("local",))


def test_a_secret_of_another_function_is_none():
    assert labels(completed(SECRETS + 'fn secret(x) { x }\nflow main { y = secret("$0") }')) == []
    assert labels(completed(SECRETS + 'flow main { y = env("$0") }')) == []


ELSEWHERE = """
//- lib/clock.nxlib
/// The time.
fn clock() -> str { return "12" }
protocol Clocked { at: str }
//- other.nx
agent Clockmaker { prompt: "p" }
flow main { Clockmaker.run(1) }
//- main.nx
"""


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        (
            "// A program.\n\nflow main { print(clo$0) }\n",
            "clock",
            '// A program.\ninclude "lib/clock.nxlib"\n\nflow main { print(clock()) }\n',
        ),
        (
            'include "a.nxlib"\nuse config x\nflow main(x: Clo$0) { print(x) }\n',
            "Clocked",
            'include "a.nxlib"\ninclude "lib/clock.nxlib"\nuse config x\nflow main(x: Clocked) { print(x) }\n',
        ),
        (
            "#!/usr/bin/env nexa\nx = clo$0\n",
            "clock",
            '#!/usr/bin/env nexa\ninclude "lib/clock.nxlib"\n\nx = clock()\n',
        ),
        ("agent A uses clo$0 { }\n", "clock", 'include "lib/clock.nxlib"\n\nagent A uses clock { }\n'),
        ("flow main { x = 'a' |> clo$0 }\n", None, ""),
    ],
)
def test_a_name_of_another_file_comes_with_its_include(text, label, expected):
    found = completed(ELSEWHERE + text)
    offered = [one for one in found.candidates if one.edits] if found else []
    if label is None:
        assert not offered
        return
    assert [one.label for one in offered] == [label]
    assert offered[0].origin == 'include "lib/clock.nxlib"'
    fixture = read_fixture(ELSEWHERE + text)
    after, _ = accepted(fixture.files["main.nx"].encode(), found, offered[0])
    assert after.decode() == expected
    files = {ROOT + name: content for name, content in fixture.files.items()} | {ROOT + "main.nx": after}
    codes = {finding.code for finding in project_of(files).findings(ROOT + "main.nx")}
    assert not codes & {"NX201", "NX202", "NX204"}


def test_what_is_included_needs_no_include():
    found = completed(ELSEWHERE + 'include "lib/clock.nxlib"\nflow main { print(clo$0) }')
    assert (found.candidates[0].label, found.candidates[0].edits) == ("clock", ())
    assert not any(one.edits for one in found.candidates)


def test_programs_and_circles_are_not_included():
    circle = """
    //- lib.nxlib
    include "main.nxlib"
    fn helper() { }
    //- main.nxlib
    fn other() { hel$0 }
    """
    assert labels(completed(circle)) in ([], ["helper"])
    assert all(not one.edits for one in getattr(completed(circle), "candidates", []))
    assert labels(completed(ELSEWHERE + "flow other { Clockm$0 }")) == []


def test_a_short_word_says_that_more_may_come():
    assert not completed(ELSEWHERE + "flow main { print(c$0) }").is_complete
    assert completed(ELSEWHERE + "flow main { print(clo$0) }").is_complete
    assert completed(ELSEWHERE + "flow main { std.fs.$0 }").is_complete
    many = "".join(f"fn helper{n}() {{ }}\n" for n in range(500))
    found = completed(many + "flow main { helper$0 }")
    assert (len(found.candidates), found.is_complete) == (MAX_CANDIDATES, False)


def test_codes_that_may_be_allowed():
    found = check_some("// nexa: allow NX208, $0", "NX209", "NX412", absent=("NX208", "NX201"))
    (unused,) = [one for one in found.candidates if one.label == "NX209"]
    assert unused.origin == "unused-declaration"
    check_first("// nexa: allow NX20$0", "NX205", "NX206", "NX208", "NX209")
    check_all("// nexa: a$0", "allow")
    check_some("x = 1 // nexa: allow unused$0", "NX208", "NX209")


ASKING = '//- main.nx\nflow main { x = secret("LIMITS_TOKEN") }\n//- secrets.nxs\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$0", ("API_KEY", "BASE_URL", "MODEL_NAME", "LIMITS_TOKEN", "config")),
        ('API_KEY = "s"\n$0', ("BASE_URL", "MODEL_NAME", "LIMITS_TOKEN", "config")),
        ('config a {\n    API_KEY = "s"\n    $0\n}', ("BASE_URL", "MODEL_NAME", "LIMITS_TOKEN")),
        ('config a {\n    API_KEY = "s"\n}\nconfig b { A$0', ("API_KEY",)),
        ('// 😀\nconfig a { LIMITS_TOKEN = "s" }\nLIM$0', ("LIMITS_TOKEN",)),
    ],
)
def test_keys_of_a_secrets_file(text, expected):
    check_all(ASKING + text, *expected)


@pytest.mark.parametrize("text", ["API_KEY = $0", 'API_KEY = "$0"', "// $0", "config $0 { }", "API_KEY $0"])
def test_values_of_a_secrets_file_are_nobodys_business(text):
    assert labels(completed(ASKING + text)) == []
