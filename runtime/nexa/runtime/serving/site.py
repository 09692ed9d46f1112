"""What a `server` declares, as emitted code hands it over: items in groups, and the flat table that requests meet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from nexa.runtime.agent_contracts import AgentContract
from nexa.runtime.errors import NexaError, TypeViolation
from nexa.runtime.serving.paths import PathPattern, compiled, is_below

Body = Callable[[], Awaitable[Any]]
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Static:
    """`static "/assets" from "./public"`; `base` is where a relative folder starts."""

    prefix: str
    folder: str
    base: str


@dataclass(frozen=True, slots=True)
class HeaderRules:
    """`cors { … }` or `csp { … }`, for the paths below a prefix."""

    kind: Literal["cors", "csp"]
    rules: Mapping[str, Any]
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Middleware:
    """Functions that see each request below a prefix before its handler does."""

    functions: tuple[Any, ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Protected:
    """`require_auth "/admin"`."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Route:
    """A route: `target` is an agent, flow or function; `body` an expression that is evaluated for each request.

    `node` is the target's id in the route's graph.
    """

    method: str | None
    path: str
    target: Any = None
    body: Body | None = None
    semantic: bool = False
    auth: Any = None
    timeout: float | None = None
    stream: bool | None = None
    contracts: tuple[AgentContract, ...] = ()
    pattern: PathPattern | None = None
    node: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`group "/prefix" { … }`."""

    prefix: str
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """The evaluated body of a server."""

    items: tuple[Any, ...]
    settings: Mapping[str, Any]


@dataclass(slots=True)
class Table:
    """A site without its groups. `routes` come most specific first, `semantic` in order.

    `is_local` is set for a server that listens on this machine only; `hosts` are the names that it then has besides
    those of this machine.
    """

    routes: list[Route] = field(default_factory=list)
    semantic: list[Route] = field(default_factory=list)
    static: list[Static] = field(default_factory=list)
    headers: list[HeaderRules] = field(default_factory=list)
    middleware: list[Middleware] = field(default_factory=list)
    protected: list[str] = field(default_factory=list)
    is_local: bool = False
    hosts: tuple[str, ...] = ()


def table_of(site: Site) -> Table:
    """The table of a site. Raises `NexaError` for a path that is none."""
    table = Table()
    functions = site.settings.get("middleware")
    if functions:
        table.middleware.append(Middleware(tuple(functions)))
    _add(table, "", site.items)
    table.routes.sort(key=lambda one: one.pattern.rank if one.pattern is not None else ())
    return table


def _add(table: Table, prefix: str, items: Iterable[Any]) -> None:
    for item in items:
        match item:
            case Group():
                _add(table, prefix + item.prefix.rstrip("/"), item.items)
            case Static():
                table.static.append(replace(item, prefix=_path(prefix + item.prefix)))
            case HeaderRules():
                table.headers.append(replace(item, prefix=prefix))
            case Middleware():
                table.middleware.append(replace(item, prefix=prefix))
            case Protected():
                is_whole = bool(prefix) and is_below(item.prefix, prefix)
                table.protected.append(_path(item.prefix if is_whole else prefix + item.prefix))
            case Route(semantic=True):
                table.semantic.append(replace(item, path=prefix + item.path))
            case Route():
                path = _path(prefix + item.path)
                table.routes.append(replace(item, path=path, pattern=compiled(path)))


def _path(path: str) -> str:
    if not path.startswith("/"):
        raise NexaError(f"the path of a route begins with `/`, not {path!r}", kind="RoutePath")
    return path


def route(
    method: str | None,
    path: str,
    target: Any = None,
    *,
    body: Body | None = None,
    semantic: bool = False,
    contracts: tuple[AgentContract, ...] = (),
    node: str = "",
    **properties: Any,
) -> Route:
    """A route with its properties `auth timeout stream`. Raises `TypeViolation` where one makes no sense."""
    from nexa.runtime.duration import seconds

    timeout = properties.get("timeout")
    stream = properties.get("stream")
    return Route(
        method,
        path,
        target,
        body,
        semantic,
        properties.get("auth"),
        seconds(timeout) if timeout is not None else None,
        _flag(stream) if stream is not None else None,
        contracts,
        node=node,
    )


def _flag(value: Any) -> bool:
    found = _FLAGS.get(value) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise TypeViolation(f"`stream` is true or false, not {value!r}")
    return found
