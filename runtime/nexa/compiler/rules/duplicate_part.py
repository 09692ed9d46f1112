"""One key, field, parameter, variant or property is given twice.

The second would silently win, or be lost.

Bad:

    flow main {
        print({"a": 1, "a": 2})
                     //^^^ NX217: duplicate key `a`
    }

Good:

    flow main {
        print({"a": 1, "b": 2})
    }
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS
from nexa.compiler.chains import key_text
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import without_part
from nexa.compiler.rule import Change, Draft, NameRule, Note, Remedy, Severity, Told, replace
from nexa.syntax.span import Span

_Parts = Sequence[tuple[ast.Node, ast.Node]]
"""What may be repeated, in order: the whole part and the node of its name."""


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Every row of named parts in the item."""
    for word, parts in _rows(item):
        first: dict[str | int, ast.Node] = {}
        for number, (_, name) in enumerate(parts):
            text = key_text(name) if isinstance(name, ast.Name | ast.Str | ast.Raw | ast.Int) else None
            if text is None or (isinstance(name, ast.Name) and (not text or text == "_")):
                continue
            key = name.value if isinstance(name, ast.Int) else text  # `1` and `"1"` are two
            if key in first:
                note = Note("the first one", first[key].span)
                is_named = word in ("parameter", "type parameter")
                fix = _rename(parts, name) if is_named else _remove(item, parts, number)
                yield Draft(name.span, f"duplicate {word} `{text}`", (note,), fix)
            else:
                first[key] = name
    yield from _known_enum(item)


def _known_enum(item: ItemFacts) -> Iterator[Draft]:
    node = item.node
    if isinstance(node, ast.Enum) and node.name.text in BUILTIN_VARIANTS:
        text = f"`{node.name.text}` is built in with the same variants; this declaration is ignored"
        if {one.name.text for one in node.variants} == set(BUILTIN_VARIANTS[node.name.text]):
            fix = Remedy(f"Remove `{node.name.text}`", (Change(Span(0, 0), "", whole=True),), safe=False)
            yield Draft(node.name.span, text, fix=fix, severity=Severity.HINT)


def _remove(item: ItemFacts, parts: _Parts, number: int) -> Remedy:
    before, part = parts[number - 1][0], parts[number][0]
    return replace(without_part(item, before.end, part.start, part.end), "", "Remove the second one", safe=False)


def _rename(parts: _Parts, name: ast.Node) -> Remedy:
    """Another name: whoever calls the function counts its parameters."""
    taken = {key_text(one) for _, one in parts if isinstance(one, ast.Name)}
    text = name.text if isinstance(name, ast.Name) else ""
    free = next(f"{text}{n}" for n in range(2, len(parts) + 3) if f"{text}{n}" not in taken)
    return replace(name.span, free, f"Rename to `{free}`", safe=False, blanks=(free,))


def _rows(item: ItemFacts) -> Iterator[tuple[str, _Parts]]:
    for cls, word, read in _ROWS:
        for node in item.of(cls):
            parts = read(node)
            if len(parts) > 1:
                yield word, parts


def _named(field: str) -> Callable[[ast.Node], _Parts]:
    return lambda node: [(part, part.name) for part in getattr(node, field) if part.name is not None]


def _keyed(field: str) -> Callable[[ast.Node], _Parts]:
    return lambda node: [
        (part, part.key) for part in getattr(node, field) if isinstance(part, _KEYED) and part.key is not None
    ]


def _methods(node: ast.Node) -> _Parts:
    members = node.members if isinstance(node, ast.Agent) else getattr(node, "methods", ())
    return [(one, one.name) for one in members if isinstance(one, ast.Function | ast.Flow)]


def _type_params(node: ast.Node) -> _Parts:
    return [(name, name) for name in getattr(node, "type_params", ())]


_KEYED = (ast.Entry, ast.Property, ast.ConfigItem)
_ROWS: tuple[tuple[type[ast.Node], str, Callable[[ast.Node], _Parts]], ...] = (
    (ast.Dict, "key", _keyed("entries")),
    (ast.Struct, "field", _named("fields")),
    (ast.Protocol, "field", _named("fields")),
    (ast.StructLit, "field", _named("fields")),
    (ast.Enum, "variant", _named("variants")),
    (ast.Function, "parameter", _named("params")),
    (ast.Flow, "parameter", _named("params")),
    (ast.Lambda, "parameter", _named("params")),
    (ast.JobBody, "parameter", _named("params")),
    (ast.Call, "argument", _named("args")),
    (ast.Decorator, "argument", _named("args")),
    (ast.Agent, "property", _keyed("members")),
    (ast.Agent, "member", _methods),
    (ast.Impl, "method", _methods),
    (ast.Trait, "method", _methods),
    (ast.Tool, "property", _keyed("properties")),
    (ast.Job, "option", _keyed("options")),
    (ast.Job, "property", _keyed("properties")),
    (ast.ContextBlock, "property", _keyed("properties")),
    (ast.ContextPolicy, "property", _keyed("properties")),
    (ast.Handle, "property", _keyed("properties")),
    (ast.Server, "property", _keyed("items")),
    (ast.Route, "property", _keyed("properties")),
    (ast.Autoloop, "option", _keyed("config")),
    (ast.WithContext, "option", _keyed("config")),
    (ast.Struct, "type parameter", _type_params),
    (ast.Enum, "type parameter", _type_params),
    (ast.Protocol, "type parameter", _type_params),
    (ast.TypeAlias, "type parameter", _type_params),
    (ast.Trait, "type parameter", _type_params),
)


def of_argument(told: Told) -> Iterable[Draft]:
    """`f(1, a: 2)`: `words` is the parameter that a value without a name has filled."""
    yield Draft(told.span, f"duplicate argument `{told.words[0]}`")


RULE = NameRule("NX217", "duplicate-part", Severity.ERROR, check, typed=of_argument)
