"""`nexa fmt`: programs, libraries and secrets files in the one layout of Nexa."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nexa.cli.batch import little_garbage
from nexa.cli.config import ConfigError, ProjectConfig, config_of
from nexa.cli.diff import unified
from nexa.cli.errors import Unusable
from nexa.cli.guard import INTERNAL_ERROR, report_bug
from nexa.cli.opened import shown
from nexa.cli.output import replace_file, say, write_bytes_out, write_out
from nexa.cli.sources import Unreadable, checked_text, read_source
from nexa.cli.summary import counted
from nexa.cli.terminal import harmless, wants_colour
from nexa.cli.walk import find_files
from nexa.compiler.visible_secrets import SECRETS_SUFFIX

if TYPE_CHECKING:
    from nexa.compiler.format import Formatted

STDIN = "-"


@dataclass(slots=True)
class Outcome:
    """What was done: paths of files that change, the number of those that do not, and what could not be used."""

    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)
    bugs: bool = False

    def status(self, *, asks: bool) -> int:
        """The exit status; `asks` says that a file to change is a finding."""
        if self.bugs:
            return INTERNAL_ERROR
        return 2 if self.unreadable else int(asks and bool(self.changed))


@click.command("fmt")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; name the files that would change, and fail if any does.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, and fail if anything would.")
@click.option("--stdin", is_flag=True, help="Read standard input, write standard output; the same as the path `-`.")
@click.option("--stdin-filename", metavar="PATH", help="The name of what comes from standard input.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
def command(
    paths: tuple[str, ...], *, check: bool, diff: bool, stdin: bool, stdin_filename: str | None, quiet: bool
) -> int:
    """Lay out files. PATHs are files or folders (default: the current one); `-` is standard input.

    Comments and the text of literals are left as they are; so is what cannot be read, and what stands between
    `// nexa: fmt off` and `// nexa: fmt on` or beside `// nexa: fmt skip`.
    """
    if stdin or STDIN in paths:
        if set(paths) - {STDIN}:
            raise click.UsageError("standard input stands alone: it cannot be formatted together with files.")
        return _format_stdin(stdin_filename or "stdin.nx", check=check, diff=diff, quiet=quiet)
    if stdin_filename is not None:
        raise click.UsageError("--stdin-filename needs --stdin.")
    return _format_files(paths or (".",), check=check, diff=diff, quiet=quiet)


def _format_files(paths: tuple[str, ...], *, check: bool, diff: bool, quiet: bool) -> int:
    found = find_files(paths)
    outcome = Outcome(unreadable=found.unreadable)
    configs: dict[str, ProjectConfig | None] = {}
    write = None if check or diff else _write
    with little_garbage():
        for path in found.files:
            text = read_source(path)
            if isinstance(text, Unreadable):
                outcome.unreadable.append(text)
                continue
            after = _formatted(path, text, configs, outcome, quiet=quiet)
            if after is None or after == text:
                outcome.unchanged += after is not None
            elif write is None:
                outcome.changed.append(path)
                _show(path, text, after, diff=diff)
            elif (problem := write(path, text, after)) is not None:
                outcome.unreadable.append(problem)
            else:
                outcome.changed.append(path)
    for one in outcome.unreadable:
        say(f"error: {harmless(shown(one.path))}: {one.reason}")
    if not quiet:
        _say_summary(outcome, asks=write is None)
    return outcome.status(asks=write is None)


def _format_stdin(name: str, *, check: bool, diff: bool, quiet: bool) -> int:
    """The text comes out in any case, so that an editor which pipes it through loses nothing."""
    path = os.path.abspath(name)
    text = checked_text(path, sys.stdin.buffer.read())
    if isinstance(text, Unreadable):
        say(f"error: {harmless(name)}: {text.reason}")
        return 2
    outcome = Outcome()
    after = _formatted(path, text, {}, outcome, quiet=quiet)
    if not (check or diff):
        write_bytes_out(text if after is None else after)
    elif after is not None and after != text:
        outcome.changed.append(path)
        _show(path, text, after, diff=diff)
    return outcome.status(asks=check or diff)


def _formatted(
    path: str, text: bytes, configs: dict[str, ProjectConfig | None], outcome: Outcome, *, quiet: bool
) -> bytes | None:
    """The text in its layout; None after a bug of ours, which is reported. Raises Unusable for a bad configuration."""
    from nexa.compiler.format import formatted
    from nexa.syntax import parse

    try:
        config = config_of(os.path.dirname(path), configs)
    except ConfigError as mistake:
        raise Unusable(str(mistake)) from None
    tree = parse(text, "secrets" if path.endswith(SECRETS_SUFFIX) else "nexa")
    try:
        found = formatted(tree, config.config.format.line_length) if config else formatted(tree)
    except Exception as bug:
        report_bug(bug, f" while formatting {harmless(shown(path))}")
        outcome.bugs = True
        return None
    if not quiet:
        _warn(path, found, lambda offset: tree.lines.line(offset) + 1)
    return found.text


def _warn(path: str, found: Formatted, line_of: Callable[[int], int]) -> None:
    """What was left as it is, and why."""
    name = harmless(shown(path))
    for span in found.broken:
        say(f"warning: {name}:{line_of(span.start)}: left as it is, because it cannot be read; `nexa check` says why")
    for span in found.kept:
        say(f"warning: {name}:{line_of(span.start)}: left as it is, because its layout would change what it says")


def _show(path: str, before: bytes, after: bytes, *, diff: bool) -> None:
    """What would change; of a secrets file only that it would."""
    name = harmless(shown(path))
    if diff and not path.endswith(SECRETS_SUFFIX):
        write_out(unified(name, before, after, colour=wants_colour(sys.stdout)))
    else:
        write_out(f"would reformat {name}\n")


def _write(path: str, before: bytes, after: bytes) -> Unreadable | None:
    """Replace the file, unless somebody else changed it meanwhile; why that could not be done, if so."""
    if read_source(path) != before:
        return Unreadable(path, "changed while it was formatted; left as it is")
    try:
        replace_file(Path(path), after)
    except OSError as mistake:
        return Unreadable(path, f"cannot write the formatted text: {(mistake.strerror or str(mistake)).lower()}")
    return None


def _say_summary(outcome: Outcome, *, asks: bool) -> None:
    changed, unchanged = len(outcome.changed), outcome.unchanged
    if not changed and not unchanged:
        if not outcome.unreadable:
            say("warning: no Nexa files found")
        return
    done = [f"{counted(changed, 'file')} {'would be ' if asks else ''}reformatted"] * bool(changed)
    done += [f"{counted(unchanged, 'file')} left unchanged"] * bool(unchanged)
    say(f"{', '.join(done)}.")
