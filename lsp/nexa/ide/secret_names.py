"""The names of secrets: in `secret("K")`, behind `secrets.config.`, where secrets files give them. Never a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.needs import is_free
from nexa.ide.memo import per_item
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class SecretName:
    """A key where it is read or given; `config` is the one that it must be in, or is in, `""` for any or none."""

    key: str
    config: str
    path: str
    span: Span
    is_given: bool = False

    def means(self, other: SecretName) -> bool:
        """Whether both may speak of one secret."""
        is_read = not (self.is_given and other.is_given)
        is_open = is_read and "" in (one.config for one in (self, other) if not one.is_given)
        return self.key == other.key and (self.config == other.config or is_open)


def secret_at(project: Project, path: str, offset: int) -> SecretName | None:
    """The secret that the name at an offset is about."""
    file = project.file(path)
    names = () if file is None else _given(file) if file.language == "nxs" else _read(file, file.item_at(offset))
    return next((one for one in names if one.span.start <= offset <= one.span.end), None)


def given(project: Project, name: SecretName) -> list[SecretName]:
    """Where secrets files give it, the nearest file first."""
    if name.is_given:
        return [name]
    files = {file.path: file for program in project.programs_with(name.path) for file in program.secrets}
    return [one for file in files.values() for one in _given(file) if one.means(name)]


def places(project: Project, name: SecretName) -> Iterator[SecretName]:
    """Where it is given, and where the programs that see that, or its own, read it."""
    found = given(project, name)
    yield from found
    paths = {path for one in (name, *found) for path in project.dependents(one.path)}
    for path in sorted(paths):
        file = project.file(path)
        if file is not None and file.language != "nxs" and name.key.encode() in file.text:
            for index in range(len(file.items)):
                yield from (one for one in _read(file, index) if any(one.means(other) for other in (found or [name])))


def _given(file: File) -> Iterator[SecretName]:
    rows = [(config.name, config.entries) for config in file.secrets.configs] + [("", file.secrets.entries)]
    for config, entries in rows:
        yield from (SecretName(one.key, config, file.path, one.span, True) for one in entries if one.key)


def _read(file: File, index: int | None) -> Iterator[SecretName]:
    if index is None:
        return
    start = file.starts[index]
    for key, config, span in _read_in(file.items[index]):
        yield SecretName(key, config, file.path, Span(span.start + start, span.end + start))


@per_item
def _read_in(item: ItemFacts) -> tuple[tuple[str, str, Span], ...]:
    """Key, configuration and place of each secret that an item reads, also of those that have a default."""
    if b"secret" not in item.text:
        return ()
    found = [(link.target, link.owner, link.span) for link in item.links.links if link.kind == "secret" and link.owner]
    for call in item.of(ast.Call):
        if is_free(item, call.callee, "secret"):
            keys = [one for one in call.args[:1] if one.name is None] or [
                one for one in call.args if one.name is not None and one.name.text == "key"
            ]
            for one in keys:
                if isinstance(one.value, ast.Str) and one.value.plain:
                    key = one.value.plain.encode()
                    at = item.text.find(key, one.value.start, one.value.end)
                    found += [(one.value.plain, "", Span(at, at + len(key)))] * (at >= 0)
    return tuple(found)
