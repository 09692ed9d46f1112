"""`nexa test`: run the `test` blocks of programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.errors import Unusable
from nexa.cli.opened import shown, source_of
from nexa.cli.output import say, write_out
from nexa.cli.run import code_of
from nexa.cli.walk import find_files
from nexa.compiler import ast
from nexa.compiler.file import File
from nexa.runtime.errors import NexaError

if TYPE_CHECKING:
    from types import CodeType

    from nexa.runtime.program import Test
    from nexa.runtime.run_options import RunOptions
    from nexa.runtime.tested import Tested

_INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Row:
    """One test as `--json` has it. Lines and columns count from 1, columns in code points."""

    title: str
    status: str
    """`passed`, `failed` or `cancelled`."""
    path: str
    line: int
    column: int
    seconds: float
    error: dict[str, Any] | None
    output: str


@click.command("test")
@click.argument("paths", nargs=-1, metavar="PATH...", required=True)
@click.option("--filter", "part", metavar="TEXT", help="Only tests with TEXT in their title, in any case.")
@click.option("--title", "titles", multiple=True, metavar="TITLE", help="Only the test of this title; may be repeated.")
@click.option("--live", is_flag=True, help="Ask real models; by default answers are made offline.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON array.")
@click.option("--events", type=click.Choice(("jsonl",)), help="Write the events of each test, one JSON line each.")
@click.option("--mock-script", type=click.Path(path_type=Path), metavar="FILE", help="What the offline model answers.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="Take the models' answers from a file.")
@click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count.")
@click.option("--type-mode", type=click.Choice(("strict", "warn", "forgiving")), help="What a wrong type does.")
@click.option("--config", metavar="NAME", help="The config of the .nxs files to use.")
@click.option("--quiet", "-q", is_flag=True, help="Show failures only.")
@click.option("--no-cache", is_flag=True, help="Compile without the cache, and store nothing in it.")
def command(paths: tuple[str, ...], part: str | None, titles: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401  # click's values
    """Run the tests of PATH: files, or folders that are searched for them. Exit status 1 if any fails."""
    found = find_files(paths)
    if found.unreadable:
        raise Unusable("\n".join(f"{shown(one.path)}: {one.reason}" for one in found.unreadable))
    rows: list[Row] = []
    are_sound = True
    for path in found.files:
        code = _code(path, options)
        if code is None:
            are_sound = False
            continue
        for row in _rows(code, lambda test: _is_wanted(test, part, titles), options):
            rows.append(row)
            if row.status == "cancelled":
                return _INTERRUPTED
    if options["as_json"]:
        write_out(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) + "\n")
    elif not options["events"]:
        say(_summary(rows, part, titles))
    return int(not are_sound or any(row.status != "passed" for row in rows))


def _code(path: str, options: dict[str, Any]) -> tuple[CodeType, ...] | None:
    """The program, compiled with its tests; empty where there are none; None where findings keep it from running.

    Of a file of which parts cannot be read nobody knows whether it has tests.
    """
    source = source_of(shown(path), options["harness"])
    file = File.parse(source.path, source.disk.load(source.path) or b"")
    if not file.is_broken and not any(isinstance(item.node, ast.Test) for item in file.items):
        return ()
    return code_of(source, remember=not options["no_cache"], with_tests=True)


def _rows(code: Sequence[CodeType], is_wanted: Callable[[Test], bool], options: dict[str, Any]) -> Iterator[Row]:
    """Run the tests of a program, each in a fresh copy of it, and show how each went."""
    if not code:
        return
    from nexa.runtime.loading import load
    from nexa.runtime.tested import run_test

    tests = load(code).tests
    for number, test in enumerate(tests):
        if is_wanted(test):
            program = load(code)
            try:
                done = run_test(program, program.tests[number], run_options(options))
            except NexaError as mistake:
                raise Unusable(str(mistake)) from None
            row = row_of(program.path, test, done)
            is_shown = row.status != "passed" or not options["quiet"]
            if is_shown and not options["as_json"] and not options["events"]:
                write_out(told(row, done))
            yield row


def row_of(path: str, test: Test, done: Tested) -> Row:
    """How a test went, as `--json` has it."""
    status = "passed" if done.has_passed else "cancelled" if done.outcome.status == "cancelled" else "failed"
    error = None if done.error is None else dict(done.error)
    return Row(test.title, status, path, test.line, test.column, done.seconds, error, done.output)


def _is_wanted(test: Test, part: str | None, titles: Sequence[str]) -> bool:
    return (part is None or part.casefold() in test.title.casefold()) and (not titles or test.title in titles)


def run_options(options: dict[str, Any]) -> RunOptions:
    """The options of a run that is a test: it leaves no record, and asks real models only where that is wanted."""
    from nexa.runtime.run_options import RunOptions

    return RunOptions(
        events=options.get("events") is not None,
        mock=not options["live"],
        mock_script=options["mock_script"],
        type_mode=options["type_mode"],
        config=options["config"],
        store=False,
        replay=options["replay"],
    )


def told(row: Row, done: Tested) -> str:
    """A line for each test; for one that failed also why, and what it printed."""
    mark = {"passed": "✓", "failed": "✗"}.get(row.status, "–")
    lines = [f"{mark} {row.path}: {row.title} ({row.seconds:.2f} s)"]
    if row.status == "failed":
        lines += [f"    {line}" for line in done.report.splitlines()]
        if row.output:
            lines += ["    output:", *(f"      {line}" for line in row.output.splitlines())]
    return "\n".join(lines) + "\n"


def _summary(rows: Sequence[Row], part: str | None, titles: Sequence[str]) -> str:
    if not rows:
        return "No test has such a title." if part or titles else "There are no tests."
    failed = sum(row.status != "passed" for row in rows)
    return f"{len(rows) - failed} passed, {failed} failed." if failed else f"{len(rows)} passed."
