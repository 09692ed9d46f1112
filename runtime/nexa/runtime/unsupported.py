"""What of the standard library this version cannot run yet: names as a program writes them, and what they belong to.

The compiler refuses to run or build a program that uses one (NX690); checking it is another matter.
"""

from __future__ import annotations

_SIGN_IN = "sign-in"
_CHANNELS = "channels"
_TASKS = "tasks and actors"
_SCHEDULES = "schedules"

UNSUPPORTED: dict[str, str] = {
    "std.auth": _SIGN_IN,
    "std.concurrent.channel": _CHANNELS,
    "std.concurrent.send": _CHANNELS,
    "std.concurrent.recv": _CHANNELS,
    "std.concurrent.recv_timeout": _CHANNELS,
    "std.concurrent.try_recv": _CHANNELS,
    "std.concurrent.close": _CHANNELS,
    "std.concurrent.select": _CHANNELS,
    "std.concurrent.spawn": _TASKS,
    "std.concurrent.await_task": _TASKS,
    "std.concurrent.try_await": _TASKS,
    "std.concurrent.cancel_task": _TASKS,
    "std.concurrent.after": _SCHEDULES,
    "std.concurrent.schedule": _SCHEDULES,
    "std.concurrent.cancel_schedule": _SCHEDULES,
    "std.defer": "deferring as a function",
    "enable_auth": _SIGN_IN,
    "get_user": _SIGN_IN,
    "get_session": _SIGN_IN,
    "require_auth": _SIGN_IN,
    "logout_user": _SIGN_IN,
    "spawn": _TASKS,
    "cancel_task": _TASKS,
    "receive": _TASKS,
    "channel": _CHANNELS,
    "send": _CHANNELS,
    "recv": _CHANNELS,
    "recv_timeout": _CHANNELS,
    "try_recv": _CHANNELS,
    "close": _CHANNELS,
    "select": _CHANNELS,
    "after": _SCHEDULES,
    "schedule": _SCHEDULES,
    "cancel_schedule": _SCHEDULES,
    "JobQueue": "jobs",
}


def unsupported(name: str) -> str | None:
    """What the dotted name belongs to, if this version does not support it; a namespace stands for its members."""
    while name:
        found = UNSUPPORTED.get(name)
        if found is not None:
            return found
        name = name.rpartition(".")[0]
    return None
