"""Databases and key-value stores: what programs do with them, their errors, tasks that share them, what is left."""

# ruff: noqa: E501  # programs keep their lines

from __future__ import annotations

import asyncio
import inspect
import sqlite3
import sys
import threading
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness.command import NEXA, run
from harness.programs import check_fails, check_prints, run_text
from nexa.compiler.builtins import MEMBERS
from nexa.runtime.catching import kind_of
from nexa.runtime.clock import Clock
from nexa.runtime.errors import DatabaseError
from nexa.runtime.methods import methods_of
from nexa.runtime.run import Run, enter
from nexa.runtime.stores.opening import connect
from nexa.runtime.stores.postgres import numbered
from nexa.runtime.testing import FakeClock
from nexa.runtime.values import Secret

KV = 'kv store = open(":memory:")\nflow main {\n    %s\n}'
DB = 'db shop = connect(":memory:")\nflow main {\n    execute(shop, "CREATE TABLE item (name TEXT, price REAL)")\n    %s\n}'

STORES = {
    "a text": ('store.set("a", "x"); print(store.get("a"), store.get_str("a"))', "x x\n"),
    "all kinds of values": (
        'for v in [1, 2.5, true, null, "s", [1, {a: null}], {k: "v"}] { store.set("a", v); print(store.get("a") == v) }',
        "true\n" * 7,
    ),
    "a copy, not the value itself": (
        'xs = [1]; store.set("a", xs); xs.append(2); print(store.get("a"))',
        "[1]\n",
    ),
    "what is not there": (
        'print(store.get("a") is null, get_str(store, "a") is null, store.get_int("a") is null, '
        'store.get_json("a") is null, store.has("a"), store.del("a"), store.ttl("a") is null, store.expire("a", 1))',
        "true true true true false false true false\n",
    ),
    "a number from a text, and what is none": (
        'store.set("a", " 12 "); store.set("b", "x"); store.set("c", 2.0); store.set("d", [1])\n'
        'print(store.get_int("a"), store.get_int("b") is null, store.get_int("c"), store.get_int("d") is null)',
        "12 true 2 true\n",
    ),
    "JSON from a text, and what is none": (
        """store.set("a", '{"x": [1]}'); store.set("b", "{"); store.set("c", [1])\n"""
        'print(store.get_json("a"), store.get_json("b") is null, store.get_json("c"), store.get_str("c"))',
        '{"x":[1]} true [1] [1]\n',
    ),
    "only if new": (
        'print(store.set_nx("a", 1), store.set_nx("a", 2), store.get("a"), set_nx(store, "b", 1, ttl: 5), store.ttl("b"))',
        "true false 1 true 5\n",
    ),
    "a time to live": (
        'store.set("a", 1, ttl: 10); store.set("b", 2, ttl: 1h)\n'
        'sleep_ms(4s); print(store.ttl("a"), store.ttl("b")); sleep_ms(5999); print(store.has("a"))\n'
        'sleep_ms(1); print(store.has("a"), store.get("a") is null, store.list(), store.set_nx("a", 3), store.ttl("a") is null)',
        '6 3596\ntrue\nfalse true ["b"] true true\n',
    ),
    "a new value lives for good": ('store.set("a", 1, 5); store.set("a", 2); print(store.ttl("a") is null)', "true\n"),
    "an end that comes later": (
        'store.set("a", 1); print(expire(store, "a", 30d), store.ttl("a")); store.expire("a", 0); print(store.has("a"))',
        "true 2592000\nfalse\n",
    ),
    "counting": (
        'print(store.incr("n"), store.incr("n", 5), incr(handle: store, key: "n", amount: -2), store.get_int("n"))',
        "1 6 4 4\n",
    ),
    "counting keeps the end": ('store.set("n", 1, ttl: 9); store.incr("n"); print(store.ttl("n"))', "9\n"),
    "keys by prefix, in order": (
        'for k in ["b:2", "b:1", "a", "B:1", "b%"] { set(store, k, 1) }\n'
        'print(store.list("b:"), list(store), list(store, "b"), list([1]))',
        '["b:1","b:2"] ["B:1","a","b%","b:1","b:2"] ["b%","b:1","b:2"] [1]\n',
    ),
    "emptying": ('store.set("a", 1); flush(store); print(store.list(), store.del("a"))', "[] false\n"),
    "what agents store": (
        'std.kv.agent_kv_store(store, "Ann", "k", [1]); store.agent_kv_store("Bob", "k", 2)\n'
        'print(store.agent_kv_query("Ann", "k"), store.agent_kv_context("Ann"), store.agent_kv_query("Eve", "k") is null, '
        "store.list())",
        '[1] {"k":[1]} true []\n',
    ),
    "functions of std, by name": (
        'std.kv.set(kv: store, key: "a", value: 1); print(std.kv.get(store, "a"), std.kv.has(store, "a"), std.kv.del(store, "a"))',
        "1 true true\n",
    ),
    "functions as values": ('store.set("a", 1); print(map(["a", "b"], fn(k) => store.get(k) ?? 0))', "[1,0]\n"),
    "its own text and type": ('print(store, type_of(store), "#{store}")', "store kv store\n"),
    "closed at once": ('store.close(); print(store.get("a") otherwise "closed")', "closed\n"),
    "one that is opened while it runs": (
        'let other = open(":memory:")?\nother.set("a", 1); print(store.has("a"), other.get("a"), other)',
        "false 1 :memory:\n",
    ),
    "a record": ('store.set("p", Point(x: 1)); print(store.get("p"))\n}\nstruct Point { x: int\n', '{"x":1}\n'),
}

DATABASES = {
    "rows": (
        'execute(shop, "INSERT INTO item VALUES (?, ?), (?, ?)", ["lamp", 19.5, "nut", null])\n'
        'print(query(shop, "SELECT * FROM item ORDER BY name"), shop.query_one("SELECT price AS p FROM item WHERE name = ?", ["nut"]))',
        '[{"name":"lamp","price":19.5},{"name":"nut","price":null}] {"p":null}\n',
    ),
    "no rows": (
        'print(query(shop, "SELECT * FROM item"), query_one(shop, "SELECT * FROM item") is null, execute(shop, "DELETE FROM item"))',
        "[] true 0\n",
    ),
    "how many rows were touched": (
        "shop.execute(\"INSERT INTO item VALUES ('a', 1), ('b', 2)\"); print(shop.execute(\"UPDATE item SET price = ?\", [3]))",
        "2\n",
    ),
    "values are parameters, never text": (
        'name = "x\'; DROP TABLE item; --"; shop.execute("INSERT INTO item (name) VALUES (?)", [name])\n'
        'print(shop.query_one("SELECT name FROM item")["name"] == name)',
        "true\n",
    ),
    "what no column holds is written as JSON": (
        'print(shop.query_one("SELECT ? AS a, ? AS b, ? AS c, ? AS d", [[1, "x"], {k: 1}, 2s, true]))',
        '{"a":"[1,\\"x\\"]","b":"{\\"k\\":1}","c":2.0,"d":1}\n',
    ),
    "bytes": (
        "print(shop.query_one(\"SELECT x'c3bc' AS a, x'ff00' AS b\"))",
        '{"a":"ü","b":"/wA="}\n',
    ),
    "rows of a statement that writes": (
        'print(shop.query("INSERT INTO item VALUES (\'a\', 1) RETURNING name"), shop.query_one("SELECT count(*) AS n FROM item"))',
        '[{"name":"a"}] {"n":1}\n',
    ),
    "a transaction that is kept": (
        "begin(shop); shop.execute(\"INSERT INTO item (name) VALUES ('a')\"); commit(shop)\n"
        'shop.begin(); shop.execute("DELETE FROM item"); shop.rollback(); print(len(shop.query("SELECT * FROM item")))',
        "1\n",
    ),
    "agents' memory": (
        'std.db.memory.store(shop, "Ann", "b", [1]); std.db.memory.store(shop, "Ann", "a", 1); std.db.memory.store(shop, "Ann", "a", 2)\n'
        'print(std.db.memory.query(shop, "Ann", "a"), std.db.memory.list(shop, "Ann"), std.db.memory.query(shop, "Bob", "a") is null)\n'
        'print(std.db.memory.delete(shop, "Ann", "a"), std.db.memory.delete(shop, "Ann", "a"), std.db.memory.list(handle: shop, agent_name: "Bob"))',
        '2 {"a":2,"b":[1]} true\ntrue false {}\n',
    ),
    "std": (
        'let other = std.db.sqlite.connect("sqlite://:memory:")?\n'
        'print(std.db.sqlite.query(other, "SELECT 1 AS one"), std.db.sqlite.query_one(handle: other, sql: "SELECT 2 AS two"))\n'
        'std.db.sqlite.close(other); print(other.query("SELECT 1") otherwise "closed")',
        '[{"one":1}] {"two":2}\nclosed\n',
    ),
    "its own text and type": ("print(shop, type_of(shop))", "shop db\n"),
}


@pytest.mark.parametrize("name", STORES)
def test_a_store(name: str) -> None:
    body, printed = STORES[name]
    check_prints(KV % body, printed)


@pytest.mark.parametrize("name", DATABASES)
def test_a_database(name: str) -> None:
    body, printed = DATABASES[name]
    check_prints(DB % body, printed)


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (DB % 'shop.query("SELECT * FROM nope")', "DatabaseError", "shop: no such table: nope"),
        (DB % 'shop.query("SELEC 1")', "DatabaseError", "syntax error"),
        (DB % 'shop.query("SELECT ?", [])', "DatabaseError", "bindings"),
        (DB % 'shop.execute("DELETE FROM item; DELETE FROM item")', "DatabaseError", "one statement at a time"),
        (DB % 'shop.execute("SELECT ?", [9223372036854775808])', "DatabaseError", "too large"),
        (DB % "shop.commit()", "DatabaseError", "shop: there is no open transaction to commit"),
        (DB % "shop.rollback()", "DatabaseError", "no open transaction to rollback"),
        (DB % "begin(shop); begin(shop)", "DatabaseError", "open already"),
        (DB % "shop.close(); shop.begin()", "DatabaseError", "shop is closed"),
        (DB % 'shop.query("SELECT ?", [secret("K", "s3cret")])', "DatabaseError", "parameter 1 is a secret"),
        (DB % 'shop.query("SELECT ?", 1 |> any_of)\n}\nfn any_of(x) { x', "DatabaseError", "are a list"),
        (DB % 'query(1 |> any_of, "SELECT 1")\n}\nfn any_of(x) { x', "TypeViolation", "a db handle is wanted, not int"),
        (KV % 'store.set("a", "x"); store.incr("a")', "KVError", "`a` does not hold a whole number"),
        (
            KV % 'store.set("a", 1, ttl: "soon" |> any_of)\n}\nfn any_of(x) { x',
            "KVError",
            "number of seconds, not `soon`",
        ),
        (KV % 'store.set("a", {k: [secret("K", "s3cret")]})', "KVError", "a secret is not written into a store"),
        (
            KV % 'get("store" |> any_of, "a")\n}\nfn any_of(x) { x',
            "TypeViolation",
            "a kv handle is wanted, not `store`",
        ),
        ('flow main { connect("sqlite:///nowhere/at/all.db") }', "DatabaseError", "unable to open database file"),
        ('flow main { open("sqlite:///nowhere/at/all.db") }', "KVError", "unable to open database file"),
        ('flow main { open("") }', "KVError", "names no file"),
        (
            'flow main { x = "my"; connect("#{x}sql://a") }',
            "DatabaseError",
            "`mysql://` is no address of a SQLite file",
        ),
        ('db x { type: sqlite }\nflow main { x.query("SELECT 1") }', "DatabaseError", "needs a `path` or a `url`"),
        ('fn five() { 5 }\ndb x = five()\nflow main { x.query("SELECT 1") }', "TypeViolation", "wants a db, not int"),
    ],
)
def test_what_a_handle_refuses(text: str, kind: str, message: str) -> None:
    assert "s3cret" not in str(check_fails(text, kind, message))


@pytest.mark.parametrize("family", ["db", "kv"])
def test_every_method_takes_what_the_compilers_table_says(family: str) -> None:
    built_in = methods_of(type("Handle", (), {"type_name": family})())
    for name, entry in MEMBERS[family].items():
        parameters = list(inspect.signature(built_in[name]).parameters)
        assert (name, parameters[1:]) == (name, [one.name for one in entry.params])


def test_declarations_in_blocks_open_what_they_say() -> None:
    check_prints(
        'db a { type: memory }\ndb b { url: "sqlite://:memory:" }\ndb c { type: sqlite, path: ":memory:" }\nkv d { path: ":memory:" }\n'
        'flow main { for x in [a, b, c] { print(x.query_one("SELECT 1 AS one")) }\nd.set("k", 1); print(d.list()) }',
        '{"one":1}\n' * 3 + '["k"]\n',
    )


def test_a_declaration_opens_nothing_before_it_is_used() -> None:
    check_prints('db x = connect("sqlite:///nowhere/at/all.db")\nflow main { print("fine") }', "fine\n")


def test_a_declaration_is_opened_once_and_a_failure_is_tried_again() -> None:
    check_prints(
        "let times: list[int] = []\n"
        'fn file() -> str { times.append(1); if len(times) == 1 { raise ToolError("no") }; ":memory:" }\n'
        "kv x = open(file())\n"
        'flow main { print(x.has("a") otherwise "failed"); parallel([fn() => x.incr("n"), fn() => x.incr("n")]); print(x.get("n"), len(times)) }',
        "failed\n2 2\n",
    )


def test_contracts_of_a_declaration() -> None:
    check_prints(
        'let allowed: list[int] = []\ndb x { type: memory\n    requires len(allowed) > 0\n    ensures type_of(result) == "db"\n}\n'
        'flow main { print(x.query("SELECT 1") otherwise "not yet"); allowed.append(1); print(len(x.query("SELECT 1"))) }',
        "not yet\n1\n",
    )


# ── tasks that share a handle ───────────────────────────────────────────────────────────────────────────────────


def test_counting_from_many_branches_loses_nothing() -> None:
    check_prints(KV % 'parallel(map(range(16), fn(_) => fn() => store.incr("n"))); print(store.get("n"))', "16\n")


def test_a_transaction_waits_for_the_one_of_another_branch() -> None:
    body = """
    let move = fn(name: str, ms: int) {
        begin(shop)
        before = len(shop.query("SELECT * FROM item"))
        sleep_ms(ms)
        shop.execute("INSERT INTO item (name) VALUES (?)", [name])
        inside = parallel([fn() => len(shop.query("SELECT * FROM item"))])
        commit(shop)
        print(name, before, inside)
    }
    let look = fn() { sleep_ms(5); print("look", len(shop.query("SELECT * FROM item"))) }
    parallel([fn() => move("a", 20), fn() => move("b", 1), look])
    """
    check_prints(DB % body, "a 0 [1]\nb 1 [2]\nlook 2\n")


@pytest.mark.parametrize("statement", ['shop.query("SELECT 1")', "begin(shop)"])
def test_nobody_waits_for_ever_for_the_transaction_of_another_task(statement: str) -> None:
    body = """
    let hold = fn() { begin(shop); sleep_ms(90000); commit(shop); "held" }
    let look = fn() { sleep_ms(1); try { %s; return "looked" } catch (e: DatabaseError) { return e.message } }
    let [held, told] = parallel([hold, look])
    print(held, told.split(" at ").first, len(shop.query("SELECT * FROM item")))
    """
    waited = "shop: waited 60 s for the transaction that another task has begun"
    check_prints(DB % (body % statement), f"held {waited} 0\n")


def test_who_has_waited_long_enough_is_not_let_in_later() -> None:
    body = """
    let hold = fn() { begin(shop); sleep_ms(90000); commit(shop) }
    let add = fn() { sleep_ms(1); shop.execute("INSERT INTO item (name) VALUES ('a')") otherwise 0 }
    let after_it = fn() { sleep_ms(80000); shop.execute("INSERT INTO item (name) VALUES ('b')") }
    parallel([hold, add, after_it])
    print(query(shop, "SELECT name FROM item"))
    """
    check_prints(DB % body, '[{"name":"b"}]\n')


def test_a_transaction_that_its_branch_left_open_is_undone() -> None:
    body = """
    let forget = fn() { begin(shop); shop.execute("INSERT INTO item (name) VALUES ('a')") }
    parallel([forget])
    print(len(shop.query("SELECT * FROM item")))
    """
    result = check_prints(DB % body, "0\n")
    assert _logged(result) == ["shop: a transaction was begun and never ended; what it did is undone"]


def test_a_transaction_that_is_open_at_the_end_is_undone_and_told_of() -> None:
    assert _logged(check_prints(DB % "begin(shop)", "")) == [
        "shop: a transaction was still open, and what it did is undone"
    ]


def _logged(result) -> list[str]:
    return [line["text"] for line in result.of_kind("log")]


async def _in_a_run(work, clock=None):
    run = Run(clock=clock or Clock())
    leave = enter(run)
    run.loop = asyncio.get_running_loop()
    try:
        return await work()
    finally:
        await run.handles.close(lambda text: None)
        leave()


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


async def test_a_query_does_not_block_the_loop_and_is_stopped_by_cancelling() -> None:
    before = threading.active_count()

    async def work():
        database = await connect(":memory:")
        query = asyncio.create_task(database.query(ENDLESS))
        for _ in range(3):
            await asyncio.sleep(0.01)  # the loop turns
        assert not query.done()
        query.cancel()
        with pytest.raises(asyncio.CancelledError):
            await query
        return await database.query("SELECT 1 AS one")

    assert await asyncio.wait_for(_in_a_run(work), 20) == [{"one": 1}]
    assert threading.active_count() == before


async def test_a_statement_that_waits_its_turn_can_be_cancelled() -> None:
    async def work():
        database = await connect(":memory:")
        holder = asyncio.create_task(_hold(database))
        await asyncio.sleep(0.01)
        waiting = asyncio.create_task(database.query("SELECT 1"))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        holder.cancel()
        await asyncio.wait([holder])
        return await database.query_one("SELECT 2 AS two")

    assert await asyncio.wait_for(_in_a_run(work), 20) == {"two": 2}


async def _hold(database):
    await database.begin()
    await asyncio.sleep(60)


async def test_a_clock_that_jumps_waits_for_a_query() -> None:
    clock = FakeClock()

    async def work():
        database = await connect(":memory:")
        first = asyncio.create_task(database.query(ENDLESS.replace("FROM n)", "FROM n WHERE x < 200000)")))
        await asyncio.sleep(0)
        sleeping = asyncio.create_task(clock.sleep(60))
        done, _ = await asyncio.wait([first, sleeping], return_when=asyncio.FIRST_COMPLETED)
        sleeping.cancel()
        return first in done

    assert await _in_a_run(work, clock)


async def test_a_secret_address_is_used_and_not_shown() -> None:
    async def work():
        return str(await connect(Secret("sqlite://:memory:")))

    assert await _in_a_run(work) == "sqlite://:memory:"


# ── files, events, models ───────────────────────────────────────────────────────────────────────────────────────

COUNTER = """
kv counts = open("sqlite://counts.db")
db notes = connect("sqlite://counts.db")
flow main {
    execute(notes, "CREATE TABLE IF NOT EXISTS note (body TEXT)")
    execute(notes, "INSERT INTO note VALUES (?)", ["n#{counts.incr("runs")}"])
    print(counts.get("runs"), len(query(notes, "SELECT * FROM note")))
}
"""


def test_what_is_written_is_there_for_the_next_run(tmp_path: Path) -> None:
    outputs = [run(NEXA, ["run", "a.nx"], tmp_path, files={"a.nx": COUNTER}).out for _ in range(3)]
    assert outputs == ["1 1\n", "2 2\n", "3 3\n"]
    with sqlite3.connect(tmp_path / "counts.db") as raw:
        assert raw.execute("SELECT count(*) FROM note").fetchone() == (3,)
    raw.close()


def test_queries_are_nodes_of_the_run() -> None:
    text = 'kv store = open(":memory:")\nflow main { store.set("a", 1)\nx = get(store, "a")\nprint(x) }'
    events = run_text(text).events
    found = [(line["event"], line["node"], line.get("output")) for line in events if line["event"].startswith("node.")]
    assert found == [
        ("node.started", "main#0", None),
        ("node.finished", "main#0", True),
        ("node.started", "main#1", None),
        ("node.finished", "main#1", 1),
    ]


def test_a_run_from_a_later_node_does_not_write_again(tmp_path: Path) -> None:
    text = (
        'kv counts = open("sqlite://counts.db")\nagent Ann { prompt: "Answer." }\n'
        'flow main {\n    n = counts.incr("runs")\n    print(Ann.run("#{n}"))\n}\n'
    )
    run(NEXA, ["run", "a.nx", "--mock"], tmp_path, files={"a.nx": text})
    again = run(NEXA, ["run", "a.nx", "--mock", "--from", "last:main#1"], tmp_path)
    assert (again.out, again.status) == ("[Ann] 1\n", 0)
    assert run(NEXA, ["run", "a.nx", "--mock"], tmp_path).out == "[Ann] 2\n"


def test_a_model_names_the_store(tmp_path: Path) -> None:
    text = (
        'kv facts { path: "facts.db" }\nagent Ann { prompt: "Answer."\n    uses [std.kv]\n}\n'
        'flow main { facts.set("sky", "blue"); print(Ann.run("What colour?")) }\n'
    )
    script = '[[reply]]\n[[reply.call]]\nname = "get"\narguments = { kv = "facts", key = "sky" }\n[[reply]]\ntext = "It is blue."\n'
    ran = run(
        NEXA,
        ["run", "a.nx", "--mock-script", "m.toml", "--mock", "--events", "jsonl"],
        tmp_path,
        files={"a.nx": text, "m.toml": script},
    )
    assert ran.status == 0, ran.err
    assert '"tool":"get"' in ran.out.replace(": ", ":")
    assert '"output":"blue"' in ran.out.replace(": ", ":")


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT ? , ?", "SELECT $1 , $2"),
        ("SELECT '?', \"a?\", 'it''s ?', ? -- ?\n/* ? */", "SELECT '?', \"a?\", 'it''s ?', $1 -- ?\n/* ? */"),
        ("SELECT a ?? 'k' WHERE b = ?", "SELECT a ? 'k' WHERE b = $1"),
        ("SELECT $$ ? $$, $f$ ? $$ ? $f$, ?", "SELECT $$ ? $$, $f$ ? $$ ? $f$, $1"),
    ],
)
def test_question_marks_are_numbered_for_postgres(sql: str, expected: str) -> None:
    assert numbered(sql) == expected


async def test_without_its_driver_postgres_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseError, match=r'pip install "nexa-lsp\[postgres\]"') as told:
        await _in_a_run(lambda: connect("postgres://ann:hidden@host/shop"))
    assert "hidden" not in str(told.value)
    assert kind_of(told.value) == "DatabaseError"


class FakeCursor:
    """What psycopg's cursor is asked for."""

    def __init__(self, names, rows, status):
        self.description = [SimpleNamespace(name=name) for name in names] or None
        self.rowcount = len(rows)
        self.statusmessage = status
        self._rows = list(rows)

    def fetchall(self):
        return self._rows

    def fetchone(self):
        return self._rows[0] if self._rows else None

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass


class FakePsycopg(SimpleNamespace):
    """The driver: notes what it is given, and answers each statement with the same row."""

    class Error(Exception):
        pass

    RawCursor = object()

    def __init__(self):
        super().__init__()
        self.asked = []

    def connect(self, address, *, autocommit, cursor_factory):
        self.asked.append((address, autocommit, cursor_factory is self.RawCursor))
        return self

    def execute(self, sql, params=None):
        self.asked.append((sql, params))
        if "bad" in sql:
            raise self.Error("no such thing\n")
        names = ["price", "at", "more"] if sql.startswith("SELECT") else []
        row = (Decimal("19.5"), date(2024, 1, 2), {"a": [1]})
        return FakeCursor(
            names, [row] * bool(names), "ROLLBACK" if sql == "COMMIT" and "bad" in str(self.asked) else sql
        )

    def cancel(self):
        self.asked.append("cancel")

    def close(self):
        self.asked.append("close")


async def test_what_postgres_is_asked_and_what_becomes_of_its_answers(monkeypatch) -> None:
    driver = FakePsycopg()
    monkeypatch.setitem(sys.modules, "psycopg", driver)
    row = {"price": 19.5, "at": "2024-01-02", "more": {"a": [1]}}

    async def work():
        database = await connect("postgresql://ann@host/shop")
        assert await database.query("SELECT ?", ["x"]) == [row]
        assert await database.query_one("SELECT 1") == row
        assert (await database.query("UPDATE item"), await database.query_one("UPDATE item")) == ([], None)
        await database.begin()
        await database.commit()
        await database.begin()
        with pytest.raises(DatabaseError, match=r"^postgresql://\*\*\*@host/shop: no such thing$"):
            await database.execute("bad")
        with pytest.raises(DatabaseError, match="what it did is undone"):
            await database.commit()
        return await database.execute("INSERT ?", [1])

    assert await _in_a_run(work) == 0
    statements = [("SELECT $1", ["x"]), ("SELECT 1", None), ("UPDATE item", None), ("UPDATE item", None)]
    transactions = [("BEGIN", None), ("COMMIT", None), ("BEGIN", None), ("bad", None), ("COMMIT", None)]
    assert driver.asked == [
        ("postgresql://ann@host/shop", True, True),
        *statements,
        *transactions,
        ("INSERT $1", [1]),
        "close",
    ]
