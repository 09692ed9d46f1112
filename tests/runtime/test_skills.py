"""Skill documents: what they offer, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nexa.runtime.agents import agent
from nexa.runtime.errors import ToolError
from nexa.runtime.testing import Result, ScriptedModel, call, run_flow
from nexa.runtime.tools import skill

CASH = """# Cash office

How we handle cash. 这里是现金 🪙

## round_cash

Rounds an amount to five cents.

```tool
[parameters]
amount = "float"
step = "the smallest coin"

python = "wrong place"
```

## Check the till

Count the notes first.

```python
# Not a heading
```

~~~json tool
{"name": "check_till", "description": "How to check a till.", "risk_level": "low"}
~~~
"""


def asked(folder: Path, files: dict[str, str], *answers: Any) -> tuple[Result, ScriptedModel]:
    for name, written in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(written, encoding="utf-8")
    model = ScriptedModel(answers)
    subject = agent("A", uses=lambda: (skill("skills/cash.md"),), base=str(folder))
    return run_flow(subject.run, "x", model=model), model


def told(model: ScriptedModel) -> list[str]:
    return [message.text for message in model.requests[-1].messages if message.role == "tool"]


def test_each_heading_with_a_specification_is_a_tool(tmp_path: Path) -> None:
    files = {
        "skills/cash.md": CASH.replace('\npython = "wrong place"\n', "").replace("[par", 'python = "r.py"\n[par'),
        "skills/r.py": "def round_cash(amount, step=0.05):\n    return round(amount / 0.05) * 0.05\n",
    }
    result, model = asked(tmp_path, files, call("round_cash", amount=1.02, step="x"), call("check_till"), "done")
    assert result.value == "done"
    first, second = model.requests[0].tools
    assert (first.name, first.description) == ("round_cash", "Rounds an amount to five cents.")
    assert first.parameters["properties"] == {
        "amount": {"type": "number"},
        "step": {"type": "string", "description": "the smallest coin"},
    }
    assert (second.name, second.description) == ("check_till", "How to check a till.")
    assert told(model) == ["1.0", "Count the notes first.\n\n```python\n# Not a heading\n```"]


@pytest.mark.parametrize(
    ("written", "required"),
    [
        ('{"parameters": {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}}', ["n"]),
        ('{"parameters": {"n": {"type": "integer"}, "m": {"type": "integer", "default": 1}}}', ["n"]),
        ('{"parameters": {"n": "int", "m": "int?"}}', ["n"]),
    ],
)
def test_parameters_as_schemas_or_as_types(tmp_path: Path, written: str, required: list[str]) -> None:
    _, model = asked(tmp_path, {"skills/cash.md": f"# a\n```json tool\n{written}\n```\n"}, "y")
    assert model.requests[0].tools[0].parameters["required"] == required
    assert "integer" in str(model.requests[0].tools[0].parameters["properties"]["n"])


@pytest.mark.parametrize(
    ("written", "name", "about", "answer"),
    [
        ("# Cash\n\nRound half up.\n\nAlways.\n", "cash", "Round half up.", "# Cash\n\nRound half up.\n\nAlways."),
        ("---\nname: till\ndescription: 'About tills.'\n---\nText.", "till", "About tills.", "Text."),
        ("# Only a title", "cash", "Only a title", "# Only a title"),
        ("", "cash", "Read cash.md.", ""),
    ],
)
def test_a_document_without_specifications_is_one_skill(
    tmp_path: Path, written: str, name: str, about: str, answer: str
) -> None:
    _, model = asked(tmp_path, {"skills/cash.md": written}, call(name), "y")
    assert [(spec.name, spec.description) for spec in model.requests[0].tools] == [(name, about)]
    assert told(model) == [answer]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("# a\n\n```tool\n{x\n```\n", "cash.md:3: the tool is not readable as JSON"),
        ("# a\n```tool\na = \n```\n", "cash.md:2: the tool is not readable as TOML"),
        ('# a\n```tool\npyton = "x"\n```\n', "cash.md:2: a tool has no `pyton`; it has name, description, "),
        ("# a\n```tool\nsandbox = 1\n```\n", "cash.md:2: `sandbox` is true or false"),
        ('# a\n```tool\nparameters = "x"\n```\n', "cash.md:2: `parameters` is a table"),
        ('# a\n```tool\ntimeout = "x"\n```\n', "cash.md:2: `timeout` is a number"),
        ("```tool\n```\n", "cash.md:1: the tool has no name"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path: Path, written: str, reason: str) -> None:
    result, _ = asked(tmp_path, {"skills/cash.md": written}, "never")
    assert isinstance(result.error, ToolError)
    assert reason in result.error.message


def test_a_missing_document_offers_nothing_and_is_told(tmp_path: Path) -> None:
    result, model = asked(tmp_path, {}, "y")
    assert (result.value, model.requests[0].tools) == ("y", ())
    (line,) = result.of_kind("log")
    assert line["level"] == "warning"
    assert line["text"].endswith("cash.md does not exist: it offers no tools")


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "skills" / "cash.md").mkdir(parents=True)
    result, _ = asked(tmp_path, {}, "never")
    assert "cannot read the skill document" in str(result.error)
