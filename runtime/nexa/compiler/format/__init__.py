"""One layout for all of Nexa: from a tree to the text that it is written as.

Owns line breaks, blanks and separators. Refuses to know what a program means, files, and who asks. Comments and the
text of literals are never changed, and no layout is returned before it was read again and found to say the same.

How it goes: `layout` reads the top-level entries (`collect`) into documents (`rows`, and the other tables of readers),
whose shapes (`boxes`, `blocks`, `heads`) are written as lines by `printer`; `verify` compares before and after.
"""

from nexa.compiler.format import heads, literals, operators, pieces, postfix
from nexa.compiler.format.escapes import entry_of
from nexa.compiler.format.layout import GivenUp, newline_of
from nexa.compiler.format.rows import BUILDERS
from nexa.compiler.format.selection import opener_of, touched
from nexa.compiler.format.verify import says_the_same
from nexa.compiler.format.whole import WIDTH, Formatted, formatted

__all__ = [
    "WIDTH",
    "Formatted",
    "GivenUp",
    "entry_of",
    "formatted",
    "newline_of",
    "opener_of",
    "says_the_same",
    "touched",
]

BUILDERS.update({**heads.TABLE, **literals.TABLE, **operators.TABLE, **pieces.TABLE, **postfix.TABLE})
