"""Random edits of programs, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator

from nexa.syntax import Edit

SNIPPETS = (
    b" ", b"\n", b"}", b"{", b"(", b")", b"]", b'"', b"'", b'"""', b"#{", b"/*", b"//", b"=", b":", b">>", b"x",
    b'agent Zed { prompt: "z" }\n', b"flow zed() { return 1 }\n", b"let zed = 1\n", b"zed = zed\n", b"return", b"if",
    b"match", b"Ann", b"print(", b"@tool", b'include "z.nx"\n', b"\xc3\xa9", b"\xf0\x9f\x8c\x8a", b"fn", b"::", b".",
)  # fmt: skip


def random_edit(rng: random.Random, text: bytes) -> tuple[Edit, bytes]:
    """One edit of a text, and the text after it: a deletion, an insertion, a replacement or a moved piece."""
    start = _boundary(text, rng.randrange(len(text) + 1))
    kind = rng.random()
    if kind < 0.35 and text:
        end, new = _boundary(text, min(len(text), start + rng.choice((1, 1, 2, 5, 20, 80)))), b""
    elif kind < 0.8:
        end, new = start, rng.choice(SNIPPETS)
    else:
        end = _boundary(text, min(len(text), start + rng.choice((1, 4, 12))))
        at = _boundary(text, rng.randrange(len(text) + 1))
        new = text[at : _boundary(text, min(len(text), at + rng.choice((3, 15, 60))))]
    return Edit(start, end, start + len(new)), text[:start] + new + text[end:]


def random_edits(seed: int, text: bytes, count: int) -> Iterator[tuple[Edit, bytes]]:
    """A row of edits, each of the text that the one before left."""
    rng = random.Random(seed)
    for _ in range(count):
        edit, text = random_edit(rng, text)
        yield edit, text


def _boundary(text: bytes, offset: int) -> int:
    """The start of the character that an offset is in."""
    while 0 < offset < len(text) and text[offset] & 0xC0 == 0x80:
        offset -= 1
    return offset
