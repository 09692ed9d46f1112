"""Running: from the lens to what is read in the terminal, and what is asked there."""

from __future__ import annotations

import json
import re
import urllib.request

from editors.vscode.workbench import expect
from nexa.lsp.ports import free_port


def test_a_flow_runs_from_its_lens_and_streams_into_a_terminal(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    terminal = workbench.terminal()
    # What comes before has left the terminal's window by the time that the run is over.
    expect(terminal).to_contain_text("round 2 of 2")
    expect(terminal).to_contain_text("Writer │ [Writer]")
    expect(terminal).to_contain_text("✓")
    expect(workbench.editor().locator(".codelens-decoration", has_text="✓").first).to_be_visible()
    workbench.screenshot("run")


def test_arguments_are_asked_for_checked_and_remembered(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    for outputs in (1, 2):
        workbench.click_lens("▷ Run", 1)
        if outputs == 1:
            workbench.choose("n: int = 21")
            expect(workbench.page.locator(".quick-input-list")).to_be_hidden()
            workbench.page.locator(".quick-input-widget input").fill("four")
            expect(workbench.page.locator(".quick-input-widget", has_text="n is a whole number")).to_be_visible()
            workbench.answer("4")
        workbench.choose("Run double")
        expect(workbench.terminal()).to_contain_text(re.compile("twice: 8.*" * outputs))


def test_who_is_asked_for_what_is_missing_is_not_asked_again(open_folder):
    workbench = open_folder(needs="flow main(topic: str, n: int) {\n    print(topic, n)\n}\n")
    workbench.open("needs.nx")
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    for label, value in (("topic: str", "tides"), ("n: int", "7")):
        expect(workbench.page.locator(".quick-input-title", has_text=label)).to_be_visible()
        workbench.answer(value)
    expect(workbench.terminal()).to_contain_text("tides 7")


def test_a_run_that_asks_is_answered_in_its_terminal(open_folder):
    workbench = open_folder(ask='flow main {\n    name = input("name? ")\n    print("hello #{name}")\n}\n')
    workbench.open("ask.nx")
    workbench.click_lens("▷ Run")
    expect(workbench.terminal()).to_contain_text("name?")
    workbench.page.locator(".terminal-wrapper.active").click()
    workbench.type("Ann\n")
    expect(workbench.terminal()).to_contain_text("hello Ann")


def test_what_made_a_run_fail_is_a_problem_at_its_place(open_folder):
    workbench = open_folder(fails='flow main {\n    a = "客😀"; b = [1][7]\n    print(b)\n}\n')
    workbench.open("fails.nx")
    workbench.click_lens("▷ Run")
    expect(workbench.terminal()).to_contain_text("✗")
    expect(workbench.squiggles()).to_have_count(1)


def test_a_run_is_stopped_from_the_status_bar(open_folder):
    workbench = open_folder(slow="flow main {\n    sleep_ms(60000)\n}\n")
    workbench.open("slow.nx")
    workbench.click_lens("▷ Run")
    item = workbench.page.locator('.statusbar-item[id*="nexa.runs"] a')
    item.wait_for()
    expect(workbench.terminal()).to_contain_text("▷ main()")
    item.click()
    expect(workbench.terminal()).to_contain_text("cancelled after")
    expect(item).to_be_hidden()


def test_a_server_is_served_from_its_lens_until_it_is_stopped_there(open_folder):
    workbench = open_folder(
        desk="flow greet(name: str) {\n    return json({hello: name})\n}\n\n"
        f'server Desk {free_port()} {{\n    route GET "/hello/{{name}}" => greet\n}}\n'
    )
    workbench.open("desk.nx")
    workbench.click_lens("▷ Serve")
    item = workbench.page.locator('.statusbar-item[id*="nexa.runs"] a')
    expect(item).to_contain_text("Desk: http://")
    address = item.text_content().rpartition(" ")[2]
    expect(workbench.terminal()).to_contain_text(address)
    with urllib.request.urlopen(f"{address}/hello/%E5%AE%A2", timeout=60) as answer:
        assert json.loads(answer.read()) == {"hello": "客"}
    expect(workbench.editor().locator(".codelens-decoration", has_text=f"● {address}")).to_be_visible()
    workbench.screenshot("serving")
    workbench.click_lens("■ Stop")
    expect(item).to_be_hidden()
    expect(workbench.editor().locator(".codelens-decoration", has_text="■ Stop")).to_be_hidden()
