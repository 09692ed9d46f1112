"""In a Chinese VS Code the extension speaks Chinese: commands, lenses, the graph's page, what it asks."""

from __future__ import annotations

from editors.vscode.workbench import expect

CHINESE = 'globalThis._VSCODE_NLS_LANGUAGE = "zh-cn"'
"""What a language pack of VS Code says; the pack itself is not needed."""


def test_everything_is_said_in_the_language_of_the_editor(open_folder):
    workbench = open_folder(script=CHINESE)
    workbench.open("review.nx")
    workbench.click_lens("流程图")
    page = workbench.frame(".node")
    expect(page.locator("#fit")).to_have_text("适应")
    expect(page.locator('.node[aria-label*="智能体"]')).not_to_have_count(0)
    workbench.click_lens("▷ 运行")
    workbench.choose("运行 main")
    expect(page.locator("#status")).to_contain_text("个令牌")
    expect(workbench.terminal()).to_contain_text("个令牌")
    assert page.evaluate("document.documentElement.lang") == "zh-cn"
    workbench.command("Nexa: 显示展开的提示词")
    expect(workbench.notification("光标处没有智能体")).to_be_visible()
    workbench.command("Welcome: Open Walkthrough...")
    workbench.choose("Nexa 入门")
    expect(workbench.page.get_by_role("button", name="安装", exact=True)).to_be_visible()
    expect(workbench.page.locator("body")).to_contain_text("安装服务器")
