"""From the command line, the environment and `nexa.toml` to the configuration of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from nexa.runtime.config import Configuration, Secrets, Settings, TypeMode, active_config, read_files
from nexa.runtime.errors import NexaError

if TYPE_CHECKING:
    from nexa.runtime.past import Past

_TABLES = ("models", "providers", "roles", "mcp")
_TYPE_MODES = ("strict", "warn", "forgiving")
_NUMBERS = {
    "max_parallel": int,
    "drain_timeout": float,
    "max_loop": int,
    "max_corrections": int,
    "transaction_wait": float,
}


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the command line says. None and False leave a matter to the environment and to `nexa.toml`.

    `tables` are the tables of `nexa.toml` where the caller has read it already. `secrets` are `.nxs` files besides
    those that the program sees anyway. `record` writes the models' answers to a file, `replay` takes them from one.
    `past` is the earlier run that this one starts again from. `host` and `port` are where servers listen, in place of
    what they say themselves, and `hosts` the names that they have besides those of this machine. `service` is set for
    what runs until it is stopped: what is logged is told to whoever reads its standard error, a terminal or not.
    """

    events: bool = False
    mock: bool = False
    mock_script: Path | None = None
    type_mode: TypeMode | None = None
    config: str | None = None
    quiet: bool = False
    debug: bool = False
    profile: bool = False
    store: bool = True
    record: Path | None = None
    replay: Path | None = None
    past: Past | None = None
    host: str | None = None
    port: int | None = None
    hosts: Sequence[str] = ()
    service: Literal["serve", "work"] | None = None
    secrets: Sequence[Path] = ()
    tables: Mapping[str, Any] | None = None
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)


def configure(entry: Path, used_config: str | None, options: RunOptions) -> Configuration:
    """The configuration of a run of the program at `entry`, whose `use config` names `used_config`.

    Raises `SecretError` for a `.nxs` file that cannot be read, `NexaError` for a setting that makes no sense.
    """
    root = project_root(entry)
    tables = project_tables(root) if options.tables is None else options.tables
    environment = options.environment
    active = active_config(options.config, used_config, environment)
    secrets = Secrets(read_files(entry, options.secrets), active, environment)
    if active != "default" and secrets.config(active) is None:
        raise NexaError(f"there is no config `{active}` in the .nxs files that this program sees")
    settings = _settings(root, tables.get("run", {}), options)
    return Configuration(secrets, settings, *(tables.get(name, {}) for name in _TABLES))


def project_root(entry: Path) -> Path:
    """The nearest folder above with `nexa.toml`, `pyproject.toml` or `.git`; else the program's own folder."""
    folder = entry.absolute().parent
    marks = ("nexa.toml", "pyproject.toml", ".git")
    return next((each for each in (folder, *folder.parents) if any((each / mark).exists() for mark in marks)), folder)


def project_tables(root: Path) -> Mapping[str, Any]:
    """The tables of `nexa.toml`, else of `[tool.nexa]` in `pyproject.toml`; what is wrong in them `check` reports."""
    for name, path in (("nexa.toml", ()), ("pyproject.toml", ("tool", "nexa"))):
        try:
            written = (root / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        import tomllib  # most programs run without either file

        try:
            found: Any = tomllib.loads(written)
        except tomllib.TOMLDecodeError:
            continue
        for key in path:
            found = found.get(key, {})
        if found:
            return cast("Mapping[str, Any]", found)
    return {}


def _settings(root: Path, table: Mapping[str, Any], options: RunOptions) -> Settings:
    environment = options.environment
    mode = options.type_mode or environment.get("NEXA_TYPE_MODE") or table.get("type_mode") or "warn"
    if mode not in _TYPE_MODES:
        raise NexaError(f"the type mode is one of {', '.join(_TYPE_MODES)}, not {mode!r}")
    script = options.mock_script or environment.get("NEXA_MOCK_SCRIPT") or None
    numbers = {key: read(table[key]) for key, read in _NUMBERS.items() if isinstance(table.get(key), int | float)}
    return Settings(
        **numbers,
        type_mode=cast("TypeMode", mode),
        sandbox="process" if table.get("sandbox") == "process" else "strict",
        state_dir=Path(environment.get("NEXA_STATE_DIR") or root / str(table.get("state_dir", ".nexa"))),
        offline=options.mock or environment.get("NEXA_LLM") == "mock",
        mock_script=Path(script) if script else None,
        is_lasting=options.store,
        hosts=tuple(map(str, table.get("hosts", ()))) if isinstance(table.get("hosts"), list) else (),
    )
