"""Another name for something: every place that has to be edited for it, in all files.

Editors ask for the name and try it out first (`nexa.ide.features.rename`). What a finding offers is a name that stands
nowhere yet, so that it can neither be taken nor take anything's place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import chain, count
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_TYPES, PREDECLARED_VALUES
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.renaming.family import family
from nexa.compiler.renaming.places import Place, places
from nexa.compiler.rule import Fix, Renaming, TextEdit
from nexa.syntax.record import record

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.syntax.span import Span

__all__ = ["Place", "family", "places", "renamed"]


def renamed(project: Project, path: str, span: Span, way: Renaming) -> Fix:
    """The fix that gives what stands at a place of a file another name, wherever it is meant."""
    new = _free_name(project, path, span, way)
    who = "the hidden one " if way.of is not None else ""
    return Fix(f"Rename {who}to `{new}`", False, _Edits(path, span, new, project), (new,))


@record
class _Edits:
    """Finds the edits when somebody asks for them."""

    path: str
    span: Span
    new: str
    project: Project = field(compare=False, repr=False)

    def __call__(self) -> tuple[TextEdit, ...]:
        reference = self.project.reference_at(self.path, self.span.start)
        symbol = None if reference is None else reference.symbol
        if symbol is None or (symbol.path, symbol.span) != (self.path, self.span):
            return (TextEdit(self.path, self.span, self.new),)  # a second declaration: nobody means it
        found = places(self.project, family(self.project, symbol))
        return tuple(_edit(one, self.new) for one in found if not _is_statement(self.project, one))


def _edit(place: Place, new: str) -> TextEdit:
    written = place.written(new)
    return TextEdit(place.path, written.span, written.text)


def _is_statement(project: Project, place: Place) -> bool:
    """Whether the name is a statement's: `print x` means the predeclared `print`, whatever else is called so."""
    file = project.file(place.path)
    index = None if file is None else file.item_at(place.span.start)
    if file is None or index is None:
        return False
    item, start = file.items[index], place.span.start - file.starts[index]
    calls = (one for one in item.of(ast.Call) if one.callee.start == start and one.args)
    return any(b"(" not in item.text[one.callee.end : one.args[0].start] for one in calls)


def _free_name(project: Project, path: str, span: Span, way: Renaming) -> str:
    """The wanted name, or with a number, that stands nowhere: not where a local may be seen, or not in any file."""
    texts = list(_texts(project, path, span, way))
    view = project.view(path)

    def is_free(new: str) -> bool:
        is_known = new in RESERVED or new in PREDECLARED_VALUES or new in BUILTIN_TYPES
        is_declared = view.row("value", new) or view.row("type", new) or view.row("variant", new)
        word = re.compile(rb"(?<!\w)%s(?!\w)" % re.escape(new.encode()))
        return not (is_known or is_declared or any(word.search(text) for text in texts))

    return next(filter(is_free, chain((way.name,), (f"{way.name}{number}" for number in count(2)))), way.name)


def _texts(project: Project, path: str, span: Span, way: Renaming) -> Iterator[bytes]:
    file = project.file(path)
    index = file.item_at(span.start) if file is not None and way.is_local else None
    if file is not None and index is not None:
        yield file.items[index].text
        return
    for one in project.dependents(path):
        other = project.file(one)
        if other is not None:
            yield other.text
