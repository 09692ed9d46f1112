"""A fan-out to something that is not a stage, or hints for something that is not a run.

Every element of the list on the right is run with the value on the left, so each must be an agent, a flow, a function
or a tool. A set of hints in braces branches the run of an agent on its left.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print("a" |>> [Ann, 3])
                          //^ NX305: fan-out target is not a stage but `int`
    }

Bad:

    flow main {
        print("a" |>> { "in short", "at length" })
            //^^^ NX305: hints need the run of an agent on their left, not `str`
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("a" |>> [Ann, Bob])
        print(Ann.run("a") |>> { "in short", "at length" })
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.rules.not_a_stage import reason
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type of the element; of hints the type of their left side, and `hints`."""
    found = cast("Type", told.words[0])
    if len(told.words) > 1:
        yield Draft(told.span, f"hints need the run of an agent on their left, not `{show(found)}`")
    else:
        yield Draft(told.span, f"fan-out target is not a stage{reason(found)}")


RULE = TypeRule("NX305", "fan-out-target", Severity.ERROR, check)
