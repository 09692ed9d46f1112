"""Checks of annotated values: conversion, structure, and conditions in words, under the type mode of the run."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from nexa.runtime.duration import Duration
from nexa.runtime.errors import TypeViolation
from nexa.runtime.harness import harnessed
from nexa.runtime.patterns import describe
from nexa.runtime.run import current_or_none
from nexa.runtime.structs import Struct, is_record, record_fields
from nexa.runtime.text import text
from nexa.runtime.types import Later, conditions, fits, type_text


async def checked(value: Any, wanted: Any, what: str) -> Any:
    """The value as `wanted`, converted where that is a conversion of the language.

    A value that does not fit raises `TypeViolation` in type mode `strict`, is logged in `warn`, is left alone in
    `forgiving` and inside `unharnessed`. `what` names the parameter, variable or result in messages.
    """
    converted = convert(value, wanted)
    run = current_or_none()
    mode = run.settings.type_mode if run is not None else "warn"
    if mode == "forgiving" or not harnessed():
        return converted
    problem = await _problem(converted, wanted, what)
    if problem is not None:
        if mode == "strict":
            raise TypeViolation(problem)
        if run is not None:
            run.log("warning", problem)
    return converted


async def _problem(value: Any, wanted: Any, what: str) -> str | None:
    if not fits(value, wanted):
        return f"{what}: {describe(value)} is not {type_text(wanted)}"
    for part, condition in conditions(value, wanted):
        if not await holds(condition.text, part):
            named = f" of {condition.name}" if condition.name else ""
            return f"{what}: {describe(part)} breaks the condition{named}: {condition.text}"
    return None


async def holds(condition: str, value: Any) -> bool:
    """Whether the judge finds the condition true of the value; asked once per distinct value in a run.

    A judge that gives no answer, which is logged, breaks no condition: the value may well be right.
    """
    run = current_or_none()
    if run is None:
        return True
    verdict = await run.judge.decide_once(condition, text(value))
    return verdict.matched or verdict.failed


def convert(value: Any, wanted: Any) -> Any:
    """The value as `wanted` where the language converts: a dict or JSON text to a protocol, a duration to seconds.

    Everything else, and what does not fit, comes back as it is.
    """
    if wanted is Any or (fits(value, wanted) and not isinstance(value, dict | list | tuple)):
        return value
    if isinstance(wanted, Later):
        return wanted.once(value, convert, value)
    origin = get_origin(wanted)
    if origin is Annotated:
        return convert(value, get_args(wanted)[0])
    if origin in (Union, types.UnionType):
        return _convert_to_any(value, get_args(wanted))
    if origin is list and isinstance(value, list):
        return _convert_elements(value, get_args(wanted)[0])
    if wanted in (int, float) and isinstance(value, Duration):
        return int(value.seconds) if wanted is int and value.seconds == int(value.seconds) else value.seconds
    return _to_protocol(value, wanted) if hasattr(wanted, "model_fields") else value


def _convert_to_any(value: Any, members: tuple[Any, ...]) -> Any:
    for member in members:
        if fits(value, member):
            return convert(value, member)
    for member in members:
        converted = convert(value, member)
        if fits(converted, member):
            return converted
    return value


def _convert_elements(value: list[Any], wanted: Any) -> list[Any]:
    """The same list unless an element is converted: lists are shared, not copied."""
    converted = [convert(element, wanted) for element in value]
    return converted if any(new is not old for new, old in zip(converted, value, strict=True)) else value


def _to_protocol(value: Any, protocol: Any) -> Any:
    from nexa.runtime.answers import read_json
    from nexa.runtime.protocols import validate

    try:
        if isinstance(value, str):
            return validate(protocol, read_json(value))
        return validate(protocol, value) if isinstance(value, dict) else value
    except ValueError:
        return value


def constructed(record: Any, values: dict[str, Any]) -> Any:
    """`Protocol { field: value }`. Raises `TypeViolation` when a field is missing or does not fit."""
    if isinstance(record, type) and hasattr(record, "model_fields"):
        from nexa.runtime.protocols import validate

        try:
            return validate(record, {name: _plain_record(value) for name, value in values.items()})
        except ValueError as error:
            raise TypeViolation(f"{record.__name__}: {error}") from None
    raise TypeViolation(f"{describe(record)} is no struct and no protocol")


def _plain_record(value: Any) -> Any:
    """A record of another type as a dict, so that it is compared by its fields."""
    return record_fields(value) if is_record(value) and not isinstance(value, Struct) else value
