"""What operators mean, in a sentence each (language reference, 2.10, 3.2.5, 3.4 and 5.4 to 5.7)."""

from __future__ import annotations

MEANINGS = {
    ">>": "Runs the stage on the right with the value on the left.",
    "|>>": "Runs every stage of the list on the right at the same time, or one stage on every element of a list; the "
    "results in the order of the list.",
    "|>> hints": "Runs the agent again once for each hint, each on a branch of its memory.",
    "&>>": "Brings the results on the left together in one run of the stage on the right.",
    "|>": "Calls the function on the right with the value on the left as its first argument.",
    "&&": "Consensus: what the answers on the left agree on, as the agent on the right judges, or by majority.",
    "&& bool": "Both are true.",
    "||": "Runs the stages on the right in the background and does not wait for them; gives no value.",
    "|| bool": "At least one is true.",
    "??": "The value on the left unless it is null or an empty dict; else the one on the right.",
    "?? :": "Chooses between two ways: by the value if it is true or false, by its meaning if both ways are stages.",
    "?? { }": "Chooses the case that the value on the left means.",
    "?": "Ends the function when there is an error or no value; else gives the value.",
    "otherwise": "What follows takes the place of an error, of a missing value and of `null`.",
    "fallback": "What follows takes the place of an error or a missing value.",
}

ARITHMETIC = {
    "+": "Adds numbers or durations, joins texts and lists; beside a text, the other side is converted to text.",
    "-": "Subtracts.",
    "*": "Multiplies; a text times a number repeats the text.",
    "/": "Divides; the result is a `float`.",
    "%": "The remainder of a division.",
    "and": "Both are true; the right side only counts when the left one is.",
    "or": "At least one is true; the right side only counts when the left one is not.",
}

COMPARISONS = {
    "==": "Whether both are equal.",
    "!=": "Whether they differ.",
    "<": "Whether the left side is less than the right one.",
    "<=": "Whether the left side is at most the right one.",
    ">": "Whether the left side is greater than the right one.",
    ">=": "Whether the left side is at least the right one.",
    "in": "Whether the right side contains the left one.",
    "not in": "Whether the right side does not contain the left one.",
    "contains": "Whether the left side contains the right one.",
    "is": "Whether the value is of the type; where it is, its type is known.",
}
