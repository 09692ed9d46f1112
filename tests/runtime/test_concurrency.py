"""Channels, tasks, actors and schedules: what programs do with them, in which order, and what is left behind."""

# ruff: noqa: E501  # programs keep their lines

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from harness.command import NEXA, run
from harness.programs import check_fails, check_prints, run_text
from nexa.runtime.testing import call

# ── channels ────────────────────────────────────────────────────────────────────────────────────────────────────

CHANNELS = {
    "values come in the order of sending": (
        "let [tx, rx] = channel(); for n in [1, 2, null] { send(tx, n) }; print(recv(rx), recv(rx), recv(rx) is null)",
        "1 2 true\n",
    ),
    "a pair, and what its ends are": (
        "let (tx, rx) = channel(); print(type_of(tx), type_of(rx), tx)",
        "channel_tx channel_rx channel_tx\n",
    ),
    "who waits first gets the first": (
        "let [tx, rx] = channel(); let got = parallel([fn() => recv(rx), fn() => recv(rx), fn() { send(tx, 1); send(tx, 2) }])\n"
        "print(got[0], got[1])",
        "1 2\n",
    ),
    "a channel with room for one": (
        "let [tx, rx] = channel(1)\n"
        'let sender = fn() { for n in [1, 2, 3] { send(tx, n); print("sent", n) } }\n'
        'let reader = fn() { for _ in [1, 2, 3] { sleep_ms(10); print("got", recv(rx)) } }\n'
        "parallel([sender, reader])",
        "sent 1\ngot 1\nsent 2\ngot 2\nsent 3\ngot 3\n",
    ),
    "closed, but not empty": (
        'let [tx, rx] = channel(); send(tx, 1); close(tx); print(recv(rx), recv(rx) otherwise "over", send(tx, 2) otherwise "over")',
        "1 over over\n",
    ),
    "closed while somebody waits": (
        'let [tx, rx] = channel(); print(parallel([fn() => recv(rx) otherwise "over", fn() { sleep_ms(5); close(rx) }])[0])',
        "over\n",
    ),
    "closed while somebody waits for room": (
        'let [tx, rx] = channel(1); send(tx, 1)\nprint(parallel([fn() => send(tx, 2) otherwise "refused", fn() { sleep_ms(5); close(tx) }])[0], try_recv(rx), try_recv(rx) is null)',
        "refused 1 true\n",
    ),
    "not for ever": (
        "let [tx, rx] = channel(); print(recv_timeout(rx, 2s) is null, recv_timeout(rx, 0) is null)\n"
        "after(30, fn() => send(tx, 7)); print(recv_timeout(rx, 29) is null, recv_timeout(rx, 5))",
        "true true\ntrue 7\n",
    ),
    "only what is there": (
        "let [tx, rx] = channel(); print(try_recv(rx) is null); send(tx, 1); print(try_recv(rx))",
        "true\n1\n",
    ),
    "the first of several": (
        "let [a, ra] = channel(); let [b, rb] = channel()\n"
        "send(b, 2); send(a, 1); print(select([ra, rb]), select([ra, rb]), select([ra, rb], 10) is null)\n"
        "after(20ms, fn() => send(b, 3)); print(select([ra, rb]))",
        '{"index":0,"value":1} {"index":1,"value":2} true\n{"index":1,"value":3}\n',
    ),
    "of several, those that are not closed": (
        "let [a, ra] = channel(); let [b, rb] = channel(); after(5, fn() => close(a)); after(10, fn() => send(b, 1))\n"
        'print(select([ra, rb], 1s), select([ra], 1s) otherwise "over", select([]) is null, select([], 10) is null)',
        '{"index":1,"value":1} over true true\n',
    ),
    "a value that nobody waits for any more is kept": (
        "let [tx, rx] = channel(); race([fn() => recv(rx), fn() { 1 }]); send(tx, 2); print(recv_timeout(rx, 10))",
        "2\n",
    ),
    "by the functions of std": (
        "let [tx, rx] = std.concurrent.channel(capacity: 2); std.concurrent.send(tx: tx, value: 1)\n"
        "print(std.concurrent.recv(rx), std.concurrent.try_recv(rx) is null, std.concurrent.select([rx], timeout: 1) is null, std.concurrent.recv_timeout(rx, timeout: 1) is null)\n"
        "std.concurrent.close(rx)",
        "1 true true true\n",
    ),
    "awaiting an end": (
        "let [tx, rx] = channel(); send(tx, 1); print(await rx)\nx = await rx, 1\nprint(x is null)",
        "1\ntrue\n",
    ),
}

# ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────

TASKS = {
    "a task runs beside what follows": (
        't = spawn(fn() { print("task"); 5 }); print("main"); print(await t, await t, t.done(), type_of(t))',
        "main\ntask\n5 5 true task\n",
    ),
    "a failure is raised where it is awaited": (
        't = spawn(fn() { raise ToolError("no") }); sleep_ms(1)\ntry { await t } catch (e: ToolError) { print(e.kind, e) }\nprint(await t otherwise "again")',
        "ToolError no\nagain\n",
    ),
    "not for ever, and it goes on": (
        "t = spawn(fn() { sleep_ms(1500); 1 }); x = await t, 1\nprint(x is null, t.done()); print(await t)",
        "true false\n1\n",
    ),
    "cancelled": (
        't = spawn(fn() { defer print("cleaned"); sleep_ms(10s) }); sleep_ms(1)\nprint(cancel_task(t), cancel_task(t), t.done())\n'
        "try { await t } catch (e: TaskCancelled) { print(e.kind) }",
        "cleaned\ntrue false true\nTaskCancelled\n",
    ),
    "cancelled with what it has started itself": (
        't = spawn(fn() { spawn(fn() { defer print("inner ends"); sleep_ms(10s) }); sleep_ms(10s) }); sleep_ms(1); print(t.cancel())',
        "inner ends\ntrue\n",
    ),
    "cancelled before it begins": (
        't = spawn(fn() { print("never") }); print(t.cancel()); print(await t otherwise "gone")',
        "true\ngone\n",
    ),
    "what is there already": (
        "t = spawn(fn() { sleep_ms(5); 1 }); print(std.concurrent.try_await(t) is null); sleep_ms(6); print(std.concurrent.try_await(t), std.concurrent.await_task(t))",
        "true\n1 1\n",
    ),
    "a flow and an agent can be tasks": (
        "print(await spawn(two), len(str(await spawn(fn() => two()))))\n}\nflow two() { return 22",
        "22 2\n",
    ),
    "tasks in a list": (
        "ts = map([3, 1, 2], fn(n) => spawn(fn() { sleep_ms(n); print(n); n * 10 })); print(map(ts, fn(t) => await t))",
        "1\n2\n3\n[30,10,20]\n",
    ),
    "a task that another awaits": (
        "a = spawn(fn() { sleep_ms(5); 1 }); b = spawn(fn() => (await a) + 1); print(await b, await a)",
        "2 1\n",
    ),
    "by the functions of std": (
        "t = std.concurrent.spawn(fn() { sleep_ms(1s); 3 }); print(std.concurrent.cancel_task(t), std.concurrent.try_await(t) is null)",
        "true true\n",
    ),
}

# ── actors ──────────────────────────────────────────────────────────────────────────────────────────────────────

ECHO = 'flow echo(text: str) -> str { print("echo", text); return text + "!" }\n'
COLLECT = """
flow collect(first: str) -> str {
    found = [first]
    while true {
        next = receive(500): str
        if next is null { break }
        found.append(next)
    }
    return found.join(",")
}
"""
ENDLESS = """
flow count(first: int) {
    total = first
    while true {
        total += receive(): int
        print(total)
    }
}
"""

ACTORS = {
    "messages are handled one at a time, in order": (
        ECHO
        + 'flow main { a = spawn echo("a"); pass "b" to a; pass a, "c"; print("main"); print(await a, type_of(a)) }',
        "main\necho a\necho b\necho c\nc! actor\n",
    ),
    "a flow takes its messages itself": (
        COLLECT + 'flow main { a = spawn collect("a"); for n in ["b", "c"] { pass n to a }\nprint(await a) }',
        "a,b,c\n",
    ),
    "a message that it has not taken starts it anew": (
        COLLECT + 'flow main { a = spawn collect("a"); sleep_ms(600); pass "b" to a; print(await a) }',
        "b\n",
    ),
    "waiting for messages that no longer come ends it": (
        ENDLESS + 'flow main { a = spawn count(1); pass 2 to a; pass 3 to a; print(await a, "fine") }',
        "3\n6\n fine\n",
    ),
    "a failure does not keep it from the next message": (
        'flow half(n: int) -> int { if n == 1 { raise ToolError("odd") }\nreturn n / 2 |> int }\n'
        "flow main { a = spawn half(2); pass 1 to a; pass 8 to a\ntry { await a } catch (e: ActorError) { print(e, e.cause.kind) } }",
        "half failed: odd ToolError\n",
    ),
    "after it was awaited it takes no more": (
        ECHO
        + 'flow main { a = spawn echo("a"); print(await a)\ntry { pass "b" to a } catch (e: ActorError) { print(e) } }',
        "echo a\na!\necho takes no more messages: it was awaited or has ended\n",
    ),
    "not for ever": (
        "flow slow(n: int) -> int { sleep_ms(2s); return n }\nflow main { a = spawn slow(1); x = await a, 1\nprint(x is null, a.done()); print(await a) }",
        "true false\n1\n",
    ),
    "cancelled": (
        'flow slow(n: int) -> int { defer print("cleaned"); sleep_ms(2s); return n }\n'
        'flow main { a = spawn slow(1); sleep_ms(1); print(a.cancel(), a.done(), await a otherwise "gone") }',
        "cleaned\ntrue true gone\n",
    ),
    "messages are checked": (
        "protocol Order { item: str }\nflow take(first: int) -> str { order = receive(): Order\nreturn order.item }\n"
        'flow main { a = spawn take(1); pass map { "item": "nut" } to a; print(await a) }',
        "nut\n",
    ),
    "several arguments are its first message": (
        "flow add(a: int, b: int = 2) -> int { return a + b }\nflow main { x = spawn add(1, b: 5); print(await x) }",
        "6\n",
    ),
    "functions are actors, too": (
        "fn double(n: int) -> int { n * 2 }\nflow main { x = spawn double(1); pass 4 to x; print(await x) }",
        "8\n",
    ),
}


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel(name: str) -> None:
    body, printed = CHANNELS[name]
    check_prints(f"flow main {{\n{body}\n}}", printed)


@pytest.mark.parametrize("name", TASKS)
def test_a_task(name: str) -> None:
    body, printed = TASKS[name]
    check_prints(f"flow main {{\n{body}\n}}", printed)


@pytest.mark.parametrize("name", ACTORS)
def test_an_actor(name: str) -> None:
    check_prints(*ACTORS[name])


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("let [tx, rx] = channel(); close(rx); recv(rx)", "ChannelClosed", "nothing more will come"),
        (
            "let [tx, rx] = channel(); recv(tx |> any_of)",
            "TypeViolation",
            "the receiving end of a channel is wanted, not channel_tx",
        ),
        ("channel(-1)", "ConcurrencyError", "0 for one without bound"),
        ("close(1 |> any_of)", "TypeViolation", "a channel is wanted, not int"),
        ("spawn(1 |> any_of)", "TypeViolation", "a function without parameters, not int"),
        ("await (1 |> any_of)", "TypeViolation", "a int cannot be awaited"),
        ("cancel_task(1 |> any_of)", "TypeViolation", "a task is wanted, not int"),
        ("x = 1 |> any_of; pass 1 to x", "TypeViolation", "a message is passed to an actor, not to a int"),
        ("receive(5)", "ConcurrencyError", "there is no mailbox here"),
        ("after(1s, 1 |> any_of)", "TypeViolation", "after wants a function"),
        ("schedule(0, fn() { 1 })", "ConcurrencyError", "longer than none"),
        (
            "ts = []; ts.append(spawn(fn() { sleep_ms(1); await ts[0] })); await ts[0]",
            "ConcurrencyError",
            "would wait for itself",
        ),
        (
            "ts = []; ts.append(spawn(fn() { sleep_ms(1); await ts[1] })); ts.append(spawn(fn() => await ts[0])); await ts[1]",
            "ConcurrencyError",
            "would wait for itself",
        ),
    ],
)
def test_what_is_refused(body: str, kind: str, message: str) -> None:
    check_fails(f"fn any_of(x) {{ x }}\nflow main {{\n{body}\n}}", kind, message)


def test_an_actor_is_a_clone_with_a_memory_of_its_own() -> None:
    text = """
agent Ann { prompt: "Answer." }
flow main {
    Ann.run("before")
    actor = spawn Ann("one")
    pass "two" to actor
    print(await actor, len(Ann.history))
}
"""
    result = check_prints(text, "C 2\n", ["A", "B", "C"])
    started = [line["node"] for line in result.of_kind("node.started")]
    assert started == ["main#0", "main#2", "main#1", "main#1"]


def test_messages_to_a_tool_of_an_actor() -> None:
    text = """
@tool("What is new") fn news() -> str { return receive(): str }
agent Ann uses news { prompt: "Answer." }
flow main {
    actor = spawn Ann("What is new?")
    pass "the bridge is closed" to actor
    print(await actor)
}
"""
    result = check_prints(text, "It is closed.\n", [call("news"), "It is closed."])
    assert result.of_kind("tool.finished")[0]["output"] == "the bridge is closed"


# ── what ends with what ─────────────────────────────────────────────────────────────────────────────────────────


def logged(result) -> list[str]:
    return [f"{line['level']}: {line['text']}" for line in result.of_kind("log")]


def test_cancelling_a_flow_cancels_what_it_has_spawned() -> None:
    text = """
flow work() {
    spawn(fn() { defer print("task ends"); sleep_ms(10s); print("never") })
    inner()
    sleep_ms(10s)
}
flow inner() { spawn echo("x") }
flow echo(text: str) { defer print("actor ends"); sleep_ms(10s); print("never") }
flow main {
    race([work, fn() { sleep_ms(5) }])
    print("raced")
}
"""
    result = run_text(text)
    assert result.error is None
    assert sorted(result.printed.splitlines()) == ["actor ends", "raced", "task ends"]
    assert result.printed.endswith("raced\n")
    assert logged(result) == []


def test_a_bound_on_a_flow_bounds_its_tasks() -> None:
    text = """
@timeout(seconds: 0.05)
flow work() { spawn(fn() { defer print("task ends"); sleep_ms(10m) }); await never }
flow main { print(work() otherwise "too long") }
let never = channel()[1]
"""
    check_prints(text, "task ends\ntoo long\n")


def test_a_task_outlives_the_flow_that_has_started_it() -> None:
    text = 'flow begin() { return spawn(fn() { sleep_ms(5); "late" }) }\nflow main { t = begin(); print(await t) }'
    check_prints(text, "late\n")


def test_at_the_end_of_the_program_tasks_are_cancelled_and_lost_work_is_told_of() -> None:
    text = """
flow idle(first: str) { print(first) }
flow busy(first: str) { sleep_ms(10s) }
flow main {
    spawn(fn() { defer print("cleaned"); sleep_ms(10s) })
    spawn(fn() { raise ToolError("no") })
    a = spawn idle("idle")
    b = spawn busy("busy")
    pass "more" to b
    schedule(1ms, fn() { print("tick") })
    after(1s, fn() { print("never") })
    sleep_ms(3)
    cancelled = spawn(fn() { sleep_ms(10s) })
    cancel_task(cancelled)
}
"""
    result = check_prints(text, "idle\ntick\ntick\ncleaned\n")
    assert logged(result) == [
        "warning: task was still at work when the program ended; await it",
        "warning: busy was still at work when the program ended; await it",
        "error: task failed, and nobody awaited it: no",
    ]


def test_exit_in_a_task_ends_the_program_where_it_is_awaited() -> None:
    result = run_text("flow main { t = spawn(fn() { exit(3) })\nawait t\nprint(1) }")
    assert (type(result.error).__name__, result.error.code, result.printed) == ("Exit", 3, "")


def test_nothing_is_left_when_a_run_is_interrupted(tmp_path) -> None:
    text = """
kv store = open("sqlite://a.db")
flow wait(first: str) { store.set("a", first); receive() }
flow main {
    defer print("left", store.get("a"))
    a = spawn wait("x")
    schedule(every 1s, fn() { print("tick") })
    let [tx, rx] = channel()
    sleep_ms(50)
    std.shell.exec("kill -INT $PPID", unsafe: true)
    recv(rx)
}
"""
    ran = run(NEXA, ["run", "a.nx"], tmp_path, files={"a.nx": text})
    assert (ran.status, ran.out) == (130, "left x\n")
    assert "Traceback" not in ran.err
    assert "never" not in ran.err


def test_no_thread_is_left() -> None:
    before = threading.active_count()
    run_text('kv store = open(":memory:")\nflow main { store.set("a", 1); spawn(fn() { sleep_ms(1s) }) }')
    assert threading.active_count() == before


# ── schedules ───────────────────────────────────────────────────────────────────────────────────────────────────

SCHEDULES = {
    "after": (
        'after(20ms, fn() { print("late") }); print("soon"); sleep_ms(19); print("still"); sleep_ms(2)',
        "soon\nstill\nlate\n",
    ),
    "in the order of their times": (
        "after(30, fn() { print(3) }); after(10, fn() { print(1) }); after(20, fn() { print(2) }); sleep_ms(40)",
        "1\n2\n3\n",
    ),
    "its value": ("t = after(10, fn() { 4 }); print(await t)", "4\n"),
    "cancelled": ('t = after(10, fn() { print("never") }); print(cancel_task(t)); sleep_ms(20)', "true\n"),
    "again and again": (
        "n = [0]; s = schedule(every 30s, fn() { n[0] += 1; print(n[0]) }); sleep_ms(65s); print(cancel_schedule(s), cancel_schedule(s)); sleep_ms(60s)",
        "1\n2\ntrue false\n",
    ),
    "a failure does not end it": (
        'n = [0]; s = schedule(10, fn() { n[0] += 1; if n[0] == 1 { raise ToolError("no") }\nprint(n[0]) }); sleep_ms(25); cancel_schedule(s)',
        "2\n",
    ),
    "turns that come too early are left out": (
        "started = [0]; s = schedule(10, fn() { started[0] += 1; sleep_ms(25) }); sleep_ms(95); print(started[0]); cancel_schedule(s)",
        "3\n",
    ),
    "a call is made when it is time": (
        'after(10ms, tell("late")); std.concurrent.after(delay: 5ms, handler: tell("sooner")); print("now"); sleep_ms(20)\n}\nfn tell(what) { print(what)',
        "now\nsooner\nlate\n",
    ),
    "a call in a loop keeps its round": (
        "for n in [1, 2] { after(n, tell(n)) }\nsleep_ms(5)\n}\nfn tell(what) { print(what)",
        "1\n2\n",
    ),
    "a schedule ends itself": (
        "s = []; n = [0]; s.append(schedule(10, fn() { n[0] += 1; if n[0] == 2 { cancel_schedule(s[0]) } })); sleep_ms(50); print(n[0], s[0].done())",
        "2 true\n",
    ),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule(name: str) -> None:
    body, printed = SCHEDULES[name]
    check_prints(f"flow main {{\n{body}\n}}", printed)


def test_a_call_that_is_made_later_is_a_node_of_its_own() -> None:
    text = 'agent Ann { prompt: "Answer." }\nflow main { after(10ms, Ann.run("x")); print("now"); sleep_ms(20) }'
    result = check_prints(text, "now\n", ["A"])
    assert [line["node"] for line in result.of_kind("node.started")] == ["main#0"]


# ── std.defer ───────────────────────────────────────────────────────────────────────────────────────────────────

DEFERRED = {
    "when the function is left": (
        'fn f() { std.defer.schedule(fn() { print("last") }); std.defer.schedule(func: fn() { print("second") }); print("first") }\n'
        'flow main { f(); print("after") }',
        "first\nsecond\nlast\nafter\n",
    ),
    "among other deferred work": (
        "flow main { defer print(1); if true { std.defer.schedule(fn() { print(2) }) }\ndefer print(3); f = fn() { std.defer.schedule(fn() { print(4) }) }; f() }",
        "4\n3\n2\n1\n",
    ),
    "of the script": (
        'std.defer.schedule(fn() { print("script ends") })\nprint("script")\nflow main { print("main") }',
        "script\nscript ends\nmain\n",
    ),
    "as a value: of whoever defers something": (
        'fn later(d) { d(fn() { print("late") }) }\nflow main { defer print("main ends"); later(std.defer.schedule); print("main") }',
        "main\nlate\nmain ends\n",
    ),
    "as a value where nobody does: at the end of the program": (
        'fn later(d) { d(fn() { print("late") }); d(fn() { raise ToolError("no") }) }\nflow main { later(std.defer.schedule); print("main") }',
        "main\nlate\n",
    ),
}


@pytest.mark.parametrize("name", DEFERRED)
def test_deferring_as_a_function(name: str) -> None:
    check_prints(*DEFERRED[name])


# ── tools in threads, documents ─────────────────────────────────────────────────────────────────────────────────


def test_a_tool_in_a_thread_shares_handles_channels_and_tasks(tmp_path: Path) -> None:
    text = """
kv store = open(":memory:")
db shop = connect(":memory:")
@tool("Count", threaded: true) fn count(by: int) -> str {
    begin(shop); execute(shop, "CREATE TABLE t (n INT)"); execute(shop, "INSERT INTO t VALUES (?)", [by]); commit(shop)
    let [tx, rx] = channel()
    t = spawn(fn() { sleep_ms(5); send(tx, 2); 3 })
    return "#{store.incr("n", by)} #{recv(rx)} #{await t}"
}
agent Ann uses count { prompt: "Count." }
flow main { print(Ann.run("go"), store.get("n"), query(shop, "SELECT * FROM t")) }
"""
    result = check_prints(text, 'done 7 [{"n":7}]\n', [call("count", by=7), "done"], in_order=False)
    assert result.of_kind("tool.finished")[0]["output"] == "7 2 3"


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("Databases and key-value stores", '[{"title":"tides"}] ["tides"] 600\n'),
        ("Tasks, actors, channels and schedules", "bridge closed sent\n[Reporter] Stress the budget vote.\n"),
    ],
)
def test_what_the_documents_show_runs(heading: str, printed: str, tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "running.md"
    text = (
        page.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("```nexa\n")[2].partition("```")[0]
    )
    ran = run(NEXA, ["run", "a.nx", "--mock"], tmp_path, files={"a.nx": text})
    assert (ran.status, ran.out) == (0, printed), ran.err
