"""Statements that give names values or end a path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nexa.compiler import ast
from nexa.compiler.facts import Declared
from nexa.compiler.infer.conditions import condition, hold, truths
from nexa.compiler.infer.failures import is_plain_value
from nexa.compiler.infer.functions import returned, type_body, type_function
from nexa.compiler.infer.leaks import leak, leak_in_sum, leak_to_stage
from nexa.compiler.infer.members import missing_fields
from nexa.compiler.infer.operators import binary_type
from nexa.compiler.infer.patterns import bind, note_result
from nexa.compiler.infer.walk import Typing, narrowed
from nexa.compiler.scope import Local
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import ERROR, SILENT, UNIT, UNKNOWN, AgentOf, Applied, Function, Named, Type, base_of
from nexa.compiler.types.union import members_of, widened


def _block(t: Typing, node: ast.Block) -> None:
    for statement in node.statements:
        t.run(statement)


def _let(t: Typing, node: ast.Let) -> None:
    if node.type is None:
        found = t.of(node.value)
        if isinstance(node.pattern, ast.PName):
            t.note_value(node.pattern.name, node.value)
        bind(t, node.pattern, found)
        if isinstance(node.pattern, ast.PRecord) and node.pattern.name is None:
            missing_fields(t, node.pattern, found)
        return
    wanted = t.written(node.type)
    found = t.expect(node.value, wanted, "NX301", *_written_at(node.type))
    if isinstance(node.pattern, ast.PName):
        _give(t, node.pattern.name, wanted, found)
    else:
        bind(t, node.pattern, wanted)


def _written_at(kind: ast.TypeExpr | None) -> tuple[object, ...]:
    """What NX301 says of a type that is written."""
    return () if kind is None else ("the type is written here", kind.span)


def _give(t: Typing, name: ast.Name, wanted: Type, found: Type) -> None:
    """A name of a written type gets a value."""
    local = t.scope.bindings.get(name)
    t.types[name] = wanted
    if local is not None:
        t.assign(local, found)
    elif name in t.scope.use_of:
        t.assign(name.text, narrowed(t, wanted, found))
        note_result(t, name.text, wanted)


def _assign(t: Typing, node: ast.Assign) -> None:
    if not isinstance(node.target, ast.Name):
        _assign_part(t, node)
        return
    if node.type is not None and _names_declaration(t, node.target):
        t.of(node.value)  # NX110
        t.types[node.target] = UNKNOWN
        t.env[t.scope.bindings[node.target]] = UNKNOWN
        return
    if node.type is not None:
        aim = t.written(node.type)
        _give(t, node.target, aim, t.expect(node.value, aim, "NX301", *_written_at(node.type)))
        return
    local = t.scope.bindings.get(node.target)
    kind = local.type if local is not None and local.kind != "catch" else None
    wanted = t.written(kind) if kind is not None else None
    if node.op != "=":
        found = _combined(t, node, t.of(node.target))
    else:
        found = t.of(node.value) if wanted is None else t.expect(node.value, wanted, "NX301", *_written_at(kind))
        t.note_value(node.target, node.value)
    if wanted is not None:
        if node.op != "=" and not fits(t.names, found, wanted):
            t.clash("NX301", node.value.span, wanted, found, *_written_at(kind))
        _give(t, node.target, wanted, found)
    elif local is not None and _names_declaration(t, node.target):
        t.assign(local, UNKNOWN)  # NX110
    else:
        bind(t, ast.PName(node.target.start, node.target.end, node.target), found)


def _names_declaration(t: Typing, target: ast.Name) -> bool:
    """Whether an assignment brings in a local by the name of a declaration, which it may not."""
    local, meaning = t.scope.bindings.get(target), t.names.value(target.text)
    is_new = local is not None and local.binding is target and local.kind == "assigned"
    return is_new and isinstance(meaning, Declared) and meaning.kind != "variable"


def _combined(t: Typing, node: ast.Assign, left: Type) -> Type:
    right = t.of(node.value)
    found = binary_type(node.op[0], left, right)
    if not isinstance(node.target, ast.Name | ast.Member | ast.Index):
        return UNKNOWN  # NX110
    if found is None:
        at = t.item.text.find(node.op.encode(), node.target.end, node.value.start)
        span = type(node.span)(at, at + len(node.op)) if at >= 0 else node.target.span
        t.clash("NX319", span, node.op, left, right)
        return UNKNOWN
    if node.op == "+=":
        leak_in_sum(t, ((node.target, left), (node.value, right)))
    return found


def _assign_part(t: Typing, node: ast.Assign) -> None:
    """`x.f = v`, `x[i] = v`: what was known of that part is gone."""
    path = t.path(node.target)
    if path is not None:
        t.forget(path)
    wanted = t.of(node.target)
    if node.op != "=":
        found = _combined(t, node, wanted)
    elif isinstance(node.target, ast.Member) and _holds_what_it_says(t, node.target.object):
        found = t.expect(node.value, wanted)
    else:
        element = _written_element(t, node.target)
        found = t.of(node.value) if element is None else t.expect(node.value, element)
    if isinstance(path, tuple):
        known = narrowed(t, wanted, found)
        if known not in SILENT:
            t.env[path] = widened(known, is_changed=True)


def _holds_what_it_says(t: Typing, owner: ast.Expr) -> bool:
    """Whether the fields of a value have the types that it was declared with: no dict, and of one with type parameters
    they must be written, for what is inferred is only what it holds by now.
    """
    parts = [base_of(one) for one in members_of(base_of(t.types[owner]))]
    if not any(isinstance(one, Named) and one.args for one in parts):
        return not isinstance(parts[0], Applied)
    local = t.scope.bindings.get(owner) if isinstance(owner, ast.Name) else None
    return local is not None and local.type is not None


def _written_element(t: Typing, target: ast.Expr) -> Type | None:
    """What the elements of a variable are, where its type was written: `xs: list[int]`."""
    if not isinstance(target, ast.Index) or not isinstance(target.object, ast.Name):
        return None
    local = t.scope.bindings.get(target.object)
    kind = base_of(t.written(local.type)) if local is not None and local.type is not None else None
    return kind.args[-1] if isinstance(kind, Applied) and kind.name in ("list", "dict") else None


def _expression(t: Typing, node: ast.ExprStmt) -> None:
    if node.guard is None:
        t.of(node.value)
        _leave(t, node.value)
        return
    condition(t, node.guard)
    skipped = t.end()
    hold(t, truths(t, node.guard, True))
    t.of(node.value)
    _leave(t, node.value)
    t.meet([*t.end(), *skipped])


def _leave(t: Typing, value: ast.Expr) -> None:
    """`exit()` ends the path; `restore()` may give every variable an older value."""
    callee = value.callee if isinstance(value, ast.Call) else None
    if not isinstance(callee, ast.Name) or callee in t.scope.bindings:
        return
    if callee.text == "exit":
        t.is_live = False
    elif callee.text == "restore":
        t.unsettle({key for key in t.env if isinstance(key, Local) and key not in t.settled})


def _return(t: Typing, node: ast.Return) -> None:
    frame = t.frames[-1] if t.frames else None
    wanted = frame.wanted if frame is not None else None
    name = frame.node.name.text if frame is not None and isinstance(frame.node, ast.Function | ast.Flow) else ""
    if node.value is None:
        found: Type = UNIT
        if wanted is not None and wanted not in SILENT and wanted is not UNIT:
            t.clash("NX316", node.keyword, wanted, UNIT, name)
    elif wanted is not None and wanted not in SILENT:
        found = returned(t, node.value, wanted, name, is_said=True)
    else:
        found = t.of(node.value)
    if frame is not None and t.is_live:
        frame.returned.append(found)
    t.is_live = False


def _leave_loop(t: Typing, node: ast.Break | ast.Continue) -> None:
    if isinstance(node, ast.Break) and t.exits and t.is_live:
        t.exits[-1].append(t.env)
    t.is_live = False


def _raise(t: Typing, node: ast.Raise) -> None:
    value = node.value
    if isinstance(value, ast.Call) and isinstance(value.callee, ast.Name):
        for arg in value.args:
            leak(t, arg.value, t.of(arg.value), "an error message")
        t.types[value] = ERROR
    else:
        t.of(value)
    t.is_live = False


def _pass(t: Typing, node: ast.Pass) -> None:
    value, found = t.of(node.value), base_of(t.of(node.target))
    leak_to_stage(t, node.value, value, found)
    is_task = isinstance(found, Applied) and found.name == "task"
    if is_task or is_plain_value(found) or isinstance(found, AgentOf | Function):
        t.clash("NX325", node.target.span, found)


def _verify(t: Typing, node: ast.Verify) -> None:
    if node.text is not None:
        t.of(node.text)
    if node.form == "expr":
        condition(t, node.subject)
        hold(t, truths(t, node.subject, True))
    else:
        t.of(node.subject)


def _assert(t: Typing, node: ast.Assert) -> None:
    if node.text is not None:
        t.of(node.text)
        t.of(node.value)
        return
    condition(t, node.value)
    if node.message is not None:
        t.of(node.message)
    hold(t, truths(t, node.value, True))


def _defer(t: Typing, node: ast.Defer) -> None:
    """Runs when the function ends, with what the variables hold then."""
    before, was_live = t.env, t.is_live
    t.env = {key: found for key, found in before.items() if key in t.settled}
    t.run(node.body)
    t.env, t.is_live = before, was_live


def _contract(t: Typing, node: ast.Contract) -> None:
    if node.semantic is not None:
        t.of(node.semantic)
    if node.condition is not None:
        condition(t, node.condition)
        if node.clause != "ensures":
            hold(t, truths(t, node.condition, True))


def _hook(t: Typing, node: ast.Hook) -> None:
    type_body(t, node, node.body)


def _policy(t: Typing, node: ast.ContextPolicy) -> None:
    from nexa.compiler.infer.properties import type_property

    for one in node.properties:
        type_property(t, "context_policy", one.key, one.value)


def _inner(t: Typing, node: ast.Function | ast.Flow) -> None:
    type_function(t, node)


HANDLERS: dict[type, Callable[[Typing, Any], None]] = {
    ast.Block: _block,
    ast.Let: _let,
    ast.Assign: _assign,
    ast.ExprStmt: _expression,
    ast.Return: _return,
    ast.Break: _leave_loop,
    ast.Continue: _leave_loop,
    ast.Raise: _raise,
    ast.Pass: _pass,
    ast.Verify: _verify,
    ast.Assert: _assert,
    ast.Defer: _defer,
    ast.Contract: _contract,
    ast.Hook: _hook,
    ast.ContextPolicy: _policy,
    ast.Function: _inner,
    ast.Flow: _inner,
}
