"""Python in `python!` blocks: names that the block has, locals of the flow, Python's own words. Nothing is run."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterator
from typing import Any

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.file import File
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import UNKNOWN, base_of, is_silent
from nexa.compiler.types.union import members_of, without_null
from nexa.ide.features.completion.candidates import BUILT_IN, DECLARED, KEYWORD, LOCAL, WANTED, Candidate
from nexa.ide.sight import Sight, sight_at
from nexa.syntax import Span


def python_candidates(project: Project, file: File, span: Span, offset: int, word: Span) -> Iterator[Candidate]:
    """What may stand at an offset in the Python block of a span."""
    index = file.item_at(span.start)
    if index is None:
        return
    item = file.items[index]
    node = next((one for one in item.of(ast.Python) if one.start == span.start - file.starts[index]), None)
    if node is None or offset < file.starts[index] + node.offset:
        return
    code = file.text[file.starts[index] + node.offset : word.start].decode("utf-8", "replace")
    rest = file.text[word.end : span.end].decode("utf-8", "replace")
    state = _state(code)
    if state == "text":
        return
    sight = sight_at(project, project.view(file.path), item, node)
    if state == "attribute":
        yield from _attributes(code, rest, sight)
        return
    seen: set[str] = set()
    for local in reversed(sight.locals):
        if local.kind not in ("type", "self", "contract", "method", "function") and local.name not in seen:
            seen.add(local.name)
            found = sight.held(local)
            yield Candidate(local.name, "variable", WANTED, origin="" if is_silent(found) else show(found))
    for name in _names(code):
        if name not in seen:
            seen.add(name)
            yield Candidate(name, "variable", LOCAL)
    if "nexa_secrets" not in seen:
        yield Candidate(
            "nexa_secrets", "variable", DECLARED, doc="Secrets of the configuration: `nexa_secrets.get(key)`."
        )
    for name in keyword.kwlist:
        yield Candidate(name, "python", KEYWORD)
    for name in dir(builtins):
        if not name.startswith("_") and name not in seen and name not in keyword.kwlist:
            yield Candidate(name, "python", BUILT_IN)


def _state(code: str) -> str:
    """Whether the end of some code is in a string, a comment or a number, behind a dot, or where a name may begin."""
    import parso  # heavy, and most files have no Python in them

    parse: Any = parso.parse  # not annotated
    try:
        leaf = parse(f"{code}nexa_cursor").get_last_leaf()
    except RecursionError:
        return "text"
    while leaf is not None and leaf.type in ("endmarker", "newline"):
        if "#" in leaf.prefix and "nexa_cursor" in leaf.prefix:
            return "text"
        leaf = leaf.get_previous_leaf()
    if leaf is None or leaf.type != "name" or leaf.value != "nexa_cursor":
        return "text"
    before = leaf.get_previous_leaf()
    is_open = before is not None and before.type == "error_leaf" and before.value.endswith(("'", '"'))
    if is_open or (before is not None and before.value in ("def", "class", "as")):
        return "text"  # what follows an open quote is a name to the parser
    return "attribute" if before is not None and before.value == "." else "name"


def _names(code: str) -> list[str]:
    """The names that the code up to the cursor defines, the last ones first."""
    import parso  # as above

    parse: Any = parso.parse  # not annotated
    try:
        used: dict[str, list[Any]] = parse(code).get_used_names()
    except RecursionError:
        return []
    last = {
        name: max(place.start_pos for place in places)
        for name, places in used.items()
        if any(place.is_definition() for place in places)
    }
    return sorted(last, key=last.__getitem__, reverse=True)


def _attributes(code: str, rest: str, sight: Sight) -> Iterator[Candidate]:
    """Behind a dot: the fields of a local whose type is known, and what the block says of the same name elsewhere."""
    owner = _word_before_dot(code)
    seen: set[str] = set()
    local = next((one for one in reversed(sight.locals) if one.name == owner), None)
    found = UNKNOWN if local is None else sight.held(local)
    for one in members_of(without_null(found)):
        for field in (fields_of(sight.names, base_of(one)) or {}).values():
            seen.add(field.name)
            yield Candidate(field.name, "field", WANTED, origin="" if is_silent(field.type) else show(field.type))
    for name in _said_of(owner, code + " " + rest):
        if name not in seen:
            seen.add(name)
            yield Candidate(name, "field", LOCAL)


def _word_before_dot(code: str) -> str:
    text = code.rstrip().removesuffix(".").rstrip()
    start = len(text)
    while start and (text[start - 1] == "_" or text[start - 1].isalnum()):
        start -= 1
    return text[start:]


def _said_of(owner: str, code: str) -> list[str]:
    """The words that follow the same name and a dot anywhere in the block."""
    found = []
    for part in code.split(f"{owner}.")[1:] if owner else ():
        word = ""
        for char in part:
            if not (char == "_" or char.isalnum()):
                break
            word += char
        if word.isidentifier():
            found.append(word)
    return list(dict.fromkeys(found))
