"""What harness constructs were given: the options in their heads, and those of tools."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import separator
from nexa.compiler.rule import Change, Remedy
from nexa.syntax.record import record
from nexa.syntax.span import Span

Configured = ast.Autoloop | ast.WithContext


def option(node: Configured, key: str) -> ast.Expr | None:
    """The value of an option in the head of `autoloop` or `with_context`."""
    return next((one.value for one in node.config if one.key.text == key), None)


def add_option(node: Configured, text: str) -> Remedy:
    """Write one more option at the start of a head; which value is right, only a person knows."""
    at = Span(node.keyword.end, node.keyword.end)
    return Remedy(f"Add `{text}`", (Change(at, f" {text}{',' if node.config else ''}"),), safe=False)


@record
class ToolCard:
    """The options of a `tool` or a `@tool fn`: `name` is the tool's, `node` the tool or the decorator."""

    name: ast.Name
    node: ast.Tool | ast.Decorator
    options: dict[str, ast.Expr]

    def lacks(self, key: str) -> bool:
        """Whether an option that is true or false certainly is not true."""
        value = self.options.get(key)
        if isinstance(value, ast.Str):
            return value.plain == "false"
        return value is None or (isinstance(value, ast.Bool) and not value.value)

    def with_true(self, item: ItemFacts, key: str, after: ast.Expr) -> Remedy:
        """Set an option; a new one is written behind the value of another."""
        value, option = self.options.get(key), item.parents.get(after)
        apart = ", " if option is None else separator(item, [option])
        at, text = (Span(after.end, after.end), f"{apart}{key}: true") if value is None else (value.span, "true")
        return Remedy(f"Set `{key}: true`", (Change(at, text),), safe=False)


def tools_of(item: ItemFacts) -> list[ToolCard]:
    """The tools that an item declares."""
    found = [
        ToolCard(tool.name, tool, {one.key.text: one.value for one in tool.properties}) for tool in item.of(ast.Tool)
    ]
    for fn in item.of(ast.Function):
        found += [ToolCard(fn.name, one, _arguments(one)) for one in fn.decorators if one.name.text == "tool"]
    return found


def _arguments(decorator: ast.Decorator) -> dict[str, ast.Expr]:
    """Positional ones under the name of their parameter."""
    known = [one.name for one in DECORATORS["tool"].entry.params or ()]
    positional = (one for one in decorator.args if one.name is None and not one.spread)
    options = dict(zip(known, (one.value for one in positional), strict=False))
    return options | {one.name.text: one.value for one in decorator.args if one.name is not None}


RISKY = frozenset({"high", "critical"})


def risk_of(card: ToolCard) -> tuple[ast.Expr, str] | None:
    """The value and the word of a risk level that asks for protection."""
    value = card.options.get("risk_level")
    word = value.plain if isinstance(value, ast.Str) else value.text if isinstance(value, ast.Name) else None
    return (value, word) if value is not None and word is not None and word in RISKY else None


def calls_builtin(item: ItemFacts, names: Names, call: ast.Call, name: str) -> bool:
    """Whether a call certainly calls the predeclared function `name`, not one that the program declares."""
    callee = call.callee
    if not isinstance(callee, ast.Name) or callee.text != name or callee in item.scope.bindings:
        return False
    use = item.scope.use_of.get(callee)
    return (use is None or use.late is None) and isinstance(names.value(name), Builtin)


def is_blank(text: ast.Str | None) -> bool:
    """Whether a string certainly says nothing."""
    return text is not None and text.plain is not None and not text.plain.strip()


def add_statement(item: ItemFacts, block: ast.Block, text: str) -> Change:
    """Write a statement at the start of a block, in the way that the block is laid out."""
    at = block.start + 1
    if not block.statements:
        inside = item.source(Span(at, block.end - 1))
        closing = inside[inside.rindex("\n") :] if "\n" in inside else ""
        if inside.strip():
            return Change(Span(at, at), f"{closing}    {text}" if closing else f" {text};")
        return Change(Span(at, block.end - 1), f"{closing}    {text}{closing}" if closing else f" {text} ")
    between = item.source(Span(at, block.statements[0].start))
    return Change(Span(at, at), between[between.rindex("\n") :] + text if "\n" in between else f" {text};")


def inside(item: ItemFacts, node: ast.Node, outer: ast.Node) -> bool:
    """Whether a node stands in another one."""
    current: ast.Node | None = node
    while current is not None and current is not outer:
        current = item.parents.get(current)
    return current is outer


def whole_number(value: ast.Expr | None) -> int | None:
    """The number that is written, with its sign; None when only the run knows."""
    if isinstance(value, ast.Int):
        return value.value
    if isinstance(value, ast.Unary) and value.op in ("-", "+") and isinstance(value.operand, ast.Int):
        return -value.operand.value if value.op == "-" else value.operand.value
    return None


CONDITIONS = (ast.Contract, ast.SemanticIf, ast.Verify, ast.Assert, ast.Loop, ast.Autoloop)
"""What holds conditions in words."""


def conditions_of(item: ItemFacts) -> list[ast.Str]:
    """The conditions that the judge is asked."""
    texts: list[ast.Expr | None] = [one.semantic for one in item.of(ast.Contract)]
    texts += [one.condition for one in item.of(ast.SemanticIf)]
    texts += [one.text for one in item.of(ast.Verify)]
    texts += [one.text for one in item.of(ast.Assert)]
    for loop in item.of(ast.Loop):
        texts += _operands(loop.until)
    for autoloop in item.of(ast.Autoloop):
        texts += [one.value for one in autoloop.config if one.key.text == "exit_when"]
    return [one for one in texts if isinstance(one, ast.Str)]


def _operands(node: ast.Expr | None) -> list[ast.Expr | None]:
    """What `and`, `or` and `not` put together."""
    if isinstance(node, ast.Binary) and node.op in ("and", "or"):
        return [*_operands(node.left), *_operands(node.right)]
    return _operands(node.operand) if isinstance(node, ast.Unary) and node.op in ("not", "!") else [node]
