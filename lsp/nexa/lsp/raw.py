"""Reading the parameters of messages that are handled as plain JSON.

Nearly all of them are: lsprotocol takes longer to import than everything else together, and more memory than a file of
ten thousand lines. Each function raises RequestError (-32602) for another shape.
"""

from __future__ import annotations

from nexa.lsp.errors import invalid
from nexa.lsp.messages import Json


def member(value: Json, *path: str) -> Json:
    """What stands at a path of objects."""
    for at, name in enumerate(path):
        if not isinstance(value, dict) or name not in value:
            raise invalid(f"`{'.'.join(path[: at + 1])}` is missing")
        value = value[name]
    return value


def text(value: Json, *path: str) -> str:
    """A string at a path."""
    found = member(value, *path)
    if not isinstance(found, str):
        raise invalid(f"`{'.'.join(path)}` must be a string")
    return found


def integer(value: Json, *path: str) -> int:
    """A whole number at a path."""
    found = member(value, *path)
    if not isinstance(found, int) or isinstance(found, bool):
        raise invalid(f"`{'.'.join(path)}` must be an integer")
    return found


def version(value: Json) -> int | None:
    """The version of a document; clients may leave it out."""
    found = member(value, "textDocument").get("version")
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def items(value: Json, *path: str) -> list[Json]:
    """An array at a path."""
    found = member(value, *path)
    if not isinstance(found, list):
        raise invalid(f"`{'.'.join(path)}` must be an array")
    return found


def place(value: Json) -> tuple[str, int, int]:
    """Document, line and character of a request about a place."""
    return text(value, "textDocument", "uri"), *position(value, "position")


def position(value: Json, *path: str) -> tuple[int, int]:
    """Line and character at a path."""
    found = member(value, *path)
    return integer(found, "line"), integer(found, "character")
