"""`get_user(req)`, `std.auth.get_user(request)`, `gate.get_user(request)`: the same, of the program's `auth` handle."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints

from nexa.runtime.auth.handle import Auth
from nexa.runtime.run import Run, current
from nexa.runtime.stores.handles import DeclaredAuth, opened

Functions = dict[str, Callable[..., Any]]

NAMES = (
    "oauth",
    "get_user",
    "get_session",
    "session_data",
    "set_session",
    "logout_user",
    "require_auth",
    "jwt_sign",
    "jwt_verify",
    "jwt_decode",
    "csrf_token",
    "csrf_field",
    "verify_csrf",
    "api_key_generate",
    "api_key_verify",
    "auth_context",
)
_BARE = "auth.bare"


async def auth_of(run: Run) -> Auth:
    """The program's sign-in: its first `auth` handle, else one without providers."""
    for declared in run.handles.declarations:
        if isinstance(declared, DeclaredAuth):
            found: Auth = await declared.opened()
            return found
    kept: dict[str, Auth] = run.registries.setdefault(_BARE, {})
    return kept.setdefault("auth", Auth({}))


def has_auth(run: Run) -> bool:
    """Whether the program declares an `auth` handle."""
    return any(isinstance(one, DeclaredAuth) for one in run.handles.declarations)


def auth_functions(first: str = "request") -> Functions:
    """The functions without a handle; `first` is what the request is called."""
    return {name: _function(name, first) for name in NAMES}


def handle_functions() -> Functions:
    """The functions as methods of a handle."""
    return {name: _method(name) for name in NAMES}


def _function(name: str, first: str) -> Callable[..., Any]:
    method = getattr(Auth, name)
    _, *own = inspect.signature(method).parameters.values()
    own = [one.replace(name=first) if one.name == "request" else one for one in own]
    signature = inspect.Signature(own)

    async def called(*args: Any, **named: Any) -> Any:
        given = signature.bind(*args, **named)
        return await method(await auth_of(current()), *given.args, **given.kwargs)

    called.__name__ = called.__qualname__ = name
    called.__doc__ = method.__doc__
    called.__signature__ = signature  # type: ignore[attr-defined]  # functions have one, if they say so
    hints = get_type_hints(method)
    called.__annotations__ = {first if key == "request" else key: hint for key, hint in hints.items()}
    return called


def _method(name: str) -> Callable[..., Any]:
    async def called(handle: Any, *args: Any, **named: Any) -> Any:
        return await getattr(await opened(handle, "auth"), name)(*args, **named)

    called.__name__ = called.__qualname__ = name
    return called
