"""The folders that may be read, and how the files in them are called.

Nothing outside of them is read, whatever a path, a link or an `include` says.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from nexa.cli.mcp.refused import Refused
from nexa.lsp.listing import outermost
from nexa.lsp.uris import is_uri, to_path


class Roots:
    """Immutable. Paths are relative to a root; where there are several, the root's name stands in front."""

    def __init__(self, folders: Iterable[str]) -> None:
        """`folders` are paths; those that are no folder are left out."""
        absolute = [os.path.normpath(Path(one).absolute()) for one in folders if one and "\0" not in one]
        self.folders = tuple(one for one in outermost(absolute) if Path(one).is_dir())
        self._real = tuple(os.path.realpath(one) for one in self.folders)
        self._names = dict(zip(_names(self.folders), self.folders, strict=True))

    def root_of(self, path: str) -> str | None:
        """The root that an absolute path lies in by its text."""
        return next((one for one in self.folders if _is_in(path, one)), None)

    def allows(self, path: str) -> bool:
        """Whether what stands at an absolute path may be read: it lies in a root, also when links are followed."""
        if self.root_of(path) is None:
            return False
        try:
            real = os.path.realpath(path)
        except (OSError, ValueError):
            return False
        return any(_is_in(real, one) for one in self._real)

    def resolve(self, written: str) -> str:
        """The absolute path that an agent means. Raises Refused for one that may not be read."""
        path = to_path(written)
        if not written or "\0" in path or is_uri(path):
            raise Refused(f"{written!r} is not a path; give one relative to the root, such as `flows/main.nx`")
        found = os.path.normpath(path) if Path(path).is_absolute() else self._joined(path)
        if not self.allows(found):
            raise Refused(f"{written!r} lies outside of the roots: {', '.join(self.folders) or 'there is none'}")
        return found

    def show(self, path: str) -> str:
        """How a path is told to the agent, always with `/`. What lies elsewhere is not told whole."""
        for name, root in self._names.items():
            if _is_in(path, root):
                rest = os.path.relpath(path, root)
                shown = rest if len(self.folders) == 1 else os.path.normpath(Path(name, rest))
                # A name that is no UTF-8 reaches Python as surrogates, which JSON cannot hold.
                return os.fsencode(shown).decode("utf-8", "replace").replace(os.sep, "/")
        return f"(outside of the roots) {Path(path).name}"

    def _joined(self, path: str) -> str:
        head, _, rest = path.replace(os.sep, "/").partition("/")
        if len(self.folders) > 1 and head in self._names:
            return os.path.normpath(Path(self._names[head], rest))
        tried = [os.path.normpath(Path(root, path)) for root in self.folders]
        # A name that is too long for the system is nowhere.
        return next(filter(os.path.lexists, tried), tried[0] if tried else path)


def _names(folders: Iterable[str]) -> Iterator[str]:
    """Each root's last part, with a number where an earlier one has the same."""
    seen: dict[str, int] = {}
    for folder in folders:
        name = Path(folder).name or "root"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(os.path.join(folder, ""))  # text only, with a separator
