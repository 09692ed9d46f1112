"""The rules of a definition for KSyntaxHighlighting: what expressions become, and how they are written."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from textmate import Piece, Rule, alternatives, sequences

BEHIND_BRACE = r"(?<=\})"

STYLES = {
    "comment": "Comment",
    "comment.line.documentation": "Documentation",
    "constant.character.escape": "SpecialChar",
    "constant.language": "Constant",
    "constant.numeric": "DecVal",
    "constant.numeric.float": "Float",
    "entity.name.class": "DataType",
    "entity.name.function": "Function",
    "entity.name.function.decorator": "Preprocessor",
    "entity.name.namespace": "Import",
    "entity.name.type": "DataType",
    "keyword": "Keyword",
    "keyword.control": "ControlFlow",
    "keyword.control.directive": "Preprocessor",
    "keyword.control.import": "Import",
    "keyword.operator": "Operator",
    "keyword.operator.expression": "Keyword",
    "punctuation.definition.template": "SpecialChar",
    "punctuation.section.embedded": "SpecialChar",
    "storage.type": "Keyword",
    "string": "String",
    "string.other.format": "SpecialChar",
    "string.quoted.raw": "VerbatimString",
    "string.regexp": "SpecialString",
    "support.function": "BuiltIn",
    "support.type": "DataType",
    "variable.language": "BuiltIn",
    "variable.other.enummember": "Constant",
    "variable.other.property": "Attribute",
    "variable.other.template": "Variable",
    "variable.parameter": "Variable",
}
"""Scopes, and what begins with them → KSyntaxHighlighting's styles. The longest counts; without one it is Normal."""

REGIONS = {r"\{": "Brace", r"\[": "Bracket", r"\(": "Parenthesis"}


def parts_of(pieces: list[Piece], names: dict[int, str | None]) -> list[tuple[str, int]]:
    """Pieces joined so that each has a colour: what has none belongs to the next one, and behind the last to that."""
    parts: list[tuple[str, int]] = []
    before = ""
    for piece in pieces:
        if piece.group and names.get(piece.group) and not piece.is_empty:
            parts.append((f"{before}(?:{piece.text})", piece.group))
            before = ""
        else:
            before += f"(?:{piece.text})" if piece.group else piece.text
    if not parts:
        return [(before, 0)]
    text, group = parts[-1]
    return [*parts[:-1], (text + before, group)]


def ahead(texts: list[str], number: int) -> str:
    """A part, where the others follow it."""
    rest = "".join(texts[number + 1 :])
    return f"{texts[number]}(?={rest})" if rest else texts[number]


def is_consuming(expression: str) -> bool:
    """Whether it takes a character."""
    return any(
        not (piece.is_empty or (piece.group and piece.text.startswith("(?"))) for piece in sequences(expression)[0]
    )


def may_end_line(expression: str) -> bool:
    """Whether TextMate, which sees the newline, finds this empty match at the end of a line."""
    if expression.startswith("(?<="):
        return True
    return re.match(re.sub(r"\\p\{\w+\}", "a-z", expression), "\n") is not None


def goes_to_brace(rule: Rule) -> bool:
    """Whether what a rule opens ends with a `}`."""
    ends = alternatives(rule["end"])
    return r"\}" in ends or BEHIND_BRACE in ends


def region_of(rule: Rule) -> str:
    """What is folded: from a bracket to the one that closes it, and comments over lines."""
    if "contentName" in rule or rule["begin"].startswith("#"):
        return ""
    if rule["begin"] == r"/\*":
        return "Comment"
    taken = [piece.text for piece in sequences(rule["begin"])[0] if not piece.is_empty]
    return REGIONS.get(taken[-1], "") if taken and rule["end"][:2] in (r"\}", r"\]", r"\)") else ""


# ── XML ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def found(expression: str, attribute: str, context: str, extra: str = "") -> str:
    """A rule that takes what it finds; where that is nothing, it only looks ahead."""
    if is_consuming(expression):
        return _written({"attribute": attribute, "context": context, "String": expression}, extra)
    return _written({"attribute": attribute, "context": context, "lookAhead": "1", "String": f"{expression}."}, extra)


def seen_at_line_start(expression: str, attribute: str, context: str) -> str:
    """A rule that looks ahead, where a line begins."""
    where = {"attribute": attribute, "context": context, "lookAhead": "1", "column": "0"}
    return _written({**where, "String": expression}, "")


def _written(what: dict[str, str], extra: str) -> str:
    # Oniguruma's `\h` is a hexadecimal digit.
    what["String"] = what["String"].replace(r"\h", "[0-9a-fA-F]")
    return f"<RegExpr{attributes(what)}{extra}/>"


def attributes(values: dict[str, str]) -> str:
    """Attributes of an element."""
    return "".join(f" {key}={quoteattr(value)}" for key, value in values.items())


def style(item: str) -> str:
    """The name of the style that an item has."""
    words = item.split(".")
    names = (".".join(words[:length]) for length in range(len(words), 0, -1))
    return f"ds{next((STYLES[name] for name in names if name in STYLES), 'Normal')}"
