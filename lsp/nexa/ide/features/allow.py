"""A finding that the author has seen and wants no more of: `// nexa: allow CODE` before its line."""

from __future__ import annotations

from nexa.compiler.file import File
from nexa.compiler.rule import Finding, Fix, Severity, TextEdit
from nexa.compiler.suppress import allowances, line_of
from nexa.syntax import Node, Span, is_comment

_TEXTS = frozenset({"string", "f_string", "raw_string", "template", "python_string"})


def allowing(file: File, finding: Finding) -> Fix | None:
    """The comment that allows a finding; None for errors, and where the line before it is somebody's text."""
    if finding.severity is Severity.ERROR or finding.path != file.path or file.language == "nxs":
        return None
    title = f"Allow {finding.code} here"
    line = line_of(file, finding)
    known = next((one for one in allowances(file) if one.line == line and one.codes), None)
    if known is not None:
        at = known.codes[-1][1].end
        return Fix(title, False, (TextEdit(file.path, Span(at, at), f", {finding.code}"),))
    start = file.lines.start(line)
    if _is_in_text(file.tree.root.descendant_for_byte_range(start, start), start):
        return None
    content = file.text[start : file.lines.content(line)[1]]
    indent = content[: len(content) - len(content.lstrip(b" \t"))].decode()
    return Fix(title, False, (TextEdit(file.path, Span(start, start), f"{indent}// nexa: allow {finding.code}\n"),))


def _is_in_text(node: Node | None, offset: int) -> bool:
    while node is not None:
        if node.start_byte < offset < node.end_byte and (node.type in _TEXTS or is_comment(node.type)):
            return True
        node = node.parent
    return False
