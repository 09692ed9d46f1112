; The outline and the breadcrumbs: declarations, tests, and what stands in their bodies.
(agent_declaration "agent" @context name: (identifier) @name) @item
(tool_declaration "tool" @context name: (identifier) @name) @item
(function_declaration "fn" @context name: (identifier) @name) @item
(trait_method "fn" @context name: (identifier) @name) @item
(flow_declaration "flow" @context name: (identifier) @name) @item
(test_declaration "test" @context title: (string (string_content) @name)) @item
(job_declaration "job" @context name: (identifier) @name) @item
(job_body event: _ @name) @item
(protocol_declaration "protocol" @context name: (identifier) @name) @item
(type_declaration "type" @context name: (identifier) @name) @item
(struct_declaration "struct" @context name: (identifier) @name) @item
(enum_declaration "enum" @context name: (identifier) @name) @item
(trait_declaration "trait" @context name: (identifier) @name) @item
(impl_declaration "impl" @context head: _ @name) @item
(server_declaration "server" @context name: (identifier) @name) @item
(server_declaration "server" @context . port: (integer) @name) @item
(handle_declaration family: _ @context name: (identifier) @name) @item
(field name: (identifier) @name) @item
(struct_field name: (identifier) @name) @item
(variant name: (identifier) @name) @item
(hook event: _ @name) @item
(route "route" @context method: (identifier)? @context path: (string (string_content) @name)) @item
(group "group" @context prefix: (string (string_content) @name)) @item

; Decorators and documentation belong to what follows them.
(decorator) @annotation
(doc_comment) @annotation
