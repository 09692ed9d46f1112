"""The standard library and the predeclared names: what they do, and that they are what the compiler's table says."""

import asyncio
import inspect
import io
import os
import sys
import time
from contextlib import contextmanager
from types import ModuleType

import pytest
from aiohttp import web

from harness.stages import Stage, Started
from nexa.compiler.builtins import ERRORS, FILTERS, MEMBERS, NO_PARENTHESES, PREDECLARED, STD
from nexa.runtime.callables import call
from nexa.runtime.duration import Duration
from nexa.runtime.enums import Ok, Option, enum, make_variant
from nexa.runtime.errors import Exit, NexaError, PatternMatchError, TemplateError, ToolError
from nexa.runtime.filters import FILTERS as RUNTIME_FILTERS
from nexa.runtime.human import Human
from nexa.runtime.methods import WITHOUT_PARENTHESES, methods_of
from nexa.runtime.predeclared import builtins
from nexa.runtime.run import enter
from nexa.runtime.std import std
from nexa.runtime.structs import Struct
from nexa.runtime.testing import FakeClock
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT, Secret

Colour = enum("Colour", {"Red": None, "Mixed": ("of", "share")})


class Placed(Struct):
    x: int
    y: int = 0


@pytest.fixture(autouse=True)
def started():
    with Started() as found:
        found.run.module = sys.modules[__name__]  # as if it were the program
        yield found


def functions():
    """Every function of the compiler's tables: how it is found, and what the compiler thinks of it."""
    for namespace, entries in STD.items():
        for name, entry in entries.items():
            yield f"{namespace}.{name}", entry
    for name, entry in PREDECLARED.items():
        yield name, entry


def find(path):
    value = builtins
    for name in path.split("."):
        value = getattr(value, f"{name}_" if name == "del" else name)
    return value


@pytest.mark.parametrize(("path", "entry"), [pytest.param(*row, id=row[0]) for row in functions()])
def test_every_name_of_the_compilers_table_is_there(path, entry):
    value = find(path)
    if entry.params is None or path.startswith("std.template.filter_"):
        return
    parameters = list(inspect.signature(value).parameters.values())
    wanted = [one.name for one in entry.params if not one.variadic]
    assert [one.name for one in parameters if one.kind is not one.VAR_POSITIONAL] == wanted
    for one in entry.params:
        if one.default not in (None, "{}", "[]"):
            default = next(each.default for each in parameters if each.name == one.name)
            assert default == {"true": True, "false": False, "null": None}.get(one.default, default)
            assert repr(default).strip("'\"") == one.default.strip("\"'") or one.default in ("true", "false", "null")


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_takes_what_the_compilers_table_says(name):
    parameters = list(inspect.signature(RUNTIME_FILTERS[name]).parameters.values())
    wanted = [one.name for one in FILTERS[name].params]
    assert [one.name for one in parameters][1 : len(wanted) + 1] == wanted
    assert FILTERS.keys() == RUNTIME_FILTERS.keys()


@pytest.mark.parametrize("value", ["", [], {}], ids=["str", "list", "dict"])
def test_every_method_takes_what_the_compilers_table_says(value):
    declared, built_in = MEMBERS[type_name(value)], methods_of(value)
    for name, entry in declared.items():
        parameters = list(inspect.signature(built_in[name]).parameters)
        assert (name, parameters[1:]) == (name, [one.name for one in entry.params]) or name in ("first", "last")
    assert WITHOUT_PARENTHESES == NO_PARENTHESES


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_is_predeclared(name):
    assert issubclass(find(name), Exit if name == "Exit" else NexaError)


@pytest.mark.parametrize("path", ["std.fs.nope", "std.nope"])
def test_what_is_nowhere(path):
    with pytest.raises(NexaError, match="there is no"):
        find(path)


def test_short_names_are_the_long_ones():
    assert std.fs.read is std.fs.file_read
    assert std.time.now is std.time.time_now


CALLS = [
    ("std.text.split", ("a,b,c", ",", 1), ["a", "b,c"]),
    ("std.text.split", ("a\nb",), ["a", "b"]),
    ("std.text.replace", ("aaa", "a", "b", 2), "bba"),
    ("std.text.upper", ("ß",), "SS"),
    ("std.json.parse", ('{"a": [1, null]}',), {"a": [1, None]}),
    ("std.json.get", ('{"a": [{"b c": 1}]}', "a[0]['b c']"), 1),
    ("std.json.get", ({"a": {"b": [5, 6]}}, "a.b.1"), 6),
    ("std.json.get", ({"a": [1, 2]}, "$.a[-1]"), 2),
    ("std.json.stringify", ({"a": "ü"},), '{\n  "a": "ü"\n}'),
    ("std.json.stringify", ([1], 0), "[1]"),
    ("std.hash.md5", ("a",), "0cc175b9c0f1b6a831c399e269772661"),
    ("std.hash.sha256", ("",), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("std.hash.base64_encode", ("ü",), "w7w="),
    ("std.hash.base64_decode", ("w7w=",), "ü"),
    ("std.math.calc", ("2 * (3 + 4) ^ 2",), 98.0),
    ("std.math.calc", ("sqrt(16) + max(1, 2) - -1",), 7.0),
    ("std.math.calc", ("7 // 2 + 7 % 4",), 6.0),
    ("std.math.random", (3, 3), 3),
    ("std.regex.match", (r"(\d)(\d)", "a12b34"), ["12", "34"]),
    ("std.regex.match", ("A", "a", "i"), ["a"]),
    ("std.regex.replace", (r"(\w)-(\w)", r"\2\1", "a-b"), "ba"),
    ("std.time.diff", ("2024-01-01", "2024-01-02", "hours"), 24.0),
    ("std.time.diff", ("2024-01-01T00:00:10", "2024-01-01T00:00:00"), -10.0),
    ("std.time.format", ("2024-03-05T06:07:08", "%d.%m."), "05.03."),
    ("std.string.interpolate", ("a #{x} #{y.z | upper} \\#{x}", {"x": 1, "y": {"z": "b}"}}), "a 1 B} #{x}"),
    ("std.null_coalesce.apply", (None, 1), 1),
    ("std.null_coalesce.apply", ("", 1), ""),
    ("std.pipe.apply", (str.upper, "a"), "A"),
    ("std.match.pattern", ([1, {"k": "v"}], "[n, {k, ..}]"), {"n": 1, "k": "v"}),
    ("std.match.pattern", ([1, 2, 3], "[1, ..rest]"), {"rest": [2, 3]}),
    ("std.match.pattern", (Ok((1, -2.5)), "Result::Ok((x, -2.5))"), {"x": 1}),
    ("std.match.pattern", ({"a b": 'q"'}, '{\'a b\': "q\\""}'), {}),
    ("std.match.pattern", (1, "2"), None),
    ("std.match.variant", ("Colour", "Red"), make_variant(Colour, "Red")),
    ("std.match.variant", ("Colour", "Mixed", ["blue", 2]), make_variant(Colour, "Mixed", "blue", 2)),
    ("std.match.variant", ("Option", "Some", 1), Option.variants["Some"](1)),
    ("std.struct.lookup", ("Placed",), {"name": "Placed", "fields": ["x", "y"]}),
    ("std.struct.make_struct", ("Placed", {"x": 1}), Placed(1)),
    ("std.struct.lookup", ("Nope",), None),
    ("std.enum.lookup", ("Colour",), {"name": "Colour", "variants": {"Red": [], "Mixed": ["of", "share"]}}),
    ("std.template.render", ("{{a | upper}}", {"a": "x"}), "X"),
    ("std.template.filter_apply", ("abc", "truncate", 2, ""), "ab"),
    ("std.template.filter_number", (1.234, 1), "1.2"),
    ("std.template.agent_prompt", (Stage("Bo"), "{{agent.name}}: {{x}}", {"x": 1}), "Bo: 1"),
    ("str", (1.5,), "1.5"),
    ("int", (" 12 ",), 12),
    ("int", (3.9,), 3),
    ("int", (Duration(90),), 90),
    ("float", ("1e3",), 1000.0),
    ("bool", ([],), False),
    ("list", ("ab",), ["a", "b"]),
    ("list", (), []),
    ("dict", ([("a", 1)],), {"a": 1}),
    ("dict", (Placed(1),), {"x": 1, "y": 0}),
    ("len", ({"a": 1},), 1),
    ("len", (Placed(1),), 2),
    ("range", (3,), [0, 1, 2]),
    ("range", (1, 7, 3), [1, 4]),
    ("range", (3, 0, -1), [3, 2, 1]),
    ("min", (3, 1), 1),
    ("max", (["a", "b"],), "b"),
    ("sum", ([1, 2.5],), 3.5),
    ("sum", ([],), 0),
    ("abs", (-2,), 2),
    ("round", (2.345, 1), 2.3),
    ("round", (2.5,), 2),
    ("sorted", ([3, 1],), [1, 3]),
    ("sorted", (["bb", "a"], len), ["a", "bb"]),
    ("reversed", ([1, 2],), [2, 1]),
    ("zip", ([1, 2], "ab"), [(1, "a"), (2, "b")]),
    ("enumerate", (["a"],), [(0, "a")]),
    ("map", ([1, 2], lambda n: n + 1), [2, 3]),
    ("filter", ([0, 1], lambda n: n), [1]),
    ("any", ([0, ""],), False),
    ("all", ([],), True),
    ("type_of", (None,), "null"),
    ("matches", ("order 12", r"\d+"), True),
    ("merge", ({"a": 1}, {"b": 2}), {"a": 1, "b": 2}),
    ("merge", ([1], [2]), [1, 2]),
    ("merge", ("a", 1), "a\n\n1"),
    ("render", ("{{x}}", {"x": 1}), "1"),
    ("parallel", ([lambda: 1, lambda: 2],), [1, 2]),
    ("sleep_ms", (0,), UNIT),
    ("env", ("NEXA_TEST_UNSET", "d"), "d"),
    ("reflect", ("note",), UNIT),
    ("join", (Stage("A"), Stage("B")), ["A(ambient)", "B(ambient)"]),
]


@pytest.mark.parametrize(("path", "args", "expected"), CALLS)
async def test_calls(path, args, expected):
    value = await call(find(path), *args)
    assert value == expected
    assert type(value) is type(expected)


REFUSED = [
    ("std.json.parse", ("{",), "ToolError"),
    ("std.json.get", ({"a": 1}, "b"), "ToolError"),
    ("std.json.get", ({"a": 1}, "a["), "ToolError"),
    ("std.hash.base64_decode", ("?",), "ToolError"),
    ("std.math.calc", ("__import__('os')",), "ToolError"),
    ("std.math.calc", ("9 ** 9 ** 9",), "ToolError"),
    ("std.math.calc", ("1 / 0",), "ToolError"),
    ("std.math.calc", ("(" * 500,), "ToolError"),
    ("std.math.calc", ("True + 1",), "ToolError"),
    ("std.math.calc", ("sqrt(-1)",), "ToolError"),
    ("std.math.random", (2, 1), "ToolError"),
    ("std.regex.match", ("(", "a"), "ToolError"),
    ("std.regex.match", ("a", "a", "q"), "ToolError"),
    ("std.regex.replace", ("a", r"\9", "a"), "ToolError"),
    ("std.time.diff", ("soon", "2024-01-01"), "ToolError"),
    ("std.time.diff", ("2024-01-01", "2024-01-02", "moons"), "ToolError"),
    ("std.text.split", ("a", ""), "ToolError"),
    ("std.match.pattern", (1, "[a"), "ToolError"),
    ("std.match.pattern", (1, "a b"), "ToolError"),
    ("std.match.pattern", (1, "%"), "ToolError"),
    ("std.match.destructure", (1, "[a]"), "PatternMatchError"),
    ("std.match.variant", ("Colour", "Nope"), "ToolError"),
    ("std.match.variant", ("Nope", "Red"), "ToolError"),
    ("std.struct.make_struct", ("Placed", {"z": 1}), "ToolError"),
    ("std.string.interpolate", ("#{x", {}), "TemplateError"),
    ("int", ("x",), "ValueError"),
    ("int", (float("inf"),), "ValueError"),
    ("float", (None,), "ValueError"),
    ("len", (3,), "TypeViolation"),
    ("list", (3,), "TypeViolation"),
    ("min", ([],), "ValueError"),
    ("max", (1, "a"), "TypeViolation"),
    ("sorted", ([1, "a"],), "TypeViolation"),
    ("range", (1.5,), "TypeViolation"),
    ("range", (1, 2, 0), "ValueError"),
    ("matches", ("a", "("), "ToolError"),
    ("race", ([],), "ConcurrencyError"),
]


@pytest.mark.parametrize(("path", "args", "kind"), REFUSED)
async def test_calls_that_are_refused(path, args, kind):
    with pytest.raises(NexaError) as caught:
        await call(find(path), *args)
    assert caught.value.kind == kind
    assert caught.value.message


async def test_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fs = std.fs
    assert fs.write("a.txt", "one\r\none\n") == 9
    assert fs.append("a.txt", "ü") == 1
    assert fs.read("a.txt") == "one\r\none\nü"
    assert fs.edit("a.txt", "one", "two") == 1
    assert fs.edit("a.txt", "o", "0", 0) == 2
    assert (fs.exists("a.txt"), fs.exists("b.txt"), fs.exists("a\0b")) == (True, False, False)
    (tmp_path / "sub").mkdir()
    assert fs.list(".") == ["a.txt"]
    assert fs.list(str(tmp_path), "*.txt") == [(tmp_path / "a.txt").as_posix()]
    assert fs.delete("a.txt") is True
    assert fs.delete("a.txt") is False


@pytest.mark.parametrize(
    ("name", "args"),
    [("read", ("none.txt",)), ("read", (".",)), ("read", ("bad.bin",)), ("read", ("bad.bin", "nope-8")),
     ("read", ("a\0b",)), ("write", ("no/where.txt", "x")), ("list", ("none",)), ("edit", ("bad.bin", "", "x")),
     ("delete", (".",)), ("edit", ("ok.txt", "absent", "x"))],
)  # fmt: skip
def test_file_errors_say_which_file(tmp_path, monkeypatch, name, args):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.bin").write_bytes(b"\xff")
    (tmp_path / "ok.txt").write_bytes(b"ok")
    with pytest.raises(ToolError) as caught:
        getattr(std.fs, name)(*args)
    assert args[0] in caught.value.message


def test_searching_code(tmp_path):
    for name, content in (("a.nx", b"flow main"), ("sub/b.nx", b"flow other"), (".git/c", b"flow"), ("d", b"\xffflow")):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    assert std.code.search_files(r"^flow", str(tmp_path)) == [
        (tmp_path / "a.nx").as_posix(),
        (tmp_path / "sub/b.nx").as_posix(),
    ]
    assert std.code.list_directory(str(tmp_path)) == [".git/", "a.nx", "d", "sub/"]
    for name, args in (("search_files", ("(",)), ("search_files", ("a", "none")), ("list_directory", ("none",))):
        with pytest.raises(ToolError):
            getattr(std.code, name)(*args)


async def test_the_shell(tmp_path):
    python = sys.executable
    assert await std.shell.exec(f"{python} -c pass") == ""
    script = tmp_path / "say.py"
    script.write_text("import sys; print(sys.argv[1]); print('oh', file=sys.stderr); sys.exit(len(sys.argv) - 2)")
    assert (await std.shell.exec(f"{python} {script} 'a b'")).strip() == "a b"
    with pytest.raises(ToolError, match="status 1: oh"):
        await std.shell.exec(f"{python} {script} a b")
    for command in ("echo a; echo b", "echo $HOME", "cat < x", "a | b", "", "no-such-command-anywhere"):
        with pytest.raises(ToolError):
            await std.shell.exec(command)
    assert (await std.shell.exec("echo a && echo b", unsafe=True)).split() == ["a", "b"]
    assert std.shell.which("no-such-command-anywhere") is None


async def test_a_command_that_takes_too_long_is_ended(tmp_path):
    script = tmp_path / "wait.py"
    script.write_text("import time; time.sleep(60)")
    with pytest.raises(ToolError) as caught:
        await std.shell.exec(f"{sys.executable} {script}", timeout=0.05)
    assert caught.value.kind == "timeout"


@pytest.mark.skipif(os.name != "posix", reason="a shell of another kind")
async def test_what_a_command_has_started_is_ended_with_it(tmp_path):
    script = tmp_path / "wait.py"
    script.write_text("import time, pathlib; time.sleep(1.5); pathlib.Path('late').write_text('')")
    started = time.monotonic()
    with pytest.raises(ToolError) as caught:
        await std.shell.exec(f"cd {tmp_path} && {sys.executable} {script} | cat", timeout=0.5, unsafe=True)
    assert caught.value.kind == "timeout"
    await asyncio.sleep(max(0.0, 2.5 - (time.monotonic() - started)))
    assert not (tmp_path / "late").exists()


@pytest.fixture
async def server():
    over = asyncio.Event()

    async def answer(request):
        if request.path == "/missing":
            return web.Response(status=404, text="no such page")
        if request.path == "/slow":
            await over.wait()
        return web.json_response(
            {"method": request.method, "body": await request.text(), "key": request.headers.get("x-key"),
             "type": request.headers.get("Content-Type", "")}
        )  # fmt: skip

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    over.set()
    await runner.cleanup()


async def test_http(server):
    key = Secret("s3cr3t")
    got = std.json.parse(await std.http.get(f"{server}/", {"x-key": key}))
    assert (got["method"], got["key"]) == ("GET", "s3cr3t")
    posted = std.json.parse(await std.http.post(f"{server}/", {"k": key, "n": [1]}))
    assert (posted["body"], posted["type"]) == ('{"k": "s3cr3t", "n": [1]}', "application/json")
    put = std.json.parse(await std.http.put(f"{server}/", "plain", content_type="text/plain"))
    assert (put["method"], put["body"], put["type"]) == ("PUT", "plain", "text/plain")
    assert std.json.parse(await std.http.delete(f"{server}/"))["method"] == "DELETE"


async def test_http_failures(server, started):
    with pytest.raises(ToolError, match="status 404: no such page"):
        await std.http.get(f"{server}/missing")
    with pytest.raises(ToolError) as slow:
        await std.http.get(f"{server}/slow", timeout=Duration(0.05))
    assert slow.value.kind == "timeout"
    for url in ("http://127.0.0.1:1/", "nonsense"):
        with pytest.raises(ToolError):
            await std.http.get(url)


async def test_an_offline_run_never_touches_the_network(server):
    with Started(offline=True), pytest.raises(ToolError) as caught:
        await std.http.get(server)
    assert caught.value.kind == "offline"


async def test_time_is_that_of_the_runs_clock(started):
    started.run.clock = clock = FakeClock(1_000_000_000.5)
    assert std.time.timestamp() == 1_000_000_000
    assert std.time.now("%Y") == "2001"
    await std.time.sleep(Duration(60))
    await builtins.sleep_ms(1500)
    assert clock.slept == [60.0, 1.5]


def test_print(started):
    builtins.print(1, None, [Secret("s3cr3t")], sep="|", end="!")
    assert started.events("print")[0]["text"] == '1||["***"]!'


async def test_input_and_asking_a_human(started):
    started.run.human = Human(started.run.announce_input, stdin=io.StringIO("Ada\n\n"))
    assert await builtins.input("name? ") == "Ada"
    assert await std.ask_human.ask_human("who?", "nobody") == "nobody"
    with pytest.raises(NexaError) as ended:
        await builtins.input()
    assert ended.value.kind == "EndOfInput"
    with pytest.raises(ToolError):
        await std.ask_human.call("who?")
    assert [line["prompt"] for line in started.events("input.requested")][:2] == ["name? ", "who? "]


def test_ui_prints_plain_text(started):
    std.ui.banner("Hi", "sub")
    std.ui.panel("a\nb", "T")
    std.ui.success("done")
    std.ui.agent_reply("Bo", "yes")
    printed = "".join(line["text"] for line in started.events("print"))
    assert printed == "Hi\n==\nsub\nT\n| a\n| b\n✓ done\nBo: yes\n"


def test_exit_and_secrets(started):
    with pytest.raises(Exit) as left:
        builtins.exit(3)
    assert left.value.code == 3
    assert str(builtins.secret("NOWHERE", "fallback")) == "***"
    with pytest.raises(NexaError):
        builtins.secret("NOWHERE")


def test_templates_from_files(tmp_path):
    (tmp_path / "page.txt").write_text("{{> head}}{{x}}")
    (tmp_path / "head.txt").write_text("[{{x}}] ")
    made = std.template.template(str(tmp_path / "page.txt"))
    assert std.template.render_compiled(made, {"x": 1}) == "[1] 1"
    with pytest.raises(ToolError):
        std.template.compile(str(tmp_path / "none.txt"))


def test_templates_of_agents():
    agent = Stage("Bo")
    std.template.agent_register(agent, "{{greeting}} from Bo")
    assert std.template.agent_list() == ["Bo"]
    assert std.template.agent_slot_fill(agent, {"greeting": "hi"}) == "hi from Bo"
    with pytest.raises(TemplateError):
        std.template.agent_register(agent, "{{")


def test_registries_last_for_one_run():
    std.struct.register_struct("Pair", ["a", "b"])
    std.enum.register_enum("State", {"On": None, "Off": "why"})
    std.trait.register_trait("Shown", ["show"])
    std.trait.register_impl("Shown", "Pair", {"show": None})
    assert std.struct.make_struct("Pair", {"a": 1, "b": 2}).a == 1
    assert std.enum.make_variant("State", "Off", "late").payload == ("late",)
    assert std.trait.summary() == {"Shown": ["Pair"]}
    refused = [
        (std.struct.register_struct, ("X", 3)),
        (std.enum.register_enum, ("X", [1])),
        (std.trait.register_impl, ("Shown", "X", {})),
        (std.trait.register_impl, ("No", "X", {})),
    ]
    for register, args in refused:
        with pytest.raises(ToolError):
            register(*args)
    with Started():
        assert std.trait.summary() == {}


async def test_race_takes_the_first_success_and_cancels_the_rest():
    log, never = [], asyncio.Event()
    slow = Stage("S", gate=never, log=log)

    async def fails():
        raise ToolError("no")

    async def wins():
        await asyncio.sleep(0)
        return "won"

    assert await builtins.race([lambda: slow.run(1), fails, wins]) == "won"
    assert log == ["+S", "xS"]
    with pytest.raises(NexaError, match="no"):
        await builtins.race([fails, fails])


def test_pattern_errors_are_of_their_kind():
    with pytest.raises(PatternMatchError):
        std.match.destructure(1, "(a, b)")


def test_namespaces_offer_their_functions_as_tools():
    tools = {tool.name: tool for tool in std.json.tools()}
    assert list(tools) == ["json_parse", "json_get", "json_stringify"]
    assert tools["json_parse"].parameters.schema["required"] == ["text"]
    assert tools["json_parse"].description


def test_structs_and_enums_are_those_of_the_program_that_asks():
    async def looked_up():
        return (
            std.struct.lookup("Placed"),
            std.struct.lookup("Other"),
            std.enum.lookup("Colour"),
            std.enum.lookup("Shade"),
        )

    def program(text):
        module = ModuleType("a_program")
        exec(text, module.__dict__)
        return module

    first = program("from nexa.runtime.structs import Struct\nclass Placed(Struct):\n    a: int\n")
    second = program(
        "from nexa.runtime.structs import Struct\nfrom nexa.runtime.enums import enum\n"
        "class Other(Struct):\n    b: int\nShade = enum('Shade', {'Dark': None})\n"
    )
    with Started() as one, Started() as other:
        one.run.module, other.run.module = first, second
        with entered_run(one.run):
            assert asyncio.run(looked_up()) == ({"name": "Placed", "fields": ["a"]}, None, None, None)
        with entered_run(other.run):
            assert asyncio.run(looked_up()) == (
                None,
                {"name": "Other", "fields": ["b"]},
                None,
                {"name": "Shade", "variants": {"Dark": []}},
            )


@contextmanager
def entered_run(run):
    leave = enter(run)
    try:
        yield
    finally:
        leave()
