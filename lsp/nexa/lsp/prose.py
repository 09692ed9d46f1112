"""What is told about a name, in the language of who reads it: paragraph by paragraph; code stays as it is."""

from __future__ import annotations

import re

from nexa.compiler.chinese import translated
from nexa.lsp.chinese import MANUAL, PROSE

_FENCED = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
_EACH = re.compile(r"(?m)(?<= → )(.+)  for each element$")


def prose_to_chinese(text: str) -> str:
    """A Markdown or plain text in Chinese, as far as it is ours; what the program says about itself stays."""
    parts, done = list[str](), 0
    for block in _FENCED.finditer(text):
        parts += (_paragraphs(text[done : block.start()]), _EACH.sub(r"\1  逐个元素", block[0]))
        done = block.end()
    return "".join([*parts, _paragraphs(text[done:])])


def _paragraphs(text: str) -> str:
    return "\n\n".join(map(_paragraph, text.split("\n\n")))


def _paragraph(text: str) -> str:
    plain = text.strip()
    said = MANUAL.get(" ".join(plain.split())) or (translated(PROSE, plain) if plain else None)
    return text if said is None else text.replace(plain, said)
