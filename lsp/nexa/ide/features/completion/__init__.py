"""What may stand at the cursor, exactly: each place has its own source of candidates, and nothing else is offered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.ide.features.completion.candidates import Candidate
from nexa.ide.features.completion.code import asks, code_candidates
from nexa.ide.features.completion.comments import comment_candidates
from nexa.ide.features.completion.matching import match
from nexa.ide.features.completion.paths import ListFolder
from nexa.ide.features.completion.place import place_at
from nexa.ide.features.completion.python_blocks import python_candidates
from nexa.ide.features.completion.secrets import secret_keys
from nexa.ide.features.completion.strings import quoted_at, quoted_candidates
from nexa.ide.features.completion.surroundings import Surroundings
from nexa.ide.features.completion.templates import template_candidates
from nexa.ide.features.completion.text_at import around, word_at
from nexa.syntax import Span

__all__ = ["MAX_CANDIDATES", "Candidate", "Completion", "ListFolder", "Surroundings", "completion"]

MAX_CANDIDATES = 300
"""More are left out; the client is told to ask again with a longer prefix."""


@dataclass(frozen=True, slots=True)
class Completion:
    """`span` is what a candidate replaces: the word, or in quotes what stands behind the last slash.

    `cursor` lies in it. `is_complete` says that a longer word leaves nothing to be asked for again.
    """

    span: Span
    cursor: int
    candidates: list[Candidate]
    is_complete: bool


def completion(
    project: Project, path: str, offset: int, outside: Surroundings | None = None, most: int = MAX_CANDIDATES
) -> Completion | None:
    """The candidates for the word at an offset, the best ones up to a number; None where nothing can be completed."""
    file = project.file(path)
    if file is None:
        return None
    outside = outside or Surroundings()
    is_spaced = outside.trigger == " "
    if is_spaced and not asks(file.text, offset):
        return None
    place = around(file.tree, offset)
    if is_spaced and place.kind != "code":
        return None
    word = word_at(file.text, offset)
    is_open = False
    if file.language == "nxs":
        rows = secret_keys(project, file, word) if place.kind == "code" else ()
        return _sorted(file, word, offset, rows, most, is_open=False)
    match place.kind:
        case "comment":
            rows = comment_candidates(file.text[place.span.start : offset].decode("utf-8", "replace"))
        case "template":
            rows = template_candidates(project, file, place.span, offset)
            word = _tag_word(file.text, word)
        case "python":
            rows = python_candidates(project, file, place.span, offset, word)
        case "string":
            quoted = quoted_at(project, file, place.span, offset)
            if quoted is None:
                return None
            word = _segment(file.text, quoted.inside, offset)
            rows = quoted_candidates(quoted, outside.list_folder, outside.models)
        case _:
            if file.text[word.start : word.start + 1].isdigit():
                return None
            where = place_at(project, file, word, offset)
            rows, is_open = code_candidates(where, outside), where.is_open
    return _sorted(file, word, offset, rows, most, is_open=is_open)


def _tag_word(text: bytes, word: Span) -> Span:
    """In a template `@index` is a word."""
    return Span(word.start - 1, word.end) if text[word.start - 1 : word.start] == b"@" else word


def _segment(text: bytes, inside: Span, offset: int) -> Span:
    """In quotes: what stands between two slashes."""
    start = max(text.rfind(b"/", inside.start, offset) + 1, inside.start)
    end = text.find(b"/", offset, inside.end)
    return Span(start, end if end >= 0 else max(inside.end, offset))


def _sorted(
    file: File, span: Span, offset: int, rows: Iterable[Candidate], most: int, *, is_open: bool
) -> Completion | None:
    """What fits, the best first; of several under one name the best, and one from each file that could be included."""
    typed = file.text[span.start : offset].decode("utf-8", "replace")
    best: dict[str, tuple[int, int, int, Candidate]] = {}
    outside: dict[tuple[str, str], tuple[int, int, int, Candidate]] = {}
    for number, row in enumerate(rows):
        how = match(row.filter or row.label, typed)
        if how is None:
            continue
        found = (how, row.rank, number, row)
        if row.edits:
            outside.setdefault((row.label, row.edits[0].text), found)
        elif row.label not in best or found[:3] < best[row.label][:3]:
            best[row.label] = found
    kept = [*best.values(), *(found for (label, _), found in outside.items() if label not in best)]
    if not kept:
        return None
    kept.sort(key=lambda one: one[:3])
    candidates = [found[3] for found in kept[:most]]
    for candidate in candidates:
        if candidate.finish is not None:
            candidate.finish(candidate)
    return Completion(span, offset, candidates, is_complete=len(kept) <= most and not is_open)
