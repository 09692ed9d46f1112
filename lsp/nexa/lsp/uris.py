"""The client's URIs ⇄ the paths that the compiler knows.

A `file:` URI becomes a path of this system; any other URI (`untitled:Untitled-1`) is its own path.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote, unquote

_DRIVE = re.compile(r"/?([A-Za-z]):(?=/|$)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_KEPT = "/:@!$&'()*+,;=-._~"
"""Characters of a path that need no percent sign in a URI."""


def to_path(uri: str) -> str:
    """The path of a `file:` URI, with a lower-case drive letter on Windows; other URIs as they are."""
    if uri[:5].lower() != "file:":
        return uri
    rest = uri[5:].split("#", 1)[0].split("?", 1)[0]
    host = ""
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        rest = slash + rest
    path = unquote(rest, errors="surrogateescape")
    if host and host != "localhost":
        return os.path.normpath(f"//{unquote(host)}{path}")
    drive = _DRIVE.match(path)
    if drive and os.name == "nt":
        path = f"{drive[1].lower()}:{path[drive.end() :] or '/'}"
    return os.path.normpath(path or "/")


def to_uri(path: str) -> str:
    """The `file:` URI of an absolute path; anything that is a URI already stays one."""
    if is_uri(path):
        return path
    text = Path(path).as_posix()
    if text.startswith("//"):
        return "file:" + _quoted(text)
    return "file://" + _quoted(text if text.startswith("/") else "/" + text)


def is_uri(path: str) -> bool:
    """Whether a path is not of this system. A drive letter alone is no scheme."""
    return _SCHEME.match(path) is not None and not Path(path).is_absolute()


def _quoted(text: str) -> str:
    return quote(text, safe=_KEPT, errors="surrogateescape")
