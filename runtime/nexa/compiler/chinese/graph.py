"""NX4xx: the graph of flows, agents, files and types."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX401": (("`«1»` is needed before it is produced (cycle «2»)", "`«1»` 在产生之前就被用到（循环 «2»）"),),
    "NX402": (("`«1»` appears twice in this chain", "`«1»` 在这条链中出现了两次"),),
    "NX403": (("include cycle: «1»", "循环包含：«1»"),),
    "NX404": (("agents use each other as tools: «1»", "智能体互相把对方用作工具：«1»"),),
    "NX405": (("fallback cycle: «1»", "循环后备：«1»"),),
    "NX406": (("recursive flows: «1»", "流程递归：«1»"),),
    "NX407": (("`«1»` always calls itself: «2»", "`«1»` 总是调用自身：«2»"),),
    "NX408": (("job `«1»` enqueues itself: «2»", "作业 `«1»` 把自身加入队列：«2»"),),
    "NX409": (("waiting cycle: «1»", "循环等待：«1»"),),
    "NX410": (("nothing to fan out to", "没有可扇出的目标"),),
    "NX411": (("fan-out to one stage; use `>>`", "只扇出到一个阶段；请使用 `>>`"),),
    "NX412": (("«1» independent calls could run concurrently", "«1» 个互不依赖的调用可以并发运行"),),
    "NX413": (("`||` gives no value", "`||` 不产生值"),),
    "NX414": (
        ("results of the fan-out are dropped", "扇出的结果被丢弃"),
        ("results of the consensus are dropped", "共识的结果被丢弃"),
    ),
    "NX415": (("`«1»` appears twice in this fan-out", "`«1»` 在这次扇出中出现了两次"),),
    "NX416": (("type `«1»` contains itself: «2»", "类型 `«1»` 包含自身：«2»"),),
    "NX418": (("`«1»` is assigned in concurrent branches", "`«1»` 在并发的分支中被赋值"),),
}
