"""Our own text: edits replayed one by one are the text that the client has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexa.compiler.file import File
from nexa.lsp.documents import Change, Document, to_bytes
from nexa.syntax import LineIndex

LETTERS = st.text(alphabet='ab \n\r"{}é客😀\u2028\u0085\f\x1c', max_size=12)
UNITS = {
    "utf-8": lambda text: len(text.encode()),
    "utf-16": lambda text: len(text.encode("utf-16-le")) // 2,
    "utf-32": len,
}


def position(text: str, index: int, encoding: str) -> tuple[int, int]:
    """What an editor sends for an index into its text; it knows three line ends and no others."""
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n"), UNITS[encoding](before.rpartition("\n")[2])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@settings(max_examples=120, deadline=None)
@given(start=LETTERS, edits=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), LETTERS), max_size=8))
def test_edits_replayed_are_the_text_from_scratch(encoding, start, edits):
    document = Document("file:///a.nx", "/a.nx", 1, start)
    text = start
    for at, length, new in edits:
        at = min(at, len(text))
        end = min(at + length, len(text))
        if any(text[i - 1 : i + 1] == "\r\n" for i in (at, end)):
            continue  # no editor can put its cursor there
        document.apply([Change(new, position(text, at, encoding), position(text, end, encoding))], encoding)
        text = text[:at] + new + text[end:]
        assert document.text.decode() == text
        assert document.lines.starts == LineIndex(document.text).starts
    assert document.file().text.decode() == text


def test_a_change_without_a_range_is_the_whole_text():
    document = Document("file:///a.nx", "/a.nx", 1, "agent A { }")
    before = document.file()
    document.apply([Change("agent B { }")], "utf-16")
    assert document.file() is not before
    assert document.file().text == b"agent B { }"


def test_reading_waits_until_somebody_asks():
    document = Document("file:///a.nx", "/a.nx", 1, "agent A { }")
    first = document.file()
    assert document.file() is first
    for _ in range(3):
        document.apply([Change("\n", (0, 0), (0, 0))], "utf-16")
    assert document.file().text == b"\n\n\nagent A { }"
    assert document.file().items == first.items


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a😀", "a😀"), ("a\ud83d", "a\ufffd"), ("\ude00b", "\ufffdb"), ("\ud83d\ude00", "😀")],
)
def test_half_of_a_surrogate_pair_keeps_its_one_unit(text, expected):
    assert to_bytes(text).decode() == expected


def test_a_faulty_text_is_read_from_the_beginning_only_after_edits(monkeypatch):
    document = Document("file:///a.nx", "/a.nx", 1, "flow main { ) }")
    document.file()
    read = []
    monkeypatch.setattr(File, "fresh", lambda file: read.append(file.text) or file)
    assert not document.read_afresh()
    assert read == []
    document.apply([Change(")", (0, 12), (0, 12))], "utf-16")
    assert not document.read_afresh()
    assert read == [b"flow main { )) }"]
