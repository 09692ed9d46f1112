"""Calls of agents wait for each other without need.

None of them uses what another gives, and nothing between them has to stay in its place: run at the same time, they
take as long as the slowest. `@parallel` lets the flow do so wherever it can; a `fork` says it for a few calls.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main(topic: str) {
        facts = Ann.run(topic)
              //^^^^^^^^^^^^^^ NX412: 2 independent calls could run concurrently
        doubts = Bob.run(topic)
        print(facts, doubts)
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main(topic: str) {
        fork [facts = Ann.run(topic), doubts = Bob.run(topic)]
        print(facts, doubts)
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Meaning, Names
from nexa.compiler.remedies import separator
from nexa.compiler.rule import Change, Draft, NameRule, Note, Remedy, Severity, alternatives, replace
from nexa.compiler.scope import Use
from nexa.compiler.usage import is_agent
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The parallel groups of each flow that is not `@parallel` yet, of jobs and of tests."""
    if not isinstance(item.node, ast.Flow | ast.Agent | ast.Job | ast.Test) or not _has_two_agents(item, names):
        return
    if any(_is_unsure(use, names) for use in item.scope.uses):
        return  # what it does may be in the way of other calls
    for flow in item.of(ast.Flow):
        if all(one.name.text != "parallel" for one in flow.decorators):
            yield from _groups(item, names, flow)
    bodies: list[ast.JobBody | ast.Test] = [*item.of(ast.JobBody), *item.of(ast.Test)]
    for body in bodies:
        yield from _groups(item, names, body)


def _has_two_agents(item: ItemFacts, names: Names) -> bool:
    """Whether it is worth a look: two names of agents stand in the item."""
    found = (True for name in item.of(ast.Name) if name in item.scope.use_of and is_agent(item, names, name))
    return next(found, False) and next(found, False)


def _is_unsure(use: Use, names: Names) -> bool:
    """Whether nobody knows what a name means."""
    meaning = names.value(use.name.text) if use.role == "value" else None
    return use.role == "value" and (meaning is None or _is_headless(meaning))


def _is_headless(meaning: Meaning) -> bool:
    return isinstance(meaning, Declared) and meaning.is_broken and not (meaning.is_headed and meaning.kind == "agent")


def _groups(item: ItemFacts, names: Names, body: ast.Flow | ast.JobBody | ast.Test) -> Iterator[Draft]:
    from nexa.compiler.emit.symbols import SourceItem
    from nexa.compiler.graph.groups import parallel_groups
    from nexa.compiler.graph.lookup import ItemSymbols
    from nexa.compiler.graph.walk import trace_of

    trace = trace_of(ItemSymbols(names), SourceItem(0, item.node, item.scope), "", body)
    for group in parallel_groups(trace):
        first, *others = group
        notes = tuple(Note("could run at the same time", Span(one.start, one.end)) for one in others)
        text = f"{len(group)} independent calls could run concurrently"
        fix, more = alternatives(_decorated(item, body), _forked(item, [Span(one.start, one.end) for one in group]))
        yield Draft(Span(first.start, first.end), text, notes, fix, others=more)


def _forked(item: ItemFacts, calls: list[Span]) -> Remedy | None:
    """One `fork` in the place of assignments that stand in a row, each of one call."""
    holding = [one for one in item.of(ast.Assign) if any(_is_in(span, one.value) for span in calls)]
    block = item.parents.get(holding[0]) if len(holding) == len(calls) else None
    if not isinstance(block, ast.Block) or not all(_is_plain(one) for one in holding):
        return None
    if len({item.source(one.target.span) for one in holding}) < len(holding):
        return None  # the last of them is what counts
    first = block.statements.index(holding[0])
    if list(block.statements[first : first + len(holding)]) != holding:
        return None
    gaps = (item.source(Span(one.end, other.start)) for one, other in pairwise(holding))
    if any(gap.strip(" \t\r\n;") for gap in gaps):
        return None  # a comment would be lost
    named = [f"{item.source(one.target.span)} = {item.source(one.value.span)}" for one in holding]
    whole, apart = Span(holding[0].start, holding[-1].value.end), separator(item, holding)
    if apart == ", ":
        return replace(whole, f"fork [{', '.join(named)}]", "Run them in a `fork`", safe=False)
    line = apart[1:]
    branches = ",".join(f"{line}    {one}" for one in named)
    return replace(whole, f"fork [{branches}{line}]", "Run them in a `fork`", safe=False)


def _is_in(span: Span, node: ast.Node) -> bool:
    return node.start <= span.start and span.end <= node.end


def _is_plain(one: ast.Assign) -> bool:
    return isinstance(one.target, ast.Name) and one.op == "=" and one.type is None


def _decorated(item: ItemFacts, flow: ast.Node) -> Remedy | None:
    """`@parallel` on the line before a flow of the top level."""
    if item.node is not flow or not isinstance(flow, ast.Flow):
        return None
    at = min([flow.keyword.start, *(one.start for one in flow.decorators)])
    return Remedy("Mark the flow `@parallel`", (Change(Span(at, at), "@parallel\n"),), safe=False)


RULE = NameRule("NX412", "independent-calls", Severity.INFORMATION, check, about=(ast.Flow, ast.JobBody, ast.Test))
