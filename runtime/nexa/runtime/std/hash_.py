"""`std.hash`: check sums and Base64, over the text in UTF-8."""

from __future__ import annotations

import base64
import hashlib

from nexa.runtime.errors import ToolError


def hash_md5(text: str) -> str:
    """The MD5 sum in hexadecimal. Not for secrets."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def hash_sha256(text: str) -> str:
    """The SHA-256 sum in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def base64_encode(text: str) -> str:
    """The text in Base64."""
    return base64.b64encode(text.encode()).decode("ascii")


def base64_decode(text: str) -> str:
    """The text that the Base64 means."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError as error:
        raise ToolError(f"this is not the Base64 of a text: {error}", cause=error) from error


FUNCTIONS = {each.__name__: each for each in (hash_md5, hash_sha256, base64_encode, base64_decode)}
