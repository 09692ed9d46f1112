"""Every rule of the language, one file each, listed by hand in the order of the codes."""

from __future__ import annotations

from nexa.compiler.rule import Rule
from nexa.compiler.rules import (
    chained_comparison,
    duplicate_clause,
    empty_construct,
    foreign_string,
    foreign_word,
    invalid_regex,
    invalid_target,
    jump_outside,
    line_break_in_string,
    malformed_number,
    misplaced_keyword,
    missing_terminator,
    open_interpolation,
    positional_after_named,
    python_syntax,
    reserved_name,
    template_syntax,
    unclosed_delimiter,
    unexpected_token,
    unknown_escape,
    unknown_operator,
    unmatched_delimiter,
    unterminated_comment,
    unterminated_string,
)

RULES: tuple[Rule, ...] = (
    unexpected_token.RULE,  # NX100
    missing_terminator.RULE,  # NX101
    unclosed_delimiter.RULE,  # NX102
    unmatched_delimiter.RULE,  # NX103
    unterminated_string.RULE,  # NX104
    unterminated_comment.RULE,  # NX105
    open_interpolation.RULE,  # NX106
    unknown_escape.RULE,  # NX107
    line_break_in_string.RULE,  # NX108
    reserved_name.RULE,  # NX109
    invalid_target.RULE,  # NX110
    chained_comparison.RULE,  # NX111
    foreign_string.RULE,  # NX112
    unknown_operator.RULE,  # NX113
    malformed_number.RULE,  # NX114
    invalid_regex.RULE,  # NX115
    python_syntax.RULE,  # NX116
    misplaced_keyword.RULE,  # NX117
    jump_outside.RULE,  # NX118
    template_syntax.RULE,  # NX119
    foreign_word.RULE,  # NX120
    positional_after_named.RULE,  # NX121
    duplicate_clause.RULE,  # NX122
    empty_construct.RULE,  # NX123
)
