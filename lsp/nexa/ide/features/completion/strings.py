"""What stands in quotes and is no plain text: paths, names of secrets and models, types, words of a property."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import BUILTIN_VARIANTS, DECORATORS, PROPERTIES, TYPES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import UNKNOWN, Named, base_of, is_silent
from nexa.compiler.types.union import members_of, without_null
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate, CandidateKind
from nexa.ide.features.completion.paths import ListFolder, paths
from nexa.ide.features.completion.secrets import model_aliases, secret_names
from nexa.ide.sight import sight_at
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """A string with the cursor in it: `text` is what stands before the cursor, `inside` all between the quotes."""

    project: Project
    file: File
    item: ItemFacts
    node: ast.Str
    text: str
    inside: Span


def quoted_at(project: Project, file: File, span: Span, offset: int) -> Quoted | None:
    """The string literal of a span; None for one that is no plain string of the tree."""
    index = file.item_at(span.start)
    if index is None:
        return None
    item, start = file.items[index], file.starts[index]
    for node in item.of(ast.Str):
        if node.start == span.start - start and not node.prefix:
            opened = span.start + len(node.quote)
            whole = file.text[span.start : span.end]
            is_closed = len(whole) >= 2 * len(node.quote) and whole.endswith(node.quote.encode())
            inside = Span(opened, span.end - len(node.quote) if is_closed else span.end)
            if offset < opened:
                return None
            text = file.text[opened:offset].decode("utf-8", "replace")
            return Quoted(project, file, item, node, text, inside)
    return None


def quoted_candidates(quoted: Quoted, list_folder: ListFolder, models: tuple[str, ...]) -> Iterator[Candidate]:
    """What may stand in the quotes."""
    item, node = quoted.item, quoted.node
    parent = item.parents.get(node)
    match parent:
        case ast.Include():
            roots = [_folder(quoted.file.path), *quoted.project.settings.include_paths]
            yield from paths(quoted.text, roots, list_folder, (".nxlib", ".nx", ".nxs"), own=quoted.file.path)
        case ast.UseItem(form="string"):
            yield from paths(quoted.text, [_folder(quoted.file.path)], list_folder, (".md", ".py"))
        case ast.Static() if parent.folder is node:
            yield from paths(quoted.text, [_folder(quoted.file.path)], list_folder, (), own="")
        case ast.Field() if parent.type_text is node:
            yield from _type_names(quoted)
        case ast.Property() | ast.ConfigItem():
            yield from _of_property(quoted, parent, list_folder, models)
        case ast.ModelEntry():
            yield from _models(quoted, models)
        case ast.List():
            option = item.parents.get(parent)
            if isinstance(option, ast.Property):
                yield from _of_list(quoted, option, list_folder, models)
        case ast.Entry() if parent.value is node:
            yield from _of_entry(quoted, parent)
        case ast.Argument():
            yield from _of_argument(quoted, parent, list_folder)
        case ast.Index() if parent.index is node:
            yield from _keys(quoted, parent)


def _folder(path: str) -> str:
    return os.path.dirname(path)  # noqa: PTH120  # pure text, as in `compiler.include`


def _of_property(
    quoted: Quoted, option: ast.Property | ast.ConfigItem, list_folder: ListFolder, models: tuple[str, ...]
) -> Iterator[Candidate]:
    spec = PROPERTIES.get(quoted.item.construct_of(option), {}).get(option.key.text)
    if spec is None:
        return
    match spec.value:
        case "path":
            suffixes = {"python": (".py",), "experience": (".md", ".txt")}.get(spec.name, ())
            yield from paths(quoted.text, [_folder(quoted.file.path)], list_folder, suffixes)
        case "model" | "agent":
            yield from _models(quoted, models)
        case "symbol" | "any":
            for word in spec.symbols:
                yield Candidate(word, "symbol", WANTED, doc=spec.doc)
        case "str" if spec.name == "returns":
            yield from _type_names(quoted)


def _of_list(
    quoted: Quoted, option: ast.Property, list_folder: ListFolder, models: tuple[str, ...]
) -> Iterator[Candidate]:
    spec = PROPERTIES.get(quoted.item.construct_of(option), {}).get(option.key.text)
    if spec is not None and spec.value in ("model", "agent"):
        yield from _models(quoted, models)
    elif spec is not None and spec.name in ("uses", "tools"):
        yield from paths(quoted.text, [_folder(quoted.file.path)], list_folder, (".md", ".py"))
    elif spec is not None:
        for word in spec.symbols:
            yield Candidate(word, "symbol", WANTED, doc=spec.doc)


def _models(quoted: Quoted, models: tuple[str, ...]) -> Iterator[Candidate]:
    for name in models:
        yield Candidate(name, "model", WANTED, origin="nexa.toml")
    for name, where in model_aliases(quoted.project, quoted.file.path).items():
        if name not in models:
            yield Candidate(name, "model", WANTED, origin=where)


def _of_entry(quoted: Quoted, entry: ast.Entry) -> Iterator[Candidate]:
    """`parameters: { "from": "string" }` and `output_schema: { "score": "float" }`."""
    option = quoted.item.parents.get(quoted.item.parents.get(entry, entry))
    if isinstance(option, ast.Property) and option.key.text in ("parameters", "output_schema", "input_schema"):
        yield from _type_names(quoted)


def _type_names(quoted: Quoted) -> Iterator[Candidate]:
    for name in TYPES:
        yield Candidate(name, "type", WANTED, ("type", name))
    view = quoted.project.view(quoted.file.path)
    declared = {name: row[0] for table in reversed(view.tables) for name, row in table.rows("type").items()}
    for name, entry in declared.items():
        if entry.declared.kind not in ("trait", "doubtful"):
            kind: CandidateKind = entry.declared.kind  # type: ignore[assignment]  # no longer a doubtful one
            yield Candidate(name, kind, DECLARED, ("declared", entry.path, "type", name))
    for name in BUILTIN_VARIANTS:
        if name not in TYPES:
            yield Candidate(name, "type", DECLARED)


def _of_argument(quoted: Quoted, argument: ast.Argument, list_folder: ListFolder) -> Iterator[Candidate]:
    call = quoted.item.parents.get(argument)
    if isinstance(call, ast.Decorator):
        yield from _of_decorator(call, argument)
        return
    callee = call.callee if isinstance(call, ast.Call) else None
    if not isinstance(call, ast.Call) or not isinstance(callee, ast.Name) or callee in quoted.item.scope.bindings:
        return
    is_first = bool(call.args) and call.args[0] is argument
    if quoted.project.view(quoted.file.path).row("value", callee.text) or not is_first:
        return
    if callee.text == "secret":
        yield from secret_names(quoted.project, quoted.file.path)
    elif callee.text == "img":
        yield from paths(quoted.text, [_folder(quoted.file.path)], list_folder, _IMAGES)
    elif callee.text == "open":
        yield from paths(quoted.text, [_folder(quoted.file.path)], list_folder, (".kv", ".db"))


_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def _of_decorator(decorator: ast.Decorator, argument: ast.Argument) -> Iterator[Candidate]:
    name = argument.name.text if argument.name is not None else ""
    words = {"risk_level": ("low", "medium", "high", "critical"), "on_exhaust": ("fail", "fallback")}.get(name, ())
    for word in words if decorator.name.text in DECORATORS else ():
        yield Candidate(word, "symbol", WANTED)


def _keys(quoted: Quoted, index: ast.Index) -> Iterator[Candidate]:
    """`row["…"]`: the keys of a record whose keys are known."""
    view = quoted.project.view(quoted.file.path)
    sight = sight_at(quoted.project, view, quoted.item, index)
    owner = base_of(without_null(sight.types.get(index.object, UNKNOWN)))
    for one in members_of(owner):
        for field in (fields_of(sight.names, base_of(one)) or {}).values():
            found = Candidate(field.name, "field", WANTED)
            found.origin = "" if is_silent(field.type) else show(field.type)
            found.key = ("part", "type", one.name, field.name) if isinstance(one, Named) else ()
            yield found
