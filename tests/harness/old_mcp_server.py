"""An MCP server of an older version of the protocol, written out: it starts fast, hangs, dies, and notes what it hears.

Its notes go into `server.txt` in the folder where it is started, a line each.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

VERSION = "2025-06-18"
PAGES = (("add", "wait"), ("leave", "environment", "folder"))


def note(what: str) -> None:
    with Path("server.txt").open("a", encoding="utf-8") as file:
        file.write(what + "\n")


def tool(name: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"a": {"type": "integer"}} if name == "add" else {}}
    return {"name": name, "inputSchema": schema}


def called(name: str, arguments: dict[str, Any]) -> str | None:
    """What a tool answers; None if it does not."""
    match name:
        case "add":
            return str(arguments["a"] + 1)
        case "leave":
            os._exit(3)
        case "environment":
            return " ".join(sorted(os.environ))
        case "folder":
            return str(Path.cwd())
        case _:
            return None


def answer(method: str, params: dict[str, Any]) -> dict[str, Any] | None:
    match method:
        case "initialize":
            about = {"name": "old", "version": "1"}
            return {"protocolVersion": VERSION, "capabilities": {"tools": {}}, "serverInfo": about}
        case "tools/list":
            page = int(params.get("cursor") or 0)
            more = {"nextCursor": str(page + 1)} if page + 1 < len(PAGES) else {}
            return {"tools": [tool(name) for name in PAGES[page]], **more}
        case "tools/call":
            text = called(params["name"], params.get("arguments") or {})
            return None if text is None else {"content": [{"type": "text", "text": text}]}
        case _:
            return {}


def main() -> None:
    note(f"started {os.getpid()}")
    for line in sys.stdin:
        asked = json.loads(line)
        if "id" not in asked:
            note(asked["method"])
            continue
        reply: dict[str, Any] = {"jsonrpc": "2.0", "id": asked["id"]}
        if asked["method"] == "server/discover":
            reply["error"] = {"code": -32601, "message": "unknown method"}
        else:
            result = answer(asked["method"], asked.get("params") or {})
            if result is None:
                continue
            reply["result"] = result
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
