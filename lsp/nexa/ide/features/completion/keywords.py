"""Words of the language, each only where it is legal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nexa.compiler import ast
from nexa.ide.features.completion import snippets
from nexa.ide.features.completion.candidates import KEYWORD, LOCAL, WANTED, Candidate
from nexa.ide.features.completion.place import Place


def keywords(table: Mapping[str, str], rank: int = KEYWORD, without: Iterable[str] = ()) -> Iterator[Candidate]:
    """The words of a table."""
    left_out = set(without)
    for word, snippet in table.items():
        if word not in left_out:
            yield Candidate(
                word, "keyword", rank, ("keyword", word), insert=snippets.plain(word, snippet), snippet=snippet
            )


def statement_words(place: Place) -> Iterator[Candidate]:
    """The words that may begin a statement here, or go on with the one before."""
    yield from keywords(_continuations(place), WANTED)
    yield from keywords(snippets.STATEMENTS)
    functions = (ast.Flow, ast.Function, ast.Lambda, ast.JobBody, ast.Hook, ast.Test)
    around = list(_around(place))
    if any(isinstance(node, functions) for node in around):
        yield from keywords(snippets.FUNCTION_STATEMENTS)
    inside = _until(around, functions)
    if any(isinstance(node, ast.For | ast.While | ast.Loop | ast.Autoloop) for node in inside):
        yield from keywords(snippets.LOOP_STATEMENTS)
    yield from keywords(snippets.EXPRESSIONS, without=snippets.STATEMENTS)


def item_words(place: Place) -> Iterator[Candidate]:
    """The words that may begin an item of the file."""
    is_library = place.file.language == "nxlib"
    yield from keywords(snippets.ITEMS, LOCAL)
    if is_library:
        return
    has_main = bool(place.file.declared_by_name.get("main"))
    for candidate in keywords(snippets.PROGRAM_ITEMS, LOCAL, ("flow main",) if has_main else ()):
        if candidate.label == "flow main" and place.typed[:1] == "m":
            candidate.filter = "main"  # clients that sort by how well a row fits put it first, too
        yield candidate
    yield from keywords(_continuations(place), WANTED)
    yield from keywords(snippets.STATEMENTS)
    yield from keywords(snippets.EXPRESSIONS, without=snippets.STATEMENTS)


def expression_words(place: Place) -> Iterator[Candidate]:
    """The words that may begin a value. In a string's interpolation nothing that goes on over lines."""
    is_inside = any(isinstance(node, ast.Interp) for node in _around(place))
    without = {*(_LONG if is_inside else ()), *(("if",) if is_sugared(place) else ())}
    yield from keywords(snippets.EXPRESSIONS, without=without)


_LONG = ("python!", "template", "fork", "semantic_if", "match")


def is_sugared(place: Place) -> bool:
    """Whether the operand of `requires x` begins here: a word that goes on with a statement would make that one."""
    return isinstance(place.parent, ast.Contract) and isinstance(place.above(place.parent), ast.Block)


def _around(place: Place) -> Iterator[ast.Node]:
    node = place.parent
    while node is not None:
        yield node
        node = place.above(node)


def _until(around: list[ast.Node], stops: tuple[type[ast.Node], ...]) -> list[ast.Node]:
    for index, node in enumerate(around):
        if isinstance(node, stops):
            return around[:index]
    return around


def _continuations(place: Place) -> dict[str, str]:
    """What may follow the block that has just ended."""
    if place.before is None or place.before.kind != "}":
        return {}
    previous = _previous(place)
    words = _goes_on_with(previous, is_near=place.before.is_near)
    return {word: snippets.CONTINUATIONS[word] for word in words}


def _previous(place: Place) -> ast.Node | None:
    """The statement before this one, an item of the file included; only if nothing stands between."""
    statement, block = place.parent, place.above(place.parent)
    if isinstance(block, ast.Block):
        rows = block.statements
        index = rows.index(statement) if statement in rows else 0
        return rows[index - 1] if index else None
    index_of_item = place.file.item_at(max(place.before.end - 1, 0)) if place.before is not None else None
    return place.file.items[index_of_item].node if index_of_item is not None else None


def _goes_on_with(node: ast.Node | None, *, is_near: bool) -> tuple[str, ...]:
    match node:
        case ast.If(else_=None) | ast.SemanticIf(else_=None):
            return ("else", "else if")
        case ast.If(else_=ast.SemanticIf() as inner) | ast.SemanticIf(else_=ast.SemanticIf() | ast.If() as inner):
            return _goes_on_with(inner, is_near=is_near)
        case ast.Try(finally_=None):
            return ("catch", "finally")
        case ast.TryAgent():
            return ("catch_correction",)
        case ast.Loop(until=None) if is_near:
            return ("until",)
        case ast.Fork(merge=None):
            return ("and",)
        case ast.ExprStmt(value=ast.Fork(merge=None)):
            return ("and",)
    return ()
