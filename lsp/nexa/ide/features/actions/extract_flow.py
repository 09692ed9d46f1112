"""Extract flow: statements, or an expression, become a flow of their own.

Select whole statements or an expression. What they read becomes parameters; the one variable that they set and that is
read afterwards becomes the result.

Before:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    flow main(topic: str) {
        «draft = Writer.run(topic)
        text = Editor.run(draft)»
        print(text)
    }

After:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    flow main(topic: str) {
        text = new_flow(topic)
        print(text)
    }

    flow new_flow(topic: str) -> str {
        draft = Writer.run(topic)
        text = Editor.run(draft)
        return text
    }

Before:

    flow main(price: float, count: int) {
        print("total: #{«price * count»}")
    }

After:

    flow main(price: float, count: int) {
        print("total: #{new_flow(price, count)}")
    }

    flow new_flow(price: float, count: int) -> float {
        return price * count
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.scope import FIXED, Local
from nexa.compiler.types.terms import AgentOf, Function, Group, Place
from nexa.compiler.usage import fate
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.selecting import selected_expression, selected_statements
from nexa.ide.features.actions.writing import annotation, free_name, laid_out
from nexa.syntax import Span

_TITLE: Final = "Extract flow"
_KIND: Final[Kind] = "refactor.extract"
_OWN: Final = (ast.Hook, ast.Defer, ast.Contract, ast.ContextPolicy)
"""What speaks to the flow that it stands in."""


def offer(selection: Selection) -> Iterable[Action]:
    """For whole statements of a body, and for expressions in one."""
    expression = selected_expression(selection)
    if isinstance(expression and selection.parent(expression), ast.ExprStmt | ast.Block):
        expression = None  # a statement
    found = None if expression is not None else selected_statements(selection)
    if expression is None and found is None:
        return
    if selection.first(ast.Block) is None or (expression is not None and _is_callable(selection, expression)):
        return
    nodes: Sequence[ast.Node] = [expression] if expression is not None else found[1] if found else []
    reason = _obstacle(selection, nodes)
    if reason:
        yield refused(_TITLE, _KIND, reason)
    else:
        yield Action(_TITLE, _KIND, lambda: _edits(selection, nodes), blanks=lambda: (_name(selection),))


def _is_callable(selection: Selection, node: ast.Expr) -> bool:
    """Whether an expression is something to call, such as the stage of a chain, and not what a flow would give."""
    typed = selection.place.typed
    found = typed.types.get(node) if typed is not None else None
    return isinstance(found, AgentOf | Function | Group | Place)


def _obstacle(selection: Selection, nodes: Sequence[ast.Node]) -> str:
    """Why the code means something else in another flow, if so."""
    inside = [one for node in nodes for one in ast.walk(node)]
    if any(isinstance(one, ast.Python) for one in inside):
        return "a Python block sees every variable around it"
    if any(isinstance(one, _OWN) and _leaves(selection, one, nodes) for one in inside):
        return "a hook, `defer` or contract belongs to the flow that it stands in"
    if any(isinstance(one, ast.Propagate) and _leaves(selection, one, nodes) for one in inside):
        return "`?` leaves the flow"
    if isinstance(nodes[0], ast.Expr) and any(map(_tells_types, inside)) and _is_condition(selection, nodes[0]):
        return "the code around it relies on what it asks"
    if any(isinstance(one, ast.Break | ast.Continue) and _jumps_out(selection, one, nodes) for one in inside):
        return "`break` or `continue` leaves the selection"
    returns = [one for one in inside if isinstance(one, ast.Return) and _leaves(selection, one, nodes)]
    if returns and not (returns == [nodes[-1]] and _ends_function(selection, nodes[-1])):
        return "`return` leaves the flow"
    if any(isinstance(one, ast.Raise) for one in inside) and _ends_function(selection, nodes[-1]):
        return "`raise` ends the flow"
    if any(local.kind in FIXED or local.kind == "member" for _, local in _locals(selection, nodes)):
        return "it uses what only its own declaration knows"
    if any(_sets_for_file(selection, one) for one in inside):
        return "it sets a variable of the file"
    if any(_is_foreign_write(selection, name, local) for name, local in _locals(selection, nodes)):
        return "it changes a variable of the function around it"
    results = _results(selection, nodes)
    last = nodes[-1]
    is_odd = isinstance(last, ast.ExprStmt) and (last.guard is not None or last.sugar is not None)
    if _given(selection, last) is not None and (results or is_odd):
        return "somebody gets the value of its last statement"
    return f"it sets {len(results)} variables that are read afterwards" if len(results) > 1 else ""


def _tells_types(node: ast.Node) -> bool:
    """Whether a test says of a value what it is: `x is null`, `x != null`."""
    is_about_null = isinstance(node, ast.Compare) and ast.Null in (type(node.left), type(node.right))
    return is_about_null or isinstance(node, ast.IsType)


def _is_condition(selection: Selection, node: ast.Expr) -> bool:
    """Whether an expression, or what it is a part of, decides which code runs."""
    above = selection.parent(node)
    while isinstance(above, ast.Unary | ast.Binary):
        node, above = above, selection.parent(above)
    return node is getattr(above, "cond", None) or node is getattr(above, "guard", None)


def _leaves(selection: Selection, node: ast.Node, nodes: Sequence[ast.Node]) -> bool:
    """Whether a node inside the selection speaks to the function that the selection is in."""
    for above in (node, *selection.ancestors(node)):
        if above is not node and isinstance(above, ast.Lambda | ast.Function | ast.Flow):
            return False
        if above in nodes:
            return True
    return True


def _jumps_out(selection: Selection, node: ast.Node, nodes: Sequence[ast.Node]) -> bool:
    for above in (node, *selection.ancestors(node)):
        if isinstance(above, ast.For | ast.While | ast.Loop | ast.Autoloop | ast.Lambda):
            return False
        if above in nodes:
            return True
    return True


def _ends_function(selection: Selection, node: ast.Node) -> bool:
    """Whether a statement is the last one of a function's own body."""
    block = selection.parent(node)
    owner = selection.parent(block) if block is not None else None
    is_function = isinstance(owner, ast.Flow | ast.Function | ast.Lambda)
    return is_function and isinstance(block, ast.Block) and block.statements[-1] is node


def _locals(selection: Selection, nodes: Sequence[ast.Node]) -> Iterator[tuple[ast.Name, Local]]:
    """The names in the selection that mean locals."""
    bindings = selection.item.scope.bindings
    for node in nodes:
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and one in bindings:
                yield one, bindings[one]


def _is_inside(span: Span, nodes: Sequence[ast.Node]) -> bool:
    return nodes[0].start <= span.start and span.end <= nodes[-1].end


def _sets_for_file(selection: Selection, node: ast.Node) -> bool:
    """Whether a statement of a script gives a value to what the whole file knows."""
    target = node.target if isinstance(node, ast.Assign) else None
    return isinstance(target, ast.Name) and target not in selection.item.scope.bindings


def _is_foreign_write(selection: Selection, name: ast.Name, local: Local) -> bool:
    """Whether a name gives a value to a variable of a function around the selection's own."""
    function = selection.first(ast.Lambda, ast.Flow, ast.Function, ast.Test, ast.Hook, ast.JobBody)
    own = selection.item.scope.functions.get(function) if function is not None else None
    is_write = any(one is name for one in local.writes)
    return is_write and own is not None and local.owner is not own and local in own.rebinds


def _inputs(selection: Selection, nodes: Sequence[ast.Node]) -> list[Local]:
    """The locals that the selection reads and that have a value before it, in the order of their first reads."""
    found: list[Local] = []
    for name, local in _locals(selection, nodes):
        target = selection.parent(name)
        is_changed = isinstance(target, ast.Assign) and target.target is name and target.op != "="
        is_read = is_changed or any(one is name for one in local.reads)
        given = [one for one in (local.binding, *local.writes) if not _is_inside(one.span, nodes)]
        if is_read and given and local not in found:
            found.append(local)
    return found


def _results(selection: Selection, nodes: Sequence[ast.Node]) -> list[Local]:
    """The locals that the selection gives a value and that something else reads."""
    found: list[Local] = []
    for name, local in _locals(selection, nodes):
        is_write = any(one is name for one in local.writes)
        if is_write and local not in found and any(not _is_inside(one.span, nodes) for one in local.reads):
            found.append(local)
    return found


def _name(selection: Selection) -> str:
    return free_name(selection, "new_flow")


def _edits(selection: Selection, nodes: Sequence[ast.Node]) -> Iterable[TextEdit]:
    name = _name(selection)
    inputs = _inputs(selection, nodes)
    call = f"{name}({', '.join(local.name for local in inputs)})"
    params = ", ".join(_parameter(selection, nodes, local) for local in inputs)
    last = nodes[-1]
    body = selection.source(Span(nodes[0].start, last.end))
    given = _given(selection, last)
    if isinstance(last, ast.Expr) and len(nodes) == 1 and not _is_statement(selection, last):
        result = _result_type(selection, last)
        body = f"return {body}"
        yield selection.replace(selection.span, call)
    else:
        results = _results(selection, nodes)
        result = ""
        if given is not None:
            result = _result_type(selection, given)
            body = f"{selection.source(Span(nodes[0].start, last.start))}return {selection.source(last)}"
        elif results:
            result = _type_of(selection, nodes, results[0])
            body = f"{body}\nreturn {results[0].name}"
            declares = "let " if results[0].kind == "let" and _is_inside(results[0].binding.span, nodes) else ""
            call = f"{declares}{results[0].name} = {call}"
        elif isinstance(last, ast.Return):
            call = f"return {call}"
        yield selection.edit(nodes[0].start, last.end, call)
    text = laid_out(f"flow {name}({params}) {result} {{\n{body}\n}}\n")
    end = len(selection.item.text)
    yield selection.edit(end, end, f"\n\n{text}")


def _given(selection: Selection, last: ast.Node) -> ast.Expr | None:
    """The value of the last statement, where somebody gets it."""
    value = last.value if isinstance(last, ast.ExprStmt) else last if isinstance(last, ast.Expr) else None
    return value if value is not None and fate(selection.item, value) != "dropped" else None


def _is_statement(selection: Selection, node: ast.Node) -> bool:
    return isinstance(selection.parent(node), ast.Block)


def _parameter(selection: Selection, nodes: Sequence[ast.Node], local: Local) -> str:
    # What a condition around the selection says of the variable is more than what is written.
    written = _type_of_reads(selection, nodes, local)
    if not written and local.type is not None and local.kind in ("parameter", "let"):
        written = selection.source(local.type)
    return f"{local.name}: {written}" if written else local.name


def _type_of_reads(selection: Selection, nodes: Sequence[ast.Node], local: Local) -> str:
    """What a variable is where the selection reads it first."""
    typed = selection.place.typed
    reads = [one for one in local.reads if _is_inside(one.span, nodes)]
    return annotation(typed.types.get(reads[0])) if typed is not None and reads else ""


def _type_of(selection: Selection, nodes: Sequence[ast.Node], local: Local) -> str:
    """The result's type, with its arrow: what the variable is where it is read afterwards."""
    typed = selection.place.typed
    reads = [one for one in local.reads if not _is_inside(one.span, nodes)]
    found = annotation(typed.types.get(reads[0])) if typed is not None and reads else ""
    return f"-> {found}" if found else ""


def _result_type(selection: Selection, node: ast.Expr) -> str:
    """The result's type, with its arrow; of a field it may be known only where a condition has asked for it."""
    if isinstance(node, ast.Member | ast.Index):
        return ""
    typed = selection.place.typed
    found = annotation(typed.types.get(node)) if typed is not None else ""
    return f"-> {found}" if found else ""
