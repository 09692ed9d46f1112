"""An agent `uses` something that does not exist.

`uses` takes tools, functions, flows and agents of the program, namespaces and functions of `std`, documents
(`"skills/cash.md"`), Python files, and `mcp:"url"`.

Bad:

    tool search_web { description: "Search the web" }
    agent Ann uses serch_web { prompt: "Search." }
                 //^^^^^^^^^ NX204: `uses` names unknown `serch_web`; did you mean `search_web`?
    flow main { print(Ann.run("a")) }

Good:

    tool search_web { description: "Search the web" }
    agent Ann uses search_web, std.http { prompt: "Search." }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import std_children, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.members import agent_members
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Items of `uses`, in the header, as a member, or as a list under `uses:` or `tools:`."""
    for use_item in item.of(ast.UseItem):
        if use_item.form == "name" and use_item.path and use_item.path[0].text:
            yield from _unknown(names, use_item.path, use_item)
    for use in item.scope.uses:
        if use.role == "symbol" and use.option in (("agent", "uses"), ("agent", "tools")):
            parent = item.parents.get(use.name)
            path = (use.name,) if not isinstance(parent, ast.Member) else ()
            if path:
                yield from _unknown(names, path, use.name)


def _unknown(names: Names, path: tuple[ast.Name, ...], place: ast.Node) -> Iterable[Draft]:
    root = names.value(path[0].text)
    if isinstance(root, Builtin) and root.path == "std":
        yield from _unknown_std(tuple(name.text for name in path), path, place)
    elif isinstance(root, Declared) and len(path) == 2 and isinstance(root.node, ast.Agent):
        yield from _unknown_member(names, root, path, place)
    elif root is None and not names.entries("type", path[0].text):
        similar = names.similar(path[0].text, "value")
        fix = replace(path[0].span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(place.span, f"`uses` names unknown `{_shown(path)}`{hint(similar)}", fix=fix, unknown="value")


def _unknown_member(names: Names, root: Declared, path: tuple[ast.Name, ...], place: ast.Node) -> Iterable[Draft]:
    """`Ann.look_up`: a function of an agent."""
    assert isinstance(root.node, ast.Agent)  # its caller has looked
    known = agent_members(names, root.node)
    if not root.is_broken and path[1].text and path[1].text not in known:
        similar = nearest(path[1].text, known)
        fix = replace(path[1].span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(place.span, f"`uses` names unknown `{_shown(path)}`{hint(similar)}", fix=fix)


def _unknown_std(texts: tuple[str, ...], path: tuple[ast.Name, ...], place: ast.Node) -> Iterable[Draft]:
    for length in range(2, len(path) + 1):
        found = std_member(texts[:length])
        if isinstance(found, Builtin):
            return
        if found is None:
            similar = nearest(texts[length - 1], std_children(".".join(texts[: length - 1])))
            fix = replace(path[length - 1].span, similar, f"Write `{similar}`", safe=False) if similar else None
            yield Draft(place.span, f"`uses` names unknown `{_shown(path)}`{hint(similar)}", fix=fix)
            return


def _shown(path: tuple[ast.Name, ...]) -> str:
    return ".".join(name.text for name in path)


RULE = NameRule("NX204", "unknown-use", Severity.ERROR, check)
