"""A small MCP server of the official SDK, for tests of clients: `python mcp_server.py PORT` listens on the loopback.

Without a port it speaks over standard streams.
"""

from __future__ import annotations

import sys

from mcp.server import MCPServer
from mcp.server.mcpserver import Image
from mcp.server.mcpserver.exceptions import ToolError

server = MCPServer("Cash office")

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@server.tool()
def add(a: int, b: int = 1) -> int:
    """Adds two numbers."""
    return a + b


@server.tool()
def rate(currency: str) -> dict[str, float | str]:
    """The rate of a currency."""
    return {"currency": currency, "rate": 1.25}


@server.tool(structured_output=False)
def greet(name: str) -> str:
    """Greets somebody."""
    return f"Hello, {name}!"


@server.tool()
def refuse(why: str) -> str:
    """Always fails."""
    raise ToolError(why)


@server.tool(structured_output=False)
def picture() -> Image:
    """A picture of one pixel."""
    return Image(data=PIXEL, format="png")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        server.run(transport="streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
    else:
        server.run()
