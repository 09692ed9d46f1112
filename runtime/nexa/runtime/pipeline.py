"""`v >> A >> B` and `vs &>> S`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nexa.runtime import frame
from nexa.runtime.callables import reported
from nexa.runtime.errors import TypeViolation
from nexa.runtime.fan import side_by_side
from nexa.runtime.stages import evaluated, feed, is_stage, run_stage, wants_collection
from nexa.runtime.text import text, type_name


async def pipe(value: Any, *stages: tuple[str, Any]) -> Any:
    """`value >> A >> B`: each stage is run with the output of the one before it.

    Stages come as `(node, stage)`. Raises `PipelineError` with the `stage` that failed and its `index` in the chain.
    """
    value = await evaluated(value)
    for index, (node, stage) in enumerate(stages):
        value = await run_stage(node, stage, value, index=index)
    return value


async def merge(node: str, values: Any, target: tuple[str, Any], names: Sequence[str] = ()) -> Any:
    """`values &>> S`: S gets the list itself if that is its input type, else one text of all elements.

    Stages among the values are first run with the ambient input, side by side. `target` is `(node, S)`, `names` are
    the producers of the elements where they are known. Raises `TypeViolation` if `values` is no list.
    """
    target_node, stage = target

    async def work() -> Any:
        outputs = await outputs_of(await evaluated(values))
        given = outputs if wants_collection(stage) else merged_text(outputs, names)
        return await run_stage(target_node, stage, given, index=0)

    return await reported(node, "merge", work)


async def outputs_of(values: Any) -> list[Any]:
    """The elements of a list, each stage among them replaced by its output for the ambient input."""
    if not isinstance(values, list | tuple):
        raise TypeViolation(f"{type_name(values)} is not a list of values to merge")
    places = [place for place, value in enumerate(values) if is_stage(value)]
    outputs = list(values)
    ambient = frame.ambient()
    found = await side_by_side([lambda place=place: feed(values[place], ambient) for place in places])  # type: ignore[misc]  # mypy infers no type for a lambda with a default
    for place, output in zip(places, found, strict=True):
        outputs[place] = output
    return outputs


def merged_text(values: Sequence[Any], names: Sequence[str] = ()) -> str:
    """Each element under a line `## <name, or number from 1>`, separated by blank lines."""
    titles = [names[place] if place < len(names) and names[place] else str(place + 1) for place in range(len(values))]
    return "\n\n".join(f"## {title}\n{text(value)}" for title, value in zip(titles, values, strict=True))
