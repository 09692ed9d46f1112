"""The real programs that these tests drive, fetched once into a cache outside of the repository.

Each function makes sure that something is there and says where. `UnavailableError` tells why it cannot be had here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.editors import debian_tool

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "vscode-extension"
CODE_SERVER = "4.100.3"
"""npm's code-server of that version is VS Code 1.100.3."""

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 900


class UnavailableError(Exception):
    """This machine has not got it, and cannot get it."""


@dataclass(frozen=True)
class Program:
    """An executable, and what its environment needs."""

    path: Path
    env: dict[str, str]


def cache() -> Path:
    """Where downloads are kept."""
    folder = Path(os.environ.get("NEXA_DEV_CACHE") or Path.home() / ".cache" / "nexa-dev")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def node() -> Path:
    """Node, with npm beside it."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        raise UnavailableError("node and npm are not installed")
    return Path(found)


def vscode() -> Path:
    """The folder of VS Code's server, which runs the real workbench in a browser."""
    node()
    home = cache() / f"code-server-{CODE_SERVER}"
    program = home / "node_modules" / "code-server" / "lib" / "vscode"
    if not (home / "complete").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}', encoding="utf-8")
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _npm(["install", *quiet, f"code-server@{CODE_SERVER}"], home)
        _npm(["install", "--omit=dev", *quiet], program)
        _npm(["install", "--omit=dev", *quiet], program / "extensions")
        (home / "complete").touch()
    return program


def search() -> None:
    """The program that VS Code finds files with: code-server comes without one."""
    program = vscode() / "node_modules" / "@vscode" / "ripgrep" / "bin" / "rg"
    if program.exists():
        return
    found = shutil.which("rg")
    line = f'exec "{found}" "$@"' if found else _debian_search()
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    program.chmod(0o755)


def _debian_search() -> str:
    tool = debian_tool()
    try:
        tree = tool.lacking("ripgrep", ["ripgrep"])
    except tool.UnavailableError as error:
        raise UnavailableError(f"there is no rg on PATH, and {error}") from error
    return f'LD_LIBRARY_PATH="{tool.library_path(tree)}" exec "{tree}/usr/bin/rg" "$@"'


def modules() -> None:
    """The packages that the extension is built with, as its lock file names them."""
    node()
    stamp, lock = EXTENSION / "node_modules" / ".complete", EXTENSION / "package-lock.json"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != lock.read_text(encoding="utf-8"):
        _npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], EXTENSION)
        shutil.copyfile(lock, stamp)


def vsix() -> Path:
    """The extension, built and packaged as it is released."""
    modules()
    _run(["npm", "run", "--silent", "build"], EXTENSION, {})
    _run(["npm", "run", "--silent", "package"], EXTENSION, {})
    return EXTENSION / "nexa.vsix"


def chromium() -> Program:
    """A Chromium: one that is installed, else Debian's, unpacked into the cache."""
    given = os.environ.get("NEXA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    return Program(Path(given), {}) if given else _debian_chromium()


def _debian_chromium() -> Program:
    tool = debian_tool()
    try:
        tree = tool.lacking("chromium", ["chromium"])
    except tool.UnavailableError as error:
        raise UnavailableError(f"there is no chromium on PATH, and {error}; NEXA_CHROMIUM may name one") from error
    program = Program(tree / "usr/lib/chromium/chromium", {"LD_LIBRARY_PATH": tool.library_path(tree)})
    if not _starts(program):
        raise UnavailableError("the chromium that was fetched does not start")
    return program


def _starts(program: Program) -> bool:
    try:
        done = subprocess.run(
            [program.path, "--version"], env={**os.environ, **program.env}, capture_output=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _npm(arguments: Sequence[str], folder: Path) -> None:
    _run(["npm", *arguments], folder, {})


def _run(command: Sequence[str], folder: Path, env: dict[str, str]) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **env}, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{' '.join(command)}: {error}") from error
    if done.returncode != 0:
        raise UnavailableError(f"{' '.join(command)} exited with {done.returncode}:\n{done.stdout}{done.stderr}")
