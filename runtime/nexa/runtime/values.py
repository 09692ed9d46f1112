"""The small value kinds that Python has no class for: unit and secrets."""

from __future__ import annotations

from typing import final


@final
class Unit:
    """The type of `UNIT`, the single value of statements. Not `null`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "unit"


UNIT = Unit()


@final
class Secret:
    """A text that no conversion, log or event shows: it prints `***`. `reveal()` is for tools and providers."""

    __slots__ = ("_text", "key")

    def __init__(self, text: str, key: str = "") -> None:
        self._text = text
        self.key = key

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __bool__(self) -> bool:
        return bool(self._text)

    def __len__(self) -> int:
        return len(self._text)

    def __format__(self, spec: str) -> str:
        return format("***", spec)
