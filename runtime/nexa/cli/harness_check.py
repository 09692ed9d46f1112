"""`nexa harness-check`: the findings about a program's harness, and which of the six dimensions it has."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.analyse import locator
from nexa.cli.opened import Harness, Opened, opened, shown, source_of
from nexa.cli.output import write_out
from nexa.cli.report import Checked, Place, Report, to_json
from nexa.compiler.visible_secrets import SECRETS_SUFFIX

if TYPE_CHECKING:
    from nexa.compiler.dimensions import Part

VERSION = 1
"""Of the JSON shape."""


@click.command("harness-check")
@click.argument("file")
@click.option(
    "--harness",
    type=click.Choice(("strict", "warn", "off")),
    default="strict",
    show_default=True,
    help="How harness checks count.",
)
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
def command(file: str, harness: Harness, as_json: bool) -> int:
    """Report what FILE and its includes lack of a harness, and which of its six dimensions they use."""
    program = opened(source_of(file, harness))
    # What cannot be read may be missing from the report, so mistakes of syntax belong to it.
    reports = tuple(one for one in program.reports if one.code.startswith(("NX1", "NX5")))
    places = {letter: list(found) for letter, found in _parts(program)}
    if as_json:
        write_out(json.dumps(_as_json(program, harness, reports, places), indent=2, ensure_ascii=False) + "\n")
    else:
        write_out(_findings(program, reports) + "\n".join(_table(program, places)) + "\n")
    return int(any(one.severity == "error" for one in reports))


def _parts(program: Opened) -> Iterator[tuple[str, Iterator[tuple[Part, Place]]]]:
    """The constructs of each dimension with their places, in the order of the files."""
    from nexa.compiler.dimensions import DIMENSIONS, parts_of
    from nexa.compiler.place import moved

    locate = locator(program.project)
    found = [
        (part, locate(path, moved(part.span, start)))
        for path, file in program.program.files.items()
        for start, item in zip(file.starts, file.items, strict=True)
        for part in sorted(parts_of(item), key=lambda part: part.span)
    ]
    for letter in DIMENSIONS:
        yield letter, ((part, place) for part, place in found if part.letter == letter)


def _as_json(
    program: Opened, harness: Harness, reports: tuple[Report, ...], places: dict[str, list[tuple[Part, Place]]]
) -> dict[str, Any]:
    from nexa.compiler.dimensions import DIMENSIONS

    return {
        "version": VERSION,
        "path": shown(program.source.path),
        "harness": harness,
        "used": sum(bool(found) for found in places.values()),
        "dimensions": [
            {
                "letter": letter,
                "name": DIMENSIONS[letter],
                "used": bool(found),
                "parts": [
                    {
                        "what": part.what,
                        "path": shown(place.path),
                        "line": place.line,
                        "column": place.column,
                        "end_line": place.end_line,
                        "end_column": place.end_column,
                    }
                    for part, place in found
                ],
            }
            for letter, found in places.items()
        ],
        "findings": [to_json(one) for one in reports],
    }


def _findings(program: Opened, reports: tuple[Report, ...]) -> str:
    """As `nexa check` shows them, with an empty line behind."""
    if not reports:
        return ""
    from nexa.cli.formats import renderer
    from nexa.cli.terminal import wants_colour

    files = [path for path in program.program.files if not path.endswith(SECRETS_SUFFIX)]
    texts = {shown(path): program.source.disk.load(path) or b"" for path in files}
    write = renderer("full" if sys.stdout.isatty() else "concise", colour=wants_colour(sys.stdout))
    return write(Checked(reports, tuple(texts), texts)) + "\n"


def _table(program: Opened, places: dict[str, list[tuple[Part, Place]]]) -> Iterator[str]:
    from nexa.compiler.dimensions import DIMENSIONS

    entry = shown(program.source.path)
    used = sum(bool(found) for found in places.values())
    yield f"{entry}: {used} of {len(DIMENSIONS)} harness dimensions"
    wide = max(map(len, DIMENSIONS.values()))
    for letter, found in places.items():
        parts = ", ".join(f"{part.what} ({_shortly(place, entry)})" for part, place in found)
        yield f"  {letter}  {DIMENSIONS[letter]:{wide}}  {parts or '-'}"


def _shortly(place: Place, entry: str) -> str:
    """Line and column, in the entry file without its name."""
    path = shown(place.path)
    return f"{place.line}:{place.column}" if path == entry else f"{path}:{place.line}:{place.column}"
