"""`std.auth`: who is signed in, sessions, tokens and keys."""

from __future__ import annotations

from nexa.runtime.auth.functions import auth_functions
from nexa.runtime.auth.handle import enable_auth

FUNCTIONS = {"enable_auth": enable_auth, **auth_functions()}
