"""What names hold on the paths through a function: where conditions told a part of it, and where paths meet again."""

from __future__ import annotations

from itertools import compress
from operator import is_not

from nexa.compiler.scope import Local
from nexa.compiler.types.terms import Type
from nexa.compiler.types.union import either, join, members_of, union_of

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
    wholes = _rejoined((first, *others))
    env = dict(first)
    for other in others:
        for key in _changed(env, other):
            known, found = env.get(key), other[key]
            if known is None:
                if type(key) is not tuple:
                    env[key] = found
            elif known != found:
                is_written = isinstance(key, Local) and key.type is not None and key.kind != "catch"
                env[key] = either((known, found)) if is_written else join((known, found))
        for key in env.keys() - other.keys():
            if type(key) is tuple:
                del env[key]
    return {**env, **wholes}


def _changed(before: Env, after: Env) -> list[object]:
    """The keys of one that the other has not, or another value for. Most values are the very same, which Python sees
    many times as fast as we do.
    """
    return list(compress(after, map(is_not, after.values(), map(before.get, after))))


def _rejoined(rows: tuple[Env, ...]) -> Env:
    """Names and paths of which conditions told a part on each way here: they hold one of these parts, and no other."""
    found: Env = {}
    changed = {key for row in rows[1:] for key in (*_changed(rows[0], row), *(rows[0].keys() - row.keys()))}
    for mark in {key if is_whole(key) else whole(key) for key in changed}:
        key = _unmarked(mark)
        if not any(mark in row for row in rows) or not all(key in row for row in rows):
            continue
        before, *more = {row.get(mark, row[key]) for row in rows}
        parts = union_of(row[key] for row in rows)
        if not more and set(members_of(parts)) <= set(members_of(before)):
            found |= {key: parts, mark: before}
    return found
