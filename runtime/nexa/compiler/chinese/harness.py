"""NX5xx: contracts and the harness."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX501": (("contract refers to unknown `«1»`‹2›", "契约提到了未知的 `«1»`‹2›"),),
    "NX502": (("`«1»` is only available in `ensures`", "`«1»` 只能在 `ensures` 中使用"),),
    "NX503": (
        ("contract condition runs ‹1›, through `«2»`", "契约的条件通过 `«2»` 运行了 ‹1›"),
        ("contract condition runs ‹1›", "契约的条件运行了 ‹1›"),
        ("contract condition runs «1»", "契约的条件运行了 «1»"),
    ),
    "NX504": (("contract condition is constant", "契约的条件是常量"),),
    "NX505": (("empty semantic condition", "语义条件为空"),),
    "NX510": (("autoloop needs `max_steps` or `exit_when`", "autoloop 需要 `max_steps` 或 `exit_when`"),),
    "NX511": (("`max_steps` «1» is outside «2»", "`max_steps` 的值 «1» 不在 «2» 之内"),),
    "NX512": (("autoloop without `timeout`", "autoloop 没有 `timeout`"),),
    "NX513": (("try_agent without catch_correction", "try_agent 没有 catch_correction"),),
    "NX514": (("catch_correction without `reflect`", "catch_correction 中没有 `reflect`"),),
    "NX515": (("tool description is empty or missing", "工具没有描述，或描述为空"),),
    "NX516": (("risk level `«1»` needs `requires_approval: true`", "风险级别 `«1»` 需要 `requires_approval: true`"),),
    "NX517": (("risk level `«1»` without `sandbox: true`", "风险级别 `«1»` 没有 `sandbox: true`"),),
    "NX518": (("tool `«1»` has no return type", "工具 `«1»` 没有返回类型"),),
    "NX519": (("with_context needs `max_tokens`", "with_context 需要 `max_tokens`"),),
    "NX520": (("`max_tokens` above «1»", "`max_tokens` 超过 «1»"),),
    "NX521": (("context_policy without `strategy`", "context_policy 没有 `strategy`"),),
    "NX523": (("restore of something that is not a snapshot: found `«1»`", "restore 的对象不是快照：实际是 `«1»`"),),
    "NX524": (("fork needs at least two branches", "fork 至少需要两个分支"),),
    "NX525": (("unknown merge strategy `«1»`‹2›", "未知的合并策略 `«1»`‹2›"),),
    "NX526": (("empty hook", "空的钩子"),),
    "NX527": (("on_error without a binding", "on_error 没有绑定名称"),),
    "NX528": (("reflect with empty text", "reflect 的文本为空"),),
    "NX530": (("semantic condition is too short to judge", "语义条件太短，无法评判"),),
    "NX531": (("autoloop without verify", "autoloop 中没有 verify"),),
    "NX532": (("unharnessed needs a reason", "unharnessed 需要写明理由"),),
    "NX533": (("unharnessed block has «1» statements (> «2»)", "unharnessed 块有 «1» 条语句（多于 «2» 条）"),),
    "NX534": (
        ("program uses «1» of «2» harness dimensions (‹3›)", "程序用到 «2» 个护栏维度中的 «1» 个（‹3›）"),
        ("program uses «1» of «2» harness dimensions («3»)", "程序用到 «2» 个护栏维度中的 «1» 个（«3»）"),
    ),
    "NX536": (("endless loop without break, await or exit", "没有 break、await 或 exit 的无限循环"),),
    "NX537": (("unknown error type `«1»`‹2›", "未知的错误类型 `«1»`‹2›"),),
    "NX539": (
        ("snapshot taken on every iteration and never restored there", "每次循环都创建快照，却从不在循环中恢复"),
    ),
}
