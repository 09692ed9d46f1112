"""Whatever stands in a program and wherever one asks: each tool answers, and none of them has a bug."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from harness.agent import agent

EXAMPLES = sorted((Path(__file__).parents[1] / "spec").rglob("*.nx"))
ABOUT_NAMES = ("describe", "definition", "references", "prompt")


def torn(chance: random.Random, text: str) -> str:
    """A program as it is, cut off, or with a piece taken out."""
    start, end = sorted(chance.sample(range(len(text) + 1), 2))
    return chance.choice([text, text[:start], text[:start] + text[end:], text[:start] + "😀" + text[start:]])


@pytest.mark.parametrize("seed", range(4))
def test_every_tool_answers_everywhere(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with agent(tmp_path) as client:
        for source in chance.sample(EXAMPLES, 12):
            text = torn(chance, source.read_text(encoding="utf-8"))
            lines = text.split("\n")
            about = {"path": "a.nx", "text": text}
            answers = [client.call(tool, **about) for tool in ("check", "fix", "format", "symbols", "graph")]
            for _ in range(4):
                line = chance.randrange(len(lines)) + 1
                column = chance.randrange(len(lines[line - 1]) + 2) + 1
                answers += [client.call(tool, **about, line=line, column=column) for tool in ABOUT_NAMES]
            word = chance.choice(text.split() or ["x"])
            answers += [client.call(tool, symbol=word, **about) for tool in ABOUT_NAMES]
            answers += [client.call("lookup", name=word), client.call("reference", query=word)]
            assert [one["text"] for one in answers if "bug in nexa" in one["text"]] == []
