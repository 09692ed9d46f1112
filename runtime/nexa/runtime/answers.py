"""From a model's text to the value that an agent promises: JSON found, validated, coerced; reasons where it is not.

Owns what an agent's output type means to a model (a JSON schema) and to a program (a pydantic adapter). pydantic is
imported when the first agent with such a type runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nexa.runtime.errors import ProtocolError

_FENCE = re.compile(r"```[\w-]*[ \t]*\r?\n(.*?)\r?\n?[ \t]*```", re.DOTALL)
_WRAPPER = "value"
MOST_REASONS = 8


def read_json(text: str) -> Any:
    """The JSON value that `text` is, bare or in a fenced block. Raises `ValueError` if it is none."""
    import msgspec

    fenced = _FENCE.search(text)
    for candidate in (text.strip(), *([fenced[1]] if fenced else ())):
        try:
            return msgspec.json.decode(candidate)
        except msgspec.DecodeError as error:
            reason = str(error)
    raise ValueError(reason)


def json_answer(text: str) -> Any:
    """The JSON value that a model's text is. Raises `ProtocolError`."""
    try:
        return read_json(text)
    except ValueError as error:
        raise _unfit(text, (f"the answer is not JSON: {error}",)) from None


class Output:
    """The type of an agent's answers. `schema` is what the model is asked to fit: always of type object.

    A type that is no record travels as `{"value": …}`.
    """

    def __init__(self, wanted: Any) -> None:
        from pydantic import BaseModel, ConfigDict, TypeAdapter

        own = isinstance(wanted, type) and issubclass(wanted, BaseModel)  # a model has its settings already
        config = None if own else ConfigDict(arbitrary_types_allowed=True, coerce_numbers_to_str=True)
        self.wanted = wanted
        self._adapter: TypeAdapter[Any] = TypeAdapter(wanted, config=config)
        schema = without_titles(self._adapter.json_schema())
        self._wrapped = not _is_record(schema)
        if self._wrapped:
            definitions = {"$defs": schema.pop("$defs")} if "$defs" in schema else {}
            schema = {"type": "object", "properties": {_WRAPPER: schema}, "required": [_WRAPPER], **definitions}
        self.schema: Mapping[str, Any] = schema

    def read(self, text: str) -> Any:
        """The value that a model's text is. Raises `ProtocolError` with the text and the reasons why it is none."""
        data = json_answer(text)
        if self._wrapped and isinstance(data, dict) and data.keys() == {_WRAPPER}:
            data = data[_WRAPPER]
        return self.fit(data, text)

    def fit(self, data: Any, text: str = "") -> Any:
        """The value that data or a record is. Raises `ProtocolError`."""
        from pydantic import ValidationError

        from nexa.runtime.structs import is_protocol
        from nexa.runtime.text import plain

        try:
            return self._adapter.validate_python(plain(data) if is_protocol(data) else data)
        except ValidationError as error:
            raise _unfit(text, reasons_of(error)) from None


def reasons_of(error: Any) -> tuple[str, ...]:
    """What a pydantic `ValidationError` holds, one line each, in words that a model can act on."""
    details = error.errors(include_url=False, include_context=False, include_input=False)
    reasons = [
        f"{'.'.join(str(step) for step in detail['loc']) or 'the answer'}: {_lower_first(detail['msg'])}"
        for detail in details
    ]
    more = len(reasons) - MOST_REASONS
    return tuple(reasons[:MOST_REASONS]) + ((f"and {more} more",) if more > 0 else ())


def record_type(name: str, fields: Mapping[str, Any]) -> Any:
    """An anonymous protocol: `fields` maps names to types, or to the names of types such as `list[int]`."""
    from pydantic import ConfigDict, create_model

    from nexa.runtime.type_text import type_of_text

    parts: dict[str, Any] = {}
    for key, wanted in fields.items():
        typed = type_of_text(wanted) if isinstance(wanted, str) else wanted
        parts[key] = (typed, None if _is_optional(typed) else ...)
    config = ConfigDict(coerce_numbers_to_str=True, extra="allow")
    return create_model(name, __config__=config, **parts)


def combined(name: str, protocols: Sequence[Any]) -> Any:
    """One record with all fields of several protocols."""
    return protocols[0] if len(protocols) == 1 else type(name, tuple(protocols), {"__module__": __name__})


def without_titles(schema: Any) -> Any:
    """A JSON schema without pydantic's titles and null defaults, which tell a model nothing."""
    if isinstance(schema, list):
        return [without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: {name: without_titles(part) for name, part in value.items()}
        if key in ("properties", "$defs")
        else without_titles(value)
        for key, value in schema.items()
        if not (key == "title" and isinstance(value, str)) and not (key == "default" and value is None)
    }


def _is_optional(wanted: Any) -> bool:
    return type(None) in getattr(wanted, "__args__", ())


def _is_record(schema: Mapping[str, Any]) -> bool:
    if "$ref" in schema:
        schema = schema.get("$defs", {}).get(schema["$ref"].rpartition("/")[2], {})
    return schema.get("type") == "object"


def _unfit(text: str, reasons: tuple[str, ...]) -> ProtocolError:
    return ProtocolError("the answer does not fit: " + "; ".join(reasons), text=text, reasons=reasons)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
