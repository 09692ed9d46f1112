"""`nexa intent`: hold a program against the features and scenarios that its intent file describes."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.errors import Unusable
from nexa.cli.intents.reading import Feature, IntentError, Scenario, Step, read_intents
from nexa.cli.opened import opened, shown, source_of, stops, tell
from nexa.cli.output import say, write_out
from nexa.cli.test import Row, row_of, run_options, told
from nexa.runtime.errors import NexaError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from nexa.cli.intents.declared import Claim

_INTERRUPTED = 130
_WORDS = ("implements", "supports")

_INTENT = click.option(
    "--intent",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The intent file; by default that beside FILE with the ending .nxintent.",
)


@click.group("intent")
def command() -> None:
    """Test a program against the features and scenarios of its intent file."""


@command.command("check")
@click.argument("file")
@_INTENT
@click.option("--verbose", "-V", is_flag=True, help="Show each step that holds.")
@click.option("--filter", "part", metavar="TEXT", help="Only scenarios with TEXT in their title, in any case.")
@click.option("--live", is_flag=True, help="Ask real models; by default answers are made offline.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as one JSON array.")
@click.option("--mock-script", type=click.Path(path_type=Path), metavar="FILE", help="What the offline model answers.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="Take the models' answers from a file.")
@click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count.")
@click.option("--type-mode", type=click.Choice(("strict", "warn", "forgiving")), help="What a wrong type does.")
@click.option("--config", metavar="NAME", help="The config of the .nxs files to use.")
def check(file: str, intent: Path | None, verbose: bool, part: str | None, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Run the scenarios of an intent file against FILE. Exit status 1 if any fails."""
    path, features = _features(file, intent)
    program = opened(source_of(file, options["harness"]))
    if stops(program):
        return 1
    from nexa.cli.intents.declared import claims
    from nexa.compiler.emit.compiled import compiled

    units = compiled(program.program, shown).units
    wanted = [
        (feature, scenario)
        for feature in features
        for scenario in feature.scenarios
        if part is None or part.casefold() in scenario.title.casefold()
    ]
    said = list(claims(program))
    rows: list[Row] = []
    for feature, scenario in wanted:
        row, text = _run(path, units, feature, scenario, said, verbose=verbose, options=options)
        rows.append(row)
        if not options["as_json"]:
            write_out(text)
        if row.status == "cancelled":
            return _INTERRUPTED
    failed = sum(row.status != "passed" for row in rows)
    if options["as_json"]:
        write_out(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False) + "\n")
    else:
        say(f"{len(rows) - failed} passed, {failed} failed." if rows else "There are no such scenarios.")
    return int(failed > 0)


def _run(
    path: str,
    units: tuple[CodeType, ...],
    feature: Feature,
    scenario: Scenario,
    said: Sequence[Claim],
    *,
    verbose: bool,
    options: dict[str, Any],
) -> tuple[Row, str]:
    """How a scenario went, and what to tell a person of it; each runs in a fresh copy of the program."""
    from nexa.cli.intents.scenarios import test_of
    from nexa.runtime.loading import load
    from nexa.runtime.tested import run_test

    held: list[Step] = []
    implementing = [one.name for one in said if one.feature == feature.id and one.relation == "implements"]
    program = load(units)
    try:
        test = test_of(program, feature, scenario, implementing, held.append)
        done = run_test(program, test, run_options(options))
    except IntentError as mistake:
        raise Unusable(f"{path}:{mistake.line}: {mistake}") from None
    except NexaError as mistake:
        raise Unusable(str(mistake)) from None
    row = row_of(path, test, done)
    steps = "".join(f"    ✓ {step.kind} {step.text}\n" for step in held) if verbose else ""
    first, _, rest = told(row, done).partition("\n")
    return row, f"{first}\n{steps}{rest}"


@command.command("coverage")
@click.argument("file")
@_INTENT
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def coverage(file: str, intent: Path | None, as_json: bool) -> int:
    """List what implements each feature: declarations of FILE below `// @implements: feature`.

    Exit status 1 if nothing implements a feature, or an annotation names none.
    """
    path, features = _features(file, intent)
    program = opened(source_of(file))
    tell(program, program.errors)
    from nexa.cli.intents.declared import claims

    said = list(claims(program))
    known = {one.id for one in features}
    strangers = [one for one in said if one.feature not in known]
    rows = [
        {
            "feature": one.id,
            "title": one.title,
            "path": path,
            "line": one.line,
            "scenarios": len(one.scenarios),
            **{
                word: [asdict(claim) for claim in said if (claim.feature, claim.relation) == (one.id, word)]
                for word in _WORDS
            },
        }
        for one in features
    ]
    missing = [row for row in rows if not row["implements"]]
    if as_json:
        found = {"features": rows, "unknown": [asdict(one) for one in strangers]}
        write_out(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    else:
        write_out("".join(_shown_row(row) for row in rows))
        for one in strangers:
            write_out(f"✗ {one.path}:{one.line}:{one.column}: {path} has no feature `{one.feature}`\n")
        say(f"{len(rows) - len(missing)} of {len(rows)} features are implemented.")
    return int(bool(missing or strangers or program.errors))


def _shown_row(row: dict[str, Any]) -> str:
    lines = [f"{'✓' if row['implements'] else '✗'} {row['feature']} ({_counted(row['scenarios'])})"]
    for word in _WORDS:
        lines += [f"    {word} {one['name']}  {one['path']}:{one['line']}:{one['column']}" for one in row[word]]
    return "\n".join(lines) + "\n"


def _counted(scenarios: int) -> str:
    return f"{scenarios} scenario{'' if scenarios == 1 else 's'}"


def _features(file: str, intent: Path | None) -> tuple[str, list[Feature]]:
    """The path of the intent file as it is written in messages, and what is in it."""
    path = intent or Path(file).with_suffix(".nxintent")
    name = shown(str(path.absolute()))
    try:
        return name, read_intents(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unusable(f"{name}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise Unusable(f"{name}: not UTF-8") from None
    except IntentError as mistake:
        raise Unusable(f"{name}:{mistake.line}: {mistake}") from None
