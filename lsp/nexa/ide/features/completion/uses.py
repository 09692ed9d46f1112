"""What an agent may use: tools, functions, flows, other agents, the standard library, documents, MCP servers."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import STD_NAMESPACES
from nexa.compiler.table import Entry
from nexa.ide.features.completion.candidates import BUILT_IN, DECLARED, WANTED, Candidate
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.values import entries, of_entry


def usable(place: Place) -> Iterator[Candidate]:
    """What the agent of the place does not use yet; itself never."""
    node = place.item.node
    given = {name.text for item in place.item.of(ast.UseItem) if len(item.path) == 1 for name in item.path}
    given |= {".".join(name.text for name in item.path) for item in place.item.of(ast.UseItem)}
    own = node.name.text if isinstance(node, ast.Agent) else ""
    for entry in entries(place, "value"):
        kind = entry.declared.kind
        if kind in ("tool", "fn", "flow", "agent") and entry.declared.name not in (given | {own}):
            yield of_entry(place, entry, WANTED if is_tool(entry) else DECLARED)
    for name in STD_NAMESPACES:
        if name.count(".") == 1 and name not in given:
            yield Candidate(name, "namespace", BUILT_IN, ("builtin", "namespace", name, name), ends=".")
    yield Candidate("mcp:", "snippet", BUILT_IN, snippet='mcp:"${1:https://}"', insert='mcp:"', filter="mcp")


def tools(place: Place) -> Iterator[Candidate]:
    """What a hook about tools may be for."""
    for entry in entries(place, "value"):
        if is_tool(entry):
            yield of_entry(place, entry, WANTED)


def is_tool(entry: Entry) -> bool:
    """Whether a declaration is a tool, or a function that is one."""
    node = entry.declared.node
    return isinstance(node, ast.Tool) or (
        isinstance(node, ast.Function) and any(one.name.text == "tool" for one in node.decorators)
    )
