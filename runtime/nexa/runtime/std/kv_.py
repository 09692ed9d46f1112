"""`std.kv`: key-value stores."""

from __future__ import annotations

from nexa.runtime.stores.functions import store_functions
from nexa.runtime.stores.opening import open_store

FUNCTIONS = {"open": open_store, **store_functions()}
del FUNCTIONS["close"]
