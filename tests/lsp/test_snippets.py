"""What a person is to fill in after a fix or a refactoring, in editors that walk from one place to the next."""

from __future__ import annotations

import random
from typing import Any

import pytest

from harness.inside import Inside, received
from harness.mutation import random_edits
from harness.mutations import programs
from harness.refactorings import examples, marked
from harness.snippets import filled
from harness.wire import edited
from nexa.ide.blanks import holes
from nexa.ide.features.actions import REFACTORINGS, selection_at
from nexa.syntax import Encoding, LineIndex, Span

URI = "file:///w/a.nx"
CREATES = {"documentChanges": True, "resourceOperations": ["create"]}
FILLS = {"workspace": {"workspaceEdit": {**CREATES, "snippetEditSupport": True}}}
PLAIN = {"workspace": {"workspaceEdit": CREATES}}


def edits_of(
    capabilities: dict, text: str, span: Span, title: str, encoding: Encoding = "utf-16", only: str = ""
) -> list[dict[str, Any]]:
    """The edits of the first action of a title at a place."""
    inside = Inside({**capabilities, "general": {"positionEncodings": [encoding]}})
    inside.open(URI, text)
    lines = LineIndex(text.encode())
    start, end = (lines.position(at, encoding) for at in (span.start, span.end))
    place = {
        "start": {"line": start[0], "character": start[1]},
        "end": {"line": end[0], "character": end[1]},
    }
    context = {"diagnostics": [], **({"only": [only]} if only else {})}
    params = {"textDocument": {"uri": URI}, "range": place, "context": context}
    found = received(inside.ask("textDocument/codeAction", params))
    action = next(one for one in found if one["title"].startswith(title) and "edit" in one)
    (change,) = (one for one in action["edit"]["documentChanges"] if one["textDocument"]["uri"] == URI)
    return change["edits"]


def check(before: str, title: str, after: str, encoding: Encoding = "utf-16") -> None:
    """What the editor shows when it has made the edits, with `‹1:guess›` for what is to be filled in."""
    text, span = marked(before)
    assert filled(text, edits_of(FILLS, text, span, title, encoding), encoding) == after
    plain = edited(text, edits_of(PLAIN, text, span, title, encoding), encoding)
    names = filled(text, edits_of(FILLS, text, span, title, encoding), encoding, {})
    assert plain == names, "nothing but the places is different"


CASES = [
    pytest.param(
        'agent 客 { prompt: "😀" }\nflow main(topic: str) {\n    x = "😀"; print("#{«客.run(topic)»}", x)\n}\n',
        "Extract variable",
        'agent 客 { prompt: "😀" }\nflow main(topic: str) {\n'
        '    x = "😀"; ‹1:客_result› = 客.run(topic); print("#{‹1:客_result›}", x)\n}\n',
        id="variable",
    ),
    pytest.param(
        "flow main(n: int) {\n    x = match n {\n        1 => {k: «'} $1' + n»},\n        _ => {}\n    }\n"
        "    print(x)\n}\n",
        "Extract variable",
        "flow main(n: int) {\n    x = match n {\n        1 => {\n            ‹1:value› = '} $1' + n\n"
        "            {k: ‹1:value›}\n        },\n        _ => {}\n    }\n    print(x)\n}\n",
        id="a block that is moved in, and what means something in a snippet",
    ),
    pytest.param(
        "flow main(n: int) {\n    if n > 1 {\n        «print(n)\n        print(n + 1)»\n    }\n}\n",
        "Extract flow",
        "flow main(n: int) {\n    if n > 1 {\n        ‹1:new_flow›(n)\n    }\n}\n\n"
        "flow ‹1:new_flow›(n: int) {\n    print(n)\n    print(n + 1)\n}\n",
        id="flow",
    ),
    pytest.param(
        "flow main(topic: str) {\n    print(Wri$0ter.run(topic))\n}\n",
        "Create agent `Writer`",
        'agent Writer {\n    prompt: "‹0:›"\n}\n\nflow main(topic: str) {\n    print(Writer.run(topic))\n}\n',
        id="one empty place is where the cursor goes",
    ),
    pytest.param(
        'protocol P { a: str }\nprotocol Q { a: str, b: int }\nagent A implements P { prompt: "客" }\n'
        'agent B { prompt: "🙂", context { input_schema: Q } }\nflow main(x: str) { print(x >> A >> $0B) }\n',
        "Insert an agent",
        'protocol P { a: str }\nprotocol Q { a: str, b: int }\nagent A implements P { prompt: "客" }\n'
        'agent B { prompt: "🙂", context { input_schema: Q } }\nagent ‹1:PToQ› implements Q {\n'
        '    prompt: "‹2:Read the P and fill in the Q.›"\n    context { input_schema: P }\n}\n\n'
        "flow main(x: str) { print(x >> A >> ‹1:PToQ› >> B) }\n",
        id="adapter",
    ),
    pytest.param(
        'flow main {\n    s = \'$0{"id": 1, "item": {"name": "a"}}\'\n    print(s)\n}\n',
        "Generate protocol",
        "protocol ‹1:Sample› { id: int, item: ‹2:Item› }\nprotocol ‹2:Item› { name: str }\n\n"
        'flow main {\n    s = \'{"id": 1, "item": {"name": "a"}}\'\n    print(s)\n}\n',
        id="several names",
    ),
    pytest.param(
        "protocol R { score: int, tags: list[str], head: str, x0: int }\nflow main {\n"
        "    r: R = {\n        $0score: 3\n    }\n    print(r)\n}\n",
        "Add `tags`",
        "protocol R { score: int, tags: list[str], head: str, x0: int }\nflow main {\n"
        '    r: R = {\n        score: 3,\n        tags: [‹1:›],\n        head: "‹2:›",\n        x0: ‹3:0›\n    }\n'
        "    print(r)\n}\n",
        id="values, on lines that are moved in",
    ),
    pytest.param(
        "enum D { A(by: str), B }\nflow main(d: D) {\n    print(match $0d {\n        D::A(by) => by\n    })\n}\n",
        "Add 1 missing arm",
        "enum D { A(by: str), B }\nflow main(d: D) {\n    print(match d {\n        D::A(by) => by,\n"
        '        D::B => ‹1:raise "D::B is not handled yet"›\n    })\n}\n',
        id="arms",
    ),
    pytest.param(
        "flow main(p: str) {\n    text = std.fs.$0file_read(p)\n    print(text)\n}\n",
        "Handle failure",
        'flow main(p: str) {\n    text = std.fs.file_read(p) otherwise "‹0:›"\n    print(text)\n}\n',
        id="fallback",
    ),
    pytest.param(
        "flow main(topic: str) {\n    print(summ$0arise(topic, 3, style: topic, topic))\n}\n",
        "Create flow `summarise`",
        "flow summarise(topic, ‹1:arg2›, style, ‹2:arg4›) -> any {\n    return ‹3:null›\n}\n\n"
        "flow main(topic: str) {\n    print(summarise(topic, 3, style: topic, topic))\n}\n",
        id="parameters without a name",
    ),
    pytest.param(
        "agent $0A {}\nflow main(x: str) { print(A.run(x)) }\n",
        "Add a prompt",
        'agent A { prompt: "‹1:You are A.›" }\nflow main(x: str) { print(A.run(x)) }\n',
        id="prompt",
    ),
]


@pytest.mark.parametrize(("before", "title", "after"), CASES)
def test_what_is_to_be_filled_in(before: str, title: str, after: str):
    check(before, title, after)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_in_every_encoding(encoding: Encoding):
    check(*CASES[0].values, encoding)


@pytest.mark.parametrize(("before", "title", "after"), CASES)
def test_other_clients_get_the_same_text_without_places(before: str, title: str, after: str):
    text, span = marked(before)
    for capabilities in (PLAIN, {"workspace": {"workspaceEdit": {**CREATES, "snippetEditSupport": False}}}):
        assert all("newText" in one for one in edits_of(capabilities, text, span, title))


EXAMPLES = [(module, before) for module in REFACTORINGS for before, _ in examples(module)]


@pytest.mark.parametrize(
    ("module", "before"), EXAMPLES, ids=[module.__name__.rpartition(".")[2] for module, _ in EXAMPLES]
)
@pytest.mark.parametrize("around", ["{}", "客 = '😀é'\nflow torn( {{\n{}\nagent {{\n"])
def test_every_refactoring_comes_to_the_same_text(module, before: str, around: str):
    before = around.format(before)
    text, span = marked(before)
    inside = Inside(FILLS)
    inside.open(URI, text)
    project = inside.session.project("/w/a.nx")
    selection = module.__dict__.get("offer_for_text")
    found = list(selection(project, "/w/a.nx", span)) if selection else []
    at = selection_at(project, "/w/a.nx", span)
    found += list(module.offer(at)) if at is not None else []
    for action in found:
        if not action.disabled:
            plain = edited(text, edits_of(PLAIN, text, span, action.title, only=action.kind), "utf-16")
            edits = edits_of(FILLS, text, span, action.title, only=action.kind)
            assert filled(text, edits, "utf-16", {}) == plain
            texts = [edit.text for edit in action.edits()]
            assert any(holes(texts, action.blanks())) == bool(action.blanks())


@pytest.mark.parametrize(
    ("text", "blanks", "expected"),
    [
        ("x = 1\nprint(x)", ["x"], [(0, 1, 1), (12, 13, 1)]),
        ('客 = "客" // 客\nf({客: 客.客}, "#{客}")', ["客"], [(0, 1, 1), (19, 20, 1), (28, 29, 1)]),
        ("", ["x"], []),
        ("x0: 0, y: 0.0, z: 0", ["0", "0.0", "0"], [(4, 5, 1), (10, 13, 2), (18, 19, 3)]),
        ("return null", ["null"], [(7, 11, 1)]),
        ('A("")', ['""', "A", '"no"'], [(0, 1, 1), (3, 3, 2)]),
    ],
)
def test_where_blanks_are(text: str, blanks: list[str], expected: list[tuple[int, int, int]]):
    (found,) = holes([text], blanks)
    assert [(one.start, one.end, one.number) for one in found] == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("seed", range(4))
def test_anywhere_in_any_program(seed: int, newline: str):
    """Also where a program is torn: with places to fill in or without, the text is the same."""
    dice = random.Random(seed)
    for _, program in dice.sample(programs(), 3):
        torn = next(random_edits(seed, program, 1))[1] if dice.random() < 0.5 else program
        text = torn.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").replace("\n", newline)
        fills, plain = Inside(FILLS), Inside(PLAIN)
        fills.open(URI, text)
        plain.open(URI, text)
        file = fills.session.file("/w/a.nx")
        assert file is not None
        for _ in range(12):
            node = file.tree.root.descendant_for_byte_range(at := dice.randrange(len(file.text)), at)
            span = Span(node.start_byte, node.end_byte) if node is not None else Span(at, at)
            start, end = (file.lines.position(one, "utf-16") for one in (span.start, span.end))
            place = {
                "start": {"line": start[0], "character": start[1]},
                "end": {"line": end[0], "character": end[1]},
            }
            params = {"textDocument": {"uri": URI}, "range": place, "context": {"diagnostics": []}}
            rows = [received(one.ask("textDocument/codeAction", params)) for one in (fills, plain)]
            for snippet, other in zip(*rows, strict=True):
                assert snippet["title"] == other["title"]
                assert text_after(text, snippet) == text_after(text, other), snippet["title"]


def text_after(text: str, action: dict[str, Any]) -> str:
    changes = [one for one in action["edit"]["documentChanges"] if one.get("textDocument", {}).get("uri") == URI]
    return filled(text, [edit for one in changes for edit in one["edits"]], "utf-16", {})
