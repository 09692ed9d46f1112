"""Runs our commands as a user does: a process of its own, files in a folder, what it printed and how it ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NEXA = ("-m", "nexa.cli")
NEXA_LSP = ("-c", "import sys; from nexa.cli.lsp import main; sys.exit(main())")


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    def __iter__(self):
        return iter((self.status, self.out, self.err))


def run(
    command: Sequence[str],
    args: Sequence[str | Path],
    folder: Path,
    *,
    files: Mapping[str, str | bytes] | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    timeout: float = 60,
) -> Ran:
    """Write `files` into `folder`, run there. The cache and every colour setting are the test's own."""
    write_files(folder, files or {})
    done = subprocess.run(
        [sys.executable, *command, *map(str, args)],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=timeout,
        env=environment(folder, env or {}),
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(folder: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Ours without what would change the output, and with a cache that no other test shares."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEXA_", "FORCE_", "NO_COLOR"))}
    return {**kept, "NEXA_CACHE_DIR": str(folder.parent / f"{folder.name}-cache"), **more}


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Create files with their folders."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def check_cli(folder: Path, *args: str, files: Mapping[str, str | bytes] | None = None, **more) -> Ran:
    """`nexa-lsp --check` with these arguments. Whatever it is given, it never shows a traceback."""
    ran = run(NEXA_LSP, ["--check", *args], folder, files=files, **more)
    assert "Traceback" not in ran.err, ran.err
    assert ran.status in (0, 1, 2, 101), ran
    return ran
