"""What can be fed: the right sides of the flow operators, ranked by whether the value on the left connects.

A stage is an agent, a flow or function that can do with one argument, a tool with one parameter that it needs, and
for `|>>` and `||` a list of them. Connecting is the language's own check (reference, 3.4.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED
from nexa.compiler.infer.feeding import accepts, input_of, is_row_of_stages, is_stage, output_of
from nexa.compiler.infer.values import PLACES
from nexa.compiler.types.show import show
from nexa.compiler.types.signature import type_of_builtin, type_of_declared
from nexa.compiler.types.terms import (
    BOOL,
    STR,
    UNKNOWN,
    AgentOf,
    Function,
    Group,
    Named,
    Row,
    Type,
    base_of,
    is_list,
    is_silent,
)
from nexa.compiler.types.union import element_of, join, without_null
from nexa.ide.features.completion.candidates import (
    BUILT_IN,
    DECLARED,
    KEYWORD,
    LOCAL,
    MISFIT,
    UNSURE,
    WANTED,
    Candidate,
    builtin,
)
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.values import MAX_TYPED, entries, locals_of, of_entry


@dataclass(frozen=True, slots=True)
class Feeding:
    """What flows into the stage at a place. `takes_lists`: a list of stages may stand there itself.

    `takes_functions`: anything that can be called with one value may, also what the language brings along.
    `or_values`: the operator means something else, too, so other values may stand there.
    """

    source: Type
    takes_lists: bool = False
    takes_functions: bool = False
    or_values: bool = False


def feeding(place: Place) -> Feeding | None:
    """What flows into the word of a place; None where no stage is wanted."""
    node: ast.Node = place.name
    parent = place.parent
    in_list = isinstance(parent, ast.List)
    if in_list and parent is not None:
        node, parent = parent, place.above(parent)
    match parent:
        case ast.Pipe(left=left, right=right) if right is node and not in_list:
            return Feeding(_out(place, left))
        case ast.PipeCall(left=left, right=right) if right is node and not in_list:
            return Feeding(_out(place, left), takes_functions=True)
        case ast.FanOut(left=left, right=right) if right is node:
            return Feeding(_each(place, left, in_list=in_list), takes_lists=not in_list)
        case ast.Merge(left=left, right=right) if right is node and not in_list:
            return Feeding(_merged(place, left))
        case ast.BarBar(left=left, right=right) if right is node:
            return Feeding(
                _out(place, left), takes_lists=not in_list, or_values=_may_be_bool(place, left) and not in_list
            )
        case ast.AmpAmp(left=left, right=right) if right is node:
            source = _merged(place, left) if not in_list else _out(place, left)
            return Feeding(source, takes_lists=not in_list, or_values=not in_list and not _is_row(place, left))
        case ast.Branch(subject=subject) if subject is not node and not in_list:
            source = _out(place, subject)
            return Feeding(source, or_values=is_silent(source) or base_of(source) == BOOL)
        case ast.Route(target=target) if target is node:
            return Feeding(STR)
        case ast.Argument() if not in_list and parent.value is node:
            return _joined(place, parent)
    return None


def _joined(place: Place, argument: ast.Argument) -> Feeding | None:
    """`join(A, …)`, and what it is given: `join(A, B).M(x)`."""
    call = place.above(argument)
    if not (isinstance(call, ast.Call) and isinstance(call.callee, ast.Name) and call.callee.text == "join"):
        return None
    if call.callee in place.item.scope.bindings or place.names.entries("value", "join"):
        return None
    member = place.above(call)
    outer = place.above(member)
    first = outer.args[:1] if isinstance(member, ast.Member) and isinstance(outer, ast.Call) else ()
    return Feeding(place.sight.types.get(first[0].value, UNKNOWN) if first else UNKNOWN)


def _out(place: Place, node: ast.Expr) -> Type:
    """The value that flows out of an expression: a stage that is only named is run."""
    found = place.sight.types.get(node, UNKNOWN)
    plain = base_of(found)
    if is_stage(plain):
        return output_of(plain)
    if is_row_of_stages(plain):
        return Row(tuple(map(output_of, plain.items)), is_list=True) if isinstance(plain, Row) else UNKNOWN
    return found


def _each(place: Place, node: ast.Expr, *, in_list: bool) -> Type:
    found = _out(place, node)
    return element_of(found) if not in_list and is_list(base_of(found)) else found


def _merged(place: Place, node: ast.Expr) -> Type:
    """A stage with a record as its input takes the elements one by one, any other the list or its text."""
    return _out(place, node)


def _may_be_bool(place: Place, node: ast.Expr) -> bool:
    found = place.sight.types.get(node, UNKNOWN)
    return is_silent(found) or base_of(found) == BOOL


def _is_row(place: Place, node: ast.Expr) -> bool:
    found = base_of(place.sight.types.get(node, UNKNOWN))
    return isinstance(found, Row) or is_list(found) or is_row_of_stages(found)


def stages(place: Place, feed: Feeding) -> Iterator[Candidate]:
    """Everything that may stand there, what connects first."""
    for candidate in locals_of(place):
        found = next((place.sight.held(one) for one in place.sight.locals if one.name == candidate.label), UNKNOWN)
        if _is_welcome(found, feed) or (is_silent(found) and candidate.kind in ("variable", "parameter")):
            yield _ranked(place, candidate, found, feed, LOCAL)
    for count, entry in enumerate(entries(place, "value")):
        found = type_of_declared(place.names, entry.declared) if count < MAX_TYPED else UNKNOWN
        candidate = of_entry(place, entry)
        is_known = candidate.kind in ("agent", "tool") and not entry.declared.is_broken
        if _is_welcome(found, feed) or (is_silent(found) and (is_known or candidate.kind == "variable")):
            yield _ranked(place, candidate, found, feed, DECLARED)
    if feed.takes_functions:
        yield from _functions(place, feed)
    yield Candidate("fn", "keyword", KEYWORD, ("keyword", "fn"), snippet="fn(${1:x}) => ${0}", insert="fn(")
    if feed.takes_lists:
        yield Candidate(
            "[…]",
            "snippet",
            KEYWORD,
            ("keyword", "stages"),
            snippet="[${1:First}, ${0:Second}]",
            insert="[",
            filter="[",
        )


def _is_welcome(found: Type, feed: Feeding) -> bool:
    plain = base_of(found)
    if isinstance(plain, Function) and plain.kind in ("struct", "predeclared", "method") and not feed.takes_functions:
        return False
    return (is_stage(plain) and input_of(plain) is not None) or (feed.takes_lists and is_row_of_stages(plain))


def _functions(place: Place, feed: Feeding) -> Iterator[Candidate]:
    for name, entry in PREDECLARED.items():
        found = type_of_builtin(entry)
        if name == "std":
            yield Candidate("std", "namespace", BUILT_IN, ("builtin", "builtin", "std", "std"), ends=".")
        elif name not in PLACES and isinstance(found, Function) and input_of(found) is not None:
            candidate = builtin(entry, "builtin", is_called=False)
            yield _ranked(place, candidate, found, feed, BUILT_IN)


def _ranked(place: Place, candidate: Candidate, found: Type, feed: Feeding, origin: int) -> Candidate:
    is_exact, penalty = _connection(place, found, feed)
    is_own = candidate.rank >= DECLARED + UNSURE
    candidate.rank = (WANTED if is_exact and not is_own else origin) + penalty + is_own * UNSURE
    candidate.is_likely = is_exact and not is_own
    candidate.ends = candidate.shape = candidate.insert = candidate.snippet = ""
    candidate.finish = partial(_show_ends, found=base_of(found))
    return candidate


def _show_ends(candidate: Candidate, *, found: Type) -> None:
    if isinstance(found, AgentOf | Function):
        taken = input_of(found)
        shown = "any" if taken is None or is_silent(taken) else show(taken)
        candidate.origin = f"{shown} → {show(output_of(found))}"


def _connection(place: Place, found: Type, feed: Feeding) -> tuple[bool, int]:
    """Whether what flows is exactly what the stage was declared for, and what to add to the rank."""
    plain, source = base_of(found), without_null(feed.source)
    if isinstance(plain, Group) or is_row_of_stages(plain):
        return False, 0
    wanted = input_of(plain)
    if wanted is None or is_silent(wanted):
        return False, 2 if wanted is not None else UNSURE
    if is_silent(source):
        return False, 0
    goal = base_of(wanted)
    flows = [base_of(source)] + ([base_of(join(source.items))] if isinstance(source, Row) else [])
    if any(goal == one for one in flows):
        return isinstance(goal, Named), 0
    if isinstance(plain, Function) and plain.kind == "struct":
        return False, UNSURE
    return False, 3 if any(accepts(place.names, one, wanted) for one in (source, *flows)) else MISFIT
