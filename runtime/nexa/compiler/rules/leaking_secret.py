"""A secret goes where it may be seen.

What `secret(…)` gives is shown as `***` wherever it becomes text, so a message that holds it is of no use, and an
agent's model cannot work with it. Tools, headers of `std.http`, `std.auth` and Python blocks get the real text: let a
tool do what needs the secret, and hand on what comes of it.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        let key = secret("API_KEY")
        print(key)
            //^^^ NX602: secret may leak into `print`
        print("key: #{key}")
                    //^^^ NX602: secret may leak into an interpolation
        Ann.run(key)
              //^^^ NX602: secret may leak into an agent's input
    }

Good:

    @tool("Look up the limits")
    fn limits(key: secret) -> str {
        return std.http.get("https://limits.example.org/v1", {"authorization": key}) otherwise ""
    }

    flow main {
        print(limits(secret("API_KEY")))
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: where the secret goes."""
    (sink,) = cast("tuple[str]", told.words)
    yield Draft(told.span, f"secret may leak into {sink}", fix=_through_tool(told))


def _through_tool(told: Told) -> Remedy:
    """A tool that a person has to fill in: it gets the text of the secret, and what it gives is shown."""
    name, number = "use_secret", 1
    while told.names.entries("value", name) or _is_local(told, name):
        number += 1
        name = f"use_secret_{number}"
    tool = f'@tool("Use a secret")\nfn {name}(_text: secret) -> str {{\n    return ""\n}}\n\n'
    changes = (
        Change(Span(0, 0), tool),
        Change(Span(told.span.start, told.span.start), f"{name}("),
        Change(Span(told.span.end, told.span.end), ")"),
    )
    return Remedy("Pass it through a tool", changes, safe=False, blanks=(name, '"Use a secret"', '""'))


def _is_local(told: Told, name: str) -> bool:
    return any(local.name == name for one in told.item.scope.functions.values() for local in one.locals)


RULE = TypeRule("NX602", "leaking-secret", Severity.WARNING, check)
