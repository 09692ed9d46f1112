"""How the outcome of a check is written: one module per format, each with `render(checked) -> str`.

A module is imported when its format is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from nexa.cli.language import in_chinese, speaks_chinese
from nexa.cli.report import Checked

FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")


def renderer(name: str, *, colour: bool = False) -> Callable[[Checked], str]:
    """The function that writes a format; `colour` matters to those made for terminals."""
    render: Callable[..., str] = import_module(f"nexa.cli.formats.{name}_format").render
    if name not in ("full", "concise"):
        return render
    if speaks_chinese():
        return lambda checked: render(in_chinese(checked), colour=colour)
    return lambda checked: render(checked, colour=colour)
