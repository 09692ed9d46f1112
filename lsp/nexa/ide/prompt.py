"""The system prompt of an agent as its runs send it, as far as that is certain before anything runs."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.symbol import first_entry, index_of
from nexa.ide.place import Place
from nexa.ide.static import Unsettled, text_of, value_of
from nexa.runtime.token_count import estimated_tokens


@dataclass(frozen=True, slots=True)
class Prompt:
    """`text` keeps as `#{…}` what only the run knows, as `‹path›` a file that is added to it.

    `tokens` is an estimate, of the text as it stands here.
    """

    text: str
    tokens: int


def prompt_of(place: Place, agent: ast.Agent) -> Prompt | None:
    """The prompt of the agent that stands at a place; None for one that says nothing."""
    role, prompt, experience = (_property(agent, name) for name in ("role", "prompt", "experience"))
    parts = []
    if role is not None and (text := rendered(place, role)):
        parts.append(f"Role: {text.rstrip('.')}.")
    if prompt is not None:
        parts.append(rendered(place, prompt))
    if experience is not None:
        parts.append(f"‹{rendered(place, experience)}›")
    text = "\n".join(part for part in parts if part)
    return Prompt(text, estimated_tokens(text)) if text else None


def rendered(place: Place, value: ast.Expr) -> str:
    """The text of a property's value; what only the run knows stands as it is written."""
    if isinstance(value, ast.Str):
        return "".join(_part(place, part) for part in value.parts)
    if isinstance(value, ast.Template):
        return value.text
    try:
        found = value_of(place, value)
    except Unsettled:
        return f"#{{{_source(place, value)}}}"
    return found if isinstance(found, str) else _source(place, value)


def _part(place: Place, part: ast.Text | ast.Interp) -> str:
    try:
        return text_of(place, part)
    except Unsettled:
        return _source(place, part)


def _source(place: Place, node: ast.Node) -> str:
    return " ".join(place.item.source(node.span).split())


def _property(agent: ast.Agent, name: str) -> ast.Expr | None:
    return next((one.value for one in agent.members if isinstance(one, ast.Property) and one.key.text == name), None)


def agent_at(place: Place) -> tuple[Place, ast.Agent] | None:
    """The agent that a name at a place means, or else the one around the place."""
    around = place.around()
    name = next((one for one in around if isinstance(one, ast.Name)), None)
    if name is not None and name not in place.item.scope.bindings:
        found = _declared(place, place.names, name.text)
        if found is not None:
            return found
    agent = place.item.node
    return (place, agent) if isinstance(agent, ast.Agent) else None


def _declared(place: Place, names: Names, name: str) -> tuple[Place, ast.Agent] | None:
    entry = first_entry(names, "value", name)
    file = None if entry is None else place.project.file(entry.path)
    index = None if file is None or entry is None else index_of(file, entry)
    agent = None if file is None or index is None else file.items[index].node
    if file is None or index is None or not isinstance(agent, ast.Agent):
        return None
    return Place(place.project, file, index, 0), agent
