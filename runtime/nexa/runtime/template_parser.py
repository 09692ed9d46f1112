"""Reading a template: from tags to a tree. Reading never fails, it returns what it understood and the problems."""

from __future__ import annotations

from dataclasses import dataclass, field

from nexa.runtime.template_nodes import (
    Branch,
    Condition,
    For,
    If,
    Output,
    Parsed,
    Part,
    Partial,
    Path,
    Problem,
    Text,
    Word,
)
from nexa.runtime.template_tags import Reader, Tag, tags


def parse(text: str) -> Parsed:
    """The template as a tree, with every problem in it. Never raises."""
    problems: list[Problem] = []
    top = _Block(Tag(0, 0, "", ()), "")
    stack = [top]
    for piece in tags(text, problems):
        if isinstance(piece, Text):
            stack[-1].parts.append(piece)
        elif piece.opener == "{{#":
            _open(piece, stack, problems)
        elif piece.opener == "{{/":
            _close(piece, stack, problems)
        else:
            part = _leaf(piece, problems)
            if part is not None:
                stack[-1].parts.append(part)
    while len(stack) > 1:
        block = stack.pop()
        problems.append(Problem(block.tag.start, block.tag.end, f"`{{{{#{block.kind}}}}}` is not closed"))
        stack[-1].parts.extend(block.finish(len(text)))
    return Parsed(tuple(top.parts), tuple(sorted(problems, key=lambda problem: problem.start)))


@dataclass(slots=True)
class _Block:
    """A block that is still open: `parts` collects the stretch being read."""

    tag: Tag
    kind: str
    parts: list[Part] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    condition: Condition | None = None
    name: Word | None = None
    path: Path | None = None
    body: tuple[Part, ...] | None = None
    last: bool = False  # after `{{#else}}` or `{{#empty}}`
    branch_start: int = 0

    def end_branch(self, end: int) -> None:
        """What was read so far belongs to the branch that ends here."""
        if self.condition is not None:
            self.branches.append(Branch(self.branch_start, end, self.condition, tuple(self.parts)))
            self.condition = None
        elif not self.last:
            self.body = tuple(self.parts)
        self.parts = []

    def finish(self, end: int) -> list[Part]:
        """The block as a part; what it holds, where its head could not be read."""
        if self.kind == "if":
            otherwise = tuple(self.parts) if self.last else ()
            if not self.last:
                self.end_branch(end)
            return [If(self.tag.start, end, tuple(self.branches), otherwise)]
        if self.name is None or self.path is None:
            return self.parts
        body, empty = (self.body or (), tuple(self.parts)) if self.last else (tuple(self.parts), ())
        return [For(self.tag.start, end, self.name, self.path, body, empty)]


def _open(tag: Tag, stack: list[_Block], problems: list[Problem]) -> None:
    reader = Reader(tag, problems)
    word = reader.word()
    kind = word.text if word else ""
    if kind == "if":
        stack.append(_Block(tag, "if", condition=reader.condition(), branch_start=tag.start))
    elif kind == "for":
        block = _Block(tag, "for")
        block.name, block.path = reader.loop_head()
        stack.append(block)
    elif kind in ("elif", "else", "empty"):
        _separate(tag, kind, reader, stack[-1], problems)
    else:
        problems.append(Problem(tag.start, tag.end, "a block is `if`, `elif`, `else`, `for` or `empty`"))
        return
    reader.end()


def _separate(tag: Tag, kind: str, reader: Reader, block: _Block, problems: list[Problem]) -> None:
    wanted = "for" if kind == "empty" else "if"
    condition = reader.condition() if kind == "elif" else None
    if block.kind != wanted or block.last:
        problems.append(Problem(tag.start, tag.end, f"`{{{{#{kind}}}}}` does not belong here"))
        return
    block.end_branch(tag.start)
    block.condition = condition
    block.branch_start = tag.start
    block.last = kind != "elif"


def _close(tag: Tag, stack: list[_Block], problems: list[Problem]) -> None:
    kind = tag.tokens[0].text if tag.tokens else ""
    if all(block.kind != kind for block in stack[1:]):
        message = f"there is no open `{{{{#{kind}}}}}`" if kind in ("if", "for") else "`/if` or `/for` closes a block"
        problems.append(Problem(tag.start, tag.end, message))
        return
    while stack[-1].kind != kind:
        block = stack.pop()
        message = f"`{{{{/{kind}}}}}` closes `{{{{#{block.kind}}}}}`"
        problems.append(Problem(tag.start, tag.end, message))
        stack[-1].parts.extend(block.finish(tag.start))
    closed = stack.pop()
    stack[-1].parts.extend(closed.finish(tag.end))


def _leaf(tag: Tag, problems: list[Problem]) -> Output | Partial | None:
    reader = Reader(tag, problems)
    if tag.opener == "{{>":
        name = reader.word()
        if name is None:
            return None
        path = reader.path() if reader.more() else None
        reader.end()
        return Partial(tag.start, tag.end, name, path)
    path = reader.path()
    if path is None:
        return None
    filters = tuple(reader.filters())
    reader.end()
    return Output(tag.start, tag.end, path, filters, escape=tag.opener == "{{")
