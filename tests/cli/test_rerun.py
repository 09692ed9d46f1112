"""`nexa run --from RUN:NODE` as a user meets it: what had ended is answered as it was, the rest is asked anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.command import NEXA, Ran, run, write_files

PROGRAM = """agent Writer { memory: none, prompt: "Write." }
agent Grader { memory: none, prompt: "Grade." }
agent Editor { memory: none, prompt: "Edit." }

flow polish(text) { return Editor.run(text) }

flow main(topic: str, tone: str = "calm") {
    draft = Writer.run("😀 客 " + topic)
    grade = Grader.run(draft)
    done = polish(grade)
    print(tone + " / " + done)
}
"""
WRITER, GRADER, POLISH, EDITOR = "main#0", "main#1", "main#2", "polish#0"


def says(*answers: tuple[str, str], times: int = 0) -> str:
    """A script in which agents say what they are told to; whoever is not named echoes."""
    return "".join(f'[[reply]]\nagent = "{who}"\ntext = "{what}"\ntimes = {times}\n' for who, what in answers)


FIRST = says(("Writer", "w1"), ("Grader", "g1"), ("Editor", "e1"))
SECOND = says(("Writer", "w2"), ("Grader", "g2"), ("Editor", "e2"))


def start(folder: Path, *args: str, script: str = FIRST, program: str | None = None, **more: Any) -> Ran:
    write_files(folder, {"nexa.toml": "", "script.toml": script, **({"a.nx": program} if program else {})})
    ran = run(NEXA, ["run", "a.nx", "--mock", "--mock-script", "script.toml", *args], folder, **more)
    assert "Traceback" not in ran.err, ran.err
    return ran


def again(folder: Path, node: str, *args: str, script: str = SECOND, **more: Any) -> list[dict[str, Any]]:
    """The events of a run that starts again from a node of the newest one."""
    ran = start(folder, "--from", f"last:{node}", "--events", "jsonl", *args, script=script, **more)
    assert ran.err == ""
    return [json.loads(line) for line in ran.out.splitlines()]


def outputs(events: list[dict[str, Any]]) -> list[tuple[str, Any, bool]]:
    return [(e["node"], e["output"], e.get("replayed", False)) for e in events if e["event"] == "node.finished"]


def printed(events: list[dict[str, Any]]) -> str:
    return "".join(event["text"] for event in events if event["event"] == "print")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert start(tmp_path, "tides", program=PROGRAM).out == "calm / e1\n"
    return tmp_path


CASES = [
    (WRITER, [(WRITER, "w2", False), (GRADER, "g2", False), (EDITOR, "e2", False), (POLISH, "e2", False)]),
    (GRADER, [(WRITER, "w1", True), (GRADER, "g2", False), (EDITOR, "e2", False), (POLISH, "e2", False)]),
    (POLISH, [(WRITER, "w1", True), (GRADER, "g1", True), (EDITOR, "e2", False), (POLISH, "e2", False)]),
    (EDITOR, [(WRITER, "w1", True), (GRADER, "g1", True), (EDITOR, "e2", False), (POLISH, "e2", False)]),
]


@pytest.mark.parametrize(("node", "expected"), CASES, ids=[node for node, _ in CASES])
def test_what_had_ended_is_answered_as_it_was(node: str, expected: list[tuple[str, str, bool]], folder: Path) -> None:
    events = again(folder, node)
    assert outputs(events) == expected
    assert printed(events) == "calm / e2\n"
    earlier = next((folder / ".nexa/runs").glob("*.jsonl")).stem
    assert events[0]["rerun"]["node"] == node
    assert events[0]["args"] == {"topic": "tides"}
    assert len(earlier) == len(events[0]["rerun"]["run"])


def test_tokens_count_only_where_a_model_was_asked(folder: Path) -> None:
    events = again(folder, EDITOR)
    usage = [event for event in events if event["event"] == "model.usage"]
    calls = [(event["node"], event.get("replayed", False)) for event in events if event["event"] == "model.call"]
    assert calls == [(WRITER, True), (GRADER, True), (EDITOR, False)]
    assert [event["node"] for event in usage] == [EDITOR]
    assert events[-1]["usage"] == {
        "model_calls": 1,
        "input_tokens": usage[0]["input_tokens"],
        "output_tokens": usage[0]["output_tokens"],
        "replayed": 2,
    }


def test_a_run_from_a_node_can_be_run_from_a_node(folder: Path) -> None:
    again(folder, GRADER)
    third = says(("Writer", "w3"), ("Grader", "g3"), ("Editor", "e3"))
    assert outputs(again(folder, EDITOR, script=third))[:3] == [
        (WRITER, "w1", True),
        (GRADER, "g2", True),
        (EDITOR, "e3", False),
    ]


def test_an_argument_may_be_given_anew(folder: Path) -> None:
    assert printed(again(folder, EDITOR, "--arg", "tone=loud")) == "loud / e2\n"
    events = again(folder, EDITOR, "--arg", "topic=stars")
    assert outputs(events)[0] == (WRITER, "w2", False)
    assert [event["text"] for event in events if event["event"] == "log"][:1] == [
        "Writer is asked again: the earlier run has no answer to this question"
    ]


def test_what_the_program_asks_differently_is_asked(folder: Path) -> None:
    changed = PROGRAM.replace('prompt: "Grade."', 'prompt: "Grade hard."')
    assert outputs(again(folder, EDITOR, program=changed))[:2] == [(WRITER, "w1", True), (GRADER, "g2", False)]


def test_a_question_is_known_by_its_content_where_nodes_have_other_numbers(folder: Path) -> None:
    changed = PROGRAM.replace("    draft =", '    first = Editor.run("hello")\n    draft =')
    assert outputs(again(folder, EDITOR, program=changed))[:3] == [
        ("main#0", "e2", False),
        ("main#1", "w1", True),
        ("main#2", "g1", True),
    ]


LOOP = """agent Writer { memory: none, prompt: "Write." }
agent Grader { memory: none, prompt: "Grade." }
agent Editor { memory: none, prompt: "Edit." }
flow main {
    seen = []
    for n in range(0, 3) { seen.append(Writer.run("same")) }
    for n in range(0, 2) { seen.append(Grader.run("same")); seen.append(Editor.run("same")) }
    print(seen)
}
"""


def test_the_turns_of_a_loop_get_their_own_answers_in_order(tmp_path: Path) -> None:
    script = says(("Writer", "a"), ("Writer", "b"), ("Writer", "c"), times=1) + says(("Grader", "g1"), ("Editor", "e1"))
    start(tmp_path, script=script, program=LOOP)
    assert printed(again(tmp_path, "main#4")) == '["a","b","c","g1","e2","g2","e2"]\n'
    third = says(("Writer", "w3"), ("Grader", "g3"), ("Editor", "e3"))
    assert printed(again(tmp_path, "main#4@2", script=third)) == '["a","b","c","g1","e2","g2","e3"]\n'


FAN = """agent A { memory: none, prompt: "a" }
agent B { memory: none, prompt: "b" }
flow one(x) { return A.run("same") }
flow main {
    both = [1, 2, 3] |>> one
    print(both)
    print(B.run("end"))
}
"""


def test_parallel_branches_get_their_own_answers_whichever_came_first(tmp_path: Path) -> None:
    answers = [("first", 0.2), ("second", 0.1), ("third", 0)]
    script = "".join(f'[[reply]]\nagent = "A"\ntext = "{text}"\ndelay = {delay}\n' for text, delay in answers)
    assert start(tmp_path, script=script, program=FAN).out.splitlines()[0] == '["first","second","third"]'
    events = again(tmp_path, "main#2", script=says(("A", "live"), ("B", "b2")))
    assert printed(events) == '["first","second","third"]\nb2\n'


NESTED = """agent A { memory: none, prompt: "a" }
agent J { prompt: "j" }
agent B { memory: none, prompt: "b" }
flow inner(x) { return A.run("same") }
flow outer(x) {
    first = A.run("same")
    many = [1, 2] |>> inner
    return [first, many]
}
flow main {
    for turn in range(0, 2) {
        print([1, 2, 3] |>> outer)
        print(J.run("again"))
    }
    both = fork [p = A.run("same"), q = A.run("same")] merge all
    print(both)
    print(parallel([fn() => A.run("same"), fn() => A.run("same")]))
    print(B.run("end"))
}
"""


def test_branches_in_branches_and_loops_get_their_own_answers(tmp_path: Path) -> None:
    """One question, asked everywhere: only the place tells the answers apart."""
    delays = [0.05, 0, 0.02, 0.01, 0]
    answers = [f'[[reply]]\nagent = "A"\ntext = "a{n}"\ndelay = {delays[n % 5]}\n' for n in range(22)]
    first = start(tmp_path, script="".join(answers) + says(("B", "b1")), program=NESTED)
    assert first.status == 0, first.err
    events = again(tmp_path, "main#11", script=says(("A", "live"), ("J", "live"), ("B", "b2")))
    assert printed(events) == first.out.replace("b1", "b2")
    assert events[-1]["usage"]["replayed"] == 24


FALLBACK = """agent A { memory: none, prompt: "a", retry: 2, retry_delay: 0 }
agent B { memory: none, prompt: "b" }
flow main { print(A.run("x") otherwise "gave up"); print(B.run("y")) }
"""


def test_a_model_that_failed_fails_again(tmp_path: Path) -> None:
    start(tmp_path, script='[[reply]]\nagent = "A"\nerror = "server"\ntimes = 0\n', program=FALLBACK)
    events = again(tmp_path, "main#1", script=says(("A", "well now"), ("B", "b2")))
    assert printed(events) == "gave up\nb2\n"
    assert [event.get("replayed") for event in events if event["event"] == "node.failed"] == [True]


def test_no_secret_is_kept_and_its_answer_is_asked_for_again(tmp_path: Path) -> None:
    write_files(tmp_path, {"s.nxs": 'config default { WORD = "swordfish" }\n'})
    program = PROGRAM.replace("Write.", 'Write #{secret("WORD")}.')
    start(tmp_path, "tides", script=says(("Grader", "it is swordfish"), ("Writer", "w1")), program=program)
    assert not [
        path for path in (tmp_path / ".nexa").rglob("*") if path.is_file() and b"swordfish" in path.read_bytes()
    ]
    assert outputs(again(tmp_path, EDITOR))[:2] == [(WRITER, "w1", True), (GRADER, "g2", False)]


def test_a_secret_argument_has_to_be_given_again(tmp_path: Path) -> None:
    write_files(tmp_path, {"s.nxs": 'config default { WORD = "swordfish" }\n'})
    start(tmp_path, "swordfish", program=PROGRAM)
    ran = start(tmp_path, "--from", f"last:{EDITOR}")
    assert ran == Ran(2, "", "error: the argument `topic` held a secret, which no run keeps: add --arg topic=…\n")
    assert start(tmp_path, "--from", f"last:{EDITOR}", "swordfish").out == "calm / e1\n"


def test_streamed_answers_come_again(tmp_path: Path) -> None:
    start(tmp_path, "tides", program=PROGRAM.replace('prompt: "Write."', 'prompt: "Write.", stream: true'))
    events = again(tmp_path, EDITOR)
    assert [event["text"] for event in events if event["event"] == "token"] == ["w1"]


MISTAKES: list[tuple[tuple[str, ...], str]] = [
    (("--from", "last:main#7"), "did not come to a node main#7; it ran main#0, main#1, main#2, polish#0"),
    (("--from", "last:main#0@2"), "did not come to the node main#0 2 times; it ran main#0, main#1, main#2, polish#0"),
    (("--from", "nobody:main#0"), "no runs are called 'nobody'; `nexa runs` lists them"),
    (("--from", "last:"), "'last:' is not RUN:NODE, such as last:main#3"),
    (("--from", ":main#0"), "':main#0' is not RUN:NODE, such as last:main#3"),
    (("--from", "last:polish#0", "--flow", "polish"), "no run of a.nx is kept; `nexa runs` lists those that are"),
    (("--from", "last:main#0", "--replay", "x"), "--from goes with neither --record nor --replay."),
]


@pytest.mark.parametrize(("args", "told"), MISTAKES, ids=[" ".join(args) for args, _ in MISTAKES])
def test_a_mistake_is_told(args: tuple[str, ...], told: str, folder: Path) -> None:
    ran = start(folder, *args)
    assert ran.status == 2
    assert told in ran.err


def test_the_newest_run_is_meant_where_none_is_named(folder: Path) -> None:
    assert start(folder, "--from", EDITOR, script=SECOND).out == "calm / e2\n"


def test_another_program_of_the_same_folder_is_not_meant(folder: Path) -> None:
    other: Mapping[str, str] = {"b.nx": PROGRAM}
    run(NEXA, ["run", "b.nx", "--mock", "--arg", "topic=other"], folder, files=other)
    assert again(folder, EDITOR)[0]["args"] == {"topic": "tides"}


def test_a_node_that_is_not_met_again_is_told(folder: Path) -> None:
    changed = PROGRAM.replace("    done = polish(grade)", '    done = "none"')
    events = again(folder, EDITOR, program=changed)
    assert printed(events) == "calm / none\n"
    assert events[-2]["text"] == "this run did not come to polish#0, from which it was to run again"


def test_a_run_without_kept_answers_cannot_be_run_from_a_node(folder: Path) -> None:
    for path in (folder / ".nexa/runs").glob("*.kept"):
        path.unlink()
    assert "has kept no answers" in start(folder, "--from", f"last:{EDITOR}").err


def test_what_is_no_answer_is_passed_over(folder: Path) -> None:
    kept = next((folder / ".nexa/runs").glob("*.kept"))
    plan, first, second, *rest = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    broken: list[Any] = [
        {**first, "seq": "x"},
        {**first, "reply": {"text": 5}},
        {"seq": 1, "place": first["place"], "key": first["key"]},
        {"seq": 1, "place": first["place"], "key": first["key"], "error": {"type": "SystemExit"}},
        [1],
        5,
    ]
    lines = [json.dumps(line) for line in (plan, *broken, second, *rest)]
    kept.write_text("\n".join(lines) + '\n{"seq":3,"pla', encoding="utf-8")
    assert outputs(again(folder, EDITOR))[:2] == [(WRITER, "w2", False), (GRADER, "g2", False)]
    assert outputs(again(folder, GRADER))[0] == (WRITER, "w2", True)


def test_what_a_run_keeps_is_bounded(folder: Path) -> None:
    long = says(("Writer", "w" * 3_000_000), ("Grader", "g" * 3_000_000), ("Editor", "e"))
    start(folder, "tides", script=long)
    kept = max((folder / ".nexa/runs").glob("*.kept"))
    assert kept.stat().st_size < 4 << 20
    events = again(folder, EDITOR)
    assert outputs(events)[1] == (GRADER, "g2", False)
    assert [event["event"] for event in events[:2]] == ["run.started", "log"]
    assert "had more answers than are kept" in events[1]["text"]


TOOLS = """tool Post { description: "Posts a letter.", python: "post.py" }
agent Clerk { memory: none, prompt: "Post it.", uses: [Post] }
agent Writer { memory: none, prompt: "Write." }
flow main {
    now = std.time.now("%f")
    std.fs.append("log.txt", "one\\n")
    print(input("who? "))
    print(Clerk.run("a letter of " + now))
    print(Post("by hand"))
    print(Writer.run("to " + now))
}
"""
POST = """def post(letter: str) -> dict:
    with open("log.txt", "a") as log:
        log.write(letter + chr(10))
    return {"sent": letter}
"""
CALL = """[[reply]]
agent = "Clerk"
[[reply.call]]
name = "Post"
arguments = { letter = "hello" }
[[reply]]
agent = "Clerk"
text = "posted"
"""


def test_what_was_done_outside_is_not_done_again(tmp_path: Path) -> None:
    write_files(tmp_path, {"post.py": POST})
    first = start(tmp_path, script=CALL, program=TOOLS, stdin=b"Ann\n")
    assert first.out.splitlines()[:3] == ["Ann", "posted", '{"sent":"by hand"}'], first.err
    log = tmp_path / "log.txt"
    assert log.read_text() == "one\nhello\nby hand\n"
    events = again(tmp_path, "main#4", script=says(("Writer", "w2"), ("Clerk", "no")))
    assert printed(events) == 'Ann\nposted\n{"sent":"by hand"}\nw2\n'
    assert log.read_text() == "one\nhello\nby hand\n"
    assert [event["event"] for event in events if event["event"] == "input.requested"] == []
    replayed = [event.get("replayed") for event in events if event["event"] == "node.finished"]
    assert replayed == [True, True, True, True, None]
