"""How names of a kind are written: in which case, and how a name reads in it."""

from __future__ import annotations

import re
from typing import Literal

from nexa.compiler import ast

Case = Literal["PascalCase", "snake_case"]

PASCAL: dict[type[ast.Node], str] = {
    ast.Agent: "agent",
    ast.Protocol: "protocol",
    ast.TypeAlias: "type",
    ast.Struct: "struct",
    ast.Enum: "enum",
    ast.Variant: "variant",
    ast.Trait: "trait",
    ast.Job: "job",
    ast.Server: "server",
}
SNAKE: dict[type[ast.Node], str] = {ast.Flow: "flow", ast.Function: "function", ast.Handle: "handle"}
_SEAM = re.compile(r"(?<=[^\W\d_])_+(?=[^\W_])|(?<=[^\W_])_+(?=[^\W\d_])")
"""Underscores that part words; those between two digits stay."""
_HUMP = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def conventional(node: ast.Node, name: str) -> str:
    """A name as what such a node declares is mostly called: itself where it is so already, or where anything goes."""
    if not name.strip("_"):
        return name
    return _pascal(name) if type(node) in PASCAL else _snake(name) if type(node) in SNAKE else name


def _pascal(name: str) -> str:
    """`code_reviewer` → `CodeReviewer`; a letter without case, as in Chinese, is right as it is."""
    core = name.strip("_")
    words = _SEAM.split(core)
    if len(words) == 1 and not core[0].islower():
        return name
    is_loud = core.isupper()
    better = "".join(word[0].upper() + (word[1:].lower() if is_loud else word[1:]) for word in words)
    return name.replace(core, better)


def _snake(name: str) -> str:
    """`runReview` → `run_review`."""
    return name if name.lower() == name else _HUMP.sub("_", name).lower()
