"""What MCP servers list and answer, as tools and values of a program."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from nexa.runtime.effects import done_once
from nexa.runtime.errors import ToolError
from nexa.runtime.image import image_of
from nexa.runtime.tool_schema import GivenSchema
from nexa.runtime.tools import Tool

if TYPE_CHECKING:
    from mcp_types import CallToolResult
    from mcp_types import Tool as Listed


def tool_of(listed: Listed, server: str, call: Callable[[str, Mapping[str, Any]], Awaitable[Any]]) -> Tool:
    """The tool that a server lists. What it did in an earlier run is not done again by one that starts from a node."""
    name = listed.name

    async def asked(arguments: Mapping[str, Any]) -> Any:
        return await call(name, arguments)

    invoke = done_once(f"mcp:{server}:{name}", asked)
    return Tool(name, listed.description or listed.title or "", GivenSchema(listed.input_schema), invoke)


def value_of(name: str, result: CallToolResult) -> Any:
    """The value of an answer: its structured content, else its text, else its pictures. Raises `ToolError`."""
    if result.is_error:
        raise ToolError(_text(result) or f"{name} failed")
    structured = result.structured_content
    if isinstance(structured, dict) and list(structured) == ["result"]:  # how servers wrap what is no record
        return structured["result"]
    if structured is not None:
        return structured
    if result.content and all(each.type == "image" for each in result.content):
        pictures = [image_of(name, b64decode(each.data)) for each in result.content]
        return pictures[0] if len(pictures) == 1 else pictures
    return _text(result)


def _text(result: CallToolResult) -> str:
    return "\n".join(filter(None, map(_part, result.content)))


def _part(content: Any) -> str:
    """A part of an answer as text; of what is none, what it is."""
    match content.type:
        case "text":
            return str(content.text)
        case "resource":
            resource = content.resource
            return str(getattr(resource, "text", None) or f"({resource.mime_type or 'data'}: {resource.uri})")
        case "resource_link":
            return f"{content.name}: {content.uri}"
        case _:
            return f"({content.mime_type})"
