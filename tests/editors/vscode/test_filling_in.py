"""What is to be filled in after a refactoring or a fix: the cursor is there, in all places at once."""

from __future__ import annotations

from editors.vscode.workbench import Workbench

FLOW = """\
agent Writer { prompt: "客😀" }
flow main(n: int) {
    if n > 1 {
        x = match n {
            1 => {k: Writer.run(n)},
            _ => {}
        }
        print(x)
    }
}
"""
EXTRACTED = """\
agent Writer { prompt: "客😀" }
flow main(n: int) {
    if n > 1 {
        x = match n {
            1 => {
                draft = Writer.run(n)
                {k: draft}
            },
            _ => {}
        }
        print(x)
    }
}
"""


def take(workbench: Workbench, title: str) -> None:
    """Choose what can be done at the cursor by its title."""
    workbench.fixes()
    workbench.take(title)


def test_a_new_variable_is_named_where_it_stands(open_folder):
    workbench = open_folder(naming=FLOW)
    workbench.open("naming.nx")
    workbench.lens("▷ Run")
    workbench.goto(5, 22)
    for _ in "Writer.run(n)":
        workbench.page.keyboard.press("Shift+ArrowRight")
    workbench.page.locator(".statusbar-item", has_text="(13 selected)").wait_for()
    take(workbench, "Extract variable")
    workbench.page.locator(".statusbar-item", has_text="2 selections").wait_for()
    workbench.type("draft")
    workbench.page.keyboard.press("Escape")
    workbench.save()
    path = workbench.folder / "naming.nx"
    workbench.until(lambda: path.read_text(encoding="utf-8") == EXTRACTED)


def test_the_prompt_of_a_new_agent_is_written_at_once(open_folder):
    workbench = open_folder(missing="flow main(n: int) {\n    print(Poet.run(n))\n}\n")
    workbench.open("missing.nx")
    workbench.squiggles().first.wait_for()
    workbench.goto(2, 12)
    take(workbench, "Create agent")
    workbench.until(lambda: "agent Poet" in workbench.text())
    workbench.at(2, 14)
    workbench.type("Rhyme.")
    workbench.save()
    path = workbench.folder / "missing.nx"
    workbench.until(lambda: path.read_text(encoding="utf-8").startswith('agent Poet {\n    prompt: "Rhyme."\n}\n'))


STATEMENTS = """\
flow main(n: int) {
    if n > 1 {
        print(n)
        print("客😀", n)
    }
}
"""
GREETING = """\
flow main(n: int) {
    if n > 1 {
        greet(n)
    }
}

flow greet(n: int) {
    print(n)
    print("客😀", n)
}
"""


def test_a_new_flow_is_named_where_it_is_called_too(open_folder):
    workbench = open_folder(flows=STATEMENTS)
    workbench.open("flows.nx")
    workbench.lens("▷ Run")
    workbench.goto(3, 9)
    workbench.page.keyboard.press("Shift+ArrowDown")
    workbench.page.keyboard.press("Shift+End")
    workbench.page.locator(".statusbar-item", has_text="Ln 4,").wait_for()
    take(workbench, "Extract flow")
    workbench.page.locator(".statusbar-item", has_text="2 selections").wait_for()
    workbench.type("greet")
    workbench.page.keyboard.press("Escape")
    workbench.save()
    path = workbench.folder / "flows.nx"
    workbench.until(lambda: path.read_text(encoding="utf-8") == GREETING)
