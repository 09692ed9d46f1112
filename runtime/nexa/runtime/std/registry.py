"""What `std` functions keep for the length of a run."""

from __future__ import annotations

from typing import Any

from nexa.runtime.run import current


def registry(name: str) -> dict[str, Any]:
    """The run's entries of that name."""
    return current().registries.setdefault(name, {})
