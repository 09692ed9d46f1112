"""What happens to programs without anybody typing: conflicts, pastes, line ends, characters that only look right."""

from __future__ import annotations

import random

from harness.fuzzing import sources
from harness.slip import Slip, extent, lines, tokens
from nexa.compiler.file import File

_PASTED = (
    '{\n  "name": "x",\n  "steps": [1, 2, {"deep": null}]\n}',
    '{"a": 1, "b": [true, false]}',
    "[1, 2,\n 3]",
    '"key": "value",',
    "```nexa\nflow pasted { print(1) }\n```",
    "```",
    '```json\n{"a": 1}\n```',
    "~~~",
    "# Heading",
    "## Use",
    "- a point",
    "* a point",
    "1. First, do this.",
    "> quoted text",
    "| a | b |\n|---|---|",
    "[a link](https://example.org)",
    "**bold**",
    "Here is the program that you asked for:",
    "This flow asks the agent, and prints what it says.",
    "Note: it's slow.",
    'I don\'t know why "this" fails',
    "agent programming is fun",
    "flow of words",
    "let me explain",
    "use it like this:",
    "type in the name",
    "test it first",
    "tool time!",
    "for example: x",
    "if you want (or need) it",
    "match the colours",
    "$ pip install nexa-lsp",
    "nexa run a.nx --flow main",
    "cd ~/work && ls -la | grep nx",
    "export KEY='abc",
    "PS C:\\> dir",
    'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nNameError: x',
    "error[NX201]: `x` is not defined",
    '<div class="a">\n</div>',
    "<!-- no -->",
    "key: value\nlist:\n  - a\n  - b",
    '[section]\nkey = "value"',
    "SELECT * FROM rooms WHERE id = 1;",
    "def f(x):\n    return x + 1",
    "class A:\n    pass",
    "import os, sys",
    "from a import b",
    "function f(x) { return x; }",
    "const x = () => 1;",
    "export default {",
    "public static void main() {",
    "#include <stdio.h>",
    "#!/usr/bin/env nexa",
    "--- a/x.nx\n+++ b/x.nx\n@@ -1,2 +1,2 @@\n-old\n+new",
    "...",
    "…",
    "---",
    "***",
    "TODO",
    "TODO: write this",
    "FIXME(ann) later",
    "===",
    "🙂",
    "汉字",
    "https://example.org/a?b=c#d",
    "ann@example.org",
)
"""What people paste, or leave behind, between two declarations or inside one."""

_LOOKS = {
    b'"': "“ ” „ « ＂ ″ ''",
    b"'": "‘ ’ ′ `",
    b"(": "（",
    b")": "）",
    b"{": "｛ {{ (",
    b"}": "｝ }} )",
    b"[": "［",
    b"]": "］",
    b",": "， 、 ; ,,",
    b":": "： :: ﹕",
    b";": "； ;;",
    b"=": "＝ == :=",
    b".": "。 ·",
    b"->": "→ - > => –>",
    b"=>": "⇒ -> = > ⇒",
    b">>": "» > >>>",
    b"-": "– — −",
    b"*": "×",
    b"!=": "≠ =! <>",
    b"<=": "≤ =<",
    b">=": "≥ =>",
    b"|": "｜",
    b"..": "… ...",
}
"""What word processors, chats and keyboards for other languages write for a token."""

_INVISIBLE = (
    "\u00a0",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u00ad",
    "\u2028",
    "\u3000",
    "\t",
    "\v",
    "\f",
    "\0",
    "\r",
    "\u202e",
)


def conflict(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A merge that nobody has resolved: around lines of an item, around all of it, or around two."""
    rows = lines(file, index)
    low = rng.randrange(len(rows))
    high = min(len(rows), low + rng.choice((1, 1, 2, 4)))
    start, end = rows[low][0], rows[high - 1][1]
    if rng.random() < 0.3:
        start, end = extent(file, index)
    elif rng.random() < 0.2:
        start, end = extent(file, index)[0], extent(file, min(index + 1, len(file.items) - 1))[1]
    ours = file.text[start:end].rstrip(b"\n")
    words = ours.split(b" ")
    theirs = rng.choice((ours, b"", b" ".join(words[: rng.randrange(len(words)) + 1]), b"    other = 1"))
    base = b"||||||| base\n" + ours + b"\n" if rng.random() < 0.2 else b""
    whole = b"<<<<<<< HEAD\n" + ours + b"\n" + base + b"=======\n" + theirs + b"\n>>>>>>> topic\n"
    kind = rng.random()
    if kind < 0.2:
        whole = rng.choice((b"<<<<<<< HEAD\n", b"=======\n", b">>>>>>> topic\n")) + ours + b"\n"  # one was overlooked
    return Slip("conflict", path, start, end, whole)


def paste(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Something that is no Nexa."""
    text = rng.choice(_PASTED).encode()
    start, end = extent(file, index)
    if rng.random() < 0.4:
        return Slip("paste before", path, start, start, text + rng.choice((b"\n", b"\n\n")))
    if rng.random() < 0.3:
        return Slip("paste behind", path, end, end, rng.choice((b"\n", b"\n\n", b" ")) + text)
    at = rng.choice(lines(file, index))[0]
    return Slip("paste inside", path, at, at, rng.choice((b"", b"    ")) + text + b"\n")


def looks(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A token becomes one that looks alike."""
    places = [(start, end) for start, end in tokens(path, index) if file.text[start:end] in _LOOKS]
    if not places:
        return None
    start, end = rng.choice(places)
    return Slip("look-alike", path, start, end, rng.choice(_LOOKS[file.text[start:end]].split()).encode())


def invisible(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A character that nobody sees, beside a token or inside one, or instead of the blanks before it."""
    places = tokens(path, index)
    if not places:
        return None
    start, end = rng.choice(places)
    at = rng.choice((start, end, (start + end) // 2))
    new = rng.choice(_INVISIBLE).encode()
    before = len(file.text[:start].rstrip(b" "))
    if rng.random() < 0.2 and before < start:
        return Slip("invisible", path, before, start, new)
    return Slip("invisible", path, at, at, new)


def line_ends(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Some lines of an item, or all, end as on other systems."""
    start, end = extent(file, index)
    new = rng.choice((b"\r\n", b"\r\n", b"\r"))
    parts = file.text[start:end].split(b"\n")
    is_mixed = rng.random() < 0.5
    text = parts[0]
    for part in parts[1:]:
        text += (b"\n" if is_mixed and rng.random() < 0.5 else new) + part
    return Slip("line ends", path, start, end, text)


def rows_moved(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Lines change places, come twice, are joined or broken, or are indented otherwise."""
    rows = lines(file, index)
    at = rng.randrange(len(rows))
    start, end = rows[at]
    line = file.text[start:end]
    kind = rng.randrange(5)
    if kind == 0 and at + 1 < len(rows):
        other = file.text[slice(*rows[at + 1])]
        swapped = other.rstrip(b"\n") + b"\n" + line.rstrip(b"\n")
        return Slip("swapped lines", path, start, rows[at + 1][1], swapped + other[len(other.rstrip(b"\n")) :])
    if kind == 1:
        return Slip("doubled line", path, start, start, line.rstrip(b"\n") + b"\n")
    if kind == 2 and at + 1 < len(rows):
        return Slip("joined lines", path, len(file.text[:end].rstrip()), rows[at + 1][0], b" ")
    if kind == 3:
        places = [one for one in tokens(path, index) if start <= one[0] < end]
        return Slip("broken line", path, *(rng.choice(places)[0],) * 2, b"\n") if places else None
    bare = len(line) - len(line.lstrip())
    return Slip("indented", path, start, start + bare, rng.choice((b"", b"\t", b"        ")))


def doubled(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A bracket, quote or comma too many."""
    places = [one for one in tokens(path, index) if file.text[slice(*one)] in _PAIRED]
    if not places:
        return None
    start, end = rng.choice(places)
    return Slip("doubled bracket", path, end, end, file.text[start:end])


_PAIRED = frozenset((b"{", b"}", b"(", b")", b"[", b"]", b'"', b'"""', b"`", b"'", b"#{", b","))


def renamed(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A word of a head is deleted down to its first letters, as when it is typed again."""
    places = [one for one in tokens(path, index)[:6] if one[1] - one[0] > 1]
    if not places:
        return None
    start, end = rng.choice(places)
    return Slip("shortened word", path, rng.randrange(start, end), end, b"")


def foreign(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Lines of another program come in the place of lines."""
    others = rng.choice(sources())[1].split(b"\n")
    at = rng.randrange(len(others))
    declared = file.items[index].declared
    head = file.starts[index] + (declared[0].span.end if declared else 1)
    rows = [one for one in lines(file, index) if one[0] >= head]  # a declaration that is gone is no mistake
    if not rows:
        return None
    start, end = rng.choice(rows)
    return Slip("foreign lines", path, start, end, b"\n".join(others[at : at + rng.choice((1, 2, 5))]) + b"\n")


KINDS = (
    conflict, conflict, paste, paste, paste, looks, looks, invisible, invisible, line_ends, rows_moved, rows_moved,
    doubled, doubled, renamed, foreign,
)  # fmt: skip
