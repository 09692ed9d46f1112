"""Values of a store as JSON."""

from __future__ import annotations

import json
from typing import Any

from nexa.runtime.errors import KVError, NexaError
from nexa.runtime.text import to_json
from nexa.runtime.values import Secret


def json_of(value: Any, error: type[NexaError] = KVError) -> str:
    """The value as JSON. Raises `error` for one that holds a secret: what is stored is not hidden."""
    found = to_json(value)  # first: it refuses what contains itself
    if _holds_secret(value):
        raise error("a secret is not written into a store: keep it in a .nxs file")
    return found


def read_json(stored: str) -> Any:
    """What a JSON text means, None if it is none."""
    try:
        return json.loads(stored)
    except (ValueError, RecursionError):
        return None


def _holds_secret(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_secret, value.values()))
    if isinstance(value, list | tuple | set | frozenset):
        return any(map(_holds_secret, value))
    return isinstance(value, Secret)
