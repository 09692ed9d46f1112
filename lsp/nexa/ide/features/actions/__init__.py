"""Refactorings: one file each, whose docstring shows what it does; the examples there are its tests and its manual."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType

from nexa.compiler.analysis import Project
from nexa.ide.features.actions import (
    add_arms,
    add_fields,
    add_part,
    call_to_pipe,
    calls_to_fork,
    create_missing,
    extract_agent,
    extract_flow,
    extract_protocol,
    extract_variable,
    handle_failure,
    if_to_match,
    inline_variable,
    insert_stage,
    parenthesise,
    pipe_to_call,
    protocol_from_json,
    remove_stage,
    unquote_types,
    wrap_in_try,
)
from nexa.ide.features.actions.action import Action, Selection
from nexa.ide.place import Place
from nexa.syntax import Span

REFACTORINGS: tuple[ModuleType, ...] = (
    extract_variable,
    extract_flow,
    extract_agent,
    extract_protocol,
    inline_variable,
    call_to_pipe,
    pipe_to_call,
    insert_stage,
    remove_stage,
    calls_to_fork,
    if_to_match,
    add_arms,
    add_fields,
    add_part,
    create_missing,
    protocol_from_json,
    wrap_in_try,
    handle_failure,
    unquote_types,
    parenthesise,
)
"""In the order of the manual, and of a menu."""


def actions_at(
    project: Project,
    path: str,
    span: Span,
    wants: Callable[[str], bool] = lambda _: True,
    width: int = 120,
    codes: frozenset[str] = frozenset(),
) -> Iterator[Action]:
    """What can be done with a selection, or at a cursor; `wants` is asked about the kind of each."""
    if wants("refactor.rewrite"):
        yield from protocol_from_json.offer_for_text(project, path, span)
    selection = selection_at(project, path, span, width, codes)
    if selection is None:
        return
    for module in REFACTORINGS:
        offer: Callable[[Selection], Iterable[Action]] = module.offer
        yield from (action for action in offer(selection) if wants(action.kind))


_BEHIND = b" \t\r\n\f;,"
"""What people select along with something, and do not mean."""


def manual() -> str:
    """What each refactoring does, from its docstring."""
    parts = [inspect.cleandoc(module.__doc__ or "") for module in REFACTORINGS]
    return "\n\n".join(_entry(*part.split("\n", 1)) for part in parts)


def _entry(first: str, rest: str) -> str:
    title, _, what = first.partition(": ")
    return f"## {title}\n\n{what[:1].upper()}{what[1:]}\n{rest}"


def selection_at(
    project: Project, path: str, span: Span, width: int = 120, codes: frozenset[str] = frozenset()
) -> Selection | None:
    """A selection without blanks at its edges and without what ends it, in the item that holds all of it."""
    file = project.file(path)
    if file is None or file.language == "nxs":
        return None
    text = file.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    end = max(start, span.start + len(text.rstrip(_BEHIND)))
    index = file.item_at(start)
    if index is None or end > file.starts[index] + len(file.items[index].text):
        return None
    place = Place(project, file, index, start - file.starts[index])
    return Selection(place, Span(start - place.start, end - place.start), width, codes)
