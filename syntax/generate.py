"""Regenerates everything under syntax/ that is derived from the grammars.

    python syntax/generate.py            parser.c, its headers, grammar.json and node-types.json of both grammars
    python syntax/generate.py --check    exit code 1 if a grammar or a derived file changed alone; needs no CLI

What belongs together is recorded in syntax/generated.txt, one digest per line.

The tree-sitter CLI comes from Debian (suite `forky`), taken through the machine's own package sources into
`$HOME/.cache/nexa-dev/tree-sitter`; the system is not touched. Set `TREE_SITTER` to use a CLI of your own. `node` has
to be on the PATH: it reads grammar.js.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from debian import program, unpacked

SYNTAX = Path(__file__).resolve().parent
GRAMMARS = (SYNTAX, SYNTAX / "secrets")
HEADERS = ("src/tree_sitter/alloc.h", "src/tree_sitter/array.h", "src/tree_sitter/parser.h")
DERIVED = ("src/grammar.json", "src/node-types.json", "src/parser.c", *HEADERS)
DIGESTS = SYNTAX / "generated.txt"
SUITE = "forky"
VERSION = "0.26"  # of the CLI; another one may order the tables of parser.c differently
ABI = "14"  # what every editor of the last years loads


# ---- the command line tool -----------------------------------------------------------------------------------------


def tree_sitter() -> list[str]:
    """The command that starts the CLI; fetched once, then cached."""
    if command := os.environ.get("TREE_SITTER"):
        return shlex.split(command)
    return program(unpacked("tree-sitter", SUITE, ["tree-sitter-cli"]), "usr/bin/tree-sitter")


# ---- the derived files ---------------------------------------------------------------------------------------------


def generate(command: list[str], folder: Path) -> None:
    """Writes what is derived from one grammar.

    Runs in a scratch copy: the CLI would also write bindings that this project does not use.
    """
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(folder / "grammar.js", scratch)
        subprocess.run([*command, "generate", "--abi", ABI], cwd=scratch, check=True)
        for name in DERIVED:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(scratch) / name, folder / name)


def digests() -> str:
    """One line per grammar and derived file: SHA-256 and path."""
    paths = [folder / name for folder in GRAMMARS for name in ("grammar.js", *DERIVED)]
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(SYNTAX).as_posix()}" for path in paths
    ]
    return "\n".join(lines) + "\n"


def check() -> int:
    """Whether the files are those that were written together: an exit code."""
    current = digests()
    if DIGESTS.read_text(encoding="utf-8") == current:
        return 0
    known = DIGESTS.read_text(encoding="utf-8").splitlines()
    changed = [line.split()[1] for line in current.splitlines() if line not in known]
    print(f"changed alone: {', '.join(changed)}\nrun: python syntax/generate.py", file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    """Regenerates, or with `--check` only compares."""
    if arguments == ["--check"]:
        return check()
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    command = tree_sitter()
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    if not version.startswith(VERSION + "."):
        print(f"note: tree-sitter {version}; the committed files were made with {VERSION}", file=sys.stderr)
    for folder in GRAMMARS:
        generate(command, folder)
    DIGESTS.write_text(digests(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
