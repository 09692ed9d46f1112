"""`prompt`: what an agent is told."""

from __future__ import annotations

from nexa.cli.mcp.refused import Refused
from nexa.cli.mcp.targets import names_meant
from nexa.cli.mcp.tool import Answer, Call, cut
from nexa.cli.mcp.tools.prompt import Prompt
from nexa.ide.features.expanded_prompt import expanded_prompt


def run(call: Call, given: Prompt) -> Answer:
    """The system prompt, as far as it is certain before a run."""
    for name in names_meant(call, given):
        found = expanded_prompt(name.project, name.path, name.offset)
        if found is not None:
            return Answer(cut(found.text), {"text": found.text, "tokens": found.tokens})
    raise Refused("no agent with a prompt is there; `symbols` lists agents")
