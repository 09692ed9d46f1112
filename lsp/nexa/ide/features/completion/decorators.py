"""Behind `@`: the decorators that the declaration may have and does not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS
from nexa.ide.features.completion import snippets
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate
from nexa.ide.features.completion.keywords import keywords
from nexa.ide.features.completion.place import Place

_SNIPPETS = {
    "limit": "limit(max_tokens=${1:800})",
    "timeout": "timeout(seconds=${1:60})",
    "retry": "retry(max_attempts=${1:3})",
    "temperature": "temperature(value=${1:0.2})",
    "budget": "budget(max_cost=${1:1.0})",
    "tool": 'tool("${1:description}")',
}


def decorators(place: Place) -> Iterator[Candidate]:
    """Those for what follows first; where nothing follows yet, all."""
    decorator, owner = place.parent, place.above(place.parent)
    kind = _KINDS.get(type(owner), "")
    given = {
        one.name.text
        for one in getattr(owner, "decorators", ())
        if isinstance(one, ast.Decorator) and one is not decorator
    }
    is_trial = _is_alone(place)
    for name, known in DECORATORS.items():
        if name in given or not (kind in known.on or is_trial):
            continue
        found = Candidate(name, "decorator", WANTED if kind in known.on else DECLARED, ("decorator", name))
        found.shape = known.entry.signature.removeprefix(known.entry.path).partition(" ->")[0]
        if place.text_behind() != b"(" and name in _SNIPPETS:
            found.insert, found.snippet = f"{name}(", _SNIPPETS[name]
        yield found


def _is_alone(place: Place) -> bool:
    """Whether what follows is not what is being decorated: nothing, or something behind an empty line."""
    rest = place.file.text[place.word.end :]
    gap = rest[: len(rest) - len(rest.lstrip())]
    return not rest.strip() or gap.replace(b"\r\n", b"\n").count(b"\n") > 1


def decorated(names: Iterable[str]) -> Iterator[Candidate]:
    """The words that may follow decorators."""
    kinds = set(_KINDS.values())
    for name in names:
        kinds &= DECORATORS[name].on if name in DECORATORS else kinds
    yield from keywords(snippets.ITEMS, WANTED, set(snippets.ITEMS) - kinds)


_KINDS: dict[type[ast.Node] | type[None], str] = {
    ast.Agent: "agent",
    ast.Flow: "flow",
    ast.Function: "fn",
    ast.Tool: "tool",
    ast.Job: "job",
}
