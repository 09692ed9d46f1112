"""Insert stage: an agent or flow is put between two stages, one that fits on both sides.

Before:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    agent Critic { prompt: "Judge." }
    flow main(topic: str) {
        print(topic >> Writer $0>> Critic)
    }

After:

    agent Writer { prompt: "Write." }
    agent Editor { prompt: "Edit." }
    agent Critic { prompt: "Judge." }
    flow main(topic: str) {
        print(topic >> Writer >> Editor >> Critic)
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from nexa.compiler import ast
from nexa.compiler.infer.feeding import accepts, input_of, is_stage, output_of
from nexa.compiler.types.signature import type_of_declared
from nexa.compiler.types.terms import UNKNOWN, base_of, is_silent
from nexa.ide.features.actions.action import Action, Kind, Selection, refused
from nexa.ide.features.actions.trying import breaks

_KIND: Final[Kind] = "refactor.rewrite"
_MOST_TRIED: Final = 8
"""Stages that seem to fit and are looked at closely."""
_MOST_SEEN: Final = 200
"""Declarations whose types are worked out; the names of a program may be thousands."""


def offer(selection: Selection) -> Iterable[Action]:
    """At a `>>`, or the name of the stage behind it. The name can be written over at once."""
    pipe = selection.first(ast.Pipe)
    if pipe is None or selection.item.is_broken or selection.span.start < pipe.op_span.start:
        return
    right = pipe.right
    if not isinstance(right, ast.Name) or (
        selection.span.start >= right.start and selection.first(ast.Name) is not right
    ):
        return
    title = f"Insert stage before `{right.text}`"
    for name in _fitting(selection, pipe, right):
        edit = selection.edit(pipe.op_span.start, pipe.op_span.start, f">> {name} ")
        if not breaks(selection, [edit]):
            yield Action(title, _KIND, lambda edit=edit: [edit], blanks=lambda name=name: (name,))  # type: ignore[misc]  # bound now
            return
    yield refused(title, _KIND, f"no agent or flow fits between this and `{right.text}`")


def _fitting(selection: Selection, pipe: ast.Pipe, right: ast.Name) -> Iterator[str]:
    """Agents first, then flows; those that are in the chain already, or around it, do not come again."""
    typed = selection.place.typed
    if typed is None:
        return
    given = typed.types.get(pipe.left, UNKNOWN)
    given = output_of(given) if is_stage(base_of(given)) else given
    wanted = input_of(typed.types.get(right, UNKNOWN)) or UNKNOWN
    named = {one.text for one in selection.item.of(ast.Name)}
    tried = 0
    for kind in ("agent", "flow"):
        for name in _declared(selection, kind):
            if name in named:
                continue
            stage = type_of_declared(selection.names, selection.names.entries("value", name)[0].declared)
            takes, gives = input_of(stage), output_of(stage)
            if takes is None or is_silent(gives) or not accepts(selection.names, given, takes):
                continue
            if accepts(selection.names, gives, wanted):
                yield name
                tried += 1
                if tried == _MOST_TRIED:
                    return


def _declared(selection: Selection, kind: str) -> Iterator[str]:
    seen = 0
    for table in selection.project.view(selection.file.path).tables:
        for name, row in table.rows("value").items():
            if row[0].declared.kind == kind and not row[0].declared.is_broken:
                seen += 1
                if seen > _MOST_SEEN:
                    return
                yield name
