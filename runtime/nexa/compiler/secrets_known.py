"""What a program can know of its secrets: the names in the `.nxs` files that it sees, never a value."""

from __future__ import annotations

from nexa.compiler.program import Program


def sees_all_secrets(program: Program) -> bool:
    """Whether what is in no visible file is certainly in none.

    Not where a file cannot be read or is missing, nor in a library by itself, whose program may see other files.
    """
    is_whole = not any(file.secrets.slips for file in program.secrets)
    return is_whole and not program.table.is_open and not program.entry.endswith(".nxlib")


def config_names(program: Program) -> frozenset[str]:
    """The configurations of the visible files."""
    return frozenset(config.name for file in program.secrets for config in file.secrets.configs)


def keys_of(program: Program, config: str) -> frozenset[str]:
    """The keys of a configuration; `""` for all keys there are, those outside of configurations included."""
    files = [file.secrets for file in program.secrets]
    rows = [one.entries for file in files for one in file.configs if config in ("", one.name)]
    rows += [] if config else [file.entries for file in files]
    return frozenset(entry.key for row in rows for entry in row)


def is_predeclared(program: Program, name: str) -> bool:
    """Whether a predeclared name means what it does everywhere: nothing in the program hides it."""
    return not program.table.row("value", name)
