"""A new user's first program, written letter by letter with what is offered, and run."""

from __future__ import annotations

import pytest

from editors.vscode.workbench import Workbench, expect


@pytest.fixture
def page(open_folder) -> Workbench:
    """An empty program in front."""
    workbench = open_folder(first="")
    workbench.open("first.nx")
    workbench.editor().click()
    return workbench


def take(workbench: Workbench, typed: str, row: str) -> None:
    """Type, and take the row that is offered first."""
    workbench.type(typed)
    workbench.complete(row)


def press(workbench: Workbench, *keys: str) -> None:
    for key in keys:
        workbench.page.keyboard.press(key)


CALL = "print(nobo"


def test_a_program_is_written_with_what_is_offered_and_run(page):
    take(page, "pro", "protocol")
    page.type("Review")
    press(page, "Tab")
    page.type("score")
    press(page, "Tab")
    take(page, "in", "int")
    press(page, "Enter")
    page.type("remarks")
    take(page, ": l", "list")
    take(page, "s", "str")
    press(page, "Control+End", "Enter")
    take(page, "ag", "agent")
    page.type("Critic")
    press(page, "Tab")
    page.type("Critic")
    press(page, "Tab")
    page.type("Judge the text.")
    press(page, "End", "Enter")
    take(page, "mod", "model")
    press(page, "End", "Enter")
    take(page, "output_s", "output_schema")
    take(page, "Re", "Review")
    press(page, "Control+End", "Enter")
    take(page, "main", "flow main")
    page.type("review = ")
    page.type('"tides" >> ')
    take(page, "", "Critic")
    press(page, "Enter")
    take(page, "pri", "print")
    take(page, "rev", "review")
    take(page, ".", "score")
    expect(page.squiggles()).to_have_count(0)
    page.click_lens("▷ Run")
    expect(page.terminal()).to_contain_text("✓")
    assert (page.folder / "first.nx").read_text(encoding="utf-8") == (
        "protocol Review {\n    score: int,\n    remarks: list[str]\n}\n\n"
        'agent Critic {\n    role: "Critic"\n    prompt: "Judge the text."\n    model: strong\n'
        "    output_schema: Review\n}\n\n"
        'flow main {\n    review = "tides" >> Critic\n    print(review.score)\n}\n'
    )


def test_a_name_that_is_being_given_is_not_completed(page):
    page.type("flow main")
    page.page.wait_for_timeout(1000)
    expect(page.page.locator(".suggest-widget.visible")).to_have_count(0)


def test_what_is_not_finished_is_not_wrong(page):
    page.type("flow main {")
    press(page, "Enter")
    # On a machine that stalls it was somebody who pauses: then nothing is known, and it is written again.
    for _ in range(5):
        expect(page.squiggles()).to_have_count(0)
        seen = 0
        for letter in CALL:
            page.type(letter)
            seen += page.squiggles().count()
        # Whoever pauses is told.
        expect(page.squiggles()).to_have_count(1)
        if seen == 0:
            break
        press(page, *["Backspace"] * len(CALL))
    assert seen == 0
    # And what was told stays while its word goes on.
    page.type("dy")
    page.page.wait_for_timeout(300)
    assert page.squiggles().count() == 1


def test_brackets_and_quotes_close_once(page):
    page.type('flow main {\nprint("a" + str([1]))\n')
    page.coloured("print")
    page.type('x = """\n')
    page.type("客")
    page.until(lambda: page.text() == 'flow main {\n    print("a" + str([1]))\n    x = """\n        客\n    """\n}')


def test_text_takes_the_place_of_an_argument_in_its_quotes(page):
    page.type('agent A { prompt: "p" }\n')
    page.type("flow main { A.")
    take(page, "ru", "run")
    page.type('"tides"')
    page.until(lambda: 'A.run("tides") }' in page.text() or 'A.run("tides")}' in page.text())
