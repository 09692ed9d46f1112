"""The boundary of emitter and runtime for tests: Nexa text and a script of answers in, what the program did out.

Every program is run twice, compiled and as the text that `nexa build` writes: both must do the same.
"""

from __future__ import annotations

import asyncio
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from harness.findings import project_of
from nexa.compiler.emit.compiled import compiled
from nexa.compiler.emit.printed import printed
from nexa.compiler.program import Program as Analysed
from nexa.compiler.rule import Severity
from nexa.runtime.catching import kind_of
from nexa.runtime.config import Settings
from nexa.runtime.loading import UNITS, load
from nexa.runtime.program import Program
from nexa.runtime.testing import FakeHuman, Result, ScriptedModel, run_flow

ENTRY = "main.nx"


def analysed(text: str, files: Mapping[str, str] | None = None, *, mistyped: bool = False) -> Analysed:
    """The program of a text that has no errors; `mistyped` if the types may say that it fails."""
    project = project_of({**(files or {}), ENTRY: text})
    findings = [*(project.findings(ENTRY) or ()), *project.run_findings(ENTRY)]
    wrong = [(one.code, one.message) for one in findings if one.severity is Severity.ERROR]
    wrong = [one for one in wrong if not (mistyped and (one[0].startswith("NX3") or one[0] == "NX213"))]
    assert not wrong, wrong
    return project.program(ENTRY)


def run_text(
    text: str,
    answers: Sequence[Any] = (),
    *,
    judgements: Sequence[Any] = (),
    flow: str = "main",
    named: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    lines: Sequence[str] = (),
    settings: Settings | None = None,
    in_order: bool = True,
) -> Result:
    """What a program does: its scripts, then the flow. `answers` are those of its agents' models, in order.

    Without `in_order` nobody can say which of its nodes comes first: some run in threads.
    """
    program = analysed(text, files, mistyped=True)
    results = [
        _run(make, answers, judgements, flow, named or {}, lines, settings)
        for make in (lambda: load(compiled(program).units), lambda: _built(printed(program)))
    ]
    first, second = (_summary(result, in_order=in_order) for result in results)
    assert first == second, "what is built does something else than what is run"
    if results[0].error is None:
        analysed(text, files)  # what ends well, the types must allow
    return results[0]


def _run(
    make: Callable[[], Program],
    answers: Sequence[Any],
    judgements: Sequence[Any],
    flow: str,
    named: Mapping[str, Any],
    lines: Sequence[str],
    settings: Settings | None,
) -> Result:
    program = make()

    async def whole() -> Any:
        for script in program.scripts:
            await script()
        return await program.flows[flow](**named) if flow in program.flows else None

    result = run_flow(
        whole,
        model=ScriptedModel(answers, judgements=judgements),
        human=FakeHuman(lines),
        settings=settings or Settings(offline=True, type_mode="forgiving"),
    )
    if isinstance(result.error, asyncio.CancelledError):
        raise result.error
    return result


def _built(text: str) -> Program:
    module = ModuleType("nexa_program")
    module.__file__ = "out_main.py"
    sys.modules["nexa_program"] = module
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        code = compile(text, "out_main.py", "exec")
        vars(module)[UNITS] = (code,)  # in place of the file, which a sandbox would read
        exec(code, module.__dict__)
    return module.__dict__["nexa_program"]


def _summary(result: Result, *, in_order: bool) -> tuple[Any, ...]:
    from nexa.runtime.text import text

    shown = text(result.value) if not callable(result.value) else "callable"
    nodes = [(line["event"], line.get("node")) for line in result.events if line["event"].startswith("node.")]
    return (
        shown,
        result.error and (kind_of(result.error), str(result.error)),
        result.printed,
        nodes if in_order else sorted(nodes),
    )


def check_prints(text: str, expected: str, answers: Sequence[Any] = (), **more: Any) -> Result:
    """A program prints exactly this, and ends well."""
    result = run_text(text, answers, **more)
    if result.error is not None:
        raise result.error
    assert result.printed == expected
    return result


def check_value(body: str, expected: Any, answers: Sequence[Any] = (), **more: Any) -> Result:
    """The body of a flow `main` yields this value."""
    result = run_text(f"flow main {{\n{body}\n}}" if "flow main" not in body else body, answers, **more)
    if result.error is not None:
        raise result.error
    assert result.value == expected
    return result


def check_fails(text: str, kind: str, message: str = "", answers: Sequence[Any] = (), **more: Any) -> BaseException:
    """A program ends with an error of this kind, whose message holds this."""
    result = run_text(text if "flow main" in text else f"flow main {{\n{text}\n}}", answers, **more)
    assert result.error is not None, f"it ended well with {result.value!r}"
    assert kind_of(result.error) == kind, repr(result.error)
    assert message in str(result.error)
    return result.error
