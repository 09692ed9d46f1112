"""Types as hints show them: cut to a length, with the names of declarations told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeGuard

from nexa.compiler.names import Names
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import (
    BASICS,
    NULL,
    UNIT,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Group,
    Named,
    Record,
    Row,
    Semantic,
    Type,
    Union,
    is_silent,
)
from nexa.ide.features.hints.hint import Part

LONGEST = 40
"""Characters of a type that are shown; the rest is in the tooltip."""

_WORD = re.compile(r"[^\W\d]\w*")


def says_something(one: Type | None) -> TypeGuard[Type]:
    """Whether a type is worth a hint: known, and more than that there is nothing."""
    return one is not None and not is_silent(one) and one not in (UNIT, NULL) and UNKNOWN not in _parts(one)


def _parts(one: Type) -> Iterator[Type]:
    """A type and those that it is made of."""
    yield one
    match one:
        case Named(args=inner) | Applied(args=inner) | Row(items=inner) | Union(members=inner) | Group(stages=inner):
            for part in inner:
                yield from _parts(part)
        case AgentOf(input=taken, output=given):
            yield from _parts(taken)
            yield from _parts(given)
        case Function(params=params, result=result):
            yield from _parts(result)
            for param in params:
                yield from _parts(param.type)
        case Record(fields=fields):
            for field in fields:
                yield from _parts(field.type)


def type_parts(names: Names, one: Type) -> tuple[Part, ...]:
    """The text of a type, piece by piece."""
    text = show(one)
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    parts: list[Part] = []
    done = 0
    for match in _WORD.finditer(text):
        if match[0] in BASICS or not names.entries("type", match[0]):
            continue
        if match.start() > done:
            parts.append(Part(text[done : match.start()]))
        parts.append(Part(match[0], (match[0],), is_type=True))
        done = match.end()
    if done < len(text):
        parts.append(Part(text[done:]))
    return tuple(parts)


def can_be_written(one: Type) -> bool:
    """Whether a program may write the type as it is shown."""
    return all(map(_can_be_written, _parts(one)))


def _can_be_written(one: Type) -> bool:
    match one:
        case Basic():
            return BASICS.get(one.name) is one
        case Applied(name="Option", args=(inner,)):
            return not isinstance(inner, Union | Function)
        case Union(members=members):
            return not any(isinstance(part, Function) for part in members)
        case Function(params=params):
            return not any(param.rest or param.keywords for param in params)
        case Named() | Applied() | AgentOf() | Semantic():
            return True
        case Row(items=items):
            return len(items) > 1 or one.is_list
    return False
