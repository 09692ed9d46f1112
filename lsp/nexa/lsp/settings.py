"""What an editor may set, under `nexa.*`: the single source of names, defaults and manual.

The settings of `[check]` and `[format]` have the same names as in `nexa.toml`, whose values win: the editor and the
command line agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeVar, get_args

from nexa.compiler.config import Check, Format
from nexa.compiler.config_reading import from_mapping

_T = TypeVar("_T", "CodeLens", "InlayHints", "Server")

LogLevel = Literal["error", "warning", "info", "debug"]


@dataclass(frozen=True, slots=True)
class CodeLens:
    """What stands above declarations."""

    run: bool = True
    """Show `▷ Run` above flows, `▷ Run test` above tests, `▷ Serve` above servers and `▷ Start worker` above jobs."""

    references: bool = True
    """Show above protocols and agents how often they are used."""


@dataclass(frozen=True, slots=True)
class InlayHints:
    """What is shown between the words of a program."""

    variable_types: bool = True
    """Show the type of a variable where it first gets a value and none is written."""

    chain_types: bool = True
    """Show what each stage of a chain (`a >> B >> C`) gives."""

    result_types: bool = True
    """Show what a flow or function gives that does not say so."""

    parameter_names: bool = True
    """Show which parameter an argument fills, unless that is plain to see."""

    parallel_levels: bool = True
    """Number the calls of a flow by level, where some of one level may run side by side."""

    token_budgets: bool = True
    """Show the most tokens that a flow's agents may answer, where `max_tokens` and loops bound them."""


@dataclass(frozen=True, slots=True)
class Server:
    """How the server itself behaves."""

    log_level: LogLevel = "warning"
    """The level of the server's log: `error`, `warning`, `info` or `debug`; each includes those before it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set in the editor."""

    check: Check = field(default_factory=Check)
    """Used where a project has no `nexa.toml`."""

    include_path: tuple[str, ...] = ()
    """Folders where `include` looks after the including file's own; used where a project has no `nexa.toml`."""

    format: Format = field(default_factory=Format)
    """Used where a project has no `nexa.toml`."""

    code_lens: CodeLens = field(default_factory=CodeLens)

    inlay_hints: InlayHints = field(default_factory=InlayHints)

    server: Server = field(default_factory=Server)


GROUPS: dict[str, type[CodeLens] | type[InlayHints] | type[Server]] = {
    "codeLens": CodeLens,
    "inlayHints": InlayHints,
    "server": Server,
}
"""What only editors set, by the name of its group."""


def read_settings(raw: object) -> tuple[Settings, list[str]]:
    """From what the client sent for the section `nexa`; what cannot be used keeps its default and is a message.

    Names that are not ours are skipped: clients keep their own settings in the same section. A client in Lua sends an
    empty table as an empty list.
    """
    if not isinstance(raw, Mapping):
        return Settings(), [] if raw is None or raw == [] else ["the settings under `nexa` must be an object"]
    shared = {name: raw[name] for name in ("check", "include_path", "format") if raw.get(name) is not None}
    config, mistakes = from_mapping(shared)
    messages = [f"nexa.{'.'.join(path)}: {message}" for path, message in mistakes]
    lens = _group(CodeLens, raw, "codeLens", messages)
    hints = _group(InlayHints, raw, "inlayHints", messages)
    server = _group(Server, raw, "server", messages)
    return Settings(config.check, config.include_path, config.format, lens, hints, server), messages


def editor_name(name: str) -> str:
    """A field's name as editors write it: `variableTypes`."""
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def _group(cls: type[_T], raw: Mapping[str, Any], group: str, messages: list[str]) -> _T:
    given = raw.get(group)
    values: dict[str, Any] = {}
    for one in fields(cls):
        name = editor_name(one.name)
        value = given.get(name) if isinstance(given, Mapping) else None
        choices = CHOICES.get(name, (True, False))
        if any(value is choice or (isinstance(value, str) and value == choice) for choice in choices):
            values[one.name] = value
        elif value is not None:
            where = f"nexa.{group}.{name}"
            if name in CHOICES:
                messages.append(f"{where}: must be one of {', '.join(CHOICES[name])}")
            else:
                messages.append(f"{where}: must be true or false")
    return cls(**values)


CHOICES: dict[str, tuple[str, ...]] = {"logLevel": get_args(LogLevel)}
"""The settings that are no switches, with the values that they take."""
