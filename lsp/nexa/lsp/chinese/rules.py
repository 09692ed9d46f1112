"""What each code finds: the first sentence of its manual."""

from __future__ import annotations

RULES = """
A token stands where the grammar expects something else. :: 语法在此处需要别的内容。
Two statements share a line with nothing between them. :: 两条语句写在同一行，中间没有分隔。
A bracket or brace is opened and never closed. :: 括号打开后没有关闭。
A closing bracket or brace has no opening one. :: 关闭的括号没有对应的左括号。
A string has no closing quote. :: 字符串缺少结尾引号。
A block comment has no `*/`. :: 块注释缺少 `*/`。
An interpolation is not closed before its string ends. :: 插值在字符串结束之前没有关闭。
A backslash is followed by a character that makes no escape. :: 反斜杠后面的字符不构成转义。
A quoted property value goes on over several lines. :: 带引号的属性值跨越多行。
A reserved word is used as a name. :: 保留字被用作名称。
The left side of an assignment cannot be assigned to. :: 赋值的左边不能被赋值。
A comparison is compared again. :: 比较的结果又被拿来比较。
A string has the prefix `f`. :: 字符串带有前缀 `f`。
A character or operator that Nexa does not have. :: Nexa 没有的字符或运算符。
A token that begins with a digit is not a number. :: 以数字开头的标记不是数字。
A raw string used as a regular expression is not a valid one. :: 需要正则表达式的原始字符串不是正则表达式。
Python cannot read the body of a `python!` block, or a file whose functions are tools. :: Python 无法读取 `python!` 块的内容，或以函数作为工具的文件。
A keyword stands where its construct cannot be. :: 关键字出现在其结构不能出现的位置。
`break` or `continue` outside a loop, or `return` outside a function. :: 循环之外的 `break` 或 `continue`，或函数之外的 `return`。
A tag of a template literal cannot be read, or a block in it is not closed. :: 无法读取模板字面量的标签，或其中的块没有关闭。
A keyword of another language stands where Nexa has its own. :: 在 Nexa 有自己写法的位置用了其他语言的关键字。
A positional argument follows a named one. :: 位置参数写在命名参数之后。
A header gives the same clause twice. :: 头部两次给出同一子句。
A construct that has no meaning without content is empty: `match`, a list of cases, `enum`, `fork []`. :: 没有内容就没有意义的结构是空的：`match`、情形列表、`enum`、`fork []`。
A name is read that nothing declares, or that has no value yet. :: 读取了没有声明或还没有值的名称。
A type is named that neither the language nor the program has. :: 写出的类型在语言和程序中都不存在。
Two declarations of a program have one name. :: 程序中的两个声明同名。
An agent `uses` something that does not exist. :: 智能体 `uses` 了不存在的东西。
A property that the construct does not have. :: 该结构没有的属性。
A decorator, or an argument of one, that the language does not have. :: 语言没有的装饰器或装饰器参数。
An `include` names a file that does not exist. :: `include` 指定的文件不存在。
A local or a parameter that nothing reads. :: 没有被读取的局部变量或参数。
A declaration that nothing in the program reaches. :: 程序中无法到达的声明。
A statement that no path reaches. :: 无法到达的语句。
A variable is read that only some paths have assigned. :: 读取了只在部分路径上赋值的变量。
A name hides another one that is visible at the same place. :: 名称遮蔽了同一位置可见的另一个名称。
A member that the value does not have. :: 该值没有的成员。
A part of `std`, or a filter, that does not exist. :: 不存在的 `std` 成员或过滤器。
An enum is asked for a variant that it does not have. :: 使用了枚举没有的变体。
A struct is made with a field that it does not have, or without one that it needs. :: 构造结构体时用了它没有的字段，或缺少它需要的字段。
One key, field, parameter, variant or property is given twice. :: 同一个键、字段、参数、变体或属性给出了两次。
`self` stands where there is nobody that it could mean. :: `self` 出现在没有所指的位置。
A library does something by itself. :: 库自行执行了操作。
A named argument that the called function does not take. :: 被调用的函数没有的命名参数。
An `impl` of a trait lacks one of its methods, or has one more. :: 特征的 `impl` 缺少某个方法，或多出一个方法。
A name means something, but not what the place needs. :: 名称有含义，但不是此处所需的。
A file is run that does nothing by itself. :: 运行的文件自身不做任何事。
A file is included twice by the same file. :: 同一文件两次包含一个文件。
A value of another type than its place needs. :: 值的类型与所在位置不符。
A call with too many or too few values. :: 调用给出的值过多或过少。
A stage gets a record that lacks what it needs. :: 阶段得到的记录缺少它需要的内容。
The right side of an operator that runs a stage is not a stage. :: 运行阶段的运算符右边不是阶段。
A fan-out to something that is not a stage, or hints for something that is not a run. :: 扇出的目标不是阶段，或提示的对象不是一次运行。
`&>>` brings several values together, but there is one on its left. :: `&>>` 汇合多个值，而左边只有一个值。
`||` or `&&` between things that do not go together. :: `||` 或 `&&` 连接了不能放在一起的东西。
A condition that names something to call, without calling it. :: 条件写出了可调用的东西，却没有调用它。
A field's type is written in quotes, but the text names no type. :: 字段的类型写在引号中，但文本不是类型。
A protocol does not have the field that is read. :: 协议没有所读取的字段。
What can never fail is guarded, or what is never null is replaced. :: 为不会失败的东西做了防护，或替换了不会为空的值。
A `match` has no arm for some of the values that it may meet. :: `match` 没有覆盖可能遇到的某些值。
An arm of a `match` that no value reaches. :: 没有值能到达的 `match` 分支。
A function gives a value of another type than it says. :: 函数给出的值与声明的类型不符。
A flow promises a result, but some path reaches its end without one. :: 流程承诺了结果，但有路径到达末尾而没有结果。
`x ?? a : b` decides on something that cannot be decided. :: `x ?? a : b` 的判断对象无法判断。
An operator cannot combine its operands. :: 运算符无法组合其操作数。
A type has too many or too few arguments. :: 类型的参数过多或过少。
A parameter without a written type. :: 没有写出类型的参数。
A property gets a value that it cannot take. :: 属性得到了不能接受的值。
An agent declares its result type twice, and the two disagree. :: 智能体两次说明其输出，而两者不一致。
`await` waits for tasks and actors, not for plain values. :: `await` 等待任务和参与者，而不是普通的值。
A message is passed to something that takes none. :: 消息传给了不接收消息的对象。
`for` goes over something that has no elements. :: `for` 遍历了没有元素的东西。
A pattern that the value can never have the shape of. :: 值永远不会符合的模式。
A route leads to something that cannot answer a request. :: 路由指向不能回答请求的东西。
Work is queued with other keys than the job's `perform` has parameters. :: 排队的工作所用的键与作业 `perform` 的参数不符。
Two values of different kinds are compared: they are never equal. :: 比较了两个不同种类的值：它们永不相等。
A variable is needed to make what it is made from. :: 变量的值依赖于它自身。
One agent stands twice in a chain. :: 一个智能体在链中出现两次。
Files include each other in a circle. :: 文件循环包含。
Agents use each other as tools. :: 智能体互相作为工具使用。
Agents fall back on each other. :: 智能体互为后备。
Flows call each other in a circle. :: 流程循环调用。
Every way through a flow calls the flow again. :: 流程的每条路径都会再次调用该流程。
A job enqueues itself. :: 作业把自身放入队列。
Tasks wait for each other, or one for itself. :: 任务互相等待，或等待自身。
A fan-out has no stage. :: 扇出没有阶段。
A fan-out has one stage. :: 扇出只有一个阶段。
Calls of agents wait for each other without need. :: 智能体的调用不必要地互相等待。
The value of a fire-and-forget is used. :: 使用了不等待结果的运行的值。
The results of a fan-out or a consensus are dropped. :: 扇出或共识的结果被丢弃。
One agent stands twice in a fan-out. :: 一个智能体在扇出中出现两次。
A type contains itself. :: 类型包含自身。
A variable is assigned in branches that run at the same time. :: 变量在同时运行的分支中被赋值。
A contract speaks of a name that is not there. :: 契约提到了不存在的名称。
A contract that is checked before the body asks for what only the end knows. :: 在主体之前检查的契约用到了只有结束时才知道的内容。
A condition of a contract runs an agent or a tool. :: 契约的条件运行了智能体或工具。
A condition of a contract consists of literals only. :: 契约的条件只由字面量组成。
A condition gives the judge nothing to decide. :: 条件没有给评判可判断的内容。
An `autoloop` says neither how many steps it may take nor when it is done. :: `autoloop` 既没有说明最多几步，也没有说明何时结束。
An `autoloop` may take no step at all, or more than anybody would wait for. :: `autoloop` 一步也不能走，或步数多得没人会等。
An `autoloop` has no time limit. :: `autoloop` 没有时间限制。
A `try_agent` has no `catch_correction`. :: `try_agent` 没有 `catch_correction`。
A `catch_correction` does not reflect. :: `catch_correction` 没有反思。
A tool does not say what it does. :: 工具没有说明它的作用。
A tool of high or critical risk runs without asking anybody. :: 高风险或极高风险的工具在运行前不询问任何人。
A tool of high or critical risk runs without isolation. :: 高风险或极高风险的工具没有隔离运行。
A tool does not say what it returns. :: 工具没有说明返回什么。
A `with_context` does not say how much it may hold. :: `with_context` 没有说明最多容纳多少。
A context may hold more tokens than models read. :: 上下文可容纳的令牌多于模型能读取的数量。
A `context_policy` does not say what is left out first. :: `context_policy` 没有说明首先略去什么。
What is restored is not a snapshot. :: 恢复的对象不是快照。
A `fork` has only one branch. :: `fork` 只有一个分支。
A `fork` is merged in a way that the language does not have. :: `fork` 的合并方式是语言没有的。
A hook does nothing. :: 钩子什么也不做。
An `on_error` does not name the error. :: `on_error` 没有为错误命名。
A `reflect` has nothing to say. :: `reflect` 没有内容。
A condition for the judge is a word or two. :: 交给评判的条件只有一两个词。
An `autoloop` never verifies what its steps give. :: `autoloop` 从不检验各步的结果。
An `unharnessed` block does not say why it needs no checks. :: `unharnessed` 块没有说明为何不需要检查。
An `unharnessed` block is long. :: `unharnessed` 块过长。
A program has a harness that leaves some of the six dimensions out. :: 程序的管控缺少六个维度中的某些维度。
A loop that nothing ends. :: 没有任何东西能结束的循环。
An error type that the language does not have. :: 语言没有的错误类型。
A loop takes a snapshot on every turn and never goes back to it there. :: 循环每轮都取快照，却从不在其中恢复。
A credential stands in the source code. :: 凭据写在源代码中。
A secret goes where it may be seen. :: 密钥可能在其去处被看到。
A configuration is selected that no secrets file has. :: 选择了没有任何密钥文件包含的配置。
A secret is read that no secrets file has. :: 读取了没有任何密钥文件包含的密钥。
A model is named without its provider. :: 写出了模型，却没有说明由谁提供。
A secrets file cannot be read. :: 无法读取密钥文件。
A program selects a configuration twice. :: 程序两次选择配置。
A URL has a scheme that is not supported. :: URL 的协议方案不受支持。
An option has a value that it does not know. :: 选项的值不是已知的值。
Two routes of a server answer the same requests. :: 服务器的两条路由回答同样的请求。
The path of a route is not valid. :: 路由的路径不是有效路径。
A server listens on a port that does not exist. :: 服务器监听的端口不存在。
Two servers of a program listen on one port. :: 程序的两个服务器监听同一端口。
A file is named that does not exist. :: 写出的文件不存在。
A construct of the language that this version can check but not run. :: 此版本可以检查但不能运行的语言结构。
Some lines of a file end in a semicolon, others do not. :: 文件中有的行以分号结尾，有的没有。
A name is not written in the case that names of its kind have. :: 名称的大小写写法与同类名称不同。
A field's type is written in quotes. :: 字段的类型写在引号中。
`print` stands before a value without parentheses. :: `print` 后面的值没有括号。
`&&` or `||` stands between two bools. :: `&&` 或 `||` 出现在两个布尔值之间。
The key of a property is not followed by `:`. :: 属性的键后面没有 `:`。
The absent value is written as other languages call it. :: 空值用了其他语言的写法。
A property that is true or false gets the word as text. :: 真假值属性得到的是文本形式的单词。
A comment begins with `#`. :: 注释以 `#` 开头。
An agent has neither a `prompt` nor a `role`. :: 智能体既没有 `prompt` 也没有 `role`。
A choice that a model makes has no arm for the case that nothing fits. :: 由模型作出的选择没有覆盖都不符合的情况。
The type of a result stands after `:`. :: 结果的类型写在 `:` 之后。
An argument of a decorator has the name that it had in earlier versions of the language. :: 装饰器的参数用了语言早期版本中的名称。
A stage runs, and nobody gives it anything. :: 阶段运行时没有得到任何输入。
Only a judge ends a loop. :: 循环只由评判来结束。
A comment allows a finding that does not occur. :: 注释允许了并不存在的发现。
Bad: :: 不好：
Good: :: 好：
"""  # noqa: E501  # a sentence and its translation are one line
