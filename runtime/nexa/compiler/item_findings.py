"""What the rules say of a file, item by item, before anybody asks where that is.

What is said of an item that did not change is the same object from one moment to the next: who keeps something for it
can tell by that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nexa.compiler.check import (
    NOTHING_OF_PROGRAM,
    Drafted,
    ProgramSaid,
    Report,
    file_drafts,
    syntax_drafts,
)
from nexa.compiler.file import File
from nexa.compiler.nameless import Lacking, nameless
from nexa.compiler.row_readers import slipped
from nexa.compiler.rule import Draft, Rule, TypeRule
from nexa.compiler.torn_names import TornHead
from nexa.compiler.unfinished import beginnings

Row = tuple[Drafted, ...]
Layer = Mapping[int, Row]
"""What some of the rules say of items, by their index; -1 stands for the start of the file."""


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that there is to say about a file at a moment; there may be no file.

    The layers are: syntax, names and types, whole programs, layout.
    """

    file: File | None
    layers: tuple[Layer, ...] = ()


def said_of(file: File, names: Layer, programs: Iterable[ProgramSaid], report: Report) -> Said:
    """What all rules say: `names` is what those about names and types do, `programs` what those about programs do."""
    said = [of_program(file, one) for one in programs]
    return Said(file, (of_syntax(file, report), names, _merged(said), file_drafts(file, report)))


def of_syntax(file: File, report: Report) -> Layer:
    """What the rules say that need nothing but an item."""
    return {index: row for index, item in file.rows(slipped) if (row := syntax_drafts(item, report))}


def of_program(file: File, said: ProgramSaid) -> Layer:
    """What the rules over a program say of one of its files, with the places that it has now."""
    whole, lively = said.get(file.path, NOTHING_OF_PROGRAM)
    if not lively:
        return whole
    settled = {
        index: tuple((rule, draft(file.items[index])) for rule, draft in row)
        for index, row in lively.items()  # nothing that is said of the start of a file has to be settled
    }
    return {**whole, **{index: whole.get(index, ()) + row for index, row in settled.items()}}


def without_unknown_names(said: Said, lacking: Lacking, half: tuple[str, ...], torn: tuple[TornHead, ...]) -> Said:
    """While declarations lack their names, nobody knows that nothing has a name: only they themselves are told.

    Of names that somebody may still be typing, the `half` is there; others may be what a `torn` head was about.
    """
    file = said.file
    if file is None:
        return said
    own = {index for index, _ in nameless(file)}.union(index for index, _ in file.rows(beginnings))

    def may_be_there(index: int, rule: Rule, draft: Draft) -> bool:
        if draft.unknown is None or index in own:
            return False
        if half and isinstance(rule, TypeRule):
            return True  # of what is predeclared: a declaration hid it until somebody began to change its name
        if draft.unknown in lacking or index < 0:
            return draft.unknown in lacking
        name = file.items[index].source(draft.span)
        return name.startswith(half) or any(head.may_declare(name) for head in torn)

    def kept(index: int, row: Row) -> Row:
        found = tuple(one for one in row if not may_be_there(index, *one))
        return row if len(found) == len(row) else found

    return Said(said.file, tuple({at: kept(at, row) for at, row in layer.items()} for layer in said.layers))


def _merged(layers: Sequence[Layer]) -> Layer:
    """The programs that a file belongs to mostly say the same of it."""
    if not layers:
        return {}
    first, *others = layers
    if not others:
        return first
    found = dict(first)
    for layer in others:
        for index, row in layer.items():
            before = found.get(index, ())
            found[index] = before + tuple(one for one in row if one not in before)
    return found
