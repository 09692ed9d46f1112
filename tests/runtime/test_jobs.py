"""Jobs: what is put into the queue, and how workers work it off. No test waits: the clock jumps."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from harness.programs import analysed, check_fails, check_prints, check_value
from nexa.compiler.emit.compiled import compiled
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.errors import TypeViolation
from nexa.runtime.jobs import worker as worker_module
from nexa.runtime.jobs.cron import cron_of
from nexa.runtime.jobs.options import wait_after
from nexa.runtime.jobs.queue import queue
from nexa.runtime.jobs.record import Record
from nexa.runtime.jobs.store import JobStore, opened
from nexa.runtime.jobs.worker import JobWorker
from nexa.runtime.loading import load
from nexa.runtime.run import Run, enter
from nexa.runtime.testing import FakeClock, ScriptedModel
from nexa.runtime.winding_up import wind_up

JOBS = """
agent Ann { prompt: "a", memory: none }
job Report on "reports" (priority: high, retry: 2) {
    timeout: 120
    perform(day: str, region: str = "north") { print("#{day} #{region} #{Ann.run(day)}") }
    on_failure(error, attempt) { print("failed on #{attempt}: #{error}") }
}
job Plain { perform() { print("plain") } }
"""


class Desk:
    """A program with its queue, and a worker that works until nothing is due."""

    def __init__(self, text: str, answers: Sequence[Any] = (), folder: Path | None = None, now: float = 1e9) -> None:
        self.program = load(compiled(analysed(text)).units)
        self.lines: list[Any] = []
        self.clock = FakeClock(now)
        settings = Settings(offline=True, state_dir=folder or Path("none"), is_lasting=folder is not None)
        self.run = Run(
            Configuration(Secrets(environment={}), settings),
            sinks=[self.lines.append],
            provider=ScriptedModel(answers),
            clock=self.clock,
        )

    async def __aenter__(self) -> Desk:
        self.run.loop = asyncio.get_running_loop()
        self._leave = enter(self.run)
        for script in self.program.scripts:
            await script()
        return self

    async def __aexit__(self, *_: object) -> None:
        await wind_up(self.run)
        self._leave()

    def worker(self, name: str = "worker-1", *, is_brief: bool = True) -> JobWorker:
        jobs = {one.name: one for one in self.program.jobs}
        return JobWorker(self.run, jobs, "main.nx", name, 1.0, is_brief)

    async def work(self, flow: str = "main") -> Any:
        """Run a flow, and then a worker until nothing is due."""
        value = await self.program.flows[flow]()
        await self.worker().work()
        return value

    async def records(self) -> list[Record]:
        found = await queue().do(lambda store: store.listed(self.clock.now()))
        return found[::-1]

    async def statuses(self) -> list[tuple[str, str, int]]:
        return [(one.job, one.status, one.attempt) for one in await self.records()]

    @property
    def printed(self) -> str:
        return "".join(line["text"] for line in self.lines if line["event"] == "print")

    @property
    def logged(self) -> list[str]:
        return [line["text"] for line in self.lines if line["event"] == "log"]


# ── putting in ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_put_in_is_pending() -> None:
    text = (
        JOBS
        + """
        flow main {
            t = Report.enqueue({day: "mon"})
            print(JobQueue.status(t))
            Report.enqueue_in(6h, map { "day": "tue", "region": "south" })
            print(JobQueue.stats()["pending"])
            for one in JobQueue.list_jobs() { print("#{one.job} #{one.queue} #{one.priority} #{one.args}") }
            print(JobQueue.cancel(t), JobQueue.cancel(t), JobQueue.status(t))
            print(JobQueue.retry(t), JobQueue.retry(t), JobQueue.status(t))
            print(len(JobQueue.list_jobs("pending", 1)), JobQueue.clear_completed())
        }
        """
    )
    check_prints(
        text,
        "pending\n2\n"
        'Report reports high {"day":"tue","region":"south"}\nReport reports high {"day":"mon"}\n'
        "true false cancelled\ntrue false pending\n1 0\n",
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("Report.enqueue(d)", "needs `day`"),
        ('Report.enqueue({..d, day: "a", other: 1})', "no parameter `other`"),
        ("Report.enqueue([1])", "are a dict, not list"),
        ('Report.enqueue({day: "a"}, {later: 1})', "no option `later`"),
        ('Report.enqueue({day: "a"}, {retry: -1})', "`retry` does not take '-1'"),
        ('Report.enqueue({day: "a"}, {priority: "urgent"})', "`priority` does not take 'urgent'"),
        ('Report.enqueue({day: "a"}, {backoff: "slow"})', "`backoff` does not take 'slow'"),
        ('Report.enqueue({day: "a"}, {timeout: "x"})', "`timeout`"),
        ('Report.enqueue({day: secret("K", "hunter2")})', "a secret is not put into a queue"),
        ('Report.enqueue({day: {deep: [secret("K", "hunter2")]}})', "a secret is not put into a queue"),
        ('JobQueue.list_jobs("waiting")', "no status of a job"),
    ],
)
def test_what_is_not_put_in(call: str, message: str) -> None:
    error = check_fails(f"{JOBS}\nflow main {{ d = dict()\nx = {call} }}", "TypeViolation", message)
    assert "hunter2" not in str(error)


def test_a_job_that_there_is_not() -> None:
    check_fails(JOBS + 'flow main { x = JobQueue.status("nope") }', "JobError", "no job nope")


def test_equal_jobs_are_put_in_once() -> None:
    text = """
    job One (unique: true) { perform(a: int) { } }
    flow main {
        x = One.enqueue({a: 1})
        y = One.enqueue({a: 1})
        z = One.enqueue({a: 2})
        JobQueue.cancel(x)
        w = One.enqueue({a: 1})
        return [x == y, x == z, x == w]
    }
    """
    check_value(text, [True, False, False])


# ── working off ─────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_job_is_done() -> None:
    text = JOBS + 'flow main { Report.enqueue({day: "mon"})\nPlain.enqueue({}) }'
    async with Desk(text, ["good"]) as desk:
        await desk.work()
        assert desk.printed == "mon north good\nplain\n"
        assert await desk.statuses() == [("Report", "completed", 1), ("Plain", "completed", 1)]
        assert any("completed" in text for text in desk.logged)


async def test_the_most_urgent_comes_first_then_the_oldest() -> None:
    text = """
    job J { perform(n: str) { print(n) } }
    flow main {
        J.enqueue({n: "low"}, {priority: "low"})
        J.enqueue({n: "first"})
        J.enqueue({n: "second"})
        J.enqueue({n: "critical"}, {priority: "critical"})
        J.enqueue({n: "high"}, {priority: "high"})
        J.enqueue({n: "later"}, {priority: "critical", delay: 1h})
    }
    """
    async with Desk(text) as desk:
        await desk.work()
        assert desk.printed.split() == ["critical", "high", "first", "second", "low"]


FAILING = """
let tries = [0]
job J (retry: 3, backoff: {backoff}) {{
    perform(until: int) {{
        tries[0] = tries[0] + 1
        if tries[0] < until {{ raise ToolError("try #{{tries[0]}}") }}
        print("done in #{{tries[0]}}")
    }}
    on_failure(error, attempt) {{ print("gave up on #{{attempt}}: #{{error}} (#{{error.kind}})") }}
}}
flow main {{ J.enqueue({{until: {until}}}) }}
"""


@pytest.mark.parametrize(
    ("backoff", "waits"),
    [("exponential", [1, 2]), ("linear", [1, 2]), ("constant", [1, 1]), ("7", [7, 7]), ("2m", [120, 120])],
)
async def test_a_failure_is_tried_again_after_a_while(backoff: str, waits: list[float]) -> None:
    async with Desk(FAILING.format(backoff=backoff, until=3)) as desk:
        await desk.program.flows["main"]()
        for wait in waits:
            await desk.worker().work()
            (record,) = await desk.records()
            assert (record.status, record.due - desk.clock.now()) == ("failed", wait)
            assert record.error == f"ToolError: try {record.attempt}"
            await desk.clock.sleep(wait)
        await desk.worker().work()
        assert desk.printed == "done in 3\n"
        assert await desk.statuses() == [("J", "completed", 3)]


async def test_the_last_failure_is_told() -> None:
    async with Desk(FAILING.format(backoff="constant", until=9)) as desk:
        await desk.program.flows["main"]()
        for _ in range(4):
            await desk.worker().work()
            await desk.clock.sleep(10)
        assert desk.printed == "gave up on 3: try 3 (ToolError)\n"
        assert await desk.statuses() == [("J", "dead", 3)]


@pytest.mark.parametrize(
    ("attempt", "exponential", "linear"),
    [(1, 1, 1), (2, 2, 2), (3, 4, 3), (5, 16, 5), (40, 3600, 40), (9999, 3600, 3600)],
)
def test_waits_between_attempts(attempt: int, exponential: float, linear: float) -> None:
    assert wait_after("exponential", attempt) == exponential
    assert wait_after("linear", attempt) == linear


async def test_a_job_that_takes_too_long() -> None:
    text = """
    job Slow (retry: 1, timeout: 2m) {
        perform() { try { sleep_ms(600000) } finally { print("left") } }
        on_failure(error) { print(error.kind, error) }
    }
    flow main { Slow.enqueue({}) }
    """
    async with Desk(text) as desk:
        await desk.work()
        assert desk.printed == "left\nTimeoutError job Slow took longer than 120 s\n"
        assert await desk.statuses() == [("Slow", "dead", 1)]


@pytest.mark.parametrize("body", ["exit(3)", 'raise SuspendExecution("x")', "x = {}.nothing"])
async def test_nothing_that_a_job_does_ends_the_worker(body: str) -> None:
    text = f"""
    job Bad (retry: 1) {{ perform() {{ {body} }}\n on_failure() {{ raise ToolError("worse") }} }}
    job Good {{ perform() {{ print("good") }} }}
    flow main {{ Bad.enqueue({{}})\nGood.enqueue({{}}) }}
    """
    async with Desk(text) as desk:
        await desk.work()
        assert desk.printed == "good\n"
        assert await desk.statuses() == [("Bad", "dead", 1), ("Good", "completed", 1)]
        assert any("on_failure of Bad failed: worse" in text for text in desk.logged)


async def test_a_job_that_nobody_began_in_time_expires() -> None:
    text = """
    job J { perform() { print("done") } }
    flow main { return J.enqueue({}, {expires: 10}) }
    flow again { JobQueue.retry(JobQueue.list_jobs()[0].id) }
    """
    async with Desk(text) as desk:
        await desk.program.flows["main"]()
        await desk.clock.sleep(11)
        await desk.worker().work()
        assert (desk.printed, await desk.statuses()) == ("", [("J", "expired", 0)])
        await desk.work("again")
        assert desk.printed == "done\n"


async def test_a_flow_may_do_the_work() -> None:
    text = """
    flow greet(name: str) { print("hello #{name}") }
    job Hello { handler: greet }
    flow main { Hello.enqueue({name: "Ada"}) }
    """
    async with Desk(text) as desk:
        await desk.work()
        assert desk.printed == "hello Ada\n"


async def test_properties_may_be_computed() -> None:
    text = """
    let base = 20
    job J on "q-#{base}" { retry: base + 1
        perform() { defer print("deferred")
            print("work") } }
    flow main { J.enqueue({}) }
    """
    async with Desk(text) as desk:
        await desk.work()
        (record,) = await desk.records()
        assert (record.queue, record.retry, desk.printed) == ("q-20", 21, "work\ndeferred\n")


async def test_jobs_may_put_in_jobs() -> None:
    text = """
    job Down { perform(n: int) { print(n)
        if n > 1 { Down.enqueue({n: n - 1}) } } }
    flow main { Down.enqueue({n: 3}) }
    """
    async with Desk(text) as desk:
        await desk.work()
        assert desk.printed == "3\n2\n1\n"


# ── workers ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_two_workers_share_the_jobs() -> None:
    text = """
    job J { perform(n: int) { print(n)
        sleep_ms(100) } }
    flow main { for n in range(20) { J.enqueue({n: n}) } }
    """
    async with Desk(text) as desk:
        await desk.program.flows["main"]()
        await asyncio.gather(desk.worker("one").work(), desk.worker("two").work())
        assert sorted(map(int, desk.printed.split())) == list(range(20))
        assert {one.worker for one in await desk.records()} == {"one", "two"}


async def test_a_worker_takes_only_what_its_program_declares() -> None:
    async with Desk(JOBS + "flow main { Plain.enqueue({}) }") as desk:
        await desk.program.flows["main"]()
        other = JobWorker(desk.run, {"Other": desk.program.jobs[0]}, "other.nx", "w", 1.0, is_brief=True)
        await other.work()
        assert await desk.statuses() == [("Plain", "pending", 0)]


async def test_a_worker_waits_for_work_until_it_is_stopped() -> None:
    text = 'job J { perform() { print("done") } }\nflow main { J.enqueue_in(90s, {}) }'
    async with Desk(text) as desk:
        task = asyncio.create_task(desk.worker(is_brief=False).work())
        await desk.program.flows["main"]()
        while not desk.printed:
            await asyncio.sleep(0.001)
        assert desk.clock.now() >= 1e9 + 90
        (row,) = await queue().do(JobStore.workers)
        assert (row["id"], row["program"]) == ("worker-1", "main.nx")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await queue().do(JobStore.workers) == []


async def test_a_stopped_worker_puts_its_job_back() -> None:
    text = """
    let gate = [false]
    job J { perform() { print("begun")
        if not gate[0] { gate[0] = true
            sleep_ms(60000000) }
        print("done") } }
    flow main { J.enqueue({}, {timeout: 30d}) }
    """
    async with Desk(text) as desk:
        await desk.program.flows["main"]()
        task = asyncio.create_task(desk.worker().work())
        while not desk.printed:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await desk.statuses() == [("J", "pending", 0)]
        await desk.worker().work()
        assert desk.printed == "begun\nbegun\ndone\n"


async def test_a_job_at_work_can_be_cancelled() -> None:
    text = """
    job J { perform() { print("begun")
        try { sleep_ms(60000000) } finally { print("left") } } }
    flow main { return J.enqueue({}, {timeout: 30d}) }
    """
    async with Desk(text) as desk:
        id_ = await desk.program.flows["main"]()
        task = asyncio.create_task(desk.worker().work())
        while not desk.printed:
            await asyncio.sleep(0.001)
        assert await queue().do(lambda store: store.cancel(id_, desk.clock.now()))
        await task
        assert desk.printed == "begun\nleft\n"
        assert await desk.statuses() == [("J", "cancelled", 1)]


@pytest.mark.parametrize(
    ("retry", "status", "printed"), [(2, "completed", "done\n"), (1, "dead", "gone: its worker is gone\n")]
)
async def test_the_job_of_a_worker_that_is_gone(retry: int, status: str, printed: str) -> None:
    text = f"""
    job J (retry: {retry}) {{ perform() {{ print("done") }}
        on_failure(error) {{ print("gone: #{{error}}") }} }}
    flow main {{ J.enqueue({{}}) }}
    """
    async with Desk(text) as desk:
        await desk.program.flows["main"]()
        await queue().do(lambda store: store.take(["J"], "gone", desk.clock.now(), worker_module.LEASE))
        await desk.worker().work()
        assert await desk.statuses() == [("J", "running", 1)]
        await desk.clock.sleep(worker_module.LEASE + 1)
        await desk.worker().work()
        assert [one[1] for one in await desk.statuses()] == [status]
        assert desk.printed == printed


async def test_what_a_worker_finds_out_too_late_does_not_count() -> None:
    async with Desk(JOBS + "flow main { Plain.enqueue({}) }") as desk:
        await desk.program.flows["main"]()
        now = desk.clock.now()
        late = await queue().do(lambda store: store.take(["Plain"], "late", now, 1))
        await queue().do(lambda store: store.lost(["Plain"], now + 2))
        again = await queue().do(lambda store: store.take(["Plain"], "again", now + 2, 1))
        assert late is not None
        assert again is not None
        assert not await queue().do(lambda store: store.settle(late, status="completed"))
        assert await queue().do(lambda store: store.settle(again, status="completed"))


# ── on disk ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_jobs_outlive_the_run(tmp_path: Path) -> None:
    text = JOBS + 'flow main { Report.enqueue({day: "mon"}) }'
    async with Desk(text, folder=tmp_path) as first:
        await first.program.flows["main"]()
    assert "1 job waits for a worker: nexa workers start FILE" in first.logged
    async with Desk(text, ["good"], folder=tmp_path) as second:
        await second.worker().work()
        assert second.printed == "mon north good\n"


async def test_without_a_state_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with Desk(JOBS + "flow main { Plain.enqueue({}) }") as desk:
        await desk.work()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_queue(tmp_path: Path) -> None:
    (tmp_path / "jobs.db").write_text("no database, but long enough to be looked at " * 50)
    with pytest.raises(Exception, match="cannot be opened"):
        opened(tmp_path)


# ── plans ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("plan", "after", "wanted"),
    [
        ("* * * * *", "2031-02-03 04:05:00", "2031-02-03 04:06:00"),
        ("* * * * *", "2031-02-03 04:05:59", "2031-02-03 04:06:00"),
        ("*/15 * * * *", "2031-02-03 04:05:00", "2031-02-03 04:15:00"),
        ("5/20 * * * *", "2031-02-03 04:26:00", "2031-02-03 04:45:00"),
        ("0 3 * * *", "2031-02-03 04:05:00", "2031-02-04 03:00:00"),
        ("30 9-17/4 * * mon-fri", "2031-02-01 00:00:00", "2031-02-03 09:30:00"),
        ("0 0 1 jan *", "2031-02-03 04:05:00", "2032-01-01 00:00:00"),
        ("0 0 29 2 *", "2031-02-03 04:05:00", "2032-02-29 00:00:00"),
        ("0 0 13 * fri", "2031-02-03 04:05:00", "2031-02-07 00:00:00"),
        ("0 0 * * 7", "2031-02-03 04:05:00", "2031-02-09 00:00:00"),
        ("1,2,40 4 * * *", "2031-02-03 04:05:00", "2031-02-03 04:40:00"),
        ("@weekly", "2031-02-03 04:05:00", "2031-02-09 00:00:00"),
        ("0 0 30 2 *", "2031-02-03 04:05:00", None),
    ],
)
def test_when_a_plan_comes_next(plan: str, after: str, wanted: str | None) -> None:
    found = cron_of(plan).after(datetime.fromisoformat(after).replace(tzinfo=UTC).timestamp())
    shown = None if found is None else datetime.fromtimestamp(found, UTC).strftime("%Y-%m-%d %H:%M:%S")
    assert shown == wanted


@pytest.mark.parametrize(
    "plan", ["", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "x * * * *", "5-1 * * * *", "*/0 * * * *"]
)
def test_a_plan_that_is_none(plan: str) -> None:
    with pytest.raises(TypeViolation, match="cron"):
        cron_of(plan)


async def test_a_job_runs_by_itself() -> None:
    text = 'job Tick { cron: "*/10 * * * *"\nperform() { print("tick") } }\nflow main { }'
    async with Desk(text, now=1_000_000_200.0) as desk:
        task = asyncio.gather(*(desk.worker(name, is_brief=False).work() for name in ("one", "two")))
        while desk.printed.count("tick") < 3:
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [one.created % 600 < 2 for one in await desk.records()] == [True] * 3


async def test_the_example_of_the_documents() -> None:
    page = Path(__file__).parents[2] / "docs" / "running.md"
    text = page.read_text(encoding="utf-8").partition("## Jobs")[2].partition("```nexa\n")[2].partition("```")[0]
    async with Desk(text) as desk:
        await desk.work()
        assert desk.printed == "pending\nreport of monday\n"


async def test_what_a_job_runs_is_a_node_of_its_graph() -> None:
    text = JOBS + "flow main { Report.enqueue({day: 'mon'}) }"
    async with Desk(text, ["fine"]) as desk:
        await desk.work()
    started = [line["node"] for line in desk.lines if line["event"] == "node.started"]
    assert started == ["Report#0"]
