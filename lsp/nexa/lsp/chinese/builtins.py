"""Types, filters, members, predeclared names and errors."""

from __future__ import annotations

BUILTINS = """
Text. :: 文本。
Whole numbers of any size. :: 任意大小的整数。
Numbers with a fraction; a whole number is accepted. :: 带小数的数字；也接受整数。
`true` or `false`. :: `true` 或 `false` 之一。
The single value of statements. :: 语句的唯一值。
`null`. :: 空值 `null`。
A sequence: `list[str]`. :: 序列：`list[str]`。
Keys and values: `dict[str, int]`. :: 键和值：`dict[str, int]`。
`null`, `Option::None`, `Option::Some(v)` or a bare value: `Option[T]`, `T?`. :: `null`、`Option::None`、`Option::Some(v)` 或直接的值：`Option[T]`、`T?`。
`Result::Ok(v)` or `Result::Err(e)`: `Result[T, E]`. :: `Result::Ok(v)` 或 `Result::Err(e)`：`Result[T, E]`。
An agent, or a flow with the same input and output: `agent[I, O]`. :: 智能体，或输入输出相同的流程：`agent[I, O]`。
Work that has been started: `task[T]`. :: 已启动的工作：`task[T]`。
A running actor: `actor[I, O]`. :: 运行中的参与者：`actor[I, O]`。
The end of a channel that sends. :: 通道的发送端。
The end of a channel that receives. :: 通道的接收端。
The state of a moment. :: 某一时刻的状态。
A template literal. :: 模板字面量。
A picture. :: 图片。
A length of time. :: 时长。
Text that is never shown. :: 从不显示的文本。
A database. :: 数据库。
A key-value store. :: 键值存储。
Sign-in. :: 登录。
What a client of a server sent. :: 服务器的客户端发来的请求。
What a server answers. :: 服务器的应答。
A regular expression. :: 正则表达式。
An error of a program. :: 程序的错误。
Anything. :: 任何值。
In capitals. :: 大写。
In small letters. :: 小写。
The first letter a capital. :: 首字母大写。
Each word with a capital. :: 每个单词首字母大写。
Without space at either end. :: 去掉两端的空白。
`v` when the value is null or empty. :: 值为 null 或空时取 `v`。
How many elements or characters there are. :: 元素或字符的数量。
As JSON. :: 以 JSON 表示。
Cut after `n` characters. :: 在 `n` 个字符后截断。
Each `a` replaced by `b`. :: 每个 `a` 换成 `b`。
Escaped for HTML. :: 为 HTML 转义。
As it is, not escaped. :: 原样，不转义。
A date written another way. :: 换一种写法的日期。
Sorted. :: 排序。
Each element once. :: 每个元素只留一次。
The elements with `sep` between them. :: 以 `sep` 连接的元素。
The first element. :: 第一个元素。
The last element. :: 最后一个元素。
With that many decimal places. :: 保留若干位小数。
Encoded for a URL. :: 为 URL 编码。
Without HTML tags. :: 去掉 HTML 标签。
How many words there are. :: 单词的数量。
How many lines there are. :: 行数。
Each line moved in by `n` spaces. :: 每行缩进 `n` 个空格。
Without its sign. :: 去掉符号。
Rounded up. :: 向上取整。
Rounded down. :: 向下取整。
Asks the agent; every further argument is a paragraph of context. :: 询问智能体；其余每个参数都是一段上下文。
A copy of the agent with other properties. :: 属性不同的智能体副本。
Asks the agent and delivers the answer as it comes. :: 询问智能体并即时送出回答。
Forgets the history. :: 忘掉历史。
What the agent remembers. :: 智能体记住的内容。
The conversation so far. :: 至今的对话。
The name of the agent. :: 智能体的名称。
What the last run was given. :: 上一次运行得到的内容。
Puts work into the queue; the job's id. :: 把工作放入队列；给出作业的标识。
Puts work into the queue for later; the job's id. :: 把工作放入队列稍后运行；给出作业的标识。
The rows of a query. :: 查询的各行。
The first row of a query, or null. :: 查询的第一行，或 null。
Runs a statement; the number of rows it touched. :: 执行语句；给出受影响的行数。
Starts a transaction. :: 开始事务。
Keeps what the transaction did. :: 提交事务。
Undoes what the transaction did. :: 撤销事务。
Closes the database. :: 关闭数据库。
The value of a key, or null. :: 键的值，或 null。
The value of a key as a whole number, or null. :: 键的整数值，或 null。
The value of a key as text, or null. :: 键的文本值，或 null。
The value of a key read as JSON, or null. :: 按 JSON 读取的键值，或 null。
Stores a value, for `ttl` seconds if given. :: 存储一个值；给出 `ttl` 时保留若干秒。
Stores a value unless the key has one. :: 键还没有值时存储。
Removes a key. :: 删除一个键。
Whether the key has a value. :: 键是否有值。
The keys that begin with the prefix. :: 以该前缀开头的键。
Lets a key end after `ttl` seconds. :: 让键在 `ttl` 秒后失效。
The seconds that a key has left, or null. :: 键剩余的秒数，或 null。
Adds to a number and returns it. :: 增加一个数字并返回它。
Removes every key. :: 删除所有键。
What an agent stored, or null. :: 智能体存储的内容，或 null。
Stores a value for an agent. :: 为智能体存储一个值。
Everything that an agent stored. :: 智能体存储的全部内容。
Closes the store. :: 关闭存储。
Signs in with a provider; the token. :: 通过提供商登录；给出令牌。
Who sent the request, or null. :: 发送请求的人，或 null。
The session of the request, or null. :: 请求的会话，或 null。
What the session holds. :: 会话中的内容。
Stores what the session holds. :: 存储会话中的内容。
Ends the session. :: 结束会话。
The request, or 401 when nobody is signed in. :: 该请求；无人登录时为 401。
A signed token. :: 已签名的令牌。
Whether a token is genuine. :: 令牌是否真实。
The claims of a token. :: 令牌的声明。
The token against forged requests. :: 防范伪造请求的令牌。
A hidden form field with that token. :: 带有该令牌的隐藏表单字段。
Whether the request carries that token. :: 请求是否带有该令牌。
A new key for an agent. :: 智能体的新密钥。
Whether a key is known. :: 密钥是否已知。
User, session and rights in one dict. :: 放在一个字典中的用户、会话和权限。
What became of a job. :: 作业的结果。
Takes a job out of the queue. :: 把作业移出队列。
Puts a failed job back. :: 把失败的作业放回队列。
The jobs in the queue. :: 队列中的作业。
Forgets the completed jobs; how many. :: 忘掉已完成的作业；给出数量。
How many jobs there are in each state. :: 各状态的作业数量。
The loop and the run that this code is in. :: 此代码所在的循环和运行。
How many iterations of the innermost loop are finished. :: 最内层循环已完成的轮数。
Why the last autoloop ended: `condition`, `max_steps`, `timeout` or `break`. :: 上一个 autoloop 为何结束：`condition`、`max_steps`、`timeout` 或 `break`。
The step of the autoloop. :: autoloop 的步数。
The id of the run. :: 运行的标识。
The parts between the separators. :: 分隔符之间的各部分。
Whether the text begins with it. :: 文本是否这样开头。
Whether the text ends with it. :: 文本是否这样结尾。
Whether the text contains it. :: 文本是否包含它。
Where it is, -1 when it is not there. :: 它的位置；没有时为 -1。
The lines. :: 各行。
How many characters there are. :: 字符的数量。
Adds an element at the end. :: 在末尾添加一个元素。
Adds the elements of another list. :: 添加另一个列表的元素。
Takes out the last element, or the one at `i`. :: 取出最后一个元素，或 `i` 处的元素。
Puts an element before index `i`. :: 在索引 `i` 之前放入一个元素。
The first element, or null. :: 第一个元素，或 null。
The last element, or null. :: 最后一个元素，或 null。
The elements as text with `sep` between them. :: 以 `sep` 连接成文本的元素。
In reverse order. :: 倒序。
Where an element is, -1 when it is not there. :: 元素的位置；没有时为 -1。
Whether the element is in the list. :: 元素是否在列表中。
How many elements there are. :: 元素的数量。
The value of a key, or the default. :: 键的值，或默认值。
The keys. :: 各个键。
The values. :: 各个值。
Pairs of key and value. :: 键值对。
Takes out a key and returns its value. :: 取出一个键并返回其值。
How many keys there are. :: 键的数量。
Whether it is finished. :: 是否已结束。
Stops it. :: 停止它。
The template filled with data. :: 用数据填充的模板。
Where the picture is. :: 图片所在的位置。
Its media type. :: 媒体类型。
Its width in pixels. :: 宽度（像素）。
Its height in pixels. :: 高度（像素）。
What went wrong. :: 出了什么错。
The name of the error. :: 错误的名称。
The error behind it, or null. :: 背后的错误，或 null。
Where in the program it happened. :: 发生在程序的何处。
The stage of a pipeline that failed. :: 管道中失败的阶段。
The position of that stage. :: 该阶段的位置。
The branch of a fan-out that failed. :: 扇出中失败的分支。
The clause of a contract that does not hold. :: 不成立的契约的子句。
The text of that contract, or what an agent answered last. :: 该契约的文本，或智能体最后的回答。
Why an answer did not fit its protocol. :: 回答不符合协议的原因。
Writes the values to the output of the run. :: 把这些值写到运行的输出。
Asks the person at the terminal for a line. :: 请终端用户输入一行。
Ends the program: deferred work runs, handles close. :: 结束程序：运行推迟的工作，关闭句柄。
A secret from the configuration; prints as `***`. :: 配置中的密钥；打印为 `***`。
The visible configurations: `secrets.staging.BASE_URL`. :: 可见的配置：`secrets.staging.BASE_URL`。
A variable of the process environment, or null. :: 进程的环境变量，或 null。
Reads a picture, to be given to an agent. :: 读取图片，以交给智能体。
A group of stages that run together: `join(A, B).Merger(input)`. :: 一起运行的一组阶段：`join(A, B).Merger(input)`。
The standard library. :: 标准库。
What is known about the run: `runtime.meta.loop_count`. :: 关于运行的已知信息：`runtime.meta.loop_count`。
The value as text. :: 文本形式的值。
The value as a whole number. :: 整数形式的值。
The value as a number. :: 数字形式的值。
Whether the value counts as true. :: 值是否算作真。
The elements as a list; with a kv handle, its keys. :: 列表形式的元素；对于 kv 句柄则为其键。
The pairs as a dict. :: 字典形式的键值对。
Whole numbers: from `a` (or 0) to before `b`. :: 整数：从 `a`（或 0）到 `b` 之前。
The smallest value, or the smallest element of one list. :: 最小的值，或一个列表中最小的元素。
The largest value, or the largest element of one list. :: 最大的值，或一个列表中最大的元素。
The sum of the elements. :: 元素之和。
The number without its sign. :: 数字的绝对值。
The number rounded to `n` places. :: 四舍五入到 `n` 位的数字。
A sorted copy. :: 排序后的副本。
A copy in reverse order. :: 倒序的副本。
Tuples of the elements that stand at the same index. :: 由相同索引处的元素组成的元组。
Pairs of index and element. :: 索引与元素的对。
`f` of every element. :: 每个元素的 `f`。
The elements for which `f` is true. :: 使 `f` 为真的元素。
Whether any element is true. :: 是否有元素为真。
Whether every element is true. :: 是否所有元素都为真。
The name of the value's type. :: 值的类型名称。
Whether the regular expression matches anywhere in the text. :: 正则表达式是否在文本中任何位置匹配。
A JSON response. :: JSON 应答。
An HTML response. :: HTML 应答。
A plain text response. :: 纯文本应答。
A response that sends the client elsewhere. :: 把客户端引向别处的应答。
A response with a status code and a message. :: 带状态码和消息的应答。
Opens a database: `sqlite://file`, `postgres://…`. :: 打开数据库：`sqlite://file`、`postgres://…`。
Opens a key-value store; `":memory:"` keeps nothing. :: 打开键值存储；`":memory:"` 不保留任何内容。
Sets up sign-in with the providers. :: 设置通过这些提供商登录。
Starts a function without parameters as a task. :: 把没有参数的函数作为任务启动。
Runs functions at the same time; their results in order. :: 同时运行各函数；结果按顺序排列。
The first result; the other functions are cancelled. :: 第一个结果；其余函数被取消。
A channel: its sending and its receiving end. :: 通道：发送端和接收端。
Puts a value into a channel. :: 把一个值放入通道。
Waits for a value from a channel. :: 等待通道中的一个值。
Waits that many milliseconds for a value, else null. :: 等待一个值若干毫秒，否则为 null。
A value that is there already, else null. :: 已有的值，否则为 null。
Closes a channel. :: 关闭通道。
The first value of several channels: `{index, value}`. :: 多个通道中的第一个值：`{index, value}`。
Runs a function after a delay (milliseconds). :: 延迟（毫秒）之后运行函数。
Runs a function again and again (milliseconds). :: 反复运行函数（毫秒）。
Cancels a task. :: 取消任务。
Ends a schedule. :: 结束定时运行。
Waits that many milliseconds. :: 等待若干毫秒。
How many threads the process has. :: 进程的线程数。
In an actor: the next message, null after that many milliseconds. :: 在参与者中：下一条消息；若干毫秒后为 null。
The locals and memories of this moment, to go back to. :: 此刻的局部变量和记忆，以便恢复。
Goes back to a snapshot. :: 恢复到快照。
A note for the next run of every agent in this try or loop body. :: 给此 try 或循环体中每个智能体下一次运行的提示。
The values merged into one. :: 合并为一个的值。
A template filled with data. :: 用数据填充的模板。
What became of the jobs: `JobQueue.status(id)`. :: 作业的结果：`JobQueue.status(id)`。
Ends the session of the request. :: 结束请求的会话。
`Option::Some(value)` or `Option::None`. :: `Option::Some(value)` 或 `Option::None` 之一。
`Result::Ok(value)` or `Result::Err(error)`. :: `Result::Ok(value)` 或 `Result::Err(error)` 之一。
The same as `null`. :: 与 `null` 相同。
Every error of a program. :: 程序的任何错误。
An agent could not do its work. :: 智能体无法完成工作。
The model answered with an error. :: 模型以错误应答。
The model took too long. :: 模型用时过长。
The model was asked too often. :: 对模型的请求过于频繁。
The answer did not fit its protocol, after every retry. :: 经过所有重试，回答仍不符合协议。
The run used more than its budget. :: 运行超出了预算。
A tool failed, or was not allowed to run. :: 工具失败，或不允许运行。
A stage failed; its cause is the error itself. :: 阶段失败；其原因就是该错误。
No case fitted, and the value was needed. :: 没有符合的情形，而又需要该值。
The answers could not be brought together. :: 无法汇合各个回答。
A loop went on too long. :: 循环持续过久。
A `requires`, `ensures` or `invariant` does not hold. :: `requires`、`ensures` 或 `invariant` 不成立。
A value does not have the declared type. :: 值不是所写的类型。
A `verify` does not hold. :: 某个 `verify` 不成立。
An `assert` does not hold. :: 某个 `assert` 不成立。
A value does not fit its pattern. :: 值不符合其模式。
An actor failed. :: 参与者失败。
Concurrent work failed. :: 并发工作失败。
The channel is closed. :: 通道已关闭。
The task was cancelled. :: 任务已取消。
The database failed. :: 数据库失败。
The key-value store failed. :: 键值存储失败。
Sign-in failed. :: 登录失败。
A template could not be rendered. :: 无法渲染模板。
A secret was not found. :: 找不到密钥。
Hands the run over to a human. :: 把运行交给人处理。
Ends the program. :: 结束程序。
"""  # noqa: E501  # a sentence and its translation are one line
