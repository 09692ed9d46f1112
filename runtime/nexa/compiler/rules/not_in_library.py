"""A library does something by itself.

A `.nxlib` file declares what others use: it has no `flow main`, no tests, no servers and no statements of its own.

Bad:

    include "tools.nxlib"
    flow main { print(greeting()) }
    //- tools.nxlib
    fn greeting() -> str { "hello" }
      test "greets" { assert greeting() == "hello" }
    //^^^^ NX219: a test is not allowed in a library

Good:

    include "tools.nxlib"
    flow main { print(greeting()) }
    test "greets" { assert greeting() == "hello" }
    //- tools.nxlib
    fn greeting() -> str { "hello" }
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import partial

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.program import Program
from nexa.compiler.rule import Change, Draft, ProgramDraft, ProgramRule, Remedy, Severity
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """What only programs may have, in the libraries of a program. Of what is torn nobody knows what it will be."""
    for path, file in program.files.items():
        for index, what in file.rows(_barred) if file.language == "nxlib" else ():
            yield ProgramDraft(path, index, partial(_settled, path, what))


def _barred(item: ItemFacts) -> Iterable[str]:
    what = None if item.is_broken else _what(item.node)
    return () if what is None else (what,)


def _what(node: ast.Item) -> str | None:
    if isinstance(node, ast.Flow) and node.name.text == "main":
        return "`flow main`"
    if isinstance(node, ast.Test):
        return "a test"
    if isinstance(node, ast.Server):
        return "a server"
    return "a script statement" if not isinstance(node, ast.Declaration) else None


def _settled(path: str, what: str, item: ItemFacts) -> Draft:
    node = item.node
    place = node.keyword if isinstance(node, ast.Declaration) else _first_token(item, node)
    return Draft(place, f"{what} is not allowed in a library", fix=_move(path, item))


def _first_token(item: ItemFacts, node: ast.Node) -> Span:
    text = item.source(node.span)
    length = 0
    while length < len(text) and text[: length + 1].isidentifier():
        length += 1
    return Span(node.start, node.start + len(text[: max(length, 1)].encode()))


def _move(path: str, item: ItemFacts) -> Remedy:
    """To the program of the same name beside the library, which includes it."""
    program = path.removesuffix("lib")
    text = item.text.decode("utf-8", "replace")
    head = f'include "{os.path.basename(path)}"\n'  # noqa: PTH119 - pure text, as in `include`
    changes = (Change(Span(0, len(item.text)), ""), Change(Span(0, 0), f"\n{text}\n", path=program, head=head))
    return Remedy(f"Move it to `{os.path.basename(program)}`", changes, safe=False)  # noqa: PTH119 - as above


RULE = ProgramRule("NX219", "not-in-library", Severity.ERROR, check)
