"""Inside of `template\"\"\"…\"\"\"`: tags, names that the data or the program gives, filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.template_paths import data_of, field_type
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import UNKNOWN, Type, base_of, is_silent
from nexa.compiler.types.union import element_of, members_of, without_null
from nexa.ide.features.completion.candidates import DECLARED, KEYWORD, LOCAL, WANTED, Candidate
from nexa.ide.features.completion.filters import filters
from nexa.ide.sight import Sight, sight_at
from nexa.ide.words import LOOP_WORDS
from nexa.syntax import Span

_TAG = re.compile(r"\{\{(?:#(if|for|elif|else|empty)\b|/(if|for)\b)([^}]*)")
_PATH = re.compile(r"([A-Za-z_@][\w.]*\.)?[\w@]*$")


@dataclass(frozen=True, slots=True)
class _Open:
    """A block that is not closed yet: `for x in path`."""

    kind: str
    name: str
    path: str


def template_candidates(project: Project, file: File, span: Span, offset: int) -> Iterator[Candidate]:
    """What may stand at an offset in the template literal of a span."""
    before = file.text[span.start : offset].decode("utf-8", "replace")
    at = before.rfind("{{")
    if at < 0 or "}}" in before[at:]:
        return
    inside = before[at + 2 :].removeprefix("{")
    blocks = _open_blocks(before[:at])
    if re.fullmatch(r"[#/]\w*", inside):
        yield from _tags(inside[0], blocks)
        return
    if "|" in inside:
        yield from filters()
        return
    if inside.startswith(("/", "#else", "#empty", ">")) or re.fullmatch(r"#for\s+\w*", inside):
        return
    if re.fullmatch(r"#for\s+\w+\s+\w*", inside):
        yield Candidate("in", "keyword", WANTED, ("keyword", "in"), insert="in ")
        return
    index = file.item_at(span.start)
    if index is None:
        return
    item = file.items[index]
    node = next((one for one in item.of(ast.Template) if one.start == span.start - file.starts[index]), None)
    path = _PATH.search(inside)
    owner = (path[1] or "")[:-1] if path is not None else ""
    if node is None:
        return
    sight = sight_at(project, project.view(file.path), item, node)
    data = {key: sight.types.get(value, UNKNOWN) for key, value in data_of(item, node).items()}
    scope = _Scope(sight, data, blocks)
    if owner:
        yield from _fields(sight, scope.of_path(owner))
        return
    yield from scope.names()
    if re.fullmatch(r"\s*\w*", inside):
        yield from _tags("", blocks)
    elif re.search(r"(#if|#elif|\band|\bor)\s+\w*$", inside):
        yield Candidate("not", "keyword", KEYWORD, ("keyword", "not"), insert="not ")


def _open_blocks(text: str) -> list[_Open]:
    blocks: list[_Open] = []
    for found in _TAG.finditer(text):
        if found[2]:
            if blocks and blocks[-1].kind == found[2]:
                blocks.pop()
        elif found[1] in ("if", "for"):
            head = re.match(r"\s+(\w+)\s+in\s+([\w.@]+)", found[3])
            blocks.append(_Open(found[1], head[1] if head else "", head[2] if head else ""))
    return blocks


def _tags(sign: str, blocks: list[_Open]) -> Iterator[Candidate]:
    """The words of blocks, those that go on with the innermost one first."""
    rows: list[tuple[str, str, int]] = []
    if blocks:
        kind = blocks[-1].kind
        rows.append((f"/{kind}", f"/{kind}", WANTED))
        rows += (
            [("#elif", "#elif ${0}", WANTED), ("#else", "#else", WANTED)]
            if kind == "if"
            else [("#empty", "#empty", WANTED)]
        )
    rows += [("#if", "#if ${0}", DECLARED), ("#for", "#for ${1:item} in ${0}", DECLARED)]
    for word, snippet, rank in rows:
        if word.startswith(sign):
            rest, shown = word.removeprefix(sign), snippet.removeprefix(sign)
            yield Candidate(rest, "keyword", rank, insert=rest, snippet=shown)


class _Scope:
    """The names of a template: what its blocks bind, what the data holds, what the program has."""

    def __init__(self, sight: Sight, data: dict[str, Type], blocks: list[_Open]) -> None:
        self._sight = sight
        self._data = data
        self._blocks = blocks

    def names(self) -> Iterator[Candidate]:
        seen: set[str] = set()
        for block in reversed(self._blocks):
            if block.kind == "for" and block.name and block.name not in seen:
                seen.add(block.name)
                yield _named(block.name, WANTED, self.of_path(block.name))
        if any(block.kind == "for" for block in self._blocks):
            for name, word in LOOP_WORDS.items():
                yield Candidate(name, "keyword", DECLARED, filter=name, doc=word.text)
        for name, kind in self._data.items():
            if name not in seen:
                seen.add(name)
                yield _named(name, WANTED, kind)
        for local in reversed(self._sight.locals):
            if local.name not in seen and local.kind not in ("type", "self", "contract", "method"):
                seen.add(local.name)
                yield _named(local.name, LOCAL, self._sight.held(local))

    def of_path(self, path: str) -> Type:
        """The type of a dotted path."""
        first, *rest = path.split(".")
        found = self._root(first, len(self._blocks))
        for name in rest:
            found = field_type(self._sight.names, found, name)
        return found

    def _root(self, name: str, depth: int) -> Type:
        for at in range(depth - 1, -1, -1):
            block = self._blocks[at]
            if block.kind == "for" and block.name == name:
                outer, *rest = block.path.split(".")
                found = self._root(outer, at)
                for part in rest:
                    found = field_type(self._sight.names, found, part)
                return element_of(base_of(without_null(found)))
        return _root_type(self._sight, self._data, name)


def _named(name: str, rank: int, kind: Type) -> Candidate:
    return Candidate(name, "variable", rank, origin="" if is_silent(kind) else show(kind), ends=".")


def _fields(sight: Sight, owner: Type) -> Iterator[Candidate]:
    for one in members_of(without_null(owner)):
        for field in (fields_of(sight.names, base_of(one)) or {}).values():
            yield Candidate(
                field.name, "field", WANTED, origin="" if is_silent(field.type) else show(field.type), ends="."
            )


def _root_type(sight: Sight, data: dict[str, Type], name: str) -> Type:
    """What a name outside of every block holds: data before locals."""
    if name in data:
        return data[name]
    local = next((one for one in reversed(sight.locals) if one.name == name), None)
    return UNKNOWN if local is None else sight.held(local)
