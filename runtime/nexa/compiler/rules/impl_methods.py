"""An `impl` of a trait lacks one of its methods, or has one more.

Bad:

    trait Shape { fn area() -> float }
    struct Box { w: float }
    impl Shape for Box { }
       //^^^^^ NX221: `impl` lacks `area` of trait `Shape`
    flow main { print(Box(w: 1.0).w) }

Good:

    trait Shape { fn area() -> float }
    struct Box { w: float }
    impl Shape for Box {
        fn area() -> float { self.w * self.w }
    }
    flow main { print(Box(w: 1.0).area()) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.members import trait_methods
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Note, Remedy, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The methods of an `impl … for …` against those of its trait."""
    node = item.node
    if not isinstance(node, ast.Impl) or not isinstance(node.trait, ast.TypeName):
        return
    wanted = trait_methods(node.trait, names)
    if wanted is None:
        return
    name = node.trait.path[0]
    notes = tuple(Note(f"trait `{name.text}` is declared here", of=one) for one in names.entries("type", name.text)[:1])
    present = {method.name.text for method in node.methods}
    extra = [method.name for method in node.methods if method.name.text and method.name.text not in wanted]
    missing = [method for text, method in wanted.items() if method.body is None and text and text not in present]
    for one in extra:
        similar = nearest(one.text, [method.name.text for method in missing])
        missing = [method for method in missing if method.name.text != similar]
        method = next(other for other in node.methods if other.name is one)
        fix = replace(method.span, "", f"Remove `{one.text}`", safe=False)
        if similar:
            fix = replace(one.span, similar, f"Write `{similar}`", safe=False)
        yield Draft(
            one.span, f"`impl` has extra method `{one.text}`: trait `{name.text}` has none{hint(similar)}", notes, fix
        )
    if missing:
        lacks = listed([method.name.text for method in missing])
        yield Draft(name.span, f"`impl` lacks {lacks} of trait `{name.text}`", notes, _stubs(node, missing))


def _stubs(impl: ast.Impl, missing: list[ast.Function]) -> Remedy:
    heads = (
        f"    fn {one.name.text}({', '.join(param.name.text for param in one.params)}) {{\n    }}\n" for one in missing
    )
    place = Span(impl.end - 1, impl.end - 1)
    return replace(place, "\n" + "".join(heads), "Add the missing methods", safe=False)


RULE = NameRule("NX221", "impl-methods", Severity.ERROR, check, about=(ast.Impl,))
