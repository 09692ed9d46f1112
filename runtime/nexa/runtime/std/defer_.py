"""`std.defer`: `defer` as a function."""

from __future__ import annotations

from nexa.runtime.defers import schedule

FUNCTIONS = {"schedule": schedule}
