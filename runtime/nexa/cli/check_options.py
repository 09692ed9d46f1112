"""The options of a check: one table for `nexa check` and `nexa-lsp --check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import click

from nexa.cli.formats import FORMATS
from nexa.cli.report import SEVERITIES

_F = TypeVar("_F", bound=Callable[..., Any])

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for; None means that the configuration or the default decides."""

    paths: tuple[str, ...]
    format: str
    output_file: str | None
    select: tuple[str, ...] | None
    ignore: tuple[str, ...] | None
    severity: str
    fix: bool
    diff: bool
    unsafe_fixes: bool
    max_warnings: int | None
    exit_zero: bool
    baseline: str | None
    write_baseline: str | None
    """A file; `""` for that of `baseline`."""
    harness: Literal["strict", "warn", "off"] | None
    config: str | None
    isolated: bool
    watch: bool
    statistics: bool
    no_cache: bool
    jobs: int | None
    quiet: bool
    verbose: bool
    stdin_filename: str | None
    untyped: Literal["error", "warning", "off", "default"] | None = None
    """How parameters without a type count (NX321). By `default` they are warnings unless the configuration says
    something else; None leaves it to the configuration alone."""


class _Codes(click.ParamType):  # type: ignore[type-arg]  # generic in the newest click only
    """Codes or prefixes of codes, with commas between."""

    name = "codes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401  # click's signature
        """`"NX1, NX201"` → `("NX1", "NX201")`."""
        codes = tuple(part.strip().upper() for part in str(value).split(",") if part.strip())
        from nexa.compiler.config_reading import is_code_prefix, is_known_prefix

        for code in codes:
            if not is_code_prefix(code):
                self.fail(f"{code!r} is not a code; codes look like NX303, prefixes like NX3.", param, ctx)
            if not is_known_prefix(code):
                self.fail(f"no code begins with {code!r}; see `nexa explain` for those that there are.", param, ctx)
        return codes


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("paths", nargs=-1, metavar="[PATH]..."),
    click.option(
        "--format", type=click.Choice(FORMATS), help="How to write findings; `full` on a terminal, else `concise`."
    ),
    click.option("--json", "json", is_flag=True, help="The same as --format json."),
    click.option("--output-file", metavar="FILE", help="Write findings there instead of to standard output."),
    click.option(
        "--select",
        type=_Codes(),
        multiple=True,
        metavar="CODES",
        help="Report these codes only; prefixes allowed: NX3.",
    ),
    click.option("--ignore", type=_Codes(), multiple=True, metavar="CODES", help="Do not report these codes."),
    click.option(
        "--severity", type=click.Choice(SEVERITIES), default="warning", show_default=True, help="Report this and above."
    ),
    click.option("--fix", is_flag=True, help="Apply safe fixes, then report what is left."),
    click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="Let --fix and --diff use fixes that may change what a program does."
    ),
    click.option(
        "--max-warnings", type=click.IntRange(min=0), metavar="N", help="Fail if there are more warnings than that."
    ),
    click.option("--exit-zero", is_flag=True, help="Do not fail because of findings."),
    click.option("--baseline", metavar="FILE", help="Report only what is not in this file."),
    click.option(
        "--write-baseline",
        metavar="[FILE]",
        is_flag=False,
        flag_value="",
        help="Write all findings into this file, or that of --baseline, and report none.",
    ),
    click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count."),
    click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest nexa.toml."),
    click.option("--isolated", is_flag=True, help="Read no configuration."),
    click.option("--stdin-filename", metavar="PATH", help="The name of what `-` reads from standard input."),
    click.option("--watch", is_flag=True, help="Check again whenever a file changes."),
    click.option("--statistics", is_flag=True, help="Show the number of findings per code instead of the findings."),
    click.option("--no-cache", is_flag=True, help="Neither read nor write cached results."),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="The number of processes; by default as the work asks for.",
    ),
    click.option("--quiet", "-q", is_flag=True, help="Print findings and errors, nothing else."),
    click.option(
        "--verbose", is_flag=True, help="Report what was read, what came from the cache and how long it took."
    ),
)


def checking(function: _F) -> _F:
    """Give a click command the arguments and options of a check."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def options_of(raw: Mapping[str, Any]) -> Options:
    """The options from click's values. Raises click.UsageError where they contradict each other."""
    values = dict(raw)
    if values.pop("json"):
        if values["format"] not in (None, "json"):
            raise click.UsageError("--json and --format exclude each other.")
        values["format"] = "json"
    for name in ("select", "ignore"):
        values[name] = tuple(code for codes in values[name] for code in codes) if values[name] else None
    values["paths"] = values["paths"] or (".",)
    if values["format"] is None:
        on_terminal = values["output_file"] is None and sys.stdout.isatty()
        values["format"] = "full" if on_terminal else "concise"
    options = Options(**values)
    if problem := _contradiction(options):
        raise click.UsageError(problem)
    return options


def _contradiction(options: Options) -> str | None:
    """Why these options cannot be meant together, if so."""
    stdin = STDIN in options.paths
    rules = (
        (stdin and len(options.paths) > 1, "`-` stands alone: it cannot be checked together with files."),
        (options.stdin_filename is not None and not stdin, "--stdin-filename needs the path `-`."),
        (stdin and options.watch, "--watch cannot watch standard input."),
        (options.watch and (options.fix or options.diff), "--watch does not go with --fix or --diff."),
        (
            options.write_baseline == "" and options.baseline is None,
            "--write-baseline needs a FILE, or --baseline FILE.",
        ),
        (
            (options.write_baseline or "").endswith((".nx", ".nxlib", ".nxs")),
            f"--write-baseline would write over {options.write_baseline}; its file comes first: --write-baseline FILE.",
        ),
        (
            options.write_baseline is not None and (options.fix or options.diff),
            "--write-baseline does not go with --fix or --diff.",
        ),
        (options.isolated and options.config is not None, "--isolated and --config exclude each other."),
        (options.quiet and options.verbose, "--quiet and --verbose exclude each other."),
        (
            options.statistics and options.format not in ("full", "concise", "json"),
            f"--statistics has no {options.format} format; use concise or json.",
        ),
    )
    return next((message for holds, message in rules if holds), None)
