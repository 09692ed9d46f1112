"""Protocols out of values: JSON samples, and dicts in a program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from nexa.ide.features.actions.writing import camel

_FIELD: Final = re.compile(r"[^\W\d]\w*")
_MOST_FIELDS: Final = 200
_DEEPEST: Final = 20


@dataclass(slots=True)
class Protocols:
    """Declarations in the making: the outermost one first. `is_free` says whether a name may be given."""

    is_free: Callable[[str], bool]
    texts: dict[str, list[str]] = field(default_factory=dict)

    def of_record(self, wanted: str, record: Mapping[str, Any]) -> str:
        """The name of a protocol with the fields of a record."""
        name = self._name(wanted)
        self.texts[name] = []
        for key, value in list(record.items())[:_MOST_FIELDS]:
            if _FIELD.fullmatch(key):
                self.texts[name].append(f"{key}: {self.of_value(name, key, value)}")
        return name

    def of_value(self, owner: str, key: str, value: Any) -> str:  # noqa: ANN401  # JSON
        """A written type that a value fits."""
        if len(self.texts) > _DEEPEST:
            return "any"
        match value:
            case bool():
                return "bool"
            case int():
                return "int"
            case float():
                return "float"
            case str():
                return "str"
            case None:
                return "any?"
            case dict():
                return self.of_record(camel(key) or f"{owner}Part", value) if value else "dict"
            case list():
                return self._of_list(owner, key, value)
        return "any"

    def _of_list(self, owner: str, key: str, values: list[Any]) -> str:
        records = [one for one in values if isinstance(one, dict)]
        if records and len(records) == len(values):
            return f"list[{self._of_records(owner, key, records)}]"
        kinds = list(
            dict.fromkeys(self.of_value(owner, _singular(key), one) for one in values if not isinstance(one, dict))
        )
        if not kinds or records:
            return "list"
        if set(kinds) == {"int", "float"}:
            kinds = ["float"]
        return f"list[{' | '.join(kinds)}]"

    def _of_records(self, owner: str, key: str, records: list[dict[str, Any]]) -> str:
        """One protocol for the elements of a list: what some of them lack is optional."""
        together: dict[str, Any] = {}
        for one in records:
            for name, value in one.items():
                if together.get(name) is None:
                    together[name] = value
        if not together:
            return "dict"
        name = self.of_record(camel(_singular(key)) or f"{owner}Part", together)
        optional = {key for key in together if any(one.get(key) is None for one in records)}
        self.texts[name] = [
            f"{line}?" if line.partition(":")[0] in optional and not line.endswith("?") else line
            for line in self.texts[name]
        ]
        return name

    def _name(self, wanted: str) -> str:
        number, name = 1, wanted
        while name in self.texts or not self.is_free(name):
            number += 1
            name = f"{wanted}{number}"
        return name

    def written(self) -> str:
        """The declarations."""
        return "".join(_declaration(name, fields) for name, fields in self.texts.items())


def _declaration(name: str, fields: list[str]) -> str:
    if sum(map(len, fields)) < _ONE_LINE and len(fields) < _MANY:
        return f"protocol {name} {{ {', '.join(fields)} }}\n" if fields else f"protocol {name} {{}}\n"
    return f"protocol {name} {{\n" + ",\n".join(fields) + "\n}\n"


_ONE_LINE: Final = 60
_MANY: Final = 4


def _singular(key: str) -> str:
    if key.endswith("ies") and len(key) > 3:
        return key[:-3] + "y"
    return key[:-1] if key.endswith("s") and not key.endswith("ss") and len(key) > 1 else key


def record_of(text: str) -> dict[str, Any] | None:
    """The record that a text says in JSON: an object, or the first of a list of objects."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        together: dict[str, Any] = {}
        for one in reversed(value):
            together |= one
        value = together
    return value if isinstance(value, dict) and value else None
