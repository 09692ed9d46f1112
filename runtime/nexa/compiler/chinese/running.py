"""NX6xx: configuration, secrets, files and what cannot be run yet."""

from __future__ import annotations

MESSAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "NX601": (
        (
            "credential in source code; move it to a `.nxs` file and read it with `«1»`",
            "源代码中有凭据；请移到 `.nxs` 文件中，并用 `«1»` 读取",
        ),
    ),
    "NX602": (("secret may leak into ‹1›", "密钥可能泄漏到 ‹1›"),),
    "NX603": (("no config named `«1»`‹2›", "没有名为 `«1»` 的配置‹2›"),),
    "NX604": (
        ("secret `«1»` is in no visible `.nxs` file‹2›", "可见的 `.nxs` 文件中没有密钥 `«1»`‹2›"),
        (
            "secret `«1»` is not in config `«2»` of any visible `.nxs` file‹3›",
            "可见的 `.nxs` 文件的配置 `«2»` 中没有密钥 `«1»`‹3›",
        ),
    ),
    "NX605": (("model `«1»` has no `provider/` prefix", "模型 `«1»` 没有 `provider/` 前缀"),),
    "NX606": (
        ("secrets file: dicts nest more than «1» deep", "密钥文件：字典的嵌套超过 «1» 层"),
        (
            "secrets file: malformed number; put quotes around other values",
            "密钥文件：数字的写法不对；其他值请加引号",
        ),
        ("secrets file: `«1»` has a value already", "密钥文件：`«1»` 已经有值"),
        ("secrets file: unterminated string", "密钥文件：字符串没有结束"),
        ("secrets file: `{` is never closed; add `}`", "密钥文件：`{` 没有闭合；请补上 `}`"),
        (
            "secrets file: expected a value: a string, a number, `true`, `false` or `{ … }`",
            "密钥文件：应有一个值：字符串、数字、`true`、`false` 或 `{ … }`",
        ),
        ("secrets file: unterminated block comment; add `*/`", "密钥文件：块注释没有结束；请补上 `*/`"),
        ("secrets file: unmatched `«1»`", "密钥文件：多余的 `«1»`"),
        ("secrets file: expected `config name { … }`", "密钥文件：应为 `config name { … }`"),
        ('secrets file: unexpected text; expected `KEY = "value"`', '密钥文件：意外的文本；应为 `KEY = "value"`'),
        ("secrets file: ‹1›", "密钥文件：‹1›"),
    ),
    "NX607": (("config already selected: `«1»`", "已经选择了配置：`«1»`"),),
    "NX609": (("unsupported URL scheme `«1»`; use ‹2›", "不支持的 URL 协议 `«1»`；请使用 ‹2›"),),
    "NX610": (("`«1»`: unknown value `«2»`‹3›", "`«1»`：未知的值 `«2»`‹3›"),),
    "NX611": (
        ("semantic route «1» already declared", "语义路由 «1» 已经声明过"),
        ("route «1» already declared", "路由 «1» 已经声明过"),
        ("«1» already declared", "«1» 已经声明过"),
    ),
    "NX612": (
        ("bad route path: it must begin with `/`", "路由路径不对：必须以 `/` 开头"),
        ("bad route path: `{` is never closed", "路由路径不对：`{` 没有闭合"),
        ("bad route path: unmatched `}`", "路由路径不对：多余的 `}`"),
        ("bad route path: `«1»` is not a name", "路由路径不对：`«1»` 不是名称"),
        ("bad route path: `{}` needs a name", "路由路径不对：`{}` 中需要名称"),
        ("bad route path: two parameters `«1»`", "路由路径不对：参数 `«1»` 出现了两次"),
        (
            "bad route path: `«1»` ends it; what follows is not part of a path",
            "路由路径不对：`«1»` 结束路径，其后的内容不属于路径",
        ),
        ("bad route path: it has a space", "路由路径不对：含有空格"),
    ),
    "NX613": (("port «1» out of range; ports are 1 to «2»", "端口 «1» 超出范围；端口为 1 到 «2»"),),
    "NX614": (("two servers on port «1»", "两个服务器使用同一端口 «1»"),),
    "NX616": (("file `«1»` not found", "找不到文件 `«1»`"),),
    "NX690": (
        (
            "`«1»` for a function of an agent is not supported by this version yet",
            "此版本尚不支持智能体的函数使用 `«1»`",
        ),
    ),
}
