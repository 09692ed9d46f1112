; Each node by its name: tree-sitter takes minutes to read `(_ "{" "}")` for a grammar of this size.

[
  (agent_body "{" @open "}" @close)
  (block "{" @open "}" @close)
  (case_block "{" @open "}" @close)
  (context_block "{" @open "}" @close)
  (context_policy "{" @open "}" @close)
  (dict "{" @open "}" @close)
  (enum_declaration "{" @open "}" @close)
  (f_interpolation "{" @open "}" @close)
  (group "{" @open "}" @close)
  (handle_body "{" @open "}" @close)
  (hint_set "{" @open "}" @close)
  (impl_body "{" @open "}" @close)
  (job_declaration "{" @open "}" @close)
  (match_expression "{" @open "}" @close)
  (property_body "{" @open "}" @close)
  (protocol_declaration "{" @open "}" @close)
  (record_pattern "{" @open "}" @close)
  (route_body "{" @open "}" @close)
  (server_declaration "{" @open "}" @close)
  (struct_declaration "{" @open "}" @close)
  (struct_literal "{" @open "}" @close)
  (trait_body "{" @open "}" @close)
]

[
  (config_list "[" @open "]" @close)
  (fork_expression "[" @open "]" @close)
  (index "[" @open "]" @close)
  (list "[" @open "]" @close)
  (list_pattern "[" @open "]" @close)
  (middleware "[" @open "]" @close)
  (slice "[" @open "]" @close)
  (type_name "[" @open "]" @close)
  (type_parameters "[" @open "]" @close)
  (uses_member "[" @open "]" @close)
]

[
  (arguments "(" @open ")" @close)
  (catch_clause "(" @open ")" @close)
  (config_item "(" @open ")" @close)
  (correction_clause "(" @open ")" @close)
  (hook "(" @open ")" @close)
  (intent_pattern "(" @open ")" @close)
  (job_declaration "(" @open ")" @close)
  (loop_statement "(" @open ")" @close)
  (parameters "(" @open ")" @close)
  (parenthesized "(" @open ")" @close)
  (payload "(" @open ")" @close)
  (semantic_case "(" @open ")" @close)
  (tuple "(" @open ")" @close)
  (tuple_pattern "(" @open ")" @close)
  (type_fn "(" @open ")" @close)
  (type_tuple "(" @open ")" @close)
  (unharnessed_statement "(" @open ")" @close)
  (variant_pattern "(" @open ")" @close)
]

[
  (interpolation "#{" @open "}" @close)
]
