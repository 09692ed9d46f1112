"""What properties and decorators mean."""

from __future__ import annotations

PROPERTIES = """
The system prompt. :: 系统提示词。
Who the agent is; put before the prompt as `Role: …`. :: 智能体的身份；以 `Role: …` 的形式放在提示词之前。
What the agent is for: used in routing, and when it serves as a tool. :: 智能体的用途：用于路由，以及作为工具使用时。
The model as `"provider/name"`, a configured name, or a list with fallbacks. :: 模型：`"provider/name"`、配置中的名称，或带后备的列表。
What is tried when the model cannot be reached: models, or an agent. :: 无法连接模型时改用什么：其他模型，或一个智能体。
The most seconds that one attempt may take, tools excluded. :: 一次尝试最多的秒数，不含工具。
Attempts per model. :: 每个模型的尝试次数。
The wait before the second attempt; it doubles each time. :: 第二次尝试之前的等待时间；每次加倍。
How freely the model writes. :: 模型写作的自由程度。
The share of likely words that the model chooses from. :: 模型从多大比例的可能词语中选择。
The most tokens of an answer. :: 一次回答最多的令牌数。
Makes the answers repeatable where the provider can. :: 在提供商支持时使回答可以重现。
What the agent remembers between runs; `"shared:name"` too. :: 智能体在各次运行之间记住的内容；也可以是 `"shared:name"`。
Older turns are compacted into a summary. :: 较早的轮次会压缩为摘要。
A file added to the system prompt. :: 加到系统提示词中的文件。
Tokens are delivered as they come. :: 令牌到达时即时送出。
Equal questions get the stored answer. :: 相同的问题得到存储的回答。
How long an answer is stored. :: 回答存储多久。
How alike two questions must be. :: 两个问题必须多么相似。
Rounds of tool calls per run. :: 每次运行的工具调用轮数。
Whether tools may, must or must not be called. :: 工具是可以、必须还是不得调用。
The most seconds for one tool call. :: 一次工具调用最多的秒数。
`json` asks for JSON and reads the answer. :: `json` 要求返回 JSON 并读取回答。
The fields of the answer, or a protocol. :: 回答的字段，或一个协议。
What the agent's tools may do. :: 智能体的工具可以做什么。
The role whose permissions, under `[roles]` of `nexa.toml`, count too. :: 角色：其在 `nexa.toml` 的 `[roles]` 中的权限同样有效。
Whether runs are traced. :: 是否跟踪运行。
How much is traced. :: 跟踪的详细程度。
An instruction added before each step. :: 每一步之前加入的指令。
An instruction added after each step. :: 每一步之后加入的指令。
A note added to each run. :: 加到每次运行中的提示。
The most that a run may cost. :: 一次运行最多的花费。
The history that a run starts from. :: 运行开始时的历史。
Where the history of a run goes. :: 运行的历史去向。
What a stage before hands over. :: 前一阶段交来的内容。
The protocol of the input. :: 输入的协议。
The protocol of the answer. :: 回答的协议。
The most tokens that the messages of a run may have. :: 一次运行的消息最多的令牌数。
What is left out first. :: 首先略去什么。
Turns with these tags are kept longest. :: 带有这些标签的轮次保留得最久。
The most steps. :: 最多的步数。
The condition that ends the loop. :: 结束循环的条件。
The most seconds. :: 最多的秒数。
The wait between steps. :: 各步之间的等待时间。
What the tool does, for the model. :: 工具的作用，供模型阅读。
The parameters: name and type, or name and description. :: 参数：名称和类型，或名称和说明。
The type of the result. :: 结果的类型。
The MCP server that has the tool: its address, or `stdio:` and a command. :: 提供该工具的 MCP 服务器：其地址，或 `stdio:` 加命令。
A Python file whose public functions are the tool. :: 以其公开函数作为工具的 Python 文件。
What the tool can do wrong. :: 工具可能造成的危害。
Whether a person is asked before each call. :: 每次调用之前是否询问人。
Whether each call is a process of its own, on a copy of the files, without network and secrets. :: 每次调用是否在独立进程中、在文件副本上、无网络且无密钥地运行。
The most seconds for one call. :: 一次调用最多的秒数。
Whether the call runs in a thread of its own. :: 调用是否在自己的线程中运行。
What an agent must be allowed to do to call it. :: 智能体需要什么权限才能调用它。
Attempts. :: 尝试次数。
The most seconds for one attempt. :: 一次尝试最多的秒数。
Which jobs run first. :: 哪些作业先运行。
How the wait between attempts grows; or seconds. :: 两次尝试之间的等待如何增长；或秒数。
Whether equal jobs are queued once. :: 相同的作业是否只排队一次。
The queue. :: 队列。
How long a job waits before it runs. :: 作业运行前等待多久。
When the job runs by itself. :: 作业何时自动运行。
The flow that runs in place of `perform`. :: 代替 `perform` 运行的流程。
The address to listen on. :: 监听的地址。
The port to listen on. :: 监听的端口。
The name of the server. :: 服务器的名称。
Functions that see each request first. :: 最先看到每个请求的函数。
The agent or flow that answers. :: 负责回答的智能体或流程。
Whether the client must be signed in. :: 客户端是否必须登录。
The most seconds for an answer. :: 一次回答最多的秒数。
Whether the answer is sent as it comes. :: 回答是否即时发送。
The kind of database. :: 数据库的种类。
The file of the database. :: 数据库文件。
The address of the database. :: 数据库的地址。
The file of the store; `":memory:"` keeps nothing. :: 存储文件；`":memory:"` 不保留任何内容。
Who signs people in. :: 由谁提供登录。
The key that signs tokens. :: 签署令牌的密钥。
Whether forms are protected against forged requests. :: 表单是否防范伪造请求。
The most seconds for one run. :: 一次运行最多的秒数。
How often a run is attempted. :: 一次运行尝试多少次。
Independent calls of the flow run at the same time. :: 流程中互不依赖的调用同时运行。
Offers the function to models. :: 把该函数提供给模型。
"""  # noqa: E501  # a sentence and its translation are one line
