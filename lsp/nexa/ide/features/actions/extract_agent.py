"""Extract agent: an instruction in the input of an agent becomes the prompt of an agent of its own.

At a string with one `#{…}` that is all that an agent is given. The new agent has whatever else the old one has.

Before:

    agent Helper {
        role: "Assistant"
        prompt: "Be brief."
        model: "mock/small"
    }
    flow main(text: str) {
        print(Helper.run("$0Translate into French: #{text}"))
    }

After:

    agent Helper {
        role: "Assistant"
        prompt: "Be brief."
        model: "mock/small"
    }
    agent HelperTask {
        role: "Assistant"
        prompt: \"\"\"
            Be brief.
            Translate into French:
        \"\"\"
        model: "mock/small"
    }

    flow main(text: str) {
        print(HelperTask.run(text))
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.usage import is_agent
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.writing import free_name, laid_out

_TITLE: Final = "Extract agent"
_KIND: Final[Kind] = "refactor.extract"


def offer(selection: Selection) -> Iterable[Action]:
    """In the input of `A.run("…")` and of `"…" >> A`."""
    node = selection.first(ast.Str)
    agent = _agent_of(selection, node) if isinstance(node, ast.Str) and not selection.item.is_broken else None
    if not isinstance(node, ast.Str) or agent is None:
        return
    interpolations = [part for part in node.parts if isinstance(part, ast.Interp)]
    words = "".join(part.value for part in node.parts if isinstance(part, ast.Text)).strip()
    if not words or not interpolations:
        return
    if len(interpolations) > 1 or interpolations[0].filters:
        yield refused(_TITLE, _KIND, "the input holds more than one value")
        return
    found = _declared(selection, agent)
    if found is not None:
        name = free_name(selection, f"{agent.text}Task")
        yield Action(
            _TITLE,
            _KIND,
            lambda: _edits(selection, node, agent, name, interpolations[0], *found),
            blanks=lambda: (name,),
        )


def _agent_of(selection: Selection, node: ast.Str) -> ast.Name | None:
    """The agent whose only input a string is."""
    above = selection.parent(node)
    call = selection.parent(above) if isinstance(above, ast.Argument) else above
    match call:
        case ast.Call(callee=ast.Member(object=ast.Name() as agent, member=ast.Name(text="run")), args=(_,)):
            pass
        case ast.Pipe(left=left, right=ast.Name() as agent) if left is node:
            pass
        case _:
            return None
    return agent if is_agent(selection.item, selection.names, agent) else None


def _declared(selection: Selection, agent: ast.Name) -> tuple[ast.Agent, str] | None:
    """The declaration of an agent, and its text; None for one whose prompt is more than a text."""
    entry = next(iter(selection.names.entries("value", agent.text)), None)
    file = selection.project.file(entry.path) if entry is not None else None
    if entry is None or file is None or not isinstance(entry.declared.node, ast.Agent):
        return None
    found = next((index for index, one in file.declared_by_name.get(agent.text, []) if one == entry.declared), None)
    if found is None:
        return None
    item = file.items[found]
    node = item.node
    if not isinstance(node, ast.Agent) or item.is_broken:
        return None
    return node, item.text.decode("utf-8", "replace")


def _edits(
    selection: Selection, node: ast.Str, agent: ast.Name, name: str, value: ast.Interp, declared: ast.Agent, text: str
) -> Iterable[TextEdit]:
    yield selection.edit(0, 0, f"{laid_out(_copy(declared, text, name, _words(node)))}\n\n")
    yield selection.replace(agent, name)
    yield selection.replace(node, selection.source(value.value))


def _words(node: ast.Str) -> str:
    return "".join(part.value for part in node.parts if isinstance(part, ast.Text)).strip()


def _copy(declared: ast.Agent, text: str, name: str, words: str) -> str:
    """The agent under another name, the instruction added to its prompt."""
    data = text.encode()
    prompt = next((one for one in declared.members if isinstance(one, ast.Property) and one.key.text == "prompt"), None)
    old = prompt.value.plain if prompt is not None and isinstance(prompt.value, ast.Str) else None
    lines = [line for part in (old or "", words) for line in part.split("\n") if line]
    written = '"""\n' + "\n".join(f"        {_escaped(line)}" for line in lines) + '\n    """'
    start = min([declared.keyword.start, *(one.start for one in declared.decorators)])
    body = data.index(b"{", declared.name.end)
    if prompt is None:
        changes = [(body + 1, body + 1, f"\n    prompt: {written}\n")]
    else:
        changes = [(prompt.value.start, prompt.value.end, written)]
    changes.append((declared.name.start, declared.name.end, name))
    for begin, end, new in sorted(changes, reverse=True):
        data = data[:begin] + new.encode() + data[end:]
    copied = data[start:].decode()
    return copied if "\n" in copied.partition("{")[2].lstrip(" ")[:1] else copied.replace("{", "{\n", 1)


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"').replace("#{", "\\#{")
