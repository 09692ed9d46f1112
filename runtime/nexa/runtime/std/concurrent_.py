"""`std.concurrent`: tasks, channels, schedules."""

from __future__ import annotations

from nexa.runtime.channels import channel, close, recv, recv_timeout, select, send, try_recv
from nexa.runtime.concurrent import parallel, race, sleep_ms, thread_count
from nexa.runtime.tasks import after, await_task, cancel_schedule, cancel_task, schedule, spawn, try_await

_CHANNELS = (channel, send, recv, recv_timeout, try_recv, close, select)
_TASKS = (spawn, await_task, try_await, cancel_task, parallel, race, after, schedule, cancel_schedule)
FUNCTIONS = {each.__name__: each for each in (*_CHANNELS, *_TASKS, sleep_ms, thread_count)}
