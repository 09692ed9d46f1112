"""A variable is assigned in branches that run at the same time.

Which branch is last differs from run to run, and so does the value afterwards. Give each branch a name of its own.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        best = ""
        fork {
            best = Ann.run("a")
        } and {
            best = Bob.run("a")
          //^^^^ NX418: `best` is assigned in concurrent branches
        }
        print(best)
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        fork {
            one = Ann.run("a")
        } and {
            other = Bob.run("a")
        }
        print(one, other)
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity
from nexa.compiler.scope import FIXED, Local


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Branches of `fork`, and functions given to `parallel` and `race`."""
    for branches in _concurrent(item, names):
        first: dict[Local | str, tuple[int, ast.Name]] = {}
        reported: set[Local | str] = set()
        for number, branch in enumerate(branches):
            for local, name in _assigned(item, branch):
                earlier = first.setdefault(local, (number, name))
                if earlier[0] != number and local not in reported:
                    reported.add(local)
                    note = Note("assigned here, too", earlier[1].span)
                    yield Draft(name.span, f"`{name.text}` is assigned in concurrent branches", (note,))


def _concurrent(item: ItemFacts, names: Names) -> Iterator[Sequence[ast.Node]]:
    for fork in item.of(ast.Fork):
        yield fork.branches
    for call in item.of(ast.Call):
        word = call.callee.text if isinstance(call.callee, ast.Name) else ""
        is_known = word in ("parallel", "race") and call.callee not in item.scope.bindings
        if is_known and not isinstance(names.value(word), Declared) and call.args:
            value = call.args[0].value
            yield [one for one in value.items if isinstance(one, ast.Lambda)] if isinstance(value, ast.List) else ()


def _assigned(item: ItemFacts, branch: ast.Node) -> Iterator[tuple[Local | str, ast.Name]]:
    """What a branch assigns that lives outside of it, in textual order; top-level variables by name."""
    for node in ast.walk(branch):
        target = (
            node.target if isinstance(node, ast.Assign) else node.name if isinstance(node, ast.ForkBranch) else None
        )
        if not isinstance(target, ast.Name):
            continue
        local, use = item.scope.bindings.get(target), item.scope.use_of.get(target)
        if local is not None and _outlives(local, branch):
            yield local, target
        elif local is None and use is not None and use.role == "assign":
            yield target.text, target


def _outlives(local: Local, branch: ast.Node) -> bool:
    """Whether a local is still there when the branch has ended: not a `let` of its block, not a function's own."""
    if local.kind in FIXED:
        return False
    inside = {id(node) for node in ast.walk(branch)}
    return id(local.owner.node) not in inside and not (local.kind != "assigned" and id(local.binding) in inside)


RULE = NameRule("NX418", "concurrent-assignment", Severity.WARNING, check, about=(ast.Fork, ast.Call))
