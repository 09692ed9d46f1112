"""Programs out of Debian packages, started where they are unpacked: the system is not touched.

A private apt fetches packages and what they depend on from the machine's own mirror into `$HOME/.cache/nexa-dev/<name>`
(NEXA_DEV_CACHE is another folder); what is there is not fetched again. For developers of the grammar and for tests in
real editors; x86-64 only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_PATIENCE = 900


class UnavailableError(Exception):
    """This machine has no Debian mirror, or the mirror does not have what is wanted."""


def program(tree: Path, path: str) -> list[str]:
    """The command that starts a program of `unpacked` with the libraries beside it."""
    loader = tree / "usr/lib64/ld-linux-x86-64.so.2"
    return [str(loader), "--library-path", library_path(tree), str(tree / path)]


def library_path(tree: Path) -> str:
    """The folders with shared libraries: that of the system, and those in it that programs keep for themselves."""
    shared = tree / "usr/lib/x86_64-linux-gnu"
    return ":".join(map(str, [shared, *sorted({path.parent for path in shared.glob("*/lib*.so*")})]))


def unpacked(name: str, suite: str, packages: Sequence[str], without: Sequence[str] = ()) -> Path:
    """The folder with packages of any suite and all they depend on, libc too, but for `without`.

    Raises UnavailableError.
    """
    return _kept(name, lambda root: _settings_of(root, suite), packages, without)


def lacking(name: str, packages: Sequence[str]) -> Path:
    """The folder with packages of the machine's own suite, and those they depend on that it has not installed.

    For programs that start themselves again, and so cannot be started by `program`. Raises UnavailableError.
    """
    return _kept(name, lambda _: "", packages, ())


def _kept(name: str, settings: Callable[[Path], str], packages: Sequence[str], without: Sequence[str]) -> Path:
    root = Path(os.environ.get("NEXA_DEV_CACHE") or Path.home() / ".cache" / "nexa-dev") / name
    if not (root / "complete").exists():
        try:
            shutil.rmtree(root, ignore_errors=True)
            _fetch(root, settings, packages, without)
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or ""
            raise UnavailableError(f"{', '.join(packages)} out of Debian packages: {error} {said}".strip()) from error
        (root / "complete").touch()
    return root / "tree"


def _fetch(root: Path, settings: Callable[[Path], str], packages: Sequence[str], without: Sequence[str]) -> None:
    archives = root / "archives"
    for folder in ("lists/partial", "cache/archives/partial", "state", "tree", "archives"):
        (root / folder).mkdir(parents=True)
    (root / "apt.conf").write_text(
        f'Dir::State::lists "{root}/lists";\nDir::Cache "{root}/cache";\n{settings(root)}'
        'APT::Sandbox::User "root";\nDebug::NoLocking "true";\n'
    )

    def apt(*arguments: str) -> str:
        environment = {**os.environ, "APT_CONFIG": str(root / "apt.conf")}
        command = ["apt-get", "-qq", "-y", "--no-install-recommends", *arguments]
        done = subprocess.run(
            command, cwd=archives, env=environment, capture_output=True, text=True, check=True, timeout=_PATIENCE
        )
        return done.stdout

    apt("update")
    # 'URI' name_version_architecture.deb size digest
    listed = [line.split()[1].split("_")[0] for line in apt("install", "--print-uris", *packages).splitlines()]
    apt("download", *(name for name in listed if name not in without))
    for archive in sorted(archives.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(archive), str(root / "tree")], check=True)
    shutil.rmtree(archives)
    shutil.rmtree(root / "cache")


def _settings_of(root: Path, suite: str) -> str:
    """What makes apt think of a machine of this suite with nothing installed."""
    (root / "state/status").touch()
    (root / "sources.list").write_text(_source(suite))
    return (
        f'Dir::State "{root}/state";\nDir::State::status "{root}/state/status";\n'
        f'Dir::Etc::sourcelist "{root}/sources.list";\n'
        'Dir::Etc::sourceparts "/dev/null";\nDir::Etc::preferencesparts "/dev/null";\n'
    )


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
