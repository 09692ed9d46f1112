"""The edits of a rename on trial: does every name mean afterwards what it should?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.python_places import python_names
from nexa.compiler.renaming.beyond import is_answered_by_data
from nexa.compiler.renaming.places import Place
from nexa.compiler.rule import Finding, Severity
from nexa.compiler.symbols import Symbol
from nexa.ide.features.rename.refusal import Refusal, shown_place
from nexa.syntax import Edit, Span

_SHADOWED = "NX212"


def check_on_trial(project: Project, symbols: list[Symbol], places: list[Place], new: str) -> None:
    """Refuse when the new name is taken, would be captured or would capture something, or breaks a rule."""
    by_path: dict[str, list[Place]] = {}
    for place in places:
        by_path.setdefault(place.path, []).append(place)
    after = project
    for path, rows in by_path.items():
        file = project.file(path)
        if file is not None:
            after = after.with_file(_edited(file, rows, new))
    move = _Move(by_path, new)
    _check_edited(project, after, move, symbols, places, new)
    _check_others(project, after, move, symbols, by_path, new)
    _check_findings(project, after, by_path, new)


def _edited(file: File, rows: list[Place], new: str) -> File:
    text, edits = file.text, []
    for row in reversed(rows):
        written = row.written(new)
        piece = written.text.encode()
        text = text[: written.span.start] + piece + text[written.span.end :]
        edits.append(Edit(written.span.start, written.span.end, written.span.start + len(piece)))
    return file.edited(edits, text)


class _Move:
    """From offsets before the rename to offsets after it; a renamed name goes to where the new one begins."""

    def __init__(self, by_path: Mapping[str, list[Place]], new: str) -> None:
        self._rows = {path: [(row.span.start, row.written(new)) for row in rows] for path, rows in by_path.items()}

    def __call__(self, path: str, offset: int) -> int:
        shift = 0
        for start, written in self._rows.get(path, ()):
            if written.span.start <= offset < written.span.end:
                return written.span.start + shift + (written.name_at if offset == start else 0)
            if written.span.start > offset:
                break
            shift += len(written.text.encode()) - (written.span.end - written.span.start)
        return offset + shift

    def symbol(self, symbol: Symbol | None) -> object:
        """What a symbol is called after the rename, to be compared with one from there."""
        if symbol is None or not symbol.path:
            return symbol and (symbol.kind, symbol.name)
        return symbol.path, self(symbol.path, symbol.span.start)


def _found(symbol: Symbol | None) -> object:
    if symbol is None or not symbol.path:
        return symbol and (symbol.kind, symbol.name)
    return symbol.path, symbol.span.start


def _check_edited(
    project: Project, after: Project, move: _Move, symbols: list[Symbol], places: list[Place], new: str
) -> None:
    """What was renamed still means what it did."""
    wanted = {move.symbol(symbol) for symbol in symbols}
    for place in places:
        if not place.is_checked:
            continue
        reference = after.reference_at(place.path, move(place.path, place.span.start))
        meant = None if reference is None else reference.symbol
        if _found(meant) not in wanted:
            where = shown_place(project, place.path, place.span.start)
            raise Refusal(f"`{new}` is taken: at {where} it would mean {_what(after, meant)}.")


def _what(after: Project, symbol: Symbol | None) -> str:
    if symbol is None:
        return "nothing"
    if not symbol.path:
        return f"the `{symbol.name}` of the language"
    return f"the {symbol.kind} at {shown_place(after, symbol.path, symbol.span.start)}"


def _check_others(
    project: Project,
    after: Project,
    move: _Move,
    symbols: list[Symbol],
    by_path: Mapping[str, list[Place]],
    new: str,
) -> None:
    """What already has the new name still means what it did."""
    paths = {path for symbol in symbols for path in project.dependents(symbol.path)} | set(by_path)
    for path in sorted(paths):
        file = project.file(path)
        edited = [place.written(new).span for place in by_path.get(path, ())]
        for span in _named(file, new) if file is not None else ():
            before = project.reference_at(path, span.start)
            is_edited = any(one.start <= span.start < one.end for one in edited)
            if is_edited or is_answered_by_data(project, path, span, new):
                continue
            behind = after.reference_at(path, move(path, span.start))
            was = None if before is None else before.symbol
            if move.symbol(was) != _found(None if behind is None else behind.symbol):
                where = shown_place(project, path, span.start)
                raise Refusal(f"`{new}` is taken: at {where} it means {_what(project, was)}.")


def _named(file: File, text: str) -> Iterator[Span]:
    """Every place of a file where a name stands that reads like this."""
    encoded = text.encode()
    for start, item in zip(file.starts, file.items, strict=True):
        if encoded not in item.text:
            continue
        spans = [name.span for name in item.of(ast.Name) if name.text == text]
        for span in (*spans, *(name.span for name in python_names(item, text))):
            yield Span(start + span.start, start + span.end)


def _check_findings(project: Project, after: Project, paths: Iterable[str], new: str) -> None:
    """No rule that matters finds more than before."""
    for path in paths:
        before, now = _mattering(project, path), _mattering(after, path)
        more = Counter(one.code for one in now) - Counter(one.code for one in before)
        if more:
            known = {one.message for one in before}
            rows = sorted((one for one in now if one.code in more), key=lambda one: one.message in known)
            where = shown_place(after, path, rows[0].span.start)
            raise Refusal(f"`{new}` does not do: {rows[0].message} ({where}).")


def _mattering(project: Project, path: str) -> list[Finding]:
    if project.file(path) is None:
        return []
    found = project.findings(path) or ()
    return [one for one in found if one.severity is Severity.ERROR or one.code == _SHADOWED]
