"""`job Name on "queue" (…) { … }`, as emitted code declares it; see `docs/architecture/emitted-code.md`."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar

from nexa.runtime.callables import DEFAULT, Function, bind
from nexa.runtime.duration import seconds
from nexa.runtime.errors import TypeViolation
from nexa.runtime.jobs.options import JobOptions
from nexa.runtime.jobs.queue import queue
from nexa.runtime.jobs.record import Record
from nexa.runtime.run import current
from nexa.runtime.text import plain, type_name
from nexa.runtime.values import Secret


@dataclass(slots=True, eq=False)
class Job:
    """A declared job. `setup` yields the properties that are computed, when the job is first used."""

    type_name: ClassVar[str] = "job"

    name: str
    performs: Callable[[], Function]
    on_failure: Function | None
    properties: Mapping[str, Any]
    setup: Callable[[], Awaitable[Mapping[str, Any]]] | None
    doc: str = ""
    _known: tuple[JobOptions, str | None] | None = None

    async def enqueue(self, args: Any, options: Any = None) -> str:
        """Put work into the queue; the id of the job. Raises `TypeViolation` where the arguments do not fit."""
        return await self.add(args, options)

    async def enqueue_in(self, delay: Any, args: Any, options: Any = None) -> str:
        """Put work into the queue for later: after a duration, or seconds."""
        wait = seconds(delay)
        return await self.add(args, {**_record(self.name, options, "options"), "delay": wait})

    async def add(self, args: Any, options: Any = None, *, id_: str | None = None) -> str:
        """`enqueue`, under an id that counts once if one is given."""
        given = _record(self.name, args, "arguments")
        params = self.performs().params
        values = bind(f"job {self.name}", tuple(one.name for one in params), 0, (), given)
        missing = [one.name for one, value in zip(params, values, strict=True) if one.required and value is DEFAULT]
        if missing:
            raise TypeViolation(f"job {self.name} needs {', '.join(f'`{name}`' for name in missing)}")
        chosen = (await self.options()).with_(_record(self.name, options, "options"), f"job {self.name}")
        record = self._new(given, chosen, id_)
        pending = queue()
        found = await pending.do(lambda store: store.add(record))
        pending.added += found == record.id
        return found

    async def options(self) -> JobOptions:
        """What the declaration says. Raises `TypeViolation` where that makes no sense."""
        return (await self._settings())[0]

    async def cron(self) -> str | None:
        """When the job runs by itself."""
        return (await self._settings())[1]

    async def _settings(self) -> tuple[JobOptions, str | None]:
        if self._known is None:
            computed = await self.setup() if self.setup is not None else {}
            values = {**self.properties, **computed}
            cron = values.pop("cron", None)
            self._known = JobOptions().with_(values, f"job {self.name}"), None if cron is None else str(cron)
        return self._known

    def _new(self, given: Mapping[str, Any], chosen: JobOptions, id_: str | None) -> Record:
        now = current().clock.now()
        args = json.dumps(plain(given), ensure_ascii=False, sort_keys=True)
        key = sha256(f"{self.name}\0{args}".encode()).hexdigest() if chosen.unique else None
        return Record(
            id=id_ or os.urandom(8).hex(),
            job=self.name,
            queue=chosen.queue,
            args=args,
            status="pending",
            priority=chosen.priority,
            attempt=0,
            retry=chosen.retry,
            timeout=chosen.timeout,
            backoff=chosen.backoff,
            due=now + chosen.delay,
            expires=None if chosen.expires is None else now + chosen.expires,
            created=now,
            key=key,
        )

    def __str__(self) -> str:
        return self.name


def job(
    name: str,
    *,
    perform: Function | Callable[[], Function],
    on_failure: Function | None = None,
    setup: Callable[[], Awaitable[Mapping[str, Any]]] | None = None,
    doc: str = "",
    **properties: Any,
) -> Job:
    """A job; `perform` does the work, or yields the flow that does."""
    performs = (lambda: perform) if isinstance(perform, Function) else perform
    return Job(name, performs, on_failure, properties, setup, doc)


def _record(job_name: str, value: Any, what: str) -> dict[str, Any]:
    """A dict whose values may be kept on disk."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise TypeViolation(f"the {what} of job {job_name} are a dict, not {type_name(value)}")
    if _has_secret(value):
        raise TypeViolation(f"job {job_name}: a secret is not put into a queue; read it where the work is done")
    return dict(value)


def _has_secret(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_secret, value.values()))
    return any(map(_has_secret, value)) if isinstance(value, list | tuple) else isinstance(value, Secret)
