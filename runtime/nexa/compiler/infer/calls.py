"""Calls: arity, the types of arguments, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from nexa.compiler import ast
from nexa.compiler.chains import callee_of
from nexa.compiler.infer.conditions import passing
from nexa.compiler.infer.feeding import accepts, feed, flowing, input_of, output_of
from nexa.compiler.infer.generics import made
from nexa.compiler.infer.jobs import check_keys
from nexa.compiler.infer.leaks import leak_in_call, leak_to_stage
from nexa.compiler.infer.members import member_type
from nexa.compiler.infer.merging import merge
from nexa.compiler.infer.results import argument_wants, can_call, result_of
from nexa.compiler.infer.values import of_program
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.types.terms import (
    ANY,
    ANY_DICT,
    ANY_LIST,
    BASICS,
    BOOL,
    DURATION,
    FLOAT,
    INT,
    SNAPSHOT,
    STR,
    UNKNOWN,
    AgentOf,
    Applied,
    Function,
    Group,
    Named,
    Parameter,
    Row,
    Type,
    base_of,
    is_dict,
    list_of,
)
from nexa.compiler.types.union import join, union_of, without_null


def _call(t: Typing, node: ast.Node, want: Type | None) -> Type:
    call = cast("ast.Call", node)
    if isinstance(call.callee, ast.Member):
        grouped = _of_group(t, call, call.callee)
        if grouped is not None:
            return grouped
        callee = t.types[call.callee] = member_type(t, call.callee)
        if isinstance(callee, Function) and callee.name in ("enqueue", "enqueue_in"):
            found = call_type(t, call, callee)
            check_keys(t, call, t.types.get(call.callee.object), callee)
            return found
    else:
        callee = t.of(call.callee)
    found = call_type(t, call, callee)
    # `join(A, B)` alone is what its stages give for the ambient input.
    return flowing(t, found, call) if isinstance(found, Group) and want is not _GROUP else found


_GROUP = Group(())
"""What `join(A, B)` is wanted as before `.M(input)`."""


def call_type(t: Typing, call: ast.Call, callee: Type, first: tuple[Type, ast.Expr] | None = None) -> Type:
    """Call a value. `first` is what a `|>` hands in before the written arguments."""
    callee = base_of(callee)
    if isinstance(callee, AgentOf):
        _run(t, call, callee, first)
        return callee.output
    if isinstance(callee, Function):
        given = _arguments(t, call, callee, first)
        leak_in_call(t, call, callee, first)
        found = callee.result if given is None else _result(t, call, callee, given)
        if isinstance(found, Group) and given is not None:
            _strangers_in(t, call)
            if not given:
                t.clash("NX410", call.span)
        return found
    values = [t.of(arg.value) for arg in call.args]
    if callee in _UNCALLED or isinstance(callee, Applied | Row):
        called = Function("type", "", tuple(Parameter("", one) for one in values), ANY)
        t.clash("NX301", call.callee.span, called, callee)
    return callee if isinstance(callee, Group) else UNKNOWN


_UNCALLED = frozenset({STR, INT, FLOAT, BOOL, DURATION})
"""Values that nobody can call, besides lists and dicts."""


def _result(t: Typing, call: ast.Call, callee: Function, given: list[Type]) -> Type:
    """What a call gives whose arguments have these types."""
    found = callee.result
    if callee.kind == "struct" and isinstance(found, Named) and found.args:
        return made(t, found, _by_field(call, callee, given))
    if callee.kind == "predeclared" and callee.name == "filter" and len(given) > 1:
        kept = passing(t, call.args[-1].value)
        if kept is not None:
            return list_of(kept)
    if callee.kind == "method" and callee.name == "get" and len(given) > 1:
        return join((without_null(callee.result), given[1]))
    return result_of(callee, given)


def _by_field(call: ast.Call, callee: Function, given: list[Type]) -> dict[str, Type]:
    """The values for the fields of a struct; of one that a `|>` handed in, too, which is the first."""
    late = len(given) - len(call.args)
    fields = [one.name for one in callee.params]
    names = fields[:late]
    for index, arg in enumerate(call.args, late):
        names.append(arg.name.text if arg.name is not None else fields[index] if index < len(fields) else "")
    return dict(zip(names, given, strict=True))


def _strangers_in(t: Typing, call: ast.Call) -> None:
    """`join(A, 3)`: what is no stage."""
    for arg in call.args:
        if input_of(t.types[arg.value]) is None:
            t.clash("NX305", arg.value.span, t.types[arg.value])


def _run(t: Typing, call: ast.Call, agent: AgentOf, first: tuple[Type, ast.Expr] | None) -> None:
    """`A.run(x, …)`: the first value feeds the agent, the others are paragraphs."""
    if not call.args and first is None:
        t.clash("NX302", call.callee.span, f"`{agent.name or 'agent'}`", 1, None, 0, _entry(t, agent.name))
    for index, arg in enumerate(call.args):
        if index == 0 and first is None and not arg.spread and (arg.name is None or arg.name.text == "input"):
            expect_input(t, arg.value, agent.input)
        else:
            t.of(arg.value)
        leak_to_stage(t, arg.value, t.types[arg.value], agent)


def expect_input(t: Typing, node: ast.Expr, wanted: Type, *words: object) -> None:
    """An argument that feeds a stage: text is read as whatever is wanted, and anything can be text."""
    before = len(t.clashes)
    found = t.of(node, None if accepts(t.names, STR, wanted) and base_of(wanted) == STR else wanted)
    if len(t.clashes) == before and not accepts(t.names, found, wanted):
        t.clash("NX301", node.span, wanted, found, *words)


def _entry(t: Typing, name: str) -> object:
    return next(iter(t.names.entries("value", name)), None) if name and "." not in name else None


def shown(callee: Function) -> str:
    """How a message calls what is called."""
    return f"`{callee.name}`" if callee.name else "the function"


def _arguments(t: Typing, call: ast.Call, callee: Function, first: tuple[Type, ast.Expr] | None) -> list[Type] | None:
    """Type the arguments against the parameters; None when they do not match up. The types in their order."""
    if any(arg.spread for arg in call.args):
        for arg in call.args:
            t.of(arg.value)
        return None
    given: list[Type] = [first[0]] if first is not None else []
    filled = {0} if first is not None else set()
    unnamed, twice, before = set(filled), None, len(t.clashes)
    position, extra, is_strange = len(filled), 0, _is_out_of_order(call)
    for arg in call.args:
        if arg.name is not None:
            index = _named(callee, arg.name.text)
            if index is None and arg.name.text:
                is_strange = True
                _unknown_name(t, call, callee, arg.name)
        else:
            index = _positional(callee, position)
            position += 1
            extra += index is None
        param = callee.params[index] if index is not None else None
        given.append(_argument(t, arg.value, callee, index, param, given))
        if index in unnamed and arg.name is not None:
            twice = arg.name
        if index is not None and arg.name is None:
            unnamed.add(index)
        if index is not None:
            filled.add(index)
    missing = [one for index, one in enumerate(callee.params) if _is_needed(one) and index not in filled]
    if (extra or missing) and not is_strange and not (missing and callee.kind == "struct"):
        count = len(call.args) + (first is not None)
        own = {arg.value.span for arg in call.args}  # nobody can tell which parameter each was meant for
        t.clashes[before:] = [one for one in t.clashes[before:] if one.code != "NX301" or one.span not in own]
        _arity(t, call, callee, count, () if extra else tuple(one.name for one in missing))
        return None
    if twice is not None and not is_strange:
        t.clash("NX217", twice.span, twice.text)
    return given


def _unknown_name(t: Typing, call: ast.Call, callee: Function, name: ast.Name) -> None:
    """An argument for a parameter that does not exist; where the callee's name tells, its rule has looked already."""
    if callee.kind in ("fn", "flow", "method", "lambda") and callee_of(t.item, t.names, call) is None:
        given = {arg.name.text for arg in call.args if arg.name is not None}
        known = frozenset(one.name for one in callee.params if one.name)
        t.clash("NX220", name.span, shown(callee), name.text, known, given)


def _is_out_of_order(call: ast.Call) -> bool:
    """Whether NX121 has been reported."""
    named = [arg.name is not None for arg in call.args]
    return named != sorted(named)


def _is_needed(one: Parameter) -> bool:
    return one.is_needed and not one.rest and not one.keywords


def _named(callee: Function, name: str) -> int | None:
    for index, param in enumerate(callee.params):
        if param.name == name and not param.rest:
            return index
    if callee.params and callee.params[0].type in _HANDLES and name in ("handle", "db", "kv"):
        return 0
    return next((index for index, param in enumerate(callee.params) if param.keywords), None)


_HANDLES = (BASICS["db"], BASICS["kv"])


def _positional(callee: Function, position: int) -> int | None:
    for index, param in enumerate(callee.params):
        if param.rest or (index == position and not param.keywords):
            return index
    return None


def _argument(
    t: Typing, node: ast.Expr, callee: Function, index: int | None, param: Parameter | None, given: list[Type]
) -> Type:
    if param is None or index is None:
        return t.of(node)
    if index == 0 and callee.kind == "predeclared" and callee.name in _VISITING:
        found = t.of(node)
        if isinstance(base_of(found), Row) or base_of(found) == STR or is_dict(base_of(found)):
            return found  # whatever a `for` visits
    if index == 0 and callee.kind == "predeclared" and callee.name == "len":
        is_sized = base_of(t.of(node)) not in _UNCALLED - {STR}
        return t.types[node] if is_sized else t.expect(node, _SIZED, "NX301", *_given_to(t, callee, param))
    if index == 0 and callee.kind in ("flow", "fn") and base_of(param.type) != STR:
        expect_input(t, node, param.type, *_given_to(t, callee, param))
        return t.types[node]
    hint = argument_wants(callee, index, given)
    if hint is not None:
        return _callback(t, node, hint)
    # `restore` has a code of its own; a function of the program by that name was dealt with above.
    is_restore = callee.name == "restore" and param.type == SNAPSHOT
    if is_restore:
        return t.expect(node, param.type, "NX523")
    return t.expect(node, param.type, "NX301", *_given_to(t, callee, param))


_SIZED = union_of((STR, ANY_LIST, ANY_DICT))

_VISITING = frozenset({"sorted", "reversed", "enumerate", "map", "filter", "any", "all"})
"""Predeclared functions that go over what they get."""


def _given_to(t: Typing, callee: Function, param: Parameter) -> tuple[object, ...]:
    """What NX301 says of who wants the value."""
    if callee.kind == "predeclared":
        return ("predeclared",)
    entry = _entry(t, callee.name) if callee.kind in ("fn", "flow", "tool", "struct") else None
    what = "field" if callee.kind == "struct" else "parameter"
    return () if entry is None else (f"{what} `{param.name}` of `{callee.name}`", entry)


def _callback(t: Typing, node: ast.Expr, wanted: Function | Applied) -> Type:
    """What a predeclared function calls, or a list of it: it takes as many values as it will be given."""
    before = len(t.clashes)
    found = t.of(node, wanted)
    if isinstance(wanted, Applied):
        nodes = node.items if isinstance(node, ast.List) else ()
        called = wanted.args[0]
        pairs = [(one, t.types[one]) for one in nodes if not isinstance(one, ast.Spread)]
    else:
        called, pairs = wanted, [(node, found)]
    for one, kind in pairs:
        if len(t.clashes) == before and isinstance(called, Function) and not can_call(t.names, kind, called):
            is_open = isinstance(kind, Function) and kind.result is UNKNOWN
            t.clash("NX301", one.span, called, replace(kind, result=ANY) if is_open else kind)  # type: ignore[type-var]  # a function
    return found


def _arity(t: Typing, call: ast.Call, callee: Function, count: int, missing: tuple[str, ...] = ()) -> None:
    needed = sum(map(_is_needed, callee.params))
    most = None if any(one.rest for one in callee.params) else sum(not one.keywords for one in callee.params)
    span = call.callee.span
    entry = _entry(t, callee.name) if callee.kind in ("fn", "flow", "tool", "struct") else None
    unsaid = missing if count >= needed else ()
    t.clash("NX302", span, shown(callee), needed, most, count, entry, *unsaid)


# ── join and actors ─────────────────────────────────────────────────────────────────────────────────────────────


def _of_group(t: Typing, call: ast.Call, member: ast.Member) -> Type | None:
    """`join(A, B).M(input)` is `input |>> [A, B] &>> M`."""
    if not (isinstance(member.object, ast.Call) and isinstance(member.object.callee, ast.Name)):
        return None
    group = t.of(member.object, _GROUP)
    if not isinstance(group, Group):
        return None
    merger = of_program(t, member.member.text)
    if member.member.text and t.names.value(member.member.text) is None:
        t.clash("NX201", member.member.span, member.member.text)
    t.types[member] = t.types[member.member] = merger
    for index, arg in enumerate(call.args):
        source = t.of(arg.value)
        if index == 0:
            for stage, node in zip(group.stages, member.object.args, strict=False):
                feed(t, source, arg.value, stage, node.value)
    row = Row(tuple(output_of(stage) for stage in group.stages), is_list=True)
    return merge(t, row, member.object, merger, member.member, "join")


def _spawn(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    spawn = cast("ast.Spawn", node)
    local = t.scope.bindings.get(spawn.target)
    target = t.of_local(local) if local is not None else of_program(t, spawn.target.text)
    t.types[spawn.target] = target
    call = ast.Call(spawn.start, spawn.end, spawn.target, spawn.args)
    if isinstance(target, AgentOf):
        _run(t, call, target, None)
        return Applied("actor", (target.input, target.output))
    if isinstance(target, Function) and target.kind != "tool":
        _arguments(t, call, target, None)
        return Applied("actor", (target.params[0].type if target.params else UNKNOWN, target.result))
    for arg in spawn.args:
        t.of(arg.value)
    return UNKNOWN


HANDLERS: dict[type, Handler] = {ast.Call: _call, ast.Spawn: _spawn}
