"""What an MCP server is told of a program's secrets: what `[mcp."…"]` of `nexa.toml` names, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nexa.runtime.run import Run


@dataclass(frozen=True, slots=True)
class Access:
    """The headers of requests to a server; the variables that a command gets besides a handful."""

    headers: Mapping[str, str]
    environment: dict[str, str]

    def __repr__(self) -> str:
        return "Access(***)"


def access_to(run: Run, address: str) -> Access:
    """What the server at an address is told. Raises `SecretError` for a secret that is configured nowhere."""
    table = _table(run.configuration.mcp, address)
    headers: dict[str, str] = {}
    if table.get("token"):
        token = run.secret(str(table["token"])).reveal()
        name = str(table.get("header") or "")
        headers = {name: token} if name else {"Authorization": f"Bearer {token}"}
    return Access(headers, {name: run.secret(name).reveal() for name in table.get("env", ())})


def _table(tables: Mapping[str, Mapping[str, Any]], address: str) -> Mapping[str, Any]:
    """The table whose name is the longest beginning of the address, up to a boundary: no other host, no other word."""
    found = [name for name in tables if _begins(address, name.rstrip("/ "))]
    return tables[max(found, key=len)] if found else {}


def _begins(address: str, name: str) -> bool:
    return bool(name) and address.startswith(name) and address[len(name) : len(name) + 1] in ("", "/", "?", "#", " ")
