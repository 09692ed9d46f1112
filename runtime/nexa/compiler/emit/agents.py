"""Agents and tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.contracts import is_old
from nexa.compiler.emit.functions import names_of_params, write_function
from nexa.compiler.emit.hooking import hook_expr
from nexa.compiler.emit.patterns import bound_names, pattern_of
from nexa.compiler.emit.properties import Properties, constant, keywords, returned_type, setup, type_property
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import Callee, Writer

_TYPED = frozenset({"input_schema", "output_schema"})
"""Properties that name a protocol."""

_DECORATED = {
    "limit": {"max_tokens": "max_tokens"},
    "timeout": {"seconds": "timeout"},
    "retry": {"max_attempts": "retry", "count": "retry", "attempts": "retry"},
    "temperature": {"value": "temperature"},
}
"""What the arguments of decorators are as properties."""


def agent(w: Writer, node: ast.Declaration) -> None:
    """`A = nx.agent("A", …)`."""
    written = cast("ast.Agent", node)
    found = Properties()
    for member in written.members:
        if isinstance(member, ast.Property):
            _property(w, found, member)
        elif isinstance(member, ast.ContextBlock):
            found.plain["context"] = _block(w, member.properties)
        elif isinstance(member, ast.ContextPolicy):
            found.plain["context_policy"] = _block(w, member.properties)
    _decorators(w, written.decorators, found)
    options = _head(w, written)
    options.update(_inside(w, written))
    options.update(keywords(found.plain))
    options.update(setup(w, found.computed))
    _declare(w, written.name, "agent", written.doc, options)


def _declare(w: Writer, name: ast.Name, function: str, doc: str, options: dict[str, py.Expr]) -> None:
    about = {"doc": py.const(doc)} if doc else {}
    options = {**about, **options, "base": w.unit.folder()}
    symbol = w.unit.symbols.values.get(name.text)
    w.add(py.assign(symbol.python if symbol else name.text, py.nx_call(function, py.const(name.text), **options)))


def _property(w: Writer, found: Properties, member: ast.Property) -> None:
    key = member.key.text
    with w.at(member):
        if key == "tools":
            found.plain["uses"] = py.lambda_(py.tuple_(_listed(w, member.value)))
        elif key in _TYPED:
            made = type_property(w, member.value)
            if made is not None:
                found.plain[key] = made
        else:
            found.put(w, key, member.value)


def _listed(w: Writer, node: ast.Expr) -> list[py.Expr]:
    return w.exprs(node.items) if isinstance(node, ast.List | ast.Tuple) else [w.expr(node)]


def _block(w: Writer, properties: Sequence[ast.Property]) -> py.Expr:
    """The properties of a `context` or `context_policy` block."""
    entries: list[tuple[str, py.Expr]] = []
    for one in properties:
        made = type_property(w, one.value) if one.key.text in _TYPED else constant(w, one.value)
        entries.append((one.key.text, made if made is not None else w.expr(one.value)))
    return w.at_place(properties[0] if properties else w.item.node, py.record(entries))


def _decorators(w: Writer, decorators: Sequence[ast.Decorator], found: Properties) -> None:
    for decorator in decorators:
        name = decorator.name.text
        given = decorator_arguments(w, decorator)
        if name == "budget":
            found.plain["budget"] = py.record(list(given.items()))
        for key, value in given.items():
            prop = _DECORATED.get(name, {}).get(key)
            if prop is not None:
                found.plain[prop] = value


def decorator_arguments(w: Writer, decorator: ast.Decorator) -> dict[str, py.Expr]:
    """The arguments of a decorator by name; a positional one is its first parameter's."""
    first = {"limit": "max_tokens", "timeout": "seconds", "retry": "max_attempts", "temperature": "value"}
    given: dict[str, py.Expr] = {}
    for arg in decorator.args:
        key = arg.name.text if arg.name is not None else first.get(decorator.name.text, "description")
        made = constant(w, arg.value)
        given[key] = made if made is not None else w.expr(arg.value)
    return given


def around(w: Writer, decorators: Sequence[ast.Decorator]) -> dict[str, py.Expr]:
    """What `@timeout`, `@retry` and `@budget` say of a flow."""
    found = Properties()
    _decorators(w, decorators, found)
    kept = [(key, value) for key, value in found.plain.items() if key in ("timeout", "retry", "budget")]
    return {"around": py.record(kept)} if kept else {}


# ── the head ────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(w: Writer, node: ast.Agent) -> dict[str, py.Expr]:
    options: dict[str, py.Expr] = {}
    items = [*node.uses, *[item for member in node.members if isinstance(member, ast.Uses) for item in member.items]]
    if items:
        options["uses"] = py.lambda_(py.tuple_([_used(w, item) for item in items]))
    if node.implements:
        options["implements"] = py.lambda_(py.tuple_([type_expr(w, one) for one in node.implements]))
    if node.returns is not None:
        options["returns"] = returned_type(w, node.returns)
    contracts = [*node.contracts, *[one for one in node.members if isinstance(one, ast.Contract)]]
    if contracts:
        options["contracts"] = py.tuple_([contract(w, one) for one in contracts])
    return options


def _used(w: Writer, item: ast.UseItem) -> py.Expr:
    with w.at(item):
        if item.form == "mcp":
            return w.at_place(item, py.nx_call("mcp", py.const(_plain(w, item)), w.unit.folder()))
        if item.form == "string":
            path = _plain(w, item)
            kind = "python_file" if path.endswith(".py") else "skill"
            return w.at_place(item, py.nx_call(kind, py.const(path), w.unit.folder()))
        value = w.expr(item.path[0])
        if w.is_predeclared(item.path[0], "std"):
            value = py.nx(".".join(one.text for one in item.path))
        else:
            for part in item.path[1:]:
                value = py.nx_call("member", value, py.const(part.text))
        return w.at_place(item, value)


def _plain(w: Writer, item: ast.UseItem) -> str:
    """The text; one with an interpolation as it is written, which names nothing."""
    if item.text is None:
        return ""
    return item.text.plain if item.text.plain is not None else w.source(item.text)


def contract(w: Writer, node: ast.Contract) -> py.Expr:
    """A clause of an agent or route, with the function that decides it."""
    with w.at(node):
        clause = py.const(node.clause)
        if node.semantic is not None:
            text = py.const(node.semantic.plain or w.source(node.semantic))
            return w.at_place(node, py.nx_call("AgentContract", clause, text, semantic=py.const(True)))
        assert node.condition is not None  # a hole was reported
        olds = [one for one in ast.walk(node) if isinstance(one, ast.Call) and is_old(w, one)]
        named = {"check": py.name(_check_function(w, node.condition, olds))}
        if olds:
            named["old"] = py.name(_old_function(w, olds))
        return w.at_place(node, py.nx_call("AgentContract", clause, py.const(w.source(node.condition)), **named))


def _check_function(w: Writer, condition: ast.Expr, olds: Sequence[ast.Call]) -> str:
    title = w.unit.fresh("check")
    outer, w.implied = w.implied, {word: py.name(word) for word in ("input", "args", "result")}
    with w.inside(Callee()) as body:
        for number, node in enumerate(olds):
            w.olds[node] = w.variable(py.subscript(py.name("old"), py.const(str(number))), "old").id
        w.add(py.return_(w.condition(condition)))
    w.implied = outer
    _add(w, title, ["input", "args", "result", "old"], body)
    return title


def _old_function(w: Writer, olds: Sequence[ast.Call]) -> str:
    title = w.unit.fresh("old")
    outer, w.implied = w.implied, {word: py.name(word) for word in ("input", "args")}
    with w.inside(Callee()) as body:
        values = w.exprs([one.args[0].value for one in olds])
        w.add(py.return_(py.record([(str(number), value) for number, value in enumerate(values)])))
    w.implied = outer
    _add(w, title, ["input", "args"], body)
    return title


def _add(w: Writer, title: str, params: list[str], body: list[py.Stmt]) -> None:
    made = py.function(title, py.parameters(params), body)
    made.is_emitted = True  # type: ignore[union-attr]  # a note for `closures`
    w.add(made)


# ── members ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _inside(w: Writer, node: ast.Agent) -> dict[str, py.Expr]:
    options: dict[str, py.Expr] = {}
    hooks = [hook_expr(w, one) for one in node.members if isinstance(one, ast.Hook)]
    if hooks:
        options["hooks"] = py.tuple_(hooks)
    members = [_member(w, one) for one in node.members if isinstance(one, ast.Function | ast.Flow)]
    if members:
        options["members"] = py.record(members)
    lets = [one for one in node.members if isinstance(one, ast.Let)]
    if lets:
        options["state"] = py.name(_state(w, lets))
    return options


def _member(w: Writer, node: ast.Function | ast.Flow) -> tuple[str, py.Expr]:
    with w.at(node):
        title = w.unit.fresh("member")
        write_function(w, node, title, has_self=True)
        named: dict[str, py.Expr] = {"owner": py.const("agent"), **names_of_params(w, node.params)}
        if isinstance(node, ast.Flow):
            named.update(around(w, node.decorators))
        if node.doc:
            named["doc"] = py.const(node.doc)
        kind = "flow" if isinstance(node, ast.Flow) else "fn"
        if any(one.name.text == "tool" for one in node.decorators) and isinstance(node, ast.Function):
            kind = "tool_fn"
            named.update(tool_options(w, node))
        return node.name.text, w.at_place(node, py.nx_call(kind, py.const(node.name.text), py.name(title), **named))


def _state(w: Writer, lets: Sequence[ast.Let]) -> str:
    """The function that gives the `let` members their first values, in order: later ones see earlier ones."""
    title = w.unit.fresh("state")
    with w.inside(Callee()) as body:
        values: list[tuple[str, py.Expr]] = []
        for let in lets:
            with w.at(let):
                values += _first_values(w, let)
        w.add(py.return_(py.record(values)))
    w.own.clear()
    _add(w, title, ["self"], body)
    return title


def _first_values(w: Writer, let: ast.Let) -> list[tuple[str, py.Expr]]:
    value = w.expr(let.value)
    if isinstance(let.pattern, ast.PName):
        found = [(let.pattern.name.text, value)]
    else:
        made = w.constant(pattern_of(w, let.pattern), "pattern")
        bound = w.variable(py.nx_call("destructure", made, value), "bound")
        found = [(name.text, py.subscript(bound, py.const(name.text))) for name in bound_names(let.pattern)]
    kept = [(name, w.variable(one, "member")) for name, one in found]
    w.own.update(kept)
    return [(name, variable) for name, variable in kept]


# ── tools ───────────────────────────────────────────────────────────────────────────────────────────────────────


def tool(w: Writer, node: ast.Declaration) -> None:
    """`T = nx.tool("T", …)`."""
    written = cast("ast.Tool", node)
    found = Properties()
    for one in written.properties:
        made = type_property(w, one.value) if one.key.text == "returns" else constant(w, one.value)
        found.plain[one.key.text] = made if made is not None else w.expr(one.value)
    _decorators(w, written.decorators, found)
    _declare(w, written.name, "tool", written.doc, keywords(found.plain))


def tool_options(w: Writer, node: ast.Function) -> dict[str, py.Expr]:
    """What `@tool("description", …)` says of a function."""
    options: dict[str, py.Expr] = {}
    for decorator in node.decorators:
        if decorator.name.text == "tool":
            options.update(decorator_arguments(w, decorator))
        else:
            for key, value in decorator_arguments(w, decorator).items():
                prop = _DECORATED.get(decorator.name.text, {}).get(key)
                if prop is not None:
                    options[prop] = value
    return keywords(options)
