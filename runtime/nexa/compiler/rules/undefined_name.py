"""A name is read that nothing declares, or that has no value yet.

The run would stop here. Names come from declarations of the program and its includes, from parameters and variables
around the place, and from what is predeclared (`print`, `std`, …).

Bad:

    agent Bot { prompt: "Answer." }
    flow main {
        print(Bto.run("hi"))
            //^^^ NX201: `Bto` is not defined; did you mean `Bot`?
    }

Bad:

    flow main {
        print(total)
            //^^^^^ NX201: `total` is not defined here: it is assigned further down
        total = 3
    }

Good:

    agent Bot { prompt: "Answer." }
    flow main {
        total = 3
        print(Bot.run("hi"), total)
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, PROPERTIES
from nexa.compiler.data_cycles import cyclic_reads
from nexa.compiler.early_reads import script_reads
from nexa.compiler.facts import ItemFacts
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.rule import (
    Draft,
    NameRule,
    Note,
    ProgramDraft,
    Remedy,
    Severity,
    Told,
    Unknown,
    alternatives,
    replace,
)
from nexa.compiler.rules.missing_terminator import lone_name
from nexa.compiler.scope import FunctionScope, Use
from nexa.compiler.slips import slipped
from nexa.compiler.waiting import is_waited_for_in_a_circle
from nexa.compiler.wording import hint
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Names without a meaning, and locals that are read before any path assigns them."""
    cyclic = {early.name for early in cyclic_reads(item, names)}
    lone = {lone_name(item, slip) for slip in slipped(item, "NX101")}
    for use in item.scope.uses:
        if use.name.text in lone or not _is_unknown(item, names, use):
            continue
        if use.name not in cyclic and not is_waited_for_in_a_circle(item, names, use.name):
            yield _undefined(item, names, use)
    for read in item.flow.early_reads:
        is_outer = read.name in item.scope.use_of and names.value(read.name.text) is not None
        if read.certainty == "none" and not is_outer and read.name not in cyclic:
            is_own = read.local.binding is read.name
            notes = () if is_own else (Note("assigned here", read.local.binding.span),)
            yield Draft(read.name.span, _early(read.name, is_changed=is_own), notes)


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """Top-level variables that script statements read before any of them assigns them."""
    for path, index, read in script_reads(program, "none"):
        use = program.item(path, index).scope.use_of.get(read.name)
        text = _early(read.name, is_changed=use is not None and use.role == "assign")
        yield ProgramDraft(path, index, Draft(read.name.span, text))


def _early(name: ast.Name, *, is_changed: bool) -> str:
    """`is_changed` says that the read is that of `x += 1`."""
    if is_changed:
        return f"`{name.text}` is not defined here: it has no value yet that could be changed"
    return f"`{name.text}` is not defined here: it is assigned further down"


def _is_unknown(item: ItemFacts, names: Names, use: Use) -> bool:
    text = use.name.text
    if use.role in ("value", "actor", "struct"):
        return use.late is None and names.value(text) is None and not names.entries("type", text)
    if use.role == "enum":
        return names.type(text) is None and names.value(text) is None and not _is_written_type(item, use)
    if use.role == "variant":
        return use.name not in item.scope.bindings and not names.is_variant(text) and names.value(text) is None
    return use.role == "symbol" and use.late is None and _wants_value(use) and names.value(text) is None


def _is_written_type(item: ItemFacts, use: Use) -> bool:
    return isinstance(item.parents.get(use.name), ast.TypeVariant)


def _wants_value(use: Use) -> bool:
    """Whether the property of a bare word takes no symbols at all. What it takes is another rule's business."""
    construct, key = use.option or ("", "")
    if construct.startswith("@"):
        return _is_numeric(construct[1:], key)
    spec = PROPERTIES.get(construct, {}).get(key)
    if spec is None or spec.symbols or spec.open_symbols or key in ("uses", "tools"):
        return False
    return spec.value not in ("symbol", "type", "dict")


def _is_numeric(decorator: str, key: str) -> bool:
    """Whether an argument of a decorator is a number or a bool, which no bare word can be."""
    known = DECORATORS.get(decorator)
    param = known.entry.parameter(key) if known is not None else None
    return param is not None and param.type in ("int", "float", "bool")


_LITERALS = frozenset({"true", "false", "null"})
"""Words that no scope holds, which other languages write otherwise."""


_JUMPS = ("break", "continue", "return")
"""Words that are statements by themselves."""

_ALONE = {
    "raise": "`raise` needs an error behind it, as in `raise e`",
    "pass": "a block may be empty: `{ }`",
}
"""What other languages have as statements of their own."""


def _undefined(item: ItemFacts, names: Names, use: Use) -> Draft:
    text = use.name.text
    if text == "_":
        return Draft(use.name.span, "`_` is not defined: it is the wildcard and holds no value")
    similar = text.lower() if text.lower() in _LITERALS else None
    if similar is None:
        more = _JUMPS if isinstance(item.parents.get(use.name), ast.ExprStmt) else ()
        similar = names.similar(text, "type" if use.role == "enum" else "value", (*_locals_around(use.owner), *more))
    write = replace(use.name.span, similar, f"Write `{similar}`", safe=False) if similar else None
    fix, others = alternatives(write, None if similar in _LITERALS else _create(item, use))
    is_bound = any(name == text for name in _locals_around(use.owner))  # in another block: then this is what is meant
    if text == "include" and (plain := _without_parentheses(item)) is not None:
        return Draft(use.name.span, '`include` is not a function; a file is read by `include "…"`', fix=plain)
    if text in _ALONE and isinstance(item.parents.get(use.name), ast.ExprStmt):
        return Draft(use.name.span, f"`{text}` is not defined; {_ALONE[text]}")
    kind: Unknown | None = None if is_bound else "type" if use.role == "enum" else "value"
    return Draft(use.name.span, f"`{text}` is not defined{hint(similar)}", fix=fix, others=others, unknown=kind)


def _without_parentheses(item: ItemFacts) -> Remedy | None:
    """`include "a.nx"` for a statement `include("a.nx")`."""
    call = item.node.value if isinstance(item.node, ast.ExprStmt) else None
    if not isinstance(call, ast.Call) or len(call.args) != 1:
        return None
    path = call.args[0].value.span
    return replace(call.span, f"include {item.source(path)}", f"Write `include {item.source(path)}`", safe=False)


def _locals_around(function: FunctionScope | None) -> Iterator[str]:
    while function is not None:
        for local in function.locals:
            yield local.name
        function = function.parent


def _create(item: ItemFacts, use: Use) -> Remedy | None:
    """Declares what is missing before the item: an agent for a capital, a flow for a call."""
    text = use.name.text
    parent = item.parents.get(use.name)
    is_made = isinstance(parent, ast.Call) and parent.callee is use.name and any(one.name for one in parent.args)
    if use.role in ("value", "actor") and text[:1].isupper() and not is_made:
        declaration = f'agent {text} {{\n    prompt: ""\n}}\n\n'
        return replace(Span(0, 0), declaration, f"Create agent `{text}`", safe=False, blanks=('""',))
    if isinstance(parent, ast.Call) and parent.callee is use.name:
        params = _parameters(parent)
        declaration = f"flow {text}({', '.join(params)}) -> any {{\n    return null\n}}\n\n"
        blanks = (*(name for name, is_guess in params.items() if is_guess), "null")
        return replace(Span(0, 0), declaration, f"Create flow `{text}`", safe=False, blanks=blanks)
    return None


def _parameters(call: ast.Call) -> dict[str, bool]:
    """Names for what a call gives, and whether each is made up."""
    found: dict[str, bool] = {}
    for number, arg in enumerate(call.args, 1):
        told = arg.name or (arg.value.member if isinstance(arg.value, ast.Member) else arg.value)
        name = told.text if isinstance(told, ast.Name) and (arg.name or told.text.islower()) else ""
        is_usable = bool(name) and name not in found and name not in RESERVED
        found[name if is_usable else f"arg{number}"] = not is_usable
    return found


def of_merger(told: Told) -> Iterable[Draft]:
    """`join(A, B).Merger(x)`: `words` is the name that is no member of anything."""
    (name,) = cast("tuple[str]", told.words)
    similar = told.names.similar(name, "value", ())
    fix = replace(told.span, similar, f"Write `{similar}`", safe=False) if similar else None
    yield Draft(told.span, f"`{name}` is not defined{hint(similar)}", fix=fix, unknown="value")


RULE = NameRule("NX201", "undefined-name", Severity.ERROR, check, check_program, typed=of_merger, torn="healthy")
