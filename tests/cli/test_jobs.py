"""`nexa jobs` and `nexa workers`: the queue of a project from the command line."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, run, write_files
from harness.services import serving

PROGRAM = """
job Report on "reports" {
    perform(day: str) { print("report of #{day}")
        if day == "slow" { sleep_ms(60000) }
        if day == "bad" { raise ToolError("a bad day") } }
    on_failure(error) { print("no report: #{error}") }
}
flow main(day: str = "monday", retry: int = 1) { print(Report.enqueue({day: day}, {retry: retry})) }
"""


def nexa(folder: Path, *args: str) -> Ran:
    ran = run(NEXA, args, folder)
    assert "Traceback" not in ran.err, ran.err
    return ran


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_files(tmp_path, {"a.nx": PROGRAM, "nexa.toml": ""})
    return tmp_path


def test_from_the_queue_to_the_worker(project: Path) -> None:
    good = nexa(project, "run", "a.nx").out.strip()
    bad = nexa(project, "run", "a.nx", "bad").out.strip()
    listed = json.loads(nexa(project, "jobs", "list", "--json").out)
    assert [(one["id"], one["status"], one["args"]) for one in listed] == [
        (bad, "pending", {"day": "bad"}),
        (good, "pending", {"day": "monday"}),
    ]
    ran = nexa(project, "workers", "start", "a.nx", "--until-empty")
    assert (ran.status, ran.out) == (0, "report of monday\nreport of bad\nno report: a bad day\n")
    assert f"info: Report {good}: completed" in ran.err
    assert f"error: Report {bad}: attempt 1 failed: ToolError: a bad day; it was the last" in ran.err
    rows = [line.split() for line in nexa(project, "jobs", "list").out.splitlines()]
    assert [row[:4] for row in rows] == [[bad, "dead", "Report", "reports"], [good, "completed", "Report", "reports"]]
    told = nexa(project, "jobs", "status", bad).out
    assert "error     ToolError: a bad day\n" in told
    assert nexa(project, "jobs", "clear").err == "Forgot 1 completed job.\n"
    assert tuple(nexa(project, "jobs", "retry", bad)) == (0, "", f"Report {bad}: put back.\n")
    assert tuple(nexa(project, "jobs", "cancel", bad)) == (0, "", f"Report {bad}: cancelled.\n")
    assert tuple(nexa(project, "jobs", "cancel", bad)) == (1, "", f"Report {bad} is cancelled.\n")
    assert json.loads(nexa(project, "jobs", "list", "--status", "completed", "--json").out) == []


def test_a_worker_that_is_stopped_puts_its_job_back(project: Path) -> None:
    id_ = nexa(project, "run", "a.nx", "slow").out.strip()
    with serving(NEXA, "workers", "start", "a.nx", folder=project, ready="works off") as worker:
        worker.until("print", "report of slow")
        (row,) = json.loads(nexa(project, "workers", "status", "--json").out)
        assert (row["id"], row["job"]) == ("worker-1", f"Report {id_}")
        assert nexa(project, "workers", "status").out.startswith("worker-1  a.nx  process ")
        assert worker.stop(signal.SIGINT) == 130
    assert json.loads(nexa(project, "jobs", "status", id_, "--json").out)["status"] == "pending"
    assert nexa(project, "workers", "status").err == "There are no workers.\n"


def test_a_built_program_works_off_its_jobs(project: Path) -> None:
    nexa(project, "run", "a.nx")
    assert nexa(project, "build", "a.nx").status == 0
    with serving(("out_a.py",), "--work", folder=project, ready="works off") as worker:
        worker.until("log", "completed")
        assert worker.stop(signal.SIGTERM) == 130


def test_tests_leave_no_jobs(project: Path) -> None:
    title = 'test "put in" { assert JobQueue.status(Report.enqueue({day: "x"})) == "pending" }'
    write_files(project, {"t.nx": PROGRAM + title})
    assert nexa(project, "test", "t.nx").status == 0
    assert nexa(project, "jobs", "list").err == "There are no jobs.\n"


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (("jobs", "list"), 0, "There are no jobs."),
        (("jobs", "list", "--status", "dead"), 0, "No job is dead."),
        (("jobs", "list", "--status", "lost"), 2, "'lost' is not one of"),
        (("jobs", "list", "--project", "nowhere"), 2, "no such file or folder"),
        (("jobs", "status", "x"), 2, "there is no job x"),
        (("jobs", "cancel", "x"), 2, "there is no job x"),
        (("jobs", "clear"), 0, "Forgot 0 completed jobs."),
        (("workers", "status"), 0, "There are no workers."),
        (("workers", "start", "b.nx"), 2, "b.nx has no job"),
        (("workers", "start", "none.nx"), 2, "no such file"),
    ],
)
def test_without_jobs(args: tuple[str, ...], status: int, message: str, project: Path) -> None:
    write_files(project, {"b.nx": "flow main { }"})
    ran = nexa(project, *args)
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err
    assert not (project / ".nexa" / "jobs.db").exists()
