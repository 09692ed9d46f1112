"""Who may ask a server that listens on this machine only: programs here, and pages that are its own.

Such a server takes being here for permission. A page elsewhere has two ways to borrow it from a browser here: a name
that it lets lead to this machine (DNS rebinding), and requests that need no answer (forgery). So a request has to call
the server by a name that nobody else can give it, and one that changes something may not come from another site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from nexa.runtime.serving.headers import allows_origin
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response, failure
from nexa.runtime.serving.site import HeaderRules

_OWN = ("localhost", "*.localhost")
_SAFE = ("GET", "HEAD", "OPTIONS")
_NEVER_IN_A_HOST = frozenset(" @/?#\\,%")
LONGEST_NAME = 100
"""Characters of a foreign name that are told."""


def is_local(addresses: Iterable[Sequence[object]]) -> bool:
    """Whether sockets at these addresses can be reached from this machine only."""
    found = [str(address[0]) for address in addresses]
    return bool(found) and all(_is_address(one) and ip_address(one.partition("%")[0]).is_loopback for one in found)


def foreign_name(named: Iterable[str], known: Iterable[str]) -> str | None:
    """The first of the hosts of a request, with or without a port, that is neither this machine nor known.

    An address is no name: nobody can let it lead elsewhere. `*` knows every name, `*.example.org` those that end so.
    """
    known = (*_OWN, *(name.lower() for name in known))
    if "*" in known:
        return None
    return next((one for one in named if not _is_known(_name_of(one), known)), None)


def refused_name(name: str) -> Response:
    """The answer to a request that means another server: 421."""
    return failure(421, f"this server does not answer for {name[:LONGEST_NAME]!r}", "MisdirectedRequest")


def forged_elsewhere(rules: Iterable[HeaderRules], request: Request) -> Response | None:
    """403 for a request of a page of another site that could change something, unless `cors` knows that page."""
    if request.method in _SAFE or request.headers["sec-fetch-site"] != "cross-site" or allows_origin(rules, request):
        return None
    return failure(403, "pages of other sites may not ask this server: `cors` says which may", "Forbidden")


def _name_of(host: str) -> str | None:
    """The name in `name:port`, in small letters; None where it is none."""
    if not host or _NEVER_IN_A_HOST.intersection(host):
        return None
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".") or None
    except ValueError:
        return None


def _is_known(name: str | None, known: Iterable[str]) -> bool:
    if name is None:
        return False
    return _is_address(name) or any(name == one or (one[:2] == "*." and name.endswith(one[1:])) for one in known)


def _is_address(text: str) -> bool:
    try:
        ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True
