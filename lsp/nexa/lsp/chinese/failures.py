"""Why runs fail, in Chinese: what the runtime raises. Read when a run has failed. The first pattern that fits counts.

`‹1›` is a reason within a reason.
"""

from __future__ import annotations

FAILURES = """
the process ended with status «1» :: 进程已结束，退出状态为 «1»
error: ‹1› :: 错误：‹1›
a text, a number, true, false or { :: 文本、数字、true、false 或 {
stage `«1»` failed: ‹2› :: 阶段 `«1»` 失败：‹2›
nexa.runtime has no `«1»` :: nexa.runtime 没有 `«1»`
spawn wants an agent or a flow, not «1» :: spawn 需要智能体或流程，而不是 «1»
spawn wants a function without parameters, not «1» :: spawn 需要没有参数的函数，而不是 «1»
a message is passed to an actor, not to a «1» :: 消息应传给参与者，而不是 «1»
`receive` is for what `spawn Name(…)` has started: there is no mailbox here :: `receive` 用于由 `spawn Name(…)` 启动的对象：这里没有信箱
«1» takes no more messages: it was awaited or has ended :: «1» 不再接收消息：它已被等待或已经结束
cannot read the experience file «1»: «2» :: 无法读取经验文件 «1»：«2»
an agent has at least one model :: 智能体至少要有一个模型
the last attempt returns or raises :: 最后一次尝试必须返回或抛出错误
at least one attempt is made :: 至少要尝试一次
agent «1»: the property `«2»` does not take «3» :: 智能体 «1»：属性 `«2»` 不接受 «3»
flow «1» needs «2»: add «3» :: 流程 «1» 需要 «2»：请添加 «3»
flow «1» has no parameter `«2»`; «3» :: 流程 «1» 没有参数 `«2»`；«3»
-«1»: only a number or a duration has a sign :: -«1»：只有数字或时长才有符号
+«1»: only a number or a duration has a sign :: +«1»：只有数字或时长才有符号
«1» did not answer within «2» s :: «1» 在 «2» 秒内没有回答
nobody can sign in with «1»: this run is offline (mock) :: 无法用 «1» 登录：此次运行处于离线状态（mock）
«1» let nobody in :: «1» 拒绝了登录
nobody has signed in with «1» within «2» s :: «2» 秒内没有人用 «1» 登录
«1» gave no token :: «1» 没有给出令牌
«1» did not say who has signed in :: «1» 没有说明登录者是谁
«1» refused: status «2»«3» :: «1» 拒绝了请求：状态 «2»«3»
«1» could not be asked: «2» :: 无法请求 «1»：«2»
a request is wanted, not «1» :: 需要请求，而不是 «1»
sign in first :: 请先登录
a session holds a dict, not «1» :: 会话保存的是字典，而不是 «1»
claims are a dict, not «1» :: 声明应为字典，而不是 «1»
there is no provider «1»; there are: «2» :: 没有提供商 «1»；可用的有：«2»
the key that signs has fewer than «1» characters :: 签名密钥少于 «1» 个字符
the key that signs cannot be kept in «1»: «2» :: 无法把签名密钥保存在 «1» 中：«2»
the providers are a list of `{name, client_id, …}`, or JSON of one :: 提供商应为 `{name, client_id, …}` 的列表，或这样的列表的 JSON
a provider needs a `name` that can stand in an address, not «1» :: 提供商需要可以出现在地址中的 `name`，而不是 «1»
the provider «1» is not known: say its «2» :: 未知的提供商 «1»：请给出它的 «2»
the provider «1» needs a `client_id`, or the secret «2»_CLIENT_ID :: 提供商 «1» 需要 `client_id`，或密钥 «2»_CLIENT_ID
the providers are not JSON: «1» :: 提供商不是 JSON：«1»
this sign-in was not begun here, or took too long :: 此次登录不是从这里开始的，或用时过长
a session holds «1» characters at most: keep more in a store, and its key here :: 会话最多保存 «1» 个字符：更多内容请放入存储，这里只保存它的键
this is not a token :: 这不是令牌
«1» || «2» has no meaning :: «1» || «2» 没有意义
«1» && «2» has no meaning :: «1» && «2» 没有意义
«1» cannot be run in the background :: «1» 不能在后台运行
none of the meanings fits «1» :: 没有任何含义符合 «1»
`?? :` is decided by a bool, or by a judge between two stages, not by «1» :: `?? :` 由布尔值决定，或由评判在两个阶段之间选择，而不能由 «1» 决定
«1» takes «2» arguments, so it cannot be a stage :: «1» 需要 «2» 个参数，因此不能用作阶段
«1» takes «2» arguments, «3» given :: «1» 需要 «2» 个参数，却给出了 «3» 个
«1» takes «2», «3» given :: «1» 需要 «2»，却给出了 «3»
«1»: `«2»` is given twice :: «1»：`«2»` 给出了两次
the channel is closed: ‹1› :: 通道已关闭：‹1›
nothing can be sent through it :: 不能再通过它发送
the capacity of a channel is a whole number, 0 for one without bound :: 通道的容量是整数，0 表示没有上限
no function succeeded: «1» :: 没有函数成功：«1»
«1» is not UTF-8 text :: «1» 不是 UTF-8 文本
there is no majority among the answers :: 回答中没有多数意见
the input has ended :: 输入已经结束
assertion failed: «1» (against «2») :: 断言失败：«1»（对照 «2»）
assertion failed: «1» :: 断言失败：«1»
assertion failed :: 断言失败
not verified: «1» (against «2») :: 未通过验证：«1»（对照 «2»）
not verified: «1» :: 未通过验证：«1»
«1» does not satisfy «2»: it is «3» :: «1» 不满足 «2»：它是 «3»
«1» has no length :: «1» 没有长度
«1» has no absolute value :: «1» 没有绝对值
dict wants a dict, a record or a list of pairs :: dict 需要字典、记录或由键值对组成的列表
a range cannot take steps of 0 :: range 的步长不能为 0
«1» cannot be rounded :: «1» 不能取整
range wants whole numbers, not «1» :: range 需要整数，而不是 «1»
the regular expression is faulty: «1» :: 正则表达式有错误：«1»
the tool «1» is declared without anything that does it: give it `python:` or `mcp:` :: 工具 «1» 的声明没有实现：请给出 `python:` 或 `mcp:`
«1» has several functions («2»); a model may call each of them :: «1» 有多个函数（«2»）；模型可以调用其中每一个
«1» asks for a sandbox, in which the command of an MCP server cannot run :: «1» 要求沙箱，而 MCP 服务器的命令不能在其中运行
cannot find the Python file «1», which «2» needs :: 找不到 «2» 所需的 Python 文件 «1»
what is deferred is a function, not «1» :: 推迟执行的应为函数，而不是 «1»
«1» has no flow `«2»`; it has «3» :: «1» 没有流程 `«2»`；它有 «3»
«1» carries no `«2»` :: «1» 不带有 `«2»`
«1» carries «2» values, «3» given :: «1» 带有 «2» 个值，却给出了 «3» 个
«1» carries «2» value, «3» given :: «1» 带有 «2» 个值，却给出了 «3» 个
«1» carries «2», «3» given :: «1» 带有 «2»，却给出了 «3» 个
the enum «1» has no variant `«2»`: it has «3» :: 枚举 «1» 没有变体 `«2»`：它有 «3»
the enum «1» has no variant `«2»` :: 枚举 «1» 没有变体 `«2»`
`«1»` is not one of «2» :: `«1»` 不是 «2» 之一
not one of «1», nor an object with one of these names as its only key :: 既不是 «1» 之一，也不是只以其中一个名称为键的对象
the value is null :: 值为 null
there is no filter `«1»` :: 没有过滤器 `«1»`
filter `«1»`: ‹2› :: 过滤器 `«1»`：‹2›
`«1»` is not an ISO 8601 date :: `«1»` 不是 ISO 8601 日期
«1» and «2» have no order :: «1» 与 «2» 之间没有顺序
a hook does not let «1» call «2» :: 钩子不允许 «1» 调用 «2»
«1» is not a PNG, JPEG, GIF or WebP picture :: «1» 不是 PNG、JPEG、GIF 或 WebP 图片
cannot read the picture «1»: «2» :: 无法读取图片 «1»：«2»
«1» is a damaged «2» file :: «1» 是损坏的 «2» 文件
cron «1»: it has «2» fields; minute, hour, day, month and weekday are 5 :: cron «1»：它有 «2» 个字段；分、时、日、月和星期共 5 个
cron «1»: «2» is no «3»; «4» to «5» are :: cron «1»：«2» 不是有效的 «3»；有效范围是 «4» 到 «5»
the «1» of job «2» are a dict, not «3» :: 作业 «2» 的 «1» 应为字典，而不是 «3»
job «1»: a secret is not put into a queue; read it where the work is done :: 作业 «1»：密钥不会放入队列；请在执行工作的地方读取
there is no job «1» :: 没有作业 «1»
«1» is no status of a job: «2» are :: «1» 不是作业的状态：可用的有 «2»
«1» has no option `«2»`; it has «3» :: «1» 没有选项 `«2»`；它有 «3»
the jobs in «1» cannot be opened: «2» :: 无法打开 «1» 中的作业：«2»
the job called exit :: 作业调用了 exit
job «1» took longer than «2» s :: 作业 «1» 用时超过 «2» 秒
the answer is not in the form that was asked for :: 回答不是所要求的形式
«1» has used its budget of «2» tokens :: «1» 已用完 «2» 个令牌的预算
«1» has used its budget of $«2» :: «1» 已用完 $«2» 的预算
the loop has run «1» times without an end :: 循环已运行 «1» 次而没有结束
cannot use the MCP server «1»: «2» :: 无法使用 MCP 服务器 «1»：«2»
«1» is not an MCP server: write https://…, or stdio: and a command :: «1» 不是 MCP 服务器：请写 https://…，或 stdio: 加命令
the MCP server «1» is not asked: this run is offline (mock) :: 不会请求 MCP 服务器 «1»：此次运行处于离线状态（mock）
tools of MCP servers need the package `mcp`: pip install 'nexa-lsp[mcp]' :: MCP 服务器的工具需要软件包 `mcp`：pip install 'nexa-lsp[mcp]'
an MCP server over stdio needs a command: stdio:npx -y … :: 通过 stdio 的 MCP 服务器需要命令：stdio:npx -y …
«1» of «2» failed: ‹3› :: «2» 的 «1» 失败：‹3›
there is no key `«1»` :: 没有键 `«1»`
the index of a «1» is an int, not «2» :: «1» 的索引是 int，而不是 «2»
«1» cannot be sliced :: «1» 不能切片
a bound of a slice is an int, not «1» :: 切片的边界是 int，而不是 «1»
a member of «1» cannot be assigned :: 不能给 «1» 的成员赋值
an element of «1» cannot be assigned :: 不能给 «1» 的元素赋值
index «1» is outside a «2» of length «3» :: 索引 «1» 超出了长度为 «3» 的 «2»
extend wants a list, not «1» :: extend 需要列表，而不是 «1»
no endpoint is configured: set the «1» in a .nxs file, or run with --mock :: 没有配置端点：请在 .nxs 文件中设置 «1»，或使用 --mock 运行
the base URL of «1» must start with http:// or https:// :: «1» 的基础 URL 必须以 http:// 或 https:// 开头
the base URL of «1» is not a URL :: «1» 的基础 URL 不是 URL
the run «1» did not come to «2»; «3» :: 运行 «1» 没有到达 «2»；«3»
the run «1» has kept no answers: it cannot be run again from a node :: 运行 «1» 没有保留回答：不能从某个节点重新运行
the pattern `«1»` cannot be read at `«2»` :: 模式 `«1»` 在 `«2»` 处无法读取
the pattern `«1»` lacks `«2»` before `«3»` :: 模式 `«1»` 在 `«3»` 之前缺少 `«2»`
no arm of the match fits «1» :: match 的分支都不符合 «1»
«1» does not fit the pattern :: «1» 不符合模式
«1» is not a list of values to merge :: «1» 不是可合并的值的列表
not a «1» :: 不是 «1»
«1» refuses the credentials (HTTP «2») :: «1» 拒绝了凭据（HTTP «2»）
«1» cannot be reached within «2» s :: «2» 秒内无法连接 «1»
the recording has no answer to this question of «1» :: 录制中没有对 «1» 这一问题的回答
cannot read the recording «1»: «2» :: 无法读取录制 «1»：«2»
«1» is not a recording :: «1» 不是录制
the script says: rate limit :: 脚本指定：速率限制
the script says: timeout :: 脚本指定：超时
the script says: credentials refused :: 脚本指定：凭据被拒绝
the script says: «1» :: 脚本指定：«1»
«1»: unknown key «2»; known are «3» :: «1»：未知的键 «2»；已知的有 «3»
«1»: error is one of «2» :: «1»：error 应为 «2» 之一
«1»: needs matched or label :: «1»：需要 matched 或 label
«1»: call is a list of tables, written [[reply.call]] :: «1»：call 是表的列表，写作 [[reply.call]]
«1»: unknown table [[«2»]]; a script has [[reply]] and [[judge]] :: «1»：未知的表 [[«2»]]；脚本有 [[reply]] 和 [[judge]]
cannot read the mock script «1»: «2» :: 无法读取模拟脚本 «1»：«2»
«1»:«2»:«3»: not UTF-8 text :: «1»:«2»:«3»：不是 UTF-8 文本
«1»:«2»:«3»: not TOML: «4» :: «1»:«2»:«3»：不是 TOML：«4»
«1»: not TOML: nested too deeply :: «1»：不是 TOML：嵌套过深
«1»: «2» wants a number that is not negative :: «1»：«2» 需要非负数
«1»: «2» wants a «3» :: «1»：«2» 需要 «3»
«1»: a call needs a name and a table of arguments :: «1»：调用需要名称和参数表
«1»: «2» is a list of tables, written [[«3»]] :: «1»：«2» 是表的列表，写作 [[«3»]]
the script of «1» answers is over :: 含 «1» 个回答的脚本已经用完
«1» has no public function :: «1» 没有公开的函数
cannot find the Python file «1» :: 找不到 Python 文件 «1»
«1» cannot be loaded: «2»: «3» :: 无法加载 «1»：«2»：«3»
the secret `«1»` is not configured: add it to a .nxs file or set «2» :: 没有配置密钥 `«1»`：请把它加入 .nxs 文件，或设置 «2»
no Nexa program is running here: start it with nexa.runtime.engine :: 这里没有正在运行的 Nexa 程序：请用 nexa.runtime.engine 启动
there is no config `«1»` in the .nxs files that this program sees :: 此程序可见的 .nxs 文件中没有配置 `«1»`
the type mode is one of «1», not «2» :: 类型模式应为 «1» 之一，而不是 «2»
«1» runs in a sandbox, where a function or an agent cannot be handed in :: «1» 在沙箱中运行，不能传入函数或智能体
the value of «1» has more than «2» MiB :: «1» 的值超过 «2» MiB
«1» «2» in its sandbox«3»«4» :: «1» 在其沙箱中 «2»«3»«4»
cannot copy «1» for the sandbox of «2»: «3» :: 无法为 «2» 的沙箱复制 «1»：«3»
«1» cannot be asked from a sandbox: it has no network :: 不能从沙箱请求 «1»：沙箱没有网络
«1»:«2»: expected «3» :: «1»:«2»：应为 «3»
«1»:«2»: this is not an entry, or a text that is never closed :: «1»:«2»：这不是条目，或是没有关闭的文本
the configuration `«1»` has no `«2»` :: 配置 `«1»` 没有 `«2»`
there is no configuration `«1»` :: 没有配置 `«1»`
«1» of nothing :: 空序列没有 «1»
the rules of «1» are a dict, not «2» :: «1» 的规则应为字典，而不是 «2»
«1» has no port: write one after its name :: «1» 没有端口：请写在它的名称之后
cannot listen on port «1» of «2»: «3» :: 无法监听 «2» 的端口 «1»：«3»
there are several servers: one port is not enough for them :: 有多个服务器：一个端口不够
«1» is no port; ports are 1 to 65535 :: «1» 不是端口；端口范围是 1 到 65535
port «1» of «2» is in use: «3» :: «2» 的端口 «1» 已被占用：请停止在那里监听的程序，或用 --port 选择其他端口
«1» redirects nobody: 301, 302, 303, 307 and 308 do :: «1» 不是重定向：301、302、303、307 和 308 才是
a status is a whole number from 200 to 599, not «1» :: 状态应为 200 到 599 的整数，而不是 «1»
the path of a route begins with `/`, not «1» :: 路由的路径以 `/` 开头，而不是 «1»
`stream` is true or false, not «1» :: `stream` 应为 true 或 false，而不是 «1»
«1»: the tool has no name: put it under a heading, or give it `name` :: «1»：工具没有名称：请放在标题之下，或给出 `name`
cannot read the skill document «1»: «2» :: 无法读取技能文档 «1»：«2»
«1»: a tool has no `«2»`; it has «3» :: «1»：工具没有 `«2»`；它有 «3»
«1»: the tool is not readable as TOML: «2» :: «1»：工具无法按 TOML 读取：«2»
«1»: the tool is not readable as JSON: «2» :: «1»：工具无法按 JSON 读取：«2»
restore needs a snapshot, not «1» :: restore 需要快照，而不是 «1»
«1» cannot be run as a stage :: «1» 不能作为阶段运行
nobody is there to answer :: 没有人可以回答
cannot search «1»: it is not a folder :: 无法搜索 «1»：它不是文件夹
there is no enum `«1»` :: 没有枚举 `«1»`
the variants of an enum are a list of names, or a dict from names to fields :: 枚举的变体应为名称的列表，或从名称到字段的字典
cannot edit «1»: the text to replace is empty :: 无法编辑 «1»：要替换的文本为空
cannot edit «1»: the text to replace is not in it :: 无法编辑 «1»：其中没有要替换的文本
cannot list «1»: it is not a folder :: 无法列出 «1»：它不是文件夹
cannot list «1»: «2» :: 无法列出 «1»：«2»
this is not the Base64 of a text: «1» :: 这不是文本的 Base64：«1»
«1» «2»: this run is offline (mock) :: «1» «2»：此次运行处于离线状态（mock）
«1»: status «2»: «3» :: «1»：状态 «2»：«3»
«1»: the answer has more than «2» bytes :: «1»：回答超过 «2» 字节
there is nothing at `«1»` :: `«1»` 处没有内容
this is not JSON: «1» :: 这不是 JSON：«1»
the path `«1»` cannot be read after `«2»` :: 路径 `«1»` 在 `«2»` 之后无法读取
`«1»` is not arithmetic :: `«1»` 不是算术表达式
an expression may have «1» characters :: 表达式最多 «1» 个字符
the power is too large :: 幂过大
the power is not a real number :: 幂不是实数
«1» is above «2» :: «1» 超过 «2»
cannot compute `«1»`: ‹2› :: 无法计算 `«1»`：‹2›
`«1»` is not a flag of a regular expression: use «2» :: `«1»` 不是正则表达式的标志：请使用 «2»
the replacement is faulty: «1» :: 替换文本有错误：«1»
`«1»` ended with status «2»«3» :: `«1»` 已结束，退出状态为 «2»«3»
`«1»` holds «2», which only a shell understands: say `unsafe: true` :: `«1»` 含有只有 shell 才理解的 «2»：请写 `unsafe: true`
the command is empty :: 命令为空
`«1»` took longer than «2» s :: `«1»` 用时超过 «2» 秒
cannot run `«1»`: «2» :: 无法运行 `«1»`：«2»
`#{` is not closed: «1» :: `#{` 没有关闭：«1»
the fields of a struct are a list of names, or a dict from names to types :: 结构体的字段应为名称的列表，或从名称到类型的字典
there is no struct `«1»` :: 没有结构体 `«1»`
cannot read the template «1»: «2» :: 无法读取模板 «1»：«2»
a text cannot be split at an empty delimiter :: 不能用空的分隔符拆分文本
`«1»` is not a unit of time: use one of «2» :: `«1»` 不是时间单位：请使用 «2» 之一
`«1»` is not a time in ISO 8601 :: `«1»` 不是 ISO 8601 时刻
there is no trait `«1»` :: 没有特征 `«1»`
«1» lacks «2» of «3» :: «1» 缺少 «3» 的 «2»
the parameters of a statement are a list, one value for each `?` :: 语句的参数应为列表，每个 `?` 对应一个值
parameter «1» is a secret: secrets are not written into databases :: 参数 «1» 是密钥：密钥不会写入数据库
«1»: waited «2» s for the transaction that another task has begun«3» :: «1»：等待另一任务开始的事务已达 «2» 秒«3»
a statement is a text, not «1» :: 语句应为文本，而不是 «1»
«1»: a transaction is open already; `commit` or `rollback` it first :: «1»：已有打开的事务；请先 `commit` 或 `rollback`
«1»: a statement of the transaction has failed, so what it did is undone :: «1»：事务中的某条语句失败，其操作已被撤销
«1»: there is no open transaction to «2» :: «1»：没有可以 «2» 的打开的事务
a «1» handle is wanted, not «2» :: 需要 «1» 句柄，而不是 «2»
`«1» «2»` wants a «3», not «4» :: `«1» «2»` 需要 «3»，而不是 «4»
a time to live is a number of seconds, not `«1»` :: 存活时间应为秒数，而不是 `«1»`
«1»: incr adds a whole number :: «1»：incr 增加的是整数
`«1»` does not hold a whole number that could be added to :: `«1»` 保存的不是可以增加的整数
`«1»` is not the address of a PostgreSQL database: it begins with `postgres://` :: `«1»` 不是 PostgreSQL 数据库的地址：地址以 `postgres://` 开头
a database needs a `path` or a `url` :: 数据库需要 `path` 或 `url`
the connection is closed :: 连接已关闭
PostgreSQL needs the package psycopg: pip install "nexa-lsp[postgres]" :: PostgreSQL 需要软件包 psycopg：pip install "nexa-lsp[postgres]"
it is closed :: 已关闭
«1» has «2» fields, «3» values given :: «1» 有 «2» 个字段，却给出了 «3» 个值
«1» has no field `«2»` :: «1» 没有字段 `«2»`
«1» has no fields :: «1» 没有字段
a «1» cannot be awaited :: «1» 不能被等待
a task is wanted, not «1» :: 需要任务，而不是 «1»
«1» wants a function without parameters, not «2» :: «1» 需要没有参数的函数，而不是 «2»
«1» wants a time that is longer than none :: «1» 需要大于零的时间
«1» would wait for itself :: «1» 会等待自身
«1» was cancelled :: «1» 已被取消
line «1», column «2» of the template: ‹3› :: 模板第 «1» 行第 «2» 列：‹3›
partial `«1»` includes itself :: 局部模板 `«1»` 包含自身
there is no partial `«1»` :: 没有局部模板 `«1»`
a value that contains itself, or is nested too deeply, has no JSON text :: 包含自身或嵌套过深的值没有 JSON 文本
there is no tool «1»; there is «2» :: 没有工具 «1»；可用的有 «2»
nobody approved that «1» calls «2» :: 没有人批准 «1» 调用 «2»
the arguments of «1» are not an object :: «1» 的参数不是对象
the arguments of «1» are not JSON: «2» :: «1» 的参数不是 JSON：«2»
the arguments of «1» do not fit: «2» :: «1» 的参数不符合要求：«2»
«1» cannot be offered to a model :: «1» 不能提供给模型
in «1»: only a list, dict or text contains :: in «1»：只有列表、字典或文本才能包含
«1» «2» «3»: only numbers, texts or durations compare :: «1» «2» «3»：只有数字、文本或时长可以比较
«1» in str: only a text is part of a text :: «1» in str：只有文本才能是文本的一部分
«1» «2» took longer than «3» s :: «1» «2» 用时超过 «3» 秒
«1» took longer than «2» s :: «1» 用时超过 «2» 秒
`«1»` does not take «2»: «3» :: `«1»` 不接受 «2»：«3»
«1»: `«2»` does not take «3» :: «1»：`«2»` 不接受 «3»
«1»: `«2»` is «3» :: «1»：`«2»` 是 «3»
«1» «2» «3» is not defined :: 没有定义 «1» «2» «3»
there is no `«1»` :: 没有 `«1»`
«1» cannot be called :: «1» 不能被调用
«1» cannot be iterated :: «1» 不能遍历
«1» has no elements :: «1» 没有元素
«1» has no member `«2»` :: «1» 没有成员 `«2»`
«1» has no parameter `«2»` :: «1» 没有参数 `«2»`
«1» has no parameter «2» :: «1» 没有参数 «2»
«1» is no struct and no protocol :: «1» 不是结构体，也不是协议
«1» is not a number :: «1» 不是数字
`«1»` is not a list :: `«1»` 不是列表
«1» is not a list :: «1» 不是列表
«1» is closed :: «1» 已关闭
«1» `«2»` is not «3» :: «1» `«2»` 不是 «3»
«1» is wanted, not «2» :: 需要 «1»，而不是 «2»
job «1» needs «2» :: 作业 «1» 需要 «2»
cannot read «1»: «2» :: 无法读取 «1»：«2»
cannot «1» «2»: «3» :: 无法 «1» «2»：«3»
«1» failed: ‹2› :: «1» 失败：‹2›
«1» needs «2» :: «1» 需要 «2»
is not «1» :: 不是 «1»
"""  # noqa: E501  # a pattern and its translation are one line
