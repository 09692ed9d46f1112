from __future__ import annotations

from harness.cursor import file_of
from nexa.ide.features.runnables import Parameter, kind_of, runnables


def check_runnables(text: str, *expected: str, path: str = "main.nx") -> None:
    """Each as `kind name (parameters)`; the span must be the name as written."""
    file = file_of(text, path)
    found = runnables(file)
    assert [f"{one.kind} {one.name} ({', '.join(map(written, one.params))})" for one in found] == list(expected)
    for one in found:
        assert one.name in file.text[one.span.start : one.span.end].decode()


def written(param: Parameter) -> str:
    return f"{param.name}{f': {param.type}' if param.type else ''}{f' = {param.default}' if param.default else ''}"


def test_flows_and_tests_run():
    check_runnables(
        'flow main { }\nflow study(topic: str, depth: int = 2) { }\ntest "it works" { }\nfn helper() { }\n',
        "flow main ()",
        "flow study (topic: str, depth: int = 2)",
        "test it works ()",
    )


def test_servers_and_jobs_run():
    check_runnables(
        "server 客 8080 { }\nserver 9090 { }\njob Sweep { perform(x: str) { } }\njob Idle { }\n",
        "server 客 ()",
        "server  ()",
        "job Sweep ()",
    )
    check_runnables("server Lobby { }\njob Sweep { perform() { } }\n", path="a.nxlib")


def test_what_a_name_stands_for():
    file = file_of(
        'server Lobby 80 { }\njob Sweep { perform() { } }\ntest "Lobby" { }\nflow Both { }\nserver Both 81 { }\n'
    )
    names = ("Lobby", "Sweep", "Both", "main")
    assert [kind_of(file, name) for name in names] == ["server", "job", "flow", "flow"]


def test_errors_elsewhere_do_not_matter():
    check_runnables(
        "agent { prompt: \nflow main { }\nflow { }\n%%%\nflow other { x = = }\n", "flow main ()", "flow other ()"
    )


def test_flows_of_agents_and_libraries_do_not_run_by_themselves():
    check_runnables("agent A { flow inner() { } }\n")
    check_runnables("flow main { }\n", path="a.nxlib")
