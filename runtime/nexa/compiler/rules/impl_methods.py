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
from nexa.compiler.rule import Change, Draft, NameRule, Note, Remedy, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.types.plain import plain_value
from nexa.compiler.types.show import show
from nexa.compiler.types.written import read_type
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
        fix = _stubs(item, names, node, missing)
        yield Draft(name.span, f"`impl` lacks {lacks} of trait `{name.text}`", notes, fix)


def _stubs(item: ItemFacts, names: Names, impl: ast.Impl, missing: list[ast.Function]) -> Remedy:
    """Methods that give the plainest value."""
    stubs = [_stub(names, one) for one in missing]
    change = _laid_out(item, impl, stubs)
    blanks = tuple(value for _, value in stubs if value)
    return Remedy("Add the missing methods", (change,), safe=False, blanks=blanks)


def _laid_out(item: ItemFacts, impl: ast.Impl, stubs: list[tuple[str, str]]) -> Change:
    """Before the brace that ends the block: on its line where all methods are, else on lines of their own."""
    body = item.text.rfind(b"{", 0, impl.methods[0].start if impl.methods else impl.end) + 1
    before = item.text[body : impl.end - 1]
    place = Span(body + len(before.rstrip()), impl.end - 1)
    if impl.methods and b"\n" not in before:
        text = "".join(f" {head} {{ {value} }}" if value else f" {head} {{ }}" for head, value in stubs)
        return Change(place, f"{text} ")
    text = "\n\n".join(f"    {head} {{{_body(value)}\n    }}" for head, value in stubs)
    apart = "\n\n" if before.strip() else "\n"
    return Change(place, f"{apart}{text}\n")


def _stub(names: Names, method: ast.Function) -> tuple[str, str]:
    """The head of a method as its trait has it, and what it is to give."""
    head = f"fn {method.name.text}({', '.join(_parameter(names, one) for one in method.params)})"
    if method.returns is None:
        return head, ""
    result = read_type(names, _type(method.returns))
    return f"{head} -> {show(result)}", plain_value(names, result) or "null"


def _type(returns: ast.Returns | ast.TypeExpr) -> ast.TypeExpr:
    return returns.type if isinstance(returns, ast.Returns) else returns


def _parameter(names: Names, one: ast.Param) -> str:
    return one.name.text if one.type is None else f"{one.name.text}: {show(read_type(names, one.type))}"


def _body(value: str) -> str:
    return f"\n        {value}" if value else ""


RULE = NameRule("NX221", "impl-methods", Severity.ERROR, check, about=(ast.Impl,))
