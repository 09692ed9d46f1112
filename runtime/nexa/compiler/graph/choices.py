"""Choices that a model makes: a node, and arms that run only if it says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from nexa.compiler import ast
from nexa.compiler.emit.matching import intent_label
from nexa.compiler.emit.patterns import bound_names
from nexa.compiler.emit.stages import are_stages
from nexa.compiler.graph.alternatives import alternatives, in_turn
from nexa.compiler.graph.operators import input_of, operator_place, stage
from nexa.compiler.graph.trace import Handler, Sources, Trace, joined


def _branch(t: Trace, node: ast.Branch) -> Sources:
    sources = input_of(t, node.subject)
    made = t.node((node, "operator"), "branch", "??", operator_place(node), sources)
    return _arms(t, made, sources, [node.yes, node.no])


def _arms(t: Trace, made: Sources, sources: Sources, bodies: Sequence[ast.Node]) -> Sources:
    """Arms that a node chooses between; an arm that is a stage is fed what the choice was made on."""

    def arm(body: ast.Node) -> Sources:
        if isinstance(body, ast.Name) and are_stages(t.symbol, body):
            return stage(t, body, sources)
        return t.visit(body)

    with t.guarded(made):
        return alternatives(t, [lambda body=body: arm(body) for body in bodies]) or made  # type: ignore[misc]  # bound


def _branch_cases(t: Trace, node: ast.BranchCases) -> Sources:
    sources = input_of(t, node.subject)
    made = t.node((node, "operator"), "branch", "??", operator_place(node), sources)
    return _arms(t, made, sources, [case.body for case in node.cases])


def _semantic_case(t: Trace, node: ast.SemanticCase) -> Sources:
    sources = joined(t.visit(node.subject), t.visit(node.question))
    made = t.node((node, "operator"), "judge", "semantic_if", node.question, sources)
    return _arms(t, made, sources, [case.body for case in node.cases])


def _match(t: Trace, node: ast.Match) -> Sources:
    sources = t.visit(node.subject)
    if node.intent or node.fast or any(isinstance(arm.pattern, ast.PIntent) for arm in node.arms):
        for arm in node.arms:
            t.visit(intent_label(arm.pattern))
        word = "fast_match" if node.fast else "match intent"
        keyword = ast.Break(node.keyword.start, node.keyword.end)
        made = t.node((node, "operator"), "judge", word, keyword, sources)
        return _arms(t, made, sources, [arm.body for arm in node.arms])

    def ask(arm: ast.Arm) -> Sources:
        for name in bound_names(arm.pattern):
            t.assign(name, sources)
        return t.visit(arm.guard)

    with t.decided(sources):
        return in_turn(t, [(partial(ask, arm), arm.body) for arm in node.arms])


CHOICES: dict[type[ast.Node], Handler] = {
    ast.Branch: _branch,
    ast.BranchCases: _branch_cases,
    ast.SemanticCase: _semantic_case,
    ast.Match: _match,
}
