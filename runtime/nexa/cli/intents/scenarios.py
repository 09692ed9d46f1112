"""Runs a scenario: a flow with what is given, and what is expected of its result."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nexa.cli.intents.reading import Feature, IntentError, Scenario, Step
from nexa.runtime.arguments import ArgumentError, read
from nexa.runtime.branching import judged
from nexa.runtime.callables import Flow
from nexa.runtime.errors import AssertionFailed
from nexa.runtime.patterns import describe
from nexa.runtime.program import Program, Test
from nexa.runtime.text import text as text_of

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|“[^”]*”')
_NAMED_VALUE = re.compile(r"`?(\w+)`?\s*(?:=|:|\bis\b)\s*(.+)$")
_EXACT = re.compile(
    r"(?:the |its )?(?:result|answer|reply|output)\s+(is|equals|contains)\s+(\"(?:[^\"\\]|\\.)*\"|“[^”]*”)\.?$"
)
_WORD = re.compile(r"\w+")

Told = Callable[[Step], None]


def test_of(program: Program, feature: Feature, scenario: Scenario, implementing: Sequence[str], told: Told) -> Test:
    """The scenario as a test of the program; `told` hears of each step that has held.

    The flow is the one that a `When` names, else the only one of `implementing`. Raises IntentError.
    """
    flow = _flow_of(program, scenario, implementing, feature)
    args = _arguments(flow, scenario)

    async def body() -> None:
        result = await flow(**args)
        for step in (*scenario.of("given"), *scenario.of("when")):
            told(step)
        for number, step in enumerate(scenario.of("then")):
            await _expect(f"{scenario.title}#{number}", step, result)
            told(step)

    return Test(scenario.title, Flow(scenario.title, body), scenario.line, scenario.column)


def _flow_of(program: Program, scenario: Scenario, implementing: Sequence[str], feature: Feature) -> Flow:
    for step in scenario.of("when"):
        unquoted = _QUOTED.sub("", step.text)
        named = [word for word in _WORD.findall(unquoted) if word in program.flows]
        if named:
            return program.flows[named[0]]
    own = [name for name in implementing if name in program.flows]
    if len(own) == 1:
        return program.flows[own[0]]
    why = "several flows implement" if own else "no flow implements"
    known = ", ".join(program.flows) or "none"
    raise IntentError(
        scenario.line,
        f"no flow to run: {why} `{feature.id}`, and no step says `When … runs` with the name of a flow ({known})",
    )


def _arguments(flow: Flow, scenario: Scenario) -> Mapping[str, Any]:
    """What the steps give: `name is "value"`, or quoted texts for the parameters that have none, in their order."""
    params = {param.name: param for param in flow.params}
    given: dict[str, Any] = {}
    loose: list[tuple[Step, str]] = []
    for step in (*scenario.of("given"), *scenario.of("when")):
        named = _NAMED_VALUE.match(step.text)
        if named and named[1] in params:
            given[named[1]] = _read(step, params[named[1]], _plain(named[2]))
            continue
        quoted = _QUOTED.findall(step.text)
        if not quoted and step.kind == "given":
            known = ", ".join(f"`{name}`" for name in params) or "none"
            raise IntentError(
                step.line,
                f'nothing is given: quote a text, or write `name is "value"` (flow {flow.name} takes {known})',
            )
        loose += [(step, _plain(one)) for one in quoted]
    free = [param for param in flow.params if param.name not in given]
    if len(loose) > len(free):
        raise IntentError(loose[len(free)][0].line, f"more is given than flow {flow.name} takes")
    for param, (step, text) in zip(free, loose, strict=False):
        given[param.name] = _read(step, param, text)
    missing = [param.name for param in flow.params if param.required and param.name not in given]
    if missing:
        listed = ", ".join(f"`{name}`" for name in missing)
        raise IntentError(scenario.line, f"flow {flow.name} needs {listed}: give it with `Given`")
    return given


def _read(step: Step, param: Any, text: str) -> Any:  # noqa: ANN401  # a value of the program
    try:
        return read(param, text)
    except ArgumentError as mistake:
        raise IntentError(step.line, str(mistake)) from None


def _plain(text: str) -> str:
    """What a quoted text says; any other text as it is."""
    if text.startswith("“"):
        return text[1:-1]
    try:
        found = json.loads(text, strict=False)
    except ValueError:
        return text
    return found if isinstance(found, str) else text


async def _expect(node: str, step: Step, result: Any) -> None:  # noqa: ANN401  # a value of the program
    exact = _EXACT.match(step.text)
    if exact is None:
        holds = await judged(node, step.text, result)
    else:
        wanted, found = _plain(exact[2]), text_of(result)
        holds = wanted in found if exact[1] == "contains" else wanted == found
    if not holds:
        raise AssertionFailed(f"line {step.line} does not hold: {step.text} (against {describe(result)})")
