"""Dotted names and calls: who is meant by `a.b.c`, and what a call takes."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS, PROPERTIES, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Meaning, Names
from nexa.compiler.python_tools import function_of, parameters_of
from nexa.syntax.record import record


def dotted(node: ast.Expr) -> tuple[ast.Name, ...]:
    """The names of `a.b.c`, empty for any other expression."""
    row: list[ast.Name] = []
    while isinstance(node, ast.Member):
        row.append(node.member)
        node = node.object
    return (node, *reversed(row)) if isinstance(node, ast.Name) else ()


def outermost(item: ItemFacts) -> Iterator[tuple[ast.Name, ...]]:
    """Every dotted name of an item in full length, also where a call or an index follows; names without a dot too."""
    for member in item.of(ast.Member):
        parent = item.parents.get(member)
        if not (isinstance(parent, ast.Member) and parent.object is member):
            path = dotted(member)
            if path:
                yield path


def root_meaning(item: ItemFacts, names: Names, root: ast.Name) -> Meaning | None:
    """What the first word of a dotted name means in the program; None for locals and unknown names."""
    use = item.scope.use_of.get(root)
    if use is None or root in item.scope.bindings or use.role not in ("value", "symbol", "contract"):
        return None
    return names.value(root.text)


def builtin_of(item: ItemFacts, names: Names, callee: ast.Expr) -> Builtin | None:
    """The predeclared or `std` function that a call certainly calls."""
    path = (callee,) if isinstance(callee, ast.Name) else dotted(callee)
    meaning = root_meaning(item, names, path[0]) if path else None
    if not isinstance(meaning, Builtin):
        return None
    found = std_member(tuple(name.text for name in path)) if meaning.path == "std" else meaning
    return found if isinstance(found, Builtin) and (len(path) == 1 or meaning.path == "std") else None


@record
class Callee:
    """What a call calls, as far as its named arguments are known: `shown` is how to call it in a message."""

    shown: str
    parameters: frozenset[str]
    takes_any: bool = False


def callee_of(item: ItemFacts, names: Names, call: ast.Call) -> Callee | None:
    """The parameters that the names of a call's arguments must be among; None when nobody knows them."""
    path = (call.callee,) if isinstance(call.callee, ast.Name) else dotted(call.callee)
    if not path:
        return None
    meaning = root_meaning(item, names, path[0])
    texts = tuple(name.text for name in path)
    if isinstance(meaning, Builtin):
        return _builtin_callee(meaning, texts)
    if meaning is None or meaning.is_broken:
        return None
    if len(path) == 1:
        return _declared_callee(names, meaning)
    return _member_callee(meaning, texts[1]) if len(path) == 2 else None


def _builtin_callee(meaning: Builtin, path: tuple[str, ...]) -> Callee | None:
    if len(path) == 1:
        return _of_entry(meaning, meaning.path)
    found: Builtin | str | None = None
    if meaning.path == "std":
        found = std_member(path)
    elif len(path) == 2:
        found = MEMBERS.get(meaning.path, {}).get(path[1])
    return _of_entry(found, ".".join(path)) if isinstance(found, Builtin) else None


_HANDLE_NAMES = frozenset({"handle", "db", "kv"})


def _of_entry(entry: Builtin, shown: str) -> Callee | None:
    if entry.params is None:
        return None
    known = frozenset(one.name for one in entry.params)
    if entry.params and entry.params[0].type in ("db", "kv"):
        known |= _HANDLE_NAMES
    return Callee(shown, known, entry.takes_any_name)


def _declared_callee(names: Names, meaning: Declared) -> Callee | None:
    node = meaning.node
    if isinstance(node, ast.Function | ast.Flow):
        return Callee(meaning.name, frozenset(param.name.text for param in node.params))
    if isinstance(node, ast.Tool):
        known = _tool_parameters(names, node)
        return None if known is None else Callee(meaning.name, known)
    return None


def _tool_parameters(names: Names, tool: ast.Tool) -> frozenset[str] | None:
    function = function_of(names, tool)
    found = next((one.value for one in tool.properties if one.key.text == "parameters"), None)
    if found is None and function is not None:
        return frozenset(one.name for one in parameters_of(function))
    if not isinstance(found, ast.Dict):
        return None
    keys = [key_text(entry.key) for entry in found.entries]
    return None if None in keys else frozenset(key for key in keys if key is not None)


def key_text(key: ast.Name | ast.Str | ast.Raw | ast.Int | None) -> str | None:
    """The key of a dict entry as it is at run time; None when only the run knows."""
    if isinstance(key, ast.Name | ast.Raw | ast.Int):
        return key.text
    return key.plain if key is not None else None


def _member_callee(meaning: Declared, member: str) -> Callee | None:
    shown = f"{meaning.name}.{member}"
    if isinstance(meaning.node, ast.Agent):
        for one in meaning.node.members:
            if isinstance(one, ast.Function | ast.Flow) and one.name.text == member:
                return Callee(shown, frozenset(param.name.text for param in one.params))
        if member == "run":
            return None  # further inputs may have names
        if member == "clone":
            return Callee(shown, frozenset({"new_name", *PROPERTIES["agent"]}))
    entry = MEMBERS.get(meaning.kind, {}).get(member)
    return _of_entry(entry, shown) if entry is not None else None
