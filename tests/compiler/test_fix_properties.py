"""Every fix of every finding in programs that are nearly right: it removes its finding and adds no error, whether it
was asked for alone or with all others; fixing comes to an end, and then there is nothing to fix.

What is torn may hide mistakes that a fix brings to light: of fixes of syntax only the finding has to go.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from harness.fixing import Way, found, ways
from harness.mutations import EXAMPLES, programs, tokens
from nexa.compiler.edits import applied, compatible
from nexa.compiler.rule import Finding, Severity
from nexa.syntax import parse

BESIDE = {path.name: path.read_bytes() for path in EXAMPLES.glob("*.nxs")}
LIBRARIES = {str(path.relative_to(EXAMPLES)): path.read_bytes() for path in EXAMPLES.rglob("*.nxlib")}
PROGRAMS = [(name, text) for name, text in programs() if name.endswith(".nx")]
SEEDS = range(60)
ROUNDS = 25

REVEALED = {
    ("NX201", "NX210"): "with an unknown name nobody knows whether a loop ends",
    ("NX201", "NX213"): "of an unknown value nobody knows the members",
    ("NX201", "NX222"): "the name is used as what the new declaration is not",
    ("NX201", "NX301"): "of an unknown value nobody knows the type",
    ("NX201", "NX316"): "of an unknown value nobody knows the type",
    ("NX201", "NX319"): "of an unknown value nobody knows the type",
    ("NX201", "NX401"): "the name that it looks like is the one that gets its value here",
    ("NX201", "NX312"): "of an unknown value nobody knows the fields",
    ("NX201", "NX326"): "of an unknown value nobody knows whether it can be gone through",
    ("NX202", "NX327"): "of an unknown type nobody knows what matches it",
    ("NX214", "NX302"): "only now it counts what is given",
    ("NX202", "NX319"): "of an unknown type nobody knows what it can do",
    ("NX212", "NX302"): "the name that was hidden was called like a parameter's",
    ("NX212", "NX407"): "a flow called like what it calls",
    ("NX201", "NX302"): "only now it counts what is given",
    ("NX201", "NX318"): "of an unknown value nobody knows the type",
    ("NX201", "NX407"): "the name that it looks like is the one that it stands in",
    ("NX214", "NX220"): "only now the parameters are known",
    ("NX213", "NX302"): "only now it counts what is given",
}
"""What a fix may bring to light: the finding's code and that of the new error."""


def _word(rng: random.Random, text: bytes) -> tuple[int, int] | None:
    words = [
        (start, end) for start, end in tokens(parse(text).root) if re.fullmatch(rb"[A-Za-z_]{3,}", text[start:end])
    ]
    return rng.choice(words) if words else None


def _misspelt(rng: random.Random, text: bytes) -> bytes:
    """Two letters of a word change places."""
    place = _word(rng, text)
    if place is None:
        return text
    at = rng.randrange(place[0], place[1] - 1)
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def _hiding(rng: random.Random, text: bytes) -> bytes:
    """A name becomes a predeclared one wherever it stands."""
    place = _word(rng, text)
    word = text[place[0] : place[1]] if place else b"x"
    new = rng.choice([b"print", b"len", b"text", b"str", b"env", b"map"])
    return re.sub(rb"(?<!\w)%s(?!\w)" % re.escape(word), new, text)


def _without_line(rng: random.Random, text: bytes) -> bytes:
    lines = text.split(b"\n")
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def _line_twice(rng: random.Random, text: bytes) -> bytes:
    lines = text.split(b"\n")
    at = rng.randrange(len(lines))
    return b"\n".join([*lines[: at + 1], *lines[at:]])


def _quoted(rng: random.Random, text: bytes) -> bytes:
    """A number or a word becomes a string."""
    start, end = rng.choice(tokens(parse(text).root))
    return text[:start] + b'"' + text[start:end].replace(b'"', b"") + b'"' + text[end:]


MISTAKES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _misspelt, _misspelt, _hiding, _without_line, _line_twice, _quoted,
)  # fmt: skip


def mutant(seed: int) -> dict[str, bytes]:
    """A program of the examples with one or two mistakes, and what it includes."""
    rng = random.Random(seed)
    name, text = rng.choice(PROGRAMS)
    for _ in range(rng.randint(1, 2)):
        text = rng.choice(MISTAKES)(rng, text)
    return {name: text, **LIBRARIES, **BESIDE}


def _errors(findings: list[Finding]) -> Counter[tuple[str, str]]:
    return Counter((one.path, one.code) for one in findings if one.severity is Severity.ERROR)


def _is_less(way: Way) -> bool:
    """Whether there are fewer findings that say the same: another one may stand in its place now."""
    same = (way.finding.path, way.finding.code, way.finding.message)
    counts = [sum((one.path, one.code, one.message) == same for one in row) for row in (way.before, way.after)]
    return counts[1] < counts[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_fix_alone(seed: int) -> None:
    for way in ways(mutant(seed)):
        assert way.is_gone or _is_less(way), str(way)
        if not way.finding.code.startswith("NX1") and not any(one.code.startswith("NX1") for one in way.before):
            new = [code for code in way.new_errors if (way.finding.code, code) not in REVEALED]
            assert new == [], f"adds {new}: {way}"


@pytest.mark.parametrize("seed", SEEDS)
def test_all_fixes_one_after_the_other(seed: int) -> None:
    """With those that are not safe: they end, and what nothing answers is all that is left."""
    texts = mutant(seed)
    seen: set[tuple[tuple[str, bytes], ...]] = set()
    for _ in range(ROUNDS):
        state = tuple(sorted(texts.items()))
        assert state not in seen, "it goes round in circles"
        seen.add(state)
        chosen = compatible((one.fix for one in found(texts) if one.fix), texts)
        if not chosen:
            return
        texts = applied(chosen, texts)
    pytest.fail(f"still fixing after {ROUNDS} rounds: {_last(texts)}")


def _last(texts: dict[str, bytes]) -> list[str]:
    return [f"{one.code} {one.message}: {one.fix.title}" for one in found(texts) if one.fix]


@pytest.mark.parametrize("seed", SEEDS)
def test_safe_fixes_add_nothing(seed: int) -> None:
    texts = mutant(seed)
    before = found(texts)
    if any(one.code.startswith("NX1") for one in before):
        return
    for _ in range(ROUNDS):
        chosen = compatible((one.fix for one in found(texts) if one.fix and one.fix.safe), texts)
        if not chosen:
            break
        texts = applied(chosen, texts)
    after = found(texts)
    assert not _errors(after) - _errors(before)
    assert not list(_safe(after))


def _safe(findings: list[Finding]) -> Iterator[str]:
    return (f"{one.code} {one.message}" for one in findings if one.fix and one.fix.safe)
