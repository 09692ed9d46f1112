"""Reads an intent file: Markdown in which some headings are features and scenarios, and some lines are steps.

    # Feature: orders.status
    People learn where their parcel is.

    ## Scenario: a parcel that is late
    - Given the question "Where is my parcel?"
    - When `answer` runs
    - Then the result contains "parcel"
    - And the customer is not blamed

Whatever else there is, is prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

StepKind = Literal["given", "when", "then"]

_HEADING = re.compile(r"(#{1,6})\s+(?:(Feature|Background|Scenario):)?\s*(.*?)\s*#*\s*$")
_STEP = re.compile(r"\s*(?:[-*]\s+)?(?:\*\*)?(Given|When|Then|And|But)\b(?:\*\*)?\s*(.*?)\s*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_NAMED = re.compile(r"`?([\w.-]+)`?(?:$|\s*[:–—]|\s+-\s)")
_NOT_IN_AN_ID = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a scenario; `line` counts from 1."""

    kind: StepKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A heading with the steps below it. `line` and `column` are the place of its title, counted from 1."""

    title: str
    line: int
    column: int
    steps: list[Step] = field(default_factory=list)

    def of(self, kind: StepKind) -> Iterator[Step]:
        """Its steps of a kind."""
        return (step for step in self.steps if step.kind == kind)


@dataclass(frozen=True, slots=True)
class Feature:
    """What `@implements` names by `id`."""

    id: str
    title: str
    line: int
    column: int
    scenarios: list[Scenario] = field(default_factory=list)


class IntentError(Exception):
    """An intent file that makes no sense, and where: `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_intents(text: str) -> list[Feature]:
    """The features of an intent file. Raises IntentError."""
    features: list[Feature] = []
    background: list[Step] = []
    steps: list[Step] | None = None  # of what the next step belongs to
    fence = ""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if fenced := _FENCE.match(line):
            fence = "" if fence and fenced[1].startswith(fence) else fence or fenced[1]
        elif fence:
            continue
        elif heading := _HEADING.match(line):
            steps = None
            kind, title, column = heading[2], heading[3], heading.start(3) + 1
            if kind == "Feature":
                features.append(_feature(features, title, number, column))
                background = []
            elif kind is not None and not features:
                raise IntentError(number, f"{kind.lower()} without a feature: begin with `# Feature: name`")
            elif kind == "Background":
                steps = background
            elif kind == "Scenario":
                made = Scenario(title or f"scenario in line {number}", number, column, [*background])
                features[-1].scenarios.append(made)
                steps = made.steps
        elif (step := _STEP.match(line)) and steps is not None:
            steps.append(_step(steps, step[1].lower(), step[2], number))
    return features


def _feature(known: list[Feature], title: str, line: int, column: int) -> Feature:
    named = _NAMED.match(title)
    name = named[1] if named else _NOT_IN_AN_ID.sub("-", title.casefold()).strip("-")
    if not name:
        raise IntentError(line, "a feature without a name: write `# Feature: name`")
    twice = next((one for one in known if one.id == name), None)
    if twice is not None:
        raise IntentError(line, f"feature `{name}` is described in line {twice.line} already")
    return Feature(name, title, line, column)


def _step(before: list[Step], word: str, text: str, line: int) -> Step:
    if word in ("and", "but"):
        if not before:
            raise IntentError(line, f"`{word.title()}` continues nothing: begin with `Given`, `When` or `Then`")
        return Step(before[-1].kind, text, line)
    kinds: dict[str, StepKind] = {"given": "given", "when": "when", "then": "then"}
    return Step(kinds[word], text, line)
