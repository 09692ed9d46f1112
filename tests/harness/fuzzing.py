"""Mutated programs through the whole analyser, and what must hold of every one of them.

No rule raises and no feature of the snapshot does; everything that is said stands inside the file; an edited text says
what a text read from scratch says; a program without errors is emitted; a safe fix adds no error. `LIMIT` seconds are
far more than any text of this size may take: what is not done by then hangs.
"""

from __future__ import annotations

import random
import re
import signal
import textwrap
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from harness.mutation import random_edit
from harness.mutations import STRAY
from harness.split import texts
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.emit.compiled import compiled
from nexa.compiler.emit.files import files_of
from nexa.compiler.emit.printed import TooDeepForTextError, printed
from nexa.compiler.file import File
from nexa.compiler.graph import graphs_of
from nexa.compiler.rule import Finding, Fix, Rule, Severity, manual
from nexa.compiler.rules import RULES
from nexa.compiler.severities import severities
from nexa.syntax import Edit

LIMIT = 20
SPEC = Path(__file__).parents[1] / "spec"
FIXTURES = Path(__file__).parents[1] / "compiler" / "fixtures"
SETTINGS = Settings(harness="strict", severities=severities({"NX321": "warning"}))
_WORD = re.compile(rb"[^\W\d]\w*")
_MARKER = re.compile(r"^\s*//\^.*$", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """A text with what was done to it: edits one after the other, each with the text that it leaves."""

    path: str
    before: bytes
    steps: tuple[tuple[Edit, bytes], ...]

    @property
    def after(self) -> bytes:
        """The text at the end."""
        return self.steps[-1][1]


# ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def sources() -> tuple[tuple[str, bytes], ...]:
    """Path and text of every program that we have: examples, faulty ones, fixtures, those of documents and manuals."""
    paths = sorted([*SPEC.rglob("*.nx"), *SPEC.rglob("*.nxlib"), *FIXTURES.rglob("*.nx")])
    manuals = [
        (str(FIXTURES / f"{rule.name}_{number}.nx"), text.encode())
        for rule in RULES
        for number, text in enumerate(_programs(rule))
    ]
    others = {**texts(), **{str(path): path.read_bytes() for path in paths}}
    return (*others.items(), *manuals)


def _programs(rule: Rule) -> Iterator[str]:
    for part in re.split(r"^(?:Bad|Good):$", manual(rule), flags=re.MULTILINE)[1:]:
        yield textwrap.dedent(_MARKER.sub("", part)).strip() + "\n"


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """Mutated programs, the same ones for the same seed."""
    rng = random.Random(seed)
    texts = sources()
    for _ in range(count):
        path, before = rng.choice(texts)
        steps: list[tuple[Edit, bytes]] = []
        mutate = rng.choice(_KINDS)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            steps.append(mutate(rng, steps[-1][1] if steps else before))
        yield Mutant(path, before, tuple(steps))


def _replaced(text: bytes, start: int, end: int, new: bytes) -> tuple[Edit, bytes]:
    return Edit(start, end, start + len(new)), text[:start] + new + text[end:]


def _swap_words(rng: random.Random, text: bytes) -> tuple[Edit, bytes]:
    """A name or keyword becomes another one of the text: most of these programs can be read, and mean something."""
    words = list(_WORD.finditer(text))
    if not words:
        return _stray(rng, text)
    one, other = rng.choice(words), rng.choice(words)
    return _replaced(text, one.start(), one.end(), other[0])


def _stray(rng: random.Random, text: bytes) -> tuple[Edit, bytes]:
    at = _word_edge(rng, text)
    return _replaced(text, at, at, f" {rng.choice(STRAY)} ".encode())


def _word_edge(rng: random.Random, text: bytes) -> int:
    edges = [word.start() for word in _WORD.finditer(text)]
    return rng.choice(edges) if edges else 0


def _lines(rng: random.Random, text: bytes) -> tuple[Edit, bytes]:
    """A row of lines goes, comes twice, or comes from another program."""
    starts = [0, *(at.end() for at in re.finditer(rb"\n", text))]
    low = rng.randrange(len(starts))
    high = min(len(starts) - 1, low + rng.choice((1, 1, 2, 5)))
    piece = text[starts[low] : starts[high]]
    kind = rng.random()
    if kind < 0.4:
        return _replaced(text, starts[low], starts[high], b"")
    if kind < 0.6:
        return _replaced(text, starts[high], starts[high], piece)
    other = rng.choice(sources())[1].split(b"\n")
    at = rng.randrange(len(other))
    return _replaced(text, starts[low], starts[low], b"\n".join(other[at : at + rng.choice((1, 2, 6))]) + b"\n")


def _torn(rng: random.Random, text: bytes) -> tuple[Edit, bytes]:
    """The text ends, or is glued to the middle of another one."""
    at = rng.randrange(len(text) + 1)
    other = rng.choice(sources())[1] if rng.random() < 0.3 else b""
    return _replaced(text, at, len(text), other[rng.randrange(len(other) + 1) :])


def _odd_bytes(rng: random.Random, text: bytes) -> tuple[Edit, bytes]:
    at = rng.randrange(len(text) + 1)
    odd = (
        b"\0",
        b"\xff",
        b"\r",
        b"\r\n",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        "🙂".encode(),
        "汉字".encode(),
        b"\xc3",
        b"\t",
    )
    return _replaced(text, at, at, rng.choice(odd))


_KINDS = (
    random_edit,
    random_edit,
    _swap_words,
    _swap_words,
    _swap_words,
    _stray,
    _stray,
    _lines,
    _lines,
    _torn,
    _odd_bytes,
)


# ── what must hold ──────────────────────────────────────────────────────────────────────────────────────────────


class HangError(Exception):
    """A text took longer than `LIMIT`."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raises HangError in the main thread when the limit is over, where the system has alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(*_: object) -> None:
        raise HangError(f"not done after {LIMIT} s")

    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)


@cache
def _on_disk(path: str) -> bytes | None:
    file = Path(path)
    known = dict(sources()).get(path)
    return file.read_bytes() if known is None and "\0" not in path and file.is_file() else known


def _project() -> Project:
    def fail(code: str, bug: BaseException) -> None:
        raise AssertionError(f"{code} raised {bug!r}") from bug

    return Project(SETTINGS, _on_disk, fail)


def check(mutant: Mutant) -> None:
    """Raises AssertionError, or whatever the analyser raised, where something does not hold."""
    with bounded():
        scratch = _project().with_file(File.parse(mutant.path, mutant.after))
        found = scratch.findings(mutant.path) or ()
        later = scratch.run_findings(mutant.path)
        _check_places(scratch, (*found, *later))
        _check_features(scratch, mutant)
        _check_edited(scratch, mutant)
        errors = _errors(found)
        if mutant.path.endswith(".nx") and not errors and not _errors(later):
            _check_emitted(scratch, mutant.path)
        _check_fixes(mutant, found)


def _errors(found: tuple[Finding, ...]) -> list[Finding]:
    return [one for one in found if one.severity is Severity.ERROR]


def _check_places(project: Project, found: tuple[Finding, ...]) -> None:
    for one in found:
        places = [(one.path, one.span), *((other.path, other.span) for other in one.related)]
        places += [(edit.path, edit.span) for fix in _fixes(one) for edit in fix.edits]
        for path, span in places:
            file = project.file(path)
            size = len(file.text) if file is not None else 0
            assert file is not None or one.code in _MAKING, (one.code, path)
            assert 0 <= span.start <= span.end <= size, (one.code, span, size)
        for fix in _fixes(one):
            assert fix.edits or one.code == "NX207", (one.code, fix.title)
            spans = sorted((edit.path, edit.span.start, edit.span.end) for edit in fix.edits)
            for (path, _, end), (next_path, start, _) in pairwise(spans):
                assert path != next_path or end <= start, (one.code, fix)


_MAKING = frozenset({"NX207", "NX219"})
"""Codes whose fix makes a file that is not there."""


def _fixes(one: Finding) -> tuple[Fix, ...]:
    return (*((one.fix,) if one.fix else ()), *one.others)


def _check_features(project: Project, mutant: Mutant) -> None:
    syntax = project.syntax_findings(mutant.path)
    assert all(one.code.startswith("NX1") for one in syntax)
    graphs_of(files_of(project.program(mutant.path)))
    project.symbols(mutant.path)
    size = len(mutant.after)
    for offset in range(0, size + 1, max(1, size // 12)):
        reference = project.reference_at(mutant.path, offset)
        if reference is not None:
            project.references(reference.symbol)


def _check_edited(scratch: Project, mutant: Mutant) -> None:
    """An editor ends where a batch run is, in the file and in those that include it."""
    paths = (mutant.path, *_includers(mutant.path))
    file = File.parse(mutant.path, mutant.before)
    project = _project().with_file(file)
    for path in paths[1:]:
        text = _on_disk(path) or b""
        project = project.with_file(File.parse(path, text))
        scratch = scratch.with_file(File.parse(path, text))
    for path in paths:
        project.findings(path)
    for edit, text in mutant.steps:
        file = file.edited([edit], text)
        project = project.with_file(file)
        for path in paths:
            _check_places(project, project.findings(path) or ())
    project = project.with_file(file.fresh())
    for path in paths:
        settled, found = project.findings(path) or (), scratch.findings(path) or ()
        assert settled == found, _difference(settled, found)


@cache
def _includers(path: str) -> tuple[str, ...]:
    name = b"/" + Path(path).name.encode() + b'"'
    return tuple(other for other, text in sources() if b"include" in text and name in text and other != path)


def _difference(edited: tuple[Finding, ...], scratch: tuple[Finding, ...]) -> str:
    only = [f"only edited: {one}" for one in edited if one not in scratch]
    return "\n".join(only + [f"only from scratch: {one}" for one in scratch if one not in edited])


def _check_emitted(project: Project, path: str) -> None:
    program = project.program(path)
    compiled(program)
    try:
        text = printed(program)
    except TooDeepForTextError:
        return
    compile(text, "out.py", "exec", dont_inherit=True)


def _check_fixes(mutant: Mutant, found: tuple[Finding, ...]) -> None:
    """Of a few safe fixes, each by itself; what cannot be read may hide errors that a fix brings to light."""
    if any(one.code.startswith("NX1") for one in _errors(found)) or not _is_text(mutant.after):
        return
    safe = [one for one in found if one.fix and one.fix.safe and {edit.path for edit in one.fix.edits} == {mutant.path}]
    before = Counter(one.code for one in _errors(found))
    for one in random.Random(len(safe)).sample(safe, min(3, len(safe))):
        text = mutant.after
        for edit in sorted(one.fix.edits if one.fix else (), key=lambda edit: (-edit.span.start, -edit.span.end)):
            text = text[: edit.span.start] + edit.text.encode() + text[edit.span.end :]
        after = _project().with_file(File.parse(mutant.path, text)).findings(mutant.path) or ()
        more = Counter(other.code for other in _errors(after)) - before
        assert not more, (one.code, one.message, one.fix, more)


def _is_text(data: bytes) -> bool:
    """Whether a command would read it: UTF-8 without zeros."""
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


# ── by hand ─────────────────────────────────────────────────────────────────────────────────────────────────────


def failure(mutant: Mutant) -> tuple[str, str] | None:
    """What does not hold of a mutant: in a line that alike failures have in common, and in full."""
    try:
        check(mutant)
    except Exception as bug:
        frames = traceback.extract_tb(bug.__traceback__)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}"
        return f"{type(bug).__name__} {place} {str(bug)[:60]!r}", traceback.format_exc()
    return None
