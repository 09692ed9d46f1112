"""The candidates of a place in code: which sources each kind of place has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexa.compiler import ast
from nexa.ide.features.completion.candidates import WANTED, Candidate
from nexa.ide.features.completion.clauses import clauses
from nexa.ide.features.completion.decorators import decorated, decorators
from nexa.ide.features.completion.filters import filters
from nexa.ide.features.completion.includes import elsewhere
from nexa.ide.features.completion.keywords import expression_words, is_sugared, item_words, keywords, statement_words
from nexa.ide.features.completion.literals import argument_names, dict_keys, struct_fields, whole_values
from nexa.ide.features.completion.members import members
from nexa.ide.features.completion.patterns import arm_patterns, record_keys, variants_behind
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.properties import properties
from nexa.ide.features.completion.property_values import (
    decorator_values,
    merge_strategies,
    property_values,
    targets,
)
from nexa.ide.features.completion.secrets import config_names
from nexa.ide.features.completion.stages import feeding, stages
from nexa.ide.features.completion.surroundings import Surroundings
from nexa.ide.features.completion.types import types
from nexa.ide.features.completion.uses import tools, usable
from nexa.ide.features.completion.values import actors, calls_here, errors, values
from nexa.ide.features.completion.wants import wanted

_ASKING_WORDS = ("uses", "implements")
"""Behind these words, and behind operators, a space asks for a name."""

_VALUE_KINDS = ("agent", "tool", "fn", "flow", "struct", "enum", "job", "db", "kv", "auth")
_TYPE_KINDS = ("protocol", "struct", "enum", "type", "trait")


def code_candidates(place: Place, outside: Surroundings) -> Iterator[Candidate]:
    """Everything that may stand there."""
    if not _is_welcome(place, outside.trigger):
        return
    start = place.before.decorated_from if place.before is not None else None
    if start is not None and place.kind in ("item", "clause", "infix", "new"):
        yield from decorated(_decorators(place, start))
        return
    match place.kind:
        case "member":
            yield from members(place)
        case "variant":
            yield from variants_behind(place)
        case "property":
            yield from properties(place)
        case "field":
            yield from struct_fields(place)
        case "entry":
            yield from dict_keys(place)
        case "record":
            yield from record_keys(place)
        case "arm":
            yield from arm_patterns(place)
        case "type":
            yield from types(place)
            yield from _elsewhere(place, outside, "type", _TYPE_KINDS)
        case "decorator":
            yield from decorators(place)
        case "filter":
            yield from filters()
        case "use":
            yield from usable(place)
            yield from _elsewhere(place, outside, "value", ("agent", "tool", "fn", "flow"))
        case "config":
            yield from config_names(place)
        case "infix" | "clause":
            yield from clauses(place)
        case "statement":
            yield from values(place)
            yield from statement_words(place)
            yield from _elsewhere(place, outside, "value", _VALUE_KINDS)
        case "item":
            yield from item_words(place)
            if place.file.language != "nxlib":
                yield from values(place)
                yield from _elsewhere(place, outside, "value", _VALUE_KINDS)
        case "value":
            yield from _values(place, outside)


def asks(text: bytes, offset: int) -> bool:
    """Whether the first space behind a token that wants a name ends at an offset; told cheaply, as spaces are many."""
    return _ASKED.search(text, max(offset - 12, 0), offset) is not None


_ASKED = re.compile(rb"(?:>>|\|>|->|:|\b(?:%b)) \Z" % "|".join(_ASKING_WORDS).encode())


def _decorators(place: Place, start: int) -> list[str]:
    """The decorators that stand before the place; the last one begins at an offset."""
    assert place.before is not None
    text = place.file.text[max(place.file.text.rfind(b"\n\n", 0, start), 0) : place.before.end]
    return [name.decode("utf-8", "replace") for name in re.findall(rb"(?:^|\s)@(\w+)", text)]


def _values(place: Place, outside: Surroundings) -> Iterator[Candidate]:
    options = property_values(place, outside.models) or decorator_values(place)
    feed = feeding(place) if options is None else None
    parent = place.parent
    if options is not None:
        yield from options
    elif isinstance(parent, ast.Middleware):
        yield from targets(place)
    elif isinstance(parent, ast.Spawn) and parent.target is place.name:
        yield from actors(place)
    elif isinstance(parent, ast.Fork) and parent.merge is place.name:
        yield from merge_strategies(place)
    elif isinstance(parent, ast.Hook):
        yield from tools(place)
    elif isinstance(parent, ast.Raise) or _is_raised(place, parent):
        yield from errors(place, WANTED)
        yield from (one for one in values(place) if one.kind in ("variable", "parameter"))
    elif isinstance(parent, ast.Argument) and isinstance(place.above(parent), ast.Decorator):
        yield from argument_names(place)
    elif feed is not None:
        yield from stages(place, feed)
        if feed.or_values:
            yield from _plain(place)
        yield from _elsewhere(place, outside, "value", ("agent", "tool", "fn", "flow"), is_fed=True)
    elif isinstance(parent, ast.Case) and parent.label is None:
        yield from keywords({"default": ""})
    else:
        yield from argument_names(place)
        if not (isinstance(parent, ast.Argument) and parent.name is place.name):
            yield from _plain(place)
            yield from _elsewhere(place, outside, "value", _VALUE_KINDS)


def _is_raised(place: Place, parent: ast.Node | None) -> bool:
    return isinstance(parent, ast.Call) and parent.callee is place.name and isinstance(place.above(parent), ast.Raise)


def _plain(place: Place) -> Iterator[Candidate]:
    yield from whole_values(place)
    yield from (one for one in values(place) if one.label != "merge" or not is_sugared(place))
    yield from expression_words(place)


def _elsewhere(
    place: Place, outside: Surroundings, namespace: str, kinds: tuple[str, ...], *, is_fed: bool = False
) -> Iterator[Candidate]:
    is_called = not is_fed and place.kind not in ("use", "type") and calls_here(place, wanted(place))
    yield from elsewhere(
        place.project,
        place.file,
        place.typed,
        kinds,
        namespace,
        outside.files,
        is_called=is_called,
        is_fed=is_fed,
    )


def _is_welcome(place: Place, trigger: str) -> bool:
    """Whether a character that was typed asked for something. Punctuation has other uses, where a list would annoy."""
    before = place.before
    if not trigger or before is None or place.typed:
        return True
    match trigger:
        case "{":
            return "interpolation" in before.within[:1] or "f_interpolation" in before.within[:1]
        case ">":
            return before.text in (">>", "|>>", "&>>", "|>", "->")
        case ":":
            return place.kind in ("variant", "type") or (
                place.kind == "value" and property_values(place, ()) is not None
            )
        case "|":
            return place.kind == "filter"
        case " ":
            return before.text in _ASKING_WORDS or _is_welcome(place, before.text[-1:])
        case "#" | '"' | "/":
            return False
    return True
