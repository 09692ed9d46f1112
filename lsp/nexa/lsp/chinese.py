"""What the server says to people, in Simplified Chinese; findings are translated by `nexa.compiler.chinese`."""

from __future__ import annotations

TEXTS: tuple[tuple[str, str], ...] = (
    # ── lenses
    ("▷ Run", "▷ 运行"),
    ("▷ Run test", "▷ 运行测试"),
    ("▷ Run all tests", "▷ 运行全部测试"),
    ("Debug", "调试"),
    ("Graph", "流程图"),
    ("1 reference", "1 处引用"),
    ("«1» references", "«1» 处引用"),
    ("no references", "没有引用"),
    # ── how runs went
    ("✓ «1» passed", "✓ 通过 «1» 个"),
    ("✗ «1» passed, «2» failed", "✗ 通过 «1» 个，失败 «2» 个"),
    ("✓ «1» · «2» tokens · «3»", "✓ «1» · «2» 个令牌 · «3»"),
    ("✓ «1» · «2» tokens", "✓ «1» · «2» 个令牌"),
    ("cancelled after «1»", "«1» 后取消"),
    ("suspended after «1»", "«1» 后挂起"),
    ("failed after «1»", "«1» 后失败"),
    # ── progress
    ("starting", "正在启动"),
    ("wants input: «1»", "等待输入：«1»"),
    ("wants input: ", "等待输入"),
    ("Nexa: indexing", "Nexa：正在建立索引"),
    ("«1» files", "«1» 个文件"),
    # ── messages
    ("Run of tests of «1» failed: «2»", "«1» 的测试运行失败：«2»"),
    ("Run of «1» failed: «2»", "«1» 运行失败：«2»"),
    ("«1» has unsaved changes; the saved version is used", "«1» 有未保存的更改；使用的是已保存的版本"),
    ("«1» waits for a debugger at «2»", "«1» 正在 «2» 等待调试器"),
    ("save the file first: a run needs a file on disk", "请先保存文件：运行需要磁盘上的文件"),
    ("there is no file «1»", "没有文件 «1»"),
    ("«1» runs are under way already; stop one first", "已有 «1» 个运行在进行；请先停止一个"),
    ("the run could not be started: «1»", "无法启动运行：«1»"),
    ("the build could not be started: «1»", "无法启动构建：«1»"),
    ("Run tests of «1»", "运行 «1» 的测试"),
    ("Run «1»", "运行 «1»"),
    # ── settings
    ("the settings under `nexa` must be an object", "`nexa` 下的设置必须是对象"),
    ("«1»: must be true or false", "«1»：必须是 true 或 false"),
    ("«1»: must be one of «2»", "«1»：必须是 «2» 之一"),
    ("«1»: unknown key `«2»` in «3»; did you mean `«4»`?", "«1»：«3» 中未知的键 `«2»`；是不是想写 `«4»`？"),
    ("«1»: unknown key `«2»` in «3»; known keys: «4»", "«1»：«3» 中未知的键 `«2»`；已知的键有 «4»"),
    ("«1»: unknown key `«2»` in «3»; it has no keys yet", "«1»：«3» 中未知的键 `«2»`；它还没有任何键"),
    ("«1» is no code; codes look like NX303, prefixes like NX3", "«1» 不是代码；代码形如 NX303，前缀形如 NX3"),
    ("«1»: not readable as TOML: «2»", "«1»：无法按 TOML 读取：«2»"),
    # ── hints
    ("Here the chain gives `«1»`.", "链在这里给出 `«1»`。"),
    ("Gives `«1»`.", "给出 `«1»`。"),
    (
        "Level «1» of `«2»`: calls of one level do not wait for each other's values.",
        "`«2»` 的第 «1» 层：同一层的调用不等待彼此的值。",
    ),
    (
        "At most «1» tokens of answers in one run. In one run of an agent: «2».",
        "一次运行的回答最多 «1» 个令牌。每个智能体一次运行：«2»。",
    ),
)
"""The first that fits counts."""
