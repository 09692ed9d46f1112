"""Jobs: `perform` as a flow, `on_failure` as a function, and what says how they are worked off."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.functions import names_of_params, write_body
from nexa.compiler.emit.properties import Properties, keywords, setup
from nexa.compiler.emit.writer import Writer


def job(w: Writer, node: ast.Declaration) -> None:
    """`J = nx.job("J", perform=nx.flow("J", perform_1), queue="mail", …)`."""
    written = cast("ast.Job", node)
    name = written.name.text
    bodies: dict[str, py.Expr] = {body.event: _body(w, name, body) for body in written.bodies}
    found = Properties()
    if written.queue is not None:
        found.put(w, "queue", written.queue)
    for one in (*written.options, *written.properties):
        with w.at(one):
            found.put(w, one.key.text, one.value)
    if "handler" in found.plain:
        bodies["perform"] = found.plain.pop("handler")
    bodies.setdefault("perform", py.nx_call("flow", py.const(name), py.name(_empty(w))))
    about: dict[str, py.Expr] = {"doc": py.const(written.doc)} if written.doc else {}
    options = {**about, **bodies, **keywords(found.plain), **setup(w, found.computed)}
    symbol = w.unit.symbols.values.get(name)
    variable = symbol.python if symbol is not None else name
    w.add(py.assign(variable, py.nx_call("job", py.const(name), **options)))
    w.unit.jobs.append(variable)


def _body(w: Writer, name: str, body: ast.JobBody) -> py.Expr:
    with w.at(body):
        title = w.unit.fresh(body.event)
        write_body(w, title, body.params, body.body)
        kind, shown = ("flow", name) if body.event == "perform" else ("fn", body.event)
        made = py.nx_call(kind, py.const(shown), py.name(title), **names_of_params(w, body.params))
        return w.at_place(body, made)


def _empty(w: Writer) -> str:
    """A job that has nothing to do."""
    title = w.unit.fresh("perform")
    write_body(w, title, (), ast.Block(w.item.node.end, w.item.node.end, ()))
    return title
