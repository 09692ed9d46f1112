"""Paths of routes: `/rooms/{id}`, `/files/*`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

_PART = re.compile(r"\{([^{}]*)\}|\*")
_LITERAL, _PARAMETER, _ANYTHING = 0, 1, 2


@dataclass(frozen=True, slots=True)
class PathPattern:
    """The path of a route. `rank` sorts the more specific first: literal segments, `{param}`s, `*`."""

    path: str
    pattern: re.Pattern[str]
    rank: tuple[int, ...]

    def match(self, path: str) -> dict[str, str] | None:
        """The parameters of a path that fits, None for one that does not. A `/` at the end makes no difference."""
        found = self.pattern.fullmatch(path.rstrip("/") or "/")
        return {name: unquote(value) for name, value in found.groupdict().items()} if found is not None else None


def compiled(path: str) -> PathPattern:
    """A pattern from its text. A `*` at the end takes any number of segments, elsewhere a part of one."""
    path = path.rstrip("/") or "/"
    pieces: list[str] = []
    end = 0
    for part in _PART.finditer(path):
        pieces.append(re.escape(path[end : part.start()]))
        end = part.end()
        if part[1] is not None:
            pieces.append(f"(?P<{part[1]}>[^/]+)")
        else:
            pieces.append(".*" if end == len(path) else "[^/]*")
    pieces.append(re.escape(path[end:]))
    return PathPattern(path, re.compile("".join(pieces), re.DOTALL), tuple(map(_kind, path.split("/")[1:])))


def _kind(segment: str) -> int:
    if "*" in segment:
        return _ANYTHING
    return _PARAMETER if "{" in segment else _LITERAL


def normal(path: str) -> str | None:
    """The path of a request with single slashes; None where it climbs with `..`, or tries to hide what it means."""
    segments = path.split("/")
    if not path.startswith("/") or "\0" in path or any(unquote(one) in (".", "..") or "\\" in one for one in segments):
        return None
    kept = [one for one in segments[:-1] if one]
    return "/" + "/".join([*kept, segments[-1]])


def is_below(path: str, prefix: str) -> bool:
    """Whether a path is the prefix or stands below it: `/admin/x` below `/admin`, `/administrator` not."""
    prefix = prefix.rstrip("/")
    return path == prefix or path.startswith(prefix + "/")
