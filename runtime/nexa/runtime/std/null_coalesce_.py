"""`std.null_coalesce`: `??` as a function."""

from __future__ import annotations

from typing import Any

from nexa.runtime.branching import absent


def apply(left: Any, right: Any) -> Any:
    """`left ?? right`."""
    return right if absent(left) else left


FUNCTIONS = {"apply": apply}
