"""`std.concurrent`, as far as it needs neither tasks nor channels."""

from __future__ import annotations

from nexa.runtime.concurrent import parallel, race, sleep_ms, thread_count

FUNCTIONS = {each.__name__: each for each in (parallel, race, sleep_ms, thread_count)}
