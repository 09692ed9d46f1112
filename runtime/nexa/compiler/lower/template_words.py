"""What the tags of a template literal say: paths, filters, conditions (language reference, section 1.9)."""

from __future__ import annotations

from typing import Final, Literal

from nexa.compiler import ast
from nexa.compiler.lower import numbers
from nexa.compiler.lower.escapes import QUOTED, unescaped
from nexa.compiler.lower.template_tag import COMPARISONS, Place, Tag, TagError, Token

_COUNTERS: Final = ("@index", "@index1", "@first", "@last")
"""What a loop of a template knows of its round."""


def word(tag: Tag, place: Place, expected: str) -> ast.Name:
    """A single word."""
    if tag.next.kind != "word":
        raise tag.fail(expected)
    token = tag.take()
    return ast.Name(*place.of(token.start, token.end), token.text)


def path(tag: Tag, place: Place) -> ast.TemplatePath:
    """`p.title`, `rows.0`, `@index`."""
    start = tag.next
    names = [word(tag, place, "a name")]
    if names[0].text.startswith("@") and names[0].text not in _COUNTERS:
        known = ", ".join(f"`{one}`" for one in _COUNTERS)
        raise TagError(start.start, start.end, f"unknown name `{names[0].text}`; expected one of {known}")
    while tag.eat("."):
        if tag.next.kind == "number" and tag.next.text.isdigit():
            token = tag.take()
            names.append(ast.Name(*place.of(token.start, token.end), token.text))
        else:
            names.append(word(tag, place, "a name after `.`"))
    return ast.TemplatePath(names[0].start, names[-1].end, tuple(names))


def output(tag: Tag, place: Place) -> ast.TemplateOutput:
    """`{{ path | filter }}`."""
    shown = path(tag, place)
    filters: list[ast.Filter] = []
    while tag.eat("|"):
        filters.append(_filter(tag, place))
    tag.finish()
    return ast.TemplateOutput(*place.of(tag.start, tag.end), shown, tuple(filters), tag.escape)


def partial(tag: Tag, place: Place) -> ast.TemplatePartial:
    """`{{> name [path]}}`."""
    name = word(tag, place, "the name of a partial")
    given = path(tag, place) if tag.next.kind != "end" else None
    tag.finish()
    return ast.TemplatePartial(*place.of(tag.start, tag.end), name, given)


def loop_head(tag: Tag, place: Place) -> tuple[ast.Name, ast.TemplatePath]:
    """`x in path`."""
    name = word(tag, place, "a name, as in `{{#for x in items}}`")
    if not tag.eat("in"):
        raise tag.fail("`in`")
    items = path(tag, place)
    tag.finish()
    return name, items


def condition(tag: Tag, place: Place) -> ast.TemplateCondition:
    """What stands after `#if` and `#elif`."""
    found = _joined(tag, place, "or")
    tag.finish()
    return found


def _joined(tag: Tag, place: Place, op: Literal["or", "and"]) -> ast.TemplateCondition:
    operands = [_operand(tag, place, op)]
    while tag.eat(op):
        operands.append(_operand(tag, place, op))
    if len(operands) == 1:
        return operands[0]
    return ast.TemplateCondition(operands[0].start, operands[-1].end, op, None, None, tuple(operands))


def _operand(tag: Tag, place: Place, op: Literal["or", "and"]) -> ast.TemplateCondition:
    return _joined(tag, place, "and") if op == "or" else _negated(tag, place)


def _negated(tag: Tag, place: Place) -> ast.TemplateCondition:
    starts: list[int] = []
    while tag.next.text == "not" and tag.next.kind == "word":
        starts.append(place.of(tag.next.start, tag.next.end)[0])
        tag.take()
    found = _comparison(tag, place)
    if len(starts) % 2:  # two of them cancel out, so that they never nest
        found = ast.TemplateCondition(starts[0], found.end, "not", None, None, (found,))
    return found


def _comparison(tag: Tag, place: Place) -> ast.TemplateCondition:
    left = path(tag, place)
    op = COMPARISONS.get(tag.next.text) if tag.next.kind == "mark" else None
    if op is None:
        return ast.TemplateCondition(left.start, left.end, "path", left, None, ())
    tag.take()
    right = _literal(tag, place)
    return ast.TemplateCondition(left.start, right.end, op, left, right, ())


def _filter(tag: Tag, place: Place) -> ast.Filter:
    name = word(tag, place, "the name of a filter after `|`")
    if not tag.eat("("):
        return ast.Filter(name.start, name.end, name, ())
    arguments: list[ast.Argument] = []
    while tag.next.text != ")" or tag.next.kind != "mark":
        if arguments and not tag.eat(","):
            raise tag.fail("`,` or `)`")
        value = _literal(tag, place)
        arguments.append(ast.Argument(value.start, value.end, None, False, False, value))
    end = place.of(tag.next.start, tag.next.end)[1]
    tag.take()
    return ast.Filter(name.start, end, name, tuple(arguments))


_WORDS: Final = {"true": True, "false": False}


def _literal(tag: Tag, place: Place) -> ast.Expr:
    """A string, a number, `true`, `false` or `null`."""
    token = tag.next
    span = place.of(token.start, token.end)
    found: ast.Expr | None = None
    if token.kind == "string" and len(token.text) > 1 and token.text[-1] == token.text[0]:
        found = _string(tag, place, token)
    elif token.kind == "number":
        found = _number(token, span)
    elif token.kind == "word" and token.text in _WORDS:
        found = ast.Bool(*span, _WORDS[token.text])
    elif token.kind == "word" and token.text == "null":
        found = ast.Null(*span)
    if found is None:
        raise tag.fail("a string, a number, `true`, `false` or `null`")
    tag.take()
    return found


def _string(tag: Tag, place: Place, token: Token) -> ast.Str:
    inner = tag.text[token.start + 1 : token.end - 1]

    def unknown(offset: int, character: str) -> None:
        at = token.start + 1 + offset
        raise TagError(at, at + 1, f"unknown escape `\\{character}`")

    text = ast.Text(*place.of(token.start + 1, token.end - 1), unescaped(inner, QUOTED, unknown))
    return ast.Str(*place.of(token.start, token.end), (text,) if inner else (), token.text[0], "")


def _number(token: Token, span: tuple[int, int]) -> ast.Expr | None:
    negative = token.text.startswith("-")
    digits = token.text[1:] if negative else token.text
    sign = -1 if negative else 1
    if (value := numbers.whole(digits)) is not None:
        return ast.Int(*span, token.text, sign * value)
    if (length := numbers.real(digits)) is not None:
        return ast.Float(*span, token.text, sign * length)
    return None
