"""Programs out of Debian packages of any suite, started where they are unpacked: the system is not touched.

A private apt with an empty status file fetches a package and everything that it depends on, libc too, from the
machine's own mirror into `$HOME/.cache/nexa-dev/<name>`; what is there is not fetched again. For developers of the
grammar and for tests in real editors; x86-64 only.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

CACHE = Path.home() / ".cache" / "nexa-dev"
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"


class UnavailableError(Exception):
    """This machine has no Debian mirror, or the mirror does not have what is wanted."""


def program(tree: Path, path: str) -> list[str]:
    """The command that starts an unpacked program with the libraries beside it."""
    loader = tree / "usr/lib64/ld-linux-x86-64.so.2"
    return [str(loader), "--library-path", str(tree / "usr/lib/x86_64-linux-gnu"), str(tree / path)]


def unpacked(name: str, suite: str, packages: Sequence[str]) -> Path:
    """The folder with packages of a suite and all they depend on. Raises UnavailableError."""
    root = CACHE / name
    tree = root / "tree"
    if not (root / "complete").exists():
        try:
            _fetch(root, tree, suite, packages)
        except (OSError, subprocess.CalledProcessError) as error:
            raise UnavailableError(f"{', '.join(packages)} of Debian {suite}: {error}") from error
        (root / "complete").touch()
    return tree


def _fetch(root: Path, tree: Path, suite: str, packages: Sequence[str]) -> None:
    for folder in ("lists/partial", "cache/archives/partial", "etc", "state", "tree"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "state/status").touch()
    (root / "etc/sources.list").write_text(_source(suite))
    config = root / "etc/apt.conf"
    config.write_text(
        f'Dir::State "{root}/state";\nDir::State::status "{root}/state/status";\nDir::State::lists "{root}/lists";\n'
        f'Dir::Cache "{root}/cache";\nDir::Etc::sourcelist "{root}/etc/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\nDir::Etc::preferencesparts "/dev/null";\nAPT::Sandbox::User "root";\n'
    )
    environment = {**os.environ, "APT_CONFIG": str(config)}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "--download-only", *packages]
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True)
    subprocess.run(install, env=environment, check=True)
    for archive in sorted((root / "cache/archives").glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(tree)], check=True)


def _source(suite: str) -> str:
    """The first source that is a plain Debian mirror, as a line for the suite."""
    for uri, signed_by in _sources():
        if uri.rstrip("/").endswith("/debian"):
            return f"deb [signed-by={signed_by or _KEYRING}] {uri} {suite} main\n"
    raise UnavailableError("this machine has no Debian package source")


def _sources() -> Iterator[tuple[str, str]]:
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
