"""Add missing arms: a `match` over an enum gets an arm for each variant that it lacks.

Before:

    enum Decision { Approved(by: str), Rejected(reason: str), Waiting }
    flow main(outcome: Decision) {
        $0match outcome {
            Decision::Approved(by) => print(by)
        }
    }

After:

    enum Decision { Approved(by: str), Rejected(reason: str), Waiting }
    flow main(outcome: Decision) {
        match outcome {
            Decision::Approved(by) => print(by),
            Decision::Rejected(reason) => raise "Decision::Rejected is not handled yet",
            Decision::Waiting => raise "Decision::Waiting is not handled yet"
        }
    }

Before:

    enum Light { Red, Green }
    flow main(light: Light) {
        match $0light {}
    }

After:

    enum Light { Red, Green }
    flow main(light: Light) {
        match light {
            Light::Red => raise "Light::Red is not handled yet",
            Light::Green => raise "Light::Green is not handled yet"
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.types.terms import Named
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.finishing import finished

_KIND: Final[Kind] = "quickfix"


def offer(selection: Selection) -> Iterable[Action]:
    """At the head of a `match` whose subject is known to be of an enum."""
    node = selection.first(ast.Match)
    if node is None or selection.item.is_broken or (node.arms and selection.span.start > node.arms[0].start):
        return
    typed = selection.place.typed
    one = typed.types.get(node.subject) if typed is not None and not node.intent else None
    declared = selection.names.declared("type", one.name) if isinstance(one, Named) and one.kind == "enum" else None
    enum = declared.node if declared is not None else None
    if not isinstance(enum, ast.Enum):
        return
    missing = _missing(node, enum)
    if missing:
        title = f"Add {len(missing)} missing arm{'s' if len(missing) > 1 else ''}"
        yield Action(
            title,
            _KIND,
            lambda: _edits(selection, node, enum, missing),
            is_preferred="NX314" in selection.codes,
            blanks=lambda: [_value(enum, variant) for variant in missing],
        )


def _missing(node: ast.Match, enum: ast.Enum) -> list[ast.Variant]:
    """The variants that no arm takes whatever they hold; none if some arm takes everything."""
    taken: set[str] = set()
    for arm in node.arms:
        match arm.pattern:
            case ast.PVariant(variant=variant, items=items) if arm.guard is None and all(map(_takes_all, items)):
                taken.add(variant.text)
            case ast.PWildcard() | ast.PName() if arm.guard is None:
                return []
    return [one for one in enum.variants if one.name.text and one.name.text not in taken]


def _takes_all(pattern: ast.Node) -> bool:
    return isinstance(pattern, ast.PWildcard | ast.PName)


def _edits(selection: Selection, node: ast.Match, enum: ast.Enum, missing: list[ast.Variant]) -> Iterable[TextEdit]:
    arms = ",\n".join(_arm(enum, variant) for variant in missing)
    if not node.arms:
        start = selection.item.text.find(b"{", node.subject.end)
        return finished(selection, [selection.edit(start, node.end, f"{{\n{arms}\n}}")])
    last = node.arms[-1].end
    behind = selection.item.text[last : node.end].lstrip()
    comma = "" if behind.startswith(b",") else ","
    at = last + (0 if comma else selection.item.text[last : node.end].index(b",") + 1)
    return finished(selection, [selection.edit(at, at, f"{comma}\n{arms}\n")])


def _arm(enum: ast.Enum, variant: ast.Variant) -> str:
    names = [_name(part, number) for number, part in enumerate(variant.payload, 1)]
    payload = f"({', '.join(names)})" if names else ""
    return f"{enum.name.text}::{variant.name.text}{payload} => {_value(enum, variant)}"


def _value(enum: ast.Enum, variant: ast.Variant) -> str:
    return f'raise "{enum.name.text}::{variant.name.text} is not handled yet"'


def _name(part: ast.Payload, number: int) -> str:
    return part.name.text if part.name is not None and part.name.text[:1].islower() else f"value{number}"
