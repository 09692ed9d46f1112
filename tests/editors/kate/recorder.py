"""Stands between an editor and a language server and keeps what both say: `python recorder.py FOLDER COMMAND…`.

FOLDER gets two files, `client` and `server`, with the bytes of each side.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path


def copy(source: int, target: int, kept: Path) -> None:
    """Pass everything on at once, and keep it."""
    with kept.open("ab", buffering=0) as log:
        while data := os.read(source, 65536):
            log.write(data)
            os.write(target, data)


def main(folder: Path, command: list[str]) -> int:
    """Run the server until its editor is gone."""
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert server.stdin is not None
    assert server.stdout is not None
    answers = (server.stdout.fileno(), sys.stdout.fileno(), folder / "server")
    threading.Thread(target=copy, args=answers, daemon=True).start()
    copy(sys.stdin.fileno(), server.stdin.fileno(), folder / "client")
    server.stdin.close()
    return server.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
