"""A tool's parameters: what a model is told of them, and what its arguments are checked against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nexa.runtime.answers import reasons_of, without_titles
from nexa.runtime.errors import ToolError


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a tool: its type is a typing expression, its description is for the model."""

    name: str
    type: Any = str
    description: str = ""
    required: bool = True


class Parameters:
    """The parameters of one tool."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self.all = tuple(parameters)
        self._model: Any = None

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The JSON schema, of type object."""
        if not self.all:
            return {"type": "object", "properties": {}}
        schema: Mapping[str, Any] = without_titles(self._checker().model_json_schema())
        return schema

    def read(self, tool: str, text: str) -> dict[str, Any]:
        """The arguments that a model wrote, converted. Raises `ToolError` of kind `arguments` with the reason."""
        import msgspec

        try:
            data = msgspec.json.decode(text or "{}")
        except msgspec.DecodeError as error:
            raise ToolError(f"the arguments of {tool} are not JSON: {error}", kind="arguments") from None
        if not isinstance(data, dict):
            raise ToolError(f"the arguments of {tool} are not an object", kind="arguments")
        return self.check(tool, data)

    def check(self, tool: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments converted to their types; those that were not given are left out. Raises `ToolError`."""
        unknown = [key for key in data if all(key != parameter.name for parameter in self.all)]
        if unknown:
            raise ToolError(f"{tool} has no parameter {', '.join(map(repr, unknown))}", kind="arguments")
        if not self.all:
            return {}
        from pydantic import ValidationError

        try:
            checked = self._checker().model_validate(data)
        except ValidationError as error:
            reasons = "; ".join(reasons_of(error))
            raise ToolError(f"the arguments of {tool} do not fit: {reasons}", kind="arguments") from None
        given = checked.model_fields_set
        return {
            parameter.name: getattr(checked, f"p{place}")
            for place, parameter in enumerate(self.all)
            if f"p{place}" in given
        }

    def _checker(self) -> Any:
        """A pydantic model whose fields are called `p0`, `p1`, …: a parameter may have any name, a field may not."""
        if self._model is None:
            from pydantic import ConfigDict, Field, create_model

            fields: dict[str, Any] = {
                f"p{place}": (
                    parameter.type,
                    Field(
                        ... if parameter.required else None,
                        alias=parameter.name,
                        description=parameter.description or None,
                    ),
                )
                for place, parameter in enumerate(self.all)
            }
            config = ConfigDict(coerce_numbers_to_str=True, arbitrary_types_allowed=True)
            self._model = create_model("Arguments", __config__=config, **fields)
        return self._model


class GivenSchema(Parameters):
    """Parameters that somebody else describes, by a JSON schema of type object, and checks."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        properties = schema.get("properties") or {}
        required = schema.get("required") or ()
        super().__init__(
            Parameter(name, Any, str(_record(each).get("description") or ""), name in required)
            for name, each in properties.items()
        )
        self._is_open = schema.get("additionalProperties") not in (None, False)
        self._schema = {**schema, "type": "object", "properties": properties}

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema as it was given."""
        return {key: each for key, each in self._schema.items() if key != "$schema"}

    def check(self, tool: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as they are. Raises `ToolError` for missing and for unknown ones."""
        known = {each.name for each in self.all}
        unknown = [] if self._is_open else [key for key in data if key not in known]
        if unknown:
            raise ToolError(f"{tool} has no parameter {', '.join(map(repr, unknown))}", kind="arguments")
        missing = [each.name for each in self.all if each.required and each.name not in data]
        if missing:
            reasons = "; ".join(f"{name}: field required" for name in missing)
            raise ToolError(f"the arguments of {tool} do not fit: {reasons}", kind="arguments")
        return dict(data)


def _record(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
