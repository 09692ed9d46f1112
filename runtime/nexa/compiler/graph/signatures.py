"""What agents, flows and functions take and give, as far as their declarations write it."""

from __future__ import annotations

from nexa.compiler import ast


def signature_of(node: ast.Node | None) -> tuple[str, str]:
    """What a declaration takes and gives, as far as it is written."""
    if isinstance(node, ast.Agent):
        return _agent_input(node), _agent_output(node)
    if isinstance(node, ast.Flow | ast.Function):
        taken = ", ".join(_type_text(param.type) for param in node.params)
        return taken, _type_text(node.returns.type) if node.returns is not None else ""
    return "", ""


def _agent_input(node: ast.Agent) -> str:
    for member in node.members:
        if isinstance(member, ast.ContextBlock):
            for one in member.properties:
                if one.key.text == "input_schema" and isinstance(one.value, ast.Name):
                    return one.value.text
    return "str"


def _agent_output(node: ast.Agent) -> str:
    if node.implements:
        return " & ".join(map(_type_text, node.implements))
    if node.returns is not None:
        return _type_text(node.returns)
    for member in node.members:
        properties = member.properties if isinstance(member, ast.ContextBlock) else (member,)
        for one in properties:
            if isinstance(one, ast.Property) and one.key.text == "output_schema" and isinstance(one.value, ast.Name):
                return one.value.text
    return "str"


def _type_text(node: ast.TypeExpr | None) -> str:
    """A type as it would be written, in one line."""
    if isinstance(node, ast.TypeName):
        inside = f"[{', '.join(map(_type_text, node.args))}]" if node.args else ""
        return ".".join(one.text for one in node.path) + inside
    if isinstance(node, ast.TypeOption):
        return f"{_type_text(node.inner)}?"
    if isinstance(node, ast.TypeUnion):
        return " | ".join(map(_type_text, node.members))
    if isinstance(node, ast.TypeTuple):
        return f"({', '.join(map(_type_text, node.items))})"
    if isinstance(node, ast.TypeFn):
        return "fn"
    return "agent" if isinstance(node, ast.TypeAgent) else "any"
