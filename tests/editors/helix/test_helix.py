"""docs/editors/helix/languages.toml in a real Helix, which is driven through a terminal."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.editors import CLONE, WORKSPACE, debian

PATIENCE = 60.0
MOMENT = 5.0
"""Seconds after which a user would type it again."""
LANGUAGES = CLONE / "docs/editors/helix/languages.toml"
QUERIES = CLONE / "syntax/nexa/syntax/queries"


def from_the_clone(text: str) -> str:
    """The configuration with grammars that are built from the clone, as it says that one may."""
    text, count = re.subn(
        r'\{ git = "[^"]*", rev = "main", subpath = "([^"]*)" \}', rf'{{ path = "{CLONE}/\1" }}', text
    )
    assert count == 2
    return 'use-grammars = { only = ["nexa", "nexa_secrets"] }\n\n' + text


class Terminal:
    """A tmux session with one program in it."""

    def __init__(self, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self._socket = f"nexa-{uuid.uuid4().hex[:8]}"
        self._environment = environment
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "110", "-y", "30", "-c", str(folder), *command)

    def _tmux(self, *args: str) -> str:
        command = ["tmux", "-L", self._socket, *args]
        return subprocess.run(command, env=self._environment, capture_output=True, text=True, check=True).stdout

    def type(self, *keys: str) -> None:
        """Send keys, named as tmux names them."""
        for key in keys:
            self._tmux("send-keys", key)
            time.sleep(0.05)

    def screen(self) -> str:
        """What is shown."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, wanted: str) -> str:
        """The first screen that shows this; fails with the last one."""
        end = time.monotonic() + PATIENCE
        screen = ""
        while time.monotonic() < end:
            screen = self.screen()
            if wanted in screen:
                return screen
            time.sleep(0.1)
        raise AssertionError(f"no {wanted} on\n{screen}")

    def until(self, wanted: str, *keys: str) -> None:
        """Type keys until this is shown: what comes before the server is ready, Helix only says no to."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.type(*keys)
            again = time.monotonic() + MOMENT
            while time.monotonic() < again:
                if wanted in self.screen():
                    return
                time.sleep(0.1)
            self.type("Escape")
        raise AssertionError(f"no {wanted} on\n{self.screen()}")

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], env=self._environment, capture_output=True)


@pytest.fixture(scope="module")
def helix(tmp_path_factory) -> tuple[list[str], dict[str, str]]:
    """The command, and an environment whose configuration is ours, with the grammars that Helix built."""
    if shutil.which("tmux") is None or shutil.which("cc") is None:
        pytest.skip("NOT TESTED: Helix needs tmux and a C compiler")
    tree = debian("helix-forky", "forky", ["hx"])
    home = tmp_path_factory.mktemp("home")
    folder = home / ".config/helix"
    (folder / "runtime/grammars").mkdir(parents=True)
    (folder / "languages.toml").write_text(from_the_clone(LANGUAGES.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copytree(QUERIES, folder / "runtime/queries/nexa")
    shutil.copytree(QUERIES / "secrets", folder / "runtime/queries/nexa-secrets")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "NEXA_", "TMUX"))},
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "HELIX_RUNTIME": str(tree.folder / "usr/lib/hx/runtime"),
        "NEXA_CACHE_DIR": str(home / "cache"),
    }
    build = [*tree.program("usr/bin/hx"), "--grammar", "build"]
    done = subprocess.run(build, env=environment, capture_output=True, text=True, timeout=300)
    assert "2 grammars built now" in done.stdout + done.stderr, done.stdout + done.stderr
    return tree.program("usr/bin/hx"), environment


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name, text in WORKSPACE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def open_file(helix, workspace: Path) -> Iterator[Callable[[str], Terminal]]:
    opened: list[Terminal] = []

    def open_(name: str) -> Terminal:
        command, environment = helix
        opened.append(Terminal([*command, name], environment, workspace))
        return opened[-1]

    yield open_
    for terminal in opened:
        terminal.close()


@pytest.mark.parametrize("language", ["nexa", "nexa-secrets"])
def test_helix_finds_the_server_the_grammar_and_the_queries(helix, language: str) -> None:
    command, environment = helix
    told = subprocess.run([*command, "--health", language], env=environment, capture_output=True, text=True).stdout
    assert "nexa-lsp" in told
    rows = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
    for name in ("Tree-sitter parser", "Highlight queries", "Indent queries"):
        assert "✓" in rows[name], told


def test_mistakes_are_shown(open_file) -> None:
    open_file("faulty.nx").wait_for("`Wirter` is not defined")


def test_hover_shows_the_signature(open_file) -> None:
    editor = open_file("main.nx")
    editor.wait_for("flow main")
    editor.type("/", "Writer.run", "Enter")
    editor.until("Asks the agent", "Space", "k")


def test_definition_goes_to_another_file(open_file) -> None:
    editor = open_file("main.nx")
    editor.wait_for("flow main")
    editor.type("/", "Checker", "Enter")
    editor.until("agent Checker", "g", "d")


def test_rename_changes_every_file(open_file, workspace: Path) -> None:
    editor = open_file("main.nx")
    editor.wait_for("flow main")
    editor.type("/", "Checker", "Enter")
    editor.until("rename-to:", "Space", "r")
    editor.type("C-u", "Referee", "Enter")
    editor.wait_for("draft >> Referee")
    editor.type("Escape", ":", "write-all", "Enter")
    end = time.monotonic() + PATIENCE
    while "agent Referee" not in (workspace / "lib.nxlib").read_text() and time.monotonic() < end:
        time.sleep(0.1)
    assert "agent Referee" in (workspace / "lib.nxlib").read_text(), editor.screen()


def test_formatting_lays_out_the_file(open_file) -> None:
    editor = open_file("untidy.nx")
    editor.wait_for("print( 1 )")
    editor.until("    print(1)", ":", "format", "Enter")
