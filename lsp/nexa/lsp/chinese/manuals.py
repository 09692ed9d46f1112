"""What the manual of each code goes on with after its first sentence. Read when somebody opens one."""

from __future__ import annotations

MANUALS = """
The message names what was found and what could stand there instead. Only the first surprise of a construct is reported; what the parser could not read after it is left alone until the surprise is gone. :: 消息会指出发现了什么，以及此处可以写什么。一个结构只报告第一处意外；在它消除之前，语法分析器在其后读不懂的内容不再报告。
A statement ends at a newline or at `;`. Without either, the second one would read as part of the first. :: 语句在换行或 `;` 处结束。两者都没有时，第二条语句会被读作第一条的一部分。
The construct ends where the next declaration begins at the start of a line, where a statement begins that cannot be inside the brackets, or at the end of the file; the declarations after it are read as usual. :: 该结构在以下位置结束：下一个声明从行首开始的地方、不可能出现在括号内的语句开始的地方，或文件末尾；其后的声明照常读取。
A `"…"` or `'…'` string ends on its line; text over several lines is written between triple quotes. :: `"…"` 或 `'…'` 字符串必须在同一行结束；多行文本写在三引号之间。
Everything after its `/*` is comment, to the end of the file. :: 从 `/*` 开始直到文件末尾都是注释。
Both are kept, which is rarely what was meant. In a raw string (`r"…"`) a backslash is nothing special. :: 两个字符都会保留，这很少是本意。在原始字符串（`r"…"`）中，反斜杠没有特殊含义。
The line breaks and the indentation are kept as they are. Triple quotes say so openly, and take the indentation away. :: 换行和缩进会原样保留。三引号明确表示多行，并会去掉缩进。
Reserved words cannot name a declaration, a parameter or a variable. They are free as property keys, named arguments, fields and members. :: 保留字不能用作声明、参数或变量的名称，但可以用作属性键、命名参数、字段和成员。
Names, members and elements can be assigned to: `x = 1`, `order.total = 2`, `rows[0] = 3`. :: 可以对名称、成员和元素赋值：`x = 1`、`order.total = 2`、`rows[0] = 3`。
`0 < x < 9` would compare the truth of `0 < x` with 9. Two comparisons are joined by `and`. :: `0 < x < 9` 会把 `0 < x` 的真假与 9 比较。两个比较用 `and` 连接。
Every Nexa string takes interpolations, written `#{…}`. The foreign form is understood, to ease migration. :: Nexa 的每个字符串都支持插值，写作 `#{…}`。为便于迁移，也能理解这种外来写法。
Numbers have no leading zeros, single `_` between digits, and at most a unit of time (`ms`, `s`, `m`, `h`, `d`) behind them. A name cannot begin with a digit. :: 数字没有前导零，数位之间只能有单个 `_`，后面最多跟一个时间单位（`ms`、`s`、`m`、`h`、`d`）。名称不能以数字开头。
Checked are `fast_match r"…"`, the first argument of every `std.regex` function and the second of `matches`. :: 检查的对象是 `fast_match r"…"`、每个 `std.regex` 函数的第一个参数，以及 `matches` 的第二个参数。
The body of a block is dedented and must be the body of a Python function; `return` gives the value of the block. Nothing is run or imported to find out. :: 代码块的内容会去掉缩进，并且必须是一个 Python 函数的函数体；`return` 给出代码块的值。检查时不会运行或导入任何东西。
A lambda or a function inside a loop is not in the loop: it may run when the loop is over. :: 循环内的 lambda 或函数并不属于循环：它可能在循环结束之后才运行。
Which parameter it means would depend on the names before it. :: 它对应哪个参数会取决于前面的名称。
The run would stop here. Names come from declarations of the program and its includes, from parameters and variables around the place, and from what is predeclared (`print`, `std`, …). :: 运行会在此处停止。名称来自程序及其所包含文件的声明、此处周围的参数和变量，以及预先声明的内容（`print`、`std` 等）。
Types are built in (`str`, `list[int]`, …) or declared with `protocol`, `struct`, `enum`, `trait` or `type`. :: 类型要么是内置的（`str`、`list[int]` 等），要么用 `protocol`、`struct`、`enum`、`trait` 或 `type` 声明。
Agents, tools, functions, flows and top-level `let`s share one space of names, types another, over all files of a program; structs and enums are in both. The first in include order keeps the name. :: 在程序的所有文件中，智能体、工具、函数、流程和顶层的 `let` 共用一个名称空间，类型共用另一个；结构体和枚举同时属于两者。按包含顺序，第一个保留该名称。
`uses` takes tools, functions, flows and agents of the program, namespaces and functions of `std`, documents (`"skills/cash.md"`), Python files, and `mcp:"url"`. :: `uses` 接受程序中的工具、函数、流程和智能体，`std` 的命名空间和函数，文档（`"skills/cash.md"`），Python 文件，以及 `mcp:"url"`。
Nobody reads it, so what it was meant to say is lost. Most often it is a typo. :: 没有任何东西会读取它，它想表达的内容因而丢失。这多半是笔误。
It has no effect, so the limit or the description that it was meant to set is missing. :: 它不起作用，因此它本要设置的限制或描述并不存在。
The path is looked up beside the including file and then in each `include_paths` folder of `nexa.toml`. As long as the file is missing, names that it may declare are not reported. :: 先在包含它的文件旁边查找该路径，再依次在 `nexa.toml` 的每个 `include_paths` 文件夹中查找。只要文件缺失，就不会报告可能由它声明的名称。
Either something was forgotten, or the name can go. A name that begins with `_` is meant to be unused. :: 要么遗漏了什么，要么可以删去该名称。以 `_` 开头的名称表示有意不使用。
A program is reached from `flow main`, its tests, servers, jobs and script statements; without any of these, from every flow. In a library everything may be used by others. :: 程序的入口是 `flow main`、测试、服务器、作业和脚本语句；若都没有，则每个流程都是入口。库中的一切都可能被他人使用。
It stands behind a `return`, `break`, `continue`, `raise` or `exit(…)`, or behind a loop that never ends. :: 它位于 `return`、`break`、`continue`、`raise` 或 `exit(…)` 之后，或位于永不结束的循环之后。
On the other paths the run stops here. Give the variable a value before the paths part. :: 在其他路径上，运行会在此处停止。请在路径分开之前给变量赋值。
Hiding what is predeclared is a warning: the next reader expects `print` to print. Hiding a local, a variable or a declaration is a hint. :: 遮蔽预先声明的名称是警告：后来的读者会以为 `print` 就是打印。遮蔽局部变量、变量或声明则只是提示。
Agents have `run`, `clone`, `stream`, `reset`, `memory`, `history`, `name`, `last_context` and what is declared in them; jobs, handles and `runtime` have what the reference lists. :: 智能体有 `run`、`clone`、`stream`、`reset`、`memory`、`history`、`name`、`last_context` 以及其中声明的成员；作业、句柄和 `runtime` 的成员见语言参考。
A field may be left out when it has a default, or when its type is optional. :: 字段有默认值或其类型可选时，可以省略。
The second would silently win, or be lost. :: 第二个会悄悄地取代前一个，或者丢失。
`self` is the agent in an agent's members, and the value in the methods of an `impl` or a trait. :: 在智能体的成员中，`self` 是该智能体；在 `impl` 或特征的方法中，它是该值。
A `.nxlib` file declares what others use: it has no `flow main`, no tests, no servers and no statements of its own. :: `.nxlib` 文件声明供他人使用的内容：它自身没有 `flow main`、测试、服务器和语句。
`implements` needs a protocol, `impl … for` a trait, `uses` and `middleware` something that can be called, a type's place a type. :: `implements` 需要协议，`impl … for` 需要特征，`uses` 和 `middleware` 需要可以调用的东西，类型的位置需要类型。
`nexa run` starts `flow main`, the statements at the top level, or the servers. A library need not have any of them: this is reported only when a file is run or built. :: `nexa run` 会启动 `flow main`、顶层语句或服务器。库不必有这些：只有在运行或构建文件时才会报告。
The second `include` has no effect. :: 第二个 `include` 不起作用。
Types are written for parameters, results, fields and variables, and are inferred for everything else. Where nothing is known, nothing is reported. A whole number may stand for a `float`, text is parsed where an agent or flow takes a protocol, and a dict stands for any record. :: 参数、结果、字段和变量的类型由人书写，其余的类型由推断得出。一无所知之处，什么也不报告。整数可以用作 `float`；智能体或流程需要协议时，文本会被解析；字典可以用作任何记录。
Parameters with a default may be left out; every other one needs a value, by place or by name. :: 有默认值的参数可以省略；其他参数都需要按位置或按名称给出值。
What a stage gives and what the next one takes are compared where they are joined: by `>>`, `|>>`, `&>>`, `&&`, `||`, `|>`, `?? :`, `join` and in routes, also through a variable. A protocol fits another one when it has every required field of it with a fitting type. Text fits every protocol, since it is parsed when it arrives. :: 一个阶段的输出与下一个阶段的输入在连接之处比较：`>>`、`|>>`、`&>>`、`&&`、`||`、`|>`、`?? :`、`join` 以及路由，经由变量时也一样。一个协议如果拥有另一个协议的全部必需字段且类型相符，就与之匹配。文本与任何协议都匹配，因为它在到达时会被解析。
Stages are agents, flows and functions that can be called with one value, and tools with one required parameter. :: 阶段是可以用一个值调用的智能体、流程和函数，以及只有一个必需参数的工具。
Every element of the list on the right is run with the value on the left, so each must be an agent, a flow, a function or a tool. A set of hints in braces branches the run of an agent on its left. :: 右边列表的每个元素都会用左边的值运行，因此每个都必须是智能体、流程、函数或工具。花括号中的一组提示会让其左边的智能体运行分出多个分支。
Use `>>` to run a stage with one value. :: 用 `>>` 以一个值运行阶段。
Between two bools they are logic; `v || Agent` runs in the background; `values && Judge` finds a consensus. Anything else is a mixture that nobody can run. :: 在两个布尔值之间，它们是逻辑运算；`v || Agent` 在后台运行；`values && Judge` 寻求共识。其他任何混合都无法运行。
An agent, flow, tool or function is always true. Call it, or compare what it gives. :: 智能体、流程、工具或函数始终为真。请调用它，或比较它给出的值。
Such a field is a `str`. Write types without quotes; then a wrong name is an error at once. :: 这样的字段是 `str`。写类型时不要加引号，这样写错的名称会立即报错。
The run stops at such a value. Add the arms, or `_` for all others. :: 遇到这样的值时，运行会停止。请添加这些分支，或用 `_` 覆盖其余所有情况。
The arms are tried in order: one that takes everything comes last. :: 分支按顺序尝试：接受一切的分支应放在最后。
A flow gives what it returns, or what its local `result` holds. A function gives what it returns, or the value of its last statement if that is an expression: an `if` or a loop has none. :: 流程给出它返回的值，或其局部变量 `result` 的值。函数给出它返回的值；若最后一条语句是表达式，则给出该表达式的值：`if` 和循环没有值。
With a bool on its left it picks a value. With anything else a judge picks one of two stages, which is then run. :: 左边是布尔值时，它选择一个值。否则由评判从两个阶段中选择一个，然后运行它。
`list`, `dict` and `Result` may stand without any: their contents are `any` then. :: `list`、`dict` 和 `Result` 可以不带参数：此时其内容是 `any`。
It takes anything, and nothing that is done with it is checked. Only `nexa lint` says so: as a warning, or with `--strict` as an error. :: 它接受任何值，对它做的任何事都不会被检查。只有 `nexa lint` 会指出这一点：作为警告，或在使用 `--strict` 时作为错误。
The run of an agent is waited for without a word. :: 智能体的运行无需任何关键字就会被等待。
`pass … to` sends to an actor, which `spawn Name(…)` starts. :: `pass … to` 向参与者发送消息，参与者由 `spawn Name(…)` 启动。
Two calls that wait for each other's results can never start. One of them must begin with something else. A value that comes from the round before is no cycle: in a loop, give the variable a value first. :: 互相等待对方结果的两个调用永远无法开始。其中一个必须从别的东西开始。来自上一轮的值不构成循环依赖：在循环中，请先给变量赋值。
That is allowed, but usually a mistake: the second run gets the first one's own words, worked over by the others. When an agent is to revise its work, a loop says so, and a new name for a clone gives the second run its own memory. :: 这是允许的，但多半是疏忽：第二次运行得到的是经其他智能体加工过的、第一次运行自己说的话。若要让智能体修改自己的成果，应当用循环来表达；给克隆起一个新名称，可使第二次运行拥有自己的记忆。
An included file stands before its includer, so none of them can be the first. Move what both need into a third file. :: 被包含的文件排在包含它的文件之前，因此它们谁也不能排在最前。请把双方都需要的内容移到第三个文件中。
An agent in another's `uses` can be called by it at any time: in a circle, two models can call each other without end. :: 列在另一个智能体的 `uses` 中的智能体，随时可能被它调用：形成环时，两个模型会无休止地互相调用。
When the model of one fails, the other is asked, which asks the first again. A row of fallbacks needs an end. :: 其中一个的模型失败时会询问另一个，而另一个又会询问前者。后备的序列需要有尽头。
Each round may call models. Where the number of rounds is known, a loop shows it; where it is not, a parameter that counts down keeps it small. :: 每一轮都可能调用模型。轮数已知时，用循环表达；轮数未知时，用一个递减计数的参数加以限制。
It can only end by a failure. Return before the call when there is nothing left to do. :: 它只能以失败告终。没有剩余的事情可做时，请在调用之前返回。
Each run leaves another one behind, so the queue is never empty. A schedule (`schedule(every 1h, …)`) repeats work without that, and `retry` repeats what has failed. :: 每次运行都会留下另一次运行，因此队列永远不会为空。定时（`schedule(every 1h, …)`）可以不这样做而重复工作，`retry` 则会重复失败的工作。
`await` goes on when the task has ended, and a task ends after its last statement: none of these ever will. :: `await` 在任务结束后才继续，而任务在最后一条语句之后才结束：这些任务永远不会结束。
`|>>` gives its left side to every stage of the list on its right: with an empty list nothing runs. :: `|>>` 把左边的值交给右边列表中的每个阶段：列表为空时，什么也不会运行。
`>>` says the same without the list; its value is the answer itself, not a list of one. :: `>>` 不用列表就能表达同样的意思；其值是回答本身，而不是只有一个元素的列表。
None of them uses what another gives, and nothing between them has to stay in its place: run at the same time, they take as long as the slowest. `@parallel` lets the flow do so wherever it can; a `fork` says it for a few calls. :: 它们都不使用彼此的结果，它们之间也没有必须留在原处的内容：同时运行时，耗时只取决于最慢的一个。`@parallel` 让流程尽可能这样做；`fork` 则针对少数几个调用。
`x || [A]` starts its stages in the background and goes on at once: there is no answer to wait for. `|>>` waits, and its value is the list of answers. :: `x || [A]` 在后台启动其阶段并立即继续：没有可等待的回答。`|>>` 会等待，其值是回答的列表。
The answers are waited for and paid for, and nobody reads them. Give them a name, or let the stages run in the background with `||`. :: 等待了这些回答，也为之付了费，却没有人读取。请给它们一个名称，或用 `||` 让这些阶段在后台运行。
It would be asked the same twice at the same time. Different answers come from different agents, from clones with other settings, or from hints: `Ann.run(x) |>> { "be brief", "be thorough" }`. :: 它会同时被问两次同样的问题。不同的回答来自不同的智能体、设置不同的克隆，或提示：`Ann.run(x) |>> { "be brief", "be thorough" }`。
No value of it could ever be finished. A list, an option or another indirection ends it: `Tree?`, `list[Tree]`. :: 它的值永远无法构造完成。列表、可选类型或其他间接层可以使其终止：`Tree?`、`list[Tree]`。
Which branch is last differs from run to run, and so does the value afterwards. Give each branch a name of its own. :: 哪个分支最后完成，每次运行都不同，之后的值也随之不同。请为每个分支使用各自的名称。
A contract sees the parameters (of an agent: `input` and `args`) and what the program declares; `ensures` also sees `result` and `old(…)`. :: 契约能看到参数（对智能体而言是 `input` 和 `args`）以及程序的声明；`ensures` 还能看到 `result` 和 `old(…)`。
`result` and `old(…)` exist once the body has run, so only `ensures` can speak of them. :: `result` 和 `old(…)` 在主体运行之后才存在，因此只有 `ensures` 能使用它们。
A condition is checked at every call, and has to say the same each time. What needs a model's opinion is a text for the judge. :: 条件在每次调用时都会检查，而且每次的结论都必须一致。需要模型判断的内容，应写成交给评判的文本。
It holds always or never, whatever is called with whatever values. :: 无论用什么值调用，它都始终成立或始终不成立。
An empty text can be neither kept nor broken, in a contract as little as behind `verify` or `until`. :: 空文本既无法遵守，也无法违反：契约中如此，`verify` 或 `until` 之后也是如此。
It then ends only by a `break`, a time limit or a failure, and every step may cost. Give it `max_steps`, or an `exit_when` for the judge to decide. :: 这样它只能由 `break`、时间限制或失败来结束，而每一步都可能产生费用。请给出 `max_steps`，或由评判来判断的 `exit_when`。
A step that hangs, or steps that each take a little longer, keep the program waiting; `timeout` ends the loop and cancels the step that is running. :: 卡住的一步，或耗时越来越长的各步，会让程序一直等待；`timeout` 会结束循环，并取消正在运行的那一步。
Nothing is corrected then: an error leaves the block as if the block were not there. :: 这样什么也不会被纠正：错误会离开该块，就像它不存在一样。
The block is tried again only when the agents were told what went wrong; without `reflect` nothing is corrected. :: 只有告诉智能体哪里出了问题，才会重试该块；没有 `reflect` 就不会有任何纠正。
The description is all that a model knows when it decides whether to call the tool. :: 模型在决定是否调用工具时，所知道的只有这段描述。
What such a tool breaks cannot be undone. With `requires_approval: true` a person decides about each call. :: 这样的工具造成的破坏事后无法弥补。设置 `requires_approval: true` 后，每次调用都由人来决定。
With `sandbox: true` the call cannot reach more than it was given. :: 设置 `sandbox: true` 后，调用只能访问交给它的内容。
The type tells the model what to expect of a call, and what it returns is checked against it. :: 类型告诉模型调用会得到什么，返回的内容也会据此检查。
Without `max_tokens` there is nothing to bound, so the block has no effect. :: 没有 `max_tokens` 就没有限制，该块因而不起作用。
Above 200000 tokens the bound bounds nothing, and each run pays for what the model overlooks. :: 超过 200000 个令牌时，这一限制形同虚设，而且每次运行都要为模型忽略的内容付费。
`sliding_window` is taken then. Whether old turns, unimportant ones or none at all may go is worth a decision. :: 此时采用 `sliding_window`。可以略去旧的轮次、不重要的轮次，还是都不能略去，值得作出选择。
`restore` goes back to a moment that `snapshot()` has kept; anything else holds no such moment. :: `restore` 回到由 `snapshot()` 保存的时刻；其他任何东西都不包含这样的时刻。
There is nothing to run beside it and nothing to merge: the plain expression says the same. :: 没有可以与它并发运行的内容，也没有可合并的结果：直接写表达式，意思一样。
The strategies are `best`, `best_of`, `first`, `all`, `vote`, `concat` and `summarize`; an agent may judge as well. :: 可用的策略有 `best`、`best_of`、`first`、`all`、`vote`、`concat` 和 `summarize`；也可以由智能体来评判。
The hook cannot say what went wrong, and the message of the error is lost. :: 钩子无法说明出了什么问题，错误的消息也会丢失。
The agents run again without knowing what to do better. :: 智能体会再次运行，却不知道该如何改进。
What is meant is left to the judge, and each run may read it in another way. Say in a sentence what has to hold. :: 其含义全凭评判理解，每次运行都可能有不同的解读。请用一句话说明必须满足什么。
A step that goes wrong is then taken for a good one, and the next builds on it. :: 这样，出错的一步会被当作正确的一步，而下一步又建立在它之上。
Inside it contracts, `verify` and approvals are skipped. The reason goes to the trace, where somebody will look for it. :: 在其中会跳过契约、`verify` 和审批。理由会写入跟踪记录，日后会有人去查看。
Nothing in it is checked. Keep it to the few statements that need it, so that somebody can check them by reading. :: 其中的内容都不会被检查。请只保留确有需要的几条语句，使人能够通过阅读来检查。
They are execution (`autoloop`, `try_agent`), tools, context (`with_context`, `context_policy`, `context`), state (`snapshot`, `restore`, `fork`), lifecycle (hooks, `reflect`) and verification (`verify`, contracts). Few programs need all of them; this says where to look for what may be missing, and `nexa harness-check` lists what is there. A program without `autoloop`, `try_agent`, `with_context` and `context_policy` has no harness, and nothing is said of it. :: 这些维度是：执行（`autoloop`、`try_agent`）、工具、上下文（`with_context`、`context_policy`、`context`）、状态（`snapshot`、`restore`、`fork`）、生命周期（钩子、`reflect`）和验证（`verify`、契约）。很少有程序需要全部维度；这里只指出可能缺少什么，`nexa harness-check` 则列出已有的内容。没有 `autoloop`、`try_agent`、`with_context` 和 `context_policy` 的程序没有管控，对它不作报告。
Its condition always holds, and nothing in it leaves it, waits for anything or ends the program. :: 它的条件始终成立，而其中没有任何内容会离开循环、等待什么或结束程序。
A `catch` of it never matches, and a `raise` of it can only be caught by a `catch` that takes everything. :: 捕获它的 `catch` 永远不会匹配，而抛出它的 `raise` 只能由捕获一切的 `catch` 捕获。
A snapshot copies what changes after it. One in front of the loop keeps the moment that the loop began with. :: 快照会复制其后发生变化的内容。在循环之前取一个快照，即可保存循环开始的时刻。
Whoever can read the program, its history or a log of its build has the key, too. Secrets belong in a `.nxs` file, which stays out of version control, or into the environment; the program reads them with `secret("NAME")`. :: 凡是能读到程序、其历史或构建日志的人，也就拥有了该密钥。密钥应放在不纳入版本控制的 `.nxs` 文件或环境变量中；程序用 `secret("NAME")` 读取。
What is recognised: keys of OpenAI and Anthropic (`sk-…`), GitHub (`ghp_…`), AWS (`AKIA…`), Google and Slack, private keys in PEM form, and 32 or more hexadecimal or Base64 characters under a name that holds `key`, `token`, `secret` or `password`. No message repeats any of it. :: 能够识别的有：OpenAI 和 Anthropic（`sk-…`）、GitHub（`ghp_…`）、AWS（`AKIA…`）、Google 和 Slack 的密钥，PEM 格式的私钥，以及名称中含有 `key`、`token`、`secret` 或 `password` 的 32 个以上的十六进制或 Base64 字符。任何消息都不会复述其内容。
What `secret(…)` gives is shown as `***` wherever it becomes text, so a message that holds it is of no use, and an agent's model cannot work with it. Tools, headers of `std.http`, `std.auth` and Python blocks get the real text: let a tool do what needs the secret, and hand on what comes of it. :: `secret(…)` 给出的值在变为文本时都显示为 `***`，因此包含它的消息没有用处，智能体的模型也无法使用它。工具、`std.http` 的请求头、`std.auth` 和 Python 代码块得到的是真实的文本：需要密钥的事请交给工具去做，再把结果传下去。
`use config name` and `secrets.name` speak of a block `config name { … }` in a `.nxs` file: one beside the program or above it, up to the root of the project, or one that is included. As long as such a file cannot be read, and in a library that is checked without its program, nothing is reported. :: `use config name` 和 `secrets.name` 指的是 `.nxs` 文件中的 `config name { … }` 块：该文件位于程序旁边或其上层目录（直到项目根目录），或是被包含的文件。只要有这样的文件无法读取，或检查的是脱离程序的库，就什么也不报告。
`secret("K")` looks in the environment and in the visible `.nxs` files: those beside the program and above it, up to the root of the project, and those that are included. A program that sees no such file takes its secrets from the environment, so nothing is reported there, nor where a default says what to do without the secret. :: `secret("K")` 在环境变量和可见的 `.nxs` 文件中查找：即程序旁边及其上层目录（直到项目根目录）中的文件，以及被包含的文件。看不到这类文件的程序从环境变量取得密钥，因此不作报告；给出了默认值、说明没有密钥时如何处理的地方也不报告。
Without `provider/`, the model is asked for at the endpoint of the active configuration, whatever that is. Aliases (`strong`, `weak`, `super`, the keys of `MODEL_NAME` and the `[models]` of `nexa.toml`) say it elsewhere. :: 没有 `provider/` 时，会向当前配置的端点请求该模型，不论端点是什么。别名（`strong`、`weak`、`super`、`MODEL_NAME` 的键以及 `nexa.toml` 的 `[models]`）则在别处说明提供商。
A `.nxs` file holds `config name { … }` blocks and lines `KEY = value`, where a value is a string, a number, `true`, `false` or a dict of these. Its values are never shown, not even in this message. :: `.nxs` 文件包含 `config name { … }` 块和 `KEY = value` 行，其中的值是字符串、数字、`true`、`false` 或由它们组成的字典。其中的值从不显示，在此消息中也不例外。
One `use config` counts for the whole program, its libraries included: the first. A run may choose another one with `--config`. :: 整个程序（包括它的库）只有一个 `use config` 起作用：第一个。运行时可以用 `--config` 选择另一个。
Databases are `sqlite://…` and `postgres://…`, requests and MCP servers go over `http://…` and `https://…`. :: 数据库使用 `sqlite://…` 和 `postgres://…`，请求和 MCP 服务器使用 `http://…` 和 `https://…`。
The first one answers all of them; the second is never asked. :: 第一条路由回答所有这些请求，第二条永远不会被用到。
A path begins with `/`; `{name}` in it is a parameter of the handler, `*` stands for anything. What follows `?` or `#` in an address is no part of the path. A semantic route may say anything. :: 路径以 `/` 开头；其中的 `{name}` 是处理者的参数，`*` 代表任何内容。地址中 `?` 或 `#` 之后的部分不属于路径。语义路由可以写任何内容。
Only one of them can; the other one stops the program when it starts. :: 只有其中一个能够监听；另一个会让程序在启动时停止。
Paths of `experience`, of documents and Python files under `uses`, of a tool's `python` and of `static … from` count from the folder of the file that names them. An agent runs without its `experience` and without what a missing document would offer; a tool without its Python file fails when it is called. :: `experience` 的路径、`uses` 中文档和 Python 文件的路径、工具的 `python` 以及 `static … from` 的路径，都从写出它们的文件所在的文件夹算起。没有 `experience` 或缺少文档时，智能体照样运行，只是得不到其中的内容；没有 Python 文件的工具在被调用时会失败。
`nexa run` and `nexa build` stop at the first sight of it; `nexa check` and the editor treat it like everything else. :: `nexa run` 和 `nexa build` 一遇到它就停止；`nexa check` 和编辑器对它一视同仁。
Semicolons are optional: both styles mean the same, and a file is easier to read and to compare in one of them. What counts is how most statements of the file end, and, apart from them, how most properties, fields and variants do. The semicolon between two statements on one line is not a matter of style, nor is one that keeps the next line apart. :: 分号是可选的：两种风格含义相同，而统一使用一种的文件更易于阅读和比较。以文件中多数语句的结尾方式为准；属性、字段和变体则另外按其多数的方式为准。同一行中两条语句之间的分号无关风格，用来与下一行分开的分号也是如此。
Agents, types, variants, jobs and servers are in PascalCase, flows and functions in snake_case: so a reader, and a bare word in a `match`, tells a variant from a variable. Tools may have either, since models see their names. :: 智能体、类型、变体、作业和服务器使用 PascalCase，流程和函数使用 snake_case：这样，读者以及 `match` 中的单个词都能区分变体与变量。工具两者皆可，因为模型会看到它们的名称。
It means the same, but in quotes nothing completes the type, finds its uses or renames it. :: 含义相同，但写在引号中的类型无法补全、查找引用或重命名。
It is a function like any other: with parentheses it takes several values, and reads as what it is. :: 它与其他函数一样：加上括号后可以接受多个值，读起来也一目了然。
These operators are about agents: `&&` finds a consensus, `||` runs in the background. That they also are logic where both sides are bools eases migration; `and` and `or` say it without a second look. :: 这些运算符是针对智能体的：`&&` 寻求共识，`||` 在后台运行。两边都是布尔值时它们也作逻辑运算，这是为了便于迁移；`and` 和 `or` 则一看便知。
`=` and, before a string or a list, nothing at all are understood too; `:` is what all properties have. :: `=` 也能被理解，在字符串或列表之前什么都不写也可以；但所有属性的标准写法是 `:`。
`None`, `none` and `nil` are predeclared names for `null`, to ease migration; a declaration may hide them. :: 为便于迁移，`None`、`none` 和 `nil` 是 `null` 的预先声明的名称；声明可以遮蔽它们。
It is understood; without quotes it is a value that is checked. :: 这样写能被理解；不加引号时，它是会被检查的值。
It is understood, to ease migration, but `#` is also what interpolations begin with. Nexa's comments begin with `//`. :: 为便于迁移，这样写能被理解，但 `#` 也是插值的开头。Nexa 的注释以 `//` 开头。
The model gets no instruction at all, and answers whatever it likes. :: 模型得不到任何指示，会随意作答。
Where its value is used, the run then fails with an `IntentError`; elsewhere nothing happens, and nobody notices. :: 如果用到了它的值，运行会因 `IntentError` 而失败；否则什么也不会发生，也没有人会察觉。
`->` is what the rest of the language has: agents, function types, the signatures that the editor shows. :: `->` 是语言其他部分的写法：智能体、函数类型、编辑器显示的签名。
It still works, but may stop working. :: 它仍然可用，但将来可能不再可用。
A flow chain that begins with a stage feeds it the first parameter of the flow around it. Without one the stage gets an empty text. Put a value in front, or give the flow a parameter. :: 以阶段开头的流程链，会把所在流程的第一个参数交给该阶段。没有参数时，该阶段得到空文本。请在前面放一个值，或给流程加一个参数。
It is asked after every round whether the text in `until` holds, and may never say so: the loop then fails at the limit of the configuration (`max_loop`, 100 rounds by default), after as many calls of models. A counter ends it in time. :: 每一轮之后都会询问评判 `until` 中的文本是否成立，而它可能永远不会给出肯定的回答：此时循环会在达到配置的上限（`max_loop`，默认 100 轮）时失败，而模型也已被调用了同样多次。计数器可以使它及时结束。
What it was written for has gone, or was never reported on that line. Left in place it would hide the next one. Errors cannot be allowed. A code is left alone while the settings keep it silent, and so are all codes while a part of the program cannot be read. :: 它所针对的发现已经消失，或从未在该行报告过。若留在原处，它会掩盖下一个发现。错误不能被允许。如果设置使某个代码不作报告，就不会对它提出意见；程序有一部分无法读取时，对所有代码都是如此。
"""  # noqa: E501  # a paragraph and its translation are one line
