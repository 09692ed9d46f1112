"""Extract protocol: a record that is written out gets a name.

At the schema in an agent's `context`, or at a dict in a flow.

Before:

    agent Clerk {
        prompt: "Extract the invoice."
        context { output_schema: {$0vendor: "str", total: "float"} }
    }

After:

    protocol ClerkOutput { vendor: str, total: float }

    agent Clerk {
        prompt: "Extract the invoice."
        context { output_schema: ClerkOutput }
    }

Before:

    flow main {
        order = {$0title: "lamp", price: 19.5, tags: ["new"]}
        print(order)
    }

After:

    protocol Order { title: str, price: float, tags: list[str] }

    flow main {
        order: Order = {title: "lamp", price: 19.5, tags: ["new"]}
        print(order)
    }
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.writing import annotation, camel, free_name, laid_out

_TITLE: Final = "Extract protocol"
_KIND: Final[Kind] = "refactor.extract"
_SCHEMAS: Final = {"output_schema": "Output", "input_schema": "Input"}


def offer(selection: Selection) -> Iterable[Action]:
    """At a dict whose keys are words."""
    node = selection.first(ast.Dict)
    if not isinstance(node, ast.Dict) or selection.item.is_broken or not node.entries:
        return
    fields = _fields(selection, node)
    if fields is None:
        return
    above = selection.parent(node)
    if isinstance(above, ast.Property) and above.key.text in _SCHEMAS and isinstance(selection.item.node, ast.Agent):
        name = free_name(selection, selection.item.node.name.text + _SCHEMAS[above.key.text])
        yield _action(selection, name, fields, lambda: selection.replace(node, name))
    elif (
        isinstance(above, ast.Assign) and isinstance(above.target, ast.Name) and above.type is None and above.op == "="
    ):
        local = selection.item.scope.bindings.get(above.target)
        if local is not None and len(local.writes) == 1:
            name = free_name(selection, camel(above.target.text))
            end = above.target.end
            yield _action(selection, name, fields, lambda: selection.edit(end, end, f": {name}"))


def _fields(selection: Selection, node: ast.Dict) -> list[str] | None:
    """`name: type` of each entry; None where a key is no name or stands twice."""
    is_schema = isinstance(selection.parent(node), ast.Property)
    typed = selection.place.typed
    found: dict[str, str] = {}
    for entry in node.entries:
        key = (
            entry.key.text
            if isinstance(entry.key, ast.Name)
            else entry.key.plain
            if isinstance(entry.key, ast.Str)
            else None
        )
        if key is None or not key.isidentifier() or key in found:
            return None
        if is_schema and isinstance(entry.value, ast.Str):
            found[key] = _type_in_words(entry.value.plain)
        elif is_schema and isinstance(entry.value, ast.Name):
            found[key] = entry.value.text
        else:
            found[key] = annotation(typed.types.get(entry.value) if typed is not None else None) or "any"
    return [f"{name}: {text}" for name, text in found.items()]


def _type_in_words(text: str | None) -> str:
    words = (text or "").strip()
    return words if words and all(char.isalnum() or char in "_[], ?|" for char in words) else f'"{words}"'


def _action(selection: Selection, name: str, fields: list[str], use: Callable[[], TextEdit]) -> Action:
    def edits() -> Iterable[TextEdit]:
        text = laid_out(f"protocol {name} {{ {', '.join(fields)} }}\n")
        return [selection.edit(0, 0, f"{text}\n\n"), use()]

    return Action(_TITLE, _KIND, edits, blanks=lambda: (name,))
