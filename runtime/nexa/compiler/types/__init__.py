"""Types: the terms, what they hold, and whether one fits where another is wanted."""

from __future__ import annotations

from nexa.compiler.types.show import show
from nexa.compiler.types.terms import Type

__all__ = ["Type", "show"]
