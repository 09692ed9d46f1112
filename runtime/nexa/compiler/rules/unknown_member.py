"""A member that the value does not have.

Agents have `run`, `clone`, `stream`, `reset`, `memory`, `history`, `name`, `last_context` and what is declared in
them; jobs, handles and `runtime` have what the reference lists.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print(Ann.rum("a"))
                //^^^ NX213: agent `Ann` has no member `rum`; did you mean `run`?
    }

Bad:

    flow main(name: str) {
        print(name.uper())
                 //^^^^ NX213: `str` has no member `uper`; did you mean `upper`?
    }

Bad:

    flow main(numbers: list[int]) {
        print(numbers.map(fn(n) => n * 2))
                    //^^^ NX213: `list[int]` has no member `map`; write `map(…)`
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        print(Ann.run("a"))
    }
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS, PREDECLARED_VALUES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import outermost, root_meaning
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.members import agent_members, struct_members
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity, Told, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.types import Type
from nexa.compiler.types.show import what
from nexa.compiler.types.terms import STR, is_list
from nexa.compiler.wording import hint, kind_word
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Dotted names whose beginning is certain without knowing types."""
    for path in outermost(item):
        local = item.scope.bindings.get(path[0])
        if local is not None and local.kind == "self":
            yield from _of_self(item, names, path)
            continue
        meaning = root_meaning(item, names, path[0])
        if isinstance(meaning, Builtin):
            yield from _of_predeclared(meaning, path)
        elif meaning is not None and not meaning.is_broken:
            yield from _of_declared(meaning, names, path)


def _of_self(item: ItemFacts, names: Names, path: tuple[ast.Name, ...]) -> Iterable[Draft]:
    if isinstance(item.node, ast.Agent):
        yield from _missing(f"agent `{item.node.name.text}`", path[1], agent_members(names, item.node))
    elif isinstance(item.node, ast.Impl):
        known = struct_members(item.node, names)
        if known is not None:
            yield from _missing("`self`", path[1], known)


def _of_predeclared(meaning: Builtin, path: tuple[ast.Name, ...]) -> Iterable[Draft]:
    owner = meaning.path
    for name in path[1:]:
        known = MEMBERS.get(owner)
        if meaning.params is not None or known is None or owner in ("str", "list", "dict", "agent", "job", "error"):
            return
        yield from _missing(f"`{owner}`", name, known)
        owner = f"{owner}.{name.text}"


def _of_declared(meaning: Declared, names: Names, path: tuple[ast.Name, ...]) -> Iterable[Draft]:
    shown = f"{kind_word(meaning)} `{meaning.name}`"
    if isinstance(meaning.node, ast.Agent):
        yield from _missing(shown, path[1], agent_members(names, meaning.node))
    elif meaning.kind in ("job", "db", "kv", "auth"):
        yield from _missing(shown, path[1], MEMBERS[meaning.kind])
    elif meaning.kind in ("flow", "fn", "tool"):  # which may stand where an agent does
        yield from _missing(shown, path[1], MEMBERS["agent"])
    elif isinstance(meaning.node, ast.Enum):
        yield from _variant_with_dot(shown, path, [one.name.text for one in meaning.node.variants])


def _variant_with_dot(shown: str, path: tuple[ast.Name, ...], variants: list[str]) -> Iterable[Draft]:
    """`Color.Red` for `Color::Red`."""
    found = path[1].text if path[1].text in variants else nearest(path[1].text, variants)
    if not path[1].text:
        return
    right = f"{path[0].text}::{found}"
    text = f"{shown} has no member `{path[1].text}`" + (f"; write `{right}`" if found else "; variants follow `::`")
    fix = Remedy(f"Write `{right}`", (Change(Span(path[0].start, path[1].end), right),), safe=False) if found else None
    yield Draft(path[1].span, text, fix=fix)


def _missing(shown: str, name: ast.Name, known: Collection[str]) -> Iterable[Draft]:
    if name.text and name.text not in known:
        similar = nearest(name.text, known)
        fix = replace(name.span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(name.span, f"{shown} has no member `{name.text}`{hint(similar)}", fix=fix)


def of_value(told: Told) -> Iterable[Draft]:
    """A member of a value whose type tells all its members: `words` are the type, the member, and what there is."""
    owner, name, known = cast("tuple[Type, str, tuple[str, ...]]", told.words)
    text = f"{what(owner)} has no member `{name}`"
    if owner == STR and name == "join" and (turned := _turned(told.item, told.span)) is not None:
        yield Draft(told.span, f"{text}; a list joins its texts: `xs.join(s)`", fix=turned)
        return
    if _is_function_of(owner, told.names, name):
        yield Draft(told.span, f"{text}; write `{name}(…)`", fix=_as_function(told.item, told.span))
        return
    similar = nearest(name, known)
    fix = replace(told.span, similar, f"Write `{similar}`", safe=False) if similar else None
    yield Draft(told.span, f"{text}{hint(similar)}", fix=fix)


def _is_function_of(owner: Type, names: Names, name: str) -> bool:
    """Whether it is a predeclared function of such values: `xs.map(f)` is meant for `map(xs, f)`."""
    is_meant = name != "join" and not names.entries("value", name)  # stages are joined, too
    meaning = PREDECLARED_VALUES.get(name) if is_meant else None
    params = (meaning.params if meaning is not None else None) or ()
    kind = "list" if is_list(owner) else "str" if owner == STR else ""
    return bool(kind) and any(one.type in ("any", kind) for one in params[:1])


def _turned(item: ItemFacts, member: Span) -> Remedy | None:
    """`", ".join(xs)`, as other languages have it, the other way round."""
    for call in item.of(ast.Call):
        callee = call.callee
        if isinstance(callee, ast.Member) and callee.member.span == member and len(call.args) == 1:
            texts, apart = item.source(call.args[0].value.span), item.source(callee.object.span)
            is_one = isinstance(call.args[0].value, ast.Name | ast.Member | ast.Call | ast.List | ast.Index)
            written = f"{texts if is_one else f'({texts})'}.join({apart})"
            return replace(call.span, written, f"Write `{written}`", safe=False)
    return None


def _as_function(item: ItemFacts, member: Span) -> Remedy | None:
    """The value becomes the first argument of the call."""
    for call in item.of(ast.Call):
        callee = call.callee
        if isinstance(callee, ast.Member) and callee.member.span == member:
            subject = item.source(callee.object.span)
            opened = item.text.index(b"(", callee.end) + 1
            head = f"{callee.member.text}({subject}" + (", " if call.args else "")
            return replace(Span(callee.start, opened), head, f"Write `{callee.member.text}(…)`", safe=False)
    return None


RULE = NameRule("NX213", "unknown-member", Severity.ERROR, check, typed=of_value, about=(ast.Member,))
