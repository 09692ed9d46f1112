"""`nexa run`, `nexa build` and `nexa graph` as a user meets them: exit statuses, streams, flags."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.command import NEXA, Ran, environment, run, write_files

HELLO = {
    "main.nx": (
        'agent A { prompt: "a" }\n'
        'flow main(name: str = "you", times: int = 1) { return "hello #{name} " * times }\n'
        "flow ask(q: str) { print(A.run(q)) }\n"
        "flow pair(a: int, b: list[int]) { print(a + b[0]) }\n"
    )
}


def nexa(tmp_path: Path, *args: str, **more) -> Ran:
    ran = run(NEXA, args, tmp_path, **more)
    assert "Traceback" not in ran.err, ran.err
    return ran


ARGUMENTS = [
    ((), "", (0, "hello you \n")),
    (("--arg", "name=Bo"), "", (0, "hello Bo \n")),
    (("--arg", "times=2", "--arg", "name=a=b"), "", (0, "hello a=b hello a=b \n")),
    (("Bo", "2"), "", (0, "hello Bo hello Bo \n")),
    (("times=2", "Bo"), "", (0, "hello Bo hello Bo \n")),
    (("--flow", "ask", "--mock", "hi there"), "", (0, "[A] hi there\n")),
    (("--flow", "ask", "--mock"), "from stdin\n", (0, "[A] from stdin\n")),
    (("--flow", "pair"), '{"a": 1, "b": [2]}', (0, "3\n")),
    (("--flow", "pair", "--arg", "a=5"), "[7]", (0, "12\n")),
]


@pytest.mark.parametrize(("args", "stdin", "expected"), ARGUMENTS, ids=str)
def test_arguments_and_standard_input_fill_the_parameters(args, stdin, expected, tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "main.nx", *args, files=HELLO, stdin=stdin.encode())
    assert (ran.status, ran.out) == expected
    assert ran.err == ""


WRONG = [
    (("run",), "Missing argument 'FILE'"),
    (("run", "gone.nx"), "gone.nx: no such file"),
    (("run", "."), ".: not a regular file"),
    (("run", "main.nx", "--arg", "name"), "'name' is not of the form k=v"),
    (("run", "main.nx", "--arg", "nmae=1"), "no parameter `nmae`"),
    (("run", "main.nx", "a", "1", "c"), "nothing is left for 'c'"),
    (("run", "main.nx", "--arg", "times=many"), "`times` does not take 'many'"),
    (("run", "main.nx", "--flow", "asq"), "no flow `asq`"),
    (("run", "main.nx", "--flow", "ask"), "needs `q`"),
    (("run", "main.nx", "--events", "xml"), "'xml' is not"),
    (("run", "main.nx", "--nonsense"), "No such option"),
    (("build", "main.nx", "-o", "no/such/folder/x.py"), "cannot write no/such/folder/x.py"),
    (("graph", "main.nx", "--flow", "asq"), "Did you mean 'ask'?"),
    (("graph", "notes.txt"), "notes.txt: not a Nexa program"),
    (("run", "binary.nx"), "binary.nx: binary"),
]


@pytest.mark.parametrize(("args", "message"), WRONG, ids=lambda one: " ".join(one) if isinstance(one, tuple) else None)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(args, message: str, tmp_path: Path) -> None:
    ran = nexa(tmp_path, *args, files={**HELLO, "notes.txt": "x", "binary.nx": b"a\0b"})
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_mistakes_are_told_as_check_tells_them_and_nothing_runs(tmp_path: Path) -> None:
    files = {"main.nx": 'include "lib.nxlib"\nprint("ran")\nflow main { nothing() }\n', "lib.nxlib": "fn f( { }\n"}
    ran = nexa(tmp_path, "run", "main.nx", files=files)
    assert (ran.status, ran.out) == (1, "")
    told = [line for line in ran.err.splitlines() if "error[" in line]
    assert [line.split(" ")[0] for line in told] == ["lib.nxlib:1:5:", "main.nx:3:13:"]
    checked = nexa(tmp_path, "check", ".").out.splitlines()
    assert [line for line in checked if "error[" in line] == told


def test_a_program_without_main_is_not_run_unless_it_is_a_script(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "main.nx", files={"main.nx": "fn f() { 1 }\n"})
    assert (ran.status, ran.out) == (1, "")
    assert "NX223" in ran.err
    ran = nexa(tmp_path, "run", "main.nx", files={"main.nx": 'print("script")\n'})
    assert (ran.status, ran.out) == (0, "script\n")


ENDS = [
    ("exit(7)", 7, ""),
    ('raise ToolError("broken")', 1, "error[ToolError]: broken\n"),
    ('raise SuspendExecution("a human")', 75, "suspended: a human\n"),
    ('python! """import sys; sys.stdout.write("direct\\n")"""', 0, ""),
    ("return 5", 0, ""),
]


@pytest.mark.parametrize(("body", "status", "told"), ENDS)
def test_exit_statuses(body: str, status: int, told: str, tmp_path: Path) -> None:
    ran = nexa(tmp_path, "run", "main.nx", files={"main.nx": f"flow main {{\n    {body}\n}}\n"})
    assert ran.status == status
    assert ran.err.startswith(told)
    if status == 0:
        assert ran.err == ""


def test_an_error_in_a_python_block_shows_the_nexa_line(tmp_path: Path) -> None:
    text = 'flow main {\n    python! """\n        data = {}\n        x = data["k"]\n    """\n}\n'
    ran = nexa(tmp_path, "run", "main.nx", files={"main.nx": text})
    assert ran.status == 1
    assert ran.err == (
        "error[KeyError]: 'k'\n  --> main.nx:4:13\n  |\n4 |         x = data[\"k\"]\n  |             ^^^^^^^^^\n"
    )
    debug = run(NEXA, ["run", "main.nx", "--debug"], tmp_path)
    assert "Traceback" in debug.err


def test_a_variable_without_a_value_is_an_error_of_the_program(tmp_path: Path) -> None:
    text = "flow main(x: bool = false) {\n    if x { y = 1 }\n    print(y)\n}\n"
    ran = nexa(tmp_path, "run", "main.nx", files={"main.nx": text})
    assert ran.status == 1
    assert ran.err.startswith("error[NameError]: `y` has no value here\n  --> main.nx:3:11\n")


def test_calls_nest_as_deep_with_a_cache_as_without(tmp_path: Path) -> None:
    text = "fn down(n: int) { match n { 0 => 0, _ => down(n - 1) + 1 } }\nflow main(n: int) { print(down(n)) }\n"
    for _ in range(2):
        assert nexa(tmp_path, "run", "main.nx", "1500", files={"main.nx": text}).out == "1500\n"
    nexa(tmp_path, "build", "main.nx")
    assert run(("out_main.py",), ["--arg", "n=1500"], tmp_path).out == "1500\n"
    ran = nexa(tmp_path, "run", "main.nx", "100000")
    assert ran.status == 1
    assert ran.err.startswith("error[RecursionError]: ")


def test_print_becomes_an_event(tmp_path: Path) -> None:
    files = {"main.nx": 'agent A { prompt: "a" }\nflow main(q: str) { print(q)\nreturn q >> A }\n'}
    ran = nexa(tmp_path, "run", "main.nx", "--mock", "--events", "jsonl", "--arg", "q=hi", files=files)
    events = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 0
    assert [event["event"] for event in events if event["event"] in ("print", "run.started", "run.finished")] == [
        "run.started",
        "print",
        "run.finished",
    ]
    assert events[0]["args"] == {"q": "hi"}
    assert events[-1]["value"] == "[A] hi"
    assert {event["node"] for event in events if "node" in event} == {"main#0"}


def test_a_second_run_reads_no_source_and_a_change_is_seen(tmp_path: Path) -> None:
    files = {"main.nx": 'include "lib.nxlib"\nflow main { print(word()) }\n', "lib.nxlib": 'fn word() { "one" }\n'}
    modules = (
        "import sys; from nexa.cli import main; status = main(sys.argv[1:])\n"
        "print('nexa.compiler.lower' in sys.modules); sys.exit(status)"
    )
    command = ("-c", modules)
    assert run(command, ["run", "main.nx"], tmp_path, files=files).out == "one\nTrue\n"
    assert run(command, ["run", "main.nx"], tmp_path).out == "one\nFalse\n"
    write_files(tmp_path, {"lib.nxlib": 'fn word() { "two" }\n'})
    assert run(command, ["run", "main.nx"], tmp_path).out == "two\nTrue\n"
    assert run(command, ["run", "main.nx", "--no-cache"], tmp_path).out == "two\nTrue\n"


def test_a_broken_cache_is_no_cache(tmp_path: Path) -> None:
    nexa(tmp_path, "run", "main.nx", files=HELLO)
    kept = list((tmp_path.parent / f"{tmp_path.name}-cache" / "run").glob("*/*"))
    assert len(kept) == 1
    kept[0].write_bytes(b"{}\nnot code")
    assert nexa(tmp_path, "run", "main.nx").out == "hello you \n"


@pytest.mark.skipif(os.name != "posix", reason="signals of another kind")
def test_an_interruption_unwinds_says_so_and_ends_with_130(tmp_path: Path) -> None:
    text = 'flow main {\n    defer print("unwound")\n    print("started")\n    std.time.sleep(60)\n}\n'
    write_files(tmp_path, {"main.nx": text})
    child = subprocess.Popen(
        [sys.executable, *NEXA, "run", "main.nx"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path, {}),
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "started\n"
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, "unwound\n")
    assert "interrupted" in err
    assert "Traceback" not in err


ENDLESS = 'flow main {\n    defer print("unwound")\n    print("started")\n    n = 0\n    while true { n += 1 }\n}\n'
ASLEEP = 'flow main {\n    defer print("unwound")\n    print("started")\n    std.time.sleep(60)\n}\n'
BLOCKED = 'flow main {\n    print("started")\n    python! """\n    import time\n    time.sleep(60)\n    """\n}\n'
PIPED = 'flow main {\n    print("started")\n    std.shell.shell_exec("sleep 61 | cat", unsafe: true)\n}\n'


@pytest.mark.skipif(os.name != "posix", reason="signals of another kind")
@pytest.mark.parametrize(
    ("text", "number", "printed"),
    [
        (ASLEEP, signal.SIGHUP, "unwound\n"),
        (ENDLESS, signal.SIGINT, "unwound\n"),
        (ENDLESS, signal.SIGTERM, "unwound\n"),
        (BLOCKED, signal.SIGINT, ""),
        (PIPED, signal.SIGINT, ""),
    ],
)
def test_one_signal_is_enough(text: str, number: int, printed: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"main.nx": text})
    child = subprocess.Popen(
        [sys.executable, *NEXA, "run", "main.nx"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path, {}),
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "started\n"
    child.send_signal(number)
    out, err = child.communicate(timeout=30)
    assert (child.returncode, out, err) == (130, printed, "interrupted: the run was cancelled\n")
    told = [json.loads(line) for path in (tmp_path / ".nexa/runs").glob("*.jsonl") for line in path.open()]
    assert told[-1]["event"] == "run.finished"
    assert told[-1]["status"] == "cancelled"


@pytest.mark.skipif(os.name != "posix", reason="signals of another kind")
def test_what_is_ignored_stays_ignored(tmp_path: Path) -> None:
    text = 'flow main {\n    print("started")\n    std.time.sleep(1)\n    print("ended")\n}\n'
    write_files(tmp_path, {"main.nx": text})
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", ignoring, sys.executable, *NEXA, "run", "main.nx"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(tmp_path, {}),
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "started\n"
    child.send_signal(signal.SIGHUP)
    assert child.communicate(timeout=30)[0] == "ended\n"
    assert child.returncode == 0


def test_build_writes_beside_the_source_or_where_it_is_told(tmp_path: Path) -> None:
    ran = nexa(tmp_path, "build", "main.nx", files=HELLO)
    assert (ran.status, ran.out, ran.err) == (0, "", "Wrote out_main.py.\n")
    alone = run(("out_main.py",), ["--arg", "name=Bo"], tmp_path)
    assert (alone.status, alone.out) == (0, "hello Bo \n")
    ran = nexa(tmp_path, "build", "main.nx", "-o", "deep.py", "--json")
    assert json.loads(ran.out) == {"path": "main.nx", "output": "deep.py"}
    assert (tmp_path / "deep.py").read_text().startswith("# Made from main.nx by nexa ")


@pytest.mark.parametrize(
    ("built", "args", "env", "status"),
    [
        ((), (), {}, 0),
        (("--type-mode", "strict"), (), {}, 1),
        (("--type-mode", "strict"), ("--type-mode", "forgiving"), {}, 0),
        (("--type-mode", "strict"), (), {"NEXA_TYPE_MODE": "warn"}, 0),
        (("--type-mode", "forgiving"), ("--type-mode", "strict"), {}, 1),
    ],
)
def test_a_module_keeps_the_type_mode_that_it_is_built_with(
    tmp_path: Path, built: tuple[str, ...], args: tuple[str, ...], env: dict[str, str], status: int
) -> None:
    text = 'fn twice(n: int) -> int { n }\nflow main { print(twice(std.json.json_parse("\\"a\\""))) }\n'
    nexa(tmp_path, "build", "main.nx", *built, files={"main.nx": text})
    assert run(("out_main.py",), args, tmp_path, env=env).status == status


def test_a_built_module_shows_the_nexa_line_of_an_error(tmp_path: Path) -> None:
    nexa(
        tmp_path,
        "build",
        "main.nx",
        files={"main.nx": 'flow main {\n    x = std.json.json_parse("1")\n    y = x - "a"\n}\n'},
    )
    alone = run(("out_main.py",), [], tmp_path)
    assert alone.status == 1
    assert "main.nx:3:9" in alone.err
    assert "^^^^^^^" in alone.err


def test_a_program_too_deep_for_python_text_runs_and_is_not_built(tmp_path: Path) -> None:
    text = f"flow main {{ {'if true { ' * 120}print(1){' }' * 120} }}\n"
    assert nexa(tmp_path, "run", "main.nx", files={"main.nx": text}).out == "1\n"
    ran = nexa(tmp_path, "build", "main.nx")
    assert (ran.status, ran.out) == (2, "")
    assert "more than 100 blocks" in ran.err


def test_a_graph_in_every_format(tmp_path: Path) -> None:
    files = {"main.nx": "agent A { }\nagent B { }\nflow main(x) { x >> A >> B }\n"}
    drawn = nexa(tmp_path, "graph", "main.nx", files=files)
    assert drawn.out == "flow main\n┌───┐\n│ A │\n└───┘\n  │\n┌───┐\n│ B │\n└───┘\n"
    assert nexa(tmp_path, "graph", "main.nx", "--format", "mermaid").out.startswith("flowchart TD\n")
    assert nexa(tmp_path, "graph", "main.nx", "--format", "dot").out.startswith('digraph "main" {\n')
    found = json.loads(nexa(tmp_path, "graph", "main.nx", "--format", "json").out)
    assert (found["path"], found["levels"]) == ("main.nx", [["main#0"], ["main#1"]])


def test_a_graph_of_a_faulty_program_is_drawn_beside_its_mistakes(tmp_path: Path) -> None:
    files = {"main.nx": "agent A { }\nflow main(x) { x >> A\ngone() }\n"}
    ran = nexa(tmp_path, "graph", "main.nx", files=files)
    assert ran.status == 1
    assert "│ A │" in ran.out
    assert "NX201" in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ("run", "a.nx"),
        ("test", "a.nx"),
        ("serve", "a.nx"),
        ("workers", "start", "a.nx"),
        ("run", "a.nx", "--flow", "pure"),
    ],
)
def test_a_mock_script_that_is_none_is_told_before_anything_runs(command: tuple[str, ...], tmp_path: Path) -> None:
    text = """
    agent Writer { prompt: "Write." }
    job Sweep { perform() { print("swept") } }
    server S 8123 { route GET "/" => Writer }
    flow pure { print("ran") }
    flow main { print("ran") }
    test "t" { print("ran") }
    print("ran")
    """
    ran = run(
        NEXA, [*command, "--mock-script", "m.toml"], tmp_path, files={"a.nx": text, "m.toml": "[[reply]]\ntext\n"}
    )
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: m.toml:2:5: not TOML: ")


@pytest.mark.skipif(os.name != "posix", reason="a shell of another kind")
@pytest.mark.parametrize(
    ("without", "status", "out", "err"),
    [
        (">&-", 0, "", ""),
        ("2>&-", 0, "hello Ann\n", ""),
        ("<&-", 0, "hello Ann\n", ""),
        (">&- 2>&- <&-", 0, "", ""),
        (">/dev/full", 2, "", "error: No space left on device\n"),
    ],
)
def test_streams_that_are_not_there(without: str, status: int, out: str, err: str, tmp_path: Path) -> None:
    write_files(tmp_path, {"main.nx": 'flow main -> str { return "hello Ann" }'})
    done = subprocess.run(
        f"{sys.executable} -m nexa.cli run main.nx --quiet {without}",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment(tmp_path, {}),
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


@pytest.mark.skipif(os.name != "posix", reason="folders in use cannot be removed there")
def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    write_files(tmp_path, {"main.nx": "flow main { print(1) }", "sub/x": ""})
    done = subprocess.run(
        f"cd sub && rm -r ../sub && {sys.executable} -m nexa.cli run ../main.nx",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment(tmp_path, {}),
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: the working directory does not exist any more\n"
