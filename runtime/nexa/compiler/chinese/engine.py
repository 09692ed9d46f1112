"""Matches a finished English text against the patterns of a table, and puts what it holds into the translation.

In a pattern `«1»` is text that is taken over as it is, `‹1›` a phrase that is translated itself, and may be empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from nexa.compiler.chinese import graph, harness, names, notes, phrases, running, style, syntax, titles, types
from nexa.compiler.rule import Finding, Fix

Pair = tuple[str, str]
"""English and Chinese."""

Phrase = Callable[[str], str | None]
"""What is said for a piece of a text; None when there is no translation."""

_REMEMBERED = 4096
"""How many texts are kept with their translation."""

_HOLE = re.compile("[«‹](\\d)[»›]")
_SEPARATORS = re.compile(r"(, or |, and |, | or | and )(?=(?:[^`]*`[^`]*`)*[^`]*$)")
_CODE = re.compile("(`[^`]*`)")
_WORD = re.compile("[\u4e00-\u9fff]")
_BETWEEN = re.compile("(?<=[\u4e00-\u9fff，。；：、（）？]) +(?=[\u4e00-\u9fff，。；：、（）？])|(?<=[，。；：、（]) +")
_VERBATIM = re.compile(r"[^A-Za-z`]*(?:`[^`]*`[^A-Za-z`]*)*")

_MESSAGES: Mapping[str, Sequence[Pair]] = {
    **syntax.MESSAGES,
    **names.MESSAGES,
    **types.MESSAGES,
    **graph.MESSAGES,
    **harness.MESSAGES,
    **running.MESSAGES,
    **style.MESSAGES,
}


def in_chinese(finding: Finding) -> Finding:
    """The same finding in Chinese, as far as there are translations."""
    return replace(
        finding,
        message=message_in_chinese(finding.code, finding.message) or finding.message,
        related=tuple(replace(one, message=note_in_chinese(one.message) or one.message) for one in finding.related),
        answers=finding.answers and (lambda: tuple(map(_fix, finding.fixes))),
    )


@lru_cache(maxsize=_REMEMBERED)
def message_in_chinese(code: str, text: str) -> str | None:
    """A message of a code; None where there is no translation."""
    return translated(_MESSAGES.get(code, ()), text)


def any_message_in_chinese(text: str) -> str | None:
    """A message of whichever code."""
    return next((found for code in _MESSAGES if (found := message_in_chinese(code, text)) is not None), None)


@lru_cache(maxsize=_REMEMBERED)
def note_in_chinese(text: str) -> str | None:
    """What a finding says of another place."""
    return translated(notes.NOTES, text)


@lru_cache(maxsize=_REMEMBERED)
def title_in_chinese(text: str) -> str | None:
    """What a fix does."""
    return translated(titles.TITLES, text)


def _fix(fix: Fix) -> Fix:
    return replace(fix, title=title_in_chinese(fix.title) or fix.title)


def translated(pairs: Sequence[Pair], text: str, phrase: Phrase | None = None) -> str | None:
    """What the first pattern that fits makes of a text; None where none does. `phrase` translates what `‹1›` holds."""
    of = phrase or _phrase
    found = _matched(pairs, text, is_strict=True, phrase=of) or _matched(pairs, text, is_strict=False, phrase=of)
    return None if found is None else _spaced(found)


def _matched(pairs: Sequence[Pair], text: str, *, is_strict: bool, phrase: Phrase) -> str | None:
    """`is_strict`: what a pattern has in backticks holds none itself, so that two pieces are not read as one."""
    for english, chinese in pairs:
        match = _compiled(english, is_strict=is_strict).fullmatch(text)
        if match is not None and (filled := _filled(chinese, match, phrase)) is not None:
            return filled
    return None


def _filled(chinese: str, match: re.Match[str], phrase: Phrase) -> str | None:
    """The translation with what stands in its holes; None when a phrase has no translation."""
    found = {name: value if name[0] == "t" else phrase(value) for name, value in match.groupdict().items()}
    if None in found.values():
        return None
    return _HOLE.sub(lambda hole: found.get(f"t{hole[1]}") or found.get(f"p{hole[1]}") or "", chinese)


@cache
def _compiled(english: str, *, is_strict: bool) -> re.Pattern[str]:
    parts, done = [], 0
    for hole in _HOLE.finditer(english):
        parts.append(re.escape(english[done : hole.start()]))
        text = "[^`]+?" if is_strict and english[hole.start() - 1 : hole.start()] == "`" else ".+?"
        parts.append(f"(?P<t{hole[1]}>{text})" if hole[0][0] == "«" else f"(?P<p{hole[1]}>.*?)")
        done = hole.end()
    return re.compile("".join(parts) + re.escape(english[done:]), re.DOTALL)


def _spaced(text: str) -> str:
    """No space between two words of Chinese, and one between such a word and code."""
    pieces = _CODE.split(text)
    for index in range(0, len(pieces), 2):
        piece = _BETWEEN.sub("", pieces[index])
        if index and _WORD.match(piece):
            piece = f" {piece}"
        if index + 1 < len(pieces) and _WORD.match(piece[-1:]):
            piece += " "
        pieces[index] = piece
    return "".join(pieces)


def _phrase(text: str) -> str | None:
    if not text:
        return ""
    found = _matched(phrases.PHRASES, text, is_strict=True, phrase=_phrase) or _listed(text)
    if found is None:
        found = _matched(phrases.PHRASES, text, is_strict=False, phrase=_phrase)
    return text if found is None and _VERBATIM.fullmatch(text) else found


def _listed(text: str) -> str | None:
    """A row of phrases."""
    parts = _SEPARATORS.split(text)
    if len(parts) == 1:
        return None
    said = [_phrase(part) if index % 2 == 0 else phrases.SEPARATORS[part] for index, part in enumerate(parts)]
    return None if None in said else "".join(one or "" for one in said)
