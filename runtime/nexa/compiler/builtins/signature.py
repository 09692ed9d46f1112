"""Signatures of predeclared names, read from one line of text each.

    query_one(handle: db, sql: str, params: list = []) -> dict? ! :: The first row, or null.
    runtime: any :: What is known about the run.

`!` marks a function that may fail, `name?` a parameter that may be left out without a written default, `...name`
one that takes any number of values, `**name` any named ones. A parameter without a type takes anything.
"""

from __future__ import annotations

from dataclasses import replace

from nexa.syntax.record import record


@record
class Parameter:
    """A parameter of a predeclared function. `default` is its written default, None without one."""

    name: str
    type: str = "any"
    default: str | None = None
    optional: bool = False
    variadic: bool = False
    keywords: bool = False
    """Takes any further named arguments."""


@record
class Builtin:
    """A predeclared name, a `std` function or a member. `params` is None for what is no function.

    `path` is how it is written in full (`std.fs.file_read`). `milliseconds` names the parameters that a duration
    fills in milliseconds.
    """

    name: str
    path: str
    params: tuple[Parameter, ...] | None
    type: str
    fallible: bool
    doc: str

    @property
    def signature(self) -> str:
        """How it is shown: `std.fs.file_read(path: str, encoding: str = "utf-8") -> str`."""
        if self.params is None:
            return f"{self.path}: {self.type}"
        return f"{self.path}({', '.join(map(_shown, self.params))}) -> {self.type}"

    def parameter(self, name: str) -> Parameter | None:
        """The parameter that a named argument fills, None when there is none."""
        return next((one for one in self.params or () if one.name == name and not one.variadic), None)

    @property
    def takes_any_name(self) -> bool:
        """Whether a named argument may have any name."""
        return any(one.keywords for one in self.params or ())


def table(text: str, prefix: str = "") -> dict[str, Builtin]:
    """Read one signature a line; blank lines are skipped. `prefix` is put before each name to make its path."""
    entries = [_entry(line, prefix) for line in text.strip().splitlines() if line.strip()]
    return {entry.name: entry for entry in entries}


def renamed(entry: Builtin, name: str, prefix: str) -> Builtin:
    """The same function under another name."""
    return replace(entry, name=name, path=prefix + name)


def _entry(line: str, prefix: str) -> Builtin:
    head, _, doc = line.strip().partition(" :: ")
    fallible = head.endswith("!")
    head = head.removesuffix("!").strip()
    if "(" not in head.partition(":")[0]:
        name, _, kind = head.partition(":")
        return Builtin(name.strip(), prefix + name.strip(), None, kind.strip() or "any", fallible, doc.strip())
    name, _, rest = head.partition("(")
    inside, _, result = rest.rpartition(")") if "->" not in rest else _split_arrow(rest)
    params = tuple(_parameter(part) for part in split_top(inside) if part)
    return Builtin(name, prefix + name, params, result or "unit", fallible, doc.strip())


def _split_arrow(rest: str) -> tuple[str, str, str]:
    inside, _, result = rest.rpartition("->")
    return inside.strip().removesuffix(")"), "->", result.strip()


def _parameter(text: str) -> Parameter:
    head, _, default = text.partition("=")
    name, _, kind = head.partition(":")
    name = name.strip()
    bare = name.removeprefix("...").removeprefix("**").removesuffix("?")
    return Parameter(
        bare,
        kind.strip() or "any",
        default.strip() or None,
        optional=bool(default) or name.endswith("?") or not name[0].isidentifier(),
        variadic=name.startswith("..."),
        keywords=name.startswith("**"),
    )


def split_top(text: str) -> list[str]:
    """Split at the commas that stand outside brackets and quotes."""
    parts, depth, quoted, start = [], 0, False, 0
    for at, char in enumerate(text):
        if char == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]


def _shown(parameter: Parameter) -> str:
    if parameter.variadic:
        return f"...{parameter.name}"
    if parameter.keywords:
        return f"**{parameter.name}"
    kind = "" if parameter.type == "any" else f": {parameter.type}"
    if parameter.default is not None:
        return f"{parameter.name}{kind} = {parameter.default}"
    return f"{parameter.name}{'?' if parameter.optional else ''}{kind}"
