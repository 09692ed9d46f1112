"""A name means something, but not what the place needs.

`implements` needs a protocol, `impl … for` a trait, `uses` and `middleware` something that can be called, a type's
place a type.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob implements Ann { prompt: "Check." }
                       //^^^ NX222: `Ann` is not a protocol but an agent
    flow main { print(Ann.run(Bob.run("a"))) }

Good:

    protocol Answer { text: str }
    agent Bob implements Answer { prompt: "Check." }
    flow main { print(Bob.run("a").text) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Meaning, Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity
from nexa.compiler.scope import Use
from nexa.compiler.table import Entry
from nexa.compiler.types.terms import Named, base_of, is_silent
from nexa.compiler.types.written import read_type
from nexa.compiler.wording import kind_word, with_article

_WANTED: dict[str, tuple[str, frozenset[str]]] = {
    "implements": ("a protocol", frozenset({"protocol", "type"})),
    "trait": ("a trait", frozenset({"trait"})),
    "target": ("a type", frozenset({"struct", "enum", "protocol", "type"})),
    "enum": ("an enum", frozenset({"enum", "type"})),
    "shape": ("a type", frozenset({"struct", "protocol", "type"})),
    "struct": ("a struct", frozenset({"struct"})),
    "actor": ("an agent or flow", frozenset({"agent", "flow", "fn", "variable"})),
    "use": ("a tool, function, flow or agent", frozenset({"agent", "flow", "fn", "tool", "variable"})),
}
"""For each role what is needed, and the kinds that will do."""
_MIDDLEWARE = ("a flow or function", frozenset({"agent", "flow", "fn", "tool", "variable"}))

_VALUES = frozenset({"struct", "actor", "use"})


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Uses whose name is known, but of another kind."""
    for use in item.scope.uses:
        if use.role == "type":
            yield from _not_a_type(names, use)
        elif use.role == "value":
            yield from _not_a_value(names, use)
        elif use.role in _WANTED:
            yield from _wrong(names, use, *_WANTED[use.role])
    for one in item.of(ast.Middleware):
        for name in one.names:
            use_of = item.scope.use_of.get(name) if isinstance(name, ast.Name) else None
            if use_of is not None and names.value(use_of.name.text) is not None:
                yield from _wrong(names, use_of, *_MIDDLEWARE)


def _wrong(names: Names, use: Use, what: str, kinds: frozenset[str]) -> Iterable[Draft]:
    text = use.name.text
    is_value = use.role in _VALUES or use.role == "value"
    first, second = (names.value, names.type) if is_value else (names.type, names.value)
    meaning: Meaning | None = first(text)
    if meaning is None or (isinstance(meaning, Builtin) and use.role not in ("implements", "trait")):
        meaning = second(text) if meaning is None else None
    if isinstance(meaning, Builtin):
        if meaning.type == "type" and meaning.params is None:
            yield Draft(use.name.span, f"`{text}` is not {what} but {with_article(kind_word(meaning))}")
    elif meaning is not None and not _is_uncertain(names, meaning) and not _will_do(names, use, meaning, kinds):
        yield _draft(names, use, what, meaning)


def _will_do(names: Names, use: Use, meaning: Declared, kinds: frozenset[str]) -> bool:
    return meaning.kind in kinds and not (use.role == "implements" and _is_alias_of_another(names, meaning))


def _is_alias_of_another(names: Names, meaning: Declared) -> bool:
    """Whether an alias stands for something that certainly is no protocol."""
    if not isinstance(meaning.node, ast.TypeAlias) or meaning.is_broken:
        return False
    found = base_of(read_type(names, meaning.node.type))
    return not is_silent(found) and not (isinstance(found, Named) and found.kind == "protocol")


def _not_a_type(names: Names, use: Use) -> Iterable[Draft]:
    row = names.entries("value", use.name.text)
    if row and names.type(use.name.text) is None and not _is_uncertain(names, row[0].declared):
        yield _draft(names, use, "a type", row[0].declared)


def _not_a_value(names: Names, use: Use) -> Iterable[Draft]:
    row = names.entries("type", use.name.text)
    if row and use.late is None and names.value(use.name.text) is None and not _is_uncertain(names, row[0].declared):
        yield _draft(names, use, "a value", row[0].declared)


def _is_uncertain(names: Names, meaning: Declared) -> bool:
    """Whether it may be of another kind: it is torn, or the name has a second declaration (NX203)."""
    if meaning.kind == "doubtful" or not meaning.is_headed:
        return True
    return any(one.declared.kind != meaning.kind for one in names.entries(meaning.namespace, meaning.name))


def _draft(names: Names, use: Use, what: str, meaning: Declared) -> Draft:
    text = use.name.text
    entries: tuple[Entry, ...] = names.entries(meaning.namespace, text)
    notes = tuple(Note(f"`{text}` is declared here", of=entry) for entry in entries[:1])
    return Draft(use.name.span, f"`{text}` is not {what} but {with_article(kind_word(meaning))}", notes)


RULE = NameRule("NX222", "wrong-kind", Severity.ERROR, check)
