"""The graph beside the source: drawn, painted by a run, both ways to the source, alive on broken text."""

from __future__ import annotations

import json

from playwright.sync_api import Frame, Locator

from editors.vscode.workbench import Workbench, expect

OUTSIDE = """include "agents.nxlib"

flow kept(note: str) {
    std.fs.write("note.txt", note)
}

flow main {
    for word in ["tides", "ebb"] {
        kept(Writer.run(word))
    }
    std.fs.write("end.txt", "done")
    print(std.fs.read("note.txt"))
}
"""


def hold(workbench: Workbench, node: Locator) -> None:
    """Put the focus on a node. VS Code looks every now and then where it is: what comes back in between is no news."""
    tab = workbench.page.locator(".editor-group-container.active .tab.active", has_text="Graph")
    for _ in range(5):
        node.focus()
        if workbench.comes(tab):
            return
        workbench.page.keyboard.press("Control+1")
        workbench.focused()
        workbench.page.wait_for_timeout(500)
    raise AssertionError("the graph was never in front")


def review_graph(workbench: Workbench) -> Frame:
    """`review.nx`, with its graph beside it."""
    workbench.open("review.nx")
    workbench.click_lens("Graph")
    return workbench.frame(".node")


def run_main(workbench: Workbench, page: Frame) -> None:
    """Run its `main`, until all six nodes are painted."""
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(page.locator(".node.done")).to_have_count(6)


def test_a_graph_is_drawn_painted_and_leads_to_the_source(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    labels = page.locator(".node .label")
    expect(labels).to_have_count(6)
    assert {"◆ Reporter", "◆ Sceptic", "◆ Editor", "◆ Writer"} <= set(labels.all_text_contents())
    assert "Content-Security-Policy" in page.content()

    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(page.locator(".node.done")).not_to_have_count(0)
    expect(page.locator("#status")).to_contain_text("tokens")
    assert "done" in page.locator('.node:has-text("Writer")').get_attribute("aria-label")
    # The terminal has taken half of the room, and the graph is still seen whole.
    expect(page.locator('.node:has-text("Writer")')).to_be_in_viewport()
    workbench.screenshot("graph")

    page.locator('.node:has-text("Writer")').click()
    workbench.at(9)


def test_it_follows_the_cursor_and_stays_on_broken_text(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    workbench.goto(5, 26)
    expect(page.locator(".node.selected .label")).to_contain_text("Editor")
    workbench.goto(9, 20)
    expect(page.locator(".node.selected .label")).to_contain_text("Writer")
    workbench.type(" >> Nobody >> (")
    expect(page.locator(".node.broken .label", has_text="Nobody")).to_have_count(1)
    expect(page.locator('.node:has-text("Reporter")')).to_have_count(1)
    workbench.goto(13, 5)
    expect(page.locator("#flows")).to_have_value("double")


def test_it_is_used_with_the_keyboard_alone(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    focusable = page.locator('.node[tabindex="0"]')
    expect(focusable).to_have_count(1)
    hold(workbench, focusable)
    for key in ("End", "ArrowUp", "Home", "ArrowDown"):
        workbench.page.keyboard.press(key)
        expect(page.locator(".node.selected")).to_be_focused()
    names = page.locator(".node").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert all("level" in name for name in names), json.dumps(names)


def test_a_flow_runs_again_from_a_node(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    expect(page.locator("#again")).to_be_disabled()
    workbench.click_lens("▷ Run")
    workbench.choose("Run main")
    expect(page.locator("#status")).to_contain_text("tokens")
    expect(page.locator(".node.replayed")).to_have_count(0)
    page.locator('.node[aria-label^="Writer"]').click()
    page.locator("#again").click()
    expect(page.locator('.node.replayed[aria-label^="Reporter"]')).to_have_count(1)
    expect(page.locator('.node.done[aria-label^="Writer"]')).to_have_count(1)
    expect(page.locator('.node.replayed[aria-label^="Writer"]')).to_have_count(0)

    first = page.locator('.node[aria-label^="Reporter"]')
    first.click()
    workbench.at(4)  # which takes the focus to the text
    workbench.focused()
    hold(workbench, first)
    workbench.page.keyboard.press("r")
    expect(page.locator('.node.replayed[aria-label^="Reporter"]')).to_have_count(0)


def test_a_stage_is_taken_out_from_its_node(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    writer = page.locator('.node:has-text("Writer")')
    hold(workbench, writer)
    workbench.page.keyboard.press("e")
    workbench.take("Remove stage `Writer`")
    workbench.until(lambda: "return draft\n" in workbench.text())
    expect(writer).to_have_count(0)


def test_high_contrast_and_dark_have_colours_of_their_own(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)

    def colours() -> tuple[str, str]:
        return page.evaluate(
            "[document.querySelector('.label'), document.body].map(one => getComputedStyle(one))"
            ".map((style, index) => index ? style.backgroundColor : style.fill)"
        )

    seen = [colours()]
    for theme in ("Dark Modern", "Dark High Contrast", "Light High Contrast"):
        workbench.command("Preferences: Color Theme")
        workbench.page.locator(".quick-input-widget input").fill(theme)
        workbench.choose(theme)
        workbench.until(lambda: colours() not in seen)
        seen.append(colours())
    assert all(colour != ground for colour, ground in seen)


def test_it_is_saved_as_a_picture_and_copied_as_text(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    for kind in ("svg", "png"):
        workbench.save_as(workbench.folder / f"main.{kind}", page.locator(f"#{kind}"))
    drawing = (workbench.folder / "main.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert "Reporter" in drawing
    assert "var(--" not in drawing, "a picture stands alone"
    assert (workbench.folder / "main.png").read_bytes().startswith(b"\x89PNG")
    page.locator("#mermaid").click()
    expect(workbench.notification("as Mermaid")).to_be_visible()


def test_it_is_there_again_after_a_reload_with_its_last_run(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    run_main(workbench, page)
    workbench.reload()
    page = workbench.frame(".node")
    expect(page.locator(".node.done")).to_have_count(6)
    expect(page.locator("#status")).to_contain_text("135 tokens")
    workbench.goto(5, 26)
    expect(page.locator(".node.selected .label")).to_contain_text("Editor")
    # What has been edited since is not what ran; what stands where it stood is.
    workbench.goto(3, 1)
    workbench.type("// new\n")
    workbench.save()
    workbench.reload()
    page = workbench.frame(".node")
    expect(page.locator(".node.done")).to_have_count(6)
    expect(page.locator("#status")).to_contain_text("of an earlier text")


def test_a_run_stays_with_its_nodes_while_the_text_is_edited(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    run_main(workbench, page)
    expect(page.locator("#status")).not_to_contain_text("earlier")
    # Every id below moves on.
    workbench.goto(3, 99)
    workbench.type("\nfirst = Writer.run(topic)")
    expect(page.locator(".node")).to_have_count(7)
    expect(page.locator(".node.done")).to_have_count(6)
    expect(page.locator(".node.waiting .label")).to_contain_text("Writer")
    expect(page.locator(".node.earlier")).to_have_count(0)
    expect(page.locator("#status")).to_contain_text("of an earlier text")
    # What says something else is marked; what is gone takes its paint along.
    workbench.goto(5, 41)
    for _ in ", Sceptic":
        workbench.page.keyboard.press("Backspace")
    expect(page.locator('.node[aria-label^="Sceptic"]')).to_have_count(0)
    expect(page.locator('.node.done.earlier[aria-label^="Reporter"]')).to_have_count(1)
    expect(page.locator('.node.done.earlier[aria-label^="Writer"]')).to_have_count(0)
    # From the node of now, with what ran then.
    page.locator('.node.done[aria-label^="Writer"]').click()
    page.locator("#again").click()
    expect(page.locator("#status")).not_to_contain_text("earlier")
    expect(page.locator(".node.done")).to_have_count(6)


def test_a_renamed_agent_is_the_one_that_ran(open_folder):
    workbench = open_folder()
    page = review_graph(workbench)
    run_main(workbench, page)
    workbench.goto(4, 26)
    workbench.rename("Journalist")
    expect(page.locator('.node.done:not(.earlier)[aria-label^="Journalist"]')).to_have_count(1)
    expect(page.locator(".node.done:not(.earlier)")).to_have_count(6)


def test_what_reaches_out_is_painted_and_so_is_a_flow_that_is_run_by_another(open_folder):
    workbench = open_folder(outside=OUTSIDE)
    workbench.open("outside.nx")
    workbench.click_lens("Graph", 1)
    page = workbench.frame(".node")
    workbench.click_lens("▷ Run", 1)
    expect(page.locator('.node.done:has-text("std.fs.write")')).to_have_count(1)
    expect(page.locator('.node.done:has-text("std.fs.read")')).to_have_count(1)
    expect(page.locator('.node.done:has-text("for")')).to_have_count(1)
    page.locator("#flows").select_option("kept")
    expect(page.locator('.node.done:has-text("std.fs.write")')).to_have_count(1)
