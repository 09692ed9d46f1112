"""NX1xx: syntax."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX100": (
        ("unexpected ‹1›; expected ‹2›", "意外的 ‹1›；应为 ‹2›"),
        ("unexpected `«1»`; expected ‹2›", "意外的 `«1»`；应为 ‹2›"),
        ("unexpected ‹1›", "意外的 ‹1›"),
        ("unexpected `«1»`", "意外的 `«1»`"),
    ),
    "NX101": (
        ("expected a newline or `;` before ‹1›", "‹1› 之前应换行或写 `;`"),
        ("expected a newline or `;` before `«1»`", "`«1»` 之前应换行或写 `;`"),
    ),
    "NX102": (("`«1»` is never closed; add `«2»`", "`«1»` 没有闭合；请补上 `«2»`"),),
    "NX103": (("unmatched `«1»`; delete it or add the missing `«2»`", "多余的 `«1»`；请删除它，或补上缺少的 `«2»`"),),
    "NX104": (
        (
            "unterminated string; add `«1»` before the end of the line, or use triple quotes for several lines",
            "字符串没有结束；请在行尾之前补上 `«1»`，多行文本请用三引号",
        ),
        (
            "unterminated string; a line break in `#{…}` needs three quotes around it",
            "字符串没有结束；`#{…}` 中有换行时须用三引号括住整个字符串",
        ),
        ("unterminated string; add `«1»` at its end", "字符串没有结束；请在末尾补上 `«1»`"),
    ),
    "NX105": (("unterminated block comment; add `*/`", "块注释没有结束；请补上 `*/`"),),
    "NX106": (("interpolation is never closed; add `}`", "插值没有闭合；请补上 `}`"),),
    "NX107": (
        (
            "unknown escape `«1»` kept as is; write `\\\\` for a backslash, or make the string raw",
            "未知的转义 `«1»`，按原样保留；反斜杠请写 `\\\\`，或改用原始字符串",
        ),
        (
            "unknown escape `«1»` kept as is; write `\\\\` for a backslash",
            "未知的转义 `«1»`，按原样保留；反斜杠请写 `\\\\`",
        ),
    ),
    "NX108": (
        ("line break inside a quoted property string; use three quotes", "属性的引号字符串中有换行；请使用三引号"),
    ),
    "NX109": (("`«1»` is reserved and cannot be a name; write `«2»`", "`«1»` 是保留字，不能用作名称；请写成 `«2»`"),),
    "NX110": (
        (
            "cannot assign to this: a declared type needs a plain name on the left",
            "不能给它赋值：声明类型时左侧必须是单个名称",
        ),
        ("cannot assign to this: ‹1› is not a variable", "不能给它赋值：‹1›不是变量"),
        ("cannot assign to this: `«1»` is ‹2›", "不能给它赋值：`«1»` 是‹2›"),
        ("cannot assign to this: ‹1›", "不能给它赋值：‹1›"),
    ),
    "NX111": (("comparisons do not chain; join two of them with `and`", "比较不能连写；请用 `and` 连接两个比较"),),
    "NX112": (
        (
            "`«1»` is not Nexa; use `#{…}` in an ordinary string",
            "`«1»` 不是 Nexa 的写法；请在普通字符串中使用 `#{…}`",
        ),
    ),
    "NX113": (("unknown ‹1› `«2»`‹3›", "未知的‹1› `«2»`‹3›"),),
    "NX114": (
        (
            "malformed number `«1»`; a single `_` may stand between two digits",
            "数字 `«1»` 的写法不对；两个数位之间只能有一个 `_`",
        ),
        ("malformed number `«1»`; a whole number has no leading zero", "数字 `«1»` 的写法不对；整数不能以零开头"),
        ("malformed number `«1»`; it has too many digits", "数字 `«1»` 的写法不对；位数太多"),
        ("malformed number `«1»`; numbers are decimal", "数字 `«1»` 的写法不对；数字都是十进制"),
        (
            "malformed number `«1»`; a name cannot begin with a digit, and the units are `ms`, `s`, `m`, `h` and `d`",
            "数字 `«1»` 的写法不对；名称不能以数字开头，时长单位有 `ms`、`s`、`m`、`h` 和 `d`",
        ),
    ),
    "NX115": (("invalid regular expression: «1»", "正则表达式无效：«1»"),),
    "NX116": (
        ("Python error in block: «1»", "Python 代码块有错误：«1»"),
        ("Python error in `«1»`, line «2»: «3»", "Python 文件 `«1»` 第 «2» 行有错误：«3»"),
    ),
    "NX117": (("`«1»` is not allowed here‹2›", "这里不能写 `«1»`‹2›"),),
    "NX118": (("`«1»` outside ‹2›; delete it", "`«1»` 不在‹2›中；请删除"), ("`«1»` outside ‹2›", "`«1»` 不在‹2›中")),
    "NX119": (
        ("template: `{{` is never closed; add `}}`", "模板：`{{` 没有闭合；请补上 `}}`"),
        ("template: `«1»` is never closed; add `«2»`", "模板：`«1»` 没有闭合；请补上 `«2»`"),
        ("template: unknown tag `«1»`; expected one of ‹2›", "模板：未知的标签 `«1»`；应为 ‹2› 之一"),
        ("template: unknown name `«1»`; expected one of ‹2›", "模板：未知的名称 `«1»`；应为 ‹2› 之一"),
        ("template: blocks nest more than «1» deep", "模板：块的嵌套超过 «1» 层"),
        ("template: `«1»` after `«2»`", "模板：`«1»` 不能在 `«2»` 之后"),
        ("template: `«1»` outside `«2»`", "模板：`«1»` 不在 `«2»` 之中"),
        (
            "template: unexpected `«1»`; expected no closing tag: no block is open",
            "模板：意外的 `«1»`；没有打开的块，不应有结束标签",
        ),
        ("template: unexpected `«1»`; expected ‹2›", "模板：意外的 `«1»`；应为 ‹2›"),
        ("template: unknown escape `«1»`", "模板：未知的转义 `«1»`"),
        ("template: ‹1›", "模板：‹1›"),
    ),
    "NX120": (
        ("`«1»` is not Nexa; use ‹2›", "`«1»` 不是 Nexa 的写法；请使用 ‹2›"),
        ("`«1»` is not Nexa; ‹2›", "`«1»` 不是 Nexa 的写法；‹2›"),
    ),
    "NX121": (
        (
            "positional argument after a named one; put it first, or name it",
            "位置参数在具名参数之后；请移到前面，或写上名称",
        ),
    ),
    "NX122": (
        ("`«1»` given twice; merge the two", "`«1»` 写了两次；请合并"),
        ("`«1»` given twice; keep one", "`«1»` 写了两次；请只留一个"),
    ),
    "NX123": (("empty `«1»`; add at least one ‹2›", "空的 `«1»`；请至少写一个‹2›"),),
}
