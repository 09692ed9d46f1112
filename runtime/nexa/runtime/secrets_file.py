"""Reading `.nxs` files: `config name { KEY = value … }` blocks and flat `KEY = value` lines.

A reader of its own, because a compiled program deploys without the compiler; what is wrong with a file is told at
length by `nexa check` (NX606), here only by its line. No message repeats a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.errors import SecretError

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|//[^\n]*|\#[^\n]*|/\*.*?\*/)
    | (?P<raw>r(?:\"{3}(?P<raw3>.*?)\"{3}|"(?P<raw2>[^"\n]*)"|'(?P<raw1>[^'\n]*)'))
    | \"{3}(?P<long>(?:\\.|[^\\])*?)\"{3}
    | "(?P<double>(?:\\.|[^"\\\n])*)"
    | '(?P<single>(?:\\.|[^'\\\n])*)'
    | (?P<number>[-+]?\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?\b)
    | (?P<word>[^\W\d]\w*)
    | (?P<mark>[{}=:,;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|(\r?\n)|(.))", re.DOTALL)
_SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "\\": "\\", '"': '"', "'": "'", "`": "`", "#": "#"}

Value = str | int | float | bool | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SecretsFile:
    """What one file says: its flat entries, and the entries of each config."""

    flat: Mapping[str, Value] = field(default_factory=dict)
    configs: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)


def read_secrets(text: str, path: str = "secrets.nxs") -> SecretsFile:
    """Read the text of a file. Raises `SecretError` with the line of the first mistake."""
    return _Reader(text, path).file()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # "string", "number", "word", a mark, or "end"
    value: Any
    line: int


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._tokens = self._scan(text.removeprefix("\ufeff"))
        self._at = 0

    def file(self) -> SecretsFile:
        flat: dict[str, Value] = {}
        configs: dict[str, dict[str, Value]] = {}
        while self._peek().kind != "end":
            if self._peek().value == "config" and self._peek(1).kind == "word":
                self._take("word")
                entries = configs.setdefault(self._take("word").value, {})
                self._take("{")
                self._entries(entries, "}")
                self._take("}")
            elif self._peek().kind == ";":
                self._take(";")
            else:
                self._entry(flat)
        return SecretsFile(flat, configs)

    def _entries(self, into: dict[str, Value], end: str) -> None:
        while self._peek().kind not in (end, "end"):
            self._entry(into)

    def _entry(self, into: dict[str, Value]) -> None:
        key = self._take("word", "string").value
        self._take("=", ":")
        into[key] = self._value()
        while self._peek().kind in (",", ";"):
            self._at += 1

    def _value(self) -> Value:
        token = self._take("string", "number", "word", "{")
        if token.kind == "{":
            entries: dict[str, Value] = {}
            self._entries(entries, "}")
            self._take("}")
            return entries
        if token.kind == "word":
            if token.value not in ("true", "false"):
                raise self._wrong(token, "a text, a number, true, false or {")
            return bool(token.value == "true")
        value: Value = token.value
        return value

    def _peek(self, ahead: int = 0) -> _Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self, *kinds: str) -> _Token:
        token = self._peek()
        if token.kind not in kinds:
            raise self._wrong(token, " or ".join({"word": "a name", "string": "a text"}.get(k, k) for k in kinds))
        self._at += 1
        return token

    def _wrong(self, token: _Token, wanted: str) -> SecretError:
        return SecretError(f"{self._path}:{token.line}: expected {wanted}")

    def _scan(self, text: str) -> list[_Token]:
        tokens: list[_Token] = []
        place, line = 0, 1
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise SecretError(f"{self._path}:{line}: this is not an entry, or a text that is never closed")
            token = _token(match, line)
            if token is not None:
                tokens.append(token)
            line += match[0].count("\n")
            place = match.end()
        return [*tokens, _Token("end", None, line)]


def _token(match: re.Match[str], line: int) -> _Token | None:
    kind = match.lastgroup
    if match["space"] is not None:
        return None
    if match["raw"] is not None:
        value = next(part for part in (match["raw3"], match["raw2"], match["raw1"]) if part is not None)
        return _Token("string", value, line)
    if kind in ("double", "single", "long"):
        return _Token("string", _ESCAPE.sub(_unescape, match[kind]), line)
    if kind == "number":
        digits = match[0].replace("_", "")
        return _Token("number", int(digits) if digits.lstrip("+-").isdigit() else float(digits), line)
    return _Token(match[0] if kind == "mark" else "word", match[0], line)


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match[0]
    if match[4]:
        return ""
    return _SHORT_ESCAPES.get(match[5], match[0])
