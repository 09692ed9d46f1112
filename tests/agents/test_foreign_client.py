"""The official SDK's client speaks to our server."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from harness.agent import write

pytest.importorskip("mcp", reason="the SDK is not installed")

from mcp import Client, StdioServerParameters  # after the check that it is there
from mcp.client.stdio import stdio_client  # as above


@pytest.mark.parametrize("mode", ["legacy", "auto", "2026-07-28"])
async def test_the_official_client_understands_everything(tmp_path: Path, mode: str) -> None:
    write(tmp_path, {"a.nx": "flow main { print(nobody) }\n"})
    server = StdioServerParameters(command=sys.executable, args=["-m", "nexa.cli", "mcp", "--root", str(tmp_path)])
    async with Client(stdio_client(server), mode=mode) as client:
        tools = (await client.list_tools()).tools
        assert {"check", "explain", "describe", "reference"} <= {one.name for one in tools}
        answer = await client.call_tool("check", {"paths": ["a.nx"]})
        assert not answer.is_error
        assert answer.structured_content["findings"][0]["code"] == "NX201"
        assert "NX201" in answer.content[0].text
        assert (await client.call_tool("check", {"paths": ["../x"]})).is_error
        resources = (await client.list_resources()).resources
        assert (await client.read_resource(resources[0].uri)).contents[0].text
        assert (await client.list_resource_templates()).resource_templates
        prompts = (await client.list_prompts()).prompts
        message = (await client.get_prompt(prompts[0].name, {"task": "Sort letters."})).messages[0]
        assert "Sort letters." in message.content.text
