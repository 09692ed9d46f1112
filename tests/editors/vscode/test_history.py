"""`Nexa: Runs` in the explorer: what has been run, where it stands, and running it again."""

from __future__ import annotations

import re

from editors.vscode.workbench import expect


def test_runs_are_listed_lead_to_their_source_and_run_again(open_folder):
    workbench = open_folder(fails='flow main {\n    a = "客😀"; b = [1][7]\n    print(b)\n}\n')
    workbench.open("fails.nx")
    workbench.lens("▷ Run")
    rows = workbench.rows("Nexa: Runs")
    workbench.click_lens("▷ Run")
    expect(rows).to_have_count(1)
    expect(rows.first).to_have_attribute("aria-label", re.compile("^main, failed, "))
    workbench.open("review.nx")
    workbench.click_lens("▷ Run", 1)
    workbench.choose("n: int = 21")
    workbench.answer("4")
    workbench.choose("Run double")
    expect(rows).to_have_count(2)
    expect(rows.first).to_have_attribute("aria-label", re.compile("^double, passed, "))
    workbench.screenshot("runs")

    rows.first.hover()
    workbench.click(rows.first.locator('.action-label[aria-label^="Run Again"]'))
    expect(rows).to_have_count(3)
    expect(rows.first).to_have_attribute("aria-label", re.compile("^double, passed, "))
    expect(workbench.terminal()).to_contain_text(re.compile(r"double\(n: 4\).*double\(n: 4\)"))
    workbench.goto(1, 1)
    rows.first.click()
    workbench.at(12)


def test_what_each_node_did_is_told_and_leads_to_its_call(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.lens("▷ Run")
    rows = workbench.rows("Nexa: Runs")
    expect(workbench.pane("Nexa: Runs")).to_contain_text("No flow has been run here yet")
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("135 tokens")
    workbench.expand(rows.first, rows.first.locator(".monaco-tl-twistie"))
    sceptic = rows.filter(has_text="Sceptic")
    expect(sceptic).to_contain_text("24 tokens")
    sceptic.click()
    workbench.at(4, 41)


def test_a_flow_is_run_again_from_a_node_of_an_earlier_run(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.lens("▷ Run")
    rows = workbench.rows("Nexa: Runs")
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(rows.first).to_contain_text("135 tokens")
    workbench.expand(rows.first, rows.first.locator(".monaco-tl-twistie"))
    sceptic = rows.filter(has_text="Sceptic")
    sceptic.hover()
    workbench.click(sceptic.locator('.action-label[aria-label^="Run Again from Here"]'))
    expect(rows.first).to_contain_text("111 tokens")
