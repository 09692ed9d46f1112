"""Create what is missing: a name that nothing declares gets a declaration that fits its use.

Before:

    flow main(topic: str) {
        print(Wri$0ter.run(topic))
    }

After:

    agent Writer {
        prompt: ""
    }

    flow main(topic: str) {
        print(Writer.run(topic))
    }

Before:

    flow main(topic: str, count: int) {
        print(summ$0arise(topic, count, style: "short"))
    }

After:

    flow summarise(topic: str, count: int, style: str) {
        return null
    }

    flow main(topic: str, count: int) {
        print(summarise(topic, count, style: "short"))
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.scope import Use
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.writing import annotation, laid_out, snake

_KIND: Final[Kind] = "quickfix"
_FIELDS: Final = ("output_schema", "input_schema")


def offer(selection: Selection) -> Iterable[Action]:
    """At a name that neither the program nor the language knows."""
    name = selection.first(ast.Name)
    use = selection.item.scope.use_of.get(name) if name is not None else None
    if use is None or selection.item.is_broken or not use.name.text or use.name.text == "_":
        return
    text, names = use.name.text, selection.names
    if names.value(text) is not None or names.type(text) is not None or use.late is not None:
        return
    for what, declaration, blank in _declarations(selection, use):
        yield _action(selection, f"Create {what} `{text}`", laid_out(declaration + "\n"), blank)


def _action(selection: Selection, title: str, laid: str, blank: str) -> Action:
    return Action(title, _KIND, lambda: [selection.edit(0, 0, f"{laid}\n\n")], blanks=lambda: (blank,))


def _declarations(selection: Selection, use: Use) -> Iterable[tuple[str, str, str]]:
    """What the name may be meant to be, with its declaration and what is to be filled in there."""
    text = use.name.text
    above = selection.parent(use.name)
    agent = ("agent", f'agent {text} {{\n    prompt: ""\n}}', '""')
    if use.role in ("type", "implements", "trait", "shape"):
        yield "protocol", f"protocol {text} {{}}", "{}"
    elif use.role == "use":
        yield "tool", f'tool {text} {{\n    description: ""\n}}', '""'
        yield agent
    elif isinstance(above, ast.Call) and above.callee is use.name and not text[:1].isupper():
        params = _parameters(selection, above)
        yield "flow", f"flow {text}({params}) {{\n    return null\n}}", "null"
        yield "function", f"fn {text}({params}) {{\n    return null\n}}", "null"
    elif use.role in ("value", "actor") and (text[:1].isupper() or _is_stage(selection, use.name)):
        yield agent


def _is_stage(selection: Selection, name: ast.Name) -> bool:
    above = selection.parent(name)
    return isinstance(above, ast.Pipe | ast.FanOut | ast.Merge) and above.right is name


def _parameters(selection: Selection, call: ast.Call) -> str:
    """The parameters that a call gives, named and typed as far as that is known."""
    typed = selection.place.typed
    found: dict[str, str] = {}
    for number, argument in enumerate(call.args, 1):
        wanted = argument.name.text if argument.name is not None else _name_of(argument.value) or f"value{number}"
        name = wanted if wanted not in found else f"{wanted}{number}"
        found[name] = annotation(typed.types.get(argument.value) if typed is not None else None)
    return ", ".join(f"{name}: {one}" if one else name for name, one in found.items())


def _name_of(value: ast.Expr) -> str:
    match value:
        case ast.Name(text=text) if text.islower():
            return text
        case ast.Member(member=ast.Name(text=text)):
            return snake(text)
    return ""
