"""A folder that nobody trusts: it is read and checked, and nothing of it runs."""

from __future__ import annotations

from editors.vscode.workbench import expect


def test_nothing_runs_before_the_folder_is_trusted(open_folder, wary_server):
    workbench = open_folder(wary_server)
    workbench.open("broken.nx")
    expect(workbench.squiggles()).to_have_count(1)
    workbench.open("review.nx")
    workbench.click_lens("▷ Run")
    expect(workbench.notification("not trusted").first).to_be_visible()
    expect(workbench.terminal()).to_have_count(0)
    assert not (workbench.folder / ".nexa").exists()
