"""First steps and help: the walkthrough, a new program that has no file yet, the server's log, and a fresh server."""

from __future__ import annotations

from editors.vscode.workbench import expect


def test_a_new_program_runs_and_is_saved_on_the_way(open_folder):
    workbench = open_folder(program="flow other { }\n")
    workbench.open("review.nx")
    workbench.command("Nexa: New Program")
    expect(workbench.editor().locator(".view-line", has_text="agent Writer")).to_be_visible()
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(workbench.terminal()).to_contain_text("[Writer] tidal power")
    assert (workbench.folder / "program2.nx").read_text(encoding="utf-8").startswith("agent Writer {")
    expect(workbench.page.locator(".tab.active.dirty")).to_have_count(0)


def test_the_walkthrough_installs_and_begins(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.command("Welcome: Open Walkthrough...")
    workbench.choose("Get started with Nexa")
    steps = workbench.page.locator(".getting-started-step")
    expect(steps).to_have_count(4)
    expect(workbench.page.get_by_role("button", name="Install it")).to_be_visible()
    workbench.screenshot("walkthrough")
    steps.nth(1).click()
    workbench.page.get_by_role("button", name="New program").click()
    expect(workbench.editor().locator(".view-line", has_text="agent Writer")).to_be_visible()


def test_the_server_starts_anew_and_has_a_log(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    running = '.statusbar-item[aria-label*="is running"]'
    with workbench.leaving(running):
        workbench.command("Nexa: Restart Language Server")
    workbench.page.locator(running).wait_for()
    workbench.lens("▷ Run")
    workbench.command("Nexa: Show Log")
    expect(workbench.page.locator(".panel .monaco-select-box, .panel select").first).to_be_visible()
