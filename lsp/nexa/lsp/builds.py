"""Builds that the editor asked for: `nexa build` in a child process."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nexa.lsp import processes
from nexa.lsp.channel import Channel
from nexa.lsp.errors import failed
from nexa.lsp.later import Later
from nexa.lsp.messages import Json
from nexa.lsp.uris import to_uri

BUILD_COMMAND = (sys.executable, "-m", "nexa.cli", "build", "--json")


def build(channel: Channel, path: str, language: str, command: tuple[str, ...] = BUILD_COMMAND) -> Later:
    """Write a program as Python beside it; answers with `{path, uri}` of what was written."""
    later = Later()
    lines: list[bytes] = []

    def end(status: int) -> None:
        output = _output(lines)
        if status == 0 and output is not None:
            written = str(Path(path).parent / output)
            later.give({"path": written, "uri": to_uri(written)})
        else:
            later.give(failed(child.error_text() or f"nexa build ended with status {status}"))

    try:
        child = processes.start(
            (*command, path), str(Path(path).parent), channel.post, lines.append, end, language=language
        )
    except OSError as error:
        raise failed(f"the build could not be started: {error}") from error
    return later


def _output(lines: list[bytes]) -> str | None:
    for line in lines:
        try:
            said: Json = json.loads(line)
        except ValueError:
            continue
        output = said.get("output") if isinstance(said, dict) else None
        if isinstance(output, str):
            return output
    return None
