"""The files of one check, each read at most once, so that everything is checked against one state of the disk."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from nexa.cli.sources import Unreadable, read_source
from nexa.compiler.visible_secrets import ROOT_MARKS, SECRETS_SUFFIX, visible_secrets

if TYPE_CHECKING:
    from nexa.cli.analyse import Task


class Disk:
    """Reads files and remembers them; `texts` may start with what is not on the disk (standard input)."""

    def __init__(self, texts: dict[str, bytes] | None = None) -> None:
        self._read: dict[str, bytes | Unreadable] = dict(texts or {})
        self._digests: dict[str, str | None] = {}
        self._secrets: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, list[str]] = {}

    def over(self, texts: dict[str, bytes]) -> Disk:
        """The same state of the disk with some texts replaced."""
        above = Disk()
        above._read = {**self._read, **texts}
        above._secrets = self._secrets
        return above

    def read(self, path: str) -> bytes | Unreadable:
        """The text at an absolute path, or why there is none."""
        if path not in self._read:
            self._read[path] = read_source(path)
        return self._read[path]

    def load(self, path: str) -> bytes | None:
        """The text at an absolute path, None when there is none that can be read."""
        text = self.read(path)
        return text if isinstance(text, bytes) else None

    def texts_of(self, part: Iterable[tuple[int, Task]]) -> dict[str, bytes]:
        """The texts of the files of some groups, for another process."""
        return {path: text for _, task in part for path in task.paths if (text := self.load(path)) is not None}

    def secrets(self, entry: str) -> tuple[str, ...]:
        """The `.nxs` files that the program of an entry file sees besides those that it includes, nearest first."""
        folder = os.path.dirname(entry)
        if folder not in self._secrets:
            self._secrets[folder] = tuple(visible_secrets(entry, _is_root, self._secrets_in))
        return self._secrets[folder]

    def _secrets_in(self, folder: str) -> list[str]:
        if folder not in self._names:
            self._names[folder] = _secrets_in(folder)
        return self._names[folder]

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there, or a text in its place."""
        return isinstance(self._read.get(path), bytes) or is_there(path)

    def digest(self, path: str) -> str | None:
        """What tells this text from every other; None when there is no text.

        Of a folder (`secrets_question`): what tells the secrets files that its programs see from others. Of a
        `presence_question`: whether something is there.
        """
        if path not in self._digests:
            text = self._answer(path)
            self._digests[path] = None if text is None else blake2b(text, digest_size=16).hexdigest()
        return self._digests[path]

    def _answer(self, path: str) -> bytes | None:
        if (asked := presence_asked(path)) is not None:
            return b"" if self.exists(asked) else None
        return "\0".join(self.secrets(path)).encode("utf-8", "replace") if is_folder(path) else self.load(path)


def secrets_question(entry: str) -> str:
    """What stands in a record of what a check depends on for the secrets files that an entry file sees."""
    return os.path.join(os.path.dirname(entry), "")


def is_folder(path: str) -> bool:
    """Whether this is such a question and not the path of a file."""
    return path.endswith(os.sep)


def presence_question(path: str) -> str:
    """What stands in such a record for whether a file or folder is there, whatever it holds."""
    return f"\0{path}"


def presence_asked(question: str) -> str | None:
    """The path that a `presence_question` is about; None for any other record."""
    return question[1:] if question.startswith("\0") else None


def is_there(path: str) -> bool:
    """Whether a file or folder is at an absolute path."""
    try:
        return os.path.exists(path)
    except ValueError:  # a NUL in the path
        return False


def _is_root(folder: str) -> bool:
    return any(os.path.lexists(os.path.join(folder, name)) for name in ROOT_MARKS)


def _secrets_in(folder: str) -> list[str]:
    """The names in one folder. One that cannot be looked into has none that a run could read."""
    try:
        with os.scandir(folder) as entries:
            return [one.name for one in entries if one.name.endswith(SECRETS_SUFFIX) and not one.is_dir()]
    except OSError:
        return []
