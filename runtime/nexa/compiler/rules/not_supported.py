"""A construct of the language that this version can check but not run.

`nexa run` and `nexa build` stop at the first sight of it; `nexa check` and the editor treat it like everything else.

Bad:

      auth gate { csrf_enabled: true }
    //^^^^ NX690: sign-in is not supported by this version yet
    flow main { print(gate) }

Good:

    flow main {
        loop { print("again") } until (runtime.meta.loop_count >= 3)
    }
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import PREDECLARED
from nexa.compiler.facts import ItemFacts
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, ProgramDraft, ProgramRule, Severity
from nexa.runtime.unsupported import unsupported
from nexa.syntax.span import Span


def check(program: Program) -> Iterator[ProgramDraft]:
    """Every such construct in the files of a program, in textual order."""
    declared = {one.name for _, _, one in program.declared() if one.namespace == "value"}
    for path, file in program.files.items():
        for index, item in enumerate(file.items):
            found = [*_constructs(item), *_names(item, declared)]
            for span, words in sorted(found, key=lambda one: one[0].start):
                yield ProgramDraft(path, index, Draft(span, f"{words} not supported by this version yet"))


# ── constructs ──────────────────────────────────────────────────────────────────────────────────────────────────


def _constructs(item: ItemFacts) -> Iterator[tuple[Span, str]]:
    for handle in item.of(ast.Handle):
        if handle.family == "auth":
            yield _keyword(handle), "sign-in is"
    yield from _properties(item)


def _properties(item: ItemFacts) -> Iterator[tuple[Span, str]]:
    """Options that would be passed over in silence."""
    for agent in item.of(ast.Agent):
        for member in agent.members:
            if isinstance(member, ast.Function):
                yield from _sandboxed(member)


def _sandboxed(member: ast.Function) -> Iterator[tuple[Span, str]]:
    """A function of an agent shares the agent's state, which no other process has: it must not run bare either."""
    for decorator in member.decorators:
        for argument in decorator.args if decorator.name.text == "tool" else ():
            off = isinstance(argument.value, ast.Bool) and not argument.value.value
            if argument.name is not None and argument.name.text == "sandbox" and not off:
                yield argument.name.span, "`sandbox` for a function of an agent is"


def _keyword(node: ast.Node) -> Span:
    keyword = getattr(node, "keyword", None)
    return keyword if isinstance(keyword, Span) else node.span


# ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _names(item: ItemFacts, declared: set[str]) -> Iterator[tuple[Span, str]]:
    """Predeclared values and members of `std`. Handles are reported where they are declared, not at each use."""
    free = {use.name: use.name.text for use in item.scope.uses if use.name.text not in declared}
    inside = {id(member.object) for member in item.of(ast.Member)}
    for member in item.of(ast.Member):
        path = _std_path(member, free)
        if path is not None and id(member) not in inside and unsupported(path):
            yield member.member.span, f"`{path}` is"
    for used in item.of(ast.UseItem):
        path = ".".join(one.text for one in used.path)
        if used.form == "name" and path.startswith("std.") and unsupported(path):
            yield used.span, f"`{path}` is"
    for name, text in free.items():
        use = item.scope.use_of[name]
        if use.late is None and use.role == "value" and text in PREDECLARED and unsupported(text):
            yield name.span, f"`{text}` is"


def _std_path(node: ast.Expr, free: dict[ast.Name, str]) -> str | None:
    words: list[str] = []
    while isinstance(node, ast.Member):
        words.append(node.member.text)
        node = node.object
    if not isinstance(node, ast.Name) or free.get(node) != "std":
        return None
    return ".".join(["std", *reversed(words)])


RULE = ProgramRule("NX690", "not-supported", Severity.ERROR, check, only_runs=True)
