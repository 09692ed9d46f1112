"""The name under the cursor: its signature first, then its documentation."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import ERRORS, PropertySpec
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.scope import Local
from nexa.compiler.symbols import Symbol
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import SILENT, AgentOf, Type, base_of
from nexa.ide.features.hover.card import HoverCard, about, block, paragraphs
from nexa.ide.features.hover.declarations import describe
from nexa.ide.place import Place, place_at
from nexa.ide.prompt import agent_at, prompt_of
from nexa.ide.signatures import of_agent
from nexa.ide.type_docs import doc_of_type
from nexa.ide.types_at import type_of_function, type_of_name, type_of_symbol
from nexa.ide.words import LOOP_WORDS, MERGE_STRATEGIES

MAX_PROMPT = 2000
"""Characters of a prompt that are shown."""

_SAID = frozenset({"prompt", "role", "experience"})
"""Properties that the prompt is made of."""


def name_card(project: Project, path: str, offset: int) -> HoverCard | None:
    """For the name at an offset; None where no name with a known meaning stands."""
    reference = project.reference_at(path, offset)
    place = place_at(project, path, offset if reference is None else reference.span.start)
    if reference is None:
        return None if place is None else _implied(place)
    symbol = reference.symbol
    signature, notes = describe(project, symbol)
    if place is not None:
        signature = _run_of_agent(place, symbol) or signature
        notes += [_here(place, symbol), _prompt(place, symbol)]
    return HoverCard(reference.span, signature, paragraphs(*notes))


def _run_of_agent(place: Place, symbol: Symbol) -> str:
    """`run` as the agent in front of it has it."""
    name = _name_at(place)
    member = None if name is None else place.item.parents.get(name)
    if not (isinstance(symbol.node, Builtin) and symbol.name == "run" and isinstance(member, ast.Member)):
        return ""
    owner = place.typed.types.get(member.object) if place.typed is not None else None
    owner = None if owner is None else base_of(owner)
    return of_agent(place.names, owner).label if isinstance(owner, AgentOf) else ""


def _here(place: Place, symbol: Symbol) -> str:
    """What a variable holds at this place, if that is less than it may hold; and what its type says."""
    if symbol.kind not in ("variable", "parameter") or not symbol.path:
        return ""
    name = _name_at(place)
    here = type_of_name(place, name) if name is not None else None
    if here is None or here in SILENT:
        return ""
    declared = type_of_symbol(place.project, symbol)
    return paragraphs(f"Here `{show(here)}`." if here != declared else "", doc_of_type(place.names, here))


def _prompt(place: Place, symbol: Symbol) -> str:
    """What the agent is told that a name means, or whose property it is."""
    is_property = symbol.kind == "property" and symbol.name in _SAID and isinstance(place.item.node, ast.Agent)
    if not is_property and symbol.kind != "agent":
        return ""
    found = (place, place.item.node) if is_property else agent_at(place)
    prompt = prompt_of(found[0], found[1]) if found is not None and isinstance(found[1], ast.Agent) else None
    if prompt is None:
        return ""
    text = prompt.text if len(prompt.text) <= MAX_PROMPT else f"{prompt.text[:MAX_PROMPT]}…"
    return f"Prompt, {about(prompt.tokens)}:\n\n{block(text)}"


def _implied(place: Place) -> HoverCard | None:
    """`self`, how branches are merged, what a contract sees besides the parameters, and a template's loop knows."""
    name = _name_at(place)
    word = LOOP_WORDS.get(name.text) if name is not None else None
    if name is not None and word is not None:
        return HoverCard(place.span(name), word.shape, word.text)
    fork = place.item.parents.get(name) if name is not None else None
    if name is not None and isinstance(fork, ast.Fork) and fork.merge is name and name.text in MERGE_STRATEGIES:
        return HoverCard(place.span(name), f"merge {name.text}", MERGE_STRATEGIES[name.text])
    if name is not None and (found_ := _error(place, name) or _choice(place, name)) is not None:
        return found_
    local = place.item.scope.bindings.get(name) if name is not None else None
    if name is None or local is None or local.kind not in ("self", "contract"):
        return None
    found = type_of_name(place, name)
    if found is None or found in SILENT:
        found = _result(place) if local.name == "result" else None
    shown = name.text if found is None or found in SILENT else f"{name.text}: {show(found)}"
    return HoverCard(place.span(name), shown, _meaning(place, local))


def _error(place: Place, name: ast.Name) -> HoverCard | None:
    """An error of the language, where a `catch` names it."""
    entry = ERRORS.get(name.text)
    caught = (one.type for one in place.around() if isinstance(one, ast.Catch))
    is_caught = any(one is not None and one.start <= name.start and name.end <= one.end for one in caught)
    return HoverCard(place.span(name), f"error {name.text}", entry.doc) if entry is not None and is_caught else None


def _choice(place: Place, name: ast.Name) -> HoverCard | None:
    """A word that a property takes: what the property is about."""
    parent = place.item.parents.get(name)
    if not isinstance(parent, ast.Property | ast.ConfigItem) or parent.value is not name:
        return None
    reference = place.project.reference_at(place.file.path, place.start + parent.key.start)
    if reference is None or not isinstance(reference.symbol.node, PropertySpec):
        return None
    signature, notes = describe(place.project, reference.symbol)
    return HoverCard(place.span(name), signature, paragraphs(*notes))


def _result(place: Place) -> Type | None:
    """What the flow or function around a place gives."""
    node = next((one for one in place.around() if isinstance(one, ast.Flow | ast.Function)), None)
    return None if node is None else type_of_function(place, place.names, node).result


_CONTRACT_WORDS = {
    "input": "What the agent is given.",
    "args": "What the agent is given besides its input.",
    "result": "What is returned.",
    "old": "`old(e)`: the value of `e` on entry.",
}


def _meaning(place: Place, local: Local) -> str:
    if local.kind == "contract":
        return _CONTRACT_WORDS.get(local.name, "")
    return "The agent." if isinstance(place.item.node, ast.Agent) else "The value that the method is called on."


def _name_at(place: Place) -> ast.Name | None:
    return next((one for one in place.around() if isinstance(one, ast.Name)), None)
