"""Reading a pattern from text, as `std.match` takes it."""

from __future__ import annotations

import re

from nexa.runtime.errors import ToolError
from nexa.runtime.patterns import Capture, Case, Literal, Pattern, Record, Sequence, Wildcard

_TOKEN = re.compile(
    r"""\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<number>-?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)"""
    r"""|(?P<name>[^\W\d]\w*)|(?P<sign>::|\.\.|[()\[\]{},:])|(?P<end>$))"""
)
_CONSTANTS = {"true": True, "false": False, "null": None, "None": None}


def parse_pattern(text: str) -> Pattern:
    """The pattern that the text is. Raises `ToolError`."""
    reader = _Reader(text)
    found = reader.pattern()
    reader.expect("end", "")
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._kind, self._token = "", ""
        self._next()

    def _next(self) -> str:
        taken = self._token
        found = _TOKEN.match(self._text, self._place)
        if found is None or found.lastgroup is None:
            raise ToolError(f"the pattern `{self._text}` cannot be read at `{self._text[self._place :].strip()}`")
        self._kind, self._token = found.lastgroup, found[found.lastgroup]
        self._place = found.end()
        return taken

    def expect(self, kind: str, token: str) -> str:
        if self._kind != kind or (token and self._token != token):
            raise ToolError(f"the pattern `{self._text}` lacks `{token or 'a name'}` before `{self._token}`")
        return self._next() if kind != "end" else ""

    def _taken(self, sign: str) -> bool:
        if self._kind == "sign" and self._token == sign:
            self._next()
            return True
        return False

    def pattern(self) -> Pattern:
        if self._kind == "string":
            return Literal(re.sub(r"\\(.)", r"\1", self._next()[1:-1]))
        if self._kind == "number":
            number = self._next().replace("_", "")
            return Literal(int(number) if number.lstrip("-").isdigit() else float(number))
        if self._taken("("):
            return Sequence(self._items(")"))
        if self._taken("["):
            return self._list()
        if self._taken("{"):
            return self._record(None)
        return self._named(self.expect("name", ""))

    def _named(self, name: str) -> Pattern:
        if self._taken("::"):
            return self._case(name, self.expect("name", ""))
        if self._taken("{"):
            return self._record(name)
        if self._kind == "sign" and self._token == "(":
            return self._case(None, name)
        if name in _CONSTANTS:
            return Literal(_CONSTANTS[name])
        return Wildcard() if name == "_" else Capture(name)

    def _case(self, enum: str | None, variant: str) -> Pattern:
        return Case(enum, variant, self._items(")") if self._taken("(") else None)

    def _items(self, closer: str) -> tuple[Pattern, ...]:
        items: list[Pattern] = []
        while not self._taken(closer):
            items.append(self.pattern())
            if not self._taken(","):
                self.expect("sign", closer)
                break
        return tuple(items)

    def _list(self) -> Pattern:
        items: list[Pattern] = []
        while not self._taken("]"):
            if self._taken(".."):
                rest = self._rest("]")
                return Sequence(tuple(items), open=True, rest=rest)
            items.append(self.pattern())
            if not self._taken(",") and self._token not in ("]", ".."):
                self.expect("sign", "]")
        return Sequence(tuple(items))

    def _rest(self, closer: str) -> str | None:
        rest = self._next() if self._kind == "name" else None
        self.expect("sign", closer)
        return rest

    def _record(self, name: str | None) -> Pattern:
        entries: list[tuple[str, Pattern]] = []
        while not self._taken("}"):
            if self._taken(".."):
                return Record(name, tuple(entries), self._rest("}"))
            key = self._next()[1:-1] if self._kind == "string" else self.expect("name", "")
            entries.append((key, self.pattern() if self._taken(":") else Capture(key)))
            if not self._taken(",") and self._token not in ("}", ".."):
                self.expect("sign", "}")
        return Record(name, tuple(entries))
