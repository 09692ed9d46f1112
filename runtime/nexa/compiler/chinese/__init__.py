"""Findings in Simplified Chinese.

Rules word their messages in English, and English stays what everything else compares and stores. Each pair of a table
is an English pattern with the same in Chinese; what was found in the text is put into the translation. A text without
a translation stays as it is, and a test finds it.
"""

from nexa.compiler.chinese.engine import (
    any_message_in_chinese,
    in_chinese,
    message_in_chinese,
    note_in_chinese,
    title_in_chinese,
    translated,
)

__all__ = [
    "any_message_in_chinese",
    "in_chinese",
    "message_in_chinese",
    "note_in_chinese",
    "title_in_chinese",
    "translated",
]
