"""What of the disk the compiler may see: the roots, and of secrets files what they declare."""

from __future__ import annotations

import os

from nexa.cli.config import CONFIG_NAMES, ConfigError, ProjectConfig, config_in
from nexa.cli.mcp.roots import Roots
from nexa.lsp.disk import Disk, Stamp, stamp_of


class RootsDisk(Disk):
    """Files outside of the roots are as good as absent."""

    def __init__(self, roots: Roots) -> None:
        super().__init__()
        self._roots = roots

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when it cannot be read."""
        return super().read(path) if self._roots.allows(path) else None

    def secrets(self, entry: str) -> tuple[str, ...]:
        """The `.nxs` files that the program of an entry file sees besides those that it includes, nearest first."""
        return tuple(one for one in super().secrets(entry) if self._roots.allows(one))

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there; of what lies outside of the roots nobody says."""
        return not self._roots.allows(path) or super().exists(path)


class Configs:
    """The configuration of each folder: the nearest one, up to the root. Files are read again when they change."""

    def __init__(self, roots: Roots) -> None:
        self._roots = roots
        self._read: dict[str, tuple[Stamp, ProjectConfig | ConfigError | None]] = {}
        self._known: dict[str, ProjectConfig | ConfigError | None] = {}

    def look_again(self) -> None:
        """Files may have changed."""
        self._known.clear()

    def of(self, folder: str) -> ProjectConfig | ConfigError | None:
        """The configuration that counts for the files in an absolute folder, or why it cannot be used."""
        if folder not in self._known:
            above = os.path.dirname(folder)  # text only, asked for every folder of a workspace
            is_top = folder in self._roots.folders or above == folder
            self._known[folder] = self._here(folder) or (None if is_top else self.of(above))
        return self._known[folder]

    def _here(self, folder: str) -> ProjectConfig | ConfigError | None:
        for name in CONFIG_NAMES:
            path = os.path.join(folder, name)  # as above
            stamp = stamp_of(path)
            if stamp is None or not self._roots.allows(path):
                continue
            if self._read.get(path, (None, None))[0] != stamp:
                self._read[path] = (stamp, _tried(path))
            found = self._read[path][1]
            if found is not None:
                return found
        return None


def _tried(path: str) -> ProjectConfig | ConfigError | None:
    try:
        return config_in(path)
    except ConfigError as mistake:
        return mistake
