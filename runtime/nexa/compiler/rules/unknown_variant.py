"""An enum is asked for a variant that it does not have.

Bad:

    enum Color { Red, Green }
    flow main {
        print(Color::Gren)
                   //^^^^ NX215: enum `Color` has no variant `Gren`; did you mean `Green`?
    }

Good:

    enum Color { Red, Green }
    flow main {
        print(Color::Green)
    }
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.members import variants_of
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """`E::V` in expressions, in patterns and after `is`."""
    pairs: list[tuple[ast.Name, ast.Name]] = [(node.enum, node.variant) for node in item.of(ast.VariantExpr)]
    pairs += [(node.enum, node.variant) for node in item.of(ast.PVariant) if node.enum is not None]
    pairs += [(node.enum, node.variant) for node in item.of(ast.TypeVariant)]
    for enum, variant in pairs:
        known = _variants(names, enum.text)
        if known is None or not variant.text or variant.text in known:
            continue
        similar = nearest(variant.text, known)
        fix = replace(variant.span, similar, f"Write `{similar}`", safe=False) if similar else None
        notes = tuple(Note(f"`{enum.text}` is declared here", of=one) for one in names.entries("type", enum.text)[:1])
        yield Draft(variant.span, f"enum `{enum.text}` has no variant `{variant.text}`{hint(similar)}", notes, fix)


def _variants(names: Names, enum: str) -> Collection[str] | None:
    """The variants of an enum; None when the name means no enum, or one that is not whole."""
    meaning = names.type(enum)
    if isinstance(meaning, Builtin):
        return BUILTIN_VARIANTS.get(enum)
    if meaning is None or meaning.is_broken or not isinstance(meaning.node, ast.Enum):
        return None
    return variants_of(names, meaning.node)


RULE = NameRule(
    "NX215", "unknown-variant", Severity.ERROR, check, about=(ast.VariantExpr, ast.PVariant, ast.TypeVariant)
)
