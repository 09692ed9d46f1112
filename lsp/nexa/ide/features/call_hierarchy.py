"""Who calls a flow, function, agent, tool or job, and what it calls itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.ide.callables import Callable, callable_at, callers_of, calls_of, script_of
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls between one thing and another one; `spans` are in the file of the caller."""

    other: Callable
    spans: tuple[Span, ...]


def prepare_calls(project: Project, path: str, offset: int) -> Callable | None:
    """What stands at an offset and can be called, or calls others; None for anything else."""
    return callable_at(project, path, offset)


def incoming_calls(project: Project, path: str, offset: int) -> list[Calls]:
    """Who calls what is declared at an offset."""
    reference = project.reference_at(path, offset)
    if reference is None:
        return []
    found = callers_of(project, project.references(reference.symbol))
    return _grouped((caller, span) for caller, _, span in found)


def outgoing_calls(project: Project, path: str, offset: int, *, is_file: bool = False) -> list[Calls]:
    """What is called by what is declared at an offset, or by the script statements of the file."""
    caller = script_of(project, path) if is_file else callable_at(project, path, offset)
    return [] if caller is None else _grouped(calls_of(project, caller))


def _grouped(pairs: Iterable[tuple[Callable, Span]]) -> list[Calls]:
    spans: dict[Callable, list[Span]] = {}
    for other, span in pairs:
        known = spans.setdefault(other, [])
        if span not in known:
            known.append(span)
    return [Calls(other, tuple(places)) for other, places in spans.items()]
