"""A type has too many or too few arguments.

`list`, `dict` and `Result` may stand without any: their contents are `any` then.

Bad:

    protocol Index { entries: dict[str] }
                            //^^^^ NX320: `dict` takes 2 type arguments, 1 given
    agent Ann implements Index { prompt: "x" }
    flow main { print(Ann.run("a")) }

Good:

    protocol Index { entries: dict[str, int], rest: dict }
    agent Ann implements Index { prompt: "x" }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity
from nexa.compiler.types.terms import ARITY

_PARAMETRIC = ast.Protocol | ast.Struct | ast.Enum | ast.Trait | ast.TypeAlias


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Every written type with arguments."""
    for node in item.of(ast.TypeName):
        if not node.args or len(node.path) != 1 or node.path[0] in item.scope.bindings or _is_target(item, node):
            continue
        wanted = _arity(names.type(node.path[0].text))
        if wanted is not None and wanted != len(node.args):
            count = f"{wanted or 'no'} type argument" + ("" if wanted == 1 else "s")
            yield Draft(node.path[0].span, f"`{node.path[0].text}` takes {count}, {len(node.args)} given")


def _is_target(item: ItemFacts, node: ast.TypeName) -> bool:
    return isinstance(item.node, ast.Impl) and node in (item.node.target, item.node.trait)


def _arity(meaning: Declared | Builtin | None) -> int | None:
    """How many arguments a type takes; None when nobody knows."""
    if isinstance(meaning, Builtin):
        return 2 if meaning.name == "agent" else ARITY.get(meaning.name, 0) if meaning.name != "any" else None
    if meaning is None or meaning.is_broken or not isinstance(meaning.node, _PARAMETRIC):
        return None
    return len(meaning.node.type_params)


RULE = NameRule("NX320", "type-arguments", Severity.ERROR, check, about=(ast.TypeName,))
