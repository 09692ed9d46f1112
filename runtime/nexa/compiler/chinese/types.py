"""NX3xx: types and protocols."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX301": (("expected `«1»`, found `«2»`‹3›", "应为 `«1»`，实际是 `«2»`‹3›"),),
    "NX302": (
        ("‹1› takes ‹2›, «3» given, none for ‹4›", "‹1› 需要 ‹2›，给了 «3» 个，却没有给 ‹4›"),
        ("‹1› takes ‹2›, «3» given", "‹1› 需要 ‹2›，给了 «3» 个"),
    ),
    "NX303": (
        ("`«1»` gives `«2»` but `«3»` takes `«4»`‹5›", "`«1»` 给出 `«2»`，而 `«3»` 需要 `«4»`‹5›"),
        ("`«1»` gives `«2»` but the stage takes `«4»`‹5›", "`«1»` 给出 `«2»`，而该阶段需要 `«4»`‹5›"),
        ("the value is `«2»` but `«3»` takes `«4»`‹5›", "该值是 `«2»`，而 `«3»` 需要 `«4»`‹5›"),
        ("the value is `«2»` but the stage takes `«4»`‹5›", "该值是 `«2»`，而该阶段需要 `«4»`‹5›"),
    ),
    "NX304": (
        (
            "right side of `«1»` is not a stage but struct `«2»`; `|>` makes one",
            "`«1»` 的右侧不是阶段，而是结构体 `«2»`；请用 `|>` 创建",
        ),
        (
            "right side of `«1»` is not a stage‹2›; a stage is named, not called: `«3»`",
            "`«1»` 的右侧不是阶段‹2›；阶段只写名称，不要调用：`«3»`",
        ),
        ("right side of `«1»` is not a stage‹2›", "`«1»` 的右侧不是阶段‹2›"),
    ),
    "NX305": (
        (
            "fan-out target is not a stage but struct `«1»`; `|>` makes one",
            "扇出的目标不是阶段，而是结构体 `«1»`；请用 `|>` 创建",
        ),
        ("hints need the run of an agent on their left, not `«1»`", "提示的左侧必须是一次智能体运行，而不是 `«1»`"),
        ("fan-out target is not a stage‹1›", "扇出的目标不是阶段‹1›"),
    ),
    "NX306": (("`&>>` needs a list on its left, found `«1»`", "`&>>` 的左侧必须是列表，实际是 `«1»`"),),
    "NX307": (
        (
            "operands of `«1»` are neither bools, nor stages, nor results: ‹2›",
            "`«1»` 的操作数既不是布尔值，也不是阶段或结果：‹2›",
        ),
    ),
    "NX308": (("condition is always true: `«1»` is ‹2›", "条件恒为真：`«1»` 是‹2›"),),
    "NX309": (("`«1»` is not a type; using `str`‹2›", "`«1»` 不是类型；按 `str` 处理‹2›"),),
    "NX312": (("protocol `«1»` has no field `«2»`‹3›", "协议 `«1»` 没有字段 `«2»`‹3›"),),
    "NX313": (
        ("`«1»` cannot fail", "`«1»` 不会失败"),
        ("`«1»` is never null", "`«1»` 不会是 null"),
        ("‹1› cannot fail", "‹1› 不会失败"),
        ("‹1› is never null", "‹1› 不会是 null"),
    ),
    "NX314": (
        ("match is not exhaustive: ‹1› is missing", "match 不完整：缺少 ‹1›"),
        ("match is not exhaustive: ‹1› are missing", "match 不完整：缺少 ‹1›"),
    ),
    "NX315": (
        ("arm can never match: an arm above takes everything", "这个分支永远不会匹配：上面的分支已匹配一切"),
        ("arm can never match: `«1»` has an arm above", "这个分支永远不会匹配：`«1»` 在上面已有分支"),
    ),
    "NX316": (("‹1› returns `«2»`, found `«3»`", "‹1› 应返回 `«2»`，实际是 `«3»`"),),
    "NX317": (("not every path returns `«1»`", "并非每条路径都返回 `«1»`"),),
    "NX318": (
        ("`?? :` needs a bool or two stages; `«1»` is `«2»`", "`?? :` 需要布尔值或两个阶段；`«1»` 是 `«2»`"),
        ("`?? :` needs a bool or two stages; ‹1› is `«2»`", "`?? :` 需要布尔值或两个阶段；‹1›是 `«2»`"),
    ),
    "NX319": (
        ("`[]` cannot look up ‹1› in ‹2›", "`[]` 不能在 ‹2› 中查找 ‹1›"),
        ("`«1»` cannot be applied to ‹2›", "`«1»` 不能用于 ‹2›"),
        ("`«1»` cannot combine ‹2› and ‹3›", "`«1»` 不能连接 ‹2› 与 ‹3›"),
    ),
    "NX320": (("`«1»` takes ‹2›, «3» given", "`«1»` 需要 ‹2›，给了 «3» 个"),),
    "NX321": (("missing type annotation on `«1»`", "`«1»` 缺少类型标注"),),
    "NX322": (
        ("property `«1»` wants one of ‹2›, found `«3»`", "属性 `«1»` 应为 ‹2› 之一，实际是 `«3»`"),
        ("property `«1»` wants ‹2›, found `«3»`", "属性 `«1»` 应为‹2›，实际是 `«3»`"),
    ),
    "NX323": (("`«1»` and `«2»` declare different outputs", "`«1»` 和 `«2»` 声明了不同的输出"),),
    "NX324": (
        ("cannot await ‹1›; its runs need no `await`", "不能等待 ‹1›；它的运行不需要 `await`"),
        ("cannot await ‹1›; only tasks and actors are awaited", "不能等待 ‹1›；只能等待任务和参与者"),
    ),
    "NX325": (
        ("cannot pass a message to ‹1›; only actors take messages", "不能向 ‹1› 传递消息；只有参与者接收消息"),
        ("cannot pass a message to ‹1›; start one with `«2»`", "不能向 ‹1› 传递消息；请用 `«2»` 启动一个"),
    ),
    "NX326": (
        ("cannot iterate over ‹1›; `range` counts", "不能遍历 ‹1›；计数请用 `range`"),
        ("cannot iterate over ‹1›", "不能遍历 ‹1›"),
    ),
    "NX327": (
        (
            "pattern cannot match ‹1›: `«2»` carries «3», not «4»",
            "该模式不可能匹配 ‹1›：`«2»` 带 «3» 个值，不是 «4» 个",
        ),
        ("pattern cannot match ‹1›", "该模式不可能匹配 ‹1›"),
    ),
    "NX328": (("route target `«1»` is not an agent or flow but ‹2›", "路由目标 `«1»` 不是智能体或流程，而是 ‹2›"),),
    "NX329": (
        ("job `«1»` wants no keys; found ‹3›", "作业 `«1»` 不需要任何键；实际有 ‹3›"),
        ("job `«1»` wants ‹2›; found no keys", "作业 `«1»` 需要 ‹2›；实际没有键"),
        ("job `«1»` wants ‹2›; found ‹3›", "作业 `«1»` 需要 ‹2›；实际是 ‹3›"),
    ),
    "NX330": (
        ("comparison is always true: ‹1› and ‹2› are never equal", "比较恒为真：‹1› 与 ‹2› 永远不相等"),
        ("comparison is always false: ‹1› and ‹2› are never equal", "比较恒为假：‹1› 与 ‹2› 永远不相等"),
    ),
}
