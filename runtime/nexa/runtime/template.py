"""Rendering templates: the template literal, `render(t, data)` and `t.render(data)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nexa.runtime import filters
from nexa.runtime.errors import TemplateError
from nexa.runtime.structs import is_record
from nexa.runtime.template_nodes import Condition, Constant, For, If, Output, Parsed, Part, Partial, Path, Text
from nexa.runtime.template_parser import parse
from nexa.runtime.text import fields_of, text
from nexa.runtime.truth import equal, greater, greater_equal, less, less_equal, truthy

MAX_DEPTH = 50
"""How deep partials may nest: one that includes itself ends here."""


@lru_cache(maxsize=256)
def _read(source: str) -> Parsed:
    parsed = parse(source)
    if parsed.problems:
        problem = parsed.problems[0]
        line = source.count("\n", 0, problem.start) + 1
        column = problem.start - source.rfind("\n", 0, problem.start)
        raise TemplateError(f"line {line}, column {column} of the template: {problem.message}")
    return parsed


class Template:
    """A template, ready to be rendered. Raises `TemplateError` when its text cannot be read."""

    type_name = "template"

    def __init__(self, source: str, name: str = "", partials: Mapping[str, Template] | None = None) -> None:
        self.source = source
        self.name = name
        self.partials = dict(partials or {})
        self.scope: Mapping[str, Any] | None = None
        self._parts = _read(source).parts

    @property
    def wanted(self) -> tuple[str, ...]:
        """The names of the partials that it includes, in order, each once."""
        return tuple(dict.fromkeys(_partials(self._parts)))

    def render(self, data: Any = None) -> str:
        """The text for `data`, a dict or a record; a path that leads nowhere is empty."""
        return self.rendered(data, 0)

    def rendered(self, data: Any, depth: int) -> str:
        """The text for `data`, `depth` partials deep."""
        if depth > MAX_DEPTH:
            raise TemplateError(f"partial `{self.name}` includes itself")
        return "".join(_Rendering(self, depth).parts(self._parts, _Scope.of(data)))

    def __str__(self) -> str:
        """Where a text is wanted: rendered with the names around the literal; without a literal, the source."""
        return self.source if self.scope is None else self.render(dict(self.scope))

    def __repr__(self) -> str:
        return f"template({self.name or self.source[:40]!r})"


def render(template: Template | str, data: Any = None) -> str:
    """`render(t, data)`: `t` may also be the template's text."""
    return (Template(template) if isinstance(template, str) else template).render(data)


def _partials(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Partial():
                yield part.name.text
            case If():
                for branch in part.branches:
                    yield from _partials(branch.body)
                yield from _partials(part.otherwise)
            case For():
                yield from _partials(part.body + part.empty)


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names a template sees: those of the data, then of each loop around."""

    names: Mapping[str, Any]
    this: Any
    outer: _Scope | None = None
    loop: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def of(data: Any) -> _Scope:
        names = fields_of(data) if isinstance(data, dict) or is_record(data) else {}
        return _Scope(names, data)

    def find(self, name: str) -> Any:
        if name == "this":
            return self.this
        scope: _Scope | None = self
        while scope is not None:
            names = scope.loop if name.startswith("@") else scope.names
            if name in names:
                return names[name]
            scope = scope.outer
        return None


@dataclass(frozen=True, slots=True)
class _Rendering:
    template: Template
    depth: int

    def parts(self, parts: tuple[Part, ...], scope: _Scope) -> Iterator[str]:
        for part in parts:
            yield from self.part(part, scope)

    def part(self, part: Part, scope: _Scope) -> Iterator[str]:
        match part:
            case Text():
                yield part.value
            case Output():
                yield _output(part, scope)
            case If():
                yield from self.choose(part, scope)
            case For():
                yield from self.repeat(part, scope)
            case Partial():
                yield self.include(part, scope)

    def choose(self, part: If, scope: _Scope) -> Iterator[str]:
        for branch in part.branches:
            if _holds(branch.condition, scope):
                return self.parts(branch.body, scope)
        return self.parts(part.otherwise, scope)

    def repeat(self, part: For, scope: _Scope) -> Iterator[str]:
        elements = _elements(_follow(part.path, scope), part.path)
        for index, element in enumerate(elements):
            last = index == len(elements) - 1
            loop = {"@index": index, "@index1": index + 1, "@first": index == 0, "@last": last}
            yield from self.parts(part.body, _Scope({part.name.text: element}, element, scope, loop))
        if not elements:
            yield from self.parts(part.empty, scope)

    def include(self, part: Partial, scope: _Scope) -> str:
        partial = self.template.partials.get(part.name.text)
        if partial is None:
            raise TemplateError(f"there is no partial `{part.name.text}`")
        data = _follow(part.path, scope) if part.path else _flatten(scope)
        return partial.rendered(data, self.depth + 1)


def _flatten(scope: _Scope | None) -> dict[str, Any]:
    return {**_flatten(scope.outer), **scope.names} if scope else {}


def _elements(value: Any, path: Path) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, list | tuple | dict | set | frozenset):
        return list(value)
    raise TemplateError(f"`{'.'.join(word.text for word in path.words)}` is not a list")


def _output(part: Output, scope: _Scope) -> str:
    value = _follow(part.path, scope)
    for each in part.filters:
        positional = [_value(argument, scope) for name, argument in each.args if name is None]
        named = {name.text: _value(argument, scope) for name, argument in each.args if name is not None}
        value = filters.apply(value, each.name.text, *positional, **named)
    return filters.escape(value) if part.escape else text(value)


def _value(argument: Path | Constant, scope: _Scope) -> Any:
    return argument.value if isinstance(argument, Constant) else _follow(argument, scope)


def _follow(path: Path, scope: _Scope) -> Any:
    value = scope.find(path.words[0].text)
    for word in path.words[1:]:
        value = _step(value, word.text)
    return value


def _step(value: Any, name: str) -> Any:
    if isinstance(value, dict) or is_record(value):
        return fields_of(value).get(name)
    if isinstance(value, list | tuple) and name.isdigit():
        return value[int(name)] if int(name) < len(value) else None
    return None


_COMPARE = {"<": less, "<=": less_equal, ">": greater, ">=": greater_equal}


def _holds(condition: Condition, scope: _Scope) -> bool:
    if condition.op == "not":
        return not _holds(condition.operands[0], scope)
    if condition.op in ("and", "or"):
        truths = (_holds(operand, scope) for operand in condition.operands)
        return all(truths) if condition.op == "and" else any(truths)
    value = _follow(condition.path, scope) if condition.path else None
    if condition.literal is None:
        return truthy(value)
    wanted = condition.literal.value
    if condition.op in ("==", "!="):
        return equal(value, wanted) is (condition.op == "==")
    return value is not None and _COMPARE[condition.op](value, wanted)
