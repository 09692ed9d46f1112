"""The example programs of the language, run as a user runs them, offline; and built ones say the same."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from harness.command import NEXA, run, write_files
from harness.services import serving

EXAMPLES = Path(__file__).parents[1] / "spec" / "examples"
TEXTS = {str(path.relative_to(EXAMPLES)): path.read_text() for path in EXAMPLES.rglob("*") if path.is_file()}

PRINTED = {
    "01_support_triage": '[Billing] {"customer":"customer","topic":"topic","urgency":3,"order_id":null}\n',
    "03_invoice_extraction": "booked on account\n",
    "06_approval_workflow": "chairs: approved by desk\ncrane: waiting\n",
    "10_actor_newsroom": (
        "[Desk] ## 1\n[Reporter] Stress the budget vote.\n\n## 2\n[Reporter] Stress the weather.\n\n"
        "## 3\nfirst lead; [Stringer] bridge closed; [Stringer] new mayor\n"
        '["[Stringer] a","late story"]\n'
    ),
    "12_price_rules": ("1, 2 and 2 more nut at 0.2\ntotal 207.79 odd up to 9 from 2.0 to 9.5, tail 1\n"),
    "13_config_and_secrets": (
        "using default limits\nendpoint ***, daily limit 1000\n[Cashier] How many euros are 40 pounds?\n"
    ),
    "18_escalation_script": "2 replies, choice -1\n2 sent\n",
    "17_shop_agent_members": (
        "Welcome!\nthinking\ndone\n[Night] Is 19.5 a fair price for a lamp?\nwho is open: true\n"
    ),
    "16_batch_translation": "revise: [Translator] [Stylist] good morning: remarks (mean length 12)\n",
}
"""What the offline model and judge make of the examples: every line is the program's own."""

RUNS = ("02_research_digest", "09_tree_of_thought", "11_vision_catalog")
"""These end well too; what they print is mostly the offline model's."""


def nexa(tmp_path: Path, *args: str, **more):
    """`nexa` over the examples, in a folder of the test's own."""
    ran = run(NEXA, args, tmp_path, files=TEXTS, **more)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_every_example_has_its_expectation() -> None:
    names = {name.removesuffix(".nx") for name in TEXTS if name.endswith(".nx") and "/" not in name}
    assert names == {
        *PRINTED,
        *RUNS,
        "04_code_review",
        "05_rag_qa",
        "07_nightly_job",
        "08_http_chat",
        "14_language_tutor",
        "15_incident_response",
    }


@pytest.mark.parametrize("name", PRINTED)
def test_an_example_prints(name: str, tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", f"{name}.nx", "--mock")
    assert (ran.status, ran.out) == (0, PRINTED[name])


@pytest.mark.parametrize("name", RUNS)
def test_an_example_runs_to_its_end(name: str, tmp_path: Path) -> None:
    assert nexa(tmp_path, "run", f"{name}.nx", "--mock").status == 0


def test_a_question_is_answered_from_the_notes_that_are_there(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "notes.db")) as notes, notes:
        notes.execute("CREATE TABLE note (title TEXT, body TEXT)")
        notes.execute("INSERT INTO note VALUES ('keys', '[rephraser] where is the spare key?: under the mat')")
    ran = nexa(tmp_path, "run", "05_rag_qa.nx", "--mock")
    assert (ran.status, ran.out) == (
        0,
        "[Answerer] Question: Where is the spare key?\n1. keys: [rephraser] where is the spare key?: under the mat\n\n",
    )
    nexa(tmp_path, "build", "05_rag_qa.nx")
    assert run(("out_05_rag_qa.py",), ["--mock"], tmp_path).out == ran.out


def test_without_its_notes_the_question_fails_where_they_are_asked_for(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "05_rag_qa.nx", "--mock")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("error[DatabaseError]: notes: no such table: note\n   --> 05_rag_qa.nx:13:12\n")
    advice = "notes.db has no tables yet; make this one first: CREATE TABLE IF NOT EXISTS note (…)"
    assert ran.err.endswith(f"  help: {advice}\n")


def test_the_nightly_jobs_are_put_in_and_done_by_a_worker(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "07_nightly_job.nx", "--mock")
    tickets = re.findall(r"queued (\w{16}): pending\n", ran.out)
    assert (ran.status, len(tickets), ran.out.count("\n")) == (0, 2, 2)
    worker = nexa(tmp_path, "workers", "start", "07_nightly_job.nx", "--mock", "--until-empty")
    assert worker.status == 0
    assert all(f"NightlyReport {ticket}: completed" in worker.err for ticket in tickets)
    listed = json.loads(nexa(tmp_path, "jobs", "list", "--json").out)
    assert sorted((one["job"], one["status"]) for one in listed) == [
        ("NightlyReport", "completed"),
        ("NightlyReport", "completed"),
        ("Sweep", "pending"),
    ]


def test_the_review_runs_its_tests_in_a_sandbox_when_somebody_agrees(tmp_path: Path) -> None:
    script = """
    [[reply]]
    agent = "Reviewer"
    call = [{ name = "run_tests", arguments = { target = "unit" } }]
    [[judge]]
    contains = "every"
    matched = true
    times = 0
    """
    (tmp_path / "script.toml").write_text(script)
    (tmp_path / "Makefile").write_text("all:\ntest:\n\t@echo tests of $(T) > built; cat built\n")
    offline = ("run", "04_code_review.nx", "--mock-script", "script.toml", "--mock")
    ran = nexa(tmp_path, *offline, "--events", "jsonl", stdin=b"y\n")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 0
    assert [event["output"] for event in events if event["event"] == "tool.finished"] == ["tests of unit\n"]
    assert next(event["text"] for event in events if event["event"] == "print") == "tests are about to run\n"
    assert not (tmp_path / "built").exists()
    alone = nexa(tmp_path, *offline)
    assert alone.status == 0
    assert "review step failed: nobody approved that Reviewer calls run_tests\n" in alone.out


def test_the_cashier_has_the_tools_of_the_files_that_are_there(tmp_path: Path) -> None:
    files = {
        "helpers/rounding.py": "def round_cash(amount: float) -> float:\n    return round(amount * 20) / 20\n",
        "skills/cash.md": "# count_till\n\nCount the notes first.\n\n```tool\n```\n",
        "script.toml": """
            [[reply]]
            agent = "Cashier"
            call = [
                { name = "Rounding", arguments = { amount = 1.02 } },
                { name = "count_till" },
                { name = "Ledger" },
                { name = "CurrencyRates", arguments = { from = "GBP", to = "EUR" } },
                { name = "shared_clock" },
            ]
        """,
    }
    for name, written in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(written)
    options = ("--mock", "--mock-script", "script.toml", "--events", "jsonl")
    ran = nexa(tmp_path, "run", "13_config_and_secrets.nx", *options)
    events = [json.loads(line) for line in ran.out.splitlines()]
    finished = {event["tool"]: event for event in events if event["event"] == "tool.finished"}
    assert ran.status == 0
    assert (finished["Rounding"]["output"], finished["count_till"]["output"]) == (1.0, "Count the notes first.")
    assert finished["Ledger"]["error"]["kind"] == "offline"
    assert "declared without anything that does it" in finished["CurrencyRates"]["error"]["message"]
    assert re.fullmatch(r"\d\d:\d\d", finished["shared_clock"]["output"])


CHAT = [
    ("/chat", b"hello", {"x-room": "1"}, 200, "[ChatHost] hello"),
    ("/chat", b"hello", {}, 400, '{"error":"x-room missing"}'),
    ("/rooms/blue", None, {}, 200, '{"id":"blue","messages":[]}'),
    ("/rooms/blue", b'{"text": "helo"}', {"x-room": "1"}, 201, '{"ok":true}'),
    ("/rooms/blue", None, {}, 200, '{"id":"blue","messages":["[Spell] helo"]}'),
    ("/polish", b"helo", {"x-room": "1"}, 200, "[Tone] [Spell] helo"),
    ("/admin", None, {}, 401, '{"error":"sign in first","kind":"AuthError"}'),
    ("/help?q=about+the+site", None, {}, 200, "[HelpDesk] about the site"),
    ("/nothing/like/it", None, {}, 404, '{"error":"there is no /nothing/like/it","kind":"NotFound"}'),
]


@pytest.mark.parametrize("is_built", [False, True])
def test_the_chat_is_served(is_built: bool, tmp_path: Path) -> None:
    write_files(tmp_path, TEXTS)
    command: tuple[str, ...] = (*NEXA, "run", "08_http_chat.nx")
    if is_built:
        assert nexa(tmp_path, "build", "08_http_chat.nx").status == 0
        command = ("out_08_http_chat.py",)
    with serving(command, "--mock", folder=tmp_path, env={"NEXA_PORT": "0"}) as chat:
        for path, data, headers, status, text in CHAT:
            assert (path, *chat.ask(path, data, headers)) == (path, status, text)
        status, where = chat.ask("/auth/github/login")
        assert status == 302
        assert where.startswith("https://github.com/login/oauth/authorize?response_type=code&client_id=GH_ID&")
        assert chat.stop() == 130


def test_the_incident_is_answered_from_standard_input(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "15_incident_response.nx", "--mock", stdin=b"disk is real bad\n")
    assert ran.status == 0
    assert "alarm closed" in ran.out


def test_a_review_that_is_not_verified_is_made_again_and_then_is(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "04_code_review.nx", "--mock")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("[Tidier] [Reviewer] --- a/cart.py\n")
    assert "not verified: every remark quotes a line of the change" in ran.out


@pytest.mark.parametrize("lines", [b"/quit\n", b"I goes home\nI go home\n/quit\n"])
def test_the_tutor_is_left_from_standard_input(lines: bytes, tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "14_language_tutor.nx", "--mock", stdin=lines)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "goodbye")
    assert ("Tutor: [Tutor] I go home" in ran.out) is (lines != b"/quit\n")


def test_a_program_that_wants_more_input_says_what_to_do(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "14_language_tutor.nx", "--mock")
    assert ran.status == 1
    assert ran.err.endswith(
        "  help: the program asks for another line: run it in a terminal, or pipe the answers in, a line each\n"
    )


@pytest.mark.parametrize("name", [*PRINTED, *RUNS])
def test_a_built_example_says_the_same(name: str, tmp_path: Path) -> None:
    built = nexa(tmp_path, "build", f"{name}.nx")
    assert (built.status, built.out, built.err) == (0, "", f"Wrote out_{name}.py.\n")
    ran = nexa(tmp_path, "run", f"{name}.nx", "--mock")
    alone = run((f"out_{name}.py",), ["--mock"], tmp_path)
    assert (alone.status, alone.out) == (ran.status, ran.out)


def test_building_twice_gives_the_same_text(tmp_path: Path) -> None:
    nexa(tmp_path, "build", "06_approval_workflow.nx", "-o", "one.py")
    nexa(tmp_path, "build", "06_approval_workflow.nx", "-o", "two.py")
    assert (tmp_path / "one.py").read_text() == (tmp_path / "two.py").read_text()


def test_a_built_module_can_be_imported_and_run_from_elsewhere(tmp_path: Path) -> None:
    nexa(tmp_path, "build", "16_batch_translation.nx")
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from nexa.runtime.testing import ScriptedModel, run_flow\n"
        "from out_16_batch_translation import translate_all\n"
        "print(run_flow(translate_all, ['a', 'b'], model=ScriptedModel(['x', 'y'])).value)\n"
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ran = run(("-c", program), [tmp_path], elsewhere)
    assert (ran.out, ran.err) == ("['x', 'y']\n", "")


def test_events_of_an_example_name_the_nodes_of_its_graph(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "02_research_digest.nx", "--mock", "--events", "jsonl")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert [event["seq"] for event in events] == list(range(len(events)))
    assert (events[0]["event"], events[-1]["event"]) == ("run.started", "run.finished")
    graph = json.loads(nexa(tmp_path, "graph", "02_research_digest.nx", "--flow", "digest", "--format", "json").out)
    known = {node["id"] for node in graph["nodes"] if node["kind"] != "loop"}  # which reports no run
    seen = {event["node"] for event in events if event["event"] == "node.started"}
    assert {node for node in seen if node.startswith("digest#")} == known
    spans = {node["id"]: node["span"] for node in graph["nodes"]}
    started = next(event for event in events if event["event"] == "node.started" and event["node"] == "digest#5")
    assert started["span"] == spans["digest#5"]


OUTSIDE = """flow main() {
    std.fs.write("a.txt", "x" * 3000)
    name = input("who? ")
    text = std.fs.read("a.txt")
    std.fs.read("none.txt") otherwise ""
}
"""


def test_what_reaches_out_of_the_program_is_reported_like_all_nodes(tmp_path: Path) -> None:
    write_files(tmp_path, {"outside.nx": OUTSIDE})
    ran = run(NEXA, ["run", "outside.nx", "--mock", "--events", "jsonl"], tmp_path, stdin=b"Ann\n")
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert [(event["node"], event["callee"]) for event in events if event["event"] == "node.started"] == [
        ("main#0", "std.fs.write"),
        ("main#1", "input"),
        ("main#2", "std.fs.read"),
        ("main#3", "std.fs.read"),
    ]
    assert [event["node"] for event in events if event["event"] == "node.failed"] == ["main#3"]
    outputs = {event["node"]: event["output"] for event in events if event["event"] == "node.finished"}
    assert outputs == {"main#0": 3000, "main#1": "Ann", "main#2": "x" * 2000 + "…"}, "of much the beginning"
