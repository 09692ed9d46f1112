"""What findings say of other places."""

from __future__ import annotations

NOTES: tuple[tuple[str, str], ...] = (
    ("`«1»` is expected here at the latest", "最迟应在这里写 `«1»`"),
    ("`«1»` is declared here first", "`«1»` 最先在这里声明"),
    ("`«1»` is declared here", "`«1»` 在这里声明"),
    ("‹1› is declared here", "‹1› 在这里声明"),
    ("the type is written here", "类型写在这里"),
    ("the result is written here", "结果的类型写在这里"),
    ("parameter `«1»` of `«2»`", "`«2»` 的参数 `«1»`"),
    ("field `«1»` of `«2»`", "`«2»` 的字段 `«1»`"),
    ("first `«1»`", "第一个 `«1»`"),
    ("assigned here, too", "这里也被赋值"),
    ("assigned here", "在这里被赋值"),
    ("assigned on some paths only, here first", "只在部分路径上被赋值，最先在这里"),
    ("the first one", "第一个"),
    ("the hidden one", "被遮蔽的那个"),
    ("included here", "在这里包含"),
    ("selected here", "在这里选择"),
    ("its first run", "第一次运行"),
    ("the output is `«1»` here", "这里的输出是 `«1»`"),
    ("could run at the same time", "可以同时运行"),
    ("`«1»` needs `«2»`", "`«1»` 需要 `«2»`"),
    ("`«1»` includes `«2»`", "`«1»` 包含 `«2»`"),
    ("`«1»` uses `«2»`", "`«1»` 使用 `«2»`"),
    ("`«1»` falls back on `«2»`", "`«1»` 以 `«2»` 为后备"),
    ("`«1»` calls `«2»`", "`«1»` 调用 `«2»`"),
    ("`«1»` enqueues `«2»`", "`«1»` 把 `«2»` 加入队列"),
    ("`«1»` awaits `«2»`", "`«1»` 等待 `«2»`"),
    ("`«1»` contains `«2»`", "`«1»` 包含 `«2»`"),
)
"""The first that fits counts."""
