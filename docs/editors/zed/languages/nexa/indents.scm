; Lines between an opening and a closing bracket stand one step further in.
; Each node by its name: tree-sitter takes minutes to read `(_ "{" "}")` for a grammar of this size.

[
  (agent_body "{" "}" @end)
  (block "{" "}" @end)
  (case_block "{" "}" @end)
  (context_block "{" "}" @end)
  (context_policy "{" "}" @end)
  (dict "{" "}" @end)
  (enum_declaration "{" "}" @end)
  (f_interpolation "{" "}" @end)
  (group "{" "}" @end)
  (handle_body "{" "}" @end)
  (hint_set "{" "}" @end)
  (impl_body "{" "}" @end)
  (job_declaration "{" "}" @end)
  (match_expression "{" "}" @end)
  (property_body "{" "}" @end)
  (protocol_declaration "{" "}" @end)
  (record_pattern "{" "}" @end)
  (route_body "{" "}" @end)
  (server_declaration "{" "}" @end)
  (struct_declaration "{" "}" @end)
  (struct_literal "{" "}" @end)
  (trait_body "{" "}" @end)
] @indent

[
  (config_list "[" "]" @end)
  (fork_expression "[" "]" @end)
  (index "[" "]" @end)
  (list "[" "]" @end)
  (list_pattern "[" "]" @end)
  (middleware "[" "]" @end)
  (slice "[" "]" @end)
  (type_name "[" "]" @end)
  (type_parameters "[" "]" @end)
  (uses_member "[" "]" @end)
] @indent

[
  (arguments "(" ")" @end)
  (catch_clause "(" ")" @end)
  (config_item "(" ")" @end)
  (correction_clause "(" ")" @end)
  (hook "(" ")" @end)
  (intent_pattern "(" ")" @end)
  (job_declaration "(" ")" @end)
  (loop_statement "(" ")" @end)
  (parameters "(" ")" @end)
  (parenthesized "(" ")" @end)
  (payload "(" ")" @end)
  (semantic_case "(" ")" @end)
  (tuple "(" ")" @end)
  (tuple_pattern "(" ")" @end)
  (type_fn "(" ")" @end)
  (type_tuple "(" ")" @end)
  (unharnessed_statement "(" ")" @end)
  (variant_pattern "(" ")" @end)
] @indent

; A flow expression that goes on at the start of a line, and contracts below a header.
[(pipe) (fan_out) (merge) (consensus) (pipe_call)] @indent
(flow_declaration contracts: (contract) @indent)
