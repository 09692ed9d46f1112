"""Stages: what may stand right of a flow operator, and how a value is fed to one."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from nexa.runtime import frame
from nexa.runtime.callables import call, reported
from nexa.runtime.catching import message_of
from nexa.runtime.errors import PipelineError, SuspendExecution, TypeViolation
from nexa.runtime.structs import Struct, is_record
from nexa.runtime.text import type_name


def is_stage(value: Any) -> bool:
    """Whether the value is an agent, a flow, a function or a tool."""
    return not isinstance(value, type) and not is_record(value) and callable(getattr(value, "run", None))


def are_stages(value: Any) -> bool:
    """Whether the value is a list of stages, with at least one."""
    return isinstance(value, list | tuple) and bool(value) and all(map(is_stage, value))


def stage_name(stage: Any) -> str:
    """What errors and events call a stage."""
    return getattr(stage, "name", "") or getattr(stage, "__name__", "") or type_name(stage)


def stage_description(stage: Any) -> str:
    """What a judge is told about a stage: its description, else its role, else how its prompt begins."""
    for attribute in ("description", "role", "prompt"):
        told = getattr(stage, attribute, "")
        if isinstance(told, str) and told:
            return told[:200] if attribute == "prompt" else told
    return ""


async def feed(stage: Any, value: Any) -> Any:
    """The stage's output for the value. Raises `TypeViolation` for what is no stage."""
    if is_stage(stage):
        return await stage.run(value)
    if callable(stage):
        return await call(stage, value)
    raise TypeViolation(f"{type_name(stage)} cannot be run as a stage")


async def run_stage(node: str, stage: Any, value: Any, *, index: int | None = None, branch: int | None = None) -> Any:
    """Feeds a stage as a node of the flow graph; without an id, as part of the node around it.

    Raises `PipelineError`, whose cause is the stage's own error, with its place: `index` in the chain, `branch` in
    the fan-out.
    """
    name = stage_name(stage)
    try:
        return await reported(node or frame.current_node(), name, lambda: feed(stage, value))
    except SuspendExecution:
        raise
    except Exception as error:
        message = f"stage `{name}` failed: {message_of(error)}"
        raise PipelineError(message, stage=name, index=index, branch=branch, cause=error) from error


async def evaluated(value: Any) -> Any:
    """The leftmost operand of a flow chain: a stage is run with the ambient input, anything else is the value."""
    return await feed(value, frame.ambient()) if is_stage(value) else value


def wants_collection(stage: Any) -> bool:
    """Whether the stage's declared input is a list, tuple, dict or record rather than text."""
    wanted = _input_type(stage)
    origins = [get_origin(one) or one for one in (wanted, *get_args(wanted)) if wanted is not None]
    return any(map(_is_collection, origins[:1] if origins and _is_collection(origins[0]) else origins))


def _is_collection(wanted: Any) -> bool:
    if not isinstance(wanted, type):
        return False
    return issubclass(wanted, list | tuple | dict | Struct) or hasattr(wanted, "model_fields")


def _input_type(stage: Any) -> Any:
    """What the stage declares for its input, None if nothing."""
    declared = getattr(stage, "input_type", None)
    if declared is not None:
        return declared
    params = getattr(stage, "params", ())
    return params[0].type if params else None
