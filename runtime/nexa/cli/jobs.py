"""`nexa jobs`: what is in the queue of a project, and what is to become of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.errors import Unusable
from nexa.cli.output import say, write_out
from nexa.cli.terminal import harmless
from nexa.runtime.jobs.record import STATUSES

if TYPE_CHECKING:
    from nexa.runtime.jobs.record import Record
    from nexa.runtime.jobs.store import JobStore

Command = Callable[..., Any]


def _project(command: Command) -> Command:
    return click.option(
        "--project", metavar="PATH", default=".", help="A file or folder of the project; by default the current one."
    )(command)


def _json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


@contextmanager
def store_of(project: str) -> Iterator[JobStore | None]:
    """The queue of the project that a file or folder belongs to; None where nothing was ever put into one."""
    from nexa.runtime.errors import NexaError
    from nexa.runtime.history import runs_folder
    from nexa.runtime.jobs.store import FILE, opened

    near = Path(project)
    if not near.exists():
        raise Unusable(f"{near}: no such file or folder")
    try:
        folder = runs_folder(near).parent
        store = opened(folder) if (folder / FILE).exists() else None
    except NexaError as mistake:
        raise Unusable(str(mistake)) from None
    try:
        yield store
    finally:
        if store is not None:
            store.close()


@click.group("jobs")
def command() -> None:
    """List the jobs of a project, cancel them, put them back.

    Programs put jobs into .nexa/jobs.db, which all programs of a project share.
    """


@command.command("list")
@_project
@click.option("--status", type=click.Choice(STATUSES), help="Only jobs of this status.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many to list.")
@_json
def list_(project: str, status: str | None, limit: int, as_json: bool) -> int:
    """List the newest jobs first."""
    with store_of(project) as store:
        found = store.listed(time.time(), status, limit) if store is not None else []
    if as_json:
        _print([one.shown() for one in found])
    elif found:
        write_out(table([_row(one) for one in found]))
    else:
        say("There are no jobs." if status is None else f"No job is {status}.")
    return 0


def _row(one: Record) -> tuple[str, ...]:
    shown = one.shown()
    attempts = f"{one.attempt}/{one.retry}" if one.attempt else ""
    told = harmless(" ".join((one.error or one.args).split()))
    return one.id, one.status, one.job, one.queue, shown["created"][:19].replace("T", " "), attempts, told[:60]


@command.command("status")
@click.argument("id_", metavar="ID")
@_project
@_json
def status(id_: str, project: str, as_json: bool) -> int:
    """Show the state of the job ID."""
    with store_of(project) as store:
        found = store.get(id_) if store is not None else None
    if found is None:
        raise Unusable(f"there is no job {id_}")
    if as_json:
        _print(found.shown())
        return 0
    known = {key: value for key, value in found.shown().items() if value is not None}
    write_out("".join(f"{key:9} {_told(value)}\n" for key, value in known.items()))
    return 0


def _told(value: Any) -> str:  # noqa: ANN401  # what JSON can hold
    return harmless(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


@command.command("cancel")
@click.argument("id_", metavar="ID")
@_project
def cancel(id_: str, project: str) -> int:
    """Cancel the job ID, if it is not over. Its worker stops within seconds."""
    return _decide(project, id_, lambda store: store.cancel(id_, time.time()), "cancelled")


@command.command("retry")
@click.argument("id_", metavar="ID")
@_project
def retry(id_: str, project: str) -> int:
    """Put back the job ID, which has failed, was cancelled or has expired."""
    return _decide(project, id_, lambda store: store.again(id_, time.time()), "put back")


@command.command("clear")
@_project
def clear(project: str) -> int:
    """Delete the completed jobs."""
    with store_of(project) as store:
        count = store.clear() if store is not None else 0
    say(f"Forgot {count} completed job{'' if count == 1 else 's'}.")
    return 0


def _decide(project: str, id_: str, work: Callable[[JobStore], bool], done: str) -> int:
    with store_of(project) as store:
        found = store.get(id_) if store is not None else None
        if store is None or found is None:
            raise Unusable(f"there is no job {id_}")
        if work(store):
            say(f"{found.job} {id_}: {done}.")
            return 0
    say(f"{found.job} {id_} is {found.status}.")
    return 1


def _print(value: Any) -> None:  # noqa: ANN401  # what JSON can hold
    write_out(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)
