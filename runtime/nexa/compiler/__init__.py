"""What a Nexa program means: names, types, the flow graph, the rules, and Python out.

Owns everything between a syntax tree and its findings or its Python. Refuses to know editors, the network, the disk and
the clock: texts come in as bytes, and a `load` function reads what they include.

Nothing is imported before it is first used: a linter needs no emitter, a run no rules' manuals.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project, Settings
    from nexa.compiler.file import File
    from nexa.compiler.graph import FlowGraph, graphs_of
    from nexa.compiler.rule import Finding, Fix, Related, Rule, Severity, TextEdit
    from nexa.compiler.rules import RULES
    from nexa.compiler.symbols import Reference, Symbol
    from nexa.compiler.version import VERSION

__all__ = [
    "RULES",
    "VERSION",
    "File",
    "Finding",
    "Fix",
    "FlowGraph",
    "Project",
    "Reference",
    "Related",
    "Rule",
    "Settings",
    "Severity",
    "Symbol",
    "TextEdit",
    "graphs_of",
]

_HOMES = {
    "analysis": "Project Settings",
    "file": "File",
    "graph": "FlowGraph graphs_of",
    "rule": "Finding Fix Related Rule Severity TextEdit",
    "rules": "RULES",
    "symbols": "Reference Symbol",
    "version": "VERSION",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what the name is, the type checker sees above
    if name not in _HOME:
        raise AttributeError(f"nexa.compiler has no `{name}`")
    value = getattr(importlib.import_module(f"nexa.compiler.{_HOME[name]}"), name)
    globals()[name] = value
    return value
