"""Regenerates everything under syntax/ that is derived from the grammars.

    python syntax/generate.py            parser.c, grammar.json and node-types.json of both grammars
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
from collections.abc import Iterator
from pathlib import Path

SYNTAX = Path(__file__).resolve().parent
GRAMMARS = (SYNTAX, SYNTAX / "secrets")
DERIVED = ("src/grammar.json", "src/node-types.json", "src/parser.c")
DIGESTS = SYNTAX / "generated.txt"
SUITE = "forky"
VERSION = "0.26"  # of the CLI; another one may order the tables of parser.c differently
ABI = "14"  # what every editor of the last years loads


# ---- the command line tool -----------------------------------------------------------------------------------------


def sources() -> Iterator[tuple[str, str]]:
    """The (URI, keyring) pairs of the machine's own Debian package sources, either file format."""
    folder = Path("/etc/apt")
    for path in sorted(folder.glob("sources.list.d/*.sources")):
        for stanza in path.read_text().split("\n\n"):
            fields = dict(
                line.split(":", 1) for line in stanza.splitlines() if ":" in line and not line.startswith(("#", " "))
            )
            if "main" in fields.get("Components", "").split() and "URIs" in fields:
                yield fields["URIs"].split()[0], fields.get("Signed-By", "").strip()
    for path in (folder / "sources.list", *sorted(folder.glob("sources.list.d/*.list"))):
        for line in path.read_text().splitlines() if path.exists() else ():
            words = line.split()
            if words[:1] == ["deb"] and "main" in words:
                yield next(word for word in words[1:] if "://" in word), ""


def debian_source() -> str:
    """The first source that is a plain Debian mirror, as a line for the suite we want."""
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    for uri, signed_by in sources():
        if uri.rstrip("/").endswith("/debian"):
            return f"deb [signed-by={signed_by or keyring}] {uri} {SUITE} main\n"
    sys.exit("no Debian package source on this machine; set TREE_SITTER to a tree-sitter CLI 0.22 or newer")


def tree_sitter() -> list[str]:
    """The command that starts the CLI; fetched once, then cached."""
    if command := os.environ.get("TREE_SITTER"):
        return shlex.split(command)
    root = Path.home() / ".cache" / "nexa-dev" / "tree-sitter"
    tree = root / "tree"
    loader = tree / "usr/lib64/ld-linux-x86-64.so.2"
    libraries = tree / "usr/lib/x86_64-linux-gnu"
    binary = tree / "usr/bin/tree-sitter"
    if not binary.exists():
        fetch(root, tree)
    return [str(loader), "--library-path", str(libraries), str(binary)]


def fetch(root: Path, tree: Path) -> None:
    """Downloads the package and all it depends on (libc too, hence the empty status file) and unpacks them."""
    for folder in ("lists/partial", "cache/archives/partial", "etc", "state", "tree"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "state/status").touch()
    (root / "etc/sources.list").write_text(debian_source())
    config = root / "etc/apt.conf"
    config.write_text(
        f'Dir::State "{root}/state";\nDir::State::status "{root}/state/status";\nDir::State::lists "{root}/lists";\n'
        f'Dir::Cache "{root}/cache";\nDir::Etc::sourcelist "{root}/etc/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\nDir::Etc::preferencesparts "/dev/null";\nAPT::Sandbox::User "root";\n'
    )
    environment = {**os.environ, "APT_CONFIG": str(config)}
    run = ["apt-get", "install", "-y", "--no-install-recommends", "--download-only", "tree-sitter-cli"]
    subprocess.run(["apt-get", "update"], env=environment, check=True)
    subprocess.run(run, env=environment, check=True)
    for archive in sorted((root / "cache/archives").glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(tree)], check=True)


# ---- the derived files ---------------------------------------------------------------------------------------------


def generate(command: list[str], folder: Path) -> None:
    """Writes what is derived from one grammar.

    Runs in a scratch copy: the CLI would also write bindings and headers that this project does not use.
    """
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(folder / "grammar.js", scratch)
        subprocess.run([*command, "generate", "--abi", ABI], cwd=scratch, check=True)
        for name in DERIVED:
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
