"""The body of a `python!` block: its dedent, and whether Python can read it. Nothing is run.

Language reference, section 1.11: taken verbatim, dedented, and it must parse as the body of a Python function.
"""

from __future__ import annotations

from typing import Final

from nexa.compiler.python_source import Mistake, first_mistake

_HEAD: Final = "async def block():\n"
_STEP: Final = " "


def dedented_code(raw: str) -> tuple[str, int]:
    """The code without its common indentation, and how many characters each line lost.

    Lines are kept one to one, so that a place in the code can be mapped back; a first line on the opening quotes has
    no indentation of its own and loses only spaces.
    """
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    indents = [len(line) - len(line.lstrip(" \t")) for line in lines[1:] if line.strip()]
    margin = min(indents, default=0)
    prefix = next((line[:margin] for line in lines[1:] if line.strip()), "")
    if any(not line.startswith(prefix) for line in lines[1:] if line.strip()):
        margin = 0
    rest = [line[margin:] if line.strip() else line[margin:].strip(" \t") for line in lines[1:]]
    return "\n".join([lines[0].lstrip(" \t"), *rest]), margin


def python_error(code: str) -> Mistake | None:
    """The first mistake in the dedented code of a block, None when there is none."""
    lines = code.split("\n")
    text = _HEAD + "".join(f"{_STEP}{line}\n" for line in lines) + f"{_STEP}pass\n"
    found = first_mistake(text)
    if found is None:
        return None
    if not found.line:  # the line that we have put before it: it is all too deep
        return Mistake(0, 0, found.reason)
    return _placed(lines, found)


def _placed(lines: list[str], found: Mistake) -> Mistake:
    """The mistake inside the code: one that is found only at the end is put behind the last character."""
    line, column = found.line - 1, max(found.column - len(_STEP), 0)
    if line >= len(lines):
        line = max((index for index, text in enumerate(lines) if text.strip()), default=0)
        column = len(lines[line])
    column = min(column, len(lines[line]))
    return Mistake(line, column, found.reason, min(found.width, len(lines[line]) - column))
