"""What names hold on the paths through a function: where conditions told a part of it, and where paths meet again."""

from __future__ import annotations

from nexa.compiler.types.terms import Type
from nexa.compiler.types.union import join, members_of, union_of

Env = dict[object, Type]
"""By `Local`, name of a top-level variable, or a tuple that begins with one of them."""


def whole(key: object) -> tuple[object, ...]:
    """The key of what a name or path held before a condition told a part of it."""
    return (*(key if isinstance(key, tuple) else (key,)), _WHOLE)


def is_whole(key: object) -> bool:
    """Whether it is such a key."""
    return isinstance(key, tuple) and key[-1] is _WHOLE


def _unmarked(key: object) -> object:
    path = key[:-1] if isinstance(key, tuple) else ()
    return path if len(path) > 1 else path[0]


_WHOLE = object()


def joined(first: Env, others: list[Env]) -> Env:
    """What is known where several paths come together."""
    wholes = _rejoined(first, others)
    env = dict(first)
    for other in others:
        for key, found in other.items():
            known = env.get(key)
            if known is None:
                if type(key) is not tuple:
                    env[key] = found
            elif known is not found and known != found:
                env[key] = join((known, found))
    for key in [one for one in env if type(one) is tuple]:
        if any(key not in other for other in others):
            del env[key]
    return {**env, **wholes}


def _rejoined(first: Env, others: list[Env]) -> Env:
    """Names and paths of which conditions told a part on each way here: they hold one of these parts, and no other."""
    found: Env = {}
    rows = (first, *others)
    for mark in {one for row in rows for one in row if is_whole(one)}:
        key = _unmarked(mark)
        if not all(key in row for row in rows):
            continue
        before, *more = {row.get(mark, row[key]) for row in rows}
        parts = union_of(row[key] for row in rows)
        if not more and set(members_of(parts)) <= set(members_of(before)):
            found |= {key: parts, mark: before}
    return found
