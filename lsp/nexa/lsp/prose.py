"""What is told about a name, in the language of who reads it: paragraph by paragraph; code stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nexa.compiler.chinese import message_in_chinese, translated
from nexa.lsp.chinese import MANUAL, PROSE
from nexa.lsp.chinese.table import read_table

_FENCED = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
_EACH = re.compile(r"(?m)(?<= → )(.+)  for each element$")
_RULE = re.compile(r"(?:```nexa\n)?NX\d{3} [a-z-]+\n")
"""How the manual of a code begins."""
_EXAMPLE = re.compile(r"(?m)(?<=\^ )(NX\d{3}): (.+)$")
"""What a wrong program of a manual is told."""


def prose_to_chinese(text: str) -> str:
    """A Markdown or plain text in Chinese, as far as it is ours; what the program says about itself stays."""
    if _RULE.match(text):
        return manual_to_chinese(text)
    parts, done = list[str](), 0
    for block in _FENCED.finditer(text):
        parts += (_paragraphs(text[done : block.start()]), _EACH.sub(r"\1  逐个元素", block[0]))
        done = block.end()
    return "".join([*parts, _paragraphs(text[done:])])


def manual_to_chinese(text: str) -> str:
    """The manual of a code; its programs stay, and what they are told is what the reader is told."""
    from nexa.lsp.chinese.manuals import MANUALS  # few are ever opened

    return _EXAMPLE.sub(_told, _paragraphs(text, MANUAL | read_table(MANUALS)))


def _told(found: re.Match[str]) -> str:
    code, message = found.groups()
    return f"{code}: {message_in_chinese(code, message) or message}"


def _paragraphs(text: str, manual: Mapping[str, str] = MANUAL) -> str:
    return "\n\n".join(_paragraph(one, manual) for one in text.split("\n\n"))


def _paragraph(text: str, manual: Mapping[str, str]) -> str:
    plain = text.strip()
    said = manual.get(" ".join(plain.split())) or (translated(PROSE, plain) if plain else None)
    return text if said is None else text.replace(plain, said)
