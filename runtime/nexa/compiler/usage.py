"""What becomes of the value of an expression, and which names are agents: questions that several graph rules ask."""

from __future__ import annotations

from typing import Literal

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names

Fate = Literal["dropped", "result", "used"]
"""Nobody gets the value; it is what a function, lambda or block yields; something takes it."""

_CHOICES = (ast.Match, ast.BranchCases, ast.SemanticCase)


def fate(item: ItemFacts, node: ast.Node) -> Fate:
    """What becomes of the value of an expression."""
    parent = item.parents.get(node)
    if parent is None or isinstance(parent, ast.Block | ast.ExprStmt):
        if isinstance(parent, ast.ExprStmt):
            return "used" if node is parent.guard else _fate_of_statement(item, parent)
        return _fate_of_statement(item, node)
    if _passes_on(parent, node):
        return fate(item, parent)
    if isinstance(parent, ast.Arm | ast.Case) and node is parent.body:
        return fate(item, item.parents[parent])
    if isinstance(parent, ast.Defer):
        return "dropped"
    return "result" if isinstance(parent, ast.Lambda) and node is parent.body else "used"


def _passes_on(parent: ast.Node, node: ast.Node) -> bool:
    """Whether the value of `node` is at once the value of the expression around it, whenever it is evaluated."""
    if isinstance(parent, ast.Conditional):
        return node is not parent.cond
    if isinstance(parent, ast.Branch):
        return node is not parent.subject
    if isinstance(parent, ast.Coalesce):
        return node is parent.right
    return isinstance(parent, ast.Otherwise | ast.Propagate)


def _fate_of_statement(item: ItemFacts, statement: ast.Node) -> Fate:
    """A block yields the value of its last statement where somebody asks it for one."""
    block = item.parents.get(statement)
    if not isinstance(block, ast.Block) or block.statements[-1] is not statement:
        return "dropped"
    owner = item.parents.get(block)
    if isinstance(owner, ast.Lambda | ast.Function):
        return "result"
    if isinstance(owner, ast.Otherwise):
        return fate(item, owner)
    if isinstance(owner, ast.Arm | ast.Case) and isinstance(item.parents.get(owner), _CHOICES):
        return fate(item, item.parents[owner])
    return "dropped"


def is_value(item: ItemFacts, names: Names, node: ast.Node, kinds: frozenset[str]) -> bool:
    """Whether an expression is the name of a declaration of one of these kinds."""
    if not isinstance(node, ast.Name) or node in item.scope.bindings:
        return False
    meaning = names.value(node.text)
    return isinstance(meaning, Declared) and meaning.kind in kinds


AGENT = frozenset({"agent"})


def is_agent(item: ItemFacts, names: Names, node: ast.Node) -> bool:
    """Whether an expression is the name of an agent."""
    return is_value(item, names, node, AGENT)


STAGES = frozenset({"agent", "flow"})


def are_stages(item: ItemFacts, names: Names, node: ast.Node) -> bool:
    """Whether an expression is the name of an agent or flow, or a list of such names."""
    if isinstance(node, ast.List):
        return bool(node.items) and all(is_value(item, names, one, STAGES) for one in node.items)
    return is_value(item, names, node, STAGES)


def _may_be_stages(item: ItemFacts, names: Names, node: ast.Node) -> bool:
    """The same, or names of which nobody knows what they are."""
    if isinstance(node, ast.List):
        return bool(node.items) and all(_may_be_stages(item, names, one) for one in node.items)
    if not isinstance(node, ast.Name) or node in item.scope.bindings:
        return False
    meaning = names.value(node.text)
    return meaning is None or (isinstance(meaning, Declared) and meaning.kind in {*STAGES, "doubtful"})


def reads_input(item: ItemFacts, names: Names, flow: ast.Flow) -> bool:
    """Whether anything in a flow may run with its ambient input, and so reads its first parameter."""
    for node in ast.walk(flow.body):
        if isinstance(node, ast.FlowOperator):
            left = node.subject if isinstance(node, ast.Branch | ast.BranchCases) else getattr(node, "left", node)
            arms = (node.yes, node.no) if isinstance(node, ast.Branch) else ()
            if any(_may_be_stages(item, names, one) for one in (left, *arms)):
                return True
        elif isinstance(node, ast.Call):
            if isinstance(node.callee, ast.Name) and node.callee.text == "join":
                return True
        elif isinstance(node, ast.SemanticIf) and node.subject is None:
            return True
    return False
