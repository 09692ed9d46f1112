"""An edit re-checks what it touches and those that rest on it: counted, by name, in one file and among 200."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from harness.findings import project_of
from nexa.compiler import checks
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.rule import Severity
from nexa.syntax import Edit

LIBRARY = """\
protocol Leaf { word: str }
protocol Middle { leaf: Leaf, note: str }
protocol Alone { word: str }
type Leaves = list[Leaf]
type Rows = dict[str, Leaves]
struct Point { x: int, y: int = 0 }
enum Color { Red, Green(shade: str) }
trait Shown { fn show() -> str }
impl Shown for Point { fn show() -> str { "#{self.x}" } }
agent Plain { prompt: "p" }
agent Teller implements Leaf { prompt: "p" }
agent Deep implements Middle { prompt: "p" }
agent Loose -> Leaves { prompt: "p" }
tool Search { mcp: "https://example.com/mcp" }
@tool("Look up")
fn lookup(topic: str) -> str { topic }
fn shout(line: str) -> str { line.upper() }
fn size(word: str) { len(word) }
fn twice(word: str) { size(word) * 2 }
let limit = 3
"""
USERS = """\
flow of_leaf() { print(Teller.run("x").word) }
flow of_deep() { print(Deep.run("x").leaf.word) }
flow of_note() { print(Deep.run("x").note) }
flow of_alias(every: Leaves) { for each one in every { print(one.word) } }
flow of_rows(every: Rows) { print(every) }
flow of_list(every: list[Leaf]) { print(len(every)) }
flow of_alone(one: Alone) { print(one.word) }
flow of_point() { print(Point(x: 1).x) }
flow of_show(point: Point) { print(point.show()) }
flow of_color(color: Color) -> str { return match color { Color::Red => "r", Green(shade) => shade } }
flow of_plain() { print(Plain.run("x")) }
flow of_loose() { print(Loose.run("x")) }
flow of_chain() { print("x" >> Plain >> Plain) }
flow of_shout() { print(shout(line: "a")) }
flow of_size() { print(size("a") + 1) }
flow of_twice() { print(twice("a") + 1) }
flow of_limit() { print(limit) }
agent Finder uses lookup { prompt: "p" }
agent Seeker uses Search { prompt: "p" }
flow of_nothing() { print(1) }
""".splitlines()
LEAF = "Leaf Middle Leaves Teller Loose of_leaf of_deep of_note of_alias of_rows of_list of_loose"
"""What speaks of `Leaf` itself, and all that leads to it: a protocol in a protocol, an alias, an argument of a type."""

EDITS = {
    "the body of a method": ('"#{self.x}"', '"#{self.x}!"', "Point"),
    "the body of a function": ("line.upper()", "line.lower()", "shout"),
    "a body that gives the same as before": ("len(word) }", "len(word + word) }", "size"),
    "a body that gives something else": ("len(word) }", '"a" }', "size twice of_size of_twice"),
    "a body that is torn": ("len(word) }", "len(word)) }", "size twice of_size of_twice of_limit"),
    "a prompt": ('agent Plain { prompt: "p"', 'agent Plain { prompt: "q"', "Plain"),
    "the prompt of an agent with a protocol": ('Leaf { prompt: "p"', 'Leaf { prompt: "q"', "Teller"),
    "the value of a variable": ("limit = 3", "limit = 4", "limit"),
    "the type of a variable": ("limit = 3", 'limit = "a"', "limit of_limit"),
    "a property of an agent": ("agent Plain {", 'agent Plain { role: "r",', "Plain"),
    "a model": ("agent Plain {", 'agent Plain { model: "mock/x",', "Plain"),
    "the name of a parameter": ("line: str) -> str { line", "text_: str) -> str { text_", "shout of_shout"),
    "the type of a parameter": ("shout(line: str)", "shout(line: int)", "shout of_shout"),
    "the type of a result": ("line: str) -> str", "line: str) -> int", "shout of_shout"),
    "one more field of a protocol": ("Leaf { word: str", "Leaf { word: str, more: int", LEAF),
    "the type of a field": ("Leaf { word: str", "Leaf { word: int", LEAF),
    "a protocol that one declaration uses": ("Alone { word: str", "Alone { word: int", "Alone of_alone"),
    "a protocol around another one": ("note: str }", "note: int }", "Middle Deep of_deep of_note"),
    "an alias": ("= list[Leaf]", "= list[Alone]", "Leaves Rows Loose of_alias of_rows of_loose"),
    "an alias of an alias": ("dict[str, Leaves]", "dict[str, int]", "Rows of_rows"),
    "a field of a struct": ("y: int = 0", "y: int = 0, z: int = 1", "Point Point of_point of_show"),
    "a variant": ("{ Red,", "{ Red, Blue,", "Color of_color"),
    "what a variant carries": ("shade: str)", "shade: int)", "Color of_color"),
    "a trait": ("Shown { fn show() -> str", "Shown { fn show() -> int", "Shown Point"),
    "the output of an agent": ("Loose -> Leaves", "Loose -> Leaf", "Loose of_loose"),
    "the protocol of an agent": ("Deep implements Middle", "Deep implements Leaf", "Deep of_deep of_note"),
    "the address of a tool": ("com/mcp", "com/mcp2", "Search Seeker"),
    "the description of a tool": ('"Look up"', '"Look it up"', "lookup Finder"),
    "the parameters of a tool": ("topic: str)", "topic: str, most: int = 1)", "lookup Finder"),
    "a comment": ("agent Plain", "// a comment\nagent Plain", ""),
    "a comment in front of everything": ("protocol Leaf", "// a comment\nprotocol Leaf", ""),
    "blank lines": ("agent Plain", "\n\nagent Plain", ""),
    "a comment inside": ("agent Plain {", "agent Plain { /* a comment */", "Plain"),
    "a new declaration": ("agent Plain", "fn fresh() { 1 }\nagent Plain", "fresh"),
    "a declaration less": ("type Rows = dict[str, Leaves]\n", "", "of_rows"),
    "another name": ("agent Plain", "agent Plainer", "Plainer of_plain of_chain"),
    "a declaration in another place": (
        "fn shout(line: str) -> str { line.upper() }\nfn size(word: str) { len(word) }\n",
        "fn size(word: str) { len(word) }\nfn shout(line: str) -> str { line.upper() }\n",
        "shout size",
    ),
}
"""What stands in the library and what stands there after the edit, with the declarations that are checked then."""


@cache
def alone() -> dict[str, Project]:
    """Everything in one file."""
    return {"a.nx": project_of({"a.nx": LIBRARY + "\n".join(USERS) + "\nflow main { print(2) }\n"})}


@cache
def among() -> dict[str, Project]:
    """The library, and 200 programs that include it, of which each tenth uses something of it."""
    head, tail = 'include "lib.nxlib"\n', "\nflow main { print(2) }\n"
    used = {f"user{number}.nx": head + text + tail for number, text in enumerate(USERS)}
    others = {f"other{number}.nx": head + tail for number in range(200 - len(used))}
    return {"lib.nxlib": project_of({"lib.nxlib": LIBRARY, **used, **others})}


def named(item: ItemFacts) -> str:
    return item.declared[0].name if item.declared else type(item.node).__name__


def edited(project: Project, path: str, old: str, new: str) -> Project:
    file = project.file(path)
    assert file is not None
    assert file.text.count(old.encode()) == 1
    at, end = file.text.index(old.encode()), file.text.index(old.encode()) + len(old.encode())
    text = file.text[:at] + new.encode() + file.text[end:]
    return project.with_file(file.edited([Edit(at, end, at + len(new.encode()))], text))


def checked(monkeypatch: pytest.MonkeyPatch, before: Project, after: Project) -> list[str]:
    """What the rules are asked about from one moment to the next, all files together."""
    for path in before.paths:
        assert before.findings(path) is not None
    found: list[str] = []
    ask = checks.checked

    def asked(item: ItemFacts, *rest: Any) -> Any:
        found.append(named(item))
        return ask(item, *rest)

    monkeypatch.setattr(checks, "checked", asked)
    work, done = before.work, before.work.items_checked
    for path in after.paths:
        assert after.findings(path) is not None
    assert work.items_checked - done == len(found), "the counter counts them"
    return sorted(found)


@pytest.mark.parametrize("projects", [alone, among], ids=["one file", "200 files"])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edit_checks_what_rests_on_it(
    monkeypatch: pytest.MonkeyPatch, edit: tuple[str, str, str], projects: Any
) -> None:
    old, new, names = edit
    ((path, before),) = projects().items()
    assert checked(monkeypatch, before, edited(before, path, old, new)) == sorted(names.split())


SECRET = {
    "keys.nxs": 'config mail { KEY = "abc", USER = "ann" }\n',
    "a.nx": "use config mail\nflow one() { print(secrets.mail.USER) }\nflow main { one() }\n",
    "b.nx": "flow main { print(1) }\n",
}


@pytest.mark.parametrize(("old", "new"), [("abc", "abd"), ("USER", "HOST"), ("mail", "post")])
def test_secrets_check_no_declaration(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Rules over a program speak of them."""
    before = project_of(SECRET)
    after = before.with_file(File.parse("keys.nxs", SECRET["keys.nxs"].replace(old, new).encode()))
    assert checked(monkeypatch, before, after) == []


@pytest.mark.parametrize(
    "settings",
    [
        Settings(severities={"NX208": Severity.ERROR}),
        Settings(harness="strict"),
        Settings(models=frozenset({"fast"})),
    ],
    ids=["severity", "harness", "models"],
)
def test_settings_check_no_declaration(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    ((_, before),) = alone().items()
    assert checked(monkeypatch, before, before.with_settings(settings)) == []


def test_a_new_include_checks_who_waited_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "lib.nxlib": "fn helper() -> int { 1 }\n",
        "a.nx": "// here\nflow one() { print(helper()) }\nflow two() { print(1) }\nflow main { one(); two() }\n",
        "b.nx": "flow main { print(1) }\n",
    }
    before = project_of(files)
    after = edited(before, "a.nx", "// here", 'include "lib.nxlib"')
    assert checked(monkeypatch, before, after) == ["Include", "one"]
    assert after.findings("a.nx") == ()
    assert checked(monkeypatch, after, edited(after, "a.nx", 'include "lib.nxlib"', "// gone")) == ["one"]


def test_a_script_checks_those_that_use_its_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'a = 1\nb = a + 1\nprint(b)\nc = "x"\nprint(c)\nflow main { print(a) }\n'
    before = project_of({"a.nx": text})
    assert checked(monkeypatch, before, edited(before, "a.nx", "print(c)", "print(c, 1)")) == ["ExprStmt"]
    assert checked(monkeypatch, before, edited(before, "a.nx", "a = 1", "a = 2")) == ["a"]
    assert checked(monkeypatch, before, edited(before, "a.nx", "a = 1", "a = 1.5")) == ["ExprStmt", "a", "b", "main"]
