"""What a program does outside of itself: done once, and not again by a run that starts from one of its nodes.

The functions of `std` that change something, ask somebody or answer differently each time, and those of Python files,
are wrapped. What they came to is kept if it is plain data, and a later run takes it from there, as it does answers of
models. Reading a file is no effect: a run that starts from a node sees the files as they are now.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from nexa.runtime.recall import keep_failure, value_of
from nexa.runtime.run import current_or_none

EFFECTS: Mapping[str, tuple[str, ...]] = {
    "fs": ("file_write", "file_append", "file_edit", "file_delete"),
    "code": ("file_edit",),
    "http": ("http_get", "http_post", "http_put", "http_delete"),
    "shell": ("shell_exec",),
    "time": ("time_now", "time_timestamp"),
    "math": ("math_random",),
    "ask_human": ("ask_human", "call"),
}
"""The functions of each namespace of `std` that are wrapped."""

MOST_LETTERS = 1 << 18
"""Letters of a value that is kept; a longer one is got again."""


@dataclass(slots=True)
class Effect:
    """What something outside came to: known from an earlier run, or left here by whoever has it done."""

    is_known: bool = False
    value: Any = None


def done_once(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, whose effect is not repeated where an earlier run has had it; `name` is what it is known by."""
    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def awaited(*args: Any, **named: Any) -> Any:
            with effect(name, args, named) as known:
                if not known.is_known:
                    known.value = await function(*args, **named)
            return known.value

        return awaited

    @wraps(function)
    def called(*args: Any, **named: Any) -> Any:
        with effect(name, args, named) as known:
            if not known.is_known:
                known.value = function(*args, **named)
        return known.value

    return called


@contextmanager
def effect(name: str, args: tuple[Any, ...], named: Mapping[str, Any] | None = None) -> Iterator[Effect]:
    """Something is done outside inside the body, unless an earlier run has done it at this place."""
    run = current_or_none()
    recall = None if run is None else run.recall
    question = None if recall is None else recall.question(name, args, named or {})
    if recall is None or question is None:
        yield Effect()
        return
    known = recall.take(question)
    if known is not None:
        yield Effect(is_known=True, value=value_of(known))
        return
    found = Effect()
    try:
        yield found
    except Exception as error:
        keep_failure(recall, question, error)
        raise
    if _is_short(found.value) and _is_plain(found.value):
        recall.keep(question, value=found.value)


def _is_short(value: Any) -> bool:
    return len(value if isinstance(value, str) else repr(value)) <= MOST_LETTERS


def _is_plain(value: Any) -> bool:
    """Whether JSON gives back exactly this."""
    if isinstance(value, list):
        return type(value) is list and all(map(_is_plain, value))
    if isinstance(value, dict):
        return type(value) is dict and all(type(key) is str and _is_plain(each) for key, each in value.items())
    return value is None or type(value) in (str, bool, int) or (type(value) is float and math.isfinite(value))
