"""Words that go on with something that is complete so far: clauses of heads, operators that are words.

The tokens before the cursor say what is in progress; what follows it does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nexa.compiler import ast
from nexa.ide.features.completion import snippets
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate
from nexa.ide.features.completion.keywords import keywords
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.text_at import Token

_CONTRACTS = {"requires": "requires ${0}", "ensures": "ensures ${0}", "invariant": "invariant ${0}"}
_HEADS: dict[str, dict[str, str]] = {
    "agent_declaration": {"uses": "uses ${0}", "implements": "implements ${0}", **_CONTRACTS},
    "flow_declaration": _CONTRACTS,
    "function_declaration": _CONTRACTS,
    "job_declaration": {"on": 'on "${0:queue}"'},
    "impl_declaration": {"for": "for ${0}"},
    "static_item": {"from": 'from "${0:./public}"'},
}
_TYPES = frozenset(
    {"type_name", "type_option", "type_union", "type_tuple", "type_fn", "agent_returns", "returns", "parameters"}
)


def clauses(place: Place) -> Iterator[Candidate]:
    """The words that may follow here."""
    before = place.before
    if before is None:
        return
    special = _SPECIAL.get(before.text)
    if special is not None and before.is_near and not before.kind.endswith("content"):
        for word in special:
            yield Candidate(word, "keyword", WANTED, ("keyword", word), insert=f"{word} ")
        return
    if before.text in snippets.HTTP_METHODS and "server_declaration" in before.within:
        return
    if before.head:
        yield from _head_words(place, before, before.head)
    elif "trait_body" in before.within[:1]:
        yield from keywords({"fn": snippets.TRAIT_METHOD}, WANTED)
    elif "impl_body" in before.within[:1] or before.within[:3] == ("block", "function_declaration", "impl_body"):
        yield from keywords({"fn": snippets.METHOD}, WANTED)
    elif before.is_near and before.ends_operand:
        yield from _infix(place, before)


_SPECIAL: dict[str, tuple[str, ...]] = {
    "use": ("config",),
    "semantic": ("route",),
    "route": snippets.HTTP_METHODS,
    "for": ("each",),
}


def _head_words(place: Place, before: Token, head: str) -> Iterator[Candidate]:
    if not before.ends_operand:
        return
    text = _without_quotes(place.file.text[before.head_start : place.word.start])
    once = [word for word in ("uses", "implements", "on", "for", "from") if re.search(rf"\b{word}\b", text)]
    is_name = before.text in _HEADS or re.fullmatch(r"(agent|flow|fn|job|impl)", before.text) is not None
    if is_name:
        return
    yield from keywords(_HEADS[head], WANTED, once)
    if "contract" in before.within:
        yield from keywords(snippets.INFIX, DECLARED, ("otherwise", "fallback"))


def _without_quotes(text: bytes) -> str:
    return re.sub(r'"[^"\n]*"', '""', text.decode("utf-8", "replace"))


# ── behind an operand ───────────────────────────────────────────────────────────────────────────────────────────


def _infix(place: Place, before: Token) -> Iterator[Candidate]:
    """The operators that are words, as far as what is in progress takes them."""
    opening = _opening(place)
    if before.within[:1] and before.within[0] in _TYPES and "is_type" not in before.within:
        return
    if opening == "for" and " in " not in _line(place):
        yield from keywords({"in": "in ${0}"}, WANTED)
        return
    own = dict(_OWN.get(opening, {}))
    if opening in ("assert", "verify", "semantic_if"):
        is_text = (
            before.kind in ('"', "'", '"""') and re.search(rf'\b{opening}\s*"[^"]*"\s*$', _line(place)) is not None
        )
        own.pop("satisfies" if is_text else "against", None)
        if opening == "semantic_if" and not is_text:
            own.pop("fast_match", None)
    if opening == "if" and re.search(r"(^|\belse)\s*if\b[^{]*$", _line(place)):
        own = {}  # the statement, not the expression
    if opening == "then":
        own = {"else": "else ${0}"}
    yield from keywords(own, WANTED)
    if opening == "match" and re.search(r"\bmatch\s+(intent\s+)?\w+\s*$", _line(place)):
        return
    yield from keywords(snippets.INFIX)
    if opening == "" and _may_be_guarded(place):
        yield from keywords({"if": "if ${0}"}, DECLARED + 5)


_OWN: dict[str, dict[str, str]] = {
    "verify": {"satisfies": "satisfies ${0}", "against": "against ${0}"},
    "assert": {"against": "against ${0}"},
    "semantic_if": {"against": "against ${0}", "fast_match": 'fast_match r"${0}"'},
    "fork": {"merge": "merge ${0:best_of}"},
    "pass": {"to": "to ${0}"},
    "if": {"then": "then ${0}"},
}
_OPENING = re.compile(r"\b(verify|assert|semantic_if|fork|pass|if|then|else|for|match|let|return|raise)\b")


def _line(place: Place) -> str:
    """What stands on the line before the word, from the last brace or semicolon on, without what is in quotes."""
    text = place.file.text
    start = max(text.rfind(sign, 0, place.word.start) for sign in (b"\n", b"\r", b";", b"{", b"}")) + 1
    return _without_quotes(text[start : place.word.start])


def _opening(place: Place) -> str:
    """The word that began what is in progress."""
    found = _OPENING.findall(_line(place))
    return found[-1] if found else ""


def _may_be_guarded(place: Place) -> bool:
    """Whether what ends here is a statement that may have a condition: a call, no assignment."""
    if not place.has_trial or not isinstance(place.parent, ast.ExprStmt) or _ASSIGNS.search(_line(place)):
        return False
    block = place.above(place.parent)
    return block is None or isinstance(block, ast.Block)


_ASSIGNS = re.compile(r"(?<![=!<>])=(?![=>])")
