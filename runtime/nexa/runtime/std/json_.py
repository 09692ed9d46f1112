"""`std.json`: reading and writing JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from nexa.runtime.errors import ToolError
from nexa.runtime.structs import is_record
from nexa.runtime.text import fields_of, to_json

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(-?\d+)\]|\[[\"']([^\"']*)[\"']\]")


def json_parse(text: str) -> Any:
    """The value that a JSON text means."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ToolError(f"this is not JSON: {error}", cause=error) from error


def json_get(text: Any, path: str) -> Any:
    """The value at a path such as `items[0].name` in a JSON text or value."""
    value = json_parse(text) if isinstance(text, str) else text
    place = 0
    path = path.removeprefix("$")
    while place < len(path):
        step = _STEP.match(path, place)
        if step is None:
            raise ToolError(f"the path `{path}` cannot be read after `{path[:place]}`")
        value = _step(value, step, path[: step.end()])
        place = step.end()
    return value


def _step(value: Any, step: re.Match[str], path: str) -> Any:
    name, number, quoted = step.groups()
    key = name if name is not None else quoted
    if isinstance(value, list | tuple) and (number is not None or (key or "").isdigit()):
        place = int(number if number is not None else key)
        if -len(value) <= place < len(value):
            return value[place]
    elif key is not None and (isinstance(value, dict) or is_record(value)) and key in fields_of(value):
        return fields_of(value)[key]
    raise ToolError(f"there is nothing at `{path}`")


def json_stringify(data: Any, indent: int = 2) -> str:
    """The value as JSON text; on one line if `indent` is 0."""
    return to_json(data, indent or None)


FUNCTIONS = {each.__name__: each for each in (json_parse, json_get, json_stringify)}
