"""No feature raises, whatever the text and wherever the cursor. A new feature is one line in `FEATURES`."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from harness.mutation import random_edit
from harness.mutations import mistake, programs, tokens
from nexa.compiler.analysis import Project, Settings
from nexa.compiler.file import File
from nexa.ide.features.call_hierarchy import incoming_calls, outgoing_calls
from nexa.ide.features.completion import completion
from nexa.ide.features.declaration import declaration
from nexa.ide.features.definition import definition
from nexa.ide.features.expanded_prompt import expanded_prompt
from nexa.ide.features.folding import folds
from nexa.ide.features.graph_view import flow_graph
from nexa.ide.features.highlight import highlights
from nexa.ide.features.hover import hover
from nexa.ide.features.implementation import implementation
from nexa.ide.features.inline_values import inline_values
from nexa.ide.features.links import links
from nexa.ide.features.outline import outline
from nexa.ide.features.references import references
from nexa.ide.features.rename import Refusal, prepare_rename, rename
from nexa.ide.features.runnables import runnables
from nexa.ide.features.selection import selections
from nexa.ide.features.signature_help import signature_help
from nexa.ide.features.type_definition import type_definition
from nexa.ide.features.type_hierarchy import prepare_types, subtypes, supertypes
from nexa.ide.index import indexed
from nexa.syntax import Span, parse


def refusable(feature: Callable[..., object], *args: object) -> object:
    try:
        return feature(*args)
    except Refusal:
        return None


Feature = Callable[[Project, str, int], object]

FEATURES: dict[str, Feature] = {
    "completion": completion,
    "declaration": declaration,
    "definition": definition,
    "expanded prompt": expanded_prompt,
    "folding": lambda project, path, _: folds(project.file(path)),
    "graph": lambda project, path, _: flow_graph(project, path, None),
    "highlight": highlights,
    "hover": hover,
    "implementation": implementation,
    "incoming calls": incoming_calls,
    "index": lambda project, path, _: indexed(project.file(path)),
    "inline values": lambda project, path, offset: inline_values(project, path, Span(0, offset + 99), offset),
    "links": lambda project, path, _: links(project, path),
    "outgoing calls": outgoing_calls,
    "outline": lambda project, path, _: outline(project.file(path)),
    "references": lambda project, path, offset: list(references(project, path, offset, include_declaration=True)),
    "rename": lambda project, path, offset: refusable(rename, project, path, offset, "zz_fresh"),
    "rename, before": lambda project, path, offset: refusable(prepare_rename, project, path, offset),
    "runnables": lambda project, path, _: runnables(project.file(path)),
    "selection": lambda project, path, offset: selections(project.file(path), offset),
    "signature help": signature_help,
    "type definition": type_definition,
    "type hierarchy": lambda project, path, offset: (
        (one := prepare_types(project, path, offset)) and (supertypes(project, one), subtypes(project, one))
    ),
}

ROUNDS = 4
"""Mutated texts for each example."""
OFFSETS = 8
"""Places that every feature is asked about in each of them."""

PROGRAMS = dict(programs())


def mutated(rng: random.Random, text: bytes) -> bytes:
    """A text with one or a few mistakes in it, of the kinds that people make or of any kind."""
    if rng.random() < 0.5:
        return mistake(rng, text, tokens(parse(text).root)).applied(text)
    for _ in range(rng.choice((1, 3, 9))):
        _, text = random_edit(rng, text)
    return text


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_feature_raises(name):
    rng = random.Random(name)
    project = Project(Settings(), lambda _: None)
    for other, text in PROGRAMS.items():
        project = project.with_file(File.parse(f"/x/{other}", text))
    path = f"/x/{name}"
    for _ in range(ROUNDS):
        text = mutated(rng, PROGRAMS[name])
        project = project.with_file(File.parse(path, text))
        for _ in range(OFFSETS):
            offset = rng.randrange(len(text) + 1)
            for feature, ask in FEATURES.items():
                try:
                    ask(project, path, offset)
                except Exception as bug:
                    raise AssertionError(f"{feature} at {offset} of:\n{text.decode('utf-8', 'replace')}") from bug
