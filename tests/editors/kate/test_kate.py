"""docs/editors/kate in a real Kate without a screen: it starts the server by settings.json, and is answered."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from editors.kate.kate import DEFINITIONS, environment, unpacked
from harness.editors import WORKSPACE

PATIENCE = 60.0
RECORDER = Path(__file__).with_name("recorder.py")
Message = dict[str, Any]


class Kate:
    """A running Kate, and what it and the server said to each other."""

    def __init__(self, folder: Path, file: str) -> None:
        tree = unpacked()
        self._said = folder / "said"
        home, programs = folder / "home", folder / "programs"
        settings = home / ".config" / "kate" / "lspclient"
        syntax = home / ".local" / "share" / "org.kde.syntax-highlighting" / "syntax"
        for path in (self._said, programs, settings, syntax, folder / "runtime", folder / "work"):
            path.mkdir(parents=True)
        (folder / "runtime").chmod(0o700)
        for name, text in {**WORKSPACE, "keys.nxs": 'A = "b"\n'}.items():
            (folder / "work" / name).write_text(text, encoding="utf-8")
        shutil.copy(DEFINITIONS / "settings.json", settings)
        for path in DEFINITIONS.glob("*.xml"):
            shutil.copy(path, syntax)
        server = programs / "nexa-lsp"
        real = Path(sys.executable).with_name("nexa-lsp")
        server.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "{RECORDER}" "{self._said}" "{real}"\n', encoding="utf-8"
        )
        server.chmod(0o755)
        # The plugin, and what a user says once to "Do you want the LSP server to be started?".
        allowed = f"[Kate Plugins]\nlspclientplugin=true\n\n[lspclient]\nAllowedServerCommandLines={server}\n"
        (home / ".config" / "katerc").write_text(allowed, encoding="utf-8")
        variables = environment(tree, home)
        variables |= {"PATH": f"{programs}:{variables['PATH']}", "XDG_RUNTIME_DIR": str(folder / "runtime")}
        command = [*tree.program("usr/bin/kate"), "--new", "--block", str(folder / "work" / file)]
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)

    def close(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def heard(self, side: str, wanted: Callable[[Message], bool]) -> Message:
        """The first such message of `client` or `server`; waits for it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for message in _messages(self._said / side):
                if wanted(message):
                    return message
            time.sleep(0.2)
        said = [message.get("method") for message in _messages(self._said / side)]
        raise AssertionError(f"{side} said {said}\n{self._log.read_text(errors='replace')}")


def _messages(path: Path) -> Iterator[Message]:
    """What was said in full so far."""
    data = path.read_bytes() if path.exists() else b""
    while length := re.match(rb"\s*Content-Length: (\d+)", data):
        _, found, rest = data.partition(b"\r\n\r\n")
        size = int(length[1])
        if not found or len(rest) < size:
            return
        yield json.loads(rest[:size])
        data = rest[size:]


@pytest.fixture
def kate(tmp_path: Path) -> Iterator[Callable[[str], Kate]]:
    opened: list[Kate] = []

    def open_(file: str) -> Kate:
        opened.append(Kate(tmp_path, file))
        return opened[-1]

    yield open_
    for editor in opened:
        editor.close()


def method(name: str) -> Callable[[Message], bool]:
    return lambda message: message.get("method") == name


def test_a_program_is_opened_and_its_mistakes_arrive(kate: Callable[[str], Kate]) -> None:
    editor = kate("faulty.nx")
    started = editor.heard("client", method("initialize"))["params"]
    assert started["rootUri"].endswith("/work")  # where nexa.toml is
    opened = editor.heard("client", method("textDocument/didOpen"))["params"]["textDocument"]
    assert opened["languageId"] == "nexa"
    assert opened["text"] == WORKSPACE["faulty.nx"]
    published = editor.heard("server", method("textDocument/publishDiagnostics"))["params"]
    assert [finding["code"] for finding in published["diagnostics"]] == ["NX201"]
    outline = editor.heard("server", _is_outline)["result"]
    assert [symbol["name"] for symbol in outline] == ["Writer", "main"]


def _is_outline(message: Message) -> bool:
    """An answer to `textDocument/documentSymbol`; Kate cancels its first questions."""
    found = message.get("result")
    return isinstance(found, list) and bool(found) and "selectionRange" in found[0]


def test_a_secrets_file_is_known_as_one(kate: Callable[[str], Kate]) -> None:
    opened = kate("keys.nxs").heard("client", method("textDocument/didOpen"))["params"]["textDocument"]
    assert opened["languageId"] == "nexa-secrets"
