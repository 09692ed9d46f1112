"""Python cannot read the body of a `python!` block, or a file whose functions are tools.

The body of a block is dedented and must be the body of a Python function; `return` gives the value of the block.
Nothing is run or imported to find out.

Bad:

    flow main {
        print(python! \"\"\"return 2 +\"\"\")
                                 //^ NX116: Python error in block: …
    }

Bad:

    tool Rounding { description: "Round", python: "helpers.py" }
                                                //^^^^^^^^^^^^ NX116: Python error in `helpers.py`, line 2: …
    flow main { print(Rounding(2.5)) }
    //- helpers.py
    def rounding(x: float) -> float:
        return = round(x)

Good:

    tool Rounding { description: "Round", python: "helpers.py" }
    flow main {
        print(Rounding(2.5), python! \"\"\"return 2 + 2\"\"\")
    }
    //- helpers.py
    def rounding(x: float) -> float:
        return round(x)
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.outside import path_of
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the reason."""
    for slip in slipped(item, "NX116"):
        yield Draft(slip.span, f"Python error in block: {slip.words[0]}")


def check_files(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Python files of tools, where they are named."""
    node = item.node
    if not isinstance(node, ast.Tool | ast.Agent):
        return
    links = [link for link in item.links.links if link.kind == "python"]
    entries = names.entries("value", node.name.text) if links else ()
    entry = next((one for one in entries if one.declared.node is node), None)
    if entry is None:
        return
    for link in links:
        file = names.python(path_of(entry.path, link.target))
        if file is not None and file.mistake is not None:
            mistake = file.mistake
            yield Draft(link.span, f"Python error in `{link.target}`, line {mistake.line + 1}: {mistake.reason}")


RULE = SyntaxRule("NX116", "python-syntax", Severity.ERROR, check, check_files)
