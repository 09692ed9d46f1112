from __future__ import annotations

import pytest

from harness.cursor import snapshot
from nexa.ide.features.type_hierarchy import prepare_types, subtypes, supertypes

PROGRAM = """
protocol Named { name: str }
protocol Aged { age: int }
protocol Person { name: str, age: int, nick: str? }
protocol Employee { name: str, age: int, boss: Person }
protocol Alias { name: str }
protocol Empty { }
protocol Wrong { name: int }
struct Row { name: str, age: int }
struct Other { x: int }
trait Shown { fn show() -> str }
impl Shown for Row { fn show() -> str { self.name } }
enum Color { Red }
impl Shown for Color { fn show() -> str { "red" } }
type Adult = Person @ "older than 17"
type Score = int @ "1 to 5"
agent A implements Person { }
"""


def names(found: list) -> list[str]:
    return sorted(one.name for one in found)


def asked(name: str) -> tuple:
    project, path, offset = snapshot(PROGRAM.replace(f" {name} ", f" $0{name} ", 1))
    return project, prepare_types(project, path, offset)


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [
        ("Named", ["Alias"], ["Alias", "Person"]),
        ("Aged", [], ["Person"]),
        ("Person", ["Aged", "Alias", "Named"], ["Adult", "Employee", "Row"]),
        ("Employee", ["Person"], []),
        ("Row", ["Person", "Shown"], []),
        ("Other", [], []),
        ("Empty", [], []),
        ("Wrong", [], []),
        ("Shown", [], ["Color", "Row"]),
        ("Color", ["Shown"], []),
        ("Adult", ["Person"], []),
        ("Score", [], []),
    ],
)
def test_the_nearest_types(name, above, below):
    project, one = asked(name)
    assert one is not None
    assert names(supertypes(project, one)) == above
    assert names(subtypes(project, one)) == below


@pytest.mark.parametrize("text", ["agent A$0 { }", "flow f(x: st$0r) { }", "flow f(x$0: int) { }", "$0"])
def test_what_is_no_type_of_the_program(text):
    assert prepare_types(*snapshot(text)) is None


def test_across_files_and_mistakes():
    project, path, offset = snapshot(
        """
        //- lib.nxlib
        protocol Named$0 { name: str }
        protocol Broken { name: = }
        //- stranger.nx
        protocol Far { name: str }
        //- main.nx
        include "lib.nxlib"
        agent { (
        protocol 客 { name: str, more: int }
        """
    )
    one = prepare_types(project, path, offset)
    assert names(subtypes(project, one)) == ["客"]
