"""One file as a Python module: declarations, then the script."""

from __future__ import annotations

import ast as python
from collections.abc import Callable, Mapping, Sequence

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.agents import agent, around, tool, tool_options
from nexa.compiler.emit.autoloops import AUTOLOOPS
from nexa.compiler.emit.calls import CALLS
from nexa.compiler.emit.choices import CHOICE_EXPRESSIONS, CHOICE_STATEMENTS, CHOICES
from nexa.compiler.emit.closures import declare_nonlocals
from nexa.compiler.emit.contexts import CONTEXT_POLICIES, CONTEXTS
from nexa.compiler.emit.contracts import CHECKS
from nexa.compiler.emit.expressions import EXPRESSIONS
from nexa.compiler.emit.failures import FAILURE_STATEMENTS, FAILURES
from nexa.compiler.emit.forks import FORK_STATEMENTS, FORKS
from nexa.compiler.emit.functions import (
    FUNCTIONS,
    function_statement,
    inner_function,
    names_of_params,
    write_function,
)
from nexa.compiler.emit.handles import handle
from nexa.compiler.emit.hooking import HOOKS
from nexa.compiler.emit.jobs import job
from nexa.compiler.emit.naming import local_names
from nexa.compiler.emit.operators import OPERATORS
from nexa.compiler.emit.python_block import PYTHON, PYTHON_STATEMENTS
from nexa.compiler.emit.servers import server
from nexa.compiler.emit.statements import STATEMENTS
from nexa.compiler.emit.strings import STRINGS
from nexa.compiler.emit.symbols import SourceFile, SourceItem
from nexa.compiler.emit.tasks import TASK_STATEMENTS, TASKS
from nexa.compiler.emit.together import write_together
from nexa.compiler.emit.types_declared import alias, enum, impl, protocol, struct, trait
from nexa.compiler.emit.writer import Callee, ExprHandler, ScopedHandler, StatementHandler, Unit, Writer
from nexa.syntax import LineIndex

_EXPRESSIONS: Mapping[type[ast.Node], ExprHandler] = {
    **EXPRESSIONS,
    **STRINGS,
    **CALLS,
    **OPERATORS,
    **CHOICE_EXPRESSIONS,
    **FAILURES,
    **FUNCTIONS,
    **PYTHON,
    **FORKS,
    **TASKS,
}


def _inner(w: Writer, node: ast.Statement) -> None:
    inner_function(w, node)


_STATEMENTS: Mapping[type[ast.Node], StatementHandler] = {
    **STATEMENTS,
    **CHOICE_STATEMENTS,
    **FAILURE_STATEMENTS,
    **CHECKS,
    **PYTHON_STATEMENTS,
    **CONTEXTS,
    **AUTOLOOPS,
    **FORK_STATEMENTS,
    **TASK_STATEMENTS,
    ast.Function: _inner,
    ast.Flow: _inner,
}

_SCOPED: Mapping[type[ast.Node], ScopedHandler] = {**HOOKS, **CONTEXT_POLICIES}

EMITTED = frozenset({*_EXPRESSIONS, *_STATEMENTS, *_SCOPED})
"""The statements and expressions that can be run; the others are NX690."""


def _function(w: Writer, node: ast.Declaration) -> None:
    assert isinstance(node, ast.Function)  # by the table
    _callable(w, node, "fn")


def _flow(w: Writer, node: ast.Declaration) -> None:
    assert isinstance(node, ast.Flow)  # by the table
    _callable(w, node, "flow")


def _callable(w: Writer, node: ast.Function | ast.Flow, kind: str) -> None:
    symbol = w.unit.symbols.values.get(node.name.text)
    variable = symbol.python if symbol is not None else node.name.text
    title = w.unit.title(f"{kind}_{node.name.text}")
    write_function(w, node, title)
    options: dict[str, py.Expr] = {**names_of_params(w, node.params)}
    if node.doc:
        options["doc"] = py.const(node.doc)
    if isinstance(node, ast.Flow):
        options.update(around(w, node.decorators))
    elif symbol is not None and symbol.kind == "tool":
        kind = "tool_fn"
        options.update(tool_options(w, node))
    w.add(py.assign(variable, py.nx_call(kind, py.const(node.name.text), py.name(title), **options)))


_DECLARATIONS: Mapping[type[ast.Node], Callable[[Writer, ast.Declaration], None]] = {
    ast.Protocol: protocol,
    ast.TypeAlias: alias,
    ast.Struct: struct,
    ast.Enum: enum,
    ast.Trait: trait,
    ast.Impl: impl,
    ast.Agent: agent,
    ast.Tool: tool,
    ast.Function: _function,
    ast.Flow: _flow,
    ast.Handle: handle,
    ast.Job: job,
    ast.Server: server,
}

_TYPE_ORDER = (ast.Protocol, ast.Struct, ast.Enum, ast.TypeAlias, ast.Trait, ast.Impl)


def write_tests(unit: Unit, file: SourceFile) -> tuple[list[py.Stmt], list[py.Expr]]:
    """The `test` blocks of a file as functions, and what makes a runtime test of each."""
    body: list[py.Stmt] = []
    made: list[py.Expr] = []
    lines = LineIndex(file.text)
    for item in file.items:
        if not isinstance(item.node, ast.Test):
            continue
        writer = _writer(unit, item)
        with writer.at(item.node):
            name = function_statement(writer, "test", item.node.body, valued=True)
        body += _closed(writer.block)
        title = item.node.title
        line, column = lines.position(item.start + title.start, "utf-32")
        place = py.const(line + 1), py.const(column + 1)
        made.append(py.nx_call("test", py.const(title.plain or "test"), py.name(name), *place))
    return body, made


def write_unit(unit: Unit, file: SourceFile, *, is_entry: bool) -> list[py.Stmt]:
    """The statements of a file's module. Types come before what uses them."""
    body: list[py.Stmt] = []
    aliases = {item.node.name.text for item in file.items if isinstance(item.node, ast.TypeAlias)}
    for item in _in_order(file):
        write = _DECLARATIONS.get(type(item.node))
        if write is not None and isinstance(item.node, ast.Declaration):
            unit.unmade = frozenset(aliases) if isinstance(item.node, ast.TypeAlias) else frozenset()
            body += _written(unit, item, write, item.node)
            aliases -= {item.node.name.text} if isinstance(item.node, ast.TypeAlias) else set()
    unit.unmade = frozenset()
    script = _script(unit, file, is_entry=is_entry)
    return [*unit.constants, *body, *script]


def _in_order(file: SourceFile) -> list[SourceItem]:
    """Protocols, structs, enums, aliases (each after those it names), traits, impls, then the rest as written."""
    types = [item for kind in _TYPE_ORDER for item in file.items if isinstance(item.node, kind)]
    aliases = [item for item in types if isinstance(item.node, ast.TypeAlias)]
    rest = [item for item in file.items if not isinstance(item.node, _TYPE_ORDER)]
    before = [item for item in types if not isinstance(item.node, ast.TypeAlias | ast.Trait | ast.Impl)]
    after = [item for item in types if isinstance(item.node, ast.Trait | ast.Impl)]
    return [*before, *_sorted_aliases(aliases), *after, *rest]


def _sorted_aliases(items: list[SourceItem]) -> list[SourceItem]:
    """Aliases such that each stands after those that it names; in a cycle, which is a finding, as written."""
    by_name = {item.node.name.text: item for item in items if isinstance(item.node, ast.TypeAlias)}
    ordered: list[SourceItem] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in seen or name not in by_name:
            return
        seen.add(name)
        for node in ast.walk(by_name[name].node):
            if isinstance(node, ast.TypeName) and node.path:
                visit(node.path[0].text)
        ordered.append(by_name[name])

    for name in by_name:
        visit(name)
    return ordered


def _written(
    unit: Unit, item: SourceItem, write: Callable[[Writer, ast.Declaration], None], node: ast.Declaration
) -> list[py.Stmt]:
    writer = _writer(unit, item)
    write(writer, node)
    return _closed(writer.block)


def _writer(unit: Unit, item: SourceItem) -> Writer:
    return Writer(unit, item, local_names(item.scope), _EXPRESSIONS, _STATEMENTS, _SCOPED, CHOICES, write_together)


def _closed(body: list[py.Stmt]) -> list[py.Stmt]:
    for statement in body:
        if isinstance(statement, python.AsyncFunctionDef | python.FunctionDef):
            declare_nonlocals(statement)
    return body


def _script(unit: Unit, file: SourceFile, *, is_entry: bool) -> list[py.Stmt]:
    """The script statements as one function; of an included file only what gives variables their values."""
    callee = Callee(is_script=True, defers=unit.defers)
    items = [
        item
        for item in file.items
        if not isinstance(item.node, ast.Declaration) and (is_entry or isinstance(item.node, ast.Let | ast.Assign))
    ]
    if not items:
        return []
    return _script_function(unit, _writer(unit, items[-1]), callee, _script_body(unit, callee, items))


def _script_body(unit: Unit, callee: Callee, items: Sequence[SourceItem]) -> list[py.Stmt]:
    body: list[py.Stmt] = []
    for number, item in enumerate(items):
        node = item.node
        assert not isinstance(node, ast.Declaration)  # the caller has looked
        writer = _writer(unit, item)
        writer.callee = callee
        if writer.is_scoped(node):
            return [*body, *_around(writer, node, _script_body(unit, callee, items[number + 1 :]))]
        writer.statement(node)
        body += writer.block
    return body


def _around(writer: Writer, node: ast.Statement, after: list[py.Stmt]) -> list[py.Stmt]:
    """A statement that governs the rest of the script, around that rest."""
    writer.scoped(node, lambda: writer.block.extend(after))
    return writer.block


def _script_function(unit: Unit, writer: Writer, callee: Callee, body: list[py.Stmt]) -> list[py.Stmt]:
    if any(isinstance(node, python.Name) and node.id == unit.defers for one in body for node in python.walk(one)):
        wrapped = py.async_with(py.nx_call("deferred"), body, unit.defers)
        writer.locate(wrapped)
        body = [wrapped]
    if callee.globals:
        declared = python.Global(sorted(callee.globals))
        writer.locate(declared)
        body = [declared, *body]
    made = py.function(unit.script, None, body)
    made.is_emitted = True  # type: ignore[union-attr]  # a note for `closures`
    writer.locate(made)
    return _closed([made])
