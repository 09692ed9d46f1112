"""The properties of a construct that are not set yet, with a place for their value; its other members."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES, PropertySpec
from nexa.ide.features.completion import snippets
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate
from nexa.ide.features.completion.keywords import keywords
from nexa.ide.features.completion.place import Place

_QUOTED = frozenset({"str", "path"})
_FIRST = ("role", "prompt", "description", "model")
"""What an author writes first."""


def properties(place: Place) -> Iterator[Candidate]:
    """In the order of the manual."""
    parent = place.parent
    if parent is None:
        return
    construct = place.item.construct_of(parent)
    around = place.above(parent)
    beside = list(ast.children(around)) if around is not None else []
    taken = {one.key.text for one in beside if isinstance(one, ast.Property | ast.ConfigItem) and one is not parent}
    has_value = place.text_behind(2).lstrip()[:1] in (b":", b"=")
    for name, spec in PROPERTIES.get(construct, {}).items():
        if name in taken:
            continue
        found = Candidate(name, "property", WANTED if name in _FIRST else DECLARED, ("property", construct, name))
        found.origin = spec.value
        if not has_value:
            found.insert, found.snippet = f"{name}: ", _snippet(spec)
        yield found
    if not has_value:
        yield from _others(around, beside)


def _snippet(spec: PropertySpec) -> str:
    if spec.name == "prompt":
        return 'prompt: """\n\t${0}\n"""'
    if spec.value in _QUOTED:
        return f'{spec.name}: "${{1}}"'
    if spec.value == "list":
        return f"{spec.name}: [${{1}}]"
    if spec.value == "dict":
        return f"{spec.name}: {{ ${{1}} }}"
    if spec.value == "bool":
        return f"{spec.name}: ${{1|{'false,true' if spec.default == 'true' else 'true,false'}|}}"
    if spec.symbols and not spec.open_symbols:
        return f"{spec.name}: ${{1|{','.join(spec.symbols)}|}}"
    return f"{spec.name}: ${{1:{spec.default}}}" if spec.default else f"{spec.name}: ${{1}}"


def _others(around: ast.Node | None, beside: list[ast.Node]) -> Iterator[Candidate]:
    """What is no property but may stand among them."""
    table: Mapping[str, str] = {}
    without: set[str] = set()
    match around:
        case ast.Agent():
            table = snippets.AGENT_MEMBERS
            without = {"context"} if any(isinstance(one, ast.ContextBlock) for one in beside) else set()
            without |= {"context_policy"} if any(isinstance(one, ast.ContextPolicy) for one in beside) else set()
        case ast.Job():
            table = snippets.JOB_MEMBERS
            without = {body.event for body in around.bodies}
        case ast.Server() | ast.Group():
            table = snippets.SERVER_MEMBERS
        case ast.Route() | ast.Handle():
            table = snippets.ROUTE_MEMBERS
    yield from keywords(table, DECLARED + 1, without)
