"""Semantic tokens over the wire: five numbers each, whatever the client counts in."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from harness.inside import Inside
from harness.mutation import random_edit
from harness.mutations import programs
from nexa.ide.legend import MODIFIERS, TYPES
from nexa.lsp.capabilities import capabilities
from nexa.lsp.client import read_client
from nexa.lsp.documents import Change
from nexa.lsp.errors import RequestError

URI = "file:///my%20files/a.nx"
PATH = "/my files/a.nx"
TEXT = """\
// 客😀
agent 客 { prompt: "😀#{x}\\n" }
flow main { a = "客😀" >> 客; b = \"\"\"
    客
  😀\"\"\" } // 😀
"""
UNITS = {
    "utf-8": lambda text: len(text.encode()),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}
OURS = {"experimental": {"nexa": {"semanticTokens": True}}}


def client(encoding: str = "utf-16", text: str = TEXT, **capabilities) -> Inside:
    made = Inside({"general": {"positionEncodings": [encoding]}, **OURS, **capabilities})
    made.open(URI, text)
    return made


def full(inside: Inside):
    return inside.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": URI}})


def delta(inside: Inside, name: str):
    params = {"textDocument": {"uri": URI}, "previousResultId": name}
    return inside.ask("textDocument/semanticTokens/full/delta", params)


def in_range(inside: Inside, *lines: int, first: int = 0, last: int = 0) -> list[int]:
    span = {"start": {"line": lines[0], "character": first}, "end": {"line": lines[1], "character": last}}
    return inside.ask("textDocument/semanticTokens/range", {"textDocument": {"uri": URI}, "range": span})["data"]


def places(data: list[int]) -> list[tuple[int, int, int, int, int]]:
    """Line, character, length, kind, modifiers."""
    rows, line, character = [], 0, 0
    for at in range(0, len(data), 5):
        down, across, *rest = data[at : at + 5]
        line, character = (line + down, across) if down else (line, character + across)
        rows.append((line, character, *rest))
    return rows


def texts(data: list[int], text: str, encoding: str, types: list[str]) -> list[str]:
    """Each token as `text kind`, cut out of the text as the client does it."""
    lines = text.splitlines()
    found = []
    for line, character, length, kind, _ in places(data):
        units = UNITS[encoding]
        start = next(at for at in range(len(lines[line]) + 1) if units(lines[line][:at]) == character)
        end = next(at for at in range(len(lines[line]) + 1) if units(lines[line][:at]) == character + length)
        found.append(f"{lines[line][start:end]} {types[kind]}")
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_every_token_in_the_units_of_the_client(encoding):
    inside = client(encoding)
    names = [one.name for one in TYPES]
    assert texts(full(inside)["data"], TEXT, encoding, names) == [
        "// 客😀 comment",
        "agent keyword",
        "客 agent",
        "prompt property",
        '"😀 string',
        "#{ interpolation",
        "x variable",
        "} interpolation",
        "\\n escapeSequence",
        '" string',
        "flow keyword",
        "main flow",
        "a variable",
        "= operator",
        '"客😀" string',
        ">> operator",
        "客 agent",
        "b variable",
        "= operator",
        '""" string',
        "    客 string",
        '  😀""" string',
        "// 😀 comment",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_token_holds_a_line_end(end):
    text = f'x = """a{end}b{end}{end}c"""{end}/* d{end}e */ y = 1{end}'
    assert [row[:3] for row in places(full(client(text=text))["data"])] == [
        (0, 0, 1), (0, 2, 1), (0, 4, 4), (1, 0, 1), (3, 0, 4), (4, 0, 4), (5, 0, 4), (5, 5, 1), (5, 7, 1), (5, 9, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_token_that_ends_with_its_line(encoding, end):
    text = f'x = """😀{end}#{{y}}\\{end}"""{end}'
    rows = [row[:3] for row in places(full(client(encoding, text))["data"])]
    emoji = UNITS[encoding]("😀")
    assert rows == [(0, 0, 1), (0, 2, 1), (0, 4, 3 + emoji), (1, 0, 2), (1, 2, 1), (1, 3, 1), (1, 4, 1), (2, 0, 3)]


def test_kinds_of_our_own_have_a_stand_in():
    announced = capabilities(read_client({"capabilities": {}}))["semanticTokensProvider"]["legend"]
    types = announced["tokenTypes"]
    assert "agent" not in types
    assert set(types) == {one.name for one in TYPES if not one.base}
    assert announced["tokenModifiers"] == [one.name for one in MODIFIERS]
    inside = Inside({})
    inside.open(URI, TEXT)
    found = texts(full(inside)["data"], TEXT, "utf-16", types)
    assert [one for one in found if one.startswith(("客", "main", "\\n", "#{"))] == [
        "客 class",
        "#{ operator",
        "\\n string",
        "main function",
        "客 class",
    ]


def test_what_only_refines_is_left_to_a_client_that_colours_by_itself():
    found = coloured("agent", "function")
    assert {"客 agent", "main function"} <= set(found)
    assert not [one for one in found if one.startswith(("\\n", "#{"))]


def test_what_a_client_that_colours_by_itself_does_not_announce_is_not_sent():
    assert "agent keyword" in coloured()
    assert "agent keyword" in coloured("function", "keyword")
    assert coloured("function") == ["main function"]


def coloured(*announced: str) -> list[str]:
    """What is told to a client that colours by itself, and announces these kinds."""
    tokens = {"augmentsSyntaxTokens": True, "tokenTypes": list(announced)}
    inside = Inside({"textDocument": {"semanticTokens": tokens}})
    inside.open(URI, TEXT)
    types = capabilities(inside.session.client)["semanticTokensProvider"]["legend"]["tokenTypes"]
    return texts(full(inside)["data"], TEXT, "utf-16", types)


def test_a_difference_after_a_keystroke():
    inside = client()
    before = full(inside)
    inside.session.change(URI, 2, [Change("yy", (2, 12), (2, 13))])
    answer = delta(inside, before["resultId"])
    (edit,) = answer["edits"]
    assert (edit["start"] % 5, edit["deleteCount"], len(edit["data"])) == (0, 10, 10)
    assert applied(before["data"], answer) == full(inside)["data"]
    again = delta(inside, full(inside)["resultId"])
    assert again["edits"] == []


def test_a_difference_of_what_the_client_has_not_is_everything():
    inside = client()
    assert "data" in delta(inside, "no such")
    first = full(inside)["resultId"]
    full(inside)
    assert "data" in delta(inside, first), "only the last answer is kept"
    inside.session.close_document(URI)
    inside.open(URI, TEXT)
    assert "data" in delta(inside, first)


def applied(data: list[int], answer) -> list[int]:
    if "data" in answer:
        return answer["data"]
    data = list(data)
    for edit in answer["edits"]:
        data[edit["start"] : edit["start"] + edit["deleteCount"]] = edit["data"]
    return data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("seed", range(6))
def test_after_any_edits_the_client_has_the_tokens_of_a_fresh_start(encoding, seed):
    dice = random.Random(seed)
    text = dice.choice(programs())[1]
    inside = client(encoding, text.decode())
    answer = full(inside)
    data = answer["data"]
    for version in range(2, 40):
        edit, text = random_edit(dice, text)
        lines = inside.session.documents[PATH].lines
        rows = [lines.position(at, encoding) for at in (edit.start, edit.old_end)]
        inside.session.change(URI, version, [Change(text[edit.start : edit.new_end].decode(), *rows)])
        if dice.random() < 0.6:
            answer = delta(inside, answer["resultId"])
            data = applied(data, answer)
            assert data == full(inside)["data"]
            answer = full(inside)
    inside.session.documents[PATH].read_afresh()
    inside.session.replace_file(PATH, inside.session.documents[PATH].file())
    assert full(inside)["data"] == full(client(encoding, text.decode()))["data"]


def test_a_range_gives_its_own_lines():
    text = "".join(f'flow f{number}(p) {{\n    x = p >> "客😀"\n}}\n// c\n' for number in range(30))
    inside = client(text=text)
    everything = places(full(inside)["data"])
    for first, last in ((0, 120), (0, 0), (5, 6), (7, 8), (41, 60), (119, 500), (60, 41)):
        low, high = min(first, last), max(first, last)
        found = places(in_range(inside, first, last))
        assert found == [row for row in everything if low <= row[0] < high]
    assert places(in_range(inside, 1, 1, first=5, last=7)) == [row for row in everything if row[:2] == (1, 6)]


def test_a_range_of_a_document_that_is_not_there():
    inside = client()
    span = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    params = {"textDocument": {"uri": "file:///no.nx"}, "range": span}
    assert inside.ask("textDocument/semanticTokens/range", params) == {"data": []}
    assert inside.ask("textDocument/semanticTokens/full", params) == {"data": []}


def test_a_cancelled_request_stops_between_declarations():
    inside = client()
    inside.channel.is_silent = False
    with pytest.raises(RequestError) as error:
        full(inside)
    assert error.value.code == -32800


def test_tokens_are_in_order():
    for name, text in programs():
        rows = places(full(client(text=text.decode()))["data"])
        assert all((a[0], a[1] + a[2]) <= (b[0], b[1]) for a, b in pairwise(rows)), name
        assert all(row[2] > 0 for row in rows)


# ── clients that take tokens over several lines ─────────────────────────────────────────────────────────────────────

WHOLE = {"textDocument": {"semanticTokens": {"multilineTokenSupport": True}}}


def painted(data: list[int], text: str, encoding: str) -> dict[int, tuple[int, int]]:
    """Each character but line ends with its kind and modifiers: a client counts on over the ends of lines."""
    starts = [0]
    for at, sign in enumerate(text):
        if sign == "\n" or (sign == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    found: dict[int, tuple[int, int]] = {}
    for line, character, length, kind, modifiers in places(data):
        at, seen, left = starts[line], 0, length
        while seen < character:
            seen += UNITS[encoding](text[at])
            at += 1
        while left > 0:
            if text[at] not in "\r\n":
                assert at not in found, "tokens overlap"
                found[at] = kind, modifiers
            left -= UNITS[encoding](text[at])
            at += 1
    return found


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_token_may_stay_whole(end):
    text = f'x = """a{end}b{end}{end}c"""{end}/* d{end}e */ y = 1{end}'
    size = len(end)
    assert [row[:3] for row in places(full(client(text=text, **WHOLE))["data"])] == [
        (0, 0, 1), (0, 2, 1), (0, 4, 9 + 3 * size), (4, 0, 8 + size), (5, 5, 1), (5, 7, 1), (5, 9, 1),
    ]  # fmt: skip


@pytest.mark.parametrize("encoding", UNITS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_whole_tokens_paint_the_same(encoding, end):
    for name, program in [("a.nx", TEXT.encode()), *programs()]:
        text = program.decode().replace("\r\n", "\n").replace("\n", end)
        split, whole = full(client(encoding, text))["data"], full(client(encoding, text, **WHOLE))["data"]
        assert painted(whole, text, encoding) == painted(split, text, encoding), name
        assert len(whole) <= len(split)


def test_a_difference_of_whole_tokens():
    dice = random.Random(7)
    text = TEXT.encode()
    inside = client(**WHOLE)
    answer = full(inside)
    data = answer["data"]
    for version in range(2, 60):
        edit, text = random_edit(dice, text)
        lines = inside.session.documents[PATH].lines
        rows = [lines.position(at, "utf-16") for at in (edit.start, edit.old_end)]
        inside.session.change(URI, version, [Change(text[edit.start : edit.new_end].decode(), *rows)])
        answer = delta(inside, answer["resultId"])
        data = applied(data, answer)
        assert data == full(inside)["data"]
        answer = full(inside)


def test_a_range_has_the_whole_token_that_reaches_into_it():
    text = 'x = """\na\nb\nc""" + 1\ny = 2\n'
    rows = places(full(client(text=text, **WHOLE))["data"])
    assert places(in_range(client(text=text, **WHOLE), 2, 3)) == [row for row in rows if row[:2] == (0, 4)]
    assert places(in_range(client(text=text, **WHOLE), 4, 5))[-3:] == rows[-3:]
