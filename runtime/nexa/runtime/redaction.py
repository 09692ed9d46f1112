"""Keeps secrets out of everything that a run reports."""

from __future__ import annotations

import re
from typing import Any

SHORTEST = 4
"""Characters below which a value is no secret: replacing it would only tear holes into texts."""

MASK = "***"


class Redactor:
    """Knows secret texts and replaces each occurrence by `***`."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def add(self, secret: str) -> None:
        """Remember a secret. One shorter than four characters is not worth hiding."""
        if len(secret) >= SHORTEST and secret not in self._secrets:
            self._secrets.add(secret)
            longest_first = sorted(self._secrets, key=len, reverse=True)
            self._pattern = re.compile("|".join(map(re.escape, longest_first)))

    def clean(self, value: Any) -> Any:
        """The value (of texts, dicts and lists, keys included) without any known secret."""
        if self._pattern is None:
            return value
        if isinstance(value, str):
            return self._pattern.sub(MASK, value)
        if isinstance(value, dict):
            return {self.clean(key): self.clean(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.clean(item) for item in value]
        return value
