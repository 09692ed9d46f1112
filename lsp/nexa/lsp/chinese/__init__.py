"""What the server says to people, in Simplified Chinese; findings are translated by `nexa.compiler.chinese`.

`TEXTS` are patterns of messages, `PROSE` of paragraphs that are put together. `MANUAL` is what the language, its names
and its options are described by: whole sentences, as they stand where they are declared.
"""

from nexa.lsp.chinese.builtins import BUILTINS
from nexa.lsp.chinese.properties import PROPERTIES
from nexa.lsp.chinese.rules import RULES
from nexa.lsp.chinese.standard_library import STANDARD_LIBRARY
from nexa.lsp.chinese.table import read_table
from nexa.lsp.chinese.texts import PROSE, TEXTS
from nexa.lsp.chinese.words import WORDS

MANUAL = read_table(WORDS, BUILTINS, PROPERTIES, STANDARD_LIBRARY, RULES)

__all__ = ["MANUAL", "PROSE", "TEXTS"]
