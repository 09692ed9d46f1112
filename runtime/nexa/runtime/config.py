"""What a run is configured with: `.nxs` files, the environment, and `nexa.toml` as plain data.

Lookup order of a key: section 5.13 of the language reference. Reading files happens here, once, at start; nothing
here prints or reports a value.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from nexa.runtime.errors import SecretError
from nexa.runtime.secrets_file import SecretsFile, Value, read_secrets

DEFAULT_CONFIG = "default"
_NOT_SECRET = frozenset({"MODEL_NAME"})
_OF_PROVIDERS = ("API_KEY", "BASE_URL")

TypeMode = Literal["strict", "warn", "forgiving"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run runs: the `[run]` table of `nexa.toml`, after the command line and the environment had their say.

    `drain_timeout` is in seconds. `state_dir` holds runs and caches; jobs and keys, too, of a run that `is_lasting`.
    Of `sandbox`, `inside` is for what runs in one.
    """

    max_parallel: int = 16
    drain_timeout: float = 30.0
    max_loop: int = 100
    max_corrections: int = 3
    transaction_wait: float = 60.0
    type_mode: TypeMode = "warn"
    sandbox: Literal["strict", "process", "inside"] = "strict"
    state_dir: Path = Path(".nexa")
    offline: bool = False
    mock_script: Path | None = None
    is_lasting: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that a run reads from outside its program.

    `models`, `providers`, `roles` and `mcp` are the tables of those names of `nexa.toml`.
    """

    secrets: Secrets
    settings: Settings = field(default_factory=Settings)
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    providers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    roles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    mcp: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Secrets:
    """The entries of all visible `.nxs` files under one active config, and the environment.

    `files` come nearest first: the first that has a key wins.
    """

    def __init__(
        self,
        files: Iterable[SecretsFile] = (),
        active: str = DEFAULT_CONFIG,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.active = active
        self._environment = os.environ if environment is None else environment
        self._flat: dict[str, Value] = {}
        self._configs: dict[str, dict[str, Value]] = {}
        for file in files:
            _fill(self._flat, file.flat)
            for name, entries in file.configs.items():
                _fill(self._configs.setdefault(name, {}), entries)

    def __repr__(self) -> str:
        return f"Secrets({self.active!r})"

    def lookup(self, key: str, provider: str = "") -> Value | None:
        """The value of `key` for a provider, from the first place that has it; None if none has."""
        return next(self._found(key, provider), None)

    def text(self, key: str, provider: str = "") -> str | None:
        """The value of `key` as text."""
        value = self.lookup(key, provider)
        return None if value is None else _as_text(value)

    def model_alias(self, alias: str) -> str | None:
        """The model name that `MODEL_NAME` gives an alias such as `strong`; a plain text stands for every alias."""
        for value in self._found("MODEL_NAME", ""):
            if isinstance(value, Mapping):
                if alias in value:
                    return _as_text(value[alias])
            elif alias in ("strong", "weak", "super"):
                return _as_text(value)
        return None

    def environment(self, variable: str) -> str | None:
        """The value of an environment variable; None if it is not set."""
        return self._environment.get(variable)

    def config(self, name: str) -> Mapping[str, Value] | None:
        """The entries of the config `name`; None if no file has it."""
        return self._configs.get(name)

    def values(self) -> Iterator[str]:
        """Every text that must not be shown: all entries except names of models."""
        for entries in (self._flat, *self._configs.values()):
            for key, value in entries.items():
                if key not in _NOT_SECRET:
                    yield from _texts(value)

    def _found(self, key: str, provider: str) -> Iterator[Value]:
        environment = self._environment
        if f"NEXA_{key}" in environment:
            yield environment[f"NEXA_{key}"]
        configs = [self.active, DEFAULT_CONFIG]
        if provider and key in _OF_PROVIDERS:
            configs.insert(1, provider)
        for name in configs:
            if key in self._configs.get(name, {}):
                yield self._configs[name][key]
        if key in self._flat:
            yield self._flat[key]
        if key in environment:
            yield environment[key]
        own = f"{_env_name(provider)}_{key}"
        if provider and key in _OF_PROVIDERS and own in environment:
            yield environment[own]


def read_files(entry: Path, included: Sequence[Path] = ()) -> list[SecretsFile]:
    """The `.nxs` files that a program sees, nearest first: beside it, above it up to the project root, then included.

    The root is the first folder with `nexa.toml` or `.git`; without one only the program's own folder is read.
    Raises `SecretError` for a file that cannot be read.
    """
    folder = entry.absolute().parent
    folders = [folder, *folder.parents]
    root = next((n for n, each in enumerate(folders) if (each / "nexa.toml").exists() or (each / ".git").exists()), 0)
    paths = [path for each in folders[: root + 1] for path in sorted(each.glob("*.nxs"))]
    paths += [path for path in included if path not in paths]
    return [_read(path) for path in paths]


def _read(path: Path) -> SecretsFile:
    try:
        return read_secrets(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise SecretError(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SecretError(f"{path} is not UTF-8 text") from None


def active_config(option: str | None, used: str | None, environment: Mapping[str, str]) -> str:
    """The active config: of the command line, else `NEXA_CONFIG`, else `use config`, else `default`."""
    return option or environment.get("NEXA_CONFIG") or used or DEFAULT_CONFIG


def _fill(into: dict[str, Value], more: Mapping[str, Value]) -> None:
    for key, value in more.items():
        into.setdefault(key, value)


def _env_name(provider: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in provider).upper()


def _as_text(value: Any) -> str:
    from nexa.runtime.text import text

    return text(value)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif not isinstance(value, bool):
        yield _as_text(value)
