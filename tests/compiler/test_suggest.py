"""Did you mean …?"""

from __future__ import annotations

import pytest

from nexa.compiler.suggest import nearest

NAMES = ("prompt", "permissions", "Bot", "read", "run", "file_read", "Ann", "Anna")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("promt", "prompt"),
        ("pormpt", "prompt"),
        ("PROMPT", "prompt"),
        ("Bto", "Bot"),
        ("bot", "Bot"),
        ("rum", "run"),
        ("file_raed", "file_read"),
        ("permision", "permissions"),
        ("An", "Ann"),
        ("x", None),
        ("zebra", None),
        ("prompt", None),
        ("", None),
    ],
)
def test_nearest(word: str, expected: str | None) -> None:
    assert nearest(word, NAMES) == expected
    assert nearest(word, reversed(NAMES)) == expected


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("push", ("append", "pop", "length"), "append"),
        ("size", ("append", "length"), "length"),
        ("toUpperCase", ("lower", "upper"), "upper"),
        ("includes", ("has", "get"), "has"),
        ("instructions", ("prompt", "role"), "prompt"),
        ("push", ("first", "last"), None),
        ("pushing", ("append",), None),
    ],
)
def test_what_other_languages_call_the_same(word: str, known: tuple[str, ...], meant: str | None) -> None:
    assert nearest(word, known) == meant
