"""The TextMate grammar against tree-sitter: what each of them says about every token of a program."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tree_sitter

import nexa.syntax
from nexa.syntax import Node, parse
from nexa.syntax.tree import language

ROOT = Path(__file__).parents[3]
EXTENSION = ROOT / "vscode-extension"
QUERY = tree_sitter.Query(
    language("nexa"), (Path(nexa.syntax.__file__).parent / "queries/highlights.scm").read_text(encoding="utf-8")
)

SCOPES: dict[str, tuple[str, ...]] = {
    "variable": ("variable.other.readwrite",),
    "variable.builtin": ("variable.language",),
    "variable.parameter": ("variable.parameter",),
    "function.builtin": ("support.function",),
    "function.call": ("entity.name.function.call",),
    "function.method.call": ("entity.name.function.member",),
    "function": ("entity.name.function",),
    "function.method": ("entity.name.function.method",),
    "constructor": ("entity.name.class",),
    "property": ("variable.other.property",),
    "module": ("entity.name.namespace",),
    "type": ("entity.name.type",),
    "type.builtin": ("support.type",),
    "type.definition": ("entity.name.type.definition",),
    "constant": ("variable.other.enummember",),
    "constant.builtin": ("constant.language",),
    "attribute": ("entity.name.function.decorator",),
    "keyword": ("keyword.other",),
    "keyword.type": ("storage.type",),
    "keyword.function": ("storage.type",),
    "keyword.import": ("keyword.control.import",),
    "keyword.conditional": ("keyword.control.conditional",),
    "keyword.repeat": ("keyword.control.loop",),
    "keyword.return": ("keyword.control.flow.return",),
    "keyword.exception": ("keyword.control.exception",),
    "keyword.coroutine": ("keyword.control.coroutine",),
    "keyword.operator": ("keyword.operator.expression",),
    "keyword.directive": ("keyword.control.directive",),
    "number": ("constant.numeric.integer", "constant.numeric.duration"),
    "number.float": ("constant.numeric.float",),
    "boolean": ("constant.language",),
    "string": ("string.quoted", "string.template", "meta.embedded"),
    "string.escape": ("constant.character.escape",),
    "string.regexp": ("string.regexp",),
    "string.special": ("string.other.format",),
    "string.special.path": ("string.quoted.path",),
    "punctuation.special": ("punctuation.section.embedded", "punctuation.definition.annotation"),
    "punctuation.bracket": ("punctuation.section.brackets",),
    "punctuation.delimiter": ("punctuation.separator",),
    "operator": ("keyword.operator",),
    "comment": ("comment.line", "comment.block"),
    "comment.documentation": ("comment.line.documentation",),
}
"""Each capture of `highlights.scm` → the TextMate scopes that mean the same."""


@dataclass(frozen=True)
class Token:
    """A leaf of the tree: its text, its place (line from 1, UTF-16 column from 0) and its capture."""

    text: str
    line: int
    column: int
    capture: str


def tokens(text: bytes) -> list[Token]:
    """The leaves of a program, each with the capture that counts for it."""
    root = parse(text).root
    captured = _captures(root)
    lines = text.split(b"\n")
    return [
        Token(
            (leaf.text or b"").decode(),
            leaf.start_point.row + 1,
            len(lines[leaf.start_point.row][: leaf.start_point.column].decode().encode("utf-16-le")) // 2,
            capture,
        )
        for leaf, capture in _leaves(root, captured, "")
        if leaf.end_byte > leaf.start_byte
    ]


def _captures(root: Node) -> dict[int, str]:
    """Node → capture; of several the last pattern's, as every editor has it."""
    found: dict[int, tuple[int, str]] = {}
    for pattern, groups in tree_sitter.QueryCursor(QUERY).matches(root):
        for capture, nodes in groups.items():
            for node in nodes:
                if node.id not in found or pattern >= found[node.id][0]:
                    found[node.id] = (pattern, capture)
    return {node: capture for node, (_, capture) in found.items()}


def _leaves(node: Node, captured: dict[int, str], inherited: str) -> Iterator[tuple[Node, str]]:
    capture = captured.get(node.id, inherited)
    # What stands in an interpolation is no string.
    inner = "" if node.type in ("interpolation", "f_interpolation") else capture
    if not node.children:
        yield node, capture
    for child in node.children:
        yield from _leaves(child, captured, inner)


Scoped = tuple[int, int, int, tuple[str, ...]]


def tokenise(texts: Sequence[str], scope: str = "source.nexa") -> list[list[Scoped]]:
    """What the TextMate grammar makes of each text: line from 0, UTF-16 columns, scopes."""
    requests = "\n".join(json.dumps({"text": text, "scope": scope}) for text in texts) + "\n"
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("tokenise.mjs")), str(EXTENSION)],
        input=requests, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [
        [(line, start, end, tuple(scopes)) for line, start, end, *scopes in json.loads(answer)]
        for answer in done.stdout.splitlines()
    ]


def disagreements(text: bytes, scoped: list[Scoped]) -> list[str]:
    """Every token that the two grammars colour differently, in words."""
    by_line: dict[int, list[Scoped]] = {}
    for one in scoped:
        by_line.setdefault(one[0], []).append(one)
    return [
        f"{line + 1}:{start + 1} {part!r}: {token.capture or 'nothing'}, but {' '.join(scopes[1:])}"
        for token in tokens(text)
        for line, column, part in _parts(token)
        for start, scopes in _over(by_line.get(line, []), column, column + _units(part))
        if not _agrees(token, scopes)
    ]


def _parts(token: Token) -> Iterator[tuple[int, int, str]]:
    """A token line by line, without the space around it: line from 0, UTF-16 column, text."""
    for number, part in enumerate(token.text.split("\n")):
        bare = part.strip()
        if bare:
            first = token.column if number == 0 else 0
            yield token.line - 1 + number, first + _units(part[: part.index(bare)]), bare


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _over(line: list[Scoped], start: int, end: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    return ((first, scopes) for _, first, last, scopes in line if first < end and last > start)


def _agrees(token: Token, scopes: tuple[str, ...]) -> bool:
    wanted = SCOPES.get(token.capture, ())
    own = [one for one in scopes if not one.startswith(("meta.interpolation", "meta.python"))]
    if token.capture in ("string", "string.regexp", "string.special.path", "comment", "comment.documentation"):
        # The innermost scope may be a quote, an escape of another language, or that language.
        return any(_fits(one, wanted) for one in own) and not any(
            one.startswith("meta.embedded.expr") for one in own[-1:]
        )
    return _fits(own[-1], wanted)


def _fits(scope: str, wanted: tuple[str, ...]) -> bool:
    """`keyword.other` fits `keyword.other.nexa`, and not what is more special."""
    name = scope.removesuffix(".nexa")
    if name in wanted:
        return True
    return any(
        name.startswith(f"{one}.") for one in wanted if one.startswith(("string", "punctuation", "meta", "comment"))
    )
