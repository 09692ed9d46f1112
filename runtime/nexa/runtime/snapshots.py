"""`snapshot()` and `restore(s)`: the variables of a function and what agents remember, put back as they were."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from nexa.runtime.errors import TypeViolation
from nexa.runtime.memory import History, Memory
from nexa.runtime.run import current
from nexa.runtime.structs import Struct, is_record
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT, Unit


class Snapshot:
    """State at one moment. Lists, dicts and records are copied; handles, files and databases are not captured."""

    type_name = "snapshot"

    def __init__(self, variables: Mapping[str, Any], histories: Mapping[Memory, History]) -> None:
        self.variables = variables
        self.histories = histories

    def __repr__(self) -> str:
        return f"snapshot of {', '.join(self.variables) or 'nothing'}"


def snapshot(variables: Mapping[str, Callable[[], Any]]) -> Snapshot:
    """Capture the variables that have a value by now, each given as a function that reads it, and all memories."""
    kept = {name: read() for name, read in variables.items() if not is_kept(read)}
    return Snapshot(_copied(kept, {}), {memory: memory.turns for memory in current().memories.all()})


def restore(taken: Any) -> dict[str, Any]:
    """Put the memories back; the values that the variables get. Raises `TypeViolation` for what is no snapshot."""
    if not isinstance(taken, Snapshot):
        raise TypeViolation(f"restore needs a snapshot, not {type_name(taken)}")
    for memory in current().memories.all():
        if memory in taken.histories or not memory.is_persistent:
            memory.replace(taken.histories.get(memory, ()))
    restored: dict[str, Any] = _copied(taken.variables, {})
    return restored


def snapshot_of_memories() -> Snapshot:
    """`snapshot` as a value that is passed around: it sees no variables of who calls it."""
    return snapshot({})


def restore_memories(snapshot: Snapshot) -> Unit:
    """`restore` as a value that is passed around: it gives no variables back."""
    restore(snapshot)
    return UNIT


def is_kept(read: Callable[[], Any]) -> bool:
    """Whether `restore` leaves a variable alone that was not captured: it has no value, or is a snapshot itself."""
    try:
        return isinstance(read(), Snapshot)
    except NameError:  # no path so far has assigned it
        return True


def _copied(value: Any, seen: dict[int, Any]) -> Any:
    """A copy of lists, dicts and records, all the way down; anything else is the same object."""
    if id(value) in seen:
        return seen[id(value)]
    if isinstance(value, list):
        made: Any = []
        seen[id(value)] = made
        made.extend(_copied(one, seen) for one in value)
    elif isinstance(value, dict):
        made = seen[id(value)] = {}
        made.update((key, _copied(one, seen)) for key, one in value.items())
    elif isinstance(value, tuple):
        made = tuple(_copied(one, seen) for one in value)
    elif isinstance(value, Struct) or is_record(value):
        made = seen[id(value)] = copy.copy(value)
        vars(made).update((name, _copied(one, seen)) for name, one in vars(value).items())
    else:
        made = value
    return made
