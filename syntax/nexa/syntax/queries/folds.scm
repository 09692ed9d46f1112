; What can be folded: every body, and whatever else goes over lines.

[
  (agent_body) (property_body) (trait_body) (impl_body) (route_body) (handle_body) (block) (case_block)
  (protocol_declaration) (struct_declaration) (enum_declaration) (job_declaration) (server_declaration) (group)
  (context_block) (context_policy) (match_expression)
  (list) (dict) (arguments) (parameters) (struct_literal)
  (string) (f_string) (raw_string) (template) (python_block)
  (block_comment)
] @fold
