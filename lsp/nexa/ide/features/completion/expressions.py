"""Names where a value is wanted: locals, the program's, predeclared ones; the words that a property accepts."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, PREDECLARED_VALUES, PROPERTIES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Entry, Kind, Names
from nexa.compiler.scope import Local
from nexa.ide.features.completion.candidates import Candidate, CandidateKind, fits, of_builtin
from nexa.ide.features.completion.place import Place
from nexa.ide.signature import declared_as, source


def expression_names(place: Place) -> Iterator[Candidate]:
    """Every value that the place can see, the nearest first."""
    yield from _locals(place)
    yield from declared(place, "value")
    for entry in PREDECLARED_VALUES.values():
        yield of_builtin(entry, "namespace" if entry.name == "std" else "builtin")
    for name in ("Option", "Result"):
        yield Candidate(name, "enum", f"{name}::{next(iter(BUILTIN_VARIANTS[name]))}")


def declared(place: Place, namespace: Kind) -> Iterator[Candidate]:
    """Every declaration of the program in a namespace."""
    texts: dict[str, dict[ast.Node, bytes]] = {}
    for table in place.view.tables:
        for name, row in table.rows(namespace).items():
            # There may be thousands: those that do not fit are not described.
            if name != place.name.text and fits(name, place.prefix):
                yield _declared(row[0], _texts(place, row[0].path, texts))


def symbols_of_property(place: Place) -> Iterator[Candidate]:
    """The bare words that the property accepts whose value stands here."""
    if isinstance(place.parent, ast.Property | ast.ConfigItem) and place.parent.value is place.name:
        spec = PROPERTIES.get(place.item.construct_of(place.parent), {}).get(place.parent.key.text)
        for word in spec.symbols if spec else ():
            yield Candidate(word, "symbol", f"{spec.name}: {word}" if spec else "", spec.doc if spec else "")


def argument_names(place: Place) -> Iterator[Candidate]:
    """The parameters of the call that have no argument yet."""
    argument = place.parent
    call = place.item.parents.get(argument) if isinstance(argument, ast.Argument) else None
    if not isinstance(call, ast.Call) or not isinstance(call.callee, ast.Name):
        return
    given = {one.name.text for one in call.args if one.name is not None}
    for name, detail in _parameters(place, call.callee):
        if name not in given:
            yield Candidate(f"{name}:", "argument", detail, snippet=f"{name}: ${{1}}", plain=f"{name}: ")


def _parameters(place: Place, callee: ast.Name) -> list[tuple[str, str]]:
    if callee in place.item.scope.bindings:
        return []
    names = Names(place.view, place.item.node)
    meaning = names.value(callee.text)
    if isinstance(meaning, Builtin):
        return [(one.name, one.type) for one in meaning.params or () if not one.variadic and not one.keywords]
    node = meaning.node if meaning else None
    match node:
        case ast.Function() | ast.Flow():
            return [(one.name.text, "parameter") for one in node.params if one.name.text]
        case ast.Struct() | ast.Protocol():
            return [(one.name.text, "field") for one in node.fields if one.name.text]
    return []


def _locals(place: Place) -> Iterator[Candidate]:
    scope = place.owner
    while scope is not None:
        for local in scope.locals:
            if local.name != place.name.text and _is_visible(place.item, local, place.name.start):
                yield Candidate(local.name, _local_kind(local), _typed(place.item, local))
        scope = scope.parent


def _is_visible(item: ItemFacts, local: Local, offset: int) -> bool:
    """A block's local is seen in the block, behind where it is introduced."""
    if local.kind in ("parameter", "self", "member", "method", "function", "type", "contract"):
        return True
    if not isinstance(local.binding, ast.Name) or local.binding.end > offset:
        return False
    if local.kind == "assigned":
        return True
    around: ast.Node | None = item.parents.get(local.binding)
    while around is not None and not isinstance(around, _BLOCKS):
        around = item.parents.get(around)
    return around is None or around.start <= offset <= around.end


_BLOCKS = (ast.Block, ast.Arm, ast.For, ast.Catch, ast.Lambda, ast.Hook, ast.Agent)


def _local_kind(local: Local) -> CandidateKind:
    if local.kind == "parameter":
        return "parameter"
    return "method" if local.kind in ("member", "method", "function") else "variable"


def _typed(item: ItemFacts, local: Local) -> str:
    return f"{local.name}: {source(local.type, item.text)}" if local.type is not None else local.kind


def _texts(place: Place, path: str, known: dict[str, dict[ast.Node, bytes]]) -> dict[ast.Node, bytes]:
    """The text of each item of a file, by its node; gathered once per file."""
    if path not in known:
        file = place.project.file(path)
        known[path] = {item.node: item.text for item in file.items} if file is not None else {}
    return known[path]


def _declared(entry: Entry, texts: dict[ast.Node, bytes]) -> Candidate:
    node = entry.declared.node
    kind: CandidateKind = "variable" if entry.declared.kind == "doubtful" else entry.declared.kind
    if not isinstance(node, ast.Declaration):
        return Candidate(entry.declared.name, kind, entry.declared.kind)
    detail = declared_as(node, texts[node]) if node in texts else entry.declared.kind
    return Candidate(entry.declared.name, kind, detail, node.doc)
