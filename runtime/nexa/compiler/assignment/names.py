"""Reading a name, and giving one a value."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.assignment.facts import EarlyRead, ScriptRead
from nexa.compiler.assignment.walk import READING, Handler, Walk


def read_name(walk: Walk, node: ast.Node) -> None:
    """Note a read that may come too early."""
    name = cast("ast.Name", node)
    local = walk.scope.bindings.get(name)
    use = walk.scope.use_of.get(name) if local is None else None
    if use is not None and use.late is not None:
        local = use.late
        if use.owner is not local.owner:
            return
    if local is not None and local.kind == "assigned":
        certainty = walk.certainty(local)
        if certainty is not None:
            walk.facts.early_reads.append(EarlyRead(name, local, certainty))
    elif use is not None and use.owner.parent is None and walk.is_script_item and use.role in (*READING, "assign"):
        certainty = walk.certainty(name.text)
        if certainty is not None:
            walk.facts.script_reads.append(ScriptRead(name, certainty))


def give_value(walk: Walk, name: ast.Name) -> None:
    """What an assignment to a name means: a local or a top-level variable has a value from here on."""
    local = walk.scope.bindings.get(name)
    if local is not None:
        walk.assign(local)
    elif name in walk.scope.use_of:
        walk.assign(name.text)


def _nothing_to_read(walk: Walk, node: ast.Node) -> None:
    """Patterns bind, types are not evaluated."""


def _python(walk: Walk, node: ast.Node) -> None:
    facts = walk.scope.python.get(cast("ast.Python", node))
    if facts is None:
        return
    for local in facts.written:
        walk.assign(local)
    if walk.is_script(facts.written):
        for name in facts.defines:
            walk.assign(name)


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Name: read_name,
    ast.Python: _python,
    ast.TypeName: _nothing_to_read,
    ast.TypeVariant: _nothing_to_read,
    ast.PName: _nothing_to_read,
    ast.PTuple: _nothing_to_read,
    ast.PList: _nothing_to_read,
    ast.PRecord: _nothing_to_read,
    ast.PVariant: _nothing_to_read,
    ast.Member: lambda walk, node: walk.visit(cast("ast.Member", node).object),
    ast.Argument: lambda walk, node: walk.visit(cast("ast.Argument", node).value),
    ast.Entry: lambda walk, node: walk.visit(cast("ast.Entry", node).value),
    ast.StructFieldValue: lambda walk, node: walk.visit(cast("ast.StructFieldValue", node).value),
    ast.ConfigItem: lambda walk, node: walk.visit(cast("ast.ConfigItem", node).value),
}
