"""Every fix of every finding that the tests know: it removes its finding, adds no error, and what comes out parses.

Which codes have a fix is held to the reference: where its table names one, a finding here carries it, and the manual
lists what findings carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from compiler.test_rules import blocks
from harness.fixing import Files, Way, ways
from harness.markers import read_fixture
from nexa.compiler.analysis import Settings
from nexa.compiler.fixes import FIXES
from nexa.compiler.rule import manual
from nexa.compiler.rules import RULES

HERE = Path(__file__).parent
BAD = sorted((HERE.parent / "spec" / "bad").glob("*.nx"))
REFERENCE = HERE.parents[1] / "docs" / "language" / "reference.md"

SETTINGS = Settings(severities={rule.code: rule.severity for rule in RULES if getattr(rule, "only_asked", False)})

PROGRAMS = {
    "safe": """
        agent Ann uses print implements P implements Q { prompt: "\\d", after_step { } }
        protocol P { a: str }
        protocol Q { b: str }
        flow main { a = "x" b = f"{a} 客🙂"; print(a, b, Ann.run("x")) }
    """,
    "contract name": "flow f(total: int) -> int requires totl > 0 { return total }\nflow main { print(f(1)) }",
    "verify": """
        agent Ann { prompt: "🙂" }
        flow main {
            autoloop max_steps: 3, timeout: 9 {
                r = Ann.run("客")
            }
            autoloop max_steps: 3, timeout: 9 { r = Ann.run("a") }
        }
    """,
    "foreign": """
        export flow one() { 1 }
        async fn two() { 2 }
        flow main { x = new Point(x: 1); print(x, one(), two()) }
        struct Point { x: int }
    """,
    "unused": """
        flow f(given: int, 客: str) {
            a = 1
            let b = "🙂"
            c = len("x"); d = [1]
            if true { e = 2 }
            for i in [1] { print("x") }
            return 1
            print(2); print(3)
            print(4)
        }
        /// Nobody needs it.
        agent Stray { prompt: "a" }

        fn also() { 1 }
        flow main { f(1, "x") }
    """,
    "assigned": """
        flow f(n: int) -> int {
            if n > 1 { total = 2 }
            return total
        }
        flow g(n: int) { while n > 1 { last = n }; print(last) }
        flow main { for x in [1] { try { y = x } catch { } }; print(f(1), g(2), y, "客") }
    """,
    "hidden": """
        fn helper() { 1 }
        flow main {
            let print = 1
            text = "🙂 #{print}"
            x = [1]
            for x in x { log(x + print) }
            let helper = fn(x) => x + 1
            log(helper(2), text)
        }
        fn log(x) { x }
    """,
    "twice": "fn f(a: int, a: int) { 1 }\nflow main { f(1, 2) }\nstruct P { x: int, x: str }",
    "struct": """
        enum Kind { Full, Empty }
        protocol Place { city: str, zip: int? }
        struct Point { x: int, y: float, name: str, tags: list[str], kind: Kind, at: Place, to: (int, str) }
        flow main { print(Point(x: 1), Point(), Point { x: 2 }) }
    """,
    "fields": """
        protocol Bill { payee: str, sum: float, items: list[str], note: str? }
        fn settle(bill: Bill) -> str { bill.payee }
        fn price(n: int?) -> int { n }
        flow main { print(settle({payee: "客"}), settle({}), price(1)) }
    """,
    "types": """
        fn twice(n: int) -> int { n * 2 }
        fn maybe(n: int) -> int? { n }
        flow main { print(twice("🙂"), twice(maybe(2)), std.text.upper(3)) }
    """,
    "results": """
        protocol Plan { goal: str, steps: list[str], done: bool }
        flow a(n: int) -> Plan { if n > 1 { return {goal: "a", steps: [], done: true} } }
        flow b(n: int) -> list[int] {
            if n > 1 { return [n] }
        }
        flow c() -> (int, str) { print(1) }
        flow main { print(a(1), b(2), c()) }
    """,
    "arms": """
        enum Color { Red, Green(shade: str, depth: int), Blue }
        flow f(c: Color) -> str { match c { Color::Red => "客" } }
        flow g(b: bool) { match b { true => print("x") } }
        flow h(r: Result) { match r {
            Ok(v) => print(v)
        } }
        flow main { print(f(Color::Red)); g(true); h(Result::Ok(1)) }
    """,
    "inner": "flow main {\n    fn 客(x) { x }\n    print(客(1))\n}",
    "records": """
        struct Point { x: int, y: int }
        fn area(p: Point) -> int { p.x * p.y }
        flow main { print("客", area({x: 1, y: 2}), area({x: 1}), area({"x": 1, "y": 2})) }
    """,
    "waiting": """
        agent Ann { prompt: "a" }
        flow main { x = await Ann.run("客"); print(x, await  [1]) }
    """,
    "methods": """
        flow main(xs: list[int]) {
            print(xs.map(fn(x) => x + 1), [1, 2].sorted(), (xs).filter(fn(x) => x > 1))
        }
    """,
    "conditions": """
        agent Bot { prompt: "a" }
        fn ready() -> bool { true }
        fn needs(x) { x }
        flow main {
            if Bot { print(1) }
            if ready { print(2) }
            while needs { break }
            n = 3
            print(n && Bot && 1)
        }
    """,
    "stages": """
        agent A { prompt: "a" }
        agent B { prompt: "b" }
        flow main(x: str) {
            a = A.run(x)
            b = B.run(x)
            x |>> [A, B]
            [a, b] && A
            results = 1
            x |>> [A, B]
            print(a, b, results)
        }
    """,
    "parallel": """
        agent A { prompt: "a" }
        agent B { prompt: "b" }
        flow main { a = A.run("x"); b = B.run("客"); print(a, b) }
    """,
    "merge": 'agent A { prompt: "a" }\nflow main { print(fork [A.run("x"), A.run("y")] merge whatever) }',
    "snapshot": """
        flow main {
            for x in [1, 2] {
                print("客", x)
                s = snapshot()
            }
            while true { snapshot(); break }
        }
    """,
    "names": """
        flow main { Wrtier.run(1); undefined(1, two: 2); Writr.run(1) }
        agent Writer { prompt: "客" }
    """,
    "trait": """
        trait Sized { fn size() -> int fn name(short: bool) -> str }
        struct Box { n: int }
        impl Sized for Box { fn siez() -> int { 1 } fn extra() { 2 } }
        flow main { print(Box(n: 1)) }
    """,
    "string": """
        flow main {
            x = [len("客", 1)];
            print("a", ["🙂])
            y = 'b
        }
    """,
    "services": """
        use config one
        use config two
        agent Ann { prompt: "客", memory: "lokal", model: "gpt" }
        db d { url: "sqlit://a" }
        flow main { print(secret("TOKN"), std.http.get("htp://a"), secrets.on.A) }
        //- k.nxs
        config one { TOKEN = 1 }
        config two { A = 1 }
    """,
    "library": """
        include "l.nxlib"
        flow main { print(1) }
        //- l.nxlib
        flow main { print("客") }

        test "a" { assert 1 == 1 }
        x = 1
        fn f() { 1 }
        //- m.nxlib
        server 80 { }
    """,
    "backslashes": """
        server 8080 {
            route GET "/ \\ a" => f
            route '/ \\d' => f
            cors "\\w"
            group "/\\a" { }
        }
        agent Ann uses "\\a.md" { prompt "客 \\d", role: '\\q' }
        protocol P { a: "\\d" @ "\\w" }
        flow f { x = { "\\d": 1 } ?? { "\\d" => 1, _ => 2 }; print "\\d"; assert "\\d" against x }
        test "\\d" { match "a" { "\\d" => 1, _ => 2 } }
    """,
    "crlf": "flow main {\r\n    let a = 1\r\n    return 1\r\n    print(2)\r\n}\r\n\r\nfn f() { 1 }\r\n",
}  # fmt: skip

UNCOVERED = {
    ("NX104", "NX207"): "the path is only now a path",
    ("NX120", "NX207"): "the path is only now a path",
    ("NX121", "NX302"): "only now it counts how many arguments there are",
    ("NX202", "NX221"): "only now the trait is known",
    ("NX209", "NX213"): "a local that hides the agent, used like it",
    ("NX207", "NX201"): "names that the file might have had are only now unknown",
}
"""What a fix may bring to light: the finding's code and that of the new error."""


def corpus() -> Iterator[tuple[str, Files, bool]]:
    """Faulty programs: those of the reference, those of the manual, fixtures, and those above."""
    for path in BAD:
        beside = [path, *path.parent.glob("*.nxs"), *path.parent.glob("*.nxlib")]
        yield path.name, {one.name: one.read_text(encoding="utf-8") for one in beside}, False
    for rule in RULES:
        for number, (word, text) in enumerate(blocks(manual(rule))):
            yield f"{rule.code}-{word}-{number}", read_fixture(text).files, getattr(rule, "only_runs", False)
    for path in sorted((HERE / "fixtures").glob("*.nx")):
        yield path.name, read_fixture(path.read_text(encoding="utf-8")).files, False
    for name, text in PROGRAMS.items():
        yield name, read_fixture(text).files, False


CORPUS = [pytest.param(files, running, id=name) for name, files, running in corpus()]


@pytest.mark.parametrize(("files", "running"), CORPUS)
def test_a_fix_removes_its_finding_and_adds_no_error(files: Files, running: bool) -> None:
    for way in ways(files, SETTINGS, running=running):
        assert way.is_gone, f"still there: {way}"
        new = [code for code in way.new_errors if (way.finding.code, code) not in UNCOVERED]
        assert new == [], f"adds {new}: {way}"


@cache
def fixed() -> dict[str, list[Way]]:
    """Every way in the corpus, by the code of its finding."""
    by_code: dict[str, list[Way]] = {}
    for _, files, running in corpus():
        for way in ways(files, SETTINGS, running=running):
            by_code.setdefault(way.finding.code, []).append(way)
    return by_code


def rows_with_fixes() -> dict[str, str]:
    """The codes of the reference's tables that name a fix, with its words."""
    rows: dict[str, str] = {}
    column = -1
    for line in REFERENCE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"\|(?![|>])(?<!\|\|)(?!>>)", line)[1:-1]]
        if cells[:1] == ["Code"]:
            column = cells.index("Fix") - len(cells) if "Fix" in cells else 0
        elif cells and re.fullmatch(r"NX\d{3}", cells[0]) and column < 0 and cells[column] not in ("", "—"):
            rows[cells[0]] = cells[column]
    return rows


def test_the_reference_is_read_as_it_is_meant() -> None:
    rows = rows_with_fixes()
    assert rows["NX101"] == "insert `; `"
    assert rows["NX413"] == "use `|>>`"
    assert rows["NX414"] == "use `||` or assign"
    assert rows["NX610"] == "list"
    assert "NX100" not in rows
    assert "NX402" not in rows
    assert len(rows) > 70


def test_where_the_reference_names_a_fix_a_finding_carries_one() -> None:
    assert [f"{code}: {words}" for code, words in rows_with_fixes().items() if code not in fixed()] == []


def test_the_manual_lists_what_findings_carry() -> None:
    assert sorted(FIXES) == sorted(fixed())


ALTERNATIVES = {
    "NX201": {"Write `Writer`", "Create agent `Wrtier`", "Create flow `undefined`"},
    "NX207": {"Create `no_such_file.nx`"},
    "NX208": {"Rename to `_a`", "Remove `a`", "Remove `c`, keep the call"},
    "NX209": {"Remove agent `Stray`"},
    "NX210": {"Remove the statement", "Remove 3 statements"},
    "NX217": {"Remove the second one", "Rename to `a2`"},
    "NX219": {"Move it to `l.nx`", "Move it to `m.nx`"},
    "NX221": {"Add the missing methods", "Write `size`", "Remove `extra`"},
    "NX301": {"Convert with `int`", "Add `sum` and `items`", "Use `0` where there is none"},
    "NX303": {
        "Insert an agent that turns `Plan` into `Bill`",
        "Add `sum` to `Plan`",
        "Make `sum` optional in `Bill`",
    },
    "NX307": {"Use `and`"},
    "NX308": {"Call `Bot`", "Call `ready`"},
    "NX314": {"Add an arm for all others", "Add arms for `Green` and `Blue`", "Add an arm for `false`"},
    "NX317": {'Return `{goal: "", steps: [], done: false}`', "Return `[]`", 'Return `(0, "")`'},
    "NX412": {"Mark the flow `@parallel`", "Run them in a `fork`"},
    "NX414": {"Run them in the background with `||`", "Assign to `_results`"},
    "NX525": {"Write `all`", "Write `vote`", "Write `best`"},
    "NX539": {"Take it once, before the loop"},
    "NX605": {"Write `openai/gpt`", "Write `anthropic/gpt`"},
    "NX610": {"Write `local`", "Write `none`"},
}


@pytest.mark.parametrize("code", ALTERNATIVES)
def test_a_finding_offers_every_way(code: str) -> None:
    assert ALTERNATIVES[code] - {way.fix.title for way in fixed()[code]} == set()


def test_what_a_safe_fix_leaves_is_what_the_program_meant() -> None:
    """Only what cannot change a correct program is safe; everything else waits for a person."""
    safe = {code for code, found in fixed().items() if any(way.fix.safe for way in found)}
    assert safe == {
        "NX101", "NX107", "NX112", "NX122", "NX224", "NX521", "NX526", "NX607",
        "NX901", "NX903", "NX904", "NX905", "NX906", "NX907", "NX908", "NX909", "NX911", "NX912", "NX915", "NX920",
    }  # fmt: skip
