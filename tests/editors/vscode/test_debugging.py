"""Breakpoints in a program: set in the margin, hit, looked at, stepped over."""

from __future__ import annotations

from editors.vscode.workbench import Workbench, expect


def stopped_at(workbench: Workbench, line: int) -> None:
    expect(workbench.page.locator(".debug-toolbar")).to_be_visible()
    workbench.at(line)
    expect(workbench.editor().locator(".debug-top-stack-frame-line").first).to_be_visible()


def stop_at(workbench: Workbench, line: int) -> None:
    """Set a breakpoint, where the cursor then is."""
    workbench.goto(line, 5)
    workbench.page.keyboard.press("F9")
    expect(workbench.editor().locator(".codicon-debug-breakpoint").first).to_be_visible()


def test_a_breakpoint_is_hit_locals_are_seen_and_lines_stepped(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.lens("Debug")
    stop_at(workbench, 14)
    workbench.click_lens("Debug", 1)
    workbench.choose("Debug double")
    stopped_at(workbench, 14)
    variables = workbench.page.locator(".debug-variables")
    expect(variables).to_contain_text("twice")
    expect(variables).to_contain_text("42")
    expect(workbench.page.locator(".debug-call-stack")).to_contain_text("double")
    expect(workbench.page.locator(".debug-call-stack")).not_to_contain_text("flow_double")
    workbench.screenshot("debug")
    workbench.page.keyboard.press("F10")
    stopped_at(workbench, 15)
    workbench.page.keyboard.press("F5")
    expect(workbench.page.locator(".debug-toolbar")).to_be_hidden()


def test_f5_without_a_configuration_debugs_the_file(open_folder):
    workbench = open_folder(alone='flow main {\n    x = "客😀"\n    print(x)\n}\n')
    workbench.open("alone.nx")
    workbench.lens("Debug")
    stop_at(workbench, 3)
    workbench.page.keyboard.press("F5")
    stopped_at(workbench, 3)
    workbench.page.keyboard.press("F5")
    expect(workbench.page.locator(".debug-toolbar")).to_be_hidden()


def test_f5_asks_for_what_the_only_flow_needs(open_folder):
    workbench = open_folder(alone="flow other(n: int) -> int {\n    twice = n * 2\n    return twice\n}\n")
    workbench.open("alone.nx")
    workbench.lens("Debug")
    stop_at(workbench, 3)
    workbench.page.keyboard.press("F5")
    workbench.choose("n: int")
    workbench.answer("4")
    workbench.choose("Debug other")
    stopped_at(workbench, 3)
    expect(workbench.page.locator(".debug-variables")).to_contain_text("8")
    workbench.page.keyboard.press("F5")
    expect(workbench.page.locator(".debug-toolbar")).to_be_hidden()


def test_without_debugging_it_is_a_run_in_a_terminal(open_folder):
    workbench = open_folder(alone='flow main {\n    print("客😀")\n}\n')
    workbench.open("alone.nx")
    workbench.lens("Debug")
    stop_at(workbench, 2)
    workbench.page.keyboard.press("Control+F5")
    expect(workbench.terminal()).to_contain_text("✓")
    expect(workbench.page.locator(".debug-toolbar")).to_be_hidden()


def test_a_test_is_debugged_from_the_explorer_and_told_there(open_folder):
    sums = 'test "sums" {\n    x = "客😀"; assert double(2) == 5\n}\n'
    workbench = open_folder(
        wrong="flow double(n: int) -> int {\n    twice = n * 2\n    return twice\n}\n" + sums,
    )
    workbench.open("wrong.nx")
    workbench.lens("Debug")
    stop_at(workbench, 2)
    workbench.command("Testing: Focus on Test Explorer View")
    tree = workbench.page.locator(".test-explorer")
    expect(tree).to_contain_text("wrong.nx")
    workbench.command("Test: Debug All Tests")
    stopped_at(workbench, 2)
    expect(workbench.page.locator(".debug-call-stack")).to_contain_text("test")
    workbench.page.keyboard.press("F10")
    stopped_at(workbench, 3)
    expect(workbench.page.locator(".debug-variables")).to_contain_text("4")
    workbench.page.keyboard.press("F5")
    expect(workbench.page.locator(".debug-toolbar")).to_be_hidden()
    workbench.command("Testing: Focus on Test Explorer View")
    expect(tree.locator(".codicon-testing-failed-icon").first).to_be_visible()
    reason = workbench.page.locator("span.content", has_text="assertion failed: double(2) == 5")
    expect(reason).to_be_visible()
