"""Tools with `sandbox: true`: what they are given, what they cannot reach, and how they end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from harness.command import NEXA, run
from harness.programs import analysed, check_prints
from nexa.compiler.emit.compiled import compiled
from nexa.runtime.catching import kind_of
from nexa.runtime.config import Secrets, Settings
from nexa.runtime.declared_tool import tool
from nexa.runtime.errors import ToolError
from nexa.runtime.loading import load
from nexa.runtime.sandbox import calls, copies
from nexa.runtime.sandbox.confine import around, is_possible
from nexa.runtime.testing import Result, ScriptedModel, call, run_flow, run_flow_async
from nexa.runtime.tools import offered

pytestmark = pytest.mark.skipif(is_possible() is not None, reason=f"no sandbox: {is_possible()}")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: what is here is copied for each call."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return here


def body(python: str, params: str = "", returns: str = "str", options: str = "sandbox: true") -> str:
    """A sandboxed tool `f` that is this Python."""
    lines = "\n".join(f"    {line}" for line in python.splitlines())
    return f'@tool("x", {options})\nfn f({params}) -> {returns} {{\n    python! """\n{lines}\n    """\n}}\n'


def run_once(program: str, answers: Any = (), **options: Any) -> Result:
    """What `main` does after the scripts: compiled only, each call takes a process."""
    made = load(compiled(analysed(program, mistyped=True)).units)

    async def whole() -> Any:
        for script in made.scripts:
            await script()
        return await made.flows["main"]()

    return run_flow(whole, model=ScriptedModel(answers), **options)


def check(program: str, printed: str, **options: Any) -> None:
    """A program prints exactly this, and ends well."""
    result = run_once(program, **options)
    assert (result.printed, result.error) == (printed, None)


def check_fails(program: str, kind: str, message: str) -> None:
    """A program ends with an error of this kind, whose message holds this."""
    error = run_once(program).error
    assert error is not None
    assert kind_of(error) == kind, repr(error)
    assert message in str(error)


MAIN = "flow main { print(f()) }"


# ── what goes in and what comes out ─────────────────────────────────────────────────────────────────────────────


def test_arguments_defaults_and_values() -> None:
    program = """
    @tool("x", sandbox: true) fn f(n: int, words: list[str], s: str = "d") -> dict[str, any] {
        return {"n": n + 1, "words": words, "s": s, "none": null, "nested": [[1.5, true]]}
    }
    flow main { print(f(1, ["ä", "🪙"])) print(f(n: 2, words: [], s: "x")) }
    """.replace(") print", ")\nprint")
    expected = (
        '{"n":2,"words":["ä","🪙"],"s":"d","none":null,"nested":[[1.5,true]]}\n'
        '{"n":3,"words":[],"s":"x","none":null,"nested":[[1.5,true]]}\n'
    )
    check_prints(program, expected)


def test_records_come_back_as_what_they_are() -> None:
    program = """
    struct Point { x: int
    y: int }
    @tool("x", sandbox: true) fn f(p: Point) -> Point { return Point { x: p.y, y: p.x } }
    flow main { print(f(Point { x: 1, y: 2 }).x) }
    """
    check(program, "2\n")


def test_what_a_tool_prints_is_printed_and_unit_stays_unit() -> None:
    program = '@tool("x", sandbox: true) fn f() -> unit { print("in there") }\nflow main { print(type_of(f())) }'
    check(program, "in there\nunit\n")


def test_functions_of_the_program_and_its_plain_variables_are_there() -> None:
    program = """
    limit = 3
    names = {"a": [1, 2]}
    fn doubled(n: int) -> int { return n * 2 + limit }
    @tool("x", sandbox: true) fn inner(n: int) -> int { return n + 1 }
    @tool("x", sandbox: true) fn f(n: int) -> int { return doubled(n) + inner(names["a"][1]) }
    flow main { print(f(5)) }
    """
    check(program, "16\n")


def test_a_variable_that_is_no_plain_data_is_not() -> None:
    program = """
    later = fn() => 1
    @tool("x", sandbox: true) fn f() -> int { return later() }
    flow main { print(f()) }
    """
    check_fails(program, "sandbox", "`later` is not known in a sandbox: hand it over as an argument")


def test_a_secret_may_be_handed_over_and_is_not_known_otherwise() -> None:
    program = """
    @tool("x", sandbox: true) fn f(key: str) -> int { return len(key) }
    flow main { print(f(secret("KEY"))) }
    """
    secrets = Secrets(environment={"KEY": "abcdef"})
    assert run_once(program, secrets=secrets).printed == "6\n"
    inside = '@tool("x", sandbox: true) fn f() -> str { return secret("KEY") }\n' + MAIN
    assert kind_of(run_once(inside, secrets=secrets).error) == "SecretError"


@pytest.mark.parametrize(
    ("python", "kind", "message"),
    [
        ("raise ValueError('no')", "ValueError", "no"),
        ("import os; os._exit(3)", "sandbox", "f ended with status 3 in its sandbox"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "sandbox", "f was killed by signal 11"),
        ("import os; os.write(2, b'why\\\\n'); os._exit(3)", "sandbox", "f ended with status 3 in its sandbox: why"),
        ("return 'x' * (1 << 21)", "sandbox", "the value of f has more than 1 MiB"),
        ("return len(bytearray(3 << 30))", "MemoryError", ""),
        ("import os; os.mkfifo('../answer.json'); os._exit(0)", "sandbox", "status 0"),
        ("import os; os.mkdir('../answer.json'); os._exit(0)", "sandbox", "status 0"),
        ("open('answer', 'w'); open('../answer.json', 'w').write('{'); import os; os._exit(0)", "sandbox", "status 0"),
    ],
)
def test_how_it_fails(python: str, kind: str, message: str) -> None:
    check_fails(body(python) + MAIN, kind, message)


def test_its_answer_is_no_way_to_files_outside(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"value": "abc"}')
    python = f"import os; os.symlink({str(secret)!r}, '../answer.json'); os._exit(0)"
    check_fails(body(python) + MAIN, "sandbox", "f ended with status 0 in its sandbox")


def test_errors_of_the_program_keep_their_kind() -> None:
    program = """
    @tool("x", sandbox: true) fn f(n: int) -> int
    requires n > 0 { raise BudgetExceeded("too dear") }
    flow main {
        try { f(1) } catch (e: BudgetExceeded) { print("caught #{e}") }
        f(-1)
    }
    """
    result = run_once(program)
    assert result.printed == "caught too dear\n"
    assert type(result.error).__name__ == "ContractViolation"


def test_functions_and_agents_cannot_be_handed_in_or_asked() -> None:
    program = '@tool("x", sandbox: true) fn f(g: any) -> str { return "x" }\nflow main { print(f(fn() => 1)) }'
    check_fails(program, "arguments", "a function or an agent cannot be handed in")
    asks = 'agent A { prompt: "x" }\n@tool("x", sandbox: true) fn f() -> str { return A.run("x") }\n' + MAIN
    assert "A cannot be asked from a sandbox" in str(run_once(asks).error)


# ── what cannot be reached ──────────────────────────────────────────────────────────────────────────────────────

REFUSED = {
    "a file outside is read": "open(outside).read()",
    "a file outside is written": "open(outside, 'w')",
    "a file outside is added to": "open(outside, 'a')",
    "a file outside is made": "open(outside + '.new', 'w')",
    "a file outside is deleted": "os.remove(outside)",
    "a file outside is cut short": "os.truncate(outside, 0)",
    "a file outside is moved in": "os.rename(outside, 'mine')",
    "a file outside is linked in": "os.link(outside, 'mine'); open('mine').read()",
    "a folder outside is listed": "os.listdir(os.path.dirname(outside))",
    "a command reads": "subprocess.run(['cat', outside], check=True, stderr=subprocess.DEVNULL)",
    "the network": "socket.create_connection(('127.0.0.1', 9))",
    "a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "a local socket": "socket.socket(socket.AF_UNIX)",
    "another environment": "open(f'/proc/{os.getppid()}/environ').read()",
    "another memory": "open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    "another process": "os.kill(os.getppid(), 9)",
    "a session of its own": "os.setsid()",
    "a file of the system": "open('/etc/nexa-was-here', 'w')",
}


def test_what_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    python = "import os, socket, subprocess\nfound = []\n"
    for what, code in REFUSED.items():
        lines = "\n".join(f"    {line}" for line in code.split("; "))
        python += f"try:\n{lines}\n    found.append('{what}')\n"
        python += "except (OSError, subprocess.CalledProcessError):\n    pass\n"
    program = body(f"{python}return ', '.join(found) or 'nothing'", "outside: str")
    check(program + f'flow main {{ print(f("{outside}")) }}', "nothing\n")
    assert outside.read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["here", "outside.txt"]


def test_secrets_histories_and_other_runs_are_not_in_the_copy(folder: Path) -> None:
    for name in (".git/config", ".nexa/runs/a", "x.nxs", ".env", ".env.local", "sub/y.nxs", "sub/kept.txt", "Makefile"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    python = "import os\nreturn ' '.join(sorted(os.path.join(a, c)[2:] for a, b, d in os.walk('.') for c in d))"
    check(body(python) + MAIN, "Makefile sub/kept.txt\n")


def test_what_it_writes_is_thrown_away(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("before")
    python = "open('a.txt', 'a').write(' and after')\nopen('b.txt', 'w')\nreturn open('a.txt').read()"
    check(body(python) + MAIN, "before and after\n")
    assert [each.name for each in folder.iterdir()] == ["a.txt"]
    assert (folder / "a.txt").read_text() == "before"
    assert not list(tmp_path.glob("nexa-sandbox-*"))


def test_installed_packages_can_be_read_but_not_written(folder: Path) -> None:
    (folder / "node_modules" / "left-pad").mkdir(parents=True)
    (folder / "node_modules" / "left-pad" / "index.js").write_text("pad")
    python = (
        "text = open('node_modules/left-pad/index.js').read()\n"
        "try:\n    open('node_modules/x', 'w')\nexcept OSError:\n    text += ' only'\nreturn text"
    )
    check(body(python) + MAIN, "pad only\n")


def test_only_a_handful_of_variables_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-1234")
    python = "import os\nreturn os.environ.get('OPENAI_API_KEY', 'none') + ' ' + os.environ['HOME'][-5:]"
    check(body(python) + MAIN, "none /home\n")


def test_a_folder_that_is_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MOST_FILES", 2)
    for number in range(3):
        (folder / str(number)).touch()
    check_fails(body("return ''") + MAIN, "sandbox", "is too large to be copied")


def test_what_programs_need_is_given_around_what_is_hidden(tmp_path: Path) -> None:
    for name in ("lib/a", "src/app/x.nxs", "src/other"):
        (tmp_path / name).mkdir(parents=True)
    hidden = (tmp_path / "src" / "app", Path("/elsewhere"))
    assert sorted(around(tmp_path, hidden)) == [tmp_path / "here", tmp_path / "lib", tmp_path / "src" / "other"]
    assert list(around(tmp_path / "lib", hidden)) == [tmp_path / "lib"]
    assert list(around(tmp_path / "src" / "app", hidden)) == []


async def test_a_copy_that_is_called_off_leaves_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (folder / str(number)).touch()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    copied: list[str] = []

    def slowly(source: Path, target: Path) -> None:
        copied.append(source.name)
        loop.call_soon_threadsafe(begun.set)
        time.sleep(0.2)

    monkeypatch.setattr("shutil.copy2", slowly)
    made = load(compiled(analysed(body("return ''") + MAIN)).units)
    task = asyncio.ensure_future(run_flow_async(made.flows["main"]))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(copied) == 1
    assert not list(tmp_path.glob("nexa-sandbox-*"))


# ── time, and what is left behind ───────────────────────────────────────────────────────────────────────────────


def test_it_has_its_time_and_leaves_nothing_behind(tmp_path: Path) -> None:
    python = (
        "import os, subprocess\n"
        "child = subprocess.Popen(['sleep', '600'])\n"
        "print(child.pid, os.getpid(), flush=True)\n"
        "open('../pids', 'w').write(f'{child.pid} {os.getpid()}')\n"
        "child.wait()"
    )
    check_fails(
        body(python, options="sandbox: true, timeout: 1") + MAIN,
        "timeout",
        "f took longer than 1 s",
    )
    assert not list(tmp_path.glob("nexa-sandbox-*"))
    assert "sleep 600" not in processes()


def processes() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_what_it_has_started_ends_with_it() -> None:
    python = "import subprocess\nsubprocess.Popen(['sleep', '601'])\nreturn 'done'"
    started = time.monotonic()
    check(body(python) + MAIN, "done\n")
    assert time.monotonic() - started < 300  # it did not wait for the command
    assert "sleep 601" not in processes()


def test_a_model_may_call_it(folder: Path) -> None:
    program = (
        body("return name.upper()", "name: str") + 'agent A uses f { prompt: "x" }\nflow main { print(A.run("x")) }'
    )
    result = run_once(program, [call("f", name="ann"), call("f", nam="x"), "y"])
    finished = [line.get("output") or line["error"]["kind"] for line in result.of_kind("tool.finished")]
    assert finished == ["ANN", "arguments"]


# ── Python files ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_python_file_is_read_in_the_sandbox_only(folder: Path) -> None:
    (folder / "tools.py").write_text(
        "import os\n"
        "open('imported', 'w')\n"
        "def up(n: float, to: int = 1) -> float:\n"
        "    '''Rounds up.'''\n"
        "    return -(-n // to) * to\n"
        "def where() -> str:\n"
        "    return os.path.basename(os.getcwd())\n"
    )
    declared = tool("Rounding", python="tools.py", base=str(folder), sandbox=True)

    async def work() -> Any:
        found = await offered([declared])
        invoked = await found["up"].invoke(found["up"].parameters.check("up", {"n": "4.2"}))
        with pytest.raises(ToolError, match="n: input should be"):
            await found["up"].invoke({"n": "many"})
        return [
            found["up"].description,
            found["up"].spec.parameters["required"],
            invoked,
            await found["where"].invoke({}),
        ]

    result = run_flow(work, settings=Settings())
    assert result.error is None
    assert result.value == ["Rounds up.", ["n"], 5.0, "work"]
    assert not (folder / "imported").exists()


def test_the_command_of_an_mcp_server_is_refused() -> None:
    declared = tool("Ledger", mcp="stdio:ledger", sandbox=True)
    error = run_flow(declared, "x").error
    assert isinstance(error, ToolError)
    assert error.kind == "sandbox"


# ── where it is not possible ────────────────────────────────────────────────────────────────────────────────────


def test_without_isolation_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "is_possible", lambda: "it needs Linux")
    program = body("return 'x'") + MAIN
    check_fails(program, "sandbox", "f asks for a sandbox, which is not possible here: it needs Linux.")
    check(program, "x\n", settings=Settings(sandbox="process", offline=True))


def test_as_a_mere_process_it_still_works_on_a_copy(folder: Path) -> None:
    (folder / "a.nxs").write_text("x")
    python = "import os\nopen('b', 'w')\nreturn f\"{sorted(os.listdir('.'))} {os.environ.get('HOME', '')[-5:]}\""
    settings = Settings(sandbox="process", offline=True)
    check(body(python) + MAIN, "['b'] /home\n", settings=settings)
    assert sorted(each.name for each in folder.iterdir()) == ["a.nxs"]


def test_built_programs_have_sandboxes_and_nexa_toml_is_read(folder: Path) -> None:
    program = body("import os\nreturn str(os.path.exists('/proc/1/status'))") + MAIN
    files = {"a.nx": program}
    assert run(NEXA, ["build", "a.nx"], folder, files=files).status == 0
    assert run(("out_a.py",), [], folder).out == run(NEXA, ["run", "a.nx"], folder).out
    ran = run(NEXA, ["run", "a.nx"], folder, files={"nexa.toml": '[run]\nsandbox = "process"\n'})
    assert (ran.status, ran.err) == (0, "")


def test_interrupting_the_program_ends_the_call(folder: Path, tmp_path: Path) -> None:
    python = "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(600)\nreturn ''"
    (folder / "a.nx").write_text(body(python) + MAIN)
    command = [sys.executable, "-m", "nexa.cli", "run", "a.nx"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as process:
        started: list[str] = []
        while not started and process.poll() is None:
            time.sleep(0.05)
            started = [each.read_text().strip() for each in tmp_path.glob("nexa-sandbox-*/printed.txt")]
            started = [each for each in started if each]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.splitlines()[-1]) == (130, b"interrupted: the run was cancelled")
    with pytest.raises(ProcessLookupError):
        os.kill(int(started[0]), 0)
    assert not list(tmp_path.glob("nexa-sandbox-*"))
