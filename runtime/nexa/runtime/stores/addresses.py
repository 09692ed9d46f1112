"""Where a database or store is: `sqlite://notes.db`, `sqlite://:memory:`, `postgres://…`, or just a path."""

from __future__ import annotations

import re
from typing import Any

from nexa.runtime.errors import NexaError
from nexa.runtime.text import text
from nexa.runtime.values import Secret

MEMORY = ":memory:"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_PASSWORD = re.compile(r"(?<=//)[^/@]*@")


def address_of(value: Any) -> str:
    """The address as a text. One that is a secret is used as what it is."""
    return (value.reveal() if isinstance(value, Secret) else text(value)).strip()


def scheme_of(address: str) -> str:
    """The scheme of a URL in small letters; `""` for a path."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def sqlite_path(address: str, error: type[NexaError]) -> str:
    """The file of a SQLite address, or `:memory:`. Paths count from the working directory. Raises `error`."""
    scheme = scheme_of(address)
    if scheme not in ("", "sqlite"):
        raise error(f"`{scheme}://` is no address of a SQLite file: write `sqlite://` and its path")
    path = address[len("sqlite://") :] if scheme else address
    if not path:
        raise error("the address names no file: write its path, or `:memory:`")
    return path


def shown(address: str) -> str:
    """The address as messages have it, without user and password."""
    return _PASSWORD.sub("***@", address)
