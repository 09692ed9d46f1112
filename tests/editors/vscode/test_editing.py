"""What a user sees while writing: mistakes, their fixes, names, documentation."""

from __future__ import annotations

from editors.vscode.workbench import expect


def test_a_mistake_is_underlined_and_fixed_with_a_click(open_folder):
    workbench = open_folder()
    workbench.open("broken.nx")
    expect(workbench.squiggles()).to_have_count(1)
    workbench.goto(4, 14)
    workbench.fixes().filter(has_text="Writer").first.wait_for()
    workbench.screenshot("quick-fix")
    workbench.take("Writer")
    workbench.until(lambda: "draft = Writer.run" in workbench.text())
    expect(workbench.squiggles()).to_have_count(0)
    # The type of `draft` is drawn as a hint as soon as it is known; it is no part of the text.
    workbench.editor().locator(".view-line", has_text="draft: str").wait_for()
    assert "draft = Writer.run" in workbench.text()
    workbench.save()
    path = workbench.folder / "broken.nx"
    workbench.until(lambda: "Wirter" not in path.read_text(encoding="utf-8"))


def test_hover_tells_what_a_name_is(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.lens("▷ Run")
    workbench.goto(4, 26)
    expect(workbench.hover("agent Reporter")).to_be_visible()


def test_properties_that_are_not_set_yet_are_completed(open_folder):
    workbench = open_folder(fresh='agent Writer {\n    prompt: "客😀",\n    \n}\n')
    workbench.open("fresh.nx")
    workbench.goto(3, 5)
    workbench.type("temp")
    workbench.complete("temperature")
    workbench.until(lambda: "    temperature: " in workbench.text())


def test_a_name_is_changed_in_every_file(open_folder):
    workbench = open_folder()
    workbench.open("review.nx")
    workbench.lens("▷ Run")
    workbench.goto(4, 26)
    workbench.rename("Journalist")
    workbench.command("File: Save All Files")
    library = workbench.folder / "agents.nxlib"
    program = workbench.folder / "review.nx"
    workbench.until(lambda: "agent Journalist {" in library.read_text(encoding="utf-8"))
    workbench.until(lambda: "[Journalist, Sceptic]" in program.read_text(encoding="utf-8"))


def test_a_file_is_formatted_when_it_is_saved(open_folder):
    workbench = open_folder(untidy='flow main{\n  x="客😀"\n     print( x )\n}\n')
    workbench.open("untidy.nx")
    workbench.lens("▷ Run")
    workbench.goto(4, 2)
    workbench.type(" ")
    workbench.save()
    path = workbench.folder / "untidy.nx"
    workbench.until(lambda: path.read_text(encoding="utf-8") == 'flow main {\n    x = "客😀"\n    print(x)\n}\n')


def test_a_count_of_references_lists_them(open_folder):
    workbench = open_folder()
    workbench.open("agents.nxlib")
    workbench.click_lens("reference")
    expect(workbench.page.locator(".peekview-widget").first).to_be_visible()
