; Lines between an opening and a closing bracket stand one step further in.

[
  (agent_body) (property_body) (trait_body) (impl_body) (route_body) (handle_body) (block) (case_block)
  (protocol_declaration) (struct_declaration) (enum_declaration) (job_declaration) (server_declaration) (group)
  (context_block) (context_policy) (match_expression)
  (list) (dict) (arguments) (parameters) (payload) (struct_literal) (parenthesized) (tuple) (hint_set)
] @indent.begin

; A flow expression that goes on at the start of a line, and contracts below a header.
[(pipe) (fan_out) (merge) (consensus) (pipe_call)] @indent.begin
(flow_declaration contracts: (contract) @indent.begin)

["}" ")" "]"] @indent.branch
["}" ")" "]"] @indent.end

; Text is left as it was written.
[(string) (f_string) (raw_string) (template) (python_string) (block_comment)] @indent.ignore
