"""Compiled programs, remembered: a program whose files did not change is not analysed again before it is run."""

from __future__ import annotations

import contextlib
import json
import marshal
import os
from hashlib import blake2b
from pathlib import Path
from types import CodeType

from nexa.cli.cache import cache_folder, program_state
from nexa.cli.opened import Source, shown

MAX_ENTRIES = 500
"""Above this, the older half is deleted."""


class CompiledCache:
    """Code of programs under a folder. Entries of other versions of us or of Python are never looked at."""

    def __init__(self, variant: str = "") -> None:
        """`variant` tells apart what was compiled for different ends from the same files."""
        self._variant = variant
        folder = cache_folder()
        self._folder = Path(folder).parent / "run" / program_state() if folder else None

    def get(self, source: Source) -> tuple[CodeType, ...] | None:
        """The code of a program if everything that it was made from is unchanged."""
        if self._folder is None:
            return None
        try:
            head, _, body = (self._folder / self._name(source)).read_bytes().partition(b"\n")
            needs: dict[str, str | None] = json.loads(head)
            if any(source.disk.digest(path) != digest for path, digest in needs.items()):
                return None
            units = marshal.loads(body)
        except (OSError, ValueError, EOFError, TypeError, AttributeError):
            return None
        return units if isinstance(units, tuple) else None

    def put(self, source: Source, needs: dict[str, str | None], units: tuple[CodeType, ...]) -> None:
        """Keep the code; a full disk or a missing permission only costs the next start its speed."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self._folder.mkdir(parents=True, exist_ok=True)
            target = self._folder / self._name(source)
            temporary = target.with_suffix(f".{os.getpid()}.tmp")
            temporary.write_bytes(json.dumps(needs).encode() + b"\n" + marshal.dumps(units))
            temporary.replace(target)
            self._tidy()

    def _tidy(self) -> None:
        assert self._folder is not None  # the caller has looked
        entries = list(self._folder.iterdir())
        if len(entries) > MAX_ENTRIES:
            for entry in sorted(entries, key=lambda one: one.stat().st_mtime)[: len(entries) // 2]:
                entry.unlink(missing_ok=True)

    def _name(self, source: Source) -> str:
        """A program under certain settings, as its tracebacks call it."""
        variant = f"{self._variant} parallel" if source.is_parallel else self._variant
        parts = (variant, source.path, shown(source.path), *source.task.settings)
        return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
