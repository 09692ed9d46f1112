"""The words of the language with what is written behind them, by where they may stand."""

from __future__ import annotations

ITEMS: dict[str, str] = {
    "agent": 'agent ${1:Name} {\n\trole: "${2}"\n\tprompt: "${3}"\n}${0}',
    "flow": "flow ${1:name}(${2}) {\n\t${0}\n}",
    "fn": "fn ${1:name}(${2}) -> ${3:str} {\n\t${0}\n}",
    "tool": 'tool ${1:Name} {\n\tdescription: "${2}"\n\tparameters: { ${3} }\n\treturns: "${4:str}"\n}${0}',
    "protocol": "protocol ${1:Name} {\n\t${2:field}: ${3:str}${0}\n}",
    "struct": "struct ${1:Name} {\n\t${2:field}: ${3:str}${0}\n}",
    "enum": "enum ${1:Name} { ${0} }",
    "type": 'type ${1:Name} = ${2:str} @ "${3}"${0}',
    "trait": "trait ${1:Name} {\n\tfn ${2:method}() -> ${3:str}${0}\n}",
    "impl": "impl ${1:Trait} for ${2:Type} {\n\t${0}\n}",
    "include": 'include "${1}"${0}',
    "use config": "use config ${1:default}${0}",
    "job": 'job ${1:Name} on "${2:queue}" {\n\tperform(${3}) {\n\t\t${0}\n\t}\n}',
    "db": 'db ${1:name} = connect("${2:sqlite://data.db}")${0}',
    "kv": 'kv ${1:name} = open("${2:cache.kv}")${0}',
    "auth": "auth ${1:name} = enable_auth(${0})",
}
"""At the top level of any file."""

PROGRAM_ITEMS: dict[str, str] = {
    "flow main": "flow main {\n\t${0}\n}",
    "test": 'test "${1:title}" {\n\t${0}\n}',
    "server": 'server ${1:Name} ${2:8080} {\n\troute GET "${3:/}" => ${0}\n}',
}
"""At the top level of a program, not of a library."""

STATEMENTS: dict[str, str] = {
    "let": "let ${1:name} = ${0}",
    "if": "if ${1:condition} {\n\t${0}\n}",
    "for": "for ${1:item} in ${2:items} {\n\t${0}\n}",
    "while": "while ${1:condition} {\n\t${0}\n}",
    "loop": "loop {\n\t${0}\n} until (${1:condition})",
    "match": "match ${1:value} {\n\t${0}\n}",
    "match intent": 'match intent ${1:text} {\n\t"${2:label}" => ${0}\n\t_ => ${3:null}\n}',
    "fast_match": 'fast_match ${1:text} {\n\tintent("${2:intent}") => ${0}\n\t_ => ${3:null}\n}',
    "semantic_if": 'semantic_if "${1:condition}" against ${2:value} {\n\t${0}\n}',
    "try": "try {\n\t${1}\n} catch (${2:e}) {\n\t${0}\n}",
    "try_agent": "try_agent {\n\t${1}\n} catch_correction (${2:e}: ${3:AgentError}) {\n\treflect(${0})\n}",
    "autoloop": 'autoloop max_steps: ${1:10}, exit_when: "${2:condition}", timeout: ${3:300} {\n\t${0}\n}',
    "with_context": "with_context max_tokens: ${1:30000}, strategy: ${2:sliding_window} {\n\t${0}\n}",
    "fork": "fork [\n\t${1:a} = ${2},\n\t${3:b} = ${0}\n] merge ${4:best_of}",
    "verify": "verify ${1:value} satisfies ${0}",
    "unharnessed": 'unharnessed ("${1:reason}") {\n\t${0}\n}',
    "assert": "assert ${0}",
    "defer": "defer ${0}",
    "raise": 'raise ${1:NexaError}("${2}")${0}',
    "pass": "pass ${1:message} to ${0}",
    "before_step": "before_step {\n\t${0}\n}",
    "after_step": "after_step {\n\t${0}\n}",
    "on_error": "on_error (${1:e}) {\n\t${0}\n}",
    "before_tool": "before_tool (${1:call}) {\n\t${0}\n}",
    "after_tool": "after_tool (${1:call}) {\n\t${0}\n}",
    "context_policy": "context_policy { max_tokens: ${1:40000}, strategy: ${2:smart_summarization} }${0}",
    "python!": 'python! """\n\t${0}\n"""',
}
"""At the start of a statement."""

FUNCTION_STATEMENTS: dict[str, str] = {
    "return": "return ${0}",
    "requires": "requires ${0}",
    "ensures": "ensures ${0}",
    "invariant": "invariant ${0}",
}
"""At the start of a statement of a function."""

LOOP_STATEMENTS: dict[str, str] = {"break": "", "continue": ""}
"""At the start of a statement inside of a loop."""

EXPRESSIONS: dict[str, str] = {
    "true": "",
    "false": "",
    "null": "",
    "not": "not ${0}",
    "await": "await ${0}",
    "spawn": "spawn ${1:Agent}(${0})",
    "fn": "fn(${1:x}) => ${0}",
    "if": "if ${1:condition} then ${2:value} else ${3:other}${0}",
    "match": "match ${1:value} {\n\t${0}\n}",
    "semantic_if": 'semantic_if (${1:value}, "${2:question}") {\n\t"${3:label}" => ${0}\n\t_ => ${4:null}\n}',
    "fork": "fork [${1:a} = ${2}, ${3:b} = ${0}] merge ${4:best_of}",
    "template": 'template"""${1}"""${0}',
    "python!": 'python! """${0}"""',
}
"""Where a value is wanted."""

AGENT_MEMBERS: dict[str, str] = {
    "fn": "fn ${1:name}(${2}) {\n\t${0}\n}",
    "flow": "flow ${1:name}(${2}) {\n\t${0}\n}",
    "let": "let ${1:name} = ${0}",
    "context": "context { ${0} }",
    "context_policy": "context_policy { max_tokens: ${1:40000}, strategy: ${2:smart_summarization} }${0}",
    "before_step": "before_step {\n\t${0}\n}",
    "after_step": "after_step {\n\t${0}\n}",
    "on_error": "on_error (${1:e}) {\n\t${0}\n}",
    "before_tool": "before_tool (${1:call}) {\n\t${0}\n}",
    "after_tool": "after_tool (${1:call}) {\n\t${0}\n}",
    "requires": "requires ${0}",
    "ensures": "ensures ${0}",
    "invariant": "invariant ${0}",
}

JOB_MEMBERS: dict[str, str] = {
    "perform": "perform(${1}) {\n\t${0}\n}",
    "on_failure": "on_failure(${1:error}, ${2:attempt}) {\n\t${0}\n}",
}

SERVER_MEMBERS: dict[str, str] = {
    "route": 'route ${1|GET,POST,PUT,DELETE,PATCH|} "${2:/}" => ${0}',
    "semantic route": 'semantic route "${1:/}" => ${0}',
    "group": 'group "${1:/}" {\n\t${0}\n}',
    "static": 'static "${1:/assets}" from "${2:./public}"${0}',
    "middleware": "middleware [${0}]",
    "require_auth": 'require_auth "${1:/}"${0}',
    "cors": 'cors { origins: ["${1}"] }${0}',
    "csp": 'csp { default: "${1}" }${0}',
}

ROUTE_MEMBERS: dict[str, str] = {"requires": "requires ${0}", "ensures": "ensures ${0}"}

HTTP_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")

METHOD = "fn ${1:name}(${2}) -> ${3:str} {\n\t${0}\n}"
TRAIT_METHOD = "fn ${1:name}(${2}) -> ${3:str}${0}"

CONTINUATIONS: dict[str, str] = {
    "else": "else {\n\t${0}\n}",
    "else if": "else if ${1:condition} {\n\t${0}\n}",
    "catch": "catch (${1:e}) {\n\t${0}\n}",
    "finally": "finally {\n\t${0}\n}",
    "catch_correction": "catch_correction (${1:e}: ${2:AgentError}) {\n\treflect(${0})\n}",
    "until": "until (${0})",
    "and": "and {\n\t${0}\n}",
}
"""Behind the block of a statement that may go on."""

INFIX: dict[str, str] = {
    "and": "and ${0}",
    "or": "or ${0}",
    "in": "in ${0}",
    "not in": "not in ${0}",
    "is": "is ${0}",
    "is not": "is not ${0}",
    "contains": "contains ${0}",
    "otherwise": "otherwise ${0}",
    "fallback": "fallback ${0}",
}
"""Behind a complete operand."""


def plain(word: str, snippet: str) -> str:
    """What is inserted where snippets are not understood: the word, and a space where something must follow."""
    return f"{word} " if snippet and snippet[len(word) : len(word) + 1] == " " else word
