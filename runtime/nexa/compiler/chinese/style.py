"""NX9xx: style and migration."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX901": (
        (
            "semicolon style differs from the file's majority; most statements end in one",
            "分号的用法与文件中多数不一致；多数语句以分号结尾",
        ),
        (
            "semicolon style differs from the file's majority; most statements end without",
            "分号的用法与文件中多数不一致；多数语句不以分号结尾",
        ),
        (
            "semicolon style differs from the file's majority; most members end in one",
            "分号的用法与文件中多数不一致；多数成员以分号结尾",
        ),
        (
            "semicolon style differs from the file's majority; most members end without",
            "分号的用法与文件中多数不一致；多数成员不以分号结尾",
        ),
    ),
    "NX902": (("‹1› names are «2»; write `«3»`", "‹1›的名称应使用 «2»；请写成 `«3»`"),),
    "NX903": (("string-typed field; write the type", "用字符串写的字段类型；请直接写类型"),),
    "NX904": (("`print` without parentheses", "`print` 没有括号"),),
    "NX905": (("use `and`/`or` for booleans", "布尔运算请使用 `and`/`or`"),),
    "NX906": (
        ("missing `:` after property key", "属性的键之后缺少 `:`"),
        ("write `:` between a property and its value, not `=`", "属性和值之间请写 `:`，不要写 `=`"),
    ),
    "NX907": (("write `null`", "请写成 `null`"),),
    "NX908": (("write `«1»` without quotes", "`«1»` 请不要加引号"),),
    "NX909": (("use `//` for comments", "注释请使用 `//`"),),
    "NX910": (("agent has neither `prompt` nor `role`", "智能体既没有 `prompt` 也没有 `role`"),),
    "NX911": (("`«1»` without a default", "`«1»` 没有默认分支"),),
    "NX912": (("prefer `->` for return types", "返回类型请使用 `->`"),),
    "NX915": (("old argument name; use `«1»`", "旧的参数名；请使用 `«1»`"),),
    "NX916": (("stage runs with an empty ambient input", "该阶段以空的环境输入运行"),),
    "NX917": (("loop judge may never be satisfied; add a counter", "循环的评判条件可能永远不满足；请加上计数"),),
    "NX920": (
        ("`nexa: allow` names no code, so it allows nothing", "`nexa: allow` 没有写代码，因此不允许任何东西"),
        ("«1» is an error here, and errors cannot be allowed", "«1» 在这里是错误，错误不能被允许"),
        ("there is no code «1»; did you mean `«2»`?", "没有代码 «1»；是不是想写 `«2»`？"),
        ("there is no code «1»", "没有代码 «1»"),
        ("there is no «1» here to allow", "这里没有可以允许的 «1»"),
    ),
}
