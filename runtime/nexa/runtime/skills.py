"""Skill documents: Markdown files whose headings are tools where a fenced block specifies one.

The tool has the name of its heading, and is described by the text under it. The block is marked `tool`, and holds, as
JSON or TOML, what a `tool` declaration of a program may say. Without `python` or `mcp` a call answers with the text
under the heading: instructions that a model reads when it needs them. A document without any such block is one skill as
a whole. Paths are relative to the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexa.runtime.declared_tool import DeclaredTool
from nexa.runtime.errors import ToolError
from nexa.runtime.run import current
from nexa.runtime.tool_schema import GivenSchema, Parameters
from nexa.runtime.tools import Tool, ToolOptions

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$")

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)

_KEYS = ("name", "description", "parameters", "returns", "python", "mcp", *ToolOptions.__slots__)
_FLAGS = ("threaded", "requires_approval", "sandbox")


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, up to the next; the lines of each fenced block marked `tool` apart."""

    title: str
    lines: list[str] = field(default_factory=list)
    specs: list[tuple[int, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text without the blocks."""
        return "\n".join(self.lines).strip()


async def tools_of_document(path: Path) -> tuple[Tool, ...]:
    """The tools of a document; none, and a warning, if it does not exist. Raises `ToolError` with the place."""
    try:
        written = path.read_text(encoding="utf-8-sig")  # with universal newlines
    except FileNotFoundError:
        current().log("warning", f"the skill document {path} does not exist: it offers no tools")
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise ToolError(f"cannot read the skill document {path}: {error}", cause=error) from error
    found = list(sections(written))
    if not any(section.specs for section in found):
        return (_whole(path, written),)
    return tuple([tool for section in found for spec in section.specs for tool in await _tools(path, section, *spec)])


def sections(written: str) -> Iterator[Section]:
    """The headings of a document in order; what stands before the first is a section without a title."""
    section = Section("")
    fence, first, block = "", 0, list[str]()
    for number, line in enumerate(written.splitlines(), 1):
        mark = _FENCE.match(line)
        if fence and mark is not None and mark[1].startswith(fence) and not mark[2].strip():
            section.specs.append((first, "\n".join(block)))
            fence = ""
        elif fence:
            block.append(line)
        elif mark is not None and "tool" in mark[2].lower().split():
            fence, first, block = mark[1], number, []
        elif mark is None and (heading := _HEADING.match(line)) is not None and not _in_code(section.lines):
            yield section
            section = Section(heading[1])
        else:
            section.lines.append(line)
    if fence:
        section.specs.append((first, "\n".join(block)))
    yield section


def _in_code(lines: list[str]) -> bool:
    """Whether what follows the lines stands in another fenced block."""
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark is None:
            continue
        if not fence:
            fence = mark[1]
        elif mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
    return bool(fence)


async def _tools(path: Path, section: Section, line: int, block: str) -> tuple[Tool, ...]:
    place = f"{path}:{line}"
    spec = _read(place, block)
    name = spec.pop("name", section.title)
    if not name:
        raise ToolError(f"{place}: the tool has no name: put it under a heading, or give it `name`")
    about = spec.pop("description", "") or section.text or section.title
    schema = spec.pop("parameters", {})
    declared = DeclaredTool(
        name,
        description=about,
        parameters=_parameters(schema),
        base=str(path.parent),
        answer=section.text or about,
        **spec,
    )
    return await declared.tools()


def _read(place: str, block: str) -> dict[str, Any]:
    """What a block says. Raises `ToolError` for what cannot be read or is not known."""
    spec = _json_or_toml(place, block)
    for key, value in spec.items():
        if key not in _KEYS:
            raise ToolError(f"{place}: a tool has no `{key}`; it has {', '.join(_KEYS)}")
        wanted: tuple[type, ...] = (str,)
        if key == "parameters":
            wanted = (dict,)
        elif key in _FLAGS:
            wanted = (bool,)
        elif key == "timeout":
            wanted = (int, float)
        if not isinstance(value, wanted) or (key == "timeout" and isinstance(value, bool)):
            kinds = {str: "a text", dict: "a table", bool: "true or false", int: "a number"}
            raise ToolError(f"{place}: `{key}` is {kinds[wanted[0]]}")
    return spec


def _json_or_toml(place: str, block: str) -> dict[str, Any]:
    import tomllib

    import msgspec

    if block.lstrip().startswith("{"):
        try:
            return msgspec.json.decode(block, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise ToolError(f"{place}: the tool is not readable as JSON: {error}") from None
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise ToolError(f"{place}: the tool is not readable as TOML: {error}") from None


def _parameters(given: Mapping[str, Any]) -> Parameters | Mapping[str, Any] | None:
    """Types or descriptions by name, schemas by name, or the schema of all."""
    if all(isinstance(each, str) for each in given.values()):
        return given or None
    if given.get("type") == "object":
        return GivenSchema(given)
    properties = {name: {"description": each} if isinstance(each, str) else each for name, each in given.items()}
    required = [name for name, each in properties.items() if isinstance(each, Mapping) and "default" not in each]
    return GivenSchema({"properties": properties, "required": required})


def _whole(path: Path, written: str) -> Tool:
    """The document as one skill: what its front matter or first paragraph says of it, answered by all of it."""
    front = _FRONT_MATTER.match(written)
    text = written[front.end() :] if front is not None else written
    named = dict(line.partition(":")[::2] for line in front[1].splitlines()) if front is not None else {}
    name, about = (named.get(key, "").strip().strip("\"'") for key in ("name", "description"))
    found = list(sections(text))
    paragraphs = (part.strip() for each in found for part in each.text.split("\n\n"))
    about = about or next(filter(None, paragraphs), "") or next((each.title for each in found if each.title), "")

    async def read(_: Mapping[str, Any]) -> str:
        return text.strip()

    return Tool(name or path.stem, about or f"Read {path.name}.", Parameters(()), read)
