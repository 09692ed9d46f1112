"""What people do to programs: halves cut, moved, doubled and commented out, find and replace, other keyboards."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from harness import accidents
from harness.slip import Slip, extent, lines, tokens
from nexa.compiler.file import File

_Make = Callable[[random.Random, str, File, int], Slip | None]


def _part(rng: random.Random, file: File, index: int) -> tuple[int, int, bytes] | None:
    """Where some lines of an item start and end, and what is left of it without them."""
    rows = lines(file, index)
    if len(rows) < 2:
        return None
    low = rng.randrange(len(rows))
    high = min(len(rows), low + rng.choice((1, 1, 2, 3, 6)))
    start, end = rows[low][0], rows[high - 1][1]
    left = file.text[rows[0][0] : start] + file.text[end : rows[-1][1]]
    return (start, end, left) if left.strip(b"}) \n") else None  # a declaration that is gone is no mistake


def commented(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Some of the lines become comments, or are between the ends of one."""
    part = _part(rng, file, index)
    if part is None:
        return None
    start, end, _ = part
    text = file.text[start:end]
    kind = rng.randrange(4)
    if kind == 0:
        return Slip("commented out", path, start, end, b"/*\n" + text.rstrip(b"\n") + b"\n*/\n")
    if kind == 1:
        return Slip("commented out", path, start, end, b"/* " + text.rstrip(b"\n") + b" */\n")
    sign = rng.choice((b"// ", b"//", b"# ", b"-- ", b"% "))
    return Slip("commented out", path, start, end, re.sub(rb"(?m)^(?=[^\n])", sign, text))


def moved(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Lines of an item are cut, and pasted elsewhere: in it, or above or below a neighbour."""
    part = _part(rng, file, index)
    if part is None:
        return None
    start, end, left = part
    piece = file.text[start:end].rstrip(b"\n") + b"\n"
    near = min(max(index + rng.choice((-1, 0, 0, 1)), 0), len(file.items) - 1)
    at = rng.choice(lines(file, near))[0] if near == index or rng.random() < 0.4 else extent(file, near)[0]
    if start <= at <= end:
        return None
    if near != index and not File.parse(path, left).is_broken:
        return None  # what is left says less, and that is told
    if at < start:
        return Slip("moved lines", path, at, end, piece + file.text[at:start])
    return Slip("moved lines", path, start, at, file.text[end:at] + piece)


def moved_bracket(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A bracket is deleted in one place, and typed in another."""
    places = [one for one in tokens(path, index) if file.text[slice(*one)] in (b"{", b"}", b"(", b")", b"[", b"]")]
    rows = lines(file, index)
    if not places:
        return None
    start, end = rng.choice(places)
    bracket = file.text[start:end]
    if rng.random() < 0.5:
        at = rng.choice(rows)[0]
        bracket = b" " * rng.choice((0, 4)) + bracket + b"\n"
    else:
        at = rng.choice(tokens(path, index))[rng.randrange(2)]
    if at < start:
        return Slip("moved bracket", path, at, end, bracket + file.text[at:start])
    return Slip("moved bracket", path, start, at, file.text[end:at] + bracket) if at > end else None


_CLOSED = (
    "{}", "()", "[]", '""', "''", "``", '""""""', '"#{}"', "{\n}", "(\n)", "{\n    \n}", "/**/", "/** */", "{{}}", "<>",
    "(())", "agent {}", "agent  {\n    \n}", "flow ()", "flow x() {}", "print()", 'print("")', "if {}", "if () {}",
    "for  in  {}", "match {}", 'include ""', "let x = []", "let  = ", "@tool()", '@tool("")', "x[]", "try {} catch {}",
)  # fmt: skip


def closed(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """What an editor closes as soon as it is opened, or what a snippet leaves."""
    text = rng.choice(_CLOSED).encode()
    kind = rng.random()
    if kind < 0.3:
        at = extent(file, index)[0]
        return Slip("auto-closed", path, at, at, text + rng.choice((b"\n", b"\n\n", b"")))
    if kind < 0.6:
        at = rng.choice(lines(file, index))[0]
        return Slip("auto-closed", path, at, at, b"    " + text + b"\n")
    places = tokens(path, index)
    if not places:
        return None
    at = rng.choice(places)[rng.randrange(2)]
    return Slip("auto-closed", path, at, at, text)


def line_cut(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """The rest of a line is deleted, or its beginning."""
    places = tokens(path, index)
    if not places:
        return None
    start, end = rng.choice(places)
    stop = file.text.find(b"\n", end)
    stop = len(file.text) if stop < 0 else stop
    if rng.random() < 0.6:
        return Slip("line cut", path, rng.choice((start, end)), min(stop, extent(file, index)[1]), b"")
    low, high = extent(file, index)
    first, last = max(file.text.rfind(b"\n", 0, start) + 1, low), rng.choice((start, end))
    if not file.text[last:high].strip(b"})\"' \n"):
        return None  # a declaration that is gone is no mistake
    return Slip("line cut", path, first, last, b"")


_INSTEAD = (
    "",
    "two words",
    "a-b",
    "a.b",
    "2nd",
    '"text"',
    "$x",
    "{{x}}",
    "<x>",
    "{x}",
    "a/b",
    "?",
    "x:",
    "f(x)",
    "名 字",
)


def replaced(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Find and replace, all of one item."""
    places = tokens(path, index)
    if not places:
        return None
    word = file.text[slice(*rng.choice(places))]
    if any(one.name == word.decode("utf-8", "replace") for one in file.items[index].declared):
        return None  # one that has another name is none of those that are used
    new = rng.choice(_INSTEAD).encode()
    start, end = extent(file, index)
    text = file.text[start:end]
    after = re.sub(rb"\b" + word + rb"\b", lambda _: new, text) if word.isalnum() else text.replace(word, new)
    if rng.random() < 0.5:  # up to some place only
        at = rng.randrange(len(text) + 1)
        after = text[:at] + (re.sub(rb"\b" + word + rb"\b", lambda _: new, text[at:]) if word.isalnum() else
                             text[at:].replace(word, new))  # fmt: skip
    return Slip("replaced", path, start, end, after)


_FULL = str.maketrans("\"'(){}[],:;.!?=<>|", "“‘（）｛｝［］，：；。！？＝《》｜")


def keyboard(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """An input method for Chinese was left on: punctuation of a line, from some place on, or of some lines is wide."""
    rows = lines(file, index)
    low = rng.randrange(len(rows))
    high = min(len(rows), low + rng.choice((1, 1, 1, 2, 4)))
    start, end = rows[low][0], rows[high - 1][1]
    if rng.random() < 0.5:
        start += rng.randrange(end - start)
    try:
        text = file.text[start:end].decode()
    except UnicodeDecodeError:
        return None
    signs = rng.choice(('"', '"', ",", ":", "()", '",:()', "".join(map(chr, _FULL))))
    new, is_open = "", False
    for char in text:
        if char == '"' in signs:
            new += "”" if is_open else "“"
            is_open = not is_open
        else:
            new += char.translate(_FULL) if char in signs else char
    return Slip("full-width", path, start, end, new.encode()) if new != text else None


def doubled_half(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Half of an item is pasted beside it, or in it."""
    rows = lines(file, index)
    if len(rows) < 2:
        return None
    at = rng.randrange(1, len(rows))
    start, middle, end = rows[0][0], rows[at][0], rows[-1][1]
    half = file.text[start:middle] if rng.random() < 0.5 else file.text[middle:end].rstrip(b"\n") + b"\n"
    place = rng.choice((start, end, rng.choice(rows)[0]))
    return Slip("doubled half", path, place, place, (b"\n" if place == end else b"") + half)


def no_separator(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """A comma or colon is missing, or all of a line are."""
    sign = rng.choice((b",", b",", b",", b":", b"=", b"."))
    places = [one for one in tokens(path, index) if file.text[slice(*one)] == sign]
    if not places:
        return None
    start, end = rng.choice(places)
    if rng.random() < 0.6:
        return Slip("no separator", path, start, end, b"")
    first, last = places[0][0], places[-1][1]
    return Slip("no separator", path, first, last, file.text[first:last].replace(sign, b""))


def indented_body(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Bodies as in Python: a colon for the brace, nothing at the end."""
    start, end = extent(file, index)
    text = file.text[start:end]
    colon = re.sub(rb"[ \t]*\{[ \t]*(?=\n)", b":", text, count=rng.choice((0, 1)))
    if colon == text:
        return None
    if rng.random() < 0.6:
        colon = re.sub(rb"\n[ \t]*\}[ \t]*(?=\n|\Z)", b"", colon)
    if rng.random() < 0.4:
        colon = re.sub(rb"\A(flow|fn|agent|tool)\b", lambda word: b"class" if word[1] == b"agent" else b"def", colon)
    return Slip("indented body", path, start, end, colon)


_AROUND = (
    ("if ready {", "}"), ("flow wrapped {", "}"), ("class Wrapped {", "}"), ("{", "}"), ("(", ")"), ("[", "]"),
    ('"', '"'), ("function wrapped() {", "}"), ("agent Wrapped {", "}"), ("namespace a {", "}"), ("```", "```"),
    ('"""', '"""'), ("<pre>", "</pre>"), ("#region x", "#endregion"), ("#if x", "#endif"), ("try {", "}"),
    ("try {", "} catch {"), ("export", ""), ("async", ""), ("pub", ""), ("", "export"), ("", ";;"), ("", ","),
    ("{", ""), ("", "}"), ("}", "{"),
)  # fmt: skip


def wrapped(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Something is put around an item or around some lines, or half of it."""
    rows = lines(file, index)
    low, high = (0, len(rows)) if rng.random() < 0.6 else sorted(rng.sample(range(len(rows) + 1), 2))
    start, end = rows[low][0], rows[high - 1][1]
    before, behind = (one.encode() for one in rng.choice(_AROUND))
    if (kind := rng.random()) < 0.2:
        before = b""
    elif kind < 0.4:
        behind = b""
    text = file.text[start:end].rstrip(b"\n")
    if rng.random() < 0.5:
        text = re.sub(rb"(?m)^(?=[^\n])", b"    ", text)
    return Slip("wrapped", path, start, end, before + b"\n" + text + b"\n" + behind + b"\n")


def copied(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Lines as they come out of mails, reviews, listings and web pages."""
    rows = lines(file, index)
    low, high = (0, len(rows)) if rng.random() < 0.4 else sorted(rng.sample(range(len(rows) + 1), 2))
    start, end = rows[low][0], rows[high - 1][1]
    text = file.text[start:end]
    kind = rng.randrange(7)
    if kind == 0:
        sign = rng.choice((b"> ", b">", b"+", b"-", b"| ", b">>> ", b"$ ", b"* "))
        return Slip("copied", path, start, end, re.sub(rb"(?m)^(?=[^\n])", sign, text))
    if kind == 1:
        form = rng.choice((b"%d  ", b"%d: ", b"%3d | ", b"%d\t"))
        numbered = [form % (at + 1) + line for at, line in enumerate(text.split(b"\n"))]
        return Slip("copied", path, start, end, b"\n".join(numbered))
    if kind == 2:
        new = text.replace(b"&", b"&amp;").replace(b">", b"&gt;").replace(b"<", b"&lt;")
        return Slip("copied", path, start, end, rng.choice((new, new.replace(b'"', b"&quot;"))))
    if kind == 3:
        return Slip("copied", path, start, end, text.replace(b'"', b'\\"'))
    if kind == 4:
        return Slip("copied", path, start, end, text.rstrip(b"\n").replace(b"\n", b"\\n") + b"\n")
    if kind == 5:
        width = rng.choice((20, 40, 72))
        return Slip("copied", path, start, end, re.sub(rb"([^\n]{%d,}?) " % width, rb"\1\n", text))
    return Slip("copied", path, start, end, rng.choice((b"  ", b"\xc2\xa0", b" . ")).join(text.split(b"    ")))


def twice(rng: random.Random, path: str, file: File, index: int) -> Slip | None:
    """Two mistakes in one item."""
    kinds = [one for one in (*KINDS, *accidents.KINDS) if one not in (twice, accidents.renamed)]  # a name is no mistake
    made = [rng.choice(kinds)(rng, path, file, index) for _ in range(2)]
    if made[0] is None or made[1] is None:
        return None
    first, second = sorted((one for one in made if one is not None), key=lambda one: one.start)
    if first.end > second.start:
        return None
    text = first.new + file.text[first.end : second.start] + second.new
    return Slip(f"{first.kind} + {second.kind}", path, first.start, second.end, text)


KINDS: tuple[_Make, ...] = (
    commented, moved, moved_bracket, closed, closed, line_cut, line_cut, replaced, keyboard, keyboard, doubled_half,
    no_separator, indented_body, wrapped, copied, twice,
)  # fmt: skip
