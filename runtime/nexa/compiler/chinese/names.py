"""NX2xx: names."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX201": (
        ("`_` is not defined: it is the wildcard and holds no value", "`_` 未定义：它是通配符，没有值"),
        (
            "`«1»` is not defined here: it has no value yet that could be changed",
            "`«1»` 在这里还未定义：它还没有可以改变的值",
        ),
        ("`«1»` is not defined here: it is assigned further down", "`«1»` 在这里还未定义：它在下文才被赋值"),
        (
            "`«1»` is not defined; `raise` needs an error behind it, as in `raise e`",
            "`«1»` 未定义；`raise` 之后需要一个错误，例如 `raise e`",
        ),
        ("`«1»` is not defined; a block may be empty: `{ }`", "`«1»` 未定义；块可以为空：`{ }`"),
        (
            '`include` is not a function; a file is read by `include "…"`',
            '`include` 不是函数；读入文件用 `include "…"`',
        ),
        ("`«1»` is not defined‹2›", "`«1»` 未定义‹2›"),
    ),
    "NX202": (("unknown type `«1»`‹2›", "未知的类型 `«1»`‹2›"),),
    "NX203": (("`«1»` is already declared as ‹2›", "`«1»` 已声明为‹2›"),),
    "NX204": (("`uses` names unknown `«1»`‹2›", "`uses` 中的 `«1»` 未知‹2›"),),
    "NX205": (
        ("unknown ‹1› property `«2»`‹3›", "‹1›没有属性 `«2»`‹3›"),
        ("unknown «1» property `«2»`‹3›", "«1» 没有属性 `«2»`‹3›"),
    ),
    "NX206": (
        ("unknown decorator `«1»`‹2›", "未知的装饰器 `«1»`‹2›"),
        ("`«1»` has no argument `«2»`‹3›", "`«1»` 没有参数 `«2»`‹3›"),
        ("`«1»` does nothing before ‹2›; it is for ‹3›", "`«1»` 在‹2›之前不起作用；它用于‹3›"),
    ),
    "NX207": (("cannot find `«1»`", "找不到 `«1»`"),),
    "NX208": (("`«1»` is never read", "`«1»` 从未被读取"),),
    "NX209": (("‹1› `«2»` is never used", "‹1› `«2»` 从未被使用"),),
    "NX210": (("unreachable code", "永远执行不到的代码"),),
    "NX211": (("`«1»` may be unassigned here", "`«1»` 在这里可能还没有被赋值"),),
    "NX212": (
        ("`«1»` hides the predeclared `«2»`", "`«1»` 遮蔽了预声明的 `«2»`"),
        ("`«1»` hides the built-in type `«2»`", "`«1»` 遮蔽了内置类型 `«2»`"),
        ("`«1»` hides ‹2› of the same name", "`«1»` 遮蔽了同名的‹2›"),
    ),
    "NX213": (
        (
            "‹1› has no member `«2»`; a list joins its texts: `xs.join(s)`",
            "‹1› 没有成员 `«2»`；由列表来连接文本：`xs.join(s)`",
        ),
        ("‹1› has no member `«2»`; write `«3»(…)`", "‹1› 没有成员 `«2»`；请写成 `«3»(…)`"),
        ("‹1› has no member `«2»`‹3›", "‹1› 没有成员 `«2»`‹3›"),
    ),
    "NX214": (
        ("unknown filter `«1»`‹2›", "未知的过滤器 `«1»`‹2›"),
        ("`«1»` has no `«2»`‹3›", "`«1»` 中没有 `«2»`‹3›"),
    ),
    "NX215": (("enum `«1»` has no variant `«2»`‹3›", "枚举 `«1»` 没有变体 `«2»`‹3›"),),
    "NX216": (
        ("struct `«1»` has no field `«2»`‹3›", "结构体 `«1»` 没有字段 `«2»`‹3›"),
        ("struct `«1»` lacks fields ‹2›", "结构体 `«1»` 缺少字段 ‹2›"),
        ("struct `«1»` lacks field ‹2›", "结构体 `«1»` 缺少字段 ‹2›"),
    ),
    "NX217": (
        (
            "`«1»` is built in with the same variants; this declaration is ignored",
            "`«1»` 是内置的，且变体相同；此声明被忽略",
        ),
        ("duplicate ‹1› `«2»`", "重复的‹1› `«2»`"),
    ),
    "NX218": (("`self` outside an `impl` or agent", "`self` 不在 `impl` 或智能体之中"),),
    "NX219": (
        ("`flow main` is not allowed in a library", "库中不能有 `flow main`"),
        ("‹1› is not allowed in a library", "库中不能有‹1›"),
    ),
    "NX220": (("‹1› has no parameter `«2»`‹3›", "‹1› 没有参数 `«2»`‹3›"),),
    "NX221": (
        (
            "`impl` has extra method `«1»`: trait `«2»` has none‹3›",
            "`impl` 多出方法 `«1»`：特征 `«2»` 中没有‹3›",
        ),
        ("`impl` lacks ‹1› of trait `«2»`", "`impl` 缺少特征 `«2»` 的 ‹1›"),
    ),
    "NX222": (("`«1»` is not ‹2› but ‹3›", "`«1»` 不是‹2›，而是‹3›"),),
    "NX223": (("no entry point: declare `flow main`", "没有入口：请声明 `flow main`"),),
    "NX224": (("file already included", "文件已经包含过了"),),
}
