"""A name hides another one that is visible at the same place.

Hiding what is predeclared is a warning: the next reader expects `print` to print. Hiding a local, a variable or a
declaration is a hint.

Bad:

    flow main {
        let print = 1
          //^^^^^ NX212: `print` hides the predeclared `print`
        exit(print)
    }

Good:

    flow main {
        let copies = 1
        exit(copies)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_TYPES, BUILTIN_VARIANTS, PREDECLARED_VALUES
from nexa.compiler.conventions import conventional
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Renaming, Severity
from nexa.compiler.scope import Local
from nexa.compiler.wording import kind_word, with_article

_KINDS = frozenset({"parameter", "let", "assigned", "for", "catch", "match"})
_WORDS = {"for": "loop variable", "match": "variable of a pattern", "let": "variable", "assigned": "variable"}


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Locals that hide something, then declarations that hide what is predeclared."""
    for function in item.scope.functions.values():
        for local in function.locals:
            if local.kind in _KINDS and isinstance(local.binding, ast.Name) and not _is_variant(item, names, local):
                yield from _hidden_by_local(names, local)
    for place in dict.fromkeys(one.span for one in item.declared):
        for one in (one for one in item.declared if one.span == place and not _is_again(names, one)):
            if one.name in BUILTIN_VARIANTS and one.kind == "enum":
                break  # `Option` and `Result` may be declared again
            known = BUILTIN_TYPES if one.namespace == "type" else PREDECLARED_VALUES
            if one.namespace != "impl" and one.name in known:
                what = "built-in type" if one.namespace == "type" else "predeclared"
                fix = Renaming(place, conventional(one.node, one.name))
                yield Draft(place, f"`{one.name}` hides the {what} `{one.name}`", fix=fix)
                break


def _is_again(names: Names, one: Declared) -> bool:
    """Whether an assignment gives a variable of the program another value."""
    return one.is_assigned and names.entries(one.namespace, one.name)[0].declared is not one


def _hidden_by_local(names: Names, local: Local) -> Iterable[Draft]:
    place, name = local.binding.span, local.name
    if local.kind == "parameter" and local.outer is not None and local.outer.owner is local.owner:
        return  # one parameter twice: that has its own code
    fix = Renaming(place, name, is_local=True)
    if local.outer is not None and local.outer.kind in _KINDS:
        note = Note("the hidden one", local.outer.binding.span)
        what = with_article(_WORDS.get(local.outer.kind, "parameter"))
        yield Draft(place, f"`{name}` hides {what} of the same name", (note,), fix, Severity.HINT)
        return
    row = names.entries("value", name)
    if row and not row[0].declared.is_broken and (local.kind != "assigned" or row[0].declared.kind == "variable"):
        note = Note("the hidden one", of=row[0])
        what = with_article(kind_word(row[0].declared))
        # The value of a flow has to keep its name.
        fix = Renaming(place, name, row[0]) if _is_value_of_flow(local) else fix
        yield Draft(place, f"`{name}` hides {what} of the same name", (note,), fix, Severity.HINT)
    elif not row and name in PREDECLARED_VALUES:
        yield Draft(place, f"`{name}` hides the predeclared `{name}`", fix=fix)


def _is_value_of_flow(local: Local) -> bool:
    """Whether a flow gives what the local holds when nothing else is said (language reference, 5.2)."""
    return local.name == "result" and local.kind != "parameter" and isinstance(local.owner.node, ast.Flow)


def _is_variant(item: ItemFacts, names: Names, local: Local) -> bool:
    use = item.scope.use_of.get(local.binding) if isinstance(local.binding, ast.Name) else None
    return use is not None and use.role == "variant" and names.is_variant(local.name)


RULE = NameRule("NX212", "shadowed-name", Severity.WARNING, check)
