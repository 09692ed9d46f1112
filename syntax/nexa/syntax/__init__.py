"""What was written: trees over Nexa source, byte spans, and where lines begin.

Owns the grammars and their trees. Refuses to know what a tree means, what a file is, and who asks.
"""

from nexa.syntax.comments import comments, is_comment
from nexa.syntax.faults import acceptable, has_fault
from nexa.syntax.line_index import Encoding, LineIndex
from nexa.syntax.span import Edit, Span
from nexa.syntax.tree import Grammar, Node, Tree, language, merged, parse, root_of

__all__ = [
    "Edit",
    "Encoding",
    "Grammar",
    "LineIndex",
    "Node",
    "Span",
    "Tree",
    "acceptable",
    "comments",
    "has_fault",
    "is_comment",
    "language",
    "merged",
    "parse",
    "root_of",
]
