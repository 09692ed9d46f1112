"""Prompts that a user picks in their client, for an agent that then uses our tools."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prompt:
    """`arguments` are name, meaning, and whether it is needed; `text` writes what the agent is told."""

    name: str
    title: str
    description: str
    arguments: tuple[tuple[str, str, bool], ...]
    text: Callable[[Mapping[str, str]], str]

    def declared(self) -> Json:
        """As `prompts/list` tells it."""
        arguments = [{"name": name, "description": text, "required": needed} for name, text, needed in self.arguments]
        return {"name": self.name, "title": self.title, "description": self.description, "arguments": arguments}


def _write_flow(given: Mapping[str, str]) -> str:
    where = f" Write it to `{given['path']}`." if given.get("path") else ""
    return f"""\
Write a Nexa program (.nx) for this task:

{given["task"]}
{where}
Work like this:

1. Read the language first: the tool `reference` with section 2 (grammar), 3.4 (flow operators) and 5.3 (agents), and an
   example that is close to the task. Do not guess syntax: Nexa is not Python.
2. Give each agent a role and a prompt that say one job. Let agents that hand over data implement a `protocol`. Use
   `|>>` and `fork` for work that does not depend on each other, `try` or `??` where a step may fail.
3. Look up what the language brings along with `lookup` before writing it yourself.
4. Pass the text to `check` before you save it, and after every change. Read `explain` for codes that you do not know.
   Go on until there is no error and no warning.
5. Lay it out with `format`. Look at `graph` and compare what runs side by side with what the task needs; look at
   `prompt` for what each agent is really told.
"""


def _fix_program(given: Mapping[str, str]) -> str:
    what = f"`{given['path']}`" if given.get("path") else "all Nexa programs of this workspace"
    return f"""\
Bring {what} to a state without errors and warnings, without changing what the programs are for.

1. `check` lists the findings; `explain` says for each code what is wrong and why.
2. `fix` with `apply` answers what has a safe fix. Look at the difference before.
3. Mend the rest by hand, the causes first: one undefined name may stand behind several findings. Before you change or
   rename a declaration, ask `references` who uses it.
4. `check` again after every change, and `format` at the end. Do not silence a finding with `// nexa: allow` unless it
   is wrong; say so if you do.
"""


PROMPTS = (
    Prompt(
        "write_flow",
        "Write a flow",
        "Write a Nexa program for a task, checked and laid out.",
        (
            ("task", "What the program is to do.", True),
            ("path", "Where to write it, such as `flows/digest.nx`.", False),
        ),
        _write_flow,
    ),
    Prompt(
        "fix_program",
        "Fix a program",
        "Bring a Nexa program, or all of them, to a state without errors and warnings.",
        (("path", "The program; without it, the whole workspace.", False),),
        _fix_program,
    ),
)
