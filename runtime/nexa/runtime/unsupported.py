"""What of the standard library this version cannot run yet: names as a program writes them, and what they belong to.

The compiler refuses to run or build a program that uses one (NX690); checking it is another matter.
"""

from __future__ import annotations

_SIGN_IN = "sign-in"

UNSUPPORTED: dict[str, str] = {
    "std.auth": _SIGN_IN,
    "enable_auth": _SIGN_IN,
    "get_user": _SIGN_IN,
    "get_session": _SIGN_IN,
    "require_auth": _SIGN_IN,
    "logout_user": _SIGN_IN,
}


def unsupported(name: str) -> str | None:
    """What the dotted name belongs to, if this version does not support it; a namespace stands for its members."""
    while name:
        found = UNSUPPORTED.get(name)
        if found is not None:
            return found
        name = name.rpartition(".")[0]
    return None
