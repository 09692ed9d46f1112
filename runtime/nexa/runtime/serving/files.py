"""Static files: only what stands below the folder, and nothing whose name begins with a dot."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from nexa.runtime.serving.paths import is_below
from nexa.runtime.serving.site import Static

INDEX = "index.html"


def file_of(statics: Iterable[Static], path: str) -> Path | None:
    """The file that a path of a request stands for; None if there is none."""
    for static in statics:
        if is_below(path, static.prefix):
            found = _below(Path(static.base) / static.folder, path[len(static.prefix.rstrip("/")) :])
            if found is not None:
                return found
    return None


def _below(folder: Path, rest: str) -> Path | None:
    names = [unquote(one) for one in rest.split("/") if one]
    if any(name.startswith(".") or "/" in name or "\\" in name or "\0" in name or ":" in name for name in names):
        return None
    try:
        root = folder.resolve(strict=True)
        found = root.joinpath(*names).resolve(strict=True)
        if found.is_dir():
            found = (found / INDEX).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return found if found.is_file() and found.is_relative_to(root) else None
