"""The test explorer, what the last run cost beside the calls, prompts, and the doctor."""

from __future__ import annotations

import pytest

from editors.vscode.workbench import expect

WRONG = 'test "sums" {\n    print("here")\n    assert 1 + 1 == 3\n}\n'


def test_tests_are_found_and_run_from_the_explorer(open_folder):
    workbench = open_folder(wrong=WRONG)
    workbench.open("review.nx")
    workbench.open("wrong.nx")
    workbench.command("Testing: Focus on Test Explorer View")
    tree = workbench.page.locator(".test-explorer")
    expect(tree).to_contain_text("review.nx")
    expect(tree).to_contain_text("wrong.nx")
    workbench.command("Test: Run All Tests")
    expect(workbench.page.locator(".test-explorer .codicon-testing-failed-icon").first).to_be_visible()
    expect(workbench.page.locator(".test-explorer .codicon-testing-passed-icon").first).to_be_visible()
    expect(tree).to_contain_text("1/2")
    workbench.screenshot("tests")


@pytest.mark.usefixtures("search")
def test_tests_of_files_that_nobody_has_opened_are_found(open_folder):
    workbench = open_folder(wrong=WRONG)
    (workbench.folder / "deep").mkdir()
    deep = workbench.folder / "deep" / "more.nx"
    deep.write_text('test "deep" { assert true }\n', encoding="utf-8")
    workbench.open("agents.nxlib")
    workbench.command("Testing: Focus on Test Explorer View")
    tree = workbench.page.locator(".test-explorer")
    for name in ("review.nx", "wrong.nx", "more.nx"):
        expect(tree).to_contain_text(name)
    workbench.command("Test: Run All Tests")
    expect(tree).to_contain_text("2/3")
    # Files come, change and go without an editor.
    (workbench.folder / "late.nx").write_text('test "late" { assert true }\n', encoding="utf-8")
    expect(tree).to_contain_text("late.nx")
    deep.unlink()
    expect(tree).not_to_contain_text("more.nx")


def test_the_last_run_stands_beside_its_calls(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(workbench.terminal()).to_contain_text("✓")
    shown = """[...document.querySelectorAll(".view-line span")]
        .map(one => getComputedStyle(one, "::after").content).filter(text => text.includes("tokens")).length"""
    workbench.page.wait_for_function(f"({shown}) === 4")
    workbench.screenshot("last-run")


def test_the_prompt_of_an_agent_is_shown(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.lens("▷ Run")
    workbench.goto(5, 24)
    workbench.command("Nexa: Show Expanded Prompt")
    expect(workbench.page.locator(".view-lines", has_text="Merge the notes")).to_be_visible()


def test_the_doctor_and_the_syntax_tree_are_pages(open_folder):
    workbench = open_folder()
    workbench.open("broken.nx")
    workbench.command("Nexa: Doctor")
    expect(workbench.page.locator(".view-lines", has_text="Where a server is looked for")).to_be_visible()
    expect(workbench.page.locator(".view-lines", has_text="is running, from")).to_be_visible()
    workbench.open("broken.nx")
    workbench.command("Nexa: Show Syntax Tree")
    expect(workbench.page.locator(".view-lines", has_text="source_file")).to_be_visible()
