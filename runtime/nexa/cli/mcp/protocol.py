"""Versions of the protocol, and what each wants of a result.

Up to 2025-11-25 a connection begins with `initialize`; from 2026-07-28 on each request says its version itself, and
results say that they are complete and how long they may be kept.
"""

from __future__ import annotations

from typing import Any

from nexa.compiler.version import VERSION
from nexa.lsp.messages import Fault

Json = dict[str, Any]

HANDSHAKE = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
STATELESS = ("2026-07-28",)

RESOURCE_NOT_FOUND = -32002
UNSUPPORTED_VERSION = -32022

_VERSION_KEY = "io.modelcontextprotocol/protocolVersion"
_SERVER_KEY = "io.modelcontextprotocol/serverInfo"

SERVER: Json = {"name": "nexa", "title": "Nexa", "version": VERSION}

CAPABILITIES: Json = {"tools": {}, "resources": {}, "prompts": {}, "completions": {}}

INSTRUCTIONS = (
    "Nexa (.nx) is a language for workflows of language-model agents. Before you write it, read `reference` (section "
    "2, and an example): it is not Python. Look up builtins with `lookup`. Pass every text to `check` before you save "
    "it, and again after each change; `explain` tells what a code means, `fix` answers what has a safe fix, `format` "
    "lays the program out. `describe`, `definition`, `references` and `symbols` answer from the compiler's index of "
    "the workspace; prefer them to searching text. Paths are relative to the root; lines and columns count from 1."
)


def versions_agreed(asked: object) -> str:
    """The version of a connection that begins with `initialize`."""
    return asked if isinstance(asked, str) and asked in HANDSHAKE else HANDSHAKE[-1]


def version_of(params: object) -> object:
    """The version that a request names itself; None where the connection has one."""
    meta = params.get("_meta") if isinstance(params, dict) else None
    return meta.get(_VERSION_KEY) if isinstance(meta, dict) else None


def progress_token(params: object) -> str | int | None:
    """What the client wants to be told progress under."""
    meta = params.get("_meta") if isinstance(params, dict) else None
    token = meta.get("progressToken") if isinstance(meta, dict) else None
    return token if isinstance(token, str | int) and not isinstance(token, bool) else None


def unsupported(asked: object) -> Fault:
    """The answer to a request in a version that we do not speak."""
    return Fault(UNSUPPORTED_VERSION, f"version {asked!r} of the protocol is not spoken here", data=_spoken(asked))


def _spoken(asked: object) -> Json:
    return {"supported": list(STATELESS), "requested": asked if isinstance(asked, str) else str(asked)}


def discovered() -> Json:
    """The answer to `server/discover`."""
    return {"supportedVersions": list(STATELESS), "capabilities": CAPABILITIES, "instructions": INSTRUCTIONS}


def complete(method: str, result: Json) -> Json:
    """A result as stateless versions want it: nothing here may be kept, since files change at any time."""
    kept = (
        {} if method in ("tools/call", "prompts/get", "completion/complete") else {"ttlMs": 0, "cacheScope": "private"}
    )
    return {**result, "resultType": "complete", **kept, "_meta": {_SERVER_KEY: SERVER}}
