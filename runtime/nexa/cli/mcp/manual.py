"""The page about the server that is generated: `docs/agents.md`."""

from __future__ import annotations

import json
from typing import Any

from nexa.cli.mcp.prompts import PROMPTS
from nexa.cli.mcp.resources import TEMPLATES
from nexa.cli.mcp.tool import Tool
from nexa.cli.mcp.tools import TOOLS

Json = dict[str, Any]

_COMMAND: Json = {"command": "nexa", "args": ["mcp"]}
_IN_FOLDER: Json = {"command": "nexa", "args": ["mcp", "--root", "${workspaceFolder}"]}

_CLIENTS: tuple[tuple[str, str, Json], ...] = (
    (
        "Claude Code",
        "`claude mcp add nexa -- nexa mcp`, or `.mcp.json` in the project's root:",
        {"mcpServers": {"nexa": _COMMAND}},
    ),
    ("Visual Studio Code", "`.vscode/mcp.json`:", {"servers": {"nexa": {"type": "stdio", **_IN_FOLDER}}}),
    ("Cursor", "`.cursor/mcp.json`:", {"mcpServers": {"nexa": _IN_FOLDER}}),
    ("Zed", "`settings.json`:", {"context_servers": {"nexa": {**_COMMAND, "env": {}}}}),
)


def agents() -> str:
    """All of it."""
    return "\n\n".join([_HEAD, *(_client(*one) for one in _CLIENTS), _OFFER, _tools(), *map(_tool, TOOLS), _rest()])


_HEAD = """\
# Coding agents

`nexa mcp` gives a coding agent what an editor gets from `nexa-lsp`: the findings, the meaning of names, the graph, the
manual. It speaks the Model Context Protocol over standard input and output, in the versions from 2024-11-05 to
2026-07-28, needs nothing but `nexa-lsp` itself, and answers from the same compiler and index as the language server.

## Register it

Where `nexa` is not on the path of the client, write its full path. The folders that the agent may read are those that
the client names as its roots; with `--root DIR` those and no others; else the folder in which the client starts it."""

_OFFER = """\
Add `"--allow-run"` to the arguments to let the agent run flows. Without it there is no tool that runs anything.

## What it may do

- It reads `.nx`, `.nxlib` and `.nxs` files in the roots, and what they include or name there. Whatever lies outside of
  the roots is not read: not through `..`, not through links, not through an `include`. Take the project's root, so that
  its `nexa.toml` counts.
- No value of a `.nxs` file is shown.
- It writes only when `format` or `fix` is called with `apply`.
- It runs nothing, and uses no network. With `--allow-run`, `run` starts `nexa run --mock` as a process of its own, with
  a time limit; it ends when the client cancels the request. Models answer offline then, but tools, `python!` blocks and
  `std.shell` of the program do what they say.

Files are looked at again with each call, and only what has changed is read. Paths are relative to the root; of several
roots, the name of the root stands in front. Lines and columns count from 1, columns in characters. Each answer comes as
text and as structured content."""


def _client(name: str, where: str, written: Json) -> str:
    return f"### {name}\n\n{where}\n\n```json\n{json.dumps(written, indent=2)}\n```"


def _tools() -> str:
    rows = [f"| [`{one.name}`](#{one.name}) | {one.title} | {_does(one)} |" for one in TOOLS]
    return "\n".join(["## Tools", "", "| tool | | |", "|---|---|---|", *rows])


def _does(tool: Tool) -> str:
    return "runs, with `--allow-run` only" if tool.runs else "writes, with `apply`" if tool.writes else "reads"


def _tool(tool: Tool) -> str:
    schema = tool.declared()["inputSchema"]
    needed = schema.get("required", [])
    rows = [
        f"| `{name}` | {_type(one, name in needed)} | {one['description']} |"
        for name, one in schema["properties"].items()
    ]
    return "\n".join([f"### {tool.name}", "", tool.description, "", "| argument | | |", "|---|---|---|", *rows])


def _type(one: Json, is_needed: bool) -> str:  # a fact about an argument
    kind = ", ".join(f"`{choice}`" for choice in one["enum"]) if "enum" in one else str(one.get("type", "any"))
    items = f" of {one['items']['type']}" if "items" in one else ""
    default = f", by default `{json.dumps(one['default'])}`" if "default" in one else ""
    return f"{kind}{items}{default}{', needed' if is_needed else ''}"


def _rest() -> str:
    resources = [f"| `{one['uriTemplate']}` | {one['title']} |" for one in TEMPLATES]
    prompts = [f"| `{one.name}` | {one.description} |" for one in PROMPTS]
    return "\n".join(
        [
            *("## Resources", "", "| resource | |", "|---|---|", "| `nexa://rules` | All rules |", *resources, ""),
            *("## Prompts", "", "| prompt | |", "|---|---|", *prompts),
        ]
    )
