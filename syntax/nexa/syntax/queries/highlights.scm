; Colours. Later patterns win over earlier ones, as in every editor that reads these files.

; ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────────

(identifier) @variable

((identifier) @variable.builtin
  (#any-of? @variable.builtin "self" "std" "secrets" "runtime" "result" "input"))

((identifier) @function.builtin
  (#any-of? @function.builtin
    "join" "map" "filter" "len" "img" "secret" "render" "spawn" "receive" "race" "parallel" "snapshot" "restore"
    "schedule" "after" "channel" "old"))

(member member: (identifier) @property)
(dotted_name (identifier) @module)
(property key: (identifier) @property)
(entry key: (identifier) @property)
(record_entry key: (identifier) @property)
(struct_field_value name: (identifier) @property)
(config_item key: (identifier) @property)
(option key: (identifier) @property)
(argument name: (identifier) @variable.parameter)
(fork_branch name: (identifier) @variable)
(model_fallback . (identifier) @keyword)

(parameter name: (identifier) @variable.parameter)
(job_body params: (parameters (parameter name: (identifier) @variable.parameter)))
(hook binding: (identifier) @variable.parameter)
(catch_clause name: (identifier) @variable.parameter)
(correction_clause name: (identifier) @variable.parameter)

(call callee: (identifier) @function.call)
(call callee: (member member: (identifier) @function.method.call))
(spawn target: (identifier) @function.call)
(filter name: (identifier) @function.call)

; ── declarations ────────────────────────────────────────────────────────────────────────────────────────────────────

(agent_declaration name: (identifier) @constructor)
(tool_declaration name: (identifier) @function)
(function_declaration name: (identifier) @function)
(trait_method name: (identifier) @function.method)
(flow_declaration name: (identifier) @function)
(job_declaration name: (identifier) @function)
(protocol_declaration name: (identifier) @type.definition)
(type_declaration name: (identifier) @type.definition)
(struct_declaration name: (identifier) @type.definition)
(enum_declaration name: (identifier) @type.definition)
(trait_declaration name: (identifier) @type.definition)
(server_declaration name: (identifier) @module)
(handle_declaration name: (identifier) @variable)
(use_declaration name: (identifier) @module)
(type_parameters (identifier) @type)
(variant name: (identifier) @constant)
(field name: (identifier) @property)
(struct_field name: (identifier) @property)
(payload_field name: (identifier) @variable.parameter)
"@" @punctuation.special
(decorator "@" @attribute name: (identifier) @attribute)

(type_name (identifier) @type)
((type_name . (identifier) @type.builtin)
  (#any-of? @type.builtin
    "str" "int" "float" "bool" "list" "dict" "any" "agent" "template" "duration" "Option" "Result"))
(type_null) @type.builtin
(struct_literal name: (identifier) @type)
(record_pattern name: (identifier) @type)
(variant_expression enum: (identifier) @type variant: (identifier) @constant)
(variant_pattern enum: (identifier) @type)
(variant_pattern variant: (identifier) @constant)
(type_variant enum: (identifier) @type variant: (identifier) @constant)
(route method: (identifier) @constant.builtin)

; ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

["include" "use" "config"] @keyword.import
["agent" "tool" "protocol" "type" "struct" "enum" "trait" "impl" "job" "server" "db" "auth" "kv" "test"] @keyword.type
["flow" "fn"] @keyword.function
["uses" "implements" "requires" "ensures" "invariant" "context" "context_policy" "before_step" "after_step" "on_error"
 "before_tool" "after_tool" "perform" "on_failure" "static" "from" "cors" "csp" "middleware" "require_auth" "route"
 "semantic" "group" "on" "let" "defer" "unharnessed" "with_context" "print" "reflect" "pass" "to" "map" "every"
 "against" "satisfies" "verify" "assert" "intent"] @keyword
["if" "else" "then" "match" "fast_match" "semantic_if"] @keyword.conditional
["for" "each" "while" "loop" "until" "autoloop"] @keyword.repeat
["return"] @keyword.return
(break_statement) @keyword
(continue_statement) @keyword
["try" "catch" "finally" "raise" "try_agent" "catch_correction" "otherwise" "fallback"] @keyword.exception
["fork" "merge" "spawn" "await"] @keyword.coroutine
["and" "or" "in" "is" "contains" "not"] @keyword.operator
(not_in) @keyword.operator

; ── literals ────────────────────────────────────────────────────────────────────────────────────────────────────────

[(integer) (malformed_number)] @number
(float) @number.float
(duration) @number
[(true) (false)] @boolean
(null) @constant.builtin
[(string) (f_string) (raw_string) (template) (python_string)] @string
(escape_sequence) @string.escape
(semantic_if_statement fast_match: (raw_string) @string.regexp)
(include_declaration path: (string) @string.special.path)
(f_format) @string.special
"python!" @keyword.directive

; ── operators and punctuation ───────────────────────────────────────────────────────────────────────────────────────

[">>" "|>>" "&>>" "|>" "||" "&&" "??" "=>" "->" "==" "!=" "<=" ">=" "<" ">" "=" "+=" "-=" "*=" "/=" "%=" "+" "-" "*"
 "/" "%" "!" "|" "?" ".."] @operator
(foreign_operator) @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
["," ";" ":" "." "::"] @punctuation.delimiter
(interpolation ["#{" "}"] @punctuation.special)
(f_interpolation ["{" "}"] @punctuation.special)

; ── comments ────────────────────────────────────────────────────────────────────────────────────────────────────────

[(line_comment) (block_comment) (hash_comment) (unterminated_comment)] @comment
(doc_comment) @comment.documentation
