"""A URL has a scheme that is not supported.

Databases are `sqlite://…` and `postgres://…`, requests and MCP servers go over `http://…` and `https://…`.

Bad:

    flow main { print(std.http.get("ftp://example.org/list.txt")) }
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ NX609: unsupported URL scheme `ftp`; use `http` or `https`

Good:

    db notes = connect("sqlite://notes.db")
    flow main { print(std.http.get("https://example.org/list.txt"), notes.query("select 1")) }
"""  # noqa: E501  # a marker is one line

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from nexa.compiler import ast
from nexa.compiler.chains import builtin_of
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import listed
from nexa.syntax.span import Span

_URL: Final = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*)://")

_WEB: Final = ("http", "https")
_DATABASES: Final = ("sqlite", "postgres", "postgresql")
_STORES: Final = ("sqlite",)

_CALLS: Final = {"connect": _DATABASES, "std.db.sqlite.connect": ("sqlite",), "open": _STORES, "std.kv.open": _STORES}
_HANDLES: Final = {("db", "url"): _DATABASES, ("db", "path"): _DATABASES, ("kv", "path"): _STORES}


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Strings that begin like a URL, where only some are of use."""
    if b"://" not in item.text:
        return
    for value, schemes in _urls(item, names):
        # The text of a literal up to its first interpolation.
        text = value.parts[0] if isinstance(value, ast.Str) and value.parts else None
        found = _URL.match(text.value) if isinstance(text, ast.Text) else None
        if found is not None and found[1].lower() not in schemes:
            shown = schemes[:2] if schemes is _DATABASES else schemes
            message = f"unsupported URL scheme `{found[1]}`; use {listed(shown, 'or')}"
            yield Draft(value.span, message, fix=_write(item, value, found[1], schemes))


def _urls(item: ItemFacts, names: Names) -> Iterator[tuple[ast.Expr, tuple[str, ...]]]:
    for call in item.of(ast.Call):
        meant = builtin_of(item, names, call.callee)
        schemes = _schemes(meant.path) if meant is not None and meant.params else None
        if schemes is not None and meant is not None and meant.params:
            yield from _argument(call, meant.params[0].name, schemes)
    for one in item.of(ast.Property):
        schemes = _HANDLES.get((item.construct_of(one), one.key.text))
        if schemes is not None:
            yield one.value, schemes
        elif one.key.text == "mcp" and item.construct_of(one) == "tool":
            yield one.value, _WEB
    for use in item.of(ast.UseItem):
        if use.form == "mcp" and use.text is not None:
            yield use.text, _WEB


def _schemes(path: str) -> tuple[str, ...] | None:
    if path.startswith("std.http."):
        return _WEB
    return _DATABASES[1:] if path == "std.db.postgres.connect" else _CALLS.get(path)


def _argument(call: ast.Call, name: str, schemes: tuple[str, ...]) -> Iterator[tuple[ast.Expr, tuple[str, ...]]]:
    """The value of the first parameter, by its place or its name."""
    for index, arg in enumerate(call.args):
        if not arg.spread and ((index == 0 and arg.name is None) or (arg.name is not None and arg.name.text == name)):
            yield arg.value, schemes


def _write(item: ItemFacts, value: ast.Expr, written: str, schemes: tuple[str, ...]) -> Remedy | None:
    """What the scheme was probably meant to be."""
    similar = nearest(written, schemes)
    start = item.text.find(f"{written}://".encode(), value.start, value.end)
    if similar is None or start < 0:
        return None
    changes = (Change(Span(start, start + len(written.encode())), similar),)
    return Remedy(f"Write `{similar}`", changes, safe=False)


RULE = NameRule("NX609", "unsupported-scheme", Severity.ERROR, check)
