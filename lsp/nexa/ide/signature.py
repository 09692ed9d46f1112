"""How a declaration is shown in one line: its head as written, without body, comments and line breaks."""

from __future__ import annotations

from nexa.compiler import ast


def head(node: ast.Node, text: bytes) -> str:
    """What follows the name of a declaration: parameters and result, or clauses; `""` when there is nothing."""
    match node:
        case ast.Function() | ast.Flow():
            return _parameters(node.params, text, shown=isinstance(node, ast.Function) or node.has_params) + (
                f" -> {source(node.returns.type, text)}" if node.returns else ""
            )
        case ast.Agent():
            return _agent_head(node, text)
        case ast.TypeAlias():
            return f"{_type_params(node.type_params)}= {source(node.type, text)}".strip()
        case ast.Protocol() | ast.Struct() | ast.Enum() | ast.Trait():
            return _type_params(node.type_params).strip()
        case ast.Job():
            return f"on {source(node.queue, text)}" if node.queue else ""
    return ""


def declared_as(node: ast.Node, text: bytes) -> str:
    """A declaration's first line as a reader would write it: `flow study(topic: str) -> str`."""
    keyword = _KEYWORDS.get(type(node), "")
    if isinstance(node, ast.Handle):
        keyword = node.family
    name = getattr(node, "name", None)
    words = [keyword, name.text if isinstance(name, ast.Name) else ""]
    shown = " ".join(word for word in words if word)
    rest = head(node, text)
    return f"{shown}{rest}" if rest.startswith(("(", "[")) else f"{shown} {rest}".rstrip()


def source(node: ast.Node, text: bytes) -> str:
    """The text of a node in one line."""
    return " ".join(text[node.start : node.end].decode("utf-8", "replace").split())


def _parameters(params: tuple[ast.Param, ...], text: bytes, *, shown: bool) -> str:
    return f"({', '.join(source(param, text) for param in params)})" if shown else ""


def _type_params(names: tuple[ast.Name, ...]) -> str:
    return f"[{', '.join(name.text for name in names)}] " if names else ""


def _agent_head(node: ast.Agent, text: bytes) -> str:
    parts = [f"-> {source(node.returns, text)}"] if node.returns else []
    if node.implements:
        parts.append("implements " + ", ".join(source(one, text) for one in node.implements))
    if node.uses:
        parts.append("uses " + ", ".join(source(one, text) for one in node.uses))
    return " ".join(parts)


_KEYWORDS: dict[type[ast.Node], str] = {
    ast.Agent: "agent",
    ast.Tool: "tool",
    ast.Function: "fn",
    ast.Flow: "flow",
    ast.Protocol: "protocol",
    ast.TypeAlias: "type",
    ast.Struct: "struct",
    ast.Enum: "enum",
    ast.Trait: "trait",
    ast.Job: "job",
    ast.Server: "server",
}
