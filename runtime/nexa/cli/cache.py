"""Remembered results: a group of files that did not change is not checked again.

An entry is valid while the bytes of everything that was read for it are the same. Entries of other versions are never
looked at; what cannot be read or understood counts as not there; writers replace whole files. The folder may be
deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nexa.cli.disk import Disk
from nexa.cli.report import Report, from_json, to_json
from nexa.compiler.version import VERSION

MAX_ENTRIES = 10_000
"""Above this, the older half is deleted."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a check of one group found; `needs` are the digests of what it read, None for what was not there."""

    reports: tuple[Report, ...]
    needs: dict[str, str | None]
    bugs: tuple[str, ...] = ()
    """Rules that failed, each with how; such a result is shown and not kept."""


def cache_folder() -> Path | None:
    """Where results are kept: NEXA_CACHE_DIR, or below the user's cache folder. None when there is no such place."""
    if chosen := os.environ.get("NEXA_CACHE_DIR"):
        return Path(chosen, "check")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    # An unexpanded `~` means that nobody knows our home.
    return Path(base, "nexa-lsp", "check") if base and os.path.isabs(base) else None


class Cache:
    """The entries of this very program under a folder; without a folder it remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / program_state() if folder else None
        self._stale = folder

    def key(self, paths: Sequence[str], settings: Sequence[str]) -> str:
        """What a group with these files and settings is stored under."""
        return blake2b(
            "\0".join((*settings, "", *sorted(paths))).encode("utf-8", "replace"), digest_size=16
        ).hexdigest()

    def get(self, key: str, disk: Disk) -> Remembered | None:
        """The entry if everything that it rests on is unchanged."""
        if self._folder is None:
            return None
        try:
            raw = json.loads((self._folder / f"{key}.json").read_bytes())
            found = _remembered(raw)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None
        return found if all(disk.digest(path) == digest for path, digest in found.needs.items()) else None

    def put(self, key: str, found: Remembered) -> None:
        """Store an entry; a full disk or a missing permission only costs the next check its speed."""
        if self._folder is None or found.bugs:
            return
        reports = [[to_json(one), one.context] for one in found.reports]
        text = json.dumps({"reports": reports, "needs": found.needs})
        with contextlib.suppress(OSError, UnicodeError):
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary = self._folder / f"{key}.{os.getpid()}.tmp"
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(self._folder / f"{key}.json")

    def tidy(self) -> None:
        """Delete what no check will look at again."""
        if self._folder is None or self._stale is None:
            return
        with contextlib.suppress(OSError):
            for other in self._stale.iterdir():
                if other != self._folder:
                    _delete(list(other.iterdir()))
                    other.rmdir()
            entries = list(self._folder.iterdir())
            if len(entries) > MAX_ENTRIES:
                _delete(sorted(entries, key=lambda one: one.stat().st_mtime)[: len(entries) // 2])


def _delete(paths: list[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _remembered(raw: Any) -> Remembered:  # noqa: ANN401  # JSON of unknown origin
    reports = tuple(from_json(one, str(context)) for one, context in raw["reports"])
    return Remembered(reports, dict(raw["needs"].items()))


def program_state() -> str:
    """Tells this state of the compiler from every other: its version, and the sizes and times of its files."""
    state = blake2b(f"{VERSION} {sys.version_info[:2]}".encode(), digest_size=8)
    for package in ("nexa.compiler", "nexa.syntax"):
        spec = find_spec(package)  # without importing it: a check that is remembered needs neither
        pending = list(spec.submodule_search_locations or ()) if spec else []
        while pending:
            with os.scandir(pending.pop()) as entries:
                for entry in sorted(entries, key=lambda one: one.name):
                    if entry.is_dir():
                        pending += [] if entry.name == "__pycache__" else [entry.path]
                    else:
                        status = entry.stat()
                        state.update(f"{entry.name} {status.st_size} {status.st_mtime_ns}".encode())
    return state.hexdigest()
