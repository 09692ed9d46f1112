"""Reading `nexa.toml`: text in, values and problems out. Finding the file is the caller's affair."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from nexa.compiler.config import Config, ConfigProblem, spelt
from nexa.compiler.config_places import place_of
from nexa.compiler.suggest import nearest

_T = TypeVar("_T")


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
        mistakes.append((path, f"{_dotted(path)}: `{text}` is not a code; codes look like NX303, prefixes like NX3"))
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
