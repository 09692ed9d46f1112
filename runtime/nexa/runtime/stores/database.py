"""A database handle: SQL whose values are parameters, and transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nexa.runtime.catching import message_of
from nexa.runtime.config import Settings
from nexa.runtime.effects import effect
from nexa.runtime.errors import DatabaseError, NexaError, TypeViolation
from nexa.runtime.run import current_or_none
from nexa.runtime.stores.connections import Connection, Row, parameters
from nexa.runtime.stores.transactions import StillOpen, Turns
from nexa.runtime.stores.worker import Worker
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT, Unit


class Database:
    """An open database. Its statements are done in the order in which they are asked for."""

    type_name = "db"

    def __init__(self, name: str, connection: Connection) -> None:
        self.name = name
        self.is_open = False
        self._connection = connection
        self._worker = Worker(connection.interrupt)
        self._turns = Turns(_longest_wait())

    async def open(self) -> Database:
        """Connect. Raises `DatabaseError`."""
        self.is_open = True
        try:
            await self._done(self._connection.open)
        except BaseException:
            self.is_open = False
            self._worker.close()
            raise
        return self

    async def query(self, sql: str, params: Any = None) -> list[Row]:
        """The rows of a query, each a dict."""
        values = parameters(params)
        rows: list[Row] = await self._asked(lambda: self._connection.rows(_statement(sql), values))
        return rows

    async def query_one(self, sql: str, params: Any = None) -> Row | None:
        """The first row of a query, or null."""
        values = parameters(params)
        row: Row | None = await self._asked(lambda: self._connection.first(_statement(sql), values))
        return row

    async def execute(self, sql: str, params: Any = None) -> int:
        """Runs a statement; the number of rows it touched."""
        values = parameters(params)
        if not self._connection.is_lasting:
            return int(await self._asked(lambda: self._connection.execute(_statement(sql), values)))
        with effect("db.execute", (self.name, sql, values)) as done:
            if not done.is_known:
                done.value = await self._asked(lambda: self._connection.execute(_statement(sql), values))
        return int(done.value)

    async def begin(self) -> Unit:
        """Starts a transaction. Other tasks wait until it is over."""
        if self._turns.is_inside:
            raise DatabaseError(f"{self.name}: a transaction is open already; `commit` or `rollback` it first")
        self._require_open()
        try:
            token, job = await self._turns.begin(self._submitting("BEGIN"), self._abandoned)
        except StillOpen as wait:
            raise self._waited(wait) from None
        try:
            await self._explained(job)
        except BaseException:
            self._abandoned(token)
            raise
        return UNIT

    async def commit(self) -> Unit:
        """Keeps what the transaction did. If that fails, the transaction is still open."""
        is_kept = await self._ended("COMMIT")
        self._turns.end()
        if not is_kept:
            raise DatabaseError(f"{self.name}: a statement of the transaction has failed, so what it did is undone")
        return UNIT

    async def rollback(self) -> Unit:
        """Undoes what the transaction did."""
        try:
            await self._ended("ROLLBACK")
        finally:
            if self._turns.is_inside:
                self._turns.end()
        return UNIT

    async def close(self) -> Unit:
        """Closes the database; a transaction that is open is undone."""
        if not self.is_open:
            return UNIT
        self.is_open = False
        if self._turns.end():
            _warn(f"{self.name}: a transaction was still open, and what it did is undone")
        try:
            await self._worker.result(self._worker.submit(self._connection.close))
        finally:
            self._worker.close()
        return UNIT

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<db {self.name}>"

    async def _ended(self, statement: str) -> bool:
        if not self._turns.is_inside:
            raise DatabaseError(f"{self.name}: there is no open transaction to {statement.lower()}")
        return bool(await self._asked(lambda: self._connection.end(statement)))

    def _abandoned(self, token: object) -> None:
        """The task that has begun a transaction is over: nobody else could end it."""
        if self._turns.is_open(token) and self.is_open:
            self._submitting("ROLLBACK")()
            self._turns.end(token)
            _warn(f"{self.name}: a transaction was begun and never ended; what it did is undone")

    def _submitting(self, statement: str) -> Callable[[], Any]:
        return lambda: self._worker.submit(lambda: self._connection.execute(statement, ()))

    async def _asked(self, work: Callable[[], Any]) -> Any:
        """What comes of work on the connection, when it is our turn. Raises `DatabaseError`."""
        self._require_open()
        try:
            job = await self._turns.take(lambda: self._worker.submit(work))
        except StillOpen as wait:
            raise self._waited(wait) from None
        return await self._explained(job)

    def _waited(self, wait: StillOpen) -> DatabaseError:
        where = f" at {wait.begun}" if wait.begun else ""
        return DatabaseError(
            f"{self.name}: waited {wait.seconds:g} s for the transaction that another task has begun{where}",
            help="it waits in vain if that task waits for it: let no transaction wait for other tasks; "
            "`transaction_wait` under [run] in nexa.toml sets the time",
        )

    async def _done(self, work: Callable[[], Any]) -> Any:
        return await self._explained(self._worker.submit(work))

    async def _explained(self, job: Any) -> Any:
        try:
            return await self._worker.result(job)
        except NexaError:
            raise
        except self._connection.failures as error:
            told = f"{self.name}: {message_of(error).strip()}"
            raise DatabaseError(told, cause=error, help=await self._advice(error)) from error

    async def _advice(self, error: BaseException) -> str:
        try:
            advice: str = await self._worker.result(self._worker.submit(lambda: self._connection.advice(error)))
        except RuntimeError:  # the connection is gone
            return ""
        except self._connection.failures:
            return ""
        return advice

    def _require_open(self) -> None:
        if not self.is_open:
            raise DatabaseError(f"{self.name} is closed")


def _statement(sql: Any) -> str:
    if not isinstance(sql, str):
        raise TypeViolation(f"a statement is a text, not {type_name(sql)}")
    return sql


def _warn(message: str) -> None:
    run = current_or_none()
    if run is not None:
        run.log("warning", message)


def _longest_wait() -> float:
    run = current_or_none()
    return run.settings.transaction_wait if run is not None else Settings().transaction_wait
