"""The words and operators of the language, and the small remarks beside them."""

from __future__ import annotations

WORDS = """
Makes the declarations of another file part of the program. :: 使另一个文件的声明成为程序的一部分。
Chooses the configuration of the `.nxs` files that models and secrets come from. :: 选择模型和密钥所用的 `.nxs` 文件配置。
Declares an agent: a model with a prompt, tools and a memory. :: 声明智能体：带有提示词、工具和记忆的模型。
Declares a tool that agents may use. :: 声明智能体可以使用的工具。
A function: a helper, with `@tool` a tool, in an expression a value. :: 函数：辅助函数；带 `@tool` 时是工具，在表达式中是值。
Declares a flow: steps that run agents and pass values on. :: 声明流程：运行智能体并传递值的步骤。
Declares a record by its fields: what agents answer with. :: 用字段声明一种记录：智能体回答的内容。
Gives a type a name; with a condition its values are judged at run time. :: 为类型命名；带条件时，其值在运行时接受评判。
Declares a record type of its own. :: 声明一种独立的记录类型。
Declares a type by its variants. :: 用变体声明一种类型。
Declares methods that types may have. :: 声明类型可以拥有的方法。
Gives a struct or enum methods. :: 为结构体或枚举添加方法。
Declares a test, run by `nexa test`. :: 声明由 `nexa test` 运行的测试。
Declares work for a queue: `Name.enqueue({…})`. :: 声明队列中的作业：`Name.enqueue({…})`。
Declares a server with its routes. :: 声明服务器及其路由。
Declares a database. :: 声明数据库。
Declares a key-value store. :: 声明键值存储。
Declares how users sign in. :: 声明用户如何登录。
Tools, functions, flows, agents and documents that the agent may use. :: 智能体可以使用的工具、函数、流程、智能体和文档。
The agent answers with this protocol; an answer that does not fit is asked for again. :: 智能体按此协议回答；不符合的回答会重新请求。
What must hold before the body; a text is judged by a model. :: 主体之前必须成立的条件；文本条件由模型评判。
What must hold afterwards; sees `result` and `old(…)`. A text is judged by a model. :: 之后必须成立的条件；可以使用 `result` 和 `old(…)`。文本条件由模型评判。
What must hold before and afterwards. :: 之前和之后都必须成立的条件。
What history the agent starts from, and what it hands on. :: 智能体从哪些历史开始，又把什么传下去。
Limits what is sent to the model. :: 限制发送给模型的内容。
Runs before each step of what follows in the block; in an agent before each run. :: 在块中后续内容的每一步之前运行；在智能体中则在每次运行之前。
Runs after each step of what follows in the block; in an agent after each run. :: 在块中后续内容的每一步之后运行；在智能体中则在每次运行之后。
Runs when a step fails, before the error goes on. :: 某一步失败时，在错误继续传播之前运行。
Runs before a tool is called; `false` forbids the call. :: 在调用工具之前运行；`false` 禁止该调用。
Runs after a tool was called. :: 在调用工具之后运行。
What the job does. :: 作业所做的事。
What is done when the job has failed for the last time. :: 作业最后一次失败后所做的事。
What answers a request: an agent, a flow or a chain of stages. :: 由什么来回答请求：智能体、流程或一串阶段。
A route that is chosen by what the request means. :: 按请求含义选择的路由。
Routes under one prefix. :: 同一前缀下的路由。
Serves the files of a folder. :: 提供文件夹中的文件。
Functions that see each request first: they pass it on or answer it. :: 最先看到每个请求的函数：放行或直接回答。
Requests below the prefix need a user. :: 该前缀下的请求需要用户登录。
Which other sites may send requests. :: 哪些其他站点可以发送请求。
The content security policy of the pages. :: 页面的内容安全策略。
A variable of this block. :: 此块的变量。
Runs a block if the condition is true; `if c then a else b` is a value. :: 条件为真时运行一个块；`if c then a else b` 是一个值。
What is done otherwise. :: 否则所做的事。
Runs the block for each element; `for key, value in d` for each entry. :: 对每个元素运行该块；`for key, value in d` 对每个条目运行。
Whose elements they are: those of a list, a dict, a text or a range. :: 取谁的元素：列表、字典、文本或范围的元素。
The value if the condition is true. :: 条件为真时的值。
How much time lies between two runs. :: 两次运行之间的时间。
Repeats while the condition is true. :: 条件为真时重复。
Repeats until the condition holds; texts in it are judged by a model. :: 重复直到条件成立；其中的文本由模型评判。
When the loop ends; texts in it are judged by a model. :: 循环何时结束；其中的文本由模型评判。
Takes the first arm whose pattern fits. :: 选取第一个模式匹配的分支。
Takes the arm whose text says what is meant, as a model judges. :: 选取文本符合含义的分支，由模型评判。
Like `match intent`, without a model where the words decide. :: 与 `match intent` 相同，但字面足以决定时不使用模型。
Runs the block if a model judges that the condition holds. :: 模型判断条件成立时运行该块。
What the condition is judged on. :: 用来评判条件的内容。
Runs the block; an error of that type goes to `catch`. :: 运行该块；该类型的错误交给 `catch`。
What is done about an error; without a type about any. :: 如何处理错误；不写类型则处理任何错误。
Runs in any case. :: 无论如何都会运行。
Runs the block again after a correction with `reflect`. :: 用 `reflect` 更正之后再次运行该块。
Corrects; with `reflect` the block runs again. :: 进行更正；用了 `reflect` 就会再次运行该块。
Repeats until a model judges the condition to hold. :: 重复直到模型判断条件成立。
Limits what the runs inside send to the model. :: 限制内部各次运行发送给模型的内容。
Runs the branches at the same time and merges their results. :: 同时运行各分支并合并结果。
How the results of the branches become one. :: 各分支的结果如何合为一个。
Checks a value: its type, a text that a model judges, or a condition. :: 检查一个值：它的类型、由模型评判的文本，或一个条件。
The type, or the text, that the value is checked against. :: 用来检查该值的类型或文本。
Contracts, approvals and checks are left out inside; the reason is traced. :: 内部不做契约、审批和检查；理由会被记录。
Fails the test or flow if the condition is false. :: 条件为假时，测试或流程失败。
Runs when the function ends, in whatever way; the last one first. :: 函数以任何方式结束时运行；后写的先运行。
Ends the function with a value. :: 以一个值结束函数。
Ends the loop. :: 结束循环。
Goes on with the next round of the loop. :: 继续循环的下一轮。
Fails with an error. :: 以错误失败。
Puts a message into the mailbox of an actor. :: 把消息放入参与者的信箱。
Starts an actor: a copy of the agent or flow that handles messages one after the other. :: 启动参与者：逐条处理消息的智能体或流程副本。
Waits for a task or an actor and gives its result. :: 等待任务或参与者并给出其结果。
Writes the value to the output of the run. :: 把值写到运行的输出。
A note for the next run of every agent in this `try` or loop body. :: 给此 `try` 或循环体中每个智能体下一次运行的提示。
Python code that shares the variables around it. :: 与周围共享变量的 Python 代码。
No value. :: 没有值。
The truth value. :: 真假值。
True if the value is false. :: 值为假时为真。
Runs the stage on the right with the value on the left. :: 用左边的值运行右边的阶段。
Runs every stage of the list on the right at the same time, or one stage on every element of a list; the results in the order of the list. :: 同时运行右边列表中的每个阶段，或对列表的每个元素运行同一个阶段；结果按列表的顺序排列。
Runs the agent again once for each hint, each on a branch of its memory. :: 对每条提示再运行一次智能体，各自使用一份记忆分支。
Brings the results on the left together in one run of the stage on the right. :: 把左边的各个结果汇合到右边阶段的一次运行中。
Calls the function on the right with the value on the left as its first argument. :: 以左边的值作为第一个参数调用右边的函数。
Consensus: what the answers on the left agree on, as the agent on the right judges, or by majority. :: 共识：左边各个回答的一致之处，由右边的智能体评判，或按多数决定。
Both are true. :: 两者都为真。
Runs the stages on the right in the background and does not wait for them; gives no value. :: 在后台运行右边的阶段而不等待；不给出值。
At least one is true. :: 至少一个为真。
The value on the left unless it is null or an empty dict; else the one on the right. :: 左边的值；若它是 null 或空字典，则为右边的值。
Chooses between two ways: by the value if it is true or false, by its meaning if both ways are stages. :: 在两条路之间选择：值为真假时按值选择，两条路都是阶段时按含义选择。
Chooses the case that the value on the left means. :: 选择左边的值所指的情形。
Ends the function when there is an error or no value; else gives the value. :: 有错误或没有值时结束函数；否则给出该值。
What follows takes the place of an error, of a missing value and of `null`. :: 后面的内容代替错误、缺失的值和 `null`。
What follows takes the place of an error or a missing value. :: 后面的内容代替错误或缺失的值。
Adds numbers or durations, joins texts and lists; beside a text, the other side is converted to text. :: 数字或时长相加，文本和列表相连；一边是文本时，另一边转换为文本。
Subtracts. :: 相减。
Multiplies; a text times a number repeats the text. :: 相乘；文本乘以数字会重复该文本。
Divides; the result is a `float`. :: 相除；结果是 `float`。
The remainder of a division. :: 除法的余数。
Both are true; the right side only counts when the left one is. :: 两者都为真；左边为真时才看右边。
At least one is true; the right side only counts when the left one is not. :: 至少一个为真；左边不为真时才看右边。
Whether both are equal. :: 两者是否相等。
Whether they differ. :: 两者是否不同。
Whether the left side is less than the right one. :: 左边是否更小。
Whether the left side is at most the right one. :: 左边是否不大于右边。
Whether the left side is greater than the right one. :: 左边是否更大。
Whether the left side is at least the right one. :: 左边是否不小于右边。
Whether the right side contains the left one. :: 右边是否含有左边。
Whether the right side does not contain the left one. :: 右边是否不含左边。
Whether the left side contains the right one. :: 左边是否含有右边。
Whether the value is of the type; where it is, its type is known. :: 值是否属于该类型；属于时，其类型便已知。
The number of the element in the loop, counted from 0. :: 元素在循环中的序号，从 0 开始。
The number of the element in the loop, counted from 1. :: 元素在循环中的序号，从 1 开始。
Whether it is the first element of the loop. :: 是否为循环的第一个元素。
Whether it is the last element of the loop. :: 是否为循环的最后一个元素。
What the agent is given. :: 交给智能体的输入。
What the agent is given besides its input. :: 输入之外交给智能体的内容。
What is returned. :: 返回的值。
`old(e)`: the value of `e` on entry. :: `old(e)`：进入时 `e` 的值。
The agent. :: 该智能体。
The value that the method is called on. :: 调用该方法的值。
A paragraph of context. :: 一段上下文。
May fail. :: 可能失败。
Findings that nobody wants to see. :: 没有人想看到的发现。
Secrets of the configuration: `nexa_secrets.get(key)`. :: 配置中的密钥：`nexa_secrets.get(key)`。
Every error, those of Python code included. :: 任何错误，包括 Python 代码的错误。
The judge picks a branch; its state is kept. :: 由评判选出一个分支，并保留其状态。
The first branch to succeed; the others are cancelled. :: 第一个成功的分支；其余分支被取消。
The list of all results. :: 所有结果的列表。
The answer of the majority. :: 多数的回答。
The results one after the other. :: 依次相连的结果。
A summary of the results. :: 结果的摘要。
The key of the provider. :: 提供商的密钥。
The endpoint of the provider. :: 提供商的端点。
Names for models: `strong`, `weak` and any others. :: 模型的名称：`strong`、`weak` 以及其他任何名称。
"""  # noqa: E501  # a sentence and its translation are one line
