"""`nexa cache`: what is remembered between runs, and can be found out again."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from nexa.cli.cache import cache_folder
from nexa.cli.errors import Unusable
from nexa.cli.opened import shown
from nexa.cli.output import say
from nexa.runtime.errors import NexaError
from nexa.runtime.history import runs_folder

_CACHES = ("cache",)
_STATE = ("runs", "memory")
"""Folders of a project's state folder that `--state` drops, too. Queued jobs stay: they are work, not memory."""


@click.group("cache")
def command() -> None:
    """Delete what is cached between runs."""


@command.command("clear")
@click.option(
    "--project", metavar="PATH", default=".", help="A file or folder of the project; by default the current one."
)
@click.option("--state", is_flag=True, help="Delete the project's runs and the memories of its agents, too.")
def clear(project: str, state: bool) -> int:
    """Delete results of checks, compiled programs, and answers of models that agents with `cache: true` have kept."""
    checks = cache_folder()
    folders = [] if checks is None else [checks, checks.parent / "run"]
    own = _state_folder(project)
    # By name: a state folder may hold what is not ours.
    folders += [own / name for name in (*_CACHES, *(_STATE if state else ()))]
    dropped = [folder for folder in folders if folder.is_dir()]
    for folder in dropped:
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:  # somebody else has dropped it meanwhile
            continue
        except OSError as error:
            raise Unusable(f"{folder}: {error.strerror or error}") from None
    for folder in dropped:
        say(f"dropped {shown(str(folder.absolute()))}")
    if not dropped:
        say("Nothing is remembered.")
    return 0


def _state_folder(project: str) -> Path:
    if not Path(project).exists():
        raise Unusable(f"{project}: no such file or folder")
    try:
        return runs_folder(Path(project)).parent
    except NexaError as mistake:
        raise Unusable(str(mistake)) from None
