"""The properties of a construct that are not set yet."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES, PropertySpec
from nexa.ide.features.completion.candidates import Candidate
from nexa.ide.features.completion.place import Place

_QUOTED = frozenset({"str", "path"})


def properties(place: Place) -> Iterator[Candidate]:
    """In the order of the manual."""
    parent = place.parent
    if parent is None:
        return
    construct = place.item.construct_of(parent)
    around = place.item.parents.get(parent)
    taken = {
        one.key.text
        for one in (ast.children(around) if around is not None else ())
        if isinstance(one, ast.Property | ast.ConfigItem) and one is not parent
    }
    for name, spec in PROPERTIES.get(construct, {}).items():
        if name not in taken:
            default = f" = {spec.default}" if spec.default else ""
            yield Candidate(name, "property", f"{name}: {spec.value}{default}", spec.doc, _snippet(spec), f"{name}: ")
    if isinstance(around, ast.Agent):
        yield from _MEMBERS


def _snippet(spec: PropertySpec) -> str:
    if spec.value in _QUOTED:
        return f'{spec.name}: "${{1}}"'
    if spec.value == "list":
        return f"{spec.name}: [${{1}}]"
    if spec.symbols:
        return f"{spec.name}: ${{1|{','.join(spec.symbols)}|}}"
    return f"{spec.name}: ${{1}}"


_MEMBERS = tuple(
    Candidate(word, "keyword", snippet=snippet)
    for word, snippet in {
        "fn": "fn ${1:name}(${2}) {\n\t${0}\n}",
        "flow": "flow ${1:name}(${2}) {\n\t${0}\n}",
        "before_step": "before_step {\n\t${0}\n}",
        "after_step": "after_step {\n\t${0}\n}",
        "on_error": "on_error (${1:e}) {\n\t${0}\n}",
        "context": "context {\n\t${0}\n}",
    }.items()
)
