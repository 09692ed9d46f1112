"""An agent declares its result type twice, and the two disagree.

Bad:

    protocol Plan { goal: str }
    agent Ann -> int implements Plan { prompt: "Plan." }
                              //^^^^ NX323: `int` and `Plan` declare different outputs
    flow main { print(Ann.run("a")) }

Good:

    protocol Plan { goal: str }
    agent Ann implements Plan {
        prompt: "Plan."
        context { output_schema: Plan }
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity
from nexa.compiler.types import Type, show
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.fits import fits
from nexa.compiler.types.signature import context_of, property_of, schema_type
from nexa.compiler.types.terms import Named
from nexa.compiler.types.written import read_type


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The first clause, `implements` or schema that does not agree with the one before it in the text."""
    if not isinstance(item.node, ast.Agent):
        return
    declared = sorted(_outputs(item.node, names), key=lambda one: one[0].start)
    for (first, known), (second, other) in pairwise(declared):
        if _differ(names, known, other, are_joined={first, second} <= set(item.node.implements)):
            note = Note(f"the output is `{show(known)}` here", first.span)
            yield Draft(second.span, f"`{show(known)}` and `{show(other)}` declare different outputs", (note,))
            return


def _differ(names: Names, known: Type, other: Type, *, are_joined: bool) -> bool:
    """Whether no value can be both; protocols that are implemented together only must agree on common fields."""
    if not are_joined:
        return not fits(names, known, other) and not fits(names, other, known)
    both = [one for one in (known, other) if isinstance(one, Named) and one.kind == "protocol"]
    fields = [fields_of(names, one) or {} for one in both]
    if len(fields) < 2:
        return False
    ours, theirs = fields
    common = [(ours[name].type, theirs[name].type) for name in ours.keys() & theirs.keys()]
    return any(not fits(names, one, two) and not fits(names, two, one) for one, two in common)


def _outputs(agent: ast.Agent, names: Names) -> list[tuple[ast.Node, Type]]:
    written = [*agent.implements] if agent.returns is None else [agent.returns, *agent.implements]
    found: list[tuple[ast.Node, Type]] = [(one, read_type(names, one)) for one in written]
    schemas = (context_of(agent, "output_schema"), property_of(agent, "output_schema"))
    return found + [(one, schema_type(names, one)) for one in schemas if one is not None]


RULE = NameRule("NX323", "two-outputs", Severity.ERROR, check, about=(ast.Agent,))
