"""From a text to another one, in as few and as small edits as a look at its lines gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from nexa.compiler.rule import TextEdit
from nexa.syntax import Span

Anchors = Iterable[tuple[int, int]]
"""Offsets in both texts that mean the same place, ascending."""


def line_edits(path: str, old: bytes, new: bytes, anchors: Anchors = ()) -> list[TextEdit]:
    """Edits in textual order; what stands on unchanged lines keeps its place. Linear between anchors that are near."""
    return [edit for _, row in rows_of_edits(path, old, new, anchors) for edit in row]


def rows_of_edits(path: str, old: bytes, new: bytes, anchors: Anchors) -> Iterator[tuple[int, list[TextEdit]]]:
    """The edits from one anchor to the next, with the offset where they end; the last row goes up to the end."""
    start, new_start = 0, 0
    for end, new_end in (*anchors, (len(old), len(new))):
        is_alike = old[start:end] == new[new_start:new_end]
        yield end, [] if is_alike else list(_edits(path, start, old[start:end], new[new_start:new_end]))
        start, new_start = end, new_end


def _edits(path: str, at: int, old: bytes, new: bytes) -> Iterator[TextEdit]:
    """Lines that say the same belong together, however they are laid out."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [at]
    for line in before:
        starts.append(starts[-1] + len(line))
    first, last = _alike(before, after), _alike(before[::-1], after[::-1])
    last = min(last, min(len(before), len(after)) - first)
    said = [_said(line) for line in before[first : len(before) - last]]
    says = [_said(line) for line in after[first : len(after) - last]]
    # Lines that stand everywhere, such as a brace, lead astray and take their time in a long text.
    for kind, *places in SequenceMatcher(None, said, says, autojunk=len(said) > _LONG).get_opcodes():
        i, i_end, j, j_end = (place + first for place in places)
        if kind == "equal":
            for index, other in zip(range(i, i_end), range(j, j_end), strict=True):
                if before[index] != after[other]:
                    yield _edit(path, starts[index], before[index], after[other])
        else:
            yield _edit(path, starts[i], b"".join(before[i:i_end]), b"".join(after[j:j_end]))


_LONG = 1_000
"""From so many lines on, not every line is compared with every other one that says the same."""


def _alike(lines: list[bytes], others: list[bytes]) -> int:
    """How many lines two texts begin with alike."""
    count = 0
    for one, other in zip(lines, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def _said(line: bytes) -> bytes:
    return b"".join(line.translate(None, b",;").split())


def _edit(path: str, at: int, old: bytes, new: bytes) -> TextEdit:
    """One edit without what the two texts begin and end with alike."""
    size = min(len(old), len(new))
    first = _boundary(old, new, _common(old, new, size))
    last = _common(old[::-1], new[::-1], size - first)
    while last and (_inside(old, len(old) - last) or _inside(new, len(new) - last)):
        last -= 1
    text = new[first : len(new) - last].decode("utf-8", "replace")
    return TextEdit(path, Span(at + first, at + len(old) - last), text)


def _common(one: bytes, other: bytes, most: int) -> int:
    """How many bytes two texts begin with alike, at most so many."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if one[:middle] == other[:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _boundary(old: bytes, new: bytes, at: int) -> int:
    while at and (_inside(old, at) or _inside(new, at)):
        at -= 1
    return at


def _inside(text: bytes, at: int) -> bool:
    """Whether an offset is inside a character, or between CR and LF."""
    if at >= len(text):
        return False
    return text[at] & 0xC0 == 0x80 or text[at - 1 : at + 1] == b"\r\n"
