"""`nexa runs`: what has been run, and what happened in a run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.errors import Unusable
from nexa.cli.kept_runs import chosen, kept_runs
from nexa.cli.output import say, write_bytes_out, write_out
from nexa.cli.terminal import harmless

if TYPE_CHECKING:
    from nexa.runtime.history import PastRun


@click.command("runs")
@click.argument("run", required=False, metavar="[RUN]")
@click.option(
    "--project", metavar="PATH", default=".", help="A file or folder of the project; by default the current one."
)
@click.option("--flow", metavar="NAME", help="Only runs of this flow.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many to list.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: an array of runs, or the events of RUN, one a line.")
@click.option("--diff", nargs=2, metavar="A B", help="Compare two runs, node by node.")
@click.option("--path", is_flag=True, help="Show the plan of RUN beside what it did: the nodes of its graph in order.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "mermaid")),
    help="How to write it; mermaid with --path only.",
)
def command(
    run: str | None,
    project: str,
    flow: str | None,
    limit: int,
    as_json: bool,
    diff: tuple[str, str] | None,
    path: bool,
    form: str | None,
) -> int:
    """List the newest runs of a project, or tell what happened in RUN, which the beginning or end of its id names.

    The newest 50 runs are kept, in .nexa/runs. `last` is the newest, `last~1` the one before it.
    """
    as_json = as_json or form == "json"
    if (diff and run) or (path and not run) or (form == "mermaid" and not path):
        raise click.UsageError("--diff takes two runs and nothing else, --path a RUN; mermaid goes with --path.")
    known = [one for one in kept_runs(Path(project)) if flow in (None, one.flow)]
    if diff:
        _compare(chosen(known, diff[0]), chosen(known, diff[1]), as_json=as_json)
    elif run is not None and path:
        _show_path(chosen(known, run), "json" if as_json else form)
    elif run is not None:
        _tell(chosen(known, run), as_json=as_json)
    elif as_json:
        write_out(json.dumps([asdict(one) for one in known[:limit]], indent=2, ensure_ascii=False) + "\n")
    elif known:
        write_out("".join(f"{line}\n" for line in run_table(known[:limit])))
    else:
        say("Nothing has been run here yet.")
    return 0


def _compare(a: PastRun, b: PastRun, *, as_json: bool) -> None:
    from nexa.cli.run_diff import compared, told
    from nexa.runtime.accounts import account_of

    comparison = compared(account_of(Path(a.file)), account_of(Path(b.file)))
    if as_json:
        write_out(json.dumps(comparison, indent=2, ensure_ascii=False) + "\n")
    else:
        write_out("".join(harmless(line) + "\n" for line in told(comparison)))


def _show_path(one: PastRun, form: str | None) -> None:
    from nexa.cli.run_path import drawn, path_of, told
    from nexa.runtime.accounts import account_of

    account = account_of(Path(one.file))
    if form == "json":
        write_out(json.dumps(path_of(account), indent=2, ensure_ascii=False) + "\n")
    elif form == "mermaid":
        text = drawn(account)
        if text is None:
            raise Unusable(f"the plan of the run {one.id} is not kept")
        write_out(text)
    else:
        write_out("".join(harmless(line) + "\n" for line in told(account)))


def run_table(runs: Sequence[PastRun]) -> Iterator[str]:
    """Runs in columns, a line each."""
    rows = [("run", "when", "flow", "status", "time", "tokens", "cost"), *map(_row, runs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(one: PastRun) -> tuple[str, ...]:
    seconds = "" if one.seconds is None else f"{one.seconds:.1f} s"
    cost = "" if one.cost is None else f"${one.cost:.4f}"
    tokens = str(one.input_tokens + one.output_tokens)
    flow = harmless(f"{one.path}: {one.flow}")
    return one.id, _when(one.started), flow, one.status, seconds, tokens, cost


def _when(time: str) -> str:
    """In local time, to the second."""
    try:
        return datetime.fromisoformat(time).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return time


def _tell(one: PastRun, *, as_json: bool) -> None:
    text = Path(one.file).read_bytes()
    if as_json:
        write_bytes_out(text)
        return
    write_out("".join(f"{line}\n" for line in told_lines(one, text)))


def told_lines(one: PastRun, text: bytes) -> Iterator[str]:
    """What happened, for people: `text` are the events of the run."""
    yield harmless(f"{one.path}: {one.flow}, {_when(one.started)}")
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue  # the run was killed while it wrote this
        told = _told(event) if isinstance(event, dict) else None
        if told is not None:
            yield harmless(f"  {told}")


def _told(event: dict[str, Any]) -> str | None:
    """A line for a person; None for what only programs want to know."""
    node = event.get("node")
    match event.get("event"):
        case "node.started":
            return f"▸ {node} {event.get('callee')}"
        case "node.finished":
            replayed = " replayed" if event.get("replayed") else ""
            return f"✓ {node} {event.get('seconds', 0):.2f} s{replayed}: {_short(event.get('output'))}"
        case "node.failed":
            return f"✗ {node}: {_message(event)}"
        case "model.usage":
            return f"  {node} {event.get('input_tokens')} + {event.get('output_tokens')} tokens"
        case "tool.started":
            return f"  {node} tool {event.get('tool')} {_short(event.get('arguments'))}"
        case "print":
            return "\n  ".join(f"| {line}" for line in str(event.get("text")).splitlines())
        case "log":
            return f"{event.get('level')}: {event.get('text')}"
        case "run.finished":
            reason = f": {_message(event)}" if "error" in event else ""
            return f"{event.get('status')} after {event.get('seconds', 0):.2f} s{reason}"
    return None


def _message(event: dict[str, Any]) -> str:
    error = event.get("error")
    return str(error.get("message")) if isinstance(error, dict) else str(error)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"
