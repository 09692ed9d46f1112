"""The standard library: its namespaces and functions."""

from __future__ import annotations

STANDARD_LIBRARY = """
Files and folders. :: 文件和文件夹。
Requests over HTTP. :: HTTP 请求。
Dates and times. :: 日期和时间。
JSON. :: JSON 的读写。
Check sums and Base64. :: 校验和与 Base64。
Arithmetic. :: 算术。
Regular expressions. :: 正则表达式。
Commands of the system. :: 系统命令。
Searching source code. :: 查看源代码。
Questions to a person. :: 向人提问。
Output for people at a terminal. :: 面向终端用户的输出。
Databases. :: 数据库。
SQLite databases. :: SQLite 数据库。
PostgreSQL databases. :: PostgreSQL 数据库。
What agents remember in a database. :: 智能体在数据库中的记忆。
Key-value stores. :: 键值存储。
Sign-in, sessions and tokens. :: 登录、会话和令牌。
Tasks and channels. :: 任务和通道。
Templates. :: 模板。
`|>` as a function. :: 函数形式的 `|>`。
`defer` as a function. :: 函数形式的 `defer`。
`??` as a function. :: 函数形式的 `??`。
Interpolation as a function. :: 函数形式的插值。
Patterns at run time. :: 运行时的模式。
Structs at run time. :: 运行时的结构体。
Enums at run time. :: 运行时的枚举。
Traits at run time. :: 运行时的特征。
The text of a file. :: 文件的文本。
Writes a file; how much was written. :: 写入文件；给出写入的数量。
Adds to the end of a file. :: 追加到文件末尾。
Replaces text in a file; how often. :: 替换文件中的文本；给出替换次数。
Whether there is such a file or folder. :: 是否有这样的文件或文件夹。
The files of a folder that fit the pattern. :: 文件夹中符合模式的文件。
Deletes a file; false when there was none. :: 删除文件；没有该文件时为 false。
The body of a page. :: 页面的内容。
Sends data; the body of the answer. :: 发送数据；给出应答的内容。
Stores data; the body of the answer. :: 存储数据；给出应答的内容。
Deletes; the body of the answer. :: 删除；给出应答的内容。
The local time as text. :: 文本形式的本地时间。
The time between two times. :: 两个时间之间的间隔。
A time written another way. :: 换一种写法的时间。
Waits. :: 等待。
Seconds since 1970. :: 自 1970 年以来的秒数。
The value that a JSON text means. :: JSON 文本所表示的值。
The value at a path of a JSON text. :: JSON 文本中某路径处的值。
The value as JSON text. :: JSON 文本形式的值。
The parts between the delimiters. :: 分隔符之间的各部分。
The text with one part replaced by another. :: 替换了一部分的文本。
The text in capitals. :: 大写的文本。
The text in small letters. :: 小写的文本。
The MD5 sum, in hexadecimal. :: 十六进制的 MD5 校验和。
The SHA-256 sum, in hexadecimal. :: 十六进制的 SHA-256 校验和。
The text in Base64. :: Base64 形式的文本。
The text that the Base64 means. :: Base64 所表示的文本。
The value of an arithmetic expression. :: 算术表达式的值。
A random whole number, both ends included. :: 随机整数，包括两端。
Everything that matches. :: 所有匹配的内容。
The text with each match replaced. :: 替换了每处匹配的文本。
Runs a command; what it printed. :: 运行命令；给出它的输出。
Where a command is, or null. :: 命令所在的位置，或 null。
The files whose text matches. :: 文本匹配的文件。
What is in a folder. :: 文件夹中的内容。
Asks a person and waits for the answer. :: 向人提问并等待回答。
A title in a frame. :: 带边框的标题。
Markdown, rendered for the terminal. :: 为终端渲染的 Markdown。
Code with colours. :: 带颜色的代码。
Text in a frame. :: 带边框的文本。
A spinner for some seconds. :: 转动几秒的进度指示。
A message about success. :: 成功消息。
A message about an error. :: 错误消息。
A warning. :: 警告。
A message. :: 消息。
What an agent said. :: 智能体所说的话。
That a tool was called. :: 调用了工具的消息。
Opens a database. :: 打开数据库。
What an agent remembered. :: 智能体记住的内容。
Remembers a value for an agent. :: 为智能体记住一个值。
Forgets a value. :: 忘掉一个值。
Everything that an agent remembered. :: 智能体记住的全部内容。
Opens a key-value store. :: 打开键值存储。
The first value of several channels. :: 多个通道中的第一个值。
Waits for the result of a task. :: 等待任务的结果。
The result of a task that is done, else null. :: 已完成任务的结果，否则为 null。
A template text filled with data. :: 用数据填充的模板文本。
Reads a template from a file. :: 从文件读取模板。
Reads a template from a file, ready to be filled often. :: 从文件读取模板，以便多次填充。
A read template filled with data. :: 用数据填充的已读取模板。
A filter by its name. :: 按名称取得的过滤器。
The prompt of an agent made from a template. :: 由模板生成的智能体提示词。
The prompt of an agent with its slots filled. :: 填好空位的智能体提示词。
Ties a template to an agent. :: 把模板与智能体绑定。
The agents that have a template. :: 有模板的智能体。
`func(input)`. :: 即 `func(input)`。
Runs a function when the enclosing function is left. :: 离开外层函数时运行一个函数。
`left ?? right`. :: 即 `left ?? right`。
The text with `#{…}` filled from data. :: 用数据填充 `#{…}` 的文本。
What a pattern binds, or null when it does not fit. :: 模式绑定的内容；不匹配时为 null。
What a pattern binds. :: 模式绑定的内容。
A variant by its name. :: 按名称取得的变体。
Declares a struct at run time. :: 在运行时声明结构体。
A struct by its name. :: 按名称取得的结构体。
What is known about a struct, or null. :: 关于结构体的已知信息，或 null。
Declares an enum at run time. :: 在运行时声明枚举。
What is known about an enum, or null. :: 关于枚举的已知信息，或 null。
Declares a trait at run time. :: 在运行时声明特征。
Declares an implementation at run time. :: 在运行时声明实现。
What is known about a trait, or null. :: 关于特征的已知信息，或 null。
Every trait with its implementations. :: 每个特征及其实现。
Forgets what was declared at run time. :: 忘掉运行时声明的内容。
"""
