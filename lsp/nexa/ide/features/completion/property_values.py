"""What the value of a property or option may be: its words, models, agents, flows, protocols, booleans."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, PROPERTIES, PropertySpec
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.secrets import model_aliases
from nexa.ide.features.completion.types import declared_types
from nexa.ide.features.completion.uses import usable
from nexa.ide.features.completion.values import declared_values, values
from nexa.ide.words import MERGE_STRATEGIES


def option_of(place: Place) -> tuple[ast.Property | ast.ConfigItem, bool] | None:
    """The property whose value the word is, or is an element of; and whether it is an element."""
    node, parent = place.name, place.parent
    if isinstance(parent, ast.Property | ast.ConfigItem) and parent.value is node:
        return parent, False
    row = place.above(parent) if isinstance(parent, ast.ModelEntry) else parent
    if isinstance(row, ast.List | ast.ModelList):
        option = place.above(row)
        if isinstance(option, ast.Property | ast.ConfigItem) and option.value is row:
            return option, True
    return None


def property_values(place: Place, models: tuple[str, ...]) -> Iterator[Candidate] | None:
    """The values of the property at the place; None where it is no property that says what it takes."""
    found = option_of(place)
    if found is None:
        return None
    option, is_element = found
    spec = PROPERTIES.get(place.item.construct_of(option), {}).get(option.key.text)
    return None if spec is None else _values(place, spec, models, is_element=is_element)


def _values(place: Place, spec: PropertySpec, models: tuple[str, ...], *, is_element: bool) -> Iterator[Candidate]:
    for word in spec.symbols:
        yield Candidate(word, "symbol", WANTED, doc=spec.doc, is_likely=word == spec.default)
    match spec.value:
        case "symbol":
            if spec.name == "memory":
                yield Candidate(
                    '"shared:…"', "snippet", WANTED, snippet='"shared:${1:name}"', insert='"shared:', filter="shared"
                )
        case "bool":
            for word in ("true", "false"):
                yield Candidate(word, "keyword", WANTED, ("keyword", word), is_likely=word != spec.default)
        case "model":
            yield from model_names(place, models)
            if is_element:
                yield Candidate(
                    "fallback:", "argument", WANTED, insert="fallback: ", snippet="fallback: ${1}", filter="fallback"
                )
        case "agent":
            yield from _of_kind(place, ("agent",))
            yield from model_names(place, models)
        case "type":
            yield from declared_types(place, ("protocol", "struct", "type"))
        case "flow":
            yield from _of_kind(place, ("flow", "agent", "fn"))
        case "list" if spec.name in ("uses", "tools"):
            yield from usable(place)
        case "list" if spec.name == "middleware":
            yield from _of_kind(place, ("flow", "fn"))
        case "str" | "path" if not is_element:
            yield _quoted()
            yield from _others(place)
        case "int" | "float" | "seconds" | "any" | "dict":
            yield from _others(place)


def _quoted() -> Candidate:
    return Candidate('"…"', "snippet", WANTED, snippet='"${1}"', insert='"', filter='"')


def model_names(place: Place, models: tuple[str, ...]) -> Iterator[Candidate]:
    """The names that the configuration gives to models."""
    seen: set[str] = set()
    for name in models:
        seen.add(name)
        yield Candidate(name, "model", WANTED, origin="nexa.toml")
    for name, where in model_aliases(place.project, place.path).items():
        if name not in seen and name.isidentifier():
            seen.add(name)
            yield Candidate(name, "model", WANTED, origin=where)
    for name in ("strong", "weak", "super"):
        if name not in seen:
            yield Candidate(name, "model", DECLARED, origin="MODEL_NAME")


def _of_kind(place: Place, kinds: tuple[str, ...]) -> Iterator[Candidate]:
    own = place.own_name if isinstance(place.item.node, ast.Agent) else ""  # none falls back on itself
    for candidate in declared_values(place):
        if candidate.kind in kinds and candidate.label != own:
            candidate.ends, candidate.finish, candidate.rank = "", None, WANTED
            yield candidate


def _others(place: Place) -> Iterator[Candidate]:
    """Variables of the program, and functions that give a value."""
    for candidate in values(place):
        is_own = candidate.kind in ("variable", "fn", "method") and candidate.label != "self"
        if is_own or candidate.label in ("env", "secret", "secrets", "std"):
            yield candidate


def targets(place: Place) -> Iterator[Candidate]:
    """What a route, or a list of middleware, names."""
    kinds = ("flow", "fn") if isinstance(place.parent, ast.Middleware) else ("agent", "flow", "fn")
    yield from _of_kind(place, kinds)


def decorator_values(place: Place) -> Iterator[Candidate] | None:
    """The value of an argument of a decorator, if it says what it takes."""
    argument = place.parent
    decorator = place.above(argument)
    if not isinstance(argument, ast.Argument) or not isinstance(decorator, ast.Decorator) or argument.name is None:
        return None
    return _decorator_values(decorator.name.text, argument.name.text)


def _decorator_values(decorator: str, name: str) -> Iterator[Candidate]:
    words = {
        "risk_level": ('"low"', '"medium"', '"high"', '"critical"'),
        "on_exhaust": ('"fail"', '"fallback"'),
    }.get(name, ())
    for word in words:
        yield Candidate(word, "symbol", WANTED, filter=word)
    known = DECORATORS.get(decorator)
    param = known.entry.parameter(name) if known is not None else None
    if param is not None and param.type == "bool":
        for word in ("true", "false"):
            yield Candidate(word, "keyword", WANTED, ("keyword", word))


def merge_strategies(place: Place) -> Iterator[Candidate]:
    """Behind the `merge` of a `fork`: how its results come together, or who judges them."""
    for word, doc in MERGE_STRATEGIES.items():
        yield Candidate(word, "symbol", WANTED, doc=doc)
    yield from _of_kind(place, ("agent",))
