"""Regenerates everything under syntax/ that is derived from the grammars.

    python syntax/generate.py            parsers, node types and kinds.py
    python syntax/generate.py --check    says whether kinds.py is current; needs no tree-sitter CLI

The tree-sitter CLI comes from Debian (suite `forky`), taken through the machine's own package sources into
`$HOME/.cache/nexa-dev/tree-sitter`; the system is not touched. Set `TREE_SITTER` to use a CLI of your own.
"""

from __future__ import annotations

import json
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
KINDS = SYNTAX / "nexa" / "syntax" / "kinds.py"
SUITE = "forky"
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


def generate(folder: Path) -> None:
    """Writes `src/parser.c`, `grammar.json`, `node-types.json` and the headers of one grammar.

    Runs in a scratch copy: the CLI would also write bindings that this project does not use.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("grammar.js", "tree-sitter.json"):
            if (folder / name).exists():
                shutil.copy(folder / name, scratch)
        subprocess.run([*tree_sitter(), "generate", "--abi", ABI], cwd=scratch, check=True)
        (folder / "src/tree_sitter").mkdir(parents=True, exist_ok=True)
        for path in (Path(scratch) / "src").rglob("*.*"):
            shutil.copy(path, folder / path.relative_to(scratch))


# ---- kinds.py ------------------------------------------------------------------------------------------------------


def constant(name: str) -> str:
    return name.upper()


def kinds_source() -> str:
    """The text of kinds.py, from both grammars' node-types.json."""
    named: set[str] = set()
    fields: set[str] = set()
    supertypes: dict[str, list[str]] = {}
    for folder in GRAMMARS:
        for entry in json.loads((folder / "src/node-types.json").read_text()):
            fields.update(entry.get("fields", ()))
            if "subtypes" in entry:
                supertypes.setdefault(entry["type"], []).extend(sub["type"] for sub in entry["subtypes"] if sub["named"])
            elif entry["named"]:
                named.add(entry["type"])
    lines = [
        "# Generated by syntax/generate.py from the grammars' node-types.json; do not edit.",
        '"""The names of node kinds and fields, as constants, so that a misspelt one is an error of the type checker."""',
        "",
        "from typing import Final",
        "",
        "# Node kinds.",
        *(f'{constant(name)}: Final = "{name}"' for name in sorted(named)),
        "",
        "# Fields.",
        *(f'FIELD_{constant(name)}: Final = "{name}"' for name in sorted(fields)),
        "",
        "# Kinds that are one of several alternatives.",
    ]
    flat = {name: sorted(flatten(name, supertypes)) for name in supertypes}
    for name in sorted(flat):
        lines.append(f"{constant(name)}S: Final = frozenset(\n    {{")
        lines.extend(f"        {constant(kind)}," for kind in flat[name])
        lines.append("    }\n)")
    return "\n".join(lines) + "\n"


def flatten(name: str, supertypes: dict[str, list[str]]) -> set[str]:
    """The concrete kinds below a supertype, supertypes inside it resolved."""
    found: set[str] = set()
    for kind in supertypes[name]:
        found |= flatten(kind, supertypes) if kind in supertypes else {kind}
    return found


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        if KINDS.read_text() == kinds_source():
            return 0
        print("kinds.py is out of date: run python syntax/generate.py", file=sys.stderr)
        return 1
    for folder in GRAMMARS:
        generate(folder)
    KINDS.write_text(kinds_source())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
