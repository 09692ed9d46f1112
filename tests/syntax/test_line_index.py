"""Lines and columns agree with a naive reading of the text, before and after any edit."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from nexa.syntax import Edit, Encoding, LineIndex

PIECES = [
    "a",
    "flow main",
    "\n",
    "\r",
    "\r\n",
    "\u2028",
    "\u0085",
    "\f",
    "é",
    "客户",
    "😀",
    "\t",
    " ",
    "\0",
    "👩\u200d🚀",
]
UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def text_of(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(PIECES, k=length))


def naive_lines(text: str) -> list[str]:
    """The contents of the lines: LF, CR LF and CR end one, nothing else does."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def naive_starts(text: bytes) -> list[int]:
    starts = [0]
    for index, byte in enumerate(text):
        if byte == 10 or (byte == 13 and text[index + 1 : index + 2] != b"\n"):
            starts.append(index + 1)
    return starts


@pytest.mark.parametrize("seed", range(30))
def test_positions_agree_with_a_naive_reading(seed: int) -> None:
    rng = random.Random(seed)
    text = text_of(rng, 60)
    index = LineIndex(text.encode())
    assert index.starts == naive_starts(text.encode())
    assert len(index) == len(naive_lines(text))
    offset = 0
    for character in text:
        for encoding in ENCODINGS:
            line, column = index.position(offset, encoding)
            codec, unit = UNITS[encoding]
            before = text.encode()[index.start(line) : offset].decode()
            assert (line, column) == (index.line(offset), len(before.encode(codec)) // unit)
            if offset <= index.content(line)[1]:
                assert index.offset(line, column, encoding) == offset
        offset += len(character.encode())
    for line, content in enumerate(naive_lines(text)):
        start, end = index.content(line)
        assert text.encode()[start:end].decode() == content


@pytest.mark.parametrize("seed", range(40))
def test_an_edited_index_is_that_of_the_new_text(seed: int) -> None:
    rng = random.Random(seed)
    text = text_of(rng, rng.choice([0, 5, 300, 3000])).encode()
    index = LineIndex(text)
    for _ in range(25):
        start = rng.randint(0, len(text))
        old_end = min(len(text), start + rng.choice([0, 0, 1, 2, 10, 2000]))
        new = text_of(rng, rng.choice([0, 1, 1, 3, 400])).encode()
        text = text[:start] + new + text[old_end:]
        index = index.edited(Edit(start, old_end, start + len(new)), text)
        assert index.starts == naive_starts(text)
        assert index.text == text
        for offset in islice(range(0, len(text), 97), 40):
            assert index.row_column(offset) == LineIndex(text).row_column(offset)


@pytest.mark.parametrize(
    ("text", "line", "column", "encoding", "offset"),
    [
        ("ab\ncd", 0, 99, "utf-16", 2),  # past the end of a line
        ("ab\r\ncd", 0, 3, "utf-8", 2),  # between CR and LF
        ("ab", 7, 0, "utf-16", 2),  # past the last line
        ("ab", 0, -1, "utf-16", 0),
        ("😀x", 0, 1, "utf-16", 0),  # inside a surrogate pair
        ("é x", 0, 1, "utf-8", 0),  # inside a character
        ("😀x", 0, 1, "utf-32", 4),
        ("", 0, 0, "utf-8", 0),
    ],
)
def test_positions_that_are_not_in_the_text(text: str, line: int, column: int, encoding: Encoding, offset: int) -> None:
    assert LineIndex(text.encode()).offset(line, column, encoding) == offset


def test_bytes_that_are_not_utf_8_have_positions() -> None:
    index = LineIndex(b"a\xff\xfe\nb\x80")
    assert index.position(3, "utf-8") == (0, 3)
    assert index.position(6, "utf-16") == (1, 1)
    assert index.offset(1, 1, "utf-8") == 4  # a stray continuation byte belongs to what stands before it
