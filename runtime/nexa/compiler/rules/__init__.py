"""Every rule of the language, one file each, listed by hand in the order of the codes."""

from __future__ import annotations

from nexa.compiler.rule import Rule

RULES: tuple[Rule, ...] = ()
