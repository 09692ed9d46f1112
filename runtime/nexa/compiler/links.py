"""Which bodies of an item call, enqueue, spawn and await what, and which agents it leans on: edges for the rules that
look for cycles over a whole program.

They come from the item's text alone and name what they lead to; what a name means is the program's business. Two rows
of links are equal when they say the same, wherever they stand: a rule keeps the number of a link, and asks for its
place when the finding is shown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import field
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, TypeVar

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.syntax.record import record
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts

LinkKind = Literal[
    "call", "uses", "fallback", "enqueue", "spawn", "await",
    "use config", "config", "secret", "model", "port", "file", "python",
]  # fmt: skip
"""The second row is what `needs` collects."""


@record
class Link:
    """`owner` is the body or declaration that the link starts from: `main`, `Ann.plan`, a job, a variable.

    `target` is a dotted name. Of a `spawn` the owner is the variable that holds the task, the target what runs in it.
    Of a `secret` the owner is the config that it must be in, `""` for any.
    """

    kind: LinkKind
    owner: str
    target: str
    span: Span = field(compare=False)


@record
class ItemLinks:
    """The links of an item in textual order.

    `shape` tells how its ways branch and leave around the calls: while it stays the same, so does what every way
    through a body calls (`always`).
    """

    links: tuple[Link, ...] = ()
    shape: tuple[str, ...] = ()


NONE = ItemLinks()


@cache
def links_of_kind(kind: LinkKind) -> Callable[[ItemFacts], list[tuple[int, Link]]]:
    """What reads the links of a kind of an item, each with its number among all of them."""

    def read(item: ItemFacts) -> list[tuple[int, Link]]:
        links = item.links.links
        return [(number, link) for number, link in enumerate(links) if link.kind == kind] if links else []

    return read


def links_of(item: ItemFacts) -> ItemLinks:
    """Collect the links of an item: those to other declarations, then those to what lies outside of the program."""
    from nexa.compiler.needs import needs_of  # the two need each other

    inner, outer = _inner_links(item), tuple(needs_of(item))
    return ItemLinks((*inner.links, *outer), inner.shape) if outer else inner


def _inner_links(item: ItemFacts) -> ItemLinks:
    node = item.node
    if isinstance(node, ast.Flow | ast.Function):
        return _of_bodies(item)
    if isinstance(node, ast.Agent):
        found = _of_bodies(item)
        return ItemLinks((*_leaned_on(node), *found.links), found.shape)
    if isinstance(node, ast.Job):
        return ItemLinks(tuple(_of_job(item, node)))
    if isinstance(node, ast.Declaration):
        return NONE
    return ItemLinks(tuple(_tasks(item, node)))


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────


def bodies_of(node: ast.Item) -> list[tuple[str, ast.Flow | ast.Function]]:
    """The flows and functions of an item, each with the name that others call it by."""
    if isinstance(node, ast.Flow | ast.Function):
        return [(node.name.text, node)]
    members = node.members if isinstance(node, ast.Agent) else ()
    owner = node.name.text if isinstance(node, ast.Agent) else ""
    return [(f"{owner}.{one.name.text}", one) for one in members if isinstance(one, ast.Flow | ast.Function)]


def _of_bodies(item: ItemFacts) -> ItemLinks:
    links: list[Link] = []
    for owner, body in bodies_of(item.node):
        own = [Link("call", owner, called, place.span) for place, called in calls_in(item, body)]
        awaits = [Link("await", owner, name.text, one.span) for one, name in _awaited(item, body)]
        links += sorted([*own, *awaits, *_enqueued(item, owner, body)], key=lambda link: link.span.start)
    return ItemLinks(tuple(links), _shape(item, links) if any(link.kind == "call" for link in links) else ())


_CHOOSING = (
    ast.If, ast.IfBranch, ast.SemanticIf, ast.For, ast.While, ast.Loop, ast.Autoloop, ast.Match, ast.Arm, ast.Case,
    ast.Try, ast.TryAgent, ast.Catch, ast.Otherwise, ast.Conditional, ast.Coalesce, ast.Branch, ast.BranchCases,
    ast.SemanticCase, ast.Return, ast.Raise, ast.Break, ast.Continue, ast.Propagate, ast.Assert, ast.Verify,
    ast.Contract, ast.Lambda, ast.Function, ast.Flow, ast.Hook,
)  # fmt: skip
"""Where ways part, leave, or begin some other time."""


def _shape(item: ItemFacts, links: list[Link]) -> tuple[str, ...]:
    """Where the parts of choices, the ways out and the calls begin and end, in textual order, without their places."""
    events = [(link.span.start, "call") for link in links]
    chosen: list[ast.Node] = [node for cls in _CHOOSING for node in item.nodes.get(cls, ())]
    chosen += [one for one in item.of(ast.ExprStmt) if one.guard is not None]
    chosen += [one for one in item.of(ast.Binary) if one.op in ("and", "or")]
    for node in chosen:
        word = type(node).__name__
        events += [(node.start, word), (node.end, "end")]
        events += [(child.start, "part") for child in ast.children(node)]
    events += [(one.start, str(one.value)) for one in item.of(ast.Bool)]
    exits = (one for one in item.of(ast.Name) if one.text == "exit")
    events += [(one.start, "exit") for one in exits]
    return tuple(word for _, word in sorted(events))


CALLING = (
    ast.Call, ast.Spawn, ast.Pipe, ast.Merge, ast.FanOut, ast.BarBar, ast.AmpAmp, ast.PipeCall, ast.Branch, ast.Case,
    ast.Arm,
)  # fmt: skip
"""What `called_by` knows."""


_N = TypeVar("_N", bound=ast.Node)
_start = attrgetter("start")


def calls_in(item: ItemFacts, body: ast.Node) -> Iterator[tuple[ast.Node, str]]:
    """Every call and every run of a stage in a body: its place, and the dotted name that is called."""
    for cls in CALLING:
        for node in _within(item.of(cls), body):
            for callee in called_by(item, node):
                text = target_of(item, callee)
                if text:
                    yield (node if isinstance(node, ast.Call) else callee), text


def _within(nodes: list[_N], body: ast.Node) -> list[_N]:
    """The nodes in a body, of some in textual order: an agent may have hundreds of bodies."""
    around = nodes[bisect_left(nodes, body.start, key=_start) : bisect_left(nodes, body.end, key=_start)]
    return [node for node in around if node.end <= body.end]


def called_by(item: ItemFacts, node: ast.Node) -> Iterator[ast.Node]:
    """The names that a node itself calls or runs as a stage."""
    if isinstance(node, ast.Call):
        yield node.callee
    elif isinstance(node, ast.Spawn):
        yield node.target
    elif isinstance(node, ast.Pipe | ast.Merge | ast.FanOut | ast.BarBar | ast.AmpAmp | ast.PipeCall):
        yield from _stages(node.right)
        if not isinstance(node, ast.PipeCall):
            yield from _stages(node.left)
    elif isinstance(node, ast.Branch):
        yield from (*_stages(node.yes), *_stages(node.no))
    elif isinstance(node, ast.Case) or (isinstance(node, ast.Arm) and _is_by_intent(item.parents.get(node))):
        yield from _stages(node.body)


def _is_by_intent(node: ast.Node | None) -> bool:
    return isinstance(node, ast.Match) and (node.intent or node.fast)


def _stages(node: ast.Node) -> Iterator[ast.Node]:
    if isinstance(node, ast.List):
        yield from (one for one in node.items if isinstance(one, ast.Name | ast.Member))
    elif isinstance(node, ast.Name | ast.Member):
        yield node


def target_of(item: ItemFacts, node: ast.Node) -> str:
    """The dotted name that an expression means outside its body; `""` when only the run knows."""
    path: list[str] = []
    while isinstance(node, ast.Member):
        path.insert(0, node.member.text)
        node = node.object
    if not isinstance(node, ast.Name):
        return ""
    local = item.scope.bindings.get(node)
    if local is None:
        return "" if node.text in PREDECLARED_VALUES else ".".join([node.text, *path])
    agent = item.node.name.text if isinstance(item.node, ast.Agent) else ""
    if agent and local.kind == "method":
        return ".".join([agent, node.text, *path])
    return ".".join([agent, *path]) if agent and local.kind == "self" else ""


# ── agents ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _leaned_on(agent: ast.Agent) -> Iterator[Link]:
    """The tools of an agent, in the header and in the body, and what stands in for it."""
    owner = agent.name.text
    bodies = [one for member in agent.members if isinstance(member, ast.Uses) for one in member.items]
    for use in (*agent.uses, *bodies):
        if use.form == "name" and len(use.path) == 1:
            yield Link("uses", owner, use.path[0].text, use.span)
    for member in agent.members:
        if isinstance(member, ast.Property) and member.key.text in ("uses", "tools"):
            yield from (Link("uses", owner, one.text, one.span) for one in _named(member.value))
        elif isinstance(member, ast.Property) and member.key.text in ("fallback", "model", "models"):
            yield from (Link("fallback", owner, one.text, one.span) for one in _named(member.value))


def _named(value: ast.Expr) -> Iterator[ast.Name]:
    """The bare names of a property's value."""
    if isinstance(value, ast.Name):
        yield value
    elif isinstance(value, ast.List | ast.Tuple):
        yield from (one for one in value.items if isinstance(one, ast.Name))
    elif isinstance(value, ast.ModelList):
        yield from (one.value for one in value.entries if isinstance(one.value, ast.Name))


# ── jobs and tasks ──────────────────────────────────────────────────────────────────────────────────────────────


def _of_job(item: ItemFacts, job: ast.Job) -> Iterator[Link]:
    """What a job enqueues and calls; a `handler` is called in the place of its `perform`."""
    owner = job.name.text
    for body in job.bodies:
        if body.event == "perform":
            yield from _enqueued(item, owner, body)
            yield from (Link("call", owner, called, place.span) for place, called in calls_in(item, body))
    for option in job.properties:
        if option.key.text == "handler" and (called := target_of(item, option.value)):
            yield Link("call", owner, called, option.value.span)


def _enqueued(item: ItemFacts, owner: str, body: ast.Node) -> Iterator[Link]:
    for call in _within(item.of(ast.Call), body):
        if not isinstance(call.callee, ast.Member):
            continue
        job, is_enqueue = call.callee.object, call.callee.member.text in ("enqueue", "enqueue_in")
        if is_enqueue and isinstance(job, ast.Name) and job not in item.scope.bindings:
            yield Link("enqueue", owner, job.text, call.span)


def _tasks(item: ItemFacts, statement: ast.Node) -> Iterator[Link]:
    """Top-level variables that hold tasks: what runs in them, and what a function written there awaits."""
    for assign in ast.walk(statement):
        if isinstance(assign, ast.Assign) and isinstance(assign.target, ast.Name):
            yield from _task(item, assign.target.text, assign.value)
        elif isinstance(assign, ast.Let) and isinstance(assign.pattern, ast.PName):
            yield from _task(item, assign.pattern.name.text, assign.value)


def _task(item: ItemFacts, variable: str, value: ast.Expr) -> Iterator[Link]:
    body = spawned(item, value)
    if isinstance(body, ast.Lambda):
        yield from (Link("await", variable, name.text, one.span) for one, name in _awaited(item, body))
    elif body is not None and (text := target_of(item, body)):
        yield Link("spawn", variable, text, value.span)


def spawned(item: ItemFacts, value: ast.Expr) -> ast.Node | None:
    """What runs in the task that an expression starts: a function written there, or a name."""
    if isinstance(value, ast.Spawn):
        return value.target
    callee = value.callee if isinstance(value, ast.Call) and value.args else None
    if isinstance(callee, ast.Name) and callee.text == "spawn" and callee not in item.scope.bindings:
        assert isinstance(value, ast.Call)  # it has a callee
        first = value.args[0].value
        return first if isinstance(first, ast.Lambda | ast.Name) else None
    return None


def _awaited(item: ItemFacts, body: ast.Node) -> Iterator[tuple[ast.Await, ast.Name]]:
    """What a body awaits that the program, not the body, holds."""
    for node in item.of(ast.Await):
        is_inside = body.start <= node.start and node.end <= body.end
        if is_inside and isinstance(node.value, ast.Name) and node.value not in item.scope.bindings:
            yield node, node.value
