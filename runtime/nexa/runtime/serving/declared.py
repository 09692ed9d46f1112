"""`server Name 8080 { … }`, as emitted code declares it; see section 13 of `docs/architecture/emitted-code.md`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Literal

from nexa.runtime.errors import TypeViolation
from nexa.runtime.serving.site import Group, HeaderRules, Middleware, Protected, Site, Static, route
from nexa.runtime.text import type_name

__all__ = ["Server", "group", "header_rules", "middleware", "protect", "route", "server", "site", "static"]


class Server:
    """A declared server. `site` evaluates its body, when it is to listen."""

    type_name: ClassVar[str] = "server"

    def __init__(self, name: str, port: int | None, body: Callable[[], Awaitable[Site]]) -> None:
        self.name = name
        self.port = port
        self.site = body

    def __str__(self) -> str:
        return self.name or "server"


def server(name: str, port: int | None, body: Callable[[], Awaitable[Site]]) -> Server:
    """A server; `body` makes its items."""
    return Server(name, port, body)


def site(*items: Any, **settings: Any) -> Site:
    """What stands in the body of a server: items, and the properties `host port title middleware`."""
    return Site(items, settings)


def group(prefix: str, *items: Any) -> Group:
    """`group "/prefix" { … }`."""
    return Group(prefix, items)


def static(prefix: str, folder: str, base: str) -> Static:
    """`static "/assets" from "./public"`."""
    return Static(prefix, folder, base)


def header_rules(kind: Literal["cors", "csp"], rules: Any) -> HeaderRules:
    """`cors { … }` or `csp { … }`. Raises `TypeViolation` for rules that are no dict."""
    if not isinstance(rules, Mapping):
        raise TypeViolation(f"the rules of {kind} are a dict, not {type_name(rules)}")
    return HeaderRules(kind, rules)


def middleware(*functions: Any) -> Middleware:
    """`middleware [a, b]`."""
    return Middleware(functions)


def protect(prefix: str) -> Protected:
    """`require_auth "/admin"`."""
    return Protected(prefix)
