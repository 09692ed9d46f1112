"""A tool's parameters: what a model is told of them, and what its arguments are checked against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema, of type object."""
        if not self.all:
            return {"type": "object", "properties": {}}
        schema: dict[str, Any] = without_titles(self._checker().model_json_schema())
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
