from __future__ import annotations

import pytest

from harness.cursor import snapshot
from nexa.ide.features.signature_help import signature_help

DECLARED = """
/// Writes drafts.
agent Writer implements Draft { prompt: "p" fn price(item: str, n: int = 1) -> float { 1.0 } }
agent Reader { context { input_schema: Draft } }
protocol Draft { title: str, score: Percent }
type Percent = float @ "between 0 and 100"
flow study(topic: str, depth: int = 2) { return topic }
fn rate(p: Percent, c: Color) -> float { p }
struct Point { x: int, y: int = 0 }
enum Color { Red, Mixed(hue: float, name: str) }
tool Search { description: "Looks things up", parameters: { query: "what to look for", limit: "int" }, returns: "str" }
job Send { perform(order_id: str) { print(order_id) } }
impl Point { fn moved(by: int) -> int { self.x + by } }
"""


def shown(text: str) -> str | None:
    """The label with `‹›` around what is being written."""
    project, path, offset = snapshot(text)
    found = signature_help(project, path, offset)
    if found is None:
        return None
    label = found.signature.label
    for index, one in reversed(list(enumerate(found.signature.parameters))):
        assert one.name in label[one.start : one.end]
        if index == found.active:
            label = f"{label[: one.start]}‹{label[one.start : one.end]}›{label[one.end :]}"
    return label


STUDY = "flow study(‹topic: str›, depth: int = 2) -> str"
DEPTH = "flow study(topic: str, ‹depth: int = 2›) -> str"
PRINT = 'print(‹...values: any›, sep: str = " ", end: str = "\\n") -> unit'

CASES = [
    ("study($0)", STUDY),
    ("study('a'$0)", STUDY),
    ("study('a',$0)", DEPTH),
    ("study('a', $0)", DEPTH),
    ("study('a', 1$0)", DEPTH),
    ("study('a', 1, $0)", "flow study(topic: str, depth: int = 2) -> str"),
    ("study(depth: $0)", DEPTH),
    ("study(dep$0th: 1)", DEPTH),
    ("study(depth = 1, topic: 'a'$0)", STUDY),
    ("study$0('a')", None),
    ("study('a')$0", None),
    ("study('a') $0", None),
    ("study('a, (', $0)", DEPTH),
    ("study([1, 2], $0)", DEPTH),
    ("study([1, $0])", STUDY),
    ("study({a: 1, b: $0})", STUDY),
    ("study((1), $0)", DEPTH),
    ("study(study('a', $0), 1)", DEPTH),
    ("study(study('a', 1), $0)", DEPTH),
    ("study(study('a'), study($0", STUDY),
    ("study('a', /* , */ $0)", DEPTH),
    ("study('a', // $0", None),
    ('study("#{x}, $0")', STUDY),
    ('study("#{study(1, $0)}")', DEPTH),
    ("study(fn() { $0 })", None),
    ("study(fn() { print($0) })", PRINT),
    ("study(fn() => $0)", STUDY),
    ("study", None),
    ("'a' |> study($0)", DEPTH),
    ("print('a', 'b', $0)", PRINT),
    (
        "print('a', sep: $0)",
        PRINT.replace("‹...values: any›", "...values: any").replace('sep: str = " "', '‹sep: str = " "›'),
    ),
    ("std.fs.file_read($0)", 'std.fs.file_read(‹path: str›, encoding: str = "utf-8") -> str'),
    ("std.fs.read('a', $0)", 'std.fs.read(path: str, ‹encoding: str = "utf-8"›) -> str'),
    ("Writer($0)", "Writer.run(‹input: str›, ...extra: any) -> Draft"),
    ("Writer.run($0)", "Writer.run(‹input: str›, ...extra: any) -> Draft"),
    ("Writer.run('a', 'b', $0)", "Writer.run(input: str, ‹...extra: any›) -> Draft"),
    ("Reader.run($0)", "Reader.run(‹input: Draft›, ...extra: any) -> str"),
    ("w = Writer; w.run($0)", "Writer.run(‹input: str›, ...extra: any) -> Draft"),
    ("spawn Writer($0)", "Writer.run(‹input: str›, ...extra: any) -> Draft"),
    ("Writer.price('a', $0)", "fn price(item: str, ‹n: int = 1›) -> float"),
    ("Writer.clone(temperature: $0)", "clone(new_name?: str, ‹**overrides›) -> agent"),
    ("join(Writer, Reader).Reader($0)", "Reader.run(‹input: Draft›, ...extra: any) -> str"),
    ("Search($0)", "tool Search(‹query: str›, limit: int) -> str"),
    ("Search('a', $0)", "tool Search(query: str, ‹limit: int›) -> str"),
    ("Point(1, $0)", "Point(x: int, ‹y: int = 0›)"),
    ("Point { x: 1, $0 }", "Point { x: int, ‹y: int = 0› }"),
    ("Point { y: $0 }", "Point { x: int, ‹y: int = 0› }"),
    ("p = Point(1); p.moved($0)", "fn moved(‹by: int›) -> int"),
    ("Color::Mixed(1.0, $0)", "Color::Mixed(hue: float, ‹name: str›)"),
    ("Option::Some($0)", "Option::Some(‹value›)"),
    ("'a'.replace('b', $0)", "str.replace(a: str, ‹b: str›) -> str"),
    ("[1].join($0)", "list.join(‹sep?: str›) -> str"),
    ("Send.enqueue($0)", "enqueue(‹args: dict›, options?: dict) -> str"),
    ("raise ToolError($0)", "ToolError(‹message: str›) -> error"),
    ('"#{1 | truncate(3, $0)}"', 'truncate(n: int, ‹tail: str = "…"›) -> str'),
    ('template"""{{ x | truncate(3, $0) }}"""', 'truncate(n: int, ‹tail: str = "…"›) -> str'),
    ('template"""{{ x | truncate(3, 4) }} $0"""', None),
    ("send = fn(text: str, n: int) -> str { text }; send('a', $0)", "send(text: str, ‹n: int›) -> str"),
    ("unknown($0)", None),
    ("$0", None),
    ("print('客😀', study('😀', $0))", DEPTH),
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_in_a_flow(text, label):
    assert shown(f"flow main {{ {text} }}\n{DECLARED}") == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("study(1, $0", DEPTH),
        ("x = study(1, $0", DEPTH),
        ("x = study(1,$0", DEPTH),
        ("print(study(1, $0", DEPTH),
        ("Writer.run($0", "Writer.run(‹input: str›, ...extra: any) -> Draft"),
        ("'a' >> study($0", STUDY),
        ("if study(1, $0", DEPTH),
        ("return study($0", STUDY),
        ("let y: int = study(depth: $0", DEPTH),
        ("Point { x: 1, $0", "Point { x: int, ‹y: int = 0› }"),
    ],
)
@pytest.mark.parametrize("after", ["", "\n}\n", "\n    print(2)\n}\n", "\n}\nflow other { x = 1 }\n"])
def test_unfinished_calls(text, label, after):
    assert shown(f"{DECLARED}\nflow main {{\n    {text}{after}") == label


@pytest.mark.parametrize("broken", ["agent { prompt:\n", "flow { (\n", "flow broken { x = = \n"])
def test_mistakes_elsewhere_do_not_matter(broken):
    text = f"flow main {{ y = = 1\n study('a', $0) }}\n{DECLARED}"
    assert shown(broken + text) == DEPTH
    assert shown(f"{text}\n{broken}") == DEPTH


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("@timeout($0)\nflow main { }", "@timeout(‹seconds: float›) -> unit"),
        ("@budget(max_tokens=$0)\nagent A { }", "@budget(max_cost?: float, ‹max_tokens?: int›, on_exhaust: str"),
        ("@retry(\n$0\nflow main { }", "@retry(‹max_attempts: int›, count?: int"),
        ("@retry($0", "@retry(‹max_attempts: int›, count?: int"),
        ("x = '😀客'\n@retry(1, $0\n", "@retry(max_attempts: int, ‹count?: int›"),
        ("@budget(max_tokens: $0", "@budget(max_cost?: float, ‹max_tokens?: int›, on_exhaust: str"),
        ("flow a { }\n/// It runs.\n@timeout (\n    $0", "@timeout(‹seconds: float›) -> unit"),
        ("@parallel\n@retry($0\n@timeout(3)\nflow main { }", "@retry(‹max_attempts: int›, count?: int"),
        ("agent A {\n    prompt: 'x'\n    @retry($0\n}", "@retry(‹max_attempts: int›, count?: int"),
        ("agent A {\n    prompt: 'x'\n    @retry($0\n    flow f { }\n}", "@retry(‹max_attempts: int›, count?: int"),
        ('agent A { prompt: "#{std.time.now($0)}" }', "std.time.now(‹format: str"),
    ],
)
def test_outside_of_bodies(text, label):
    assert (shown(text) or "").startswith(label)


@pytest.mark.parametrize(
    "text", ["@unknown($0", "type P = str @ ($0", "// @retry($0", "x = '@retry($0'", "@retry()$0", "@retry$0("]
)
def test_no_decorator(text):
    assert shown(text) is None


def docs(text: str) -> tuple[str, str]:
    """The documentation of the signature, and of what is being written."""
    found = signature_help(*snapshot(f"flow main {{ {text} }}\n{DECLARED}"))
    return found.signature.doc, found.signature.parameters[found.active].doc


def test_documentation():
    assert docs("Writer($0)") == ("Writes drafts.", "")
    assert docs("Search($0)") == ("Looks things up", "what to look for")
    assert docs("rate($0)")[1] == "`Percent`: between 0 and 100"
    assert docs("rate(1, $0)")[1] == "`Color`: `Red`, `Mixed`"
    assert docs("Reader.run($0)")[1] == "`Draft`: `title: str`, `score: Percent`"
    assert docs("std.fs.file_read($0)")[0] == "The text of a file."
    assert docs("Writer.clone(temperature: $0)")[1] == "`temperature: float`: How freely the model writes."


def test_a_function_of_another_file():
    text = """
        //- lib.nxlib
        /// Says it.
        fn say(text: str) -> str { text }
        //- main.nx
        include "lib.nxlib"
        flow main { say($0 }
        """
    assert shown(text) == "fn say(‹text: str›) -> str"
