; Scopes, what defines a name in them, and what refers to one.

[
  (source_file) (agent_declaration) (function_declaration) (trait_method) (flow_declaration) (test_declaration)
  (job_body) (hook) (block) (lambda) (for_statement) (catch_clause) (correction_clause) (match_arm)
] @local.scope

(agent_declaration name: (identifier) @local.definition.type)
(tool_declaration name: (identifier) @local.definition.function)
(function_declaration name: (identifier) @local.definition.function)
(flow_declaration name: (identifier) @local.definition.function)
(job_declaration name: (identifier) @local.definition.function)
(protocol_declaration name: (identifier) @local.definition.type)
(type_declaration name: (identifier) @local.definition.type)
(struct_declaration name: (identifier) @local.definition.type)
(enum_declaration name: (identifier) @local.definition.type)
(trait_declaration name: (identifier) @local.definition.type)
(handle_declaration name: (identifier) @local.definition.var)
(type_parameters (identifier) @local.definition.type)

(parameter name: (identifier) @local.definition.parameter)
(hook binding: (identifier) @local.definition.parameter)
(catch_clause name: (identifier) @local.definition.var)
(correction_clause name: (identifier) @local.definition.var)
(let_statement pattern: (identifier) @local.definition.var)
(assign_statement target: (identifier) @local.definition.var)
(for_statement pattern: (identifier) @local.definition.var)
(for_statement second: (identifier) @local.definition.var)
(match_arm pattern: (identifier) @local.definition.var)
(fork_branch name: (identifier) @local.definition.var)
(tuple_pattern (identifier) @local.definition.var)
(list_pattern (identifier) @local.definition.var)
(record_entry pattern: (identifier) @local.definition.var)
(record_entry key: (identifier) @local.definition.var !pattern)
(variant_pattern items: (identifier) @local.definition.var)
(rest_pattern name: (identifier) @local.definition.var)

(identifier) @local.reference
