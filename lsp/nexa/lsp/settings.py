"""What an editor may set, under `nexa.*`: the single source of names, defaults and manual.

The settings of `[check]` have the same names as in `nexa.toml`, whose values win: the editor and `nexa check` agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from nexa.compiler.config import Check, from_mapping


@dataclass(frozen=True, slots=True)
class CodeLens:
    """What stands above declarations."""

    run: bool = True
    """Show `▷ Run` above flows and `▷ Run test` above tests."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set in the editor."""

    check: Check = field(default_factory=Check)
    """Used where a project has no `nexa.toml`."""

    include_path: tuple[str, ...] = ()
    """Folders where `include` looks after the including file's own; used where a project has no `nexa.toml`."""

    code_lens: CodeLens = field(default_factory=CodeLens)


def read_settings(raw: object) -> tuple[Settings, list[str]]:
    """From what the client sent for the section `nexa`; what cannot be used keeps its default and is a message.

    Names that are not ours are skipped: clients keep their own settings in the same section.
    """
    if not isinstance(raw, Mapping):
        return Settings(), [] if raw is None else ["the settings under `nexa` must be an object"]
    shared = {name: raw[name] for name in ("check", "include_path") if raw.get(name) is not None}
    config, mistakes = from_mapping(shared)
    messages = [f"nexa.{'.'.join(path)}: {message}" for path, message in mistakes]
    lens = _code_lens(raw.get("codeLens"), messages)
    return Settings(config.check, config.include_path, lens), messages


def _code_lens(raw: Any, messages: list[str]) -> CodeLens:  # noqa: ANN401  # JSON
    values: dict[str, bool] = {}
    for one in fields(CodeLens):
        value = raw.get(one.name) if isinstance(raw, Mapping) else None
        if isinstance(value, bool):
            values[one.name] = value
        elif value is not None:
            messages.append(f"nexa.codeLens.{one.name}: must be true or false")
    return CodeLens(**values)
