"""What `nexa.toml` may say: the single source of every project setting.

The dataclasses are parser, defaults and manual at once: `config_reading` reads by them, and `docs/settings.md` is
generated from their docstrings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from nexa.syntax.record import record


@record
class Check:
    """What `nexa check` and the editor report."""

    select: tuple[str, ...] = ("NX",)
    """Codes to report; a prefix stands for all that begin with it: `["NX1", "NX201"]`."""

    ignore: tuple[str, ...] = ()
    """Codes not to report, prefixes allowed; the longer prefix wins over `select`."""

    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes not to report in files that match a pattern (as in `.gitignore`): `{ "legacy/**" = ["NX2"] }`."""

    severity: Mapping[str, Literal["error", "warning", "information", "hint", "off"]] = field(default_factory=dict)
    """How much codes count, prefixes allowed; the longest prefix wins: `{ NX208 = "error", NX9 = "off" }`.
    `nexa run` and `nexa build` stop at what is an error by itself."""

    harness: Literal["strict", "warn", "off"] = "warn"
    """Whether the harness checks are errors (`strict`), warnings (`warn`) or silent (`off`)."""


@record
class Format:
    """How `nexa fmt` and the editor lay out programs. There is one layout."""

    line_length: int = field(default=120, metadata={"at_least": 40})
    """How many columns a line may have before it is broken."""


@record
class Run:
    """How programs run."""

    max_parallel: int = field(default=16, metadata={"at_least": 1})
    """How many branches of one fan-out run at once."""

    drain_timeout: float = field(default=30.0, metadata={"at_least": 0})
    """Seconds that the end of a run waits for background calls (`||`) before it cancels them."""

    max_loop: int = field(default=100, metadata={"at_least": 1})
    """How often a `loop` goes round before it fails."""

    max_corrections: int = field(default=3, metadata={"at_least": 0})
    """How often a `try_agent` body is run again after a correction that used `reflect`."""

    transaction_wait: float = field(default=60.0, metadata={"at_least": 0})
    """Seconds that a statement waits for the transaction of another task of the program before it fails."""

    type_mode: Literal["strict", "warn", "forgiving"] = "warn"
    """Whether a value of the wrong type raises (`strict`), is logged (`warn`) or passes (`forgiving`)."""

    sandbox: Literal["strict", "process"] = "strict"
    """Whether tools with `sandbox: true` are refused where they cannot be isolated (`strict`), or run as mere processes
    of their own, with the network and all files in reach (`process`)."""

    state_dir: str = ".nexa"
    """Where runs, caches and memory are kept, relative to the project's root."""

    hosts: tuple[str, ...] = ()
    """Names besides `localhost` under which servers that listen on this machine only may be asked; `"*.example.org"` is
    every name that ends so, `"*"` any."""

    parallel: Literal["explicit", "auto"] = "explicit"
    """Whether independent calls run together only under `@parallel` (`explicit`) or wherever possible (`auto`)."""


@record
class Model:
    """A name for a model: `model: strong` in a program then means this one."""

    model: str
    """The model, with its provider: `"openai/gpt-4o-mini"`."""

    input_price: float | None = None
    """US dollars for a million tokens of questions; with it, runs report what they cost."""

    output_price: float | None = None
    """US dollars for a million tokens of answers."""


@record
class Provider:
    """Where a provider's models are reached."""

    base_url: str | None = None
    """The endpoint; without it, the provider's own."""

    api_key_env: str | None = None
    """The environment variable that holds the key."""

    protocol: Literal["openai", "anthropic"] = "openai"
    """What the endpoint speaks: OpenAI's chat completions, or Anthropic's messages."""


@record
class McpServer:
    """What an MCP server gets from the program. The table is named by its address, or by how addresses begin."""

    token: str | None = None
    """The secret that is sent to it, by its key in a `.nxs` file or in the environment."""

    header: str | None = None
    """The header that carries the token; without it, `Authorization`, as a bearer token."""

    env: tuple[str, ...] = ()
    """Secrets and variables of the environment that a command (`stdio:…`) is started with."""


@record
class Scheduler:
    """How jobs are scheduled. Nothing to set yet."""


@record
class Config:
    """Everything that `nexa.toml` says."""

    include_path: tuple[str, ...] = ()
    """Folders where `include` looks after the including file's own, relative to the project's root."""

    check: Check = Check()
    format: Format = Format()
    run: Run = Run()
    models: Mapping[str, Model] = field(default_factory=dict)
    providers: Mapping[str, Provider] = field(default_factory=dict)
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What agents of a role (`rbac_role`) may have called: `{ clerk = ["cash.read", "notes.*"] }`."""
    mcp: Mapping[str, McpServer] = field(default_factory=dict)
    scheduler: Scheduler = Scheduler()


@record
class ConfigProblem:
    """A mistake in the configuration; `line` and `column` (code points) are 1-based, 0 when the place is unknown."""

    message: str
    line: int = 0
    column: int = 0


def spelt(name: str) -> str:
    """A field's name as the manual writes it: one key has dashes."""
    return name.replace("_", "-") if name == "per_file_ignores" else name
