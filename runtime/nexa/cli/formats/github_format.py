"""Workflow commands: GitHub Actions shows them as annotations of the changed lines."""

from __future__ import annotations

from nexa.cli.report import Checked, Report

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}


def render(checked: Checked) -> str:
    """One command a line."""
    return "".join(_command(one) + "\n" for one in checked.reports)


def _command(one: Report) -> str:
    place = one.place
    properties = {"title": f"{one.code} ({one.name})", "file": place.path, "line": str(place.line)}
    properties["endLine"] = str(place.end_line)
    if place.line == place.end_line:  # columns of a range over lines are refused
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = f"{place.path}:{place.line}:{place.column}: {one.code} {one.message}"
    return f"::{_COMMANDS[one.severity]} {listed}::{_text(text)}"


def _text(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _text(value).replace(":", "%3A").replace(",", "%2C")
