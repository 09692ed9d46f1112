"""Real editors for tests: fetched once, cached outside of the repository; a test that cannot have one skips loudly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path

import pytest

CLONE = Path(__file__).parents[2]

WORKSPACE = {
    "nexa.toml": "",
    "faulty.nx": 'agent Writer { prompt: "Write." }\n\n\nflow main {\n    "客😀"; print(Wirter)\n}\n',
    "lib.nxlib": 'agent Checker { prompt: "Check." }\n',
    "main.nx": (
        'include "lib.nxlib"\n'
        'agent Writer { prompt: "Write." }\n'
        'flow main(topic: str = "tides") {\n'
        '    print("about #{topic}")\n'
        "    draft = Writer.run(topic)\n"
        "    print(draft >> Checker)\n"
        "}\n"
        'test "it holds" { assert true }\n'
    ),
    "slow.nx": 'flow main {\n    print("waiting")\n    std.time.time_sleep(60)\n}\n',
    "untidy.nx": "flow main {\nprint( 1 )\n  }\n",
}
"""What every editor opens."""

_DEBIAN = CLONE / "syntax" / "debian.py"


@dataclass(frozen=True)
class Unpacked:
    """A folder with programs of Debian packages."""

    folder: Path

    def program(self, path: str) -> list[str]:
        """The command that starts one of them."""
        return debian_tool().program(self.folder, path)


def debian(name: str, suite: str, packages: Sequence[str], without: Sequence[str] = ()) -> Unpacked:
    """Packages of a Debian suite with all they depend on. Skips the test where they cannot be had."""
    tool = debian_tool()
    try:
        return Unpacked(tool.unpacked(name, suite, packages, without))
    except tool.UnavailableError as reason:
        pytest.skip(f"NOT TESTED: {reason}")


Results = dict[str, str | None]
"""What each check of a scenario found: None where all was well."""


def play(command: Sequence[str], variables: Mapping[str, str], folder: Path) -> Results:
    """Start an editor that runs a scenario over a workspace of its own; `folder` is empty.

    The scenario finds the clone in NEXA_CLONE, its workspace in NEXA_WORK, and writes a JSON array of `{name, problem}`
    to NEXA_RESULTS.
    """
    work, home = folder / "work", folder / "home"
    for path in (work, home):
        path.mkdir()
    for name, text in WORKSPACE.items():
        (work / name).write_text(text, encoding="utf-8")
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "NVIM", "VIM", "NEXA_"))}
    environment = {
        **ours,
        "HOME": str(home),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "NEXA_CLONE": str(CLONE),
        "NEXA_WORK": str(work),
        "NEXA_RESULTS": str(home / "results.json"),
        "NEXA_LLM": "mock",
        "NEXA_CACHE_DIR": str(home / "cache"),
        **variables,
    }
    done = subprocess.run(command, env=environment, cwd=work, capture_output=True, text=True, timeout=900)
    written = home / "results.json"
    assert written.exists(), done.stdout + done.stderr
    return {one["name"]: one.get("problem") for one in json.loads(written.read_text(encoding="utf-8"))}


def debian_tool():
    """`syntax/debian.py`, which is no part of any package."""
    if "debian" not in sys.modules:
        spec = util.spec_from_file_location("debian", _DEBIAN)
        assert spec is not None
        assert spec.loader is not None
        module = util.module_from_spec(spec)
        sys.modules["debian"] = module
        spec.loader.exec_module(module)
    return sys.modules["debian"]
