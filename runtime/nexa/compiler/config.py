"""What `nexa.toml` may say, and reading it: the single source of every project setting.

The dataclasses are parser, defaults and manual at once: `docs/settings.md` is generated from their docstrings.
Text in, values and problems out; finding the file is the caller's affair.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import field
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from nexa.compiler.config_places import place_of
from nexa.compiler.suggest import nearest
from nexa.syntax.record import record

_T = TypeVar("_T")


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
    """What an MCP server is told of the program. The table is named by its address, or by how addresses begin."""

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


def parse(text: str, *, pyproject: bool = False) -> tuple[Config, tuple[ConfigProblem, ...]] | None:
    """What `nexa.toml` says; what was not understood keeps its default and is a problem.

    With `pyproject` the text is a `pyproject.toml`: None unless it has a table `tool.nexa`.
    """
    import tomllib  # not on the path of a check without configuration

    try:
        raw: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as mistake:
        return Config(), (_toml_problem(mistake, text),)
    prefix = ("tool", "nexa") if pyproject else ()
    for name in prefix:
        raw = raw.get(name) if isinstance(raw, dict) else None
    if raw is None:
        return None
    config, mistakes = from_mapping(raw)
    return config, tuple(ConfigProblem(message, *place_of(text, (*prefix, *path))) for path, message in mistakes)


def from_mapping(raw: object) -> tuple[Config, list[tuple[tuple[str, ...], str]]]:
    """The same from a tree of plain values, as an editor sends it; mistakes come with the path of their key."""
    mistakes: list[tuple[tuple[str, ...], str]] = []
    config = _build(Config, raw, (), mistakes)
    return config or Config(), mistakes


def is_code_prefix(text: str) -> bool:
    """Whether `text` is a code (`NX303`) or the beginning of some (`NX3`, `NX`)."""
    digits = text[2:]
    return text[:2] == "NX" and len(digits) <= 3 and (not digits or (digits.isascii() and digits.isdigit()))


def is_known_prefix(text: str) -> bool:
    """Whether any code begins so: what selects nothing would let everything pass."""
    from nexa.compiler.rules import RULES  # only where codes are named

    return any(rule.code.startswith(text) for rule in RULES)


Mistakes = list[tuple[tuple[str, ...], str]]


def _build(cls: type[_T], raw: object, path: tuple[str, ...], mistakes: Mistakes) -> _T | None:
    """A dataclass from a table; None (and a mistake) when it cannot be built at all."""
    if not isinstance(raw, Mapping):
        mistakes.append((path, f"{_dotted(path)} must be a table, not {_described(raw)}"))
        return None
    hints = get_type_hints(cls)
    fields = {f.name: f for f in dataclasses.fields(cls)}  # type: ignore[arg-type]  # only dataclasses come here
    values: dict[str, Any] = {}
    for key, value in raw.items():
        name, here = str(key).replace("-", "_"), (*path, str(key))
        if name not in fields:
            mistakes.append((here, _unknown(str(key), path, list(fields))))
            continue
        read = _read(hints[name], value, here, mistakes)
        if read is not None and _in_bounds(fields[name], read, here, mistakes):
            values[name] = read
    required = [n for n, f in fields.items() if f.default is f.default_factory is dataclasses.MISSING]
    if missing := [n for n in required if n not in values]:
        if not any(m[0][: len(path)] == path for m in mistakes):
            mistakes.append((path, f"{_dotted(path)} needs `{missing[0]}`"))
        return None
    return cls(**values)


def _read(kind: Any, value: Any, path: tuple[str, ...], mistakes: Mistakes) -> Any:  # noqa: ANN401  # TOML values are any
    """`value` as the type of its field; None and a mistake when it is something else."""
    if dataclasses.is_dataclass(kind):
        return _build(kind, value, path, mistakes)  # type: ignore[arg-type]  # the annotation is always a class
    if get_origin(kind) is Literal:
        if value in get_args(kind):
            return value
        _wrong(f"one of {', '.join(repr(c) for c in get_args(kind))}".replace("'", '"'), value, path, mistakes)
        return None
    if get_origin(kind) is UnionType:
        return _read(next(a for a in get_args(kind) if a is not NoneType), value, path, mistakes)
    if get_origin(kind) is tuple:
        return _strings(value, path, mistakes)
    if get_origin(kind) in (Mapping, dict):
        return _table(get_args(kind)[1], value, path, mistakes)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is kind:
        return value
    _wrong({int: "a whole number", float: "a number", str: "a string"}[kind], value, path, mistakes)
    return None


def _strings(value: object, path: tuple[str, ...], mistakes: Mistakes) -> tuple[str, ...] | None:
    """A list of strings; where codes belong, each has to look like one."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        _wrong("a list of strings", value, path, mistakes)
        return None
    are_codes = path[-1] in ("select", "ignore") or "per-file-ignores" in (part.replace("_", "-") for part in path)
    return tuple(value) if not are_codes or all(_is_code(one, path, mistakes) for one in value) else None


def _is_code(text: str, path: tuple[str, ...], mistakes: Mistakes) -> bool:
    if not is_code_prefix(text):
        mistakes.append((path, f"{_dotted(path)}: `{text}` is no code; codes look like NX303, prefixes like NX3"))
        return False
    if not is_known_prefix(text):
        mistakes.append((path, f"{_dotted(path)}: no code begins with `{text}`"))
        return False
    return True


def _table(kind: Any, value: object, path: tuple[str, ...], mistakes: Mistakes) -> dict[str, Any] | None:  # noqa: ANN401  # a type
    if not isinstance(value, dict):
        _wrong("a table", value, path, mistakes)
        return None
    are_codes = path[-1] == "severity"
    known = {key: one for key, one in value.items() if not are_codes or _is_code(key, (*path, key), mistakes)}
    read = {key: _read(kind, one, (*path, key), mistakes) for key, one in known.items()}
    return {key: one for key, one in read.items() if one is not None}


def _in_bounds(declared: dataclasses.Field[Any], value: Any, path: tuple[str, ...], mistakes: Mistakes) -> bool:  # noqa: ANN401  # any
    least = declared.metadata.get("at_least")
    if least is None or value >= least:
        return True
    mistakes.append((path, f"{_dotted(path)} must be at least {least}, not {value}"))
    return False


def _wrong(wanted: str, value: object, path: tuple[str, ...], mistakes: Mistakes) -> None:
    mistakes.append((path, f"{_dotted(path)} must be {wanted}, not {_described(value)}"))


def _unknown(key: str, path: tuple[str, ...], known: list[str]) -> str:
    where = f"table `{_bare(path)}`" if path else "the configuration"
    guess = nearest(key.replace("-", "_"), known)
    if guess:
        return f"unknown key `{key}` in {where}; did you mean `{spelt(guess)}`?"
    listing = ", ".join(f"`{spelt(name)}`" for name in known)
    return f"unknown key `{key}` in {where}; " + (f"known keys: {listing}" if listing else "it has no keys yet")


def spelt(name: str) -> str:
    """A field's name as the manual writes it: one key has dashes."""
    return name.replace("_", "-") if name == "per_file_ignores" else name


def _bare(path: tuple[str, ...]) -> str:
    return ".".join(path)


def _dotted(path: tuple[str, ...]) -> str:
    return f"`{_bare(path)}`" if path else "the configuration"


def _described(value: object) -> str:
    """A value as the message shows it: TOML spelling, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"' if len(value) <= 30 else f'"{value[:30]}…"'
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return str(value)


def _toml_problem(mistake: Exception, text: str) -> ConfigProblem:
    """The parser words the place at the end of its message: `… (at line 3, column 5)` or `… (at end of document)`."""
    if isinstance(mistake, RecursionError):
        return ConfigProblem("not readable as TOML: nested too deeply")
    message, _, place = str(mistake).rpartition(" (at ")
    numbers = [int(part) for part in place.replace(",", " ").replace(")", " ").split() if part.isdigit()]
    if len(numbers) == 2:
        return ConfigProblem(f"not readable as TOML: {message}", numbers[0], numbers[1])
    return ConfigProblem(f"not readable as TOML: {mistake}", text.count("\n") + 1, 1)
