"""What a tool is: a function from a call and its arguments to an answer, with what clients are told about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from nexa.cli.mcp.running import Runner
    from nexa.cli.mcp.workspace import Workspace

Json = dict[str, Any]

MAX_TEXT = 60_000
"""Characters of an answer for people; the structured one is whole."""


class Arguments(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, frozen=True):
    """What a tool takes. Subclasses have a field for each argument, with its meaning."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The same in two forms: `text` to read, `data` to compute with."""

    text: str
    data: Json
    is_failure: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """What tools work with. `is_wanted` says no when the client has given up."""

    open: Callable[[], Workspace]
    is_wanted: Callable[[], bool]
    runner: Runner | None = None
    """Starts programs, where that is allowed."""
    tell: Callable[[float, str], None] = lambda _done, _message: None
    """Tells the client how far something is, if it wants to know."""

    @property
    def workspace(self) -> Workspace:
        """The files that are asked about."""
        return self.open()


Later = Callable[[Callable[[Answer], None]], Callable[[], None]]
"""Work that goes on while other requests are served: takes who wants the answer, gives what calls it off."""


@dataclass(frozen=True, slots=True)
class Tool:
    """What clients are told; `nexa.cli.mcp.answers` has how it answers. `writes` says that it may change files."""

    name: str
    title: str
    description: str
    arguments: type[Arguments]
    module: str = ""
    """Under which name it answers there, if not its own."""
    writes: bool = False
    is_timeless: bool = False
    """Whether its answers do not depend on files."""
    runs: bool = False
    """Whether it runs programs, and is there only where that is allowed."""

    def run(self, call: Call, given: Arguments) -> Answer | Later:
        """Answer. Raises Refused for what cannot be answered."""
        found: Answer | Later = import_module(f"nexa.cli.mcp.answers.{self.module or self.name}").run(call, given)
        return found

    def declared(self) -> Json:
        """As `tools/list` tells it."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": schema_of(self.arguments),
            "annotations": {
                "title": self.title,
                "readOnlyHint": not (self.writes or self.runs),
                "destructiveHint": self.writes or self.runs,
                "idempotentHint": not self.runs,
                "openWorldHint": self.runs,
            },
        }


def schema_of(arguments: type[Arguments]) -> Json:
    """The JSON schema of arguments. What may be left out may also be null; models are told the plain type."""
    (_,), known = msgspec.json.schema_components([arguments], ref_template="#/$defs/{name}")
    schema = known.pop(arguments.__name__)
    properties = {name: _plain(one) for name, one in schema["properties"].items()}
    rest = {"required": schema["required"]} if schema.get("required") else {}
    return {"type": "object", "properties": properties, **rest, "additionalProperties": False}


def _plain(one: Json) -> Json:
    plain = {key: value for key, value in one.items() if key not in ("anyOf", "default")}
    if one.get("default") is not None:
        plain["default"] = one["default"]
    choices = [choice for choice in one.get("anyOf", ()) if choice != {"type": "null"}]
    return {**plain, **choices[0]} if len(choices) == 1 else one if choices else plain


def cut(text: str, limit: int = MAX_TEXT) -> str:
    """A text that is not too long for a model to read."""
    return text if len(text) <= limit else f"{text[:limit]}\n… (cut; {len(text):,} characters)"


@dataclass(slots=True)
class Lines:
    """Collects the text of an answer."""

    rows: list[str] = field(default_factory=list)

    def add(self, *rows: str) -> None:
        """Those that say something, each on a line."""
        self.rows += [row for row in rows if row]

    @property
    def text(self) -> str:
        """All of it."""
        return cut("\n".join(self.rows))
