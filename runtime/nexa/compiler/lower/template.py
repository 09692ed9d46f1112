"""Reads the tags of a template literal (language reference, section 1.9): `{{path}}`, `{{#if}}`, `{{#for}}`, `{{>}}`.

The second pass over a token that the grammar leaves whole. Works on the dedented text; every place is mapped back
into the file. A broken tag is reported once (NX119) and left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nexa.compiler import ast
from nexa.compiler.lower.body import Body
from nexa.compiler.lower.reading import MAX_DEPTH, Reading
from nexa.compiler.lower.template_tag import Place, Tag, TagError
from nexa.compiler.lower.template_words import condition, loop_head, output, partial

Parts = list[ast.TemplatePart]


@dataclass(slots=True)
class _Open:
    """A block that waits for its closing tag."""

    kind: str
    start: int
    end: int
    branches: list[tuple[ast.TemplateCondition, int, Parts]] = field(default_factory=list)
    loop: tuple[ast.Name, ast.TemplatePath] | None = None
    body: Parts = field(default_factory=list)
    rest: Parts | None = None
    """What follows `{{#else}}` or `{{#empty}}`."""

    @property
    def current(self) -> Parts:
        """Where the next part goes."""
        return self.body if self.rest is None else self.rest


def template_parts(reading: Reading, body: Body) -> tuple[ast.TemplatePart, ...]:
    """The parts of a template in order; NX119 for what cannot be read."""
    return _Template(reading, body).read()


class _Template:
    """The state of one pass: the open blocks, innermost last."""

    def __init__(self, reading: Reading, body: Body) -> None:
        self.reading = reading
        self.body = body
        self.place = Place(body, reading.base)
        self.blocks = [_Open("", 0, 0)]
        self.is_open = False
        self.orphans: set[str] = set()
        """Kinds of block of which an `{{#else}}` was met without the start: their end is no second mistake."""
        self.foreign: list[str] = []
        """Open blocks of kinds that there are not, innermost last: nor are their `{{#else}}` and their end."""

    def read(self) -> tuple[ast.TemplatePart, ...]:
        text = self.body.text
        done = 0
        at = text.find(b"{{")
        while at >= 0:
            self.text(done, at)
            tag = Tag.at(self.body.text, at)
            if tag is None:
                self.slip(at, min(at + 2, len(text)), "`{{` is never closed; add `}}`")
                self.is_open = True
                done = len(text)
                break
            self.tag(tag)
            done = tag.end
            at = text.find(b"{{", done)
        self.text(done, len(text))
        for block in self.blocks[1:] if not self.is_open else ():
            self.slip(block.start, block.end, f"`{{{{#{block.kind}}}}}` is never closed; add `{{{{/{block.kind}}}}}`")
        while len(self.blocks) > 1:
            self.close(len(text))
        return tuple(self.blocks[0].body)

    def slip(self, start: int, end: int, reason: str) -> None:
        origin = self.body.origin
        last = origin(end - 1) + 1 if end > start else origin(start)
        self.reading.slip("NX119", origin(start), last, reason)

    def text(self, start: int, end: int) -> None:
        if end > start:
            value = self.body.text[start:end].replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("utf-8", "replace")
            self.blocks[-1].current.append(ast.TemplateText(*self.place.of(start, end), value))

    def tag(self, tag: Tag) -> None:
        """Reads one tag; what is wrong with it is reported at the word that cannot be understood."""
        try:
            keyword = tag.keyword
            if keyword == "":
                self.blocks[-1].current.append(output(tag, self.place))
            elif keyword == ">":
                self.blocks[-1].current.append(partial(tag, self.place))
            elif keyword in ("#if", "#for"):
                self.open(tag)
            elif keyword in ("#elif", "#else", "#empty"):
                self.turn(tag)
            elif keyword in ("/if", "/for"):
                self.end(tag)
            elif keyword[:1] == "/" and keyword[1:] in self.foreign:
                self.foreign.remove(keyword[1:])
            else:
                if keyword[:1] == "#" and b"{{/" + keyword[1:].encode() in self.body.text[tag.end :]:
                    self.foreign.append(keyword[1:])
                known = "`#if`, `#elif`, `#else`, `#for`, `#empty`, `/if`, `/for`"
                raise TagError(*tag.keyword_range, f"unknown tag `{keyword}`; expected one of {known}")
        except TagError as error:
            self.slip(error.start, error.end, error.reason)

    def open(self, tag: Tag) -> None:
        block = _Open(tag.keyword[1:], tag.start, tag.end)
        if len(self.blocks) > MAX_DEPTH:
            raise TagError(tag.start, tag.end, f"blocks nest more than {MAX_DEPTH} deep")
        # The block is open even if its head cannot be read: its closing tag is then no second mistake.
        self.blocks.append(block)
        hole = self.place.of(tag.end, tag.end)
        if block.kind == "if":
            block.branches.append((ast.TemplateCondition(*hole, "path", None, None, ()), tag.start, block.body))
            block.branches[0] = (condition(tag, self.place), tag.start, block.body)
        else:
            block.loop = (ast.Name(*hole, ""), ast.TemplatePath(*hole, ()))
            block.loop = loop_head(tag, self.place)

    def turn(self, tag: Tag) -> None:
        """`{{#elif}}`, `{{#else}}`, `{{#empty}}`: another body of the innermost block."""
        block = self.blocks[-1]
        wanted = "for" if tag.keyword == "#empty" else "if"
        if block.kind != wanted or block.rest is not None:
            if self.foreign:
                return
            if wanted not in {one.kind for one in self.blocks}:
                self.orphans.add(wanted)
            closed_by = "empty" if wanted == "for" else "else"
            reason = f"after `{{{{#{closed_by}}}}}`" if block.kind == wanted else f"outside `{{{{#{wanted}}}}}`"
            raise TagError(tag.start, tag.end, f"`{{{{{tag.keyword}}}}}` {reason}")
        if tag.keyword == "#elif":
            block.body = []
            hole = ast.TemplateCondition(*self.place.of(tag.end, tag.end), "path", None, None, ())
            block.branches.append((hole, tag.start, block.body))
            block.branches[-1] = (condition(tag, self.place), tag.start, block.body)
        else:
            block.rest = []
            tag.finish()

    def end(self, tag: Tag) -> None:
        kind = tag.keyword[1:]
        if kind in self.orphans:
            self.orphans.discard(kind)
            return
        innermost = self.blocks[-1].kind
        if innermost != kind:
            open_kinds = [block.kind for block in self.blocks]
            if kind in open_kinds:
                # `{{#if}} {{#for}} {{/if}}`: the closer ends its block, and what is open inside with it.
                while self.blocks[-1].kind != kind:
                    self.close(tag.start)
                self.close(tag.end)
            elif innermost and b"{{/" + innermost.encode() not in self.body.text[tag.end :]:
                self.close(tag.end)  # meant for this block: its start is no second mistake
            wanted = f"`{{{{/{innermost}}}}}`" if innermost else "no closing tag: no block is open"
            raise TagError(tag.start, tag.end, f"unexpected `{{{{/{kind}}}}}`; expected {wanted}")
        self.close(tag.end)
        tag.finish()

    def close(self, end: int) -> None:
        """The innermost block ends at `end` and becomes a part of the one around it."""
        block = self.blocks.pop()
        node: ast.TemplatePart
        if block.loop is not None:
            name, path = block.loop
            node = ast.TemplateFor(
                *self.place.of(block.start, end), name, path, tuple(block.body), tuple(block.rest or ())
            )
        else:
            ends = [start for _, start, _ in block.branches[1:]] + [end]
            branches = tuple(
                ast.TemplateBranch(*self.place.of(start, stop), cond, tuple(parts))
                for (cond, start, parts), stop in zip(block.branches, ends, strict=True)
            )
            node = ast.TemplateIf(*self.place.of(block.start, end), branches, tuple(block.rest or ()))
        self.blocks[-1].current.append(node)
